"""ctrl+z takes back one's own last act, and says which."""

from __future__ import annotations

from tests.console import (
    MARK_SENT,
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
    words_in_line,
)
from tests.pilot.test_failures import locked
from warroom.model import acts
from warroom.workspace import Workspace


async def test_the_last_acts_are_taken_back_one_after_the_other_and_said(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        before = session.incident
        await press(pilot, "1", "end", "space")
        ticked = console.last().text
        await answers(pilot, "r", "enter", "enter", "Chen")
        await answers(pilot, "f", "enter", " and more")
        await answers(pilot, "S", "4", "enter", "y", "it is less")
        await answers(pilot, "z", "waiting for the call")
        await answers(pilot, "l", "a line by mistake")
        await press(pilot, "escape")
        said = []
        for _ in range(7):
            await press(pilot, "ctrl+z")
            said.append(notice(pilot))
        assert said[0] == "Taken back: a line by mistake"
        assert said[1].startswith("Taken back: Stakeholder update snoozed until")
        assert said[2] == "Taken back: SEV2 → SEV4: it is less"
        assert said[3].endswith(" and more")
        assert said[4].startswith("Taken back: Incident commander: Chen")
        assert said[5] == f"Taken back: {ticked}"
        assert said[6].startswith("That was at 03:41 CET: Error rate down"), "it asks before it goes further back"
        after = incident_screen(pilot).session.incident
        assert (after.severity, after.holders("commander"), after.facts) == (
            before.severity,
            before.holders("commander"),
            before.facts,
        )
        assert not after.snoozes
        # The words of a line are back where they were typed.
        await press(pilot, "l")
        assert words_in_line(pilot) == "a line by mistake"
        # Once they are logged again, they are not there to be logged twice.
        await press(pilot, "escape", *["ctrl+y"] * 6)
        assert notice(pilot) == "Done again: a line by mistake"
        await press(pilot, "l")
        assert words_in_line(pilot) == ""
        await press(pilot, "escape", "ctrl+z", "l")
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Leave the line with esc first; then ctrl+z takes back the last thing you did"


async def test_a_message_marked_by_mistake_and_a_resolution_are_taken_back(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "m", "home", "down", "enter")
        await types(pilot, "Two of six hosts are done")
        await press(pilot, "escape", *MARK_SENT)
        await press(pilot, "ctrl+z")
        assert notice(pilot).startswith("Taken back: Status update #2 →")
        await press(pilot, "m", "home", "down", "enter")
        assert composer_values(pilot)["status"] == "Two of six hosts are done", "its words are a draft again"
        await press(pilot, "escape", "escape")
        assert "Send status update #2" in screen_text(pilot)
        await answers(pilot, "x", "rolled back")
        await press(pilot, "ctrl+z")
        assert incident_screen(pilot).session.incident.state == "open"
        assert console.last().kind == "reopened"
        await answers(pilot, "x", "rolled back")
        await press(pilot, "x", "down", "enter", "enter")
        await press(pilot, "ctrl+z")
        assert failed(pilot)
        assert notice(pilot).startswith("What you did last can't be undone, closing the incident: x or warroom reopen")
        await answers(pilot, "x", "it is back")
        await press(pilot, "ctrl+z")
        assert "reopening the incident: x or warroom resolve resolves it again" in notice(pilot)
        assert notice(pilot).endswith("Press ctrl+z again to go past it, to: Error rate down from 20 % to 9 %")
        await press(pilot, "X", "enter")
        await answers(pilot, "a test environment")
        assert "CANCELLED" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert incident_screen(pilot).session.incident.state == "open"


async def test_only_ones_own_acts_are_taken_back(console: Console) -> None:
    session = console.declare()
    other = Workspace(console.path, author="Max", now=console.clock).open(session.incident.id)
    async with console.opened() as pilot:
        await answers(pilot, "l", "mine")
        await press(pilot, "escape")
        other.apply(acts.log.note("somebody else's"))
        incident_screen(pilot).beat()
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: mine"
        # One that was taken back in another way is not taken back again.
        await answers(pilot, "a", "restarted the cache")
        await press(pilot, "2", "end")
        await answers(pilot, "enter", "x", "wrong host")
        await press(pilot, "1", "ctrl+z")
        assert notice(pilot) == "Put back: restarted the cache (wrong host)"
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: restarted the cache"
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "You have done nothing here yet that can be taken back"


async def test_undo_in_a_question_leaves_the_question_alone(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "x")
        await types(pilot, "restarted the db")
        await press(pilot, "ctrl+z")
        assert words_in_line(pilot) == "restarted the db"
        assert "Resolved:" in screen_text(pilot)
        assert notice(pilot) == "Leave the line with esc first; then ctrl+z takes back the last thing you did"


async def test_what_waits_for_a_lock_is_taken_back_before_anything_else(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "l", "kept")
        with locked(console):
            await types(pilot, "wrong entry")
            await press(pilot, "enter", "escape", "ctrl+z")
            assert notice(pilot) == "Taken back before it was saved: wrong entry"
        incident_screen(pilot).beat()
        await press(pilot, "l")
        assert words_in_line(pilot) == "wrong entry"
    assert console.last().text == "kept"


async def test_taking_a_line_back_is_undone_too_and_what_others_reopened_is_skipped(console: Console) -> None:
    console.half_told()
    other = Workspace(console.path, author="Max", now=console.clock).open("ck14mq")
    async with console.opened() as pilot:
        await answers(pilot, "l", "first")
        await types(pilot, "second")
        await press(pilot, "enter", "escape", "2", "end")
        await answers(pilot, "enter", "x", "")
        assert notice(pilot) == "Taken back: second"
        await press(pilot, "1", "ctrl+z")
        assert notice(pilot) == "Put back: second"
        await press(pilot, "ctrl+y")
        assert notice(pilot) == "Taken back again: second"
        await press(pilot, "ctrl+z")
        assert "taken back" not in screen_text(pilot)
        await answers(pilot, "x", "fixed")
        other.apply(acts.lifecycle.reopen("it is back"))
        incident_screen(pilot).beat()
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: second"
        console.clock.advance(minutes=3)
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "That was at 03:46 CET: first. Press ctrl+z again to take it back"
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: first"
        # The words that were taken back last are there again, and typing replaces them.
        await press(pilot, "l")
        await types(pilot, "third")
        assert words_in_line(pilot) == "third"


async def test_nothing_is_taken_back_in_another_incident(console: Console) -> None:
    console.half_told()
    other = console.declare("Search is slow", 3)
    async with console.opened(incident="ck14mq") as pilot:
        await answers(pilot, "l", "about checkout")
        pilot.app.show_incident(other.incident.id)  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "escape", "ctrl+z")
        assert notice(pilot) == "You have done nothing here yet that can be taken back"
    assert console.last().text == "about checkout"
