"""What is being done on one incident, or on a screen, is safe when the user turns to another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from tests.console import (
    CET,
    LARGE,
    PLAYBOOK,
    Console,
    answers,
    composer_values,
    incident_screen,
    notice,
    press,
    screen_text,
    settled,
    types,
    until,
    words_in_line,
)
from warroom.app import WarroomApp
from warroom.model import acts
from warroom.model.times import HOUR
from warroom.store.errors import DiskFull
from warroom.store.preferences import Preferences
from warroom.terminal.clipboard import Copied
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


async def test_each_timeline_begins_at_its_own_end_and_counts_its_own_lines(console: Console) -> None:
    search = console.declare("Search is slow", 3)
    search.apply(*(acts.log.note(f"slow {number}") for number in range(90)))
    console.clock.advance(minutes=1)
    checkout = console.declare("Checkout errors", 2)
    checkout.apply(*(acts.log.note(f"error {number}") for number in range(95)))
    async with console.opened(incident=search.incident.id) as pilot:
        await press(pilot, "2", "home")
        for session, last in ((checkout, "error 94"), (search, "slow 89")):
            pilot.app.show_incident(session.incident.id)  # type: ignore[attr-defined]
            await settled(pilot)
            assert last in screen_text(pilot)
            assert "new ↓" not in screen_text(pilot)
            await press(pilot, "2", "home")


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
        assert await asyncio.to_thread(looking.wait, 10)
        await press(pilot, "escape")
        go_on.set()
        await settled(pilot)
        assert incident_screen(pilot)
        await press(pilot, "l")
        assert incident_screen(pilot).page.line.input.has_focus


async def test_nothing_said_or_asked_about_one_incident_shows_in_another(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notice, an open question, a list to pick from, and the result of copying that comes late."""
    first = console.declare("Checkout errors", 2)
    other = console.declare("Search is slow", 3)
    copying, go_on = threading.Event(), threading.Event()

    def slow_copy(text: str, **_: object) -> Copied:
        copying.set()
        go_on.wait(10)
        return Copied("copied", "test", "Copied.", None)

    monkeypatch.setattr("warroom.terminal.clipboard.copy", slow_copy)
    async with console.opened(incident=first.incident.id) as pilot:
        app = pilot.app
        assert isinstance(app, WarroomApp)

        async def switch(to: str) -> None:
            """As the start screen does it, from wherever the user is."""
            app.show_incident(to)
            await pilot.pause()
            await pilot.pause()

        await answers(pilot, "l", "about checkout")
        assert notice(pilot).startswith("Logged at")
        await press(pilot, "escape")
        await switch(other.incident.id)
        assert notice(pilot) == ""
        await switch(first.incident.id)

        # An open question, and its half answer.
        await answers(pilot, "d", "Roll back checkout")
        await types(pilot, "it is fas")
        before = len(console.entries())
        await switch(other.incident.id)
        assert "Because" not in screen_text(pilot)
        assert words_in_line(pilot) == ""
        await answers(pilot, "l", "about search")
        await press(pilot, "escape")
        assert [(entry.incident, entry.text) for entry in console.entries()[before:]] == [("ck24mq", "about search")]
        await switch(first.incident.id)
        await answers(pilot, "d", "")  # the decision is still there, and so is the reason
        assert words_in_line(pilot) == "it is fas"
        await press(pilot, "enter")
        assert (console.last().incident, console.last().text) == ("ck14mq", "Roll back checkout")

        # A list to pick from.
        await press(pilot, "r")
        await switch(other.incident.id)
        await press(pilot, "down", "enter")
        await types(pilot, "Priya")
        await press(pilot, "enter")
        assert not [entry for entry in console.entries("ck14mq") if entry.kind == "role"]

        # A result that comes late.
        await switch(first.incident.id)
        await press(pilot, "p", "y")
        assert copying.wait(10)
        await switch(other.incident.id)
        go_on.set()
        await settled(pilot)
        assert notice(pilot) == ""


async def test_a_question_stays_open_where_the_same_incident_is_chosen_again(console: Console) -> None:
    first = console.declare("Checkout errors", 2)
    async with console.opened() as pilot:
        await answers(pilot, "d", "Roll back")
        pilot.app.show_start()  # type: ignore[attr-defined]
        await settled(pilot)
        pilot.app.show_incident(first.incident.id)  # type: ignore[attr-defined]
        await settled(pilot)
        assert "Because:" in screen_text(pilot)
        await types(pilot, "faster")
        await press(pilot, "enter")
        assert console.last().text == "Roll back"


