"""Escalating and changing the severity by keys: triggers, the commander first, reasons, and what follows in words."""

from __future__ import annotations

import pytest

from tests.console import (
    LARGE,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    choices,
    composer_values,
    failed,
    incident_screen,
    message_shown,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
)
from warroom.model import acts
from warroom.model.kinds.escalation import EscalationStep, TriggerAnswered
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.severity import SeveritySet
from warroom.screens.escalate import EscalateScreen
from warroom.widgets.severity_panel import SeverityPanel

SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
Size = tuple[int, int]
CUSTOMERS = ("f", "down", "down", "down", "down", "down", "enter")
"""The keys to the fact that says which customers are affected."""


def steps(text: str) -> list[str]:
    """The first two steps as the screen tells them."""
    return [line.strip() for line in text.split("\n") if line.strip().startswith(("1 ", "2 ", "– "))]


@SIZES
async def test_triggers_are_worked_out_or_asked_for(console: Console, size: Size) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "e")
        assert choices(pilot) == [
            "· no       SEV1 is declared  it is SEV2",
            "· no       the estimated time to fix it is over 2 h  it has gone on for 29 min",
            "? unknown  Is the churn risk high?  y or n",
            "? unknown  Is there media, legal or regulatory exposure?  y or n",
            "? unknown  a data breach is suspected  f sets it",
            "? unknown  several major customers are affected  f sets it",
        ]
        for key in ("y Yes", "n No", "a IC agrees", "o Objects", "k Skip IC", "m Message", "x Decline", "esc Back"):
            assert key in screen_text(pilot)
        assert "No trigger is known to apply yet: answer those marked with ?" in screen_text(pilot)
        await press(pilot, "y")
        assert "follows from severity, time and facts" in screen_text(pilot)
        await press(pilot, "down", "down", "y", "down", "n")
        assert choices(pilot)[2:4] == [
            "● applies  churn risk is high  Dana said yes",
            "· no       media, legal or regulatory exposure  Dana said no",
        ]
        assert "No trigger is known to apply" not in screen_text(pilot)
        await answers(pilot, "f", "end", "up", "up", "enter", "suspected")
        await press(pilot, "e")
        assert choices(pilot)[4] == "● applies  a data breach is suspected  a breach is marked"
    answered = [entry.body for entry in console.entries() if isinstance(entry.body, TriggerAnswered)]
    assert answered == [TriggerAnswered("churn", True), TriggerAnswered("exposure", False)]


async def test_the_message_comes_after_the_commander_was_told(console: Console) -> None:
    console.half_told().apply(acts.facts.fact(PLAYBOOK, "revenue_per_hour", "$32k"))
    async with console.opened(LARGE) as pilot:
        await answers(pilot, *CUSTOMERS, "Acme, Globex")
        assert notice(pilot).startswith("A reason to escalate: several major customers are affected")
        await press(pilot, "e", "m")
        assert "▸ Step 1 first" in screen_text(pilot)
        await answers(pilot, "a", "wants refunds approved first")
        assert isinstance(pilot.app.screen, EscalateScreen)
        assert steps(screen_text(pilot))[0].startswith("1 ✓ Escalation: Priya told, agrees: wants refunds approved")
        await press(pilot, "m")
        assert "Compose · Escalation" in screen_text(pilot)
        values = composer_values(pilot)
        assert (values["why"], values["customers"]) == ("several major customers are affected", "Acme, Globex")
        assert "Cost so far: ≈ $15,000" in message_shown(pilot)
    told = console.last()
    assert told.body == EscalationStep("told", True, "wants refunds approved first", ["major_customers"])


async def test_an_objection_is_logged_and_does_not_keep_the_message_back(console: Console) -> None:
    console.half_told().apply(acts.escalation.answer_trigger(PLAYBOOK, "churn", holds=True))
    async with console.opened(LARGE) as pilot:
        await answers(pilot, "e", "o", "")
        assert "Priya told, objects (03:46 CET)" in " ".join(screen_text(pilot).split())
        await press(pilot, "m")
        assert "Compose · Escalation" in screen_text(pilot)
    assert console.last().body == EscalationStep("told", False, "", ["churn"])


async def test_leaving_the_commander_out_and_deciding_against_it_take_a_reason(console: Console) -> None:
    console.half_told().apply(acts.escalation.answer_trigger(PLAYBOOK, "churn", holds=True))
    async with console.opened(SMALL) as pilot:
        for key, asked in (("k", "Skipping the commander, because:"), ("x", "Not escalating, because:")):
            before = len(console.entries())
            await answers(pilot, "e", key, "")
            assert asked in screen_text(pilot)
            assert failed(pilot)
            assert "needs a reason" in notice(pilot)
            assert len(console.entries()) == before
            await answers(pilot, "cannot be reached")
            if key == "k":
                assert "1 – Escalation without telling the commander first" in screen_text(pilot)
                await press(pilot, "escape")
        await press(pilot, "e")
        assert "✗ · Not escalating: cannot be reached (03:46 CET)" in screen_text(pilot)
    assert [entry.body for entry in console.entries()[-2:]] == [
        EscalationStep("skipped", False, "cannot be reached", ["churn"]),
        EscalationStep("declined", False, "cannot be reached", ["churn"]),
    ]


