"""Keys that can be trusted: nothing typed acts, and a key means one thing."""

from __future__ import annotations

import string
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.console import (
    MARK_SENT,
    SMALL,
    Console,
    answers,
    composer_values,
    failed,
    footer,
    incident_screen,
    message_shown,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
    words_in_line,
)
from tests.pilot.conftest import Clipboard
from warroom import actions
from warroom.model import acts
from warroom.screens.pick import PickScreen
from warroom.screens.recovery import RecoveryScreen
from warroom.widgets.choices import Choices
from warroom.widgets.composer import Composer
from warroom.widgets.message_form import FieldArea
from warroom.widgets.message_preview import Preview
from warroom.workspace import Workspace

LETTERS = set(string.ascii_letters)


def area(pilot: Pilot[None]) -> FieldArea:
    return pilot.app.screen.query_one(FieldArea)


def composer_title(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(Composer).border_title)


# Nothing typed can act


async def test_a_message_opens_in_its_first_field_worth_changing_with_its_text_selected(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        assert (area(pilot).field, area(pilot).has_focus) == ("status", True)
        assert area(pilot).selected_text == "Engineering is rolling back the payment service"
        await types(pilot, "sends yes")
        assert composer_values(pilot)["status"] == "sends yes"
        assert "Current status: Sends yes.\n" in message_shown(pilot)
        # What the user typed is not selected when the message is opened again.
        await press(pilot, "escape", "escape", "u")
        assert (area(pilot).field, area(pilot).selected_text) == ("status", "")
        # Going away and back stays where one was, with nothing selected.
        await press(pilot, "tab")
        await types(pilot, "two hosts")
        await press(pilot, "escape", "1", "3")
        assert pilot.app.screen.query_one(Preview).has_focus
        await press(pilot, "enter", "tab")
        assert area(pilot).selected_text == "errors for about 20 % of attempts", "what was filled in is replaced, too"
        await press(pilot, "end")
        pilot.app.screen.query_one(Composer).take_focus()
        await settled(pilot)
        assert area(pilot).selected_text == ""
    assert console.last().kind != "message"


async def test_a_message_opens_in_the_field_that_is_missing(console: Console) -> None:
    console.declare()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "u")
        assert (area(pilot).field, area(pilot).text) == ("impact", "")
        assert "typing in Impact" in composer_title(pilot)
        await press(pilot, "escape")
        assert "keys act on the message" in composer_title(pilot)
        assert "mark_sent" in footer(pilot)


@pytest.mark.parametrize("place", ["fields", "picks", "timeline", "checklist"])
async def test_the_keys_of_a_message_work_from_the_message_alone(console: Console, place: str) -> None:
    """Everywhere else they type, or say where they work; none of them changes anything."""
    console.half_told()
    ways: dict[str, tuple[str, ...]] = {
        "fields": (),
        "picks": ("shift+tab",),
        "timeline": ("escape", "2"),
        "checklist": ("escape", "1"),
    }
    async with console.opened() as pilot:
        await press(pilot, "u", *ways[place])
        entries, values = len(console.entries()), composer_values(pilot)
        for action in actions.at("compose"):
            if len(action.key) == 1:
                await press(pilot, action.key)
                if place != "fields":
                    assert notice(pilot) == f"{action.key} works on a message: 3 goes to it"
        assert len(console.entries()) == entries
        typed = "".join(action.key for action in actions.at("compose") if len(action.key) == 1)
        assert composer_values(pilot) == ({**values, "status": typed} if place == "fields" else values)
        assert screen_text(pilot).count("Status update #2 · plain") == 1


def test_no_letter_acts_on_a_message_and_on_the_incident() -> None:
    on_message = {key for action in actions.at("compose") for key in (action.key, *action.keys)} & LETTERS
    elsewhere = {key for action in actions.at("incident", "everywhere") for key in (action.key, *action.keys)}
    assert on_message & elsewhere == set()
    assert {"y", "s"} <= on_message