async def test_a_question_that_nobody_waits_for_any_more_leaves_the_line(console: Console) -> None:
    """As when another action is chosen in the palette meanwhile."""
    console.declare("Checkout errors", 2)
    async with console.opened() as pilot:
        await answers(pilot, "d", "Roll back")
        incident_screen(pilot).action_do("script")
        await pilot.pause()
        await press(pilot, "escape")
        assert "Because" not in screen_text(pilot)


async def test_the_start_screen_and_declaring_are_not_told_what_happens_on_the_incident_below(
    console: Console,
) -> None:
    mine = console.declare("Checkout errors", 2)
    other = Console(console.folder, console.clock)
    async with console.opened() as pilot:
        below = incident_screen(pilot)
        await press(pilot, "n", "ctrl+g")
        assert notice(pilot).startswith("Who is affected?")
        other.workspace.open(mine.incident.id).apply(acts.severity.set_severity(1, "all payments", 2))
        for _ in range(20):
            below.beat()
        assert notice(pilot).startswith("Who is affected?")
    other.close()


async def test_words_that_cannot_be_saved_are_kept_for_their_incident(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = console.half_told()
    other = console.declare("Search is slow", 3)
    async with console.opened(incident=first.incident.id) as pilot:
        app = pilot.app
        assert isinstance(app, WarroomApp)
        with monkeypatch.context() as full:

            def refuse(*_: object) -> None:
                raise DiskFull("no room")

            full.setattr(Preferences, "set", refuse)
            await press(pilot, "u", "e", "ctrl+u")
            await types(pilot, "Two of six hosts done")
            app.show_incident(other.incident.id)
            await settled(pilot)
            await press(pilot, "l")
            await types(pilot, "half a word")
            app.show_incident(first.incident.id)
            await settled(pilot)
            assert words_in_line(pilot) == ""
            await press(pilot, "u")
            assert composer_values(pilot)["status"] == "Two of six hosts done"
            app.show_incident(other.incident.id)
            await settled(pilot)
            assert words_in_line(pilot) == "half a word"
        incident_screen(pilot).save_drafts()
    console.start_again()
    async with console.opened(incident=first.incident.id) as pilot:
        await press(pilot, "u")
        assert composer_values(pilot)["status"] == "Two of six hosts done"


async def test_words_are_read_when_somebody_types_and_remarked_on_as_soon_as_they_are(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only watches needs none; who leaves meanwhile does not wait for the thread that reads them."""
    monkeypatch.setattr("warroom.wording.were_compiled", lambda rules: False)
    begun, go_on, given_up = threading.Event(), threading.Event(), threading.Event()

    def slow(_: object) -> Iterator[None]:
        begun.set()
        try:
            while not go_on.wait(0.005):
                yield
        except GeneratorExit:
            given_up.set()
            raise

    monkeypatch.setattr("warroom.wording.compile_all", slow)
    app = WarroomApp(console.workspace, incident=console.declare("Search is slow", 3).incident.id)
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        assert not begun.is_set()
        await press(pilot, "u")
        await types(pilot, "It will be fixed by 05:00")
        assert await asyncio.to_thread(begun.wait, 10)
        assert "The words are checked in a moment" in screen_text(pilot)
        go_on.set()
        await until(pilot, lambda: "A time that is missed" in screen_text(pilot))
        assert "The words are checked in a moment" not in screen_text(pilot)
    go_on.clear()
    begun.clear()
    app = WarroomApp(console.workspace, incident=console.declare("Tickets can't be printed", 3).incident.id)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "l")
        await types(pilot, "The vendor broke it again")
        assert await asyncio.to_thread(begun.wait, 10)
        assert "vendor broke" not in notice(pilot)
        go_on.set()
        await until(pilot, lambda: "vendor broke" in notice(pilot))
    go_on.clear()
    begun.clear()
    app = WarroomApp(console.workspace, incident=console.declare("The lift stands still", 3).incident.id)
    async with app.run_test() as pilot:
        await press(pilot, "l", "w")
        assert await asyncio.to_thread(begun.wait, 10)
        app.exit()
    assert await asyncio.to_thread(given_up.wait, 10)
