"""What to have ready, on its screen: filled in by keys, checked, cleared, taken back, and told on the start screen."""

from __future__ import annotations

from tests.console import Console, answers, composer_values, notice, press, screen_text, types, until, words_in_line
from warroom.model import ids
from warroom.model.kinds import readiness as acts
from warroom.model.times import HOUR

DAY = 24 * HOUR


def keep(console: Console, item: str, **values: str) -> None:
    """Keep something ready, without the console."""
    row = console.workspace.playbook.ready_item(item)
    assert row is not None
    draft = acts.hold(row, values)
    console.workspace.register(ids.REGISTER_READINESS).append(lambda before: [draft], author="Lena")


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


async def test_what_was_kept_ready_is_used_by_the_next_incident(console: Console) -> None:
    keep(console, "channel", channel="#incidents")
    keep(console, "on-call", engineer="Marcus, +49 170 5550100", schedule="https://pager.example.com")
    keep(console, "runbook", runbook="https://wiki.example.com/runbook")
    keep(console, "templates", wording="We are on it.", procedure="Lena may\nlog in at status.example.com")
    keep(console, "escalation", path="Lena\nthen the VP")
    keep(console, "distribution", leadership="boss@example.com")
    keep(console, "risks", risks="The certificate of checkout runs out\nOne search node only")
    console.clock.at += 10 * DAY
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await until(pilot, lambda: "Known risk: The certificate of checkout runs out" in screen_text(pilot))
        await press(pilot, "enter", "3", "ctrl+g")
        await press(pilot, "r", "down", "enter")
        assert words_in_line(pilot) == "Marcus, +49 170 5550100"
        assert "kept ready, but checked 10 days ago: stale" in screen_text(pilot)
        await press(pilot, "enter")
        assert console.last().text == "On-call engineer: Marcus (+49 170 5550100)"
        await press(pilot, "r", "down", "down", "enter")
        assert words_in_line(pilot) == ""
        await press(pilot, "escape", "p")
        assert "Somebody asks for the runbook:\nhttps://wiki.example.com/runbook" in screen_text(pilot)
        await press(pilot, "escape", "e")
        assert "Who is told, in this order: Lena / then the VP" in screen_text(pilot)
        await press(pilot, "escape", "m", "down", "down", "down", "enter")
        assert composer_values(pilot)["status"] == "We are on it."
        await press(pilot, "escape", "F", "F", "F", "F")
        assert "How the status page is changed: Lena may / log in at status.example.com" in screen_text(pilot)
