"""A drill on the screen: marked wherever it is named, and never in the way of what is real."""

from __future__ import annotations

import pytest

from tests.console import (
    LARGE,
    SMALL,
    Console,
    console_app,
    incident_screen,
    press,
    screen_lines,
    screen_text,
    second,
    settled,
    until,
)
from warroom.model import acts
from warroom.model.times import MINUTE
from warroom.screens.start import StartScreen
from warroom.session import Session
from warroom.widgets.choices import Choices


def drill(console: Console, minutes: int) -> Session:
    """Declare a SEV1 drill with clocks that run out after `minutes`, and after 36, and an action item."""
    session = console.workspace.declare(acts.lifecycle.declare("Payments fail", 1, now=console.clock(), drill=True))
    session.apply(
        acts.timers.start_timer("Ask the vendor", console.clock() + minutes * MINUTE, 0),
        acts.timers.start_timer("Call back", console.clock() + 36 * MINUTE, 0),
        acts.action_items.add("Print the phone list", due="2026-11-24"),
    )
    return session


async def test_a_drill_rings_only_on_its_own_screen_and_real_incidents_come_first(
    console: Console, bells: list[str]
) -> None:
    practised = drill(console, 4).incident.id
    real = console.declare("Search is slow", 2)
    real.apply(acts.timers.start_timer("Look at the tickets", console.clock() + 90 * MINUTE, 0))
    async with console.opened(LARGE, real.incident.id, toasts=True) as pilot:
        app = console_app(pilot)
        await second(pilot)
        assert "DRILL" not in app.terminal_title, "the real clock is the most urgent one, although it is due later"
        console.clock.advance(minutes=5, seconds=1)
        await second(pilot)
        assert bells == []
        assert "DRILL" not in screen_text(pilot), "neither a notice, nor in the top line"
        console.clock.advance(minutes=30)  # the acknowledgement is late in both
        await second(pilot)
        incident_screen(pilot).beat()
        await settled(pilot)
        assert "other LATE" not in screen_lines(pilot)[0]
        await press(pilot, "o")
        await settled(pilot)
        assert isinstance(app.screen, StartScreen)
        assert [row.id for row in app.screen.query_one("#incidents", Choices).rows] == [real.incident.id, practised]
        assert "One incident is open. DRILL: 1 open." in screen_text(pilot)
        assert "DRILL: Payments fail" in screen_text(pilot)
        rung = len(bells)
        await press(pilot, "down", "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.id == practised
        top, now = screen_lines(pilot)[:2]
        assert top.split()[:4] == ["DRILL", "SEV1", "Payments", "fail"]
        assert "1 other LATE (o)" in top, "the real one"
        assert now.strip().startswith("NOW ▸ DRILL: ")
        console.clock.advance(minutes=3)
        incident_screen(pilot).beat()
        await settled(pilot)
        assert len(bells) == rung + 1, "on its own screen it rings"
        assert "DRILL" not in app.terminal_title
        console.clock.advance(hours=72)
        await press(pilot, "o")
        await settled(pilot)
        assert isinstance(app.screen, StartScreen)
        app.screen.beat()
        await settled(pilot)
        assert "overdue" not in screen_text(pilot)
        real.apply(acts.action_items.add("Add an index", due="2026-11-27"))
        console.clock.advance(hours=72)
        app.screen.beat()
        await settled(pilot)
        assert "Action items: 1 overdue" in screen_text(pilot), "that of the drill is not counted"
        await press(pilot, "G")
        await settled(pilot)
        await until(pilot, lambda: "Drills" in screen_text(pilot))
        assert "Drills            1, counted apart" in screen_text(pilot)
        assert "1 incident: 1 open" in screen_text(pilot)


@pytest.mark.parametrize("is_open", [True, False])
async def test_the_console_does_not_open_a_drill_while_something_real_is_open(console: Console, is_open: bool) -> None:
    practised = drill(console, 90).incident.id
    real = console.declare("Search is slow", 2)
    if not is_open:
        real.apply(acts.lifecycle.resolve("Restarted"))
    console.workspace.remember("incident", practised)
    async with console.opened(SMALL) as pilot:
        shown = incident_screen(pilot).session.incident
        assert shown.id == (real.incident.id if is_open else practised)
        await second(pilot)
        if shown.drill:
            console.workspace.open(real.incident.id).apply(acts.lifecycle.close())
            await second(pilot)
            assert console_app(pilot).terminal_title.startswith("DRILL: SEV1 ")
