"""The report of a drill on the screen: what to do differently, the log at that moment, and writing it to a file."""

from __future__ import annotations

import re

import pytest

from tests.console import LARGE, SMALL, Console, notice, press, screen_text, settled
from tests.pilot.conftest import Clipboard
from tests.pilot.test_catalogue import assert_keys
from tests.practice import Practice, clumsy, play_beside
from warroom.model.drill_report import Earlier
from warroom.screens.drill.report import ReportScreen
from warroom.screens.read import ReadScreen

DAY = 24 * 60 * 60_000


async def test_a_report_is_read_check_by_check_and_written_to_a_file(
    console: Console, clipboard: Clipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(console.folder)
    practice = Practice(console.workspace, console.clock)
    clumsy(practice)
    before = Earlier(console.clock() - 2 * DAY, {"promises": (0, 2), "first": (1, 2), "now": (3, 3)})
    reported = practice.judged(60, (before,))
    async with console.opened(LARGE) as pilot:
        pilot.app.push_screen(ReportScreen(console.workspace, reported))
        await settled(pilot)
        assert_keys(pilot, "drill_report")
        shown = screen_text(pilot)
        for words in (
            "DRILL   Report: Checkout errors affecting users",
            "8 of 16 checks held",
            "Compared with 2026-11-21: better in promises; worse in NOW; the same in first words.",
            "── What to do differently ─",
            "✗ T+36:00 · 03:53  At SEV2, the first message to customers was due within 30 min, by 03:53; it was never",
        ):
            assert words in shown, words
        await press(pilot, "down", "down", "down", "down")
        shown = screen_text(pilot)
        assert "▸ ✗ T+18:00 · 03:35  Status update #2 went out with “back in 20 minutes”." in shown
        assert "“Current status: It should be back in 20 minutes.”" in shown
        better = "It is not confirmed yet when it will be back. The next update comes at 03:55 CET."
        assert f"Better: Current status: {better}" in shown
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadScreen)
        shown = screen_text(pilot)
        assert "DRILL: Checkout errors affecting users" in shown
        assert "▸ 03:35  Dana: Status update #2 → leadership, customer success, support" in shown
        assert "  03:33  Dana: Marcus, how many users are affected?" in shown
        await press(pilot, "y")
        assert "The log around T+18:00 · 03:35" in clipboard.texts[-1]
        await press(pilot, "v")
        assert screen_text(pilot).startswith("DRILL – REPORT: Checkout errors affecting users")
        await press(pilot, "escape", "W", "enter")  # Markdown
        assert "checkout-2026-11-23-0317.md" in screen_text(pilot)
        file = console.folder / "checkout-2026-11-23-0317.md"
        await press(pilot, "enter")
        assert notice(pilot) == f"Wrote {file}"
        assert file.read_text("utf-8").startswith("# DRILL – Report: Checkout errors affecting users\n")
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ReportScreen)


async def test_on_a_small_terminal_a_run_that_is_not_finished_says_so(console: Console) -> None:
    practice = Practice(console.workspace, console.clock)
    practice.declare(1)
    async with console.opened(SMALL) as pilot:
        pilot.app.push_screen(ReportScreen(console.workspace, practice.judged(4, finished=False)))
        await settled(pilot)
        shown = screen_text(pilot)
        assert "This run is not finished: it stands at 4 min" in shown
        assert "This is the first run of this scenario" in shown
        assert "▸ ✓ T+01:00  Done: Declare it within 3 minutes (by 03:20)." in shown
        await press(pilot, "enter")
        assert "PagerDuty: Checkout 5xx above 5 % for 10 minutes" in screen_text(pilot)


async def test_an_earlier_run_is_found_from_the_start_screen(console: Console) -> None:
    play_beside(console.path, console.clock, until=50, end=True)
    console.clock.advance(hours=48)
    play_beside(console.path, console.clock, until=20, end=False)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "D", "end")
        assert "Reports of the drills that were played" in screen_text(pilot)
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "▸ 2026-11-25  Checkout errors affecting users  waits at 20 of 50 min" in shown
        assert re.search(r"  2026-11-23  Checkout errors affecting users  \d+ of \d+ checks held", shown)
        await press(pilot, "down", "enter")
        shown = screen_text(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "DRILL   Report: Checkout errors affecting users" in shown
        assert "Played 50 min of 50 min" in shown
        assert "the first run of this scenario" in shown
