"""Real terminals for the console: a tmux of our own, and a pty of which every byte is kept and drawn by pyte.

Nothing here waits a fixed time: `until` looks again and again, and fails with what the screen showed.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import msgspec
import pyte

from tests.e2e.warm import SOURCE, WarmProcess
from warroom.cli import main
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences

PATIENCE_S = 20.0
"""How long anything may take before a test fails; a machine under load is slow, not wrong."""

ENTER, ESCAPE, TAB, DOWN, UP = "\r", "\x1b", "\t", "\x1b[B", "\x1b[A"

# A session needs a controlling terminal for the hangup to reach it, which is taken after setsid and before exec.
_LEAD = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
# Control sequences that pyte does not know, and would print the end of.
_UNKNOWN = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b\]22;[^\x07]*\x07")
_CUT_OFF = re.compile(rb"\x1b(?:\[[<=>?0-9;$]*|\]2?2?;?[^\x07]*)?\Z")


def environment(**changes: str) -> dict[str, str]:
    """What the console finds in its environment: a terminal with all colours, in Berlin, in the hands of Dana."""
    return {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "TZ": "Europe/Berlin",
        "WARROOM_AUTHOR": "Dana",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **changes,
    }


def console(db: Path, *arguments: str) -> list[str]:
    """The command line that opens the console on a journal."""
    return [sys.executable, "-m", "warroom", "--db", str(db), *arguments]


def warroom(db: Path, *arguments: str) -> None:
    """Run a command on the journal in this process, at the real time; it must succeed."""
    assert main(["--db", str(db), *arguments]) == 0


def declared(folder: Path, title: str = "Checkout errors", *arguments: str) -> Path:
    """A new journal with one open SEV2."""
    db = folder / "journal.db"
    warroom(db, "declare", title, "--severity", "2", *arguments)
    return db


def texts(db: Path) -> list[str]:
    """The words of every entry in the file, in order of arrival."""
    with Journal.open(db, now=lambda: 0, create=False) as journal:
        return [entry.text for entry in journal.since(0)]


def only_incident(db: Path) -> str:
    """The reference of the one incident in the file."""
    with Journal.open(db, now=lambda: 0, create=False) as journal:
        [life] = journal.lifecycles()
        return life.incident


def kept_words(db: Path, about: str = "") -> list[str]:
    """What was typed and not sent, as the file keeps it for the next start; about the one incident, or `declare`."""
    with Journal.open(db, now=lambda: 0, create=False) as journal:
        text = Preferences(journal.connection).get(f"words:{about or only_incident(db)}")
    return list(msgspec.json.decode(text, type=dict[str, str]).values()) if text else []


def wait_for(found: Callable[[], Any], told: Callable[[], str], limit_s: float = PATIENCE_S) -> Any:
    """Look until `found` gives something true, and return it; fails with what `told` says."""
    deadline = time.monotonic() + limit_s
    while not (result := found()):
        assert time.monotonic() < deadline, told()
        time.sleep(0.02)
    return result


def started_anew(command: Sequence[str], env: Mapping[str, str], terminal: int) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, on the open terminal of that descriptor."""
    return subprocess.Popen(
        [sys.executable, "-ISc", _LEAD, *command],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=dict(env),
        start_new_session=True,
    )


