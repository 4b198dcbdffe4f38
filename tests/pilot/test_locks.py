"""While another process has the file locked, keys are answered, what was done waits in order, and no word is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from textual.pilot import Pilot

from tests.console import (
    Console,
    answers,
    composer_values,
    failed,
    incident_screen,
    notice,
    press,
    screen_text,
    settled,
    types,
    until,
    words_in_line,
)
from tests.pilot.conftest import Clipboard
from warroom.model import acts
from warroom.screens.declare import DeclareScreen
from warroom.screens.start import StartScreen
from warroom.store.journal import Journal
from warroom.widgets.logline import Notice
from warroom.widgets.text_input import TextInput

WAITS = "Not saved yet: another process has the file locked. Trying again: "


@contextmanager
def locked(console: Console, kind: str = "EXCLUSIVE") -> Iterator[None]:
    """What another process does to the file: `IMMEDIATE` and `EXCLUSIVE` write, a `reader` keeps from committing."""
    with closing(sqlite3.connect(console.path, isolation_level=None)) as other:
        if kind == "reader":
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM journal").fetchall()
        else:
            other.execute(f"BEGIN {kind}")
        yield


async def later(pilot: Pilot[None], console: Console, seconds: float = 1) -> None:
    """Let time pass, and give the console the beat that comes with it."""
    console.clock.advance(seconds=seconds)
    incident_screen(pilot).beat()
    await pilot.pause()


def waits(pilot: Pilot[None]) -> list[str]:
    """The texts of what waits to be logged."""
    return incident_screen(pilot).page.waiting.texts


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE", "reader"])
async def test_what_was_done_waits_and_is_logged_in_order_with_the_time_of_its_key(console: Console, kind: str) -> None:
    console.declare()
    before = len(console.entries())
    async with console.opened() as pilot:
        with locked(console, kind):
            await answers(pilot, "l", "first")
            assert waits(pilot) == ["first"]
            assert words_in_line(pilot) == ""
            assert notice(pilot) == "", "a lock of a few ms is nobody's business"
            await later(pilot, console)
            assert notice(pilot) == f"{WAITS}first"
            assert failed(pilot)
            await types(pilot, "second")
            await press(pilot, "enter", "escape")
            await answers(pilot, "d", "Roll back")
            await types(pilot, "safer")
            await press(pilot, "enter")
            assert waits(pilot) == ["first", "second", "Roll back"]
            await press(pilot, "1", "space", "space")
            assert len(waits(pilot)) == 4, "the same tick waits once"
            assert "0 of 12" in screen_text(pilot)
            await later(pilot, console, 20)
            assert notice(pilot) == f"{WAITS}first, and 3 more"
            await press(pilot, "l")
            assert notice(pilot) == f"{WAITS}first, and 3 more", "other notices don't hide it for long"
        await later(pilot, console)
        assert waits(pilot) == []
        assert notice(pilot).startswith("Done: ")
        assert "1 of 12" in screen_text(pilot)
    logged = console.entries()[before:]
    assert [entry.text for entry in logged][:3] == ["first", "second", "Roll back"]
    assert [entry.at - logged[0].at for entry in logged] == [0, 1000, 1000, 1000]
    assert logged[0].recorded - logged[0].at >= 21_000


async def test_a_lock_of_a_few_ms_is_not_told_but_nobody_leaves_an_incident_with_what_still_waits(
    console: Console,
) -> None:
    session, other = console.declare(), console.declare("Login is down")
    async with console.opened(incident=session.incident.id) as pilot:
        with locked(console, "IMMEDIATE"):
            await answers(pilot, "l", "first")
            pilot.app.show_incident(other.incident.id)  # type: ignore[attr-defined]
            assert incident_screen(pilot).session.incident.id == session.incident.id
            assert waits(pilot) == ["first"]
            assert notice(pilot) == ""
        incident_screen(pilot).page.waiting.try_again()
        assert notice(pilot).startswith("Logged at")
        assert console.entries(session.incident.id)[-1].text == "first"
        pilot.app.show_incident(other.incident.id)  # type: ignore[attr-defined]
        assert incident_screen(pilot).session.incident.id == other.incident.id


async def test_what_fails_after_waiting_gives_the_words_back(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # the file can't be opened again for writing
    console.declare()
    async with console.opened() as pilot:
        with locked(console):
            await answers(pilot, "d", "Roll back")
            await types(pilot, "safer")
            await press(pilot, "enter")
            await answers(pilot, "l", "first words")
            await types(pilot, "typing on")
            connection = console.workspace.journal.connection.sqlite
            connection.execute("PRAGMA query_only = 1")
        await later(pilot, console)
        assert failed(pilot)
        assert "Not logged: “Roll back”" in notice(pilot)
        assert "Not logged: “first words”" in notice(pilot)
        assert "grant write access" in notice(pilot)
        assert words_in_line(pilot) == "first words⏎typing on"
        await press(pilot, "escape", "d")
        assert words_in_line(pilot) == "Roll back"
        await press(pilot, "enter")
        assert words_in_line(pilot) == "safer"
        connection.execute("PRAGMA query_only = 0")
        await press(pilot, "enter")
        assert console.last().text == "Roll back"


async def test_what_others_made_impossible_meanwhile_is_refused_with_the_words_back(console: Console) -> None:
    session = console.declare()
    async with console.opened() as pilot:
        console.clock.advance(minutes=5)
        with Journal.open(console.path, now=console.clock) as other, other.writing() as writer:
            resolved = acts.lifecycle.resolve("fixed by somebody else")
            writer.append(session.incident.id, resolved, author="Ana")
            await answers(pilot, "x", "rolled back")
            assert waits(pilot) == ["rolled back"]
            assert "Resolved after" not in notice(pilot)
        await later(pilot, console)
        assert failed(pilot)
        assert notice(pilot).startswith("Not logged: “rolled back”")
        assert incident_screen(pilot).page.line.drafts["resolve"] == "rolled back"
    assert console.last().text == "fixed by somebody else"


async def test_a_message_stays_open_until_it_is_marked_as_sent_on_the_disk(
    console: Console, clipboard: Clipboard
) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "enter")
        await types(pilot, "Nearly ")
        values = composer_values(pilot)
        await press(pilot, "escape", "y")
        await settled(pilot)
        with locked(console):
            message = incident_screen(pilot).page.message
            await press(pilot, "s", "s")  # the second changes nothing
            assert len(waits(pilot)) == 1
            assert message.composed is not None
            assert composer_values(pilot) == values
            await later(pilot, console)
            assert notice(pilot).startswith(WAITS)
        await later(pilot, console)
        assert notice(pilot).startswith("Marked as sent")
        assert message.composed is None
    assert [entry.kind for entry in console.entries()].count("message") == 2
    assert console.workspace.remembered(f"message:{console.last().incident}:update", dict[str, str]) is None


async def test_drafts_and_position_are_saved_later_and_only_a_lasting_lock_is_told(console: Console) -> None:
    incident = console.declare().incident.id
    async with console.opened() as pilot:
        with locked(console):
            await press(pilot, "2", "C", "l")
            await types(pilot, "half a sent")
            await later(pilot, console)
            assert notice(pilot) == ""
            await later(pilot, console, 3)
            await later(pilot, console, 3)
            assert notice(pilot).startswith("What you are typing can't be saved yet: ")
            assert "is locked by another process" in notice(pilot)
        await later(pilot, console)
        assert not failed(pilot)
        colours = pilot.app.theme
    console.start_again()
    assert console.workspace.remembered(f"words:{incident}", dict[str, str]) == {"log": "half a sent"}
    assert console.workspace.remembered(f"pane:{incident}", str) == "timeline"
    assert console.workspace.remembered("colours", str) == colours


async def test_leaving_waits_for_a_lock_then_tells_what_would_be_lost_and_leaves_the_second_time(
    console: Console,
) -> None:
    console.declare()
    async with console.opened() as pilot:
        with locked(console):
            await answers(pilot, "l", "this happened")
            await types(pilot, "half a sent")
            await press(pilot, "escape", "Q", "Q")
            assert notice(pilot).startswith("Saving everything before leaving")
            console.clock.advance(seconds=3)
            pilot.app.leaving.try_again()  # type: ignore[attr-defined]
            told = (
                "Q again quits and loses “this happened”, “half a sent”. This leaves once the file is free; any other "
            )
            assert notice(pilot).startswith(f"{told}key stays. Not saved: ")
            assert "is locked by another process" in notice(pilot)
            assert pilot.app._exit is False
            await press(pilot, "2")
            assert notice(pilot).startswith("Not quit, because another key was pressed; press Q to quit")
            pilot.app.leaving.call_off()  # type: ignore[attr-defined]
            await press(pilot, "Q", "Q")
            assert notice(pilot).startswith("Saving everything before leaving"), "asked anew"
            console.clock.advance(seconds=3)
            pilot.app.leaving.try_again()  # type: ignore[attr-defined]
            await press(pilot, "Q", "Q")
            assert pilot.app.leaving.lost == ["this happened", "half a sent"]  # type: ignore[attr-defined]
            assert pilot.app._exit


async def test_leaving_goes_on_by_itself_once_the_lock_is_gone(console: Console) -> None:
    incident = console.declare().incident.id
    async with console.opened() as pilot:
        with locked(console):
            await answers(pilot, "l", "this happened")
            await types(pilot, "half a sent")
            await press(pilot, "escape", "Q", "Q")
            console.clock.advance(seconds=3)
            pilot.app.leaving.try_again()  # type: ignore[attr-defined]
            assert notice(pilot).startswith("Q again quits and loses")
            incident_screen(pilot).page.say("The file can't be read", failed=True)
            pilot.app.leaving.try_again()  # type: ignore[attr-defined]
            assert notice(pilot).startswith("Q again quits and loses"), "told again, as it still tries to leave"
        pilot.app.leaving.try_again()  # type: ignore[attr-defined]
        assert pilot.app._exit
        assert pilot.app.leaving.lost == []  # type: ignore[attr-defined]
    assert console.last().text == "this happened"
    assert console.workspace.remembered(f"words:{incident}", dict[str, str]) == {"log": "half a sent"}


async def test_leaving_with_words_that_a_full_disk_keeps_from_being_saved_is_told_first(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    console.declare()
    async with console.opened() as pilot:
        connection = console.workspace.journal.connection.sqlite
        connection.execute("PRAGMA query_only = 1")  # before a slow machine has time to save what is typed
        await press(pilot, "l")
        await types(pilot, "half a sent")
        await press(pilot, "escape", "Q", "Q")
        await until(pilot, lambda: notice(pilot).startswith("Q again quits and loses “half a sent”. Not saved: "))
        assert "grant write access" in notice(pilot)
        assert not pilot.app._exit
        await press(pilot, "l")
        await types(pilot, " more")
        await press(pilot, "escape", "Q", "Q")
        await until(pilot, lambda: "“half a sent more”" in notice(pilot))  # other words are another question
        assert not pilot.app._exit
        await press(pilot, "Q", "Q")
        assert pilot.app._exit


async def test_an_incident_is_declared_once_the_lock_is_gone_and_only_once(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await press(pilot, "enter", "2")
        with locked(console):
            await press(pilot, "ctrl+g", "ctrl+g")
            screen = pilot.app.screen
            assert isinstance(screen, DeclareScreen)
            console.clock.advance(seconds=1)
            screen.try_again()
            assert notice(pilot).startswith("Not declared yet: another process has the file locked")
            assert screen.query_one("#title", TextInput).value == "Checkout errors"
            await press(pilot, "escape")
            assert notice(pilot).startswith("Not declared.")
            await press(pilot, "ctrl+g")
        screen.try_again()
        await settled(pilot)
        assert incident_screen(pilot)
    assert [entry.text for entry in console.entries()] == ["Declared SEV2: Checkout errors"]


async def test_lists_are_read_again_once_the_lock_is_gone(console: Console) -> None:
    console.declare()
    console.declare("Login is down")
    async with console.opened() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        with locked(console):
            screen.reload()
            assert screen.query_one(Notice).text == ""
            console.clock.advance(seconds=5)
            screen.beat()
            assert "is locked by another process" in notice(pilot)
        screen.beat()
        assert notice(pilot) == ""
        await press(pilot, "enter", "slash")
        with locked(console):
            await types(pilot, "Login")
            assert "is locked by another process" in notice(pilot)
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        assert notice(pilot) == ""
        assert "Declared SEV2: Login is down" in screen_text(pilot)
