"""Action items from the command line: added, changed, listed over all incidents, and owners reminded."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from tests.e2e.conftest import Cli

HOSTILE = "Alert \x1b]0;x\x07on [red]5xx[/x] {{ now }}"


def listed(cli: Cli, *options: str) -> Any:
    return json.loads(cli.ok("actions", "--json", *options))


def test_an_item_is_added_changed_and_done(cli: Cli) -> None:
    ref = cli.declare()
    assert cli.ok("actions") == "No action item yet; add one with: warroom actions add TEXT --owner WHO --due DAY"
    cli.ok("role", "ic", "Priya")
    cli.ok("decide", "Roll back", "--because", "safer")
    added = ("--owner", "priya", "--kind", "detect", "--from", "decision:1")
    id = f"{ref[:4]}-1"
    assert cli.ok("actions", "add", "Alert", "on 5xx", *added) == (
        f"{id}: 03:17 UTC follow-up Alert on 5xx – Priya, due 2027-01-18"
    )
    (item,) = listed(cli)
    assert (item["id"], item["text"], item["owner"], item["kind"]) == (id, "Alert on 5xx", "Priya", "detect")
    assert (item["priority"], item["due"], item["source"]) == ("normal", "2027-01-18", "decision:1")
    assert json.loads(cli.ok("status", "--json"))["actions"] == [item]

    assert cli.ok("actions", "due", id, "friday") == "03:17 UTC follow-up due 2026-11-27: Alert on 5xx"
    ran = cli.run("actions", "due", "1", "2w")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("warroom: It is due 2026-11-27; a later day, or none, needs the reason: --because WHY.")
    cli.ok("actions", "due", "1", "2w", "--because", "the vendor is late")
    cli.ok("actions", "doing", "1")
    cli.ok("actions", "reword", "1", "Alert on", "5xx and 429")
    assert cli.ok("actions").splitlines() == [
        f"{id}  →  2026-12-07  in 14 days  Priya  Alert on 5xx and 429  Checkout errors",
        "",
        "1 open · none overdue",
    ]
    ran = cli.run("actions", "assign", "1", "Marcus", "Lee")
    assert (ran.code, ran.out) == (0, "03:17 UTC follow-up owner Marcus Lee: Alert on 5xx and 429\n")
    assert "Nobody called Marcus Lee has or had a role in this incident" in ran.err
    assert cli.ok("actions", "assign", "1").endswith("owner nobody: Alert on 5xx and 429")
    cli.ok("actions", "done", "1")
    assert "is done already" in cli.run("actions", "done", "1").err
    assert listed(cli) == []
    assert (listed(cli, "--all")[0]["state"], listed(cli, "--all")[0]["in_time"]) == ("done", True)
    cli.ok("actions", "reopen", "1")
    assert cli.run("actions", "drop", "1").code == 2
    cli.ok("actions", "drop", "1", "--because", "the service goes away")
    (item,) = listed(cli, "--all")
    assert (item["state"], item["because"], item["first_due"]) == ("dropped", "the service goes away", "2027-01-18")


def test_the_list_is_of_all_incidents_and_of_one_owner_too(cli: Cli) -> None:
    first = cli.declare("Search is slow", "3")
    cli.run("actions", "add", "Cache the index", "--owner", "Bo", "--due", "today")
    cli.ok("resolve", "index rebuilt")
    cli.run("close", "-i", first)
    second = cli.declare("Checkout errors", "2")
    cli.run("actions", "add", "Alert on 5xx", "--owner", "Priya", "--due", "2d", "--priority", "high")
    cli.run("actions", "-i", first, "add", "Say it sooner", "--due", "none", "--from", "section:lucky")
    cli.clock.advance(hours=24)
    rows = cli.ok("actions").splitlines()
    assert rows == [
        f"{first[:4]}-1  ·  2026-11-23  LATE 1 day  Bo        Cache the index  Search is slow",
        f"{second[:4]}-1  ·  2026-11-25  tomorrow    Priya     Alert on 5xx     Checkout errors",
        f"{first[:4]}-2  ·  no day                  no owner  Say it sooner    Search is slow",
        "",
        "3 open · 1 overdue",
    ]
    assert [item["text"] for item in listed(cli, "--overdue")] == ["Cache the index"]
    assert [item["text"] for item in listed(cli, "--owner", "PRIYA")] == ["Alert on 5xx"]
    assert [item["source"] for item in listed(cli, "-i", first)] == [None, "section:lucky"]
    assert cli.ok("actions", "--owner", "Zoe") == "Zoe: nothing open"
    ran = cli.run("actions", "remind")
    assert ran.out.count("Hi ") == 2
    assert "Hi Bo, 1 action item from our incidents is open with you, 1 of them past the agreed day:" in ran.out
    assert "was due 2026-11-23, 1 day ago" in ran.out
    assert ran.err == "warroom: 1 open action item has no owner, whom nobody is reminded of.\n"
    assert "Checkout" not in cli.ok("actions", "-i", first, "--overdue")
    assert "Action items · 1 open · none overdue" in cli.ok("status", "-i", second)
    assert f"{second[:4]}-1  Alert on 5xx – Priya, tomorrow, 2026-11-25" in cli.ok("status", "-i", second)
    cli.ok("actions", "done", f"{first[:4]}-1", f"{second}-1")
    assert cli.ok("actions", "--all").splitlines()[-1] == (
        "1 open · none overdue · 50 % done in time (of 2 with a day)"
    )


def test_what_is_wrong_is_one_sentence(cli: Cli) -> None:
    assert cli.run("actions").code == 1
    ref = cli.declare()
    other = cli.declare("Search is slow", "3")
    cli.ok("actions", "-i", ref, "add", "Alert", "--due", "none")
    for arguments, code, words in (
        (("done", "9"), 2, "Several incidents are open"),
        (("done", f"{ref[:4]}-9"), 2, f"There is no action item '{ref[:4]}-9'; there are\n  {ref[:4]}-1  Alert\n"),
        (("done", "x\x1b-1"), 2, "There is no action item 'x␛-1'"),
        (("done", "some-thing"), 2, "is not the id of an action item, such as k7qd-3 or 3"),
        (("done",), 2, "Missing argument 'ID…'"),
        (("add", "-i", other), 2, "Missing argument"),
        (("add", "-i", other, " "), 2, "a few words"),
        (("add", "-i", other, "x", "--due", "2026-11-20"), 2, "2026-11-20 has passed; give today or a later day"),
        (("add", "-i", other, "x", "--due", "soon"), 2, "can't read 'soon' as a day; try 2026-12-24"),
        (("add", "-i", other, "x", "--kind", "guess"), 2, "There is no kind 'guess'; the kinds are prevent"),
        (("add", "-i", other, "x", "--priority", "huge"), 2, "the priorities are high, normal, low"),
        (("add", "-i", other, "x", "--from", "decision:1"), 2, "There is no decision 1; the incident has none"),
        (("add", "-i", other, "x", "--from", "section:zz"), 2, "There is no section 'zz'; the sections are summary"),
        (("add", "-i", other, "x", "--from", "thin air"), 2, "--from is decision:2 or section:root_cause"),
        (("add", "-i", other, "x", "--owner", "P" * 300), 1, "300 characters are too many for the name"),
        (("drop", f"{ref}-1", "--because", " "), 2, "the reason is empty"),
        (("remind", "Zoe"), 2, "Nothing is open with Zoe"),
        (("nonsense",), 2, "No such command"),
    ):
        ran = cli.run("actions", *arguments)
        assert (ran.code, ran.out) == (code, ""), arguments
        assert words in ran.err, arguments
        assert "Traceback" not in ran.err
    assert [item["text"] for item in listed(cli, "--all")] == ["Alert"]


def test_hostile_and_long_texts_stay_whole_in_a_file_and_fit_on_a_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.declare("Checkout errors affecting everybody who pays by card")
    cli.ok("actions", "add", HOSTILE, "--due", "none")
    cli.run("actions", "add", "x" * 40_000, "--owner", "界" * 50)
    listing = cli.ok("actions")
    assert "Alert ␛]0;x␇on [red]5xx[/x] {{ now }}" in listing
    assert "x" * 40_000 in listing
    cli.ok("actions", "done", "2")
    cli.ok("actions", "reopen", "2")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    for columns in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        rows = cli.ok("actions").splitlines()
        assert len(rows) == 4
        assert all(len(row) + row.count("界") <= columns for row in rows), columns
    for prepared in (cli.ok("status"), cli.ok("actions", "remind")):
        assert "\x1b" not in prepared