async def test_no_other_way_to_the_message_leads_round_the_commander(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "m", "end", "enter")
        assert "▸ Step 1 first" in screen_text(pilot)
        await answers(pilot, "a", "")
        await press(pilot, "m")
        assert "Compose · Escalation" in screen_text(pilot)
        await press(pilot, "escape", "k", "home", "enter")
        assert "Compose · Initial acknowledgement" in screen_text(pilot)


async def test_a_trigger_that_comes_true_with_time_shows_itself(console: Console) -> None:
    console.declare(severity=2)
    async with console.opened(SMALL) as pilot:
        console.clock.advance(hours=1, minutes=59)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "A reason to escalate" not in notice(pilot)
        console.clock.advance(minutes=2)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert notice(pilot) == "A reason to escalate: it has gone on for 2 h 1 min. Press e"
        await press(pilot, "e")
        assert any(row.startswith("● applies") and "is over 2 h" in row for row in choices(pilot))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EscalateScreen)


@pytest.mark.parametrize(("estimate", "holds"), [("by 05:30", False), ("by 06:30", True), ("3 hours", True)])
async def test_an_estimate_is_read_in_the_zone_of_the_desk(console: Console, estimate: str, holds: bool) -> None:
    console.half_told()  # at 03:46 in Berlin, while the machine's own zone is UTC
    async with console.opened() as pilot:
        await answers(pilot, "f", "end", *["up"] * 4, "enter", f"engineering says {estimate}")
        assert ("A reason to escalate" in notice(pilot)) == holds
        await press(pilot, "e")
        assert choices(pilot)[1].startswith("● applies" if holds else "· no")


async def test_after_the_message_another_reason_is_told_anew(console: Console) -> None:
    session = console.half_told()
    session.apply(
        acts.escalation.answer_trigger(PLAYBOOK, "churn", holds=True),
        acts.escalation.tell_commander("Priya", agrees=True),
    )
    console.clock.advance(minutes=1)
    session.apply(acts.messages.send(MessageSent("escalation", 1, "VP Product", "[ESCALATION]", "Churn"), "Escalation"))
    console.clock.advance(minutes=1)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "e")
        assert "2 ✓ Escalation → VP Product (03:47 CET)" in screen_text(pilot)
        await press(pilot, "escape")
        await answers(pilot, *CUSTOMERS, "Acme, Globex")
        await press(pilot, "e", "m")
        assert "1 · New since the last message: several major customers are affected" in screen_text(pilot)
        assert "▸ Step 1 first" in screen_text(pilot)


@SIZES
async def test_the_severity_follows_from_who_is_affected_and_is_seen_with_its_protocol(
    console: Console, size: Size
) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "S")
        assert [row.split("  ")[0] for row in choices(pilot)] == [f"SEV{level}" for level in (1, 2, 3, 4, 1, 1, 1)]
        await press(pilot, "6")
        box = pilot.app.screen.query_one(SeverityPanel).region
        text = " ".join(" ".join(line[box.x : box.right] for line in screen_lines(pilot)[box.y : box.bottom]).split())
        for words in (
            "SEV1 Critical Full outage, risk of data loss, security breach, or major revenue impact",
            "Response: All hands: wake people, tell leadership at once",
            "Customers: within 15 min · Target: as soon as possible",
            "You: Full engagement: executive communication and customer messaging",
            "enter asks why, then changes it · + and - change the severity",
        ):
            assert words in text
        for key, name in (
            ("minus", "SEV2 High"),
            ("minus", "SEV3 Medium"),
            ("minus", "SEV4 Low"),
            ("minus", "SEV4 Low"),
            ("plus", "SEV3 Medium"),
            ("2", "SEV2 High"),
            ("2", "SEV2 High"),
            ("3", "SEV3 Medium"),
            ("6", "SEV1 Critical"),
        ):
            await press(pilot, key)
            assert name in screen_text(pilot)
        await press(pilot, "enter")
        assert "SEV2 → SEV1, because:" in screen_text(pilot)
        await answers(pilot, "card data may be readable")
        said = notice(pilot)
        assert said.startswith("SEV2 → SEV1. ")
        assert "Customer message" in said
        assert "a reason to escalate (e): SEV1 is declared" in said
    assert console.last().body == SeveritySet(1, "card data may be readable", "Security breach")


async def test_a_lower_severity_asks_for_less_and_moves_no_promise(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "S", "4", "enter")
        assert "Lower it from SEV2 to SEV4? Fewer deadlines apply then" in screen_text(pilot)
        await press(pilot, "enter")  # the first row, for whoever pressed a key too many
        assert notice(pilot) == "It stays SEV2"
        await press(pilot, "S", "4", "enter", "y")
        await answers(pilot, "only an internal page")
        assert "Customer message: no longer required" in notice(pilot)
        assert "Stakeholder update" not in notice(pilot)
        clocks = screen_text(pilot).split("─ Clocks")[1].split("╰")[0]
        assert "Stakeholder update       06:19" in clocks
        assert "Customer message" not in clocks
        await press(pilot, "S", "escape")
        await settled(pilot)
        assert "SEV4  Checkout errors" in screen_text(pilot)
