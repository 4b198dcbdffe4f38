"""Every promise has a clock: right after a change, a jump of the wall clock or a restart, and rung once."""

from __future__ import annotations

import re

import pytest

from tests.console import LARGE, MARK_SENT, SMALL, Console, answers, incident_screen, press, screen_text
from warroom.app import WarroomApp
from warroom.model import acts
from warroom.model.times import MINUTE


def faces(screen: str) -> dict[str, str]:
    """The clocks as the pane shows them: label to face."""
    below = screen.split("╭─ Clocks")[1]
    return dict(re.findall(r"^│ (\S.*?) +((?:LATE )?[\d:]+\d) ", below, re.MULTILINE))


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words the terminal's title had each time it rang."""
    rung: list[str] = []
    monkeypatch.setattr(WarroomApp, "bell", lambda app: rung.append(app.terminal_title))
    return rung


async def test_each_severity_has_the_clocks_of_the_playbook_until_the_console_is_gone(console: Console) -> None:
    wanted = {
        1: {"Phase 0–5": "05:00", "Acknowledgement": "15:00", "Customer message": "15:00"},
        2: {
            "Phase 0–5": "05:00",
            "Acknowledgement": "15:00",
            "Customer message": "30:00",
            "Resolution target": "2:00:00",
        },
        3: {"Phase 0–5": "05:00", "Resolution target": "8:00:00"},
    }
    for level, shown in wanted.items():
        session = console.declare(severity=level)
        async with console.opened(incident=session.incident.id) as pilot:
            assert faces(screen_text(pilot)) == shown
    session = console.declare(severity=4)
    async with console.opened(incident=session.incident.id) as pilot:
        assert "No clock is running" in screen_text(pilot)
    assert isinstance(pilot.app, WarroomApp)
    console.clock.advance(hours=3)
    pilot.app.watch_clocks()  # as its timer may, a moment after the last screen is gone


async def test_clocks_count_from_learning_of_it_through_severity_changes(console: Console) -> None:
    console.declare(severity=3)
    console.clock.advance(minutes=20)
    async with console.opened() as pilot:
        await press(pilot, "S", "2", "enter")
        await answers(pilot, "it is many users after all")
        now = faces(screen_text(pilot))
        assert (now["Acknowledgement"], now["Customer message"]) == ("15:00", "30:00")
        assert now["Resolution target"] == "1:40:00"


async def test_clocks_follow_the_wall_clock_when_it_jumps(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        screen = incident_screen(pilot)
        console.clock.advance(hours=3)
        screen.beat()
        await pilot.pause()
        assert faces(screen_text(pilot))["Stakeholder update"] == "LATE 2:53:41"
        assert "T+03:29:41" in screen_text(pilot)
        console.clock.advance(hours=-3, seconds=1)
        screen.beat()
        await pilot.pause()
        assert faces(screen_text(pilot))["Stakeholder update"] == "06:18"
        console.clock.advance(hours=-2)
        screen.beat()
        await pilot.pause()
        assert "T+00:00:00" in screen_text(pilot)


async def test_clocks_are_the_same_after_a_restart(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        before = faces(screen_text(pilot))
    console.start_again()
    async with console.opened() as pilot:
        assert faces(screen_text(pilot)) == before


@pytest.mark.parametrize("size", [LARGE, SMALL])
async def test_a_clock_that_runs_out_says_late_and_rings_once(
    console: Console, bells: list[str], size: tuple[int, int]
) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        assert bells == []  # what was late before it was opened has rung
        console.clock.advance(minutes=7, seconds=15)
        for _ in range(5):
            incident_screen(pilot).beat()
            console.clock.advance(seconds=1)
        await pilot.pause()
        assert "LATE 01:0" in screen_text(pilot)
        assert len(bells) == 2  # the update, and the customer message due at the same moment
        await press(pilot, "2", "1")
        assert len(bells) == 2


async def test_a_promise_kept_for_the_next_deadline_rings_again(console: Console, bells: list[str]) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", *MARK_SENT)
        console.clock.advance(minutes=29, seconds=20)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert faces(screen_text(pilot))["Stakeholder update"] == "LATE 01:01"
        assert len(bells) == 2


async def test_a_snoozed_clock_is_silent_until_its_time(console: Console, bells: list[str]) -> None:
    session = console.half_told()
    for clock in session.snapshot().clocks:
        until = console.clock() + 600_000
        session.apply(acts.timers.snooze(clock.label, clock.id, clock.due, until, "all hands on the rollback"))
    async with console.opened() as pilot:
        console.clock.advance(minutes=8)
        incident_screen(pilot).beat()
        assert bells == []
        console.clock.advance(minutes=3)
        incident_screen(pilot).beat()
        assert len(bells) >= 1


async def test_the_terminals_title_carries_the_nearest_clock(console: Console) -> None:
    console.half_told()
    titles = []
    async with console.opened() as pilot:
        app = pilot.app
        assert isinstance(app, WarroomApp)
        titles.append(app.terminal_title)
        page, until = incident_screen(pilot).page, console.clock() + 10 * MINUTE
        phase = next(clock for clock in page.snapshot.clocks if clock.id == "phase")
        page.act(acts.timers.snooze(phase.label, phase.id, phase.due, until, "being gathered"))
        titles.append(app.terminal_title)
        console.clock.advance(minutes=20)
        incident_screen(pilot).beat()
        titles.append(app.terminal_title)
        await answers(pilot, "x", "rolled back")  # the promise of an update stands until it is kept
        titles.append(app.terminal_title)
        await press(pilot, "o")
        titles.append(app.terminal_title)
    assert titles == [
        "SEV2 Phase 5–15 LATE · Checkout errors affecting users",
        "SEV2 Customer message 6 min · Checkout errors affecting users",
        "SEV2 Customer message LATE · Checkout errors affecting users",
        "SEV2 Stakeholder update LATE · Checkout errors affecting users",
        "SEV2 Stakeholder update LATE · Checkout errors affecting users",
    ]
