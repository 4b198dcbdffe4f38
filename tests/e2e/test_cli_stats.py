"""`warroom stats`: the numbers over all incidents, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Cli
from tests.stories import learned_from
from warroom.model.cases import READ
from warroom.model.incident import fold
from warroom.model.metrics import report
from warroom.store.journal import Journal
from warroom.workspace import Workspace


def numbers(cli: Cli, *options: str) -> Any:
    return json.loads(cli.ok("stats", "--json", *options))


def incident(cli: Cli, severity: str, minutes: int, system: str = "", *, mitigated: bool = False) -> str:
    """One that is declared now and resolved so many minutes later."""
    ref = cli.declare("Checkout errors", severity)
    if system:
        cli.ok("fact", "-i", ref, "system", system)
    cli.clock.advance(minutes=minutes)
    if mitigated:
        cli.ok("milestone", "-i", ref, "mitigated", "-5m")
    cli.ok("resolve", "-i", ref, "rolled back")
    return ref


def test_without_incidents_it_says_so(cli: Cli) -> None:
    ran = cli.run("stats")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("warroom: There is no journal at ")
    Journal.open(cli.db, now=cli.clock).close()
    assert cli.ok("stats") == "No incident yet, so there are no numbers."
    assert numbers(cli)["all"]["incidents"] == 0
    assert numbers(cli)["all"]["times"]["resolve"] == {
        "name": "Time to resolve",
        "from": "began",
        "to": "resolved",
        "n": 0,
        "median_s": None,
        "p90_s": None,
        "mean_s": None,
        "least_s": None,
        "most_s": None,
        "values_s": [],
        "left_out": [],
    }
    cli.declare()
    cli.clock.advance(hours=48)
    assert cli.ok("stats", "--since", "1d") == "No incident began since 2026-11-24."


def test_few_values_are_shown_and_what_is_left_out_is_said(cli: Cli) -> None:
    incident(cli, "2", 30, mitigated=True)
    incident(cli, "1", 95)
    cli.declare("Search is slow", "3")
    cli.run("cancel", "a test alert")
    page = cli.ok("stats")
    assert page.startswith(
        "3 incidents: 1 cancelled (1 false alarm)\nCancelled ones are left out of times, cost, systems and causes.\n"
    )
    for part in (
        "\nTime to mitigate: began → mitigated\n  n 1  25 min\n  1 left out: no time of mitigation\n",
        "\nTime to resolve: began → resolved\n  n 2  30 min, 1 h 35 min\n\n",
        "\nFirst message to customers: learned of it → sent to customers\n  2 left out: no message to customers\n",
        "\nPromised updates\n  none\n",
        "\nCost: revenue per hour × duration\n  2 left out: revenue per hour not known\n",
        "\nPost-mortems\n  2 owed: 2 not done yet\n",
        "\nCauses found more than once\n  none; known for 0 of 2\n",
    ):
        assert part in page, part
    assert "median" not in page.replace("without median", "")


def test_many_values_have_a_median_a_mean_and_a_bar(cli: Cli) -> None:
    refs = [incident(cli, "2", minutes, "checkout") for minutes in (10, 20, 30, 40, 200)]
    cli.clock.advance(hours=24 * 10)
    refs.append(incident(cli, "3", 60, "search"))
    found = numbers(cli, "--by", "month")
    resolve = found["all"]["times"]["resolve"]
    assert {name: resolve[name] for name in ("n", "median_s", "p90_s", "mean_s", "least_s", "most_s")} == {
        "n": 6, "median_s": 35 * 60, "p90_s": 200 * 60, "mean_s": 60 * 60, "least_s": 10 * 60, "most_s": 200 * 60,
    }  # fmt: skip
    assert found["all"]["times"]["mitigate"]["left_out"] == [
        {"because": "no time of mitigation", "n": 6, "incidents": refs}
    ]
    assert [(group["name"], group["incidents"]) for group in found["groups"]] == [("2026-11", 5), ("2026-12", 1)]
    assert found["groups"][1]["times"]["resolve"]["values_s"] == [3600]
    assert (found["by"], found["since_at"]) == ("month", None)
    assert found["before"] is None
    recent = numbers(cli, "--since", "1d")
    assert (recent["all"]["incidents"], recent["before"]) == (1, None)
    recent = numbers(cli, "--since", "2026-11-28")
    assert (recent["all"]["incidents"], recent["before"]["incidents"]) == (1, 5)
    assert recent["before"]["times"]["resolve"]["median_s"] == 30 * 60
    assert "; before: median 30 min of 5\n" in cli.ok("stats", "--since", "2026-11-28")
    page = cli.ok("stats", "--by", "month")
    assert (
        "\nTime to resolve: began → resolved\n"
        "  2026-11  n 5  median 30 min  ████████████████████\n"
        "           9 of 10 within 3 h 20 min · mean 1 h · 10 min to 3 h 20 min\n"
        "  2026-12  n 1  1 h\n"
    ) in page
    assert "\n  2026-11  5  ████████████████████\n  2026-12  1  ████\n" in page
    assert "\nSystems affected more than once\n  checkout  5  ████████████████████\n" in page
    assert "\n  SEV2  5  ██" in cli.ok("stats", "--by", "severity")
    assert "\n  search    1  ██" in cli.ok("stats", "--by", "system")


def test_the_review_is_a_document_in_every_format(cli: Cli, tmp_path: Path) -> None:
    for minutes in (10, 20, 30, 40, 200):
        incident(cli, "2", minutes, "checkout & <login>")
    cli.clock.advance(hours=24 * 10)
    incident(cli, "3", 60)
    page = cli.ok("export", "review", "--format", "txt")
    for part in (
        "REVIEW OF INCIDENTS",
        "Counted:  6 incidents: all resolved",
        "2026-11  5 ████████████████████\n2026-12  1 ████\n",
        "Time to resolve: began → resolved\n"
        "All  n 6: median 35 min ████████████████████\n"
        "   9 of 10 within 3 h 20 min · mean 1 h · 10 min to 3 h 20 min\n"
        "2026-11  n 5: median 30 min █████████████████\n",
        "2026-12  n 1: 1 h\n",
        "   6 left out: no time of mitigation\n",
        "All  5 owed: 5 not done yet (5 late)\n",
        "checkout & <login>: 5 ████",
        "Known for 5 of 6.",
    ):
        assert part in page, part
    assert "- **2026-12** n 1: 1 h\n" in cli.ok("export", "review")
    assert "checkout &amp; &lt;login&gt;" in cli.ok("export", "review", "--format", "html")
    assert json.loads(cli.ok("export", "review", "--format", "json")) == numbers(cli, "--by", "month")
    rows = cli.ok("export", "review", "--format", "csv", "--by", "severity", "--since", "2026-12-01").splitlines()
    assert rows[6] == '"All","resolve","began","resolved","1","","","","3600","3600","0"'
    assert len(rows) == 1 + 6, "a single group is not listed apart"
    file = tmp_path / "review.html"
    cli.run("export", "review", "-o", str(file))
    assert "<h1>Review of incidents</h1>" in file.read_text("utf-8")
    ran = cli.run("export", "review", "-o", str(file))
    assert (ran.code, "add --force" in ran.err) == (1, True)
    assert cli.run("export", "review", "--since", "soon").code == 2
    cli.clock.advance(hours=48)
    assert "Counted:  none" in cli.ok("export", "review", "--since", "1d", "--format", "txt")


def test_what_is_wrong_is_one_sentence(cli: Cli) -> None:
    cli.declare()
    for arguments, words in (
        (("--since", "soon"), "can't read 'soon' as a day; try 2026-01-31, 2026-01, 90d or 12w"),
        (("--since", "2027-01-01"), "'2027-01-01' is in the future"),
        (("--by", "team"), "'team' is not one of 'month', 'severity', 'system'"),
        (("more",), "unexpected extra argument"),
        (("--by", "month", "--by", "system"), "Give --by only once"),
    ):
        ran = cli.run("stats", *arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert words in ran.err, arguments


def test_hostile_and_long_names_fit_on_80_columns(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("\x1b]0;x\x07[red]" + "x" * 300, "界" * 200):
        for minutes in (10, 20):
            ref = incident(cli, "2", minutes, system)
            cli.ok("fact", "-i", ref, "revenue_per_hour", "$32k")
            cli.ok("postmortem", "-i", ref, "set", "root_cause", "A cause. " * 40)
    for columns in (40, 80, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        for options in ((), ("--by", "system")):
            page = cli.ok("stats", *options)
            assert "\x1b" not in page
            assert all(len(row) + row.count("界") <= min(columns, 80) for row in page.splitlines())


def test_without_block_characters_bars_are_made_of_others(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for minutes in (10, 20, 30, 40, 50):
        incident(cli, "2", minutes)
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    assert "n 5  median 30 min  ####################\n" in cli.ok("stats")


def test_the_kinds_that_are_read_give_the_same_numbers_as_all_of_them(cli: Cli) -> None:
    with_all_kinds = Workspace(cli.db, now=cli.clock, author="Sam")
    with_all_kinds.open_journal(create=True)
    learned_from(with_all_kinds, cli.clock)
    cli.clock.advance(minutes=1)
    cli.ok("milestone", "detected", "-80m")
    cli.ok("recovery", "done", "verified")
    journal = with_all_kinds.journal
    (ref,) = journal.histories(READ)
    whole, read = fold(journal.state(ref)), fold(journal.histories(READ)[ref])
    assert len(whole.by_kind) > len(read.by_kind)
    book, now = with_all_kinds.playbook, cli.clock()
    assert report([read], book, now, by="system") == report([whole], book, now, by="system")
    found = report([read], book, now).all
    assert (found.promises.made > 0, found.action_items.total, found.post_mortems.open) == (True, 2, 1)
    with_all_kinds.close()
