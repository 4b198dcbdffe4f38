"""A whole incident by keys alone, in tmux: from the telephone call to the exported log."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.terminal import Tmux, console, environment
from tests.programs import needs
from warroom.store.verify import verify


def _exported(db: Path) -> str:
    command = console(db, "export", "log", "--format", "txt")
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=60).stdout


def _log(tmux: Tmux, text: str) -> None:
    tmux.press("l")
    tmux.until("enter OK")
    tmux.type(text)
    tmux.press("Enter")
    tmux.until("Logged at")
    tmux.press("Escape")
    tmux.until("l Log")


def _name(tmux: Tmux, role: str, name: str, shown: str) -> None:
    tmux.press("r")
    tmux.until("Who does what")
    # The roles stand in the playbook's order, and the cursor on the first.
    tmux.press(*["Down"] * ["Incident commander", "On-call engineer"].index(role), "Enter")
    tmux.until(f"{role}:")
    tmux.type(name)
    tmux.press("Enter")
    tmux.until("l Log", shown)


def _copy(tmux: Tmux) -> str:
    tmux.press("Escape")
    tmux.until("s Mark as sent")
    tmux.press("y")
    tmux.until("In tmux's buffer")
    return tmux.run("show-buffer")


def _mark_as_sent(tmux: Tmux) -> None:
    tmux.press("s")
    tmux.until("Marked as sent", "l Log")


@needs("tmux")
@pytest.mark.parametrize(("columns", "lines"), [(120, 36), (80, 24)])
def test_the_checkout_incident_plays_by_keys_alone(tmp_path: Path, columns: int, lines: int) -> None:
    db = tmp_path / "journal.db"
    with Tmux(console(db), environment(TERM="screen"), columns=columns, lines=lines) as tmux:
        # Declared, with when it began; the matrix gives the severity.
        tmux.until("Is something broken right now?")
        tmux.press("n")
        tmux.until("Declare an incident", "Who is affected?")
        tmux.type("Checkout errors")
        tmux.press("Enter")
        tmux.press("2")
        tmux.until("SEV2", "declares it")
        tmux.press("Tab", "Tab")  # past when it was learned of, to when it began
        tmux.type("-2h20m")
        tmux.until("-2h20m")
        tmux.press("C-g")
        tmux.until("SEV2  Checkout errors", "NOW ▸", "T+02:20")
        declared = tmux.keystrokes

        # The first message, from nothing known but the impact.
        tmux.press("u")
        tmux.until("Compose · Initial acknowledgement", "enter Next field")
        tmux.type("payment fails for about 20 % of attempts")
        tmux.until("Impact: Payment fails for about 20 % of attempts")
        initial = _copy(tmux)
        assert (declared, tmux.keystrokes) == (6, 9)  # at most 20, besides the text typed
        assert initial.startswith("[SEV2] Incident: Checkout errors\n")
        assert "Impact: Payment fails for about 20 % of attempts.\n" in initial

        _mark_as_sent(tmux)

        # Who does what, what is known, what was decided.
        _name(tmux, "Incident commander", "Priya", "IC Priya")
        _name(tmux, "On-call engineer", "Marcus", "Logged at")
        _log(tmux, "-5m errors for about 20 % of attempts")
        tmux.press("d")
        tmux.until("Decision:")
        tmux.type("Roll back the payment service to v2.3.1")
        tmux.press("Enter")
        tmux.until("Because:")
        tmux.type("rolling back is faster and safer")
        tmux.press("Enter")
        tmux.until("Logged at", "l Log")
        tmux.press("2")
        tmux.until("Roll back the payment service to v2.3.1", "because rolling back is faster and safer")

        # The update is the second message; what was decided since the first is picked into it.
        tmux.press("u")
        tmux.until("Compose · Status update #2", "space picks")
        tmux.press("BTab")
        tmux.until("space Pick")
        tmux.press("Down", "Down", "Down", "Space")
        tmux.until("✓ Roll back the payment service")
        tmux.press("Enter")
        tmux.until("enter Next field")
        tmux.press("C-u")
        tmux.type("rolling back the payment service")
        tmux.until("Current status: Rolling back the payment service.")
        update = _copy(tmux)
        assert update.startswith("[SEV2] Update #2: Checkout errors\n")
        assert "Current status: Rolling back the payment service.\n" in update
        assert "Roll back the payment service to v2.3.1" in update
        _mark_as_sent(tmux)

        # Resolved five minutes ago: two hours and a quarter after it began.
        tmux.press("x")
        tmux.until("Resolved:")
        tmux.type("-5m payment service rolled back to v2.3.1")
        tmux.press("Enter")
        tmux.until("Resolved after 2 h 1")  # and 5 min, or 6 or 7 if the clock went on meanwhile
        tmux.press("Q")
        tmux.until("ended with 0")

    log = _exported(db)
    for words in (
        "Checkout errors",
        "SEV2",
        "Priya",
        "Marcus",
        "errors for about 20 % of attempts",
        "Roll back the payment service to v2.3.1",
        "rolling back is faster and safer",
        "[SEV2] Incident: Checkout errors",
        "[SEV2] Update #2: Checkout errors",
        "payment service rolled back to v2.3.1",
        "leadership, customer success, support",
    ):
        assert words in log, f"{words!r} is not in:\n{log}"
    assert any(f"2 h {minutes} min" in log for minutes in (15, 16, 17)), log
    assert verify(db).ok
