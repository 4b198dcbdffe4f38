"""Text with several lines in the log line: one entry each, or one entry; and nothing is lost on the way."""

from __future__ import annotations

import pytest

from tests.console import SIZES, Console, choices, failed, notice, pastes, press, screen_text, words_in_line
from warroom.model import acts
from warroom.model.kinds.log import Noted

CHAT = "23:50 Priya: errors rising\n[00:04] Marcus: rolling back\n\n03:20 - done\n"


@SIZES
async def test_pasted_lines_are_logged_one_by_one_as_the_preview_shows_them(
    console: Console, size: tuple[int, int]
) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        before = len(console.entries())
        await press(pilot, "l")
        await pastes(pilot, CHAT)
        await press(pilot, "enter")
        assert [row.split("  ")[0] for row in choices(pilot)] == [
            "3 entries, one a line",
            "One entry",
            "Back to the text",
        ]
        shown = screen_text(pilot)
        assert "2026-11-22 23:50  errors rising – by Priya" in shown
        assert "2026-11-23 03:20  done" in shown
        assert len(console.entries()) == before
        await press(pilot, "enter")
        new = console.entries()[before:]
        assert [(entry.text, entry.body) for entry in new] == [
            ("errors rising", Noted("Priya")),
            ("rolling back", Noted("Marcus")),
            ("done", Noted()),
        ]
        assert notice(pilot) == "Logged 3 entries"
        assert words_in_line(pilot) == ""
        await press(pilot, "n", "enter")  # the line is open for the next entry
        assert console.last().text == "n"


async def test_pasted_lines_can_be_one_entry_or_go_back_to_the_text(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await pastes(pilot, "Traceback:\n  line 1\nKeyError")
        before = len(console.entries())
        for keys in (["enter", "escape"], ["enter", "end", "enter"]):
            await press(pilot, *keys)
            assert words_in_line(pilot) == "Traceback:⏎  line 1⏎KeyError"
            assert len(console.entries()) == before
        await press(pilot, "enter", "enter")
        assert [entry.text for entry in console.entries()[before:]] == ["Traceback:\n  line 1\nKeyError"]
        assert words_in_line(pilot) == ""


@pytest.mark.parametrize("why", ["time", "closed"])
async def test_lines_that_are_refused_stay_in_the_line_and_none_is_logged(console: Console, why: str) -> None:
    session = console.declare()
    text = "03:17 one\n25:10 two" if why == "time" else "03:17 one\n03:17 two"
    async with console.opened(incident=session.incident.id) as pilot:
        await press(pilot, "l")
        await pastes(pilot, text)
        if why == "closed":
            session.apply(acts.lifecycle.resolve("fixed"))
            session.apply(acts.lifecycle.close(""))
        before = len(console.entries())
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert failed(pilot)
        assert ("line 2: " if why == "time" else "closed") in notice(pilot)
        assert words_in_line(pilot) == text.replace("\n", "⏎")
        assert len(console.entries()) == before
