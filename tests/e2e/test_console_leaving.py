"""However the console ends, the terminal is as it was before, the words are kept, and no process stays behind."""

from __future__ import annotations

import re
import signal
import sqlite3
import sys
import termios
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal, console, declared, environment, kept_words, opened, stop_logging
from tests.e2e.warm import WarmProcess
from warroom.store.verify import verify

SECONDS = 5.0
"""An end takes tenths of a second; so much is left for a loaded machine."""

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
ALTERNATE_SCREEN, CURSOR, LINE_WRAP, PASTE_MARKS, FOCUS = 1049, 25, 7, 2004, 1004
MOUSE = (1000, 1002, 1003, 1006, 1015, 1016)


def _modes(sent: bytes) -> dict[int, bool]:
    """Which of the terminal's modes were left on and which off, of those that were touched."""
    modes: dict[int, bool] = {}
    for found in _MODE.finditer(sent):
        for mode in found[1].split(b";"):
            modes[int(mode)] = found[2] == b"h"
    return modes


def _assert_restored(terminal: Terminal) -> None:
    sent = terminal.after_the_end()
    modes = _modes(sent)
    assert {mode for mode in (ALTERNATE_SCREEN, PASTE_MARKS, FOCUS, *MOUSE) if modes.get(mode)} == set()
    assert modes[CURSOR]
    assert modes[LINE_WRAP]
    assert sent.count(b"\x1b[22;0t") == sent.count(b"\x1b[23;0t") == 1, "the title is not given back"
    # The keys' own protocol is switched off, and on the screen it was switched on for.
    assert sent.rindex(b"\x1b[<u") < sent.rindex(b"\x1b[?1049l")
    assert termios.tcgetattr(terminal.slave) == terminal.modes_before
    assert b"Traceback" not in sent


def _started(db: Path, *words: str, anew: bool = False, **environ: str) -> Terminal:
    """The console, or what `words` say: forked from one that is loaded, or started `anew` as a user's is.

    A window is only closed on one that was started anew, because the interpreter itself then ends without a terminal.
    """
    if anew:
        return Terminal(console(db, *words), environment(**environ))
    return Terminal(["--db", str(db), *words], environment(**environ), start=WarmProcess)


def _with_words(terminal: Terminal) -> Terminal:
    terminal.until("NOW ▸")
    terminal.type("lhalf a sent")
    terminal.until("half a sent")
    return terminal


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_as_leaving_would(tmp_path: Path, name: str) -> None:
    db = declared(tmp_path)
    with _with_words(_started(db, anew=name == "SIGTERM")) as terminal:
        terminal.process.send_signal(getattr(signal, name))
        assert terminal.ended(SECONDS) == 0
        _assert_restored(terminal)
    with opened(db, "half a sent", "NOW ▸"):
        pass
    assert verify(db).ok


def test_a_signal_ends_it_also_while_the_file_is_locked_and_what_was_not_saved_is_printed(tmp_path: Path) -> None:
    db = declared(tmp_path)
    with _with_words(_started(db)) as terminal, closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        terminal.type("ence\r")
        terminal.until("Not saved yet: another process has the file locked. Trying again: half a sentence")
        terminal.type("\x10")  # the palette, which will never be complete
        terminal.process.terminate()
        assert terminal.ended(SECONDS + 2) == 1
        assert b"warroom: not saved: half a sentence" in terminal.after_the_end()
        _assert_restored(terminal)


def test_leaving_by_key_restores_the_terminal(tmp_path: Path) -> None:
    with opened(declared(tmp_path)) as terminal:
        terminal.type("Q")
        assert terminal.ended(SECONDS) == 0
        _assert_restored(terminal)


@pytest.mark.parametrize("hangup", ["noticed", "ignored"])
def test_a_closed_window_ends_it_with_the_words_kept(tmp_path: Path, hangup: str) -> None:
    """Also where the hang-up signal is ignored, as under nohup: then only the terminal itself tells."""
    db = declared(tmp_path)
    deaf = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    command = console(db) if hangup == "noticed" else [sys.executable, "-c", deaf, *console(db)]
    with _with_words(Terminal(command, environment())) as terminal:
        terminal.hang_up()
        assert terminal.ended(SECONDS) == 0
    assert kept_words(db) == ["half a sent"]
    assert verify(db).ok


@pytest.mark.parametrize("without", ["</dev/null", "2>/dev/null", ">/dev/null", "a pipe", "TERM=dumb"])
@pytest.mark.parametrize("command", ["console", "demo"])
def test_without_a_terminal_it_says_so_and_ends(tmp_path: Path, without: str, command: str) -> None:
    db = tmp_path / "journal.db"
    script = {"a pipe": 'echo q | "$@"', "TERM=dumb": 'TERM=dumb "$@"'}.get(without, f'"$@" {without}')
    script += "; echo exit $?"
    words = ["demo"] if command == "demo" else []
    with Terminal(["/bin/sh", "-c", script, "sh", *console(db, *words)], environment()) as terminal:
        assert terminal.ended(SECONDS) == 0
        shown = terminal.until("exit 2")
        assert b"\x1b" not in terminal.after_the_end()
    complaints = [line for line in shown.splitlines() if line]
    assert len(complaints) == (1 if without == "2>/dev/null" else 2)
    assert without == "2>/dev/null" or "needs a terminal" in complaints[0]
    assert (without == "TERM=dumb") == ("TERM is dumb" in shown)
    assert not db.exists()


@pytest.mark.parametrize("end", ["key", "SIGTERM", "closed"])
def test_the_demo_leaves_nothing_behind(tmp_path: Path, end: str) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    db = tmp_path / "mine.db"
    with _started(db, "demo", anew=end == "closed", TMPDIR=str(scratch)) as terminal:
        terminal.until("DRILL", "Your phone rings", "1/16")
        assert [folder.name.startswith("warroom-demo-") for folder in scratch.iterdir()] == [True]
        terminal.type("nPhotos stay grey\r3\r")
        terminal.until("NOW ▸", "2/16")
        terminal.type("lof my own\r")
        terminal.until("Logged at", "of my own")
        if end == "key":
            stop_logging(terminal)
            terminal.type("Q")
        elif end == "SIGTERM":
            terminal.process.terminate()
        else:
            terminal.hang_up()
        assert terminal.ended(SECONDS) == 0
    assert list(scratch.iterdir()) == []
    assert not db.exists()
