"""Post-mortems to read: from the start screen to what one takes from them, by keys alone."""

from __future__ import annotations

from tests.console import SMALL, Console, choices, notice, press, screen_text, settled, types
from tests.stories import learned_from
from warroom.model import acts
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.read import ReadScreen
from warroom.screens.readiness.screen import ReadinessScreen
from warroom.screens.review import ReviewScreen


async def test_a_post_mortem_is_read_and_what_was_learned_is_kept(console: Console) -> None:
    async with console.opened(SMALL) as pilot:
        await press(pilot, "P")
        assert "No post-mortem to read yet" in screen_text(pilot)
        learned_from(console.workspace, console.clock).apply(acts.post_mortem.set_state("done"))
        second = console.declare("Sign-in is slow", 1)
        console.clock.advance(hours=1)
        second.apply(acts.lifecycle.resolve("More sessions"), acts.post_mortem.write_section("lessons", "Limits"))
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        shown = screen_text(pilot)
        for words in ("0 of 2 read", "checkout · unread", "draft", "Not read yet; enter reads it"):
            assert words in shown, words
        assert choices(pilot)[0] == "SEV2  Checkout errors affecting users  checkout · unread"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadScreen)
        assert screen_text(pilot).startswith("POST-MORTEM: Checkout errors affecting users")
        await press(pilot, "escape", "escape")
        assert "0 of 2 read" in screen_text(pilot), "who leaves the question has not read it"
        await press(pilot, "enter", "escape")
        await types(pilot, "Retries need a limit")
        await press(pilot, "enter")
        assert notice(pilot) == "Read: Checkout errors affecting users"
        shown = screen_text(pilot)
        for words in ("1 of 2 read", "checkout · read", "You take from it: Retries need a limit"):
            assert words in shown, words
        await press(pilot, "down", "space", "enter")
        assert "2 of 2 read" in screen_text(pilot)
        await press(pilot, "space")
        assert notice(pilot) == "Not read: Sign-in is slow; space marks it again"
        assert "1 of 2 read" in screen_text(pilot)
        await press(pilot, "s")
        assert "systems affected most often first" in screen_text(pilot)
        await press(pilot, "escape", "R")
        assert isinstance(pilot.app.screen, ReadinessScreen)
        await press(pilot, "P")
        assert isinstance(pilot.app.screen, ReviewScreen)
        await press(pilot, "o")
        await settled(pilot)
        assert isinstance(pilot.app.screen, IncidentScreen)
