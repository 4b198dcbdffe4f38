"""`warroom drill report` and `drill runs`: how drills went, from their own files and the journal beside them."""

from __future__ import annotations

import json

from tests.e2e.conftest import Cli
from tests.practice import play_beside


def test_a_run_is_reported_and_compared_with_the_one_before(cli: Cli) -> None:
    assert cli.ok("drill", "runs") == "No drill was played yet. Begin with: warroom drill list"
    ran = cli.run("drill", "report")
    assert (ran.code, ran.err) == (1, "warroom: no drill was played yet; begin with: warroom drill list\n")
    first = play_beside(cli.db, cli.clock, until=50, end=True)
    cli.clock.advance(hours=48)
    second = play_beside(cli.db, cli.clock, until=20, end=False)
    runs = json.loads(cli.ok("drill", "runs", "--json"))
    told = [(run["number"], run["run"], run["finished"]) for run in runs]
    assert told == [(1, second.stem, False), (2, first.stem, True)]
    assert 0 < runs[1]["held"] < runs[1]["checks"]
    held = f"{runs[1]['held']} of {runs[1]['checks']} checks held"
    assert cli.ok("drill", "runs").splitlines() == [
        " 1  2026-11-25 03:17  checkout  20 of 50 min · waits",
        f" 2  2026-11-23 03:17  checkout  50 of 50 min · {held}",
    ]
    found = json.loads(cli.ok("drill", "report", "--json"))
    assert (found["drill"], found["finished"], found["ended_at"]) == (True, False, "2026-11-25T03:37:00Z")
    assert [run["finished"] for run in found["earlier"]] == [True]
    assert {one["part"]: one["change"] for one in found["compared"]}["first"] == "not comparable"
    assert found["shorter"] == "this"
    assert "This run is shorter than the one before" in cli.ok("drill", "report")
    text = cli.ok("drill", "report", "2")
    assert text.startswith("DRILL – REPORT: Checkout errors affecting users\n")
    assert f"In short:  {held}" in text
    assert (
        "1. T+18:00 · 03:35  At SEV2, the acknowledgement was due within 15 min, by 03:35; it was never sent." in text
    )
    assert "This is the first run of this scenario" in text
    assert cli.ok("--db", str(first), "drill", "report") == text, "a run's own file gives its own report"
    page = cli.db.with_name("report.html")
    cli.run("drill", "report", first.stem, "-o", str(page))
    assert "<title>DRILL – Report: Checkout errors affecting users</title>" in page.read_text("utf-8")


def test_a_run_that_is_not_there_is_named(cli: Cli) -> None:
    file = play_beside(cli.db, cli.clock, until=4, end=False)
    ran = cli.run("drill", "report", "chekout-2026")
    assert ran.code == 2
    assert ran.err.startswith(f"warroom: There is no run 'chekout-2026'; did you mean {file.stem}?")
    ran = cli.run("drill", "report", "--json", "--format", "md")
    assert ran.code == 2
    assert "--json is --format json" in ran.err
