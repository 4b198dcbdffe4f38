"""What the terminal is told: colours it can show, a title, one bell, few bytes, the clipboard; and news from others."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import (
    Terminal,
    Tmux,
    console,
    declared,
    environment,
    leave_fields,
    only_incident,
    opened,
    start_first_message,
    wait_for,
    warroom,
)
from tests.programs import needs
from warroom.model import acts, times
from warroom.workspace import Workspace

_SGR = re.compile(rb"\x1b\[([0-9;]*)m")
_OSC52 = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")
LIGHT = "0;default;15"


def _colours(sent: bytes) -> set[str]:
    """Of what kinds the colours are that were used: none, 16, 256, true."""
    kinds = set()
    for found in _SGR.finditer(sent):
        numbers = [int(number) for number in found[1].split(b";") if number]
        while numbers:
            number = numbers.pop(0)
            if number in (38, 48):
                kinds.add({2: "true", 5: "256"}[numbers[0]])
                del numbers[: 4 if numbers[0] == 2 else 2]
            elif 30 <= number <= 37 or 40 <= number <= 47 or 90 <= number <= 107:
                kinds.add("16")
    return kinds


def _unreadable(terminal: Terminal) -> list[Any]:
    """The visible characters that have the colour of what is behind them."""
    screen = terminal.screen()
    return [
        (row, column, cell)
        for row, line in screen.buffer.items()
        for column, cell in line.items()
        if cell.data.strip() and cell.fg == cell.bg != "default"
    ]


@pytest.mark.parametrize(
    ("name", "environ", "allowed"),
    [
        ("all colours", {}, {"true"}),
        ("all colours, light", {"COLORFGBG": LIGHT}, {"true"}),
        ("16 colours", {"TERM": "xterm", "COLORTERM": ""}, {"16"}),
        ("16 colours, light", {"TERM": "xterm", "COLORTERM": "", "COLORFGBG": LIGHT}, {"16"}),
        ("no colours", {"NO_COLOR": "1"}, set()),
        ("no colours, light", {"NO_COLOR": "1", "COLORFGBG": LIGHT}, set()),
        ("no colours, a plain terminal", {"NO_COLOR": "1", "TERM": "xterm", "COLORTERM": ""}, set()),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "",
)
def test_every_character_can_be_read(tmp_path: Path, name: str, environ: dict[str, str], allowed: set[str]) -> None:
    db = declared(tmp_path)
    warroom(db, "log", "Roll back", "--kind", "decision", "--because", "faster")
    with opened(db, "SEV2  Checkout errors", "NOW ▸", "Clocks", "because faster", **environ) as terminal:
        assert _unreadable(terminal) == []
        terminal.type("u")
        terminal.until("Compose · Initial acknowledgement", "Still missing", "enter Next field")
        assert _unreadable(terminal) == []
        leave_fields(terminal)
        terminal.type("s")
        terminal.until("Not marked as sent")
        assert _unreadable(terminal) == []
        assert _colours(bytes(terminal.received)) - allowed == set()


def _bells(terminal: Terminal) -> int:
    """How often it rang; titles end with the same character."""
    return re.sub(rb"\x1b\][^\x07]*\x07", b"", bytes(terminal.received)).count(b"\x07")


def _stopped(terminal: Terminal) -> bool:
    state = ["ps", "-o", "state=", "-p", str(terminal.process.pid)]
    return subprocess.run(state, capture_output=True, check=True).stdout.strip().startswith(b"T")


def test_time_passing_costs_the_cells_it_changes_and_what_another_shell_logs_is_there_at_once(tmp_path: Path) -> None:
    """A pane drawn anew each second would be ten times as much."""
    db = declared(tmp_path)
    with opened(db, "Timeline · 1 ·") as terminal:
        sent: list[int] = []
        while not sent or (sent[-1] > 500 and len(sent) < 8):  # the first seconds still see the console being put up
            before = len(terminal.received)
            terminal.until_gone(_elapsed(terminal))
            sent.append(len(terminal.received) - before)
        assert sent[-1] <= 500, sent
        warroom(db, "log", "from another shell")
        appended = time.monotonic()
        terminal.until("from another shell", "Timeline · 2 ·")
        assert time.monotonic() - appended < 2.0  # looked for twice a second; the rest is for a loaded machine
        warroom(db, "resolve", "rolled back")
        terminal.until("resolved   rolled back")

        os.kill(terminal.process.pid, signal.SIGTSTP)  # what `kill -TSTP` and a shell's `fg` do
        wait_for(lambda: _stopped(terminal), terminal.text)
        stopped = len(terminal.received)
        os.kill(terminal.process.pid, signal.SIGCONT)
        wait_for(lambda: b"from another shell" in terminal.received[stopped:], lambda: "only what changes is drawn")


def test_the_title_tells_the_nearest_clock_and_a_late_one_rings_once(tmp_path: Path) -> None:
    """The first customer message was due ten minutes ago, and its snooze ends in a few seconds."""
    db = tmp_path / "journal.db"
    now = int(time.time() * 1000)
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now / 1000 - 40 * 60))
    warroom(db, "declare", "Checkout errors", "--severity", "2", "--at", at, "--learned", at)
    with closing(Workspace(db, author="Dana", now=lambda: now)) as workspace:
        session = workspace.open(only_incident(db))
        clock = session.snapshot().clock("customer")
        assert clock is not None
        session.apply(acts.timers.snooze(clock.label, clock.id, clock.due, now + 6 * times.SECOND, "asking"))
    with opened(db) as terminal:
        wait_for(lambda: terminal.title, lambda: "no title")
        assert terminal.title.startswith("SEV2 ")
        assert "LATE" in terminal.title
        assert terminal.title.endswith(" · Checkout errors")
        assert _bells(terminal) == 0, "what was late before rings"
        wait_for(lambda: _bells(terminal), lambda: f"no bell:\n{terminal.text()}")
        terminal.until_gone(_elapsed(terminal))
        terminal.until_gone(_elapsed(terminal))
        assert _bells(terminal) == 1


def _elapsed(terminal: Terminal) -> str:
    """How long the incident has lasted, as it is shown to the second."""
    face = re.search(r"T\+\S+", terminal.text())
    assert face is not None
    return face[0]


def test_over_ssh_the_message_goes_to_the_terminal(tmp_path: Path) -> None:
    db = declared(tmp_path)
    with opened(db, SSH_TTY="/dev/pts/9") as terminal:
        start_first_message(terminal)
        terminal.type("“card declined” 🧯")
        terminal.until("Impact: “card declined”")
        leave_fields(terminal)
        terminal.type("y")
        terminal.until("Sent to the terminal")
        [found] = _OSC52.findall(bytes(terminal.received))
    text = base64.b64decode(found).decode()
    assert text.startswith("[SEV2] Incident: Checkout errors\n")
    assert "Impact: “card declined” 🧯\n" in text


@needs("tmux")
def test_inside_tmux_the_message_goes_to_its_buffer(tmp_path: Path) -> None:
    with Tmux(console(declared(tmp_path)), environment(TERM="screen")) as tmux:
        tmux.until("NOW ▸")
        tmux.press("u")
        tmux.until("Compose · Initial acknowledgement", "enter Next field")
        tmux.type("“card declined” 🧯")
        tmux.until("Impact: “card declined”")
        tmux.press("Escape")
        tmux.until("s Mark as sent")
        tmux.press("y")
        tmux.until("In tmux's buffer")
        text = tmux.run("show-buffer")
    assert text.startswith("[SEV2] Incident: Checkout errors\n")
    assert "Impact: “card declined” 🧯\n" in text