async def test_marking_as_sent_asks_once_unless_the_message_was_copied(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts are done")
        await press(pilot, "escape", "s")
        assert isinstance(pilot.app.screen, PickScreen)
        assert "The message is not copied yet." in screen_text(pilot)
        await types(pilot, "yes, sent")
        await press(pilot, "enter")
        assert "Compose · Status update #2" in screen_text(pilot), "enter, and letters that are typed on, leave it"
        assert console.last().kind != "message"
        # Copied, and changed after that.
        await press(pilot, "y")
        await settled(pilot)
        await press(pilot, "enter", "end")
        await types(pilot, " now")
        await press(pilot, "escape", "s")
        assert "The message was changed since you copied it." in screen_text(pilot)
        await press(pilot, "escape", "y", "s")
        assert notice(pilot).startswith("Marked as sent")
    assert console.last().text.startswith("Status update #2")


async def test_marking_as_sent_asks_if_the_message_says_nothing_new(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "m", "home", "down", "enter")
        await types(pilot, "Two of six hosts are done")
        await press(pilot, "escape", "y", "s")
        assert console.last().text.startswith("Status update #2")
        console.clock.advance(minutes=20)
        await press(pilot, "m", "home", "down", "enter", "escape", "y")
        await settled(pilot)
        await press(pilot, "s")
        assert "The message says nothing new since 03:46 CET." in screen_text(pilot)
        await press(pilot, "escape", "N", "y")
        await settled(pilot)
        await press(pilot, "s")
        assert notice(pilot).startswith("Marked as sent"), "that there is nothing new was said in so many words"


async def test_a_copy_that_failed_does_not_count(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from warroom.terminal.clipboard import Copied

    def fails(*arguments: Any, **options: Any) -> Copied:
        return Copied("failed", "", "Not copied: there is no clipboard.", None)

    monkeypatch.setattr("warroom.terminal.clipboard.copy", fails)
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "y")
        await settled(pilot)
        await press(pilot, "s")
        await settled(pilot)
        assert "The message is not copied yet and says nothing new since 03:31 CET." in screen_text(pilot)


@pytest.mark.parametrize("pane", ["1", "2"])
async def test_after_marking_as_sent_the_focus_is_where_it_was(console: Console, pane: str) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, pane, "u", "escape", *MARK_SENT)
        await settled(pilot)
        assert incident_screen(pilot).panes.front == {"1": "checklist", "2": "timeline"}[pane]
        focused = pilot.app.focused
        assert focused is not None
        assert type(focused).__name__ == {"1": "ChecklistPane", "2": "TimelinePane"}[pane]


# enter and NOW


async def test_enter_does_what_now_says_or_now_shows_another_key(console: Console) -> None:
    """The other key, ctrl+n, works everywhere, also while something is being typed."""
    console.half_told()
    async with console.opened() as pilot:
        ways = [("1",), ("2",), ("l",), ("escape", "u"), ("escape",), ("L",)]
        for keys, shown in zip(ways, ["enter", *["ctrl+n"] * 5], strict=True):
            await press(pilot, *keys)
            line = next(line for line in screen_lines(pilot) if "NOW ▸" in line)
            assert line.split()[-2:] == [shown, "u"], keys
        await press(pilot, "escape", "escape", "2")
        assert "enter Open the line" in screen_text(pilot)
        await press(pilot, "ctrl+n")
        assert "Compose · Status update #2" in screen_text(pilot)
        await press(pilot, "escape", "escape", "l")
        await types(pilot, "half a line")
        await press(pilot, "ctrl+n")
        assert "Compose · Status update #2" in screen_text(pilot)
        await press(pilot, "escape", "escape", "l")
        assert words_in_line(pilot) == "half a line"


