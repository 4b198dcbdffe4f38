"""`warroom correct`: every correction by command, what the exports then say, and the same after an import."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Cli


def test_what_is_corrected_reads_so_in_every_export_and_in_another_journal(cli: Cli, tmp_path: Path) -> None:
    ref = cli.declare()

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)  # each command is an act of its own
        return cli.ok(*arguments)

    ok("log", "Errors at 90 %")
    ok("log", "Move reads to the replica", "--at", "-5m")
    ok("log", "Replica takes all reads")
    assert "decision Move reads to the replica – because it has room (added 5 min later) · corrected" in ok(
        "correct", "kind", "Move reads", "decision", "--because", "it has room"
    )
    assert ok("correct", "text", "2", "Errors at 9 %", "--because", "a typo").endswith("Errors at 9 % · corrected")
    ok("correct", "time", "2", "-7m")
    assert ok("correct", "link", "last", "1").startswith("Linked to decision “Move reads to the replica”")
    ok("correct", "pin", "replica takes")
    ok("log", "wrong graph")
    assert ok("correct", "retract", "last", "--because", "that was staging").endswith("(that was staging)")
    lines = ok("correct", "lines")
    assert "Replica takes all reads · pinned · for decision 1" in lines
    assert "wrong graph · taken back: that was staging" in lines

    log = ok("export", "log")
    assert "Replica takes all reads (pinned; for decision 1)" in log
    assert "Lines of the log: " in log
    assert "took back the line of" in log
    assert "Pinned in the log" in ok("export", "handoff")
    assert "Replica takes all reads" in ok("export", "postmortem")
    rows = ok("export", "log", "--format", "csv").splitlines()
    assert rows[0].endswith('"changed","pinned","decision"')
    assert next(row for row in rows if "Replica takes" in row).endswith('"","pinned","1"')
    assert not any("Pinned: " in row or "Linked to" in row for row in rows)
    assert "Replica takes all reads" in ok("export", "timeline", "--format", "html")

    exported = tmp_path / "log.json"
    ok("export", "log", "--format", "json", "-o", str(exported))
    there = ("--db", str(tmp_path / "other.db"))
    ok(*there, "import", str(exported))
    assert ok(*there, "-i", ref, "export", "log") == log
    assert ok(*there, "verify").startswith("OK")
    timeline = ("export", "timeline", "--format", "json")
    assert json.loads(ok(*there, "-i", ref, *timeline)) == json.loads(ok(*timeline))

    # One's own acts are undone in order, and what is no act of one's own there can't be.
    assert ok("correct", "undo") == "Put back: wrong graph (that was staging)"
    assert ok("correct", "undo") == "Taken back: wrong graph"
    assert ok("correct", "undo").startswith("Taken back: Pinned")
    assert ok("correct", "redo").startswith("Done again: Pinned")
    ran = cli.run(*there, "correct", "undo", "-i", ref)
    assert (ran.code, ran.err) == (1, "warroom: you have done nothing in this incident that can be taken back\n")


def test_a_line_that_is_not_there_or_not_the_only_one_is_said(cli: Cli) -> None:
    cli.declare()
    cli.ok("log", "errors one")
    cli.ok("log", "errors two")
    for line, said in (("errors", "Several lines have “errors”"), ("zebra", "There is no line “zebra”"), ("99", "99")):
        ran = cli.run("correct", "pin", line)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    ran = cli.run("correct", "link", "2", "1")
    assert "There is no decision 1; none is logged yet" in ran.err
    ran = cli.run("correct", "kind", "1", "note")
    assert "can't be corrected" in ran.err


def test_what_is_left_out_or_wrong_is_one_sentence(cli: Cli) -> None:
    cli.declare()
    cli.ok("log", "errors are falling")
    for arguments, said in (
        ((), "correct needs one of its commands: lines, text, time, kind, retract, "),
        (("kind", "last"), "Missing argument 'note|action|decision'. Choose from: note, action, decision. Try "),
        (("link", "last", "x"), "Invalid value for 'DECISION': 'x' is not a whole number. Try "),
    ):
        ran = cli.run("correct", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert ran.err.startswith(f"warroom: {said}")
