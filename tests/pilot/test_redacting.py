"""A secret in the log is redacted from the open entry: asked for, confirmed, and gone from file and screen."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from tests.console import (
    SIZES,
    Console,
    Size,
    answers,
    failed,
    incident_screen,
    notice,
    press,
    screen_text,
    settled,
    types,
    words_in_line,
)
from warroom.model import acts
from warroom.model.kinds.redaction import Redacted
from warroom.model.redaction import Words
from warroom.screens.pick import PickScreen
from warroom.screens.timeline_import.text import PasteArea
from warroom.store.daily_copies import copies, make_copy
from warroom.store.journal import Journal
from warroom.store.verify import verify
from warroom.widgets.text_input import TextInput

LINE = "logged in with hunter2"
MARK = "[redacted: a password]"
ALL_BUT_THE_WORD = ("home", *["delete"] * len("logged in with "))


@SIZES
async def test_the_words_are_asked_for_confirmed_and_gone(
    console: Console, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, redact = Event(), Journal.redact

    def slowly(*given: Any, **more: Any) -> Any:
        go_on.wait(10)
        return redact(*given, **more)

    monkeypatch.setattr(Journal, "redact", slowly)
    session = console.half_told()
    session.apply(acts.log.note(LINE))
    async with console.opened(size) as pilot:
        await press(pilot, "2", "end", "enter", "r")
        assert LINE in screen_text(pilot), "the line's text is there to be cut down"
        await press(pilot, *ALL_BUT_THE_WORD, "enter")
        await types(pilot, "a password")
        await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, PickScreen)
        assert "Redact in 1 entry?" in screen_text(pilot)
        await press(pilot, "down")
        assert "can't be undone" in screen_text(pilot)
        await press(pilot, "enter")
        assert notice(pilot).startswith("Redacting, which writes the whole file anew…")
        await press(pilot, "1", "2")
        assert incident_screen(pilot).page.pane == "timeline", "the keys go on"
        go_on.set()
        await settled(pilot)
        assert notice(pilot) == "Redacted in 1 entry. Change it if it was a password"
        assert "hunter2" not in screen_text(pilot)
        assert f"logged in with {MARK}" in screen_text(pilot)
        incident_screen(pilot).save_drafts()
        assert b"hunter2" not in console.path.read_bytes()
        assert isinstance(console.last().body, Redacted)
        assert verify(console.path).ok
        await press(pilot, "ctrl+z")
        assert MARK in notice(pilot)
        assert "hunter2" not in screen_text(pilot)


async def test_enter_on_the_question_keeps_the_words(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.log.note(LINE))
    last = console.last()
    async with console.opened() as pilot:
        await press(pilot, "2", "end", "enter", "r", *ALL_BUT_THE_WORD, "enter")
        await answers(pilot, "a password")
        await settled(pilot)
        await press(pilot, "enter")
        assert console.last() == last
        await press(pilot, "2", "end", "enter", "r", "escape")
        assert console.last() == last


async def test_words_that_cannot_be_redacted_stay_in_the_line(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.log.note(LINE), acts.log.note("with abcdefg"))
    old = make_copy(console.path, "2026-11-22")
    assert old is not None
    with Journal.open(console.path, now=console.clock) as other:
        other.redact(session.incident.id, Words("with abcdefg", "a password"), author="Sam")
    async with console.opened() as pilot:
        await press(pilot, "2", "end", "up", "enter", "r", "ctrl+a", *["delete"] * 40)
        await answers(pilot, "ab")
        assert failed(pilot)
        assert "at least 3 characters" in notice(pilot)
        await answers(pilot, "cdefg")
        await answers(pilot, "abcdefg was typed")
        assert "the very words" in notice(pilot)
        incident_screen(pilot).save_drafts()
        await press(pilot, *["backspace"] * 40)
        await answers(pilot, "a password")
        await settled(pilot)
        assert notice(pilot) == "The daily copies that still had these words were replaced by one without them"
        assert [b"abcdefg" in path.read_bytes() for path in copies(console.path)] == [False]
        await press(pilot, "enter", "r", "ctrl+a", *["delete"] * 40)
        await answers(pilot, "abcdefg")
        await answers(pilot, "a password")
        await settled(pilot)
        assert notice(pilot) == "No entry of this incident has these words; nothing was changed"


async def test_what_another_process_redacts_is_gone_with_the_next_beat(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "l", LINE)
        await press(pilot, "escape", "2", "end")
        assert LINE in screen_text(pilot)
        with Journal.open(console.path, now=console.clock) as other:
            other.redact(session.incident.id, Words("hunter2", "a password"), author="Sam")
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "hunter2" not in screen_text(pilot)
        assert MARK in screen_text(pilot)
        await press(pilot, "1", "ctrl+z")
        assert MARK in notice(pilot), "undoing doesn't bring the words back"
        await press(pilot, "l")
        assert "hunter2" not in screen_text(pilot)


@pytest.mark.parametrize("keys", [("2", "end", "enter"), ("slash", *"logged")], ids=["entry", "search"])
async def test_a_screen_on_top_that_shows_the_words_is_left(console: Console, keys: tuple[str, ...]) -> None:
    session = console.half_told()
    session.apply(acts.log.note(LINE))
    async with console.opened() as pilot:
        screen = incident_screen(pilot)
        await press(pilot, *keys)
        await settled(pilot)
        assert pilot.app.screen is not screen
        assert "hunter2" in screen_text(pilot)
        with Journal.open(console.path, now=console.clock) as other:
            other.redact(session.incident.id, Words("hunter2", "a password"), author="Sam")
        screen.beat()
        await settled(pilot)
        assert "hunter2" not in screen_text(pilot)
        await answers(pilot, "l", "goes on")
        assert console.last().text == "goes on"


async def test_drafts_of_a_message_and_of_the_log_line_are_redacted(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.log.note(LINE))
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "hunter2 ")
        line = incident_screen(pilot).page.line
        incident_screen(pilot).save_drafts()
        await press(pilot, "escape", "escape", "l")
        await types(pilot, "and hunter2")
        await press(pilot, "escape", "2", "end", "enter", "r", *ALL_BUT_THE_WORD, "enter")
        await answers(pilot, "a password")
        await settled(pilot)
        assert line.input.value == "and hunter2", "nothing is changed before it is confirmed"
        await press(pilot, "down", "enter")
        await settled(pilot)
        assert words_in_line(pilot) == f"and {MARK}"
        assert "Redacted in 1 entry" in notice(pilot)
        await press(pilot, "u")
        assert MARK in screen_text(pilot)
        incident_screen(pilot).save_drafts()
        assert b"hunter2" not in console.path.read_bytes()


async def test_words_that_are_being_typed_are_taken_out_when_another_process_redacts_them(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.log.note(LINE), acts.log.note("with kangaroo7"))

    def redact(words: str) -> None:
        with Journal.open(console.path, now=console.clock) as other:
            other.redact(session.incident.id, Words(words, "a password"), author="Sam")

    async with console.opened() as pilot:
        screen = incident_screen(pilot)
        await press(pilot, "l")
        await types(pilot, "hunter2 is kangaroo7")
        await press(pilot, "escape", "u")
        await types(pilot, "so hunter2 is out ")
        screen.save_drafts()
        await types(pilot, "and Hunter2 more")
        redact("hunter2")
        screen.save_drafts()  # before anything is looked at: it is written without the words
        assert b"unter2" not in console.path.read_bytes()
        screen.beat()
        await pilot.pause()
        assert "unter2" not in screen_text(pilot)
        assert notice(pilot) == f"Words that you have typed were redacted: {MARK} stands there instead"
        await types(pilot, " yes")
        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z")
        assert f"so {MARK} is out and {MARK} more" in " ".join(screen.composer.values().values())
        await press(pilot, "escape", "escape", "l")
        assert words_in_line(pilot) == f"{MARK} is kangaroo7"
        screen.save_drafts()
        assert b"unter2" not in console.path.read_bytes()

        await press(pilot, "escape", "I")
        pilot.app.screen.query_one(PasteArea).load_text("2026-11-23 02:00Z login with kangaroo7\n02:10Z gone\n")
        await press(pilot, "ctrl+g")
        await settled(pilot)
        assert "kangaroo7" in screen_text(pilot)
        await press(pilot, "w")
        await types(pilot, "kangaroo7")
        pilot.app.screen.save_drafts()  # type: ignore[attr-defined]
        redact("kangaroo7")
        pilot.app.take_out_redacted()  # type: ignore[attr-defined]
        await settled(pilot)
        assert pilot.app.screen.query_one(TextInput).value == MARK
        await press(pilot, "escape", "escape")
        assert "kangaroo7" not in screen_text(pilot)
        assert f"02:00Z login with {MARK}" in pilot.app.screen.query_one(PasteArea).text
        await press(pilot, "escape")
        screen.save_drafts()
        assert b"kangaroo7" not in console.path.read_bytes()

        # Only a draft has the word, so that no entry records that it was redacted.
        await press(pilot, "escape", "l", "ctrl+u")
        await types(pilot, "only wombat9")
        screen.save_drafts()
        redact("wombat9")
        screen.beat()
        await pilot.pause()
        assert words_in_line(pilot) == f"only {MARK}"
        await types(pilot, " here")
        screen.save_drafts()
        assert b"wombat9" not in console.path.read_bytes()