async def test_a_time_alone_corrects_only_the_time_and_is_no_entry(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        entries = len(console.entries())
        await answers(pilot, "l", "-5m")
        assert failed(pilot)
        assert notice(pilot) == "Say after the time what happened at 03:41 CET"
        assert len(console.entries()) == entries
        await press(pilot, "ctrl+u")
        await answers(pilot, "cache flushed")
        await press(pilot, "escape", "2", "end", "enter", "c", "ctrl+u")
        await types(pilot, "03:40")
        await press(pilot, "enter")
        assert notice(pilot) == "Corrected: 03:40 CET cache flushed"


async def test_a_message_begun_before_the_end_asks_before_it_is_marked_as_sent(
    console: Console, clipboard: Clipboard
) -> None:
    console.half_told()
    other = Workspace(console.path, author="Max", now=console.clock).open("ck14mq")
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts are done")
        other.apply(acts.lifecycle.resolve("fixed"))
        incident_screen(pilot).beat()
        await press(pilot, "escape", "y", "s")
        assert "The message was begun before the incident was resolved." in screen_text(pilot)
    assert console.last().kind == "resolved"


async def test_closing_asks_while_people_are_owed_the_end_and_reopening_needs_a_reason(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "x", "fixed")
        await press(pilot, "x", "enter")
        assert incident_screen(pilot).session.incident.state == "resolved"
        await press(pilot, "x", "down", "enter", "enter")
        assert incident_screen(pilot).session.incident.state == "closed"
        await press(pilot, "x", "enter")
        assert failed(pilot)
        assert incident_screen(pilot).session.incident.state == "closed"
        await press(pilot, "escape", "ctrl+n")
        assert isinstance(pilot.app.screen, RecoveryScreen), "NOW leads to what stays owed, not to reopening"


async def test_nothing_acts_while_the_terminal_is_too_small_to_show_it(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "1", "end")
        await pilot.resize_terminal(50, 12)
        await settled(pilot)
        entries = len(console.entries())
        await press(pilot, "space", "x")
        assert not incident_screen(pilot).page.line.input.has_focus
        assert len(console.entries()) == entries


# Words typed where there is no field


async def test_quitting_asks_when_it_follows_other_letters_at_typing_speed(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "b", "Q")
        assert notice(pilot) == "Quit? Press Q again to quit; any other key stays"
        await press(pilot, "b", "Q")
        assert not pilot.app._exit, "another key was the answer: it stays"
        await press(pilot, "Q")
        assert pilot.app._exit
    console.start_again()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2", "ctrl+c")
        assert notice(pilot) == "Press Q to quit, after esc if you are in a text; ctrl+c copies what is selected"
        console.clock.advance(seconds=1)
        await press(pilot, "Q", "Q")
        assert pilot.app._exit
    console.start_again()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "l", *"half a line", "ctrl+q")
        assert pilot.app._exit
    console.start_again()
    async with console.opened(SMALL) as pilot:
        assert "half a line" in screen_text(pilot), "Textual's own key keeps what was typed, too"


async def test_a_word_that_begins_with_the_letter_of_quitting_does_not_quit(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "Q", "j")
        assert notice(pilot) == "Not quit, because other keys followed Q at once; press Q alone to quit"
        await settled(pilot)
        assert not pilot.app._exit
        console.clock.advance(seconds=1)
        await press(pilot, "Q", "Q")
        assert pilot.app._exit


async def test_space_ticks_only_an_item_that_can_be_seen(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2", "space")
        entries = len(console.entries())
        assert notice(pilot) == "This is the checklist: space ticks the selected item"
        assert incident_screen(pilot).panes.front == "checklist"
        await press(pilot, "end", "space")
        assert len(console.entries()) == entries + 1


async def test_letters_on_an_incident_without_a_message_say_how_to_open_one(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "s")
        assert notice(pilot) == "s works on a message: u opens the one that is due"
        assert not pilot.app.screen.query(Choices).filter("PickScreen")
