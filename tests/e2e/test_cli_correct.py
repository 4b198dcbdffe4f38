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
    ok("log", "Looked at the graph", "--at", "-5m")
    at_once = ok("correct", "text", "last", "--", "-8m Looked at two graphs")
    assert at_once.endswith("note Looked at two graphs (added 7 min later) · corrected"), at_once
    ok("correct", "retract", "last", "--because", "of no use")
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
    assert ran.code == 1
    assert "was written by another file, or by this one before it was restored" in ran.err


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


PAST = """2026-09-14 09:42 CEST Errors on the login page
2026-09-14 09:50 CEST Roll back to v2.3.1
2026-09-14 10:16 CEST Rollback done
2026-09-14 10:31 CEST All services back to normal, resolved
"""


def imported(cli: Cli) -> str:
    """Import that timeline as a new incident, and return its reference."""
    cli.ok("import", "-", "--new", "Login fails", stdin=PAST.encode())
    return cli.ok("incidents").splitlines()[1].split()[0]


def test_an_import_is_undone_and_redone_whole_and_can_come_again(cli: Cli) -> None:
    ref = imported(cli)

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok(*arguments, "-i", ref)

    log = cli.ok("export", "log", "-i", ref)
    assert ok("correct", "undo") == (
        f"Import undone: 4 lines taken back, and {ref}, which it made, is cancelled. "
        "warroom correct redo brings all of it back"
    )
    assert "cancelled: mistaken import" in ok("status")
    cli.clock.advance(seconds=1)
    more = cli.run("correct", "undo", "-i", ref)
    assert (more.code, more.out) == (1, ""), "it is undone once"
    assert ok("correct", "redo").startswith("Done again: Errors on the login page")
    assert [line for line in cli.ok("export", "log", "-i", ref).splitlines() if "Duration" in line] == [
        line for line in log.splitlines() if "Duration" in line
    ]
    assert ok("correct", "undo").startswith("Import undone: 4 lines")

    # What was undone is new again: in an incident of its own, as the first one is cancelled.
    cli.clock.advance(seconds=1)
    again = cli.run("import", "-", "--new", "Login fails", stdin=PAST.encode())
    assert (again.code, "all new" in again.out, ref in again.out) == (0, True, False)
    before = cli.ok("correct", "lines", "--limit", "99", "-i", ref).count("Errors on the login page")
    put_back = cli.ok("import", "-", "--into", ref, stdin=PAST.encode())
    assert put_back.splitlines() == [
        f"Imported 4 entries into {ref} “Login fails”: all back as they were",
        f"{ref} was cancelled when its import was undone; it is resolved now",
    ]
    listed = cli.ok("correct", "lines", "--limit", "99", "-i", ref)
    assert listed.count("Errors on the login page") == before, "the lines are put back, not written again"
    assert cli.ok("verify").startswith("OK: ")
    assert "Nothing to import" in cli.ok("import", "-", "--into", ref, stdin=PAST.encode())
    assert ok("correct", "undo").startswith("Import undone: 4 lines")
    longer = (PAST + "2026-09-14 10:40 CEST Told support\n").encode()
    shown = cli.ok("import", "-", "--into", ref, "--dry-run", stdin=longer).splitlines()
    assert shown[-1].startswith("5 entries, 1 of them new, 4 undone before and then back, 0 lines not understood.")
    cli.clock.advance(seconds=1)
    said = cli.ok("import", "-", "--into", ref, stdin=longer).splitlines()[0]
    assert said == f"Imported 5 entries into {ref} “Login fails”: 1 new, 4 back as they were"
    assert ok("correct", "retract", "Rollback done", "--because", "that was staging")
    assert "Nothing to import" in cli.ok("import", "-", "--into", ref, stdin=PAST.encode()), (
        "it is known, with a reason"
    )


def test_a_time_without_a_day_stays_on_the_day_of_its_line(cli: Cli) -> None:
    ref = imported(cli)
    for time, moved in (("08:26", "2026-09-14 08:26"), ("23:50Z", "2026-09-14 23:50"), ("-1h", "02:17 UTC")):
        cli.clock.advance(seconds=1)
        assert moved in cli.ok("correct", "time", "Rollback done", time, "-i", ref), time


def test_what_is_in_the_way_of_undoing_is_said_and_gone_past(cli: Cli) -> None:
    ref = cli.declare()

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok(*arguments)

    ok("log", "wrong host")
    ok("resolve", "rolled back")
    ok("close", "-i", ref, "Europe/Berlin")
    ran = cli.run("correct", "undo", "-i", ref)
    assert (ran.code, ran.err) == (
        1,
        "warroom: what you did last can't be undone, closing the incident: x or warroom reopen reopens it\n",
    )
    assert cli.run("correct", "undo", "--past", "-i", ref).err == ran.err, "a closed one has to be reopened first"
    ok("reopen", "-i", ref, "--because", "it is back")
    ran = cli.run("correct", "undo")
    assert ran.err == (
        "warroom: what you did last can't be undone, reopening the incident: x or warroom resolve resolves it again; "
        "--past goes past it, to what you did before\n"
    )
    ok("redact", "Europe/Berlin", "--because", "a place")
    assert "redacting words, which are gone for good; --past goes past it" in cli.run("correct", "undo").err
    assert ok("correct", "undo", "--past") == "Taken back: wrong host"
    assert "x or warroom resolve resolves it again" in cli.run("correct", "time", "Reopened", "03:00").err
    assert "it was reopened since then" in cli.run("correct", "retract", "rolled back").err