class Terminal:
    """A process in a terminal of ours, 120×36 unless told otherwise; `received` is every byte it sent."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 120,
        lines: int = 36,
        start: Callable[[Sequence[str], Mapping[str, str], int], subprocess.Popen[bytes] | WarmProcess] = started_anew,
    ) -> None:
        self.master, self.slave = os.openpty()
        termios.tcsetwinsize(self.slave, (lines, columns))
        self.modes_before = termios.tcgetattr(self.slave)
        self.received = bytearray()
        self._fed = 0
        self._canvas = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._canvas)
        self._stop_reading, self._told_to_stop = os.pipe()
        self.process = start(command, env, self.slave)
        # Somebody has to read all the time, or the process would stand still with its buffer full.
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self.master, self._stop_reading], [], [])
            if self._stop_reading in ready:
                return
            try:
                self.received += os.read(self.master, 65536)
            except OSError:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    # Keys

    def type(self, text: str) -> None:
        """Send keys, all at once."""
        os.write(self.master, text.encode("utf-8", "surrogateescape"))

    def paste(self, text: str) -> None:
        """Send text as a terminal does that was asked to mark what is pasted."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def all_taken(self) -> bool:
        """Whether the process has read every key sent so far."""
        waiting = fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4)
        return int.from_bytes(waiting, sys.byteorder) == 0

    # The screen

    def screen(self) -> pyte.Screen:
        """The screen as it is now."""
        fresh = bytes(self.received[self._fed :])
        if cut_off := _CUT_OFF.search(fresh):
            fresh = fresh[: cut_off.start()]
        self._fed += len(fresh)
        self._stream.feed(_UNKNOWN.sub(b"", fresh))
        return self._canvas

    def text(self) -> str:
        """What the screen shows, as lines."""
        return "\n".join(line.rstrip() for line in self.screen().display)

    @property
    def title(self) -> str:
        """What the terminal's tab says."""
        return str(self.screen().title)

    def until(self, *words: str, limit_s: float = PATIENCE_S) -> str:
        """Wait for all these words on the screen, and return what it shows."""
        looked_at = -1

        def found() -> bool:
            nonlocal looked_at
            if looked_at == len(self.received):
                return False  # nothing new: drawing what was received is slow, and the process wants the processor too
            looked_at = len(self.received)
            shown = self.text()
            unwrapped = " ".join(shown.split())  # a sentence breaks wherever the path in it makes it break
            return all(word in shown or word in unwrapped for word in words)

        wait_for(found, lambda: f"{words} never appeared (exit code {self.process.poll()}):\n{self.text()}", limit_s)
        return self.text()

    def received_until(self, words: str) -> None:
        """Wait until these words were sent in one piece, without looking at the screen."""
        wait_for(lambda: words.encode() in self.received, lambda: f"{words!r} was never sent:\n{self.text()}")

    def until_gone(self, words: str) -> str:
        """Wait until these words have left the screen."""
        wait_for(lambda: words not in self.text(), lambda: f"{words!r} is still there:\n{self.text()}")
        return self.text()

    # The end

    def hang_up(self) -> None:
        """Close the window: the process has no terminal any more."""
        self._release()
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    def ended(self, limit_s: float = PATIENCE_S) -> int:
        """Wait for the process to end, and return its exit code."""
        try:
            return self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {limit_s} s:\n{self.text()}") from None

    def after_the_end(self) -> bytes:
        """Every byte received of a process that has ended."""
        marker = b"\x1b]0;end of test\x07"
        os.write(self.slave, marker)
        wait_for(lambda: self.received.endswith(marker), lambda: "the terminal does not answer")
        return bytes(self.received.removesuffix(marker))

    def _release(self) -> None:
        if self._reader.is_alive():
            os.write(self._told_to_stop, b".")
            self._reader.join()

    def close(self) -> None:
        """End the process whatever it does, and give the terminal back."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._release()
        for descriptor in (self.master, self.slave, self._stop_reading, self._told_to_stop):
            if descriptor >= 0:
                os.close(descriptor)


@contextmanager
def opened(db: Path, *words: str, **environ: str) -> Iterator[Terminal]:
    """The console on a journal, once it shows these words (the line of what to do now, unless told otherwise)."""
    with Terminal(["--db", str(db)], environment(**environ), start=WarmProcess) as terminal:
        terminal.until(*words or ("NOW ▸",))
        yield terminal


def start_logging(terminal: Terminal) -> None:
    """Take the log line, and wait until it has the keys."""
    terminal.type("l")
    terminal.until("esc Leave")


def stop_logging(terminal: Terminal) -> None:
    """Leave the log line, and wait until the keys act again."""
    terminal.type(ESCAPE)
    terminal.until("l Log")


def start_first_message(terminal: Terminal) -> None:
    """Open the composer on the first message, and wait until its first field has the keys."""
    terminal.type("u")
    terminal.until("Compose · Initial acknowledgement", "enter Next field")


def leave_fields(terminal: Terminal) -> None:
    """From the fields of the composer to the message, and wait until it has the keys."""
    terminal.type(ESCAPE)
    terminal.until("s Mark as sent")


class Tmux:
    """A tmux server of our own, with default settings but for the status line, and one window of the size asked for."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], *, columns: int = 120, lines: int = 36) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="warroom-tmux-"))  # a socket's path must be short
        self._tmux = ["tmux", "-S", str(self._folder / "s"), "-f", "/dev/null"]
        self.keystrokes = 0
        """Keys pressed so far, not counting text typed."""
        server = "start-server ; set-option -g status off ; new-session -d"
        # The shell tells how the command ended: tmux 3.3 may leave an ended command unreaped, and then never tells.
        shell = ["sh", "-c", '"$@"; echo "ended with $?"; exec cat', "sh"]
        subprocess.run(
            [*self._tmux, *server.split(), "-x", str(columns), "-y", str(lines), *shell, *command],
            env=dict(env),
            check=True,
            capture_output=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def run(self, *command: str) -> str:
        """Run a tmux command and return its output as it is."""
        done = subprocess.run([*self._tmux, *command], capture_output=True, check=True)
        return done.stdout.decode()

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them: Enter, Escape, Tab, Space, Down, a letter."""
        self.keystrokes += len(keys)
        self.run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self.run("send-keys", "-l", "--", text)

    def text(self) -> str:
        """What the window shows."""
        return self.run("capture-pane", "-p")

    def until(self, *words: str, limit_s: float = PATIENCE_S) -> str:
        """Wait for all these words on the screen, and return what it shows."""
        shown = ""

        def found() -> bool:
            nonlocal shown
            shown = self.text()
            unwrapped = " ".join(shown.split())  # a sentence breaks wherever the path in it makes it break
            return all(word in shown or word in unwrapped for word in words)

        wait_for(found, lambda: f"{words} never appeared:\n{shown}", limit_s)
        return shown

    def close(self) -> None:
        """End the server with all that runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)
