"""A text of any length costs no more than a screenful: in the log line, in a message, in the timeline and when read."""

from __future__ import annotations

import time

from textual.widgets import Static

from tests.console import (
    Console,
    composer_values,
    failed,
    incident_screen,
    notice,
    pastes,
    press,
    screen_text,
    types,
    until,
    words_in_line,
)
from warroom.model import acts
from warroom.model.kinds.corrections import Amended
from warroom.widgets.long_text import LongText

TRACE = "at com.example.Payment.charge(Payment.java:142) é\n" * 6_000
KEPT = TRACE.rstrip("\n")
MARKED = "e" + "\u0301" * 10_000


async def test_a_huge_paste_is_put_aside_whole_and_logged(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await types(pilot, "trace: ")
        await pastes(pilot, TRACE)
        await types(pilot, " seen")
        assert words_in_line(pilot) == "trace: [text 1: 305 kB, 6,000 lines] seen"
        # nothing is inserted inside of what stands for it, and deleting takes it as a whole
        await press(pilot, *["left"] * 8, "x", *["left"] * 3, "x")
        assert words_in_line(pilot) == "trace: [text 1: 305 kB, 6,000 lines]xx seen"
        await press(pilot, "backspace", "left", "left", "delete")
        assert words_in_line(pilot) == "trace: x seen"
        await pastes(pilot, TRACE)
        incident_screen(pilot).save_drafts()
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "l")
        assert words_in_line(pilot) == "[text 1: 306 kB, 6,000 lines]"
        await press(pilot, "end", "!", "enter", "enter")
        assert console.last().text == f"trace: {KEPT}x seen!"
        assert "enter shows all of it" in screen_text(pilot)
        # corrected, a text stays whole too
        await press(pilot, "escape", "2", "end", "enter", "c", "end")
        await types(pilot, "?")
        await press(pilot, "enter")
        (correction,) = console.workspace.journal.since(console.last().seq - 1)
        assert isinstance(correction.body, Amended)
        assert correction.text == f"trace: {KEPT}x seen!?"


async def test_a_message_refuses_a_huge_paste_and_says_where_it_can_go(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "enter")
        before = composer_values(pilot)
        await pastes(pilot, TRACE)
        assert composer_values(pilot) == before
        assert failed(pilot)
        assert notice(pilot).startswith("Not pasted: 300,000 characters are too many for a message")
        await pastes(pilot, MARKED)  # one letter, so that it fits
        assert any("more marks⟩" in text for text in composer_values(pilot).values())


async def test_what_is_shown_as_a_line_refuses_a_huge_text_and_keeps_it_in_the_line(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "f", "enter")
        await pastes(pilot, TRACE)
        await press(pilot, "enter")
        assert "too many here (50,000 at most)" in notice(pilot)
        assert words_in_line(pilot) == "[text 1: 305 kB, 6,000 lines]"
        await press(pilot, "escape", "escape", "ctrl+p")
        await pastes(pilot, TRACE)
        await press(pilot, "escape", "escape", "slash")
        await pastes(pilot, TRACE)


async def test_an_entry_of_a_million_lines_opens_at_once_and_is_read_part_by_part(console: Console) -> None:
    session = console.declare()
    session.apply(acts.log.note("first\n" + "a\n" * 1_000_000 + "last"))
    begun = time.monotonic()
    async with console.opened() as pilot:
        await press(pilot, "2", "end", "enter")
        assert time.monotonic() - begun < 5
        text = pilot.app.screen.query_one(LongText)
        assert len(text.query(Static)) == 1

        async def grows_to(parts: int) -> None:
            await press(pilot, "end")
            await until(pilot, lambda: len(text.query(Static)) == parts)

        for parts in (2, 3, 4):
            await grows_to(parts)


async def test_a_long_text_is_read_to_its_end(console: Console) -> None:
    session = console.declare()
    lines = [f"line {number}" for number in range(1_000)]
    session.apply(acts.log.note("\n".join([*lines, "x" * 20_000, "", MARKED, "the end"])))
    async with console.opened() as pilot:
        await press(pilot, "2", "end", "enter")
        for _ in range(60):  # each adds a part, or only comes nearer on a busy machine
            await press(pilot, "end")
            if "the end" in screen_text(pilot):
                break
        assert "the end" in screen_text(pilot)
        shown = "\n".join(str(part.content) for part in pilot.app.screen.query_one(LongText).query(Static))
        assert shown.startswith("\n".join(lines))
        assert shown.replace("\n", "").count("x") == 20_000
