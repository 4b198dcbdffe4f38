"""What to have ready, on its screen: filled in by keys, checked, cleared, taken back, and told on the start screen."""

from __future__ import annotations

from tests.console import Console, answers, notice, press, screen_text, types
from warroom.model.times import HOUR

DAY = 24 * HOUR


async def test_filled_in_by_keys_from_the_start_screen(console: Console) -> None:
    async with console.opened() as pilot:
        assert "ready: 0 of 14 · R" in screen_text(pilot)
        await press(pilot, "R")
        assert "begin with the first: enter" in screen_text(pilot)
        await answers(pilot, "enter", "#incidents")
        assert notice(pilot) == "Kept: Channel or bridge"
        await press(pilot, "down", "c")
        assert "first give it: On-call engineer" in notice(pilot)
        await answers(pilot, "enter", "enter", "Marcus, +49 170 5550100")
        await answers(pilot, "enter", "pager.example.com")
        assert "begins with http" in notice(pilot)
        await press(pilot, "home")
        await types(pilot, "https://")
        await press(pilot, "enter", "escape")
        assert "ready: 2 of 14" in screen_text(pilot)
