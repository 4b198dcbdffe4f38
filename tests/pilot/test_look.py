"""What the eye finds first, and what a small or a wide terminal shows."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.console import SMALL, Console, answers, incident_screen, press, screen_lines, screen_text
from warroom.terminal.content import shortened
from warroom.widgets.headline import NowLine

SMALLEST = (60, 20)


def inverted(pilot: Pilot[None], row: int) -> int:
    """How many cells of a row are drawn inverted."""
    strip = list(pilot.app.screen._compositor.render_strips())[row]
    return sum(len(segment.text) for segment in strip if segment.style is not None and segment.style.reverse)


@pytest.mark.parametrize(
    "env",
    [{"TERM": "xterm-256color"}, {"TERM": "xterm"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}],
    ids=["colours", "16 colours", "no colour"],
)
async def test_the_now_line_is_the_strongest_band_and_says_in_words_what_its_colour_says(
    console: Console, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "NO_COLOR" in env:
        monkeypatch.setenv("NO_COLOR", "1")  # Textual reads its own environment
    console.env = env
    console.start_again()
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "2")
        now, rows = pilot.app.screen.query_one(NowLine), range(len(screen_lines(pilot)))
        assert [row for row in rows if inverted(pilot, row) > 20] == [1]
        assert inverted(pilot, 1) == 120
        assert "DUE 03:53 (6 min)   ctrl+n" in screen_lines(pilot)[1]
        assert now.has_class("-soon")
        console.clock.advance(minutes=10)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "LATE" in screen_lines(pilot)[1]
        assert now.has_class("-late")
        assert not now.has_class("-soon")
        assert [line for line in screen_lines(pilot) if line.startswith("┏") or "┏━ Timeline" in line]


async def test_the_cursor_of_every_field_is_seen_without_colour(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    console.env = {"TERM": "xterm-256color", "NO_COLOR": "1"}
    console.start_again()
    console.half_told()
    async with console.opened(SMALL) as pilot:
        for keys, words in (
            ("l", "log what happened"),
            ("escape slash", "words; the last one"),
            ("escape n", "What is broken"),
        ):
            await press(pilot, *keys.split())
            row = next(row for row, line in enumerate(screen_lines(pilot)) if words in line)
            assert inverted(pilot, row) == 1
        await press(pilot, "escape", "u", "end")
        row = next(row for row, line in enumerate(screen_lines(pilot)) if "Current status *" in line)
        assert inverted(pilot, row) == 1
        await press(pilot, "shift+home")
        assert inverted(pilot, row) > 20


async def test_a_wide_terminal_shows_triggers_roles_facts_and_decisions_live(console: Console) -> None:
    console.half_told()
    async with console.opened((159, 45)) as pilot:
        assert not pilot.app.screen.query("Overview")
    async with console.opened((160, 45)) as pilot:
        text = screen_text(pilot)
        for words in ("Escalate e", "? Is the churn risk high?", "On-call engineer       Marcus", "Affected system"):
            assert words in text
        for words in ("1. Roll back payment service to v2.3.1", "Not known: Share affected"):
            assert words in text
        await answers(pilot, "f", *["down"] * 5, "enter", "Acme, Globex")
        assert "● several major customers are affected" in screen_text(pilot)
        assert "customers: Acme, Globex" in screen_text(pilot)
        await press(pilot, "tab", "tab")
        assert not pilot.app.screen.query_one("Overview").has_focus


async def test_at_80x24_the_footer_names_the_panes_and_how_to_resolve_and_search(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        for key in ("1 2 Panes", "x Resolve", "/ Search", "? Help"):
            assert key in screen_lines(pilot)[-1]
        await pilot.click("KeyBar", offset=(screen_lines(pilot)[-1].index("2 Panes"), 0))
        await pilot.pause()
        assert "━Timeline" in screen_text(pilot)


async def test_at_60x20_nothing_that_must_be_pressed_is_cut_off(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALLEST) as pilot:
        assert "LATE" not in screen_lines(pilot)[1]
        assert "DUE 03:53 (6 min)" in screen_text(pilot)
        await press(pilot, "e")
        text = screen_text(pilot)
        for key in ("y Yes", "n No", "a IC agrees", "o Objects", "k Skip IC", "m Message", "x Decline", "f Facts"):
            assert key in text
        for words in ("esc Back", "T+00:29:41", "Update 06:19", "time to fix it is over 2 h", "after step 1"):
            assert words in text
        await press(pilot, "down", "down", "y")
        assert "A reason to escalate: churn risk is high" in screen_text(pilot)
        assert "Press e" not in screen_text(pilot)
        await press(pilot, "escape")
        await press(pilot, "end")
        await press(pilot, "v")
        assert " Help, or stand by:  enter = tick without an answer" in screen_text(pilot)
        await answers(pilot, "help with the status page")
        assert "help with the status page" in screen_text(pilot)
        await press(pilot, "n")
        page = pilot.app.screen.query_one("#page")
        assert page.max_scroll_y == 0
        await press(pilot, "tab", "2")
        assert "2● SEV2  Many users, degraded" in screen_text(pilot)
        assert "change the severity" in screen_text(pilot)


def test_words_are_not_cut_where_a_space_is_near() -> None:
    assert shortened("Engineering's estimate", 22) == "Engineering's estimate"
    assert shortened("Engineering's estimate", 21) == "Engineering's…"
    assert shortened("leadership, CS, support", 18) == "leadership, CS…"
    assert shortened("Donaudampfschifffahrt", 10) == "Donaudamp…"
