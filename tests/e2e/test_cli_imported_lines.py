"""What becomes of imported lines: corrected, taken back, undone and imported again, by the command line."""

from __future__ import annotations

import json

from tests.e2e.conftest import Cli
from tests.e2e.timeline_import import imported

SPOKEN = """# 2025-11-03 (UTC)
- 18:50 <Max> Alert on search
- 18:55 <Lena> Taking IC
- 19:00 <Ida> Told support via mail
- 19:20 <Max> Severity raised to SEV1
- 19:55 <Jo> Search works again, resolved
"""


def test_whoever_said_a_line_is_named_whatever_the_line_does(cli: Cli) -> None:
    ref = imported(cli, SPOKEN, "--new", "Search").out.split()[4]
    log, rows = (cli.ok("-i", ref, "export", "log", *form) for form in ((), ("--format", "csv")))
    for name, words in (("Max", "Alert on"), ("Ida", "Told"), ("Max", "raised"), ("Jo", "works")):
        assert f"by {name}" in next(line for line in log.splitlines() if words in line and "**" in line)
        assert f'"{name}"' in next(line for line in rows.splitlines() if words in line)
    assert "Search works again, resolved" in cli.ok("search", "Jo")
    into = cli.declare()
    imported(cli, SPOKEN, "--into", into)
    assert "by Ida" in cli.ok("-i", into, "export", "log")


def test_a_line_that_ends_it_by_mistake_becomes_a_note_or_is_taken_back(cli: Cli) -> None:
    ref = imported(cli, SPOKEN, "--new", "Search").out.split()[4]

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok("-i", ref, *arguments)

    def state() -> str:
        (row,) = json.loads(cli.ok("incidents", "--all", "--json"))
        return str(row["state"])

    assert ok("correct", "kind", "works again", "note").endswith(
        "19:55 UTC note Search works again, resolved – by Jo · corrected"
    )
    assert state() == "open"
    assert "note: Search works again, resolved – by Jo" in ok("export", "log")
    assert "already" in imported(cli, SPOKEN, "--into", ref).out, "the line is known"
    assert ok("correct", "undo").startswith("Resolved again: the line that resolved it is a note")
    assert state() == "resolved"
    assert "resolved: Search works again" in ok("export", "log")
    refused_ = cli.run("-i", ref, "correct", "kind", "works again", "decision").err
    assert "can become a note or an action; log the decision" in refused_
    assert ok("correct", "retract", "works again", "--because", "only in staging").startswith(
        "Reopened: the line that resolved it was taken back"
    )
    assert state() == "open"
    assert "Search works again, resolved – by Jo · taken back: only in staging" in ok("correct", "lines")
    assert "resolved: Search" not in ok("export", "log")
    assert "already" in imported(cli, SPOKEN, "--into", ref).out, "what was taken back with a reason stays so"
    assert ok("correct", "kind", "Alert on search", "note").endswith("note Alert on search – by Max · corrected")
    assert cli.ok("verify").startswith("OK: ")


def test_undone_reopened_and_imported_again_the_log_and_the_state_agree(cli: Cli) -> None:
    ref = imported(cli, SPOKEN, "--new", "Search").out.split()[4]

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok("-i", ref, *arguments)

    for _ in range(2):
        ok("correct", "undo")
        assert "Search works again, resolved – by Jo · taken back" in ok("correct", "lines")
        ok("correct", "redo")
    assert "Reopened" not in ok("correct", "lines", "--limit", "99"), "what was redone leaves nothing behind"
    assert '"cancelled"' not in ok("export", "log", "--format", "csv")
    ok("correct", "undo")
    ok("reopen", "--because", "it was right")
    again = cli.run("-i", ref, "correct", "redo")
    assert "you did something else since you last took something back (Reopened: it was right)" in again.err
    assert "import the timeline again" in again.err
    cli.clock.advance(seconds=1)
    imported(cli, SPOKEN, "--into", ref)
    log = ok("export", "log")
    assert "Not resolved" not in log
    assert log.count("resolved: Search works again") == 1
    ok("close")
    assert "a closed" not in cli.run("-i", ref, "correct", "undo", "--past").out
    assert "SEV1" in ok("status")


def test_the_line_it_began_with_moves_the_beginning_and_keeps_its_words(cli: Cli) -> None:
    ref = imported(cli, SPOKEN, "--new", "Search").out.split()[4]

    def ok(*arguments: str) -> str:
        cli.clock.advance(seconds=1)
        return cli.ok("-i", ref, "correct", *arguments)

    moved = ok("time", "Alert on search", "18:40")
    assert moved.splitlines()[1].startswith("Began at 2025-11-03 18:40 UTC, not") or "Began at 18:40 UTC, not" in moved
    assert "Duration: 1 h 15 min" in cli.ok("-i", ref, "export", "log").replace("**", "")
    ok("undo")
    assert "Duration: 1 h 5 min" in cli.ok("-i", ref, "export", "log").replace("**", "")

    cli.clock.advance(seconds=1)
    cli.ok("-i", ref, "log", "Erors began with the deploy")
    ok("time", "Erors", "2025-11-03T19:01Z")
    ok("text", "Erors", "Errors began with the deploy")
    assert ok("retract", "Errors began", "--because", "wrong").startswith("Taken back: Errors began")
    rows = cli.ok("-i", ref, "export", "log", "--format", "csv").splitlines()
    assert next(row for row in rows if "began with" in row).startswith('"2025-11-03T19:01:00Z","note"')
    lines = ok("lines", "--limit", "99").splitlines()
    at = next(at for at, line in enumerate(lines) if "19:01 UTC note Errors began with the deploy" in line)
    assert lines[at].endswith("taken back: wrong")
    assert "Told support" in lines[at - 1], "it stands where it stood"
    ok("undo")
    ok("kind", "Errors began", "decision", "--because", "only explanation")
    assert "note Errors began with the deploy · corrected" in ok("kind", "Errors began", "note").replace(
        " (added 384 days later)", ""
    )
    log = cli.ok("-i", ref, "export", "log")
    told = log.partition("## Corrections")[2]
    assert "took back a correction of the line" in told
    assert "(undone)" in told
