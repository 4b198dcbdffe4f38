"""A file that another program wrote to, in the console: no pane, title, question or draft shows what acts."""

from __future__ import annotations

import sqlite3

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.console import (
    NOBODY_PRINTS,
    SIZES,
    Console,
    Size,
    answers,
    choices,
    composer_values,
    press,
    screen_text,
    words_in_line,
)
from tests.doctored import ACTS, doctored, keep_hostile
from tests.store.conftest import by_hand
from warroom.app import WarroomApp
from warroom.screens.declare import DeclareScreen
from warroom.screens.start import StartScreen
from warroom.text.cleaning import clean

QUESTIONS = {"log": "l", "decide": "d", "did": "a", "care": "c"}
"""By the names their drafts are kept under, the keys that lead to them."""


def check(pilot: Pilot[None]) -> str:
    """Nothing on the screen or in the terminal's title acts; gives what the screen shows."""
    assert isinstance(pilot.app, WarroomApp)
    assert pilot.app.terminal_title
    assert NOBODY_PRINTS.search(pilot.app.terminal_title) is None
    shown = screen_text(pilot)
    found = [line for line in shown.split("\n") if NOBODY_PRINTS.search(line)]
    assert found == []
    return shown


def take(console: Console, *, ids: bool) -> str:
    """Put a doctored journal in the place of the console's, with drafts and preferences; gives the incident."""
    console.close()
    console.path.unlink()
    doctored(console.path, ids=ids)
    console.clock.advance(hours=3)
    console.start_again()
    [life] = console.workspace.journal.lifecycles()
    keep_hostile(
        console.path,
        **{
            f"words:{life.incident}": dict.fromkeys(QUESTIONS, "half a sentence"),
            f"message:{life.incident}:update": {
                "status": "nearly",
                "impact": "few",
                "to": "all",
                "next_update": "04:00",
            },
            "words:declare": {"title": "Login", "detected_by": "alert", "began": "03:00"},
            f"pane:{life.incident}": "timeline",
            "form:update": "slack",
            "colours": "warroom-light",
            "incident": life.incident,
        },
    )
    return life.incident


@SIZES
@pytest.mark.parametrize("ids", [False, True])
async def test_nothing_in_any_pane_or_list_acts(console: Console, size: Size, ids: bool) -> None:
    take(console, ids=ids)
    async with console.opened(size) as pilot:
        assert "␛]0;owned␇" in check(pilot)
        there = "2", "enter", "escape home", "enter", "escape down", "1 end", "f", "escape r", "escape p", "escape D"
        for keys in (*there, "enter", "escape e", "escape escape u", "v", "escape escape o", "escape question_mark"):
            await press(pilot, *keys.split())
            check(pilot)


async def test_every_entry_opens_as_text(console: Console) -> None:
    take(console, ids=False)
    async with console.opened() as pilot:
        await press(pilot, "2", "home")
        for _ in range(36):
            await press(pilot, "enter")
            check(pilot)
            await press(pilot, "escape", "down")
            check(pilot)


async def test_drafts_come_back_into_each_question_as_text(console: Console) -> None:
    take(console, ids=False)
    async with console.opened() as pilot:
        for key in QUESTIONS.values():
            await press(pilot, key)
            assert words_in_line(pilot) == f"half a sentence{clean(ACTS)}⏎and on␈␌"
            check(pilot)
            await press(pilot, "escape")


async def test_the_composer_is_filled_from_a_draft_as_text(console: Console) -> None:
    take(console, ids=False)
    async with console.opened() as pilot:
        await press(pilot, "u")
        for words in composer_values(pilot).values():
            assert NOBODY_PRINTS.search(words.replace("\n", "").replace("\t", "")) is None
        assert composer_values(pilot)["status"].startswith("nearly␛]0;owned␇")
        check(pilot)
        await press(pilot, "escape", "v")
        check(pilot)


async def test_a_declaration_comes_back_as_text(console: Console) -> None:
    take(console, ids=False)
    async with console.opened() as pilot:
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, DeclareScreen)
        assert all(NOBODY_PRINTS.search(field.value) is None for field in pilot.app.screen.query(Input))
        assert "Login␛]0;owned␇" in check(pilot)


async def test_the_start_screen_lists_incidents_as_text(console: Console) -> None:
    take(console, ids=True)
    console.declare("Login fails")
    async with console.opened() as pilot:
        assert isinstance(pilot.app.screen, StartScreen)
        assert "wghrsw␛]0;owned␇" in check(pilot)
        await press(pilot, "down", "enter")
        await answers(pilot, "l", "on")
        check(pilot)
    assert console.last().text.endswith("on")
    connection = sqlite3.connect(console.path)
    assert connection.execute("SELECT count(DISTINCT incident) FROM journal").fetchone() == (2,)
    connection.close()


async def test_a_declaration_that_cannot_be_read_leaves_the_console_open(console: Console) -> None:
    console.declare("Broken")
    console.declare("Whole")
    by_hand(console.path, """UPDATE journal SET data = '{"kind":' WHERE text LIKE '%Broken' AND kind = 'declared'""")
    async with console.opened() as pilot:
        assert "Whole" in screen_text(pilot)
        await press(pilot, "o")
        assert any("Broken (the declaration can't be read)" in row for row in choices(pilot))
