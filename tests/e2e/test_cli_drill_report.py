"""`warroom drill report` and `drill runs`: how drills went, from their own files and the journal beside them."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import sqlite_utils

from tests.e2e.conftest import Cli
from tests.practice import play_beside
from warroom.drilling import look
from warroom.model.times import HOUR


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


def test_a_run_whose_file_was_changed_by_hand_is_named_and_hides_no_other(cli: Cli) -> None:
    file = play_beside(cli.db, cli.clock, until=20, end=False)
    wrong = []
    for number, (name, key, value) in enumerate(
        (
            ("drill-clock", "now", 2**63 - 1),
            ("drill-clock", "now", -(2**63) + 1),
            ("drill-clock", "now", 253_000_000_000_000),
            ("drill-clock", "ended", 1),
            ("drill-clock", "speed", 1e308),
            ("drill", "began", -(2**63) + 1),
            ("drill", "made", 99_999_999_999_999_999),
        )
    ):
        copy = file.with_name(f"wrong-{number}.db")
        shutil.copy(file, copy)
        tamper(copy, name, {key: value})
        wrong.append(copy)
    ran = cli.run("drill", "runs")
    assert ran.code == 0
    assert [line.split("  ")[-1] for line in ran.out.splitlines()] == ["20 of 50 min · waits"]
    sentences = ran.err.splitlines()
    assert len(sentences) == len(wrong)
    for copy in wrong:
        (sentence,) = [line for line in sentences if str(copy) in line]
        assert sentence.endswith("changed by hand.") or "was changed by hand or made by another version" in sentence
        for words in (("drill", "report", copy.stem), ("--db", str(copy), "drill", "report")):
            ran = cli.run(*words)
            assert (ran.code, ran.err) == (1, f"{sentence}\n"), words
        ran = cli.run("--db", str(copy), "status")
        assert (ran.code, "Checkout errors" in ran.out) == (0, True), "its log can be read all the same"
    assert "in the DRILL Checkout" in cli.run("drill", "status").err
    assert cli.ok("drill", "report", "1").startswith("DRILL – REPORT")
    # Strange times that a drill can have: forgotten at full speed, and ended before anything was declared.
    run = look(file)
    assert run is not None
    tamper(file, "drill-clock", {"now": run.kept.began + 300 * 24 * HOUR})
    assert "never sent" in cli.ok("drill", "report")
    tamper(file, "drill-clock", {"ended": run.kept.began})
    assert cli.ok("drill", "report").startswith("DRILL – REPORT")
    file.unlink()
    ran = cli.run("drill", "report")
    assert (ran.code, ran.err) == (1, "warroom: none of the runs can be read; warroom drill runs says why\n")


def tamper(file: Path, name: str, change: dict[str, float]) -> None:
    """Change what a run's file keeps."""
    with closing(sqlite_utils.Database(file)) as db:
        kept = json.loads(db["preferences"].get(name)["value"])  # type: ignore[union-attr]
        db["preferences"].update(name, {"value": json.dumps(kept | change)})  # type: ignore[union-attr]
