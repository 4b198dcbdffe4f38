"""The mouse does what the keys do, and a change of the terminal's size loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.console import (
    LARGE,
    SMALL,
    Console,
    choices,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
    words_in_line,
)
from warroom.app import WarroomApp
from warroom.screens.entry import EntryScreen
from warroom.screens.help import HelpScreen
from warroom.terminal import themes
from warroom.widgets.timeline import TimelinePane


async def click(pilot: Pilot[None], words: str, times: int = 1) -> None:
    """Click on words where the screen shows them."""
    for y, line in enumerate(screen_lines(pilot)):
        if words in line:
            await pilot.click(offset=(line.index(words) + 4, y), times=times)
            await settled(pilot)
            return
    raise AssertionError(f"{words!r} is not on the screen")


async def test_a_click_ticks_an_item(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await click(pilot, "· Severity known")
        assert "1 of 12" in screen_text(pilot)
        await click(pilot, "Am I needed now")
        assert "2 of 12" in screen_text(pilot)
        await click(pilot, "┃   ✓ Am I needed now")
        assert "1 of 12" in screen_text(pilot)


async def test_a_click_on_a_key_of_the_footer_presses_it(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await click(pilot, "? Help")
        assert isinstance(pilot.app.screen, HelpScreen)
        await click(pilot, "esc Back")
        assert incident_screen(pilot)
        await click(pilot, "f Facts")
        assert choices(pilot)[0].startswith("Affected system")


async def test_a_click_selects_a_line_and_a_double_click_reads_it(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await click(pilot, "Rollback started")
        selected = pilot.app.screen.query_one(TimelinePane).selected()
        assert selected is not None
        assert selected.text == "Rollback started, one host at a time"
        await click(pilot, "because rollback is faster", times=2)
        assert isinstance(pilot.app.screen, EntryScreen)
        assert "Because: rollback is faster and safer" in screen_text(pilot)


async def test_clicks_on_the_now_line_the_list_and_the_log_line(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await click(pilot, "Send status update #2")
        assert "Compose · Status update #2" in screen_text(pilot)
        await click(pilot, "Error rate down from 20 % to 9 %  ")
        await press(pilot, "escape", "escape")
        await click(pilot, "log what happened")
        await types(pilot, "typed after a click")
        assert words_in_line(pilot) == "typed after a click"
        await press(pilot, "enter", "escape", "g")
        await click(pilot, "fix applied, verified")
        assert "RESOLUTION" in screen_text(pilot)


async def test_the_wheel_moves_through_the_timeline(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2")
        pane = pilot.app.screen.query_one(TimelinePane)
        before = pane.cursor
        pane.on_mouse_scroll_up(None)  # type: ignore[arg-type]
        assert pane.cursor == before - 3


async def test_smaller_and_larger_again_keeps_the_pane_the_words_and_the_cursor(console: Console) -> None:
    console.half_told()
    layouts: list[Screen[Any]] = []
    async with console.opened(LARGE) as pilot:
        await press(pilot, "2", "up", "up", "l")
        await types(pilot, "half")
        pilot.app.screen.screen_layout_refresh_signal.subscribe(pilot.app.screen, layouts.append)
        for letter in " a line":
            await types(pilot, letter)
        assert layouts == [], "a letter moves nothing, so the screen is not laid out again"
        for width, height in (SMALL, (40, 10), SMALL, LARGE):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            lines = screen_lines(pilot)
            assert [len(lines), {len(line) for line in lines}] == [height, {width}]
            if width == 40:
                assert "warroom needs at least 60×16 cells" in screen_text(pilot)
                assert [line for line in lines if line.strip()] == [next(line for line in lines if "needs" in line)]
            else:
                assert "Timeline · 16" in screen_text(pilot)
                assert "half a line" in screen_text(pilot)
                assert ("First 30 minutes" in screen_text(pilot)) == (width == 120)
        assert layouts, "another size is laid out, which this test would see"
        selected = pilot.app.screen.query_one(TimelinePane).selected()
        assert selected is not None
        assert selected.text == "✓ Who needs to know: leadership, CS, support"
        await press(pilot, "enter")
        assert notice(pilot).startswith("Logged at")


async def test_the_pane_last_clicked_is_the_one_left_where_there_is_little_room(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await click(pilot, "Rollback started")
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert "Timeline · 16" in screen_text(pilot)
        assert isinstance(pilot.app.focused, TimelinePane)


async def test_one_pane_at_a_time_where_there_is_little_room(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        for keys, shown, hidden in (
            (("2",), "Timeline · 16", "First 30 minutes"),
            (("tab",), "First 30 minutes", "Timeline"),
            (("u",), "Compose · Status update #2", "First 30 minutes"),
            (("escape", "1"), "First 30 minutes", "Compose"),
        ):
            await press(pilot, *keys)
            text = screen_text(pilot)
            assert shown in text
            assert hidden not in text
            assert "NOW ▸" in text
            assert "Customer 06:19" in text
            assert "SEV2  Checkout" in text


async def test_the_composer_survives_a_change_of_size(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts are done and the others follow one by one through the night")
        for size in (SMALL, (40, 10), LARGE):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert "Current status: Two of six hosts are done" in screen_text(pilot)
        await types(pilot, "!")
        assert "through the night!" in screen_text(pilot)


async def test_colours_go_round_and_are_remembered(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        found = [pilot.app.theme]
        for _ in range(4):
            await press(pilot, "C")
            found.append(pilot.app.theme)
        await press(pilot, "C")
    assert found == [*themes.NAMES, themes.NAMES[0]]
    console.start_again()
    async with console.opened() as pilot:
        assert pilot.app.theme == "warroom-light"


@pytest.mark.parametrize(
    ("env", "theme"),
    [
        ({"TERM": "xterm-256color"}, "warroom-dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "warroom-dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "warroom-light"),
        ({"TERM": "xterm"}, "ansi-dark"),
        ({"TERM": "xterm", "COLORFGBG": "0;7"}, "ansi-light"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi-dark"),
    ],
)
def test_the_colours_are_what_the_terminal_can_show(env: dict[str, str], theme: str) -> None:
    assert themes.best(env) == theme


async def test_a_terminal_without_colours_is_given_none_even_where_others_were_chosen(console: Console) -> None:
    console.half_told()
    console.workspace.remember("colours", "warroom-light")
    console.env["NO_COLOR"] = "1"
    console.start_again()
    async with console.opened() as pilot:
        assert isinstance(pilot.app, WarroomApp)
        assert pilot.app.theme == "ansi-dark"
        assert pilot.app.ansi_color
