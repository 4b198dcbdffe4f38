"""What is being done on one incident, or on a screen, is safe when the user turns to another."""

from __future__ import annotations

import threading

import pytest

from tests.console import (
    CET,
    PLAYBOOK,
    Console,
    composer_values,
    incident_screen,
    notice,
    press,
    screen_text,
    settled,
    types,
)
from warroom.model import acts
from warroom.model.times import HOUR
from warroom.workspace import Problem, Workspace


async def test_words_in_a_message_are_kept_when_another_incident_is_opened(console: Console) -> None:
    """Without waiting for the second in which drafts are kept."""
    console.half_told()
    other = console.declare("Search is slow", 3)
    async with console.opened(incident="ck14mq") as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts done")
        pilot.app.show_incident(other.incident.id)  # type: ignore[attr-defined]
        await settled(pilot)
        assert incident_screen(pilot).session.incident.id == other.incident.id
        pilot.app.show_incident("ck14mq")  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "u")
        assert composer_values(pilot)["status"] == "Two of six hosts done"


async def test_following_now_into_escalating_says_nothing_of_its_own(console: Console) -> None:
    session = console.declare("All payments are down", 1)
    session.apply(acts.roles.assign(PLAYBOOK, session.incident, "ic", "Priya"))
    for phase in PLAYBOOK.phases:
        session.apply(*(acts.items.tick(PLAYBOOK, item.id, value="known") for item in phase.items))
    for clock in session.snapshot().clocks:
        until = console.clock() + HOUR
        session.apply(acts.timers.snooze(clock.label, clock.id, clock.due, until, "asleep", CET))
    async with console.opened() as pilot:
        assert incident_screen(pilot).snapshot.advice.rule == "trigger"
        await press(pilot, "enter")
        assert "Escalate?" in screen_text(pilot)
        assert notice(pilot) == ""


async def test_a_screen_left_while_own_files_are_looked_at_is_no_failure(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def problems(workspace: Workspace) -> tuple[Problem, ...]:
        looking.set()
        go_on.wait(10)
        return ()

    console.half_told()
    async with console.opened() as pilot:
        monkeypatch.setattr(Workspace, "problems", property(problems))
        await press(pilot, "o")
        assert looking.wait(10)
        await press(pilot, "escape")
        go_on.set()
        await settled(pilot)
        assert incident_screen(pilot)
        await press(pilot, "l")
        assert incident_screen(pilot).page.line.input.has_focus
