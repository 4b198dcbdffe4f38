"""The NOW line names the one next thing, and enter on it does that thing; what was set aside is not asked again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.console import (
    LARGE,
    MARK_SENT,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    choices,
    composer_values,
    failed,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
    words_in_line,
)
from warroom import places
from warroom.model import acts
from warroom.model.kinds.advice import AdviceDismissed
from warroom.model.kinds.log import ActionTaken
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.timers import ClockSnoozed
from warroom.model.times import HOUR
from warroom.screens.escalate import EscalateScreen
from warroom.session import Session

LANE = "have you tried restarting it"


def now_line(lines: list[str]) -> str:
    """What the second row says, its keys left out."""
    return lines[1].split("NOW ▸ ")[1].split("  ")[0].strip()


def says_now(lines: list[str]) -> str:
    """The same; when it is due is said at the right, once, where it would cost a row to say it twice."""
    at = re.search(r"DUE (\d\d:\d\d)", lines[1])
    text = now_line(lines)
    return f"{text}: due {at[1]}" if at and ": due" not in text and len(lines[1]) < 100 else text


def acknowledged(console: Console) -> Session:
    """The checkout incident with every item ticked and update #2 sent: nothing of the first 30 minutes is left."""
    session = console.half_told()
    for phase in PLAYBOOK.phases:
        session.apply(*(acts.items.tick(PLAYBOOK, item.id) for item in phase.items))
    return session


def led(console: Console, severity: int = 2) -> Session:
    """The checkout incident just declared, with its commander known."""
    session = console.declare(severity=severity)
    session.apply(acts.roles.assign(PLAYBOOK, session.incident, "ic", "Priya"))
    return session


def snooze(console: Console, session: Session, id: str) -> None:
    """Quieten a clock for an hour, so that another one is heard."""
    clock = next(clock for clock in session.snapshot().clocks if clock.id == id)
    session.apply(acts.timers.snooze(clock.label, id, clock.due, console.clock() + HOUR, "told on the phone"))


def ack_is_near(console: Console) -> None:
    console.declare()
    console.clock.advance(minutes=6)


def update_is_late(console: Console) -> None:
    snooze(console, console.half_told(), "customer")
    console.clock.advance(minutes=8)


def own_clock_ran_out(console: Console) -> None:
    session = console.declare(severity=3)
    session.apply(acts.timers.start_timer("check with the commander", console.clock() + 600_000))
    console.clock.advance(minutes=11)


def two_hours_in(console: Console) -> None:
    session = led(console)
    for phase in PLAYBOOK.phases:
        session.apply(*(acts.items.tick(PLAYBOOK, item.id) for item in phase.items))
    session.apply(*(acts.facts.fact(PLAYBOOK, fact, "known") for fact in ("impact", "affected", "workaround")))
    console.clock.advance(hours=2)
    snooze(console, session, "acknowledgement")
    snooze(console, session, "customer")


def trigger_holds(console: Console) -> Session:
    session = led(console, 4)
    session.apply(acts.facts.fact(PLAYBOOK, "customers", "Acme, Globex"))
    return session


def commander_agrees(console: Console) -> None:
    trigger_holds(console).apply(acts.escalation.tell_commander("in the bridge", agrees=True))


def fact_is_missing(console: Console) -> None:
    session = led(console)
    for phase in PLAYBOOK.phases:
        session.apply(*(acts.items.tick(PLAYBOOK, item.id) for item in phase.items))


def customers_wait(console: Console) -> None:
    session = console.declare(severity=4)
    session.apply(acts.messages.send(MessageSent("customer", 1, "customers", "", "We see errors"), "Customer message"))
    session.apply(acts.lifecycle.resolve("rolled back"))


def resolved(console: Console) -> None:
    session = console.half_told()
    session.apply(acts.lifecycle.resolve("rolled back"))
    snooze(console, session, "update")


def to_be_verified(console: Console) -> None:
    console.declare(severity=3).apply(acts.lifecycle.resolve("rolled back"))


def over_and_nobody_was_told_of_it(console: Console) -> None:
    console.declare(severity=4).apply(acts.lifecycle.resolve("rolled back"))


@pytest.mark.parametrize(
    ("story", "says", "then"),
    [
        (ack_is_near, "Send the initial acknowledgement: due 03:32", "Compose · Initial acknowledgement"),
        (update_is_late, "Stakeholder update is LATE by 01:41: send status update #2", "Compose · Status update #2"),
        (Console.half_told, "Send status update #2: promised for 03:53", "Compose · Status update #2"),
        (own_clock_ran_out, "Your own clock: check with the commander, due 03:27", "Done"),
        (two_hours_in, "2 h in: get food, coffee and relief for the team", "For the team:"),
        (Console.declare, "Find out who the incident commander is", "Incident commander:"),
        (led, "0–5 Assess: Severity known", "Severity known:"),
        (trigger_holds, "Ask the commander to agree to escalate: several", "Escalate?"),
        (commander_agrees, "Send the escalation: several major customers are affected", "Compose · Escalation"),
        (fact_is_missing, "Find out: User impact. The message due 03:32 states it", "User impact:"),
        (customers_wait, "Tell customers that it is fixed", "Compose · Customer message"),
        (resolved, "Send the resolution notice to everyone you told", "Compose · Resolution notice"),
        (to_be_verified, "The fix works (verified): due 04:17 CET", "Next: The fix works (verified), by 04:17 CET"),
        (over_and_nobody_was_told_of_it, "Close the incident: nothing is owed any more", "Close:"),
        (lambda console: console.declare(severity=4), "Stand by; keep the log", "> log what happened…"),
    ],
    ids=[
        "acknowledge",
        "overdue",
        "update",
        "own_clock",
        "care",
        "commander",
        "item",
        "trigger",
        "escalation",
        "fact",
        "customers",
        "notice",
        "recovery",
        "close",
        "stand_by",
    ],
)
async def test_each_rule_says_its_thing_and_enter_does_it(
    console: Console, story: Callable[[Console], object], says: str, then: str
) -> None:
    story(console)
    async with console.opened(LARGE, "ck14mq") as pilot:
        assert now_line(screen_lines(pilot)).startswith(says)
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert says_now(screen_lines(pilot)).startswith(says)
        await press(pilot, "enter")
        assert then in screen_text(pilot)
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        assert then in screen_text(pilot)


async def test_once_the_first_half_hour_is_done_it_is_the_customers_the_commander_then_the_end(
    console: Console,
) -> None:
    acknowledged(console)
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "r", "enter", "enter", "-")
        await press(pilot, "enter", "escape", *MARK_SENT)  # update #2, which is due
        assert now_line(screen_lines(pilot)) == "Send the customer message: due 03:53"
        await press(pilot, "1", "enter")
        assert "Compose · Customer" in screen_text(pilot)
        await press(pilot, "escape", "escape", "1")
        await answers(pilot, "i", "told on the phone")
        assert now_line(screen_lines(pilot)) == "Find out who the incident commander is"
        await answers(pilot, "enter", "Chen")
        assert "IC Chen" in screen_text(pilot)
        await answers(pilot, "x", "rolled back")
        await press(pilot, "enter")
        assert composer_values(pilot)["resolution"] == "rolled back"
        await press(pilot, "escape", "escape", "1", "i")
        await answers(pilot, "told on the phone")
        assert now_line(screen_lines(pilot)) == "The fix works (verified): due 04:46 CET, in 1 h"
        await press(pilot, "enter")
        assert "Next: The fix works (verified), by 04:46 CET, 1:00:00 left" in screen_text(pilot)
        await press(pilot, "escape")
        await answers(pilot, "x", "down", "enter", "")
        assert now_line(screen_lines(pilot)) == "The fix works (verified): due 04:46 CET, in 1 h"


async def test_advice_is_set_aside_with_a_reason_and_never_comes_back(console: Console) -> None:
    console.declare()
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "i", "")
        assert failed(pilot)
        assert "needs a reason" in notice(pilot)
        await answers(pilot, "the day shift leads itself")
        assert "Set aside: Find out who the incident commander is" in console.last().text
        for _ in range(3):
            assert now_line(screen_lines(pilot)) == "0–5 Assess: Severity known"
            console.clock.advance(minutes=1)
            incident_screen(pilot).beat()
            await pilot.pause()
        await answers(pilot, "i", "somebody else keeps it")
        assert now_line(screen_lines(pilot)) == "0–5 Assess: Who is responding"
        await press(pilot, "2")
        assert "set aside  Set aside: 0–5 Assess: Severity known" in screen_text(pilot)
    console.start_again()
    async with console.opened(SMALL) as pilot:
        assert now_line(screen_lines(pilot)) == "0–5 Assess: Who is responding"
    assert console.last().body == AdviceDismissed("phase_item", "severity", "somebody else keeps it")


async def test_a_promise_is_not_set_aside_but_snoozed_with_a_reason(console: Console) -> None:
    update_is_late(console)
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "i", "")
        assert "needs a reason" in notice(pilot)
        assert "Snooze Stakeholder update until 04:05, because:" in screen_text(pilot)
        await answers(pilot, "writing it with Priya")
        assert "Stakeholder update" not in now_line(screen_lines(pilot))
        console.clock.advance(minutes=11)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert now_line(screen_lines(pilot)).startswith("Stakeholder update is LATE by 12:41")
    body = console.last().body
    assert isinstance(body, ClockSnoozed)
    assert (body.clock, body.because) == ("update", "writing it with Priya")


async def test_there_is_nothing_to_set_aside_while_standing_by(console: Console) -> None:
    console.declare(severity=4)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "i")
        assert notice(pilot) == "There is no advice to set aside"
        assert incident_screen(pilot).page.line.question.id == "log"


async def test_what_was_done_for_the_team_is_logged_and_not_asked_again(console: Console) -> None:
    two_hours_in(console)
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "c", "")
        assert now_line(screen_lines(pilot)).startswith("2 h in")
        await answers(pilot, "c", "pizza ordered; Ana relieves Marcus at 05:30")
        assert now_line(screen_lines(pilot)).startswith("Stand by; ")
        console.clock.advance(minutes=30)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert now_line(screen_lines(pilot)).startswith(
            "Ask the commander to agree to escalate: it has gone on for 2 h 30 min"
        )
    done = [entry for entry in console.entries() if isinstance(entry.body, ActionTaken)]
    assert [entry.text for entry in done] == ["For the team: pizza ordered; Ana relieves Marcus at 05:30"]


async def test_words_out_of_ones_lane_raise_a_hint_once_for_each_kind_and_never_stand_in_the_way(
    console: Console,
) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await press(pilot, "l")
        await types(pilot, "error rate is down")
        assert notice(pilot) == ""
        await press(pilot, "ctrl+u")
        await types(pilot, LANE)
        assert notice(pilot).startswith("“have you tried”: The engineers are on it.")
        assert not failed(pilot)
        await press(pilot, "enter")
        assert (console.last().kind, console.last().text) == ("note", LANE)
        await press(pilot, "l", "ctrl+u")
        await types(pilot, "have you checked the cache")
        assert "The engineers are on it" not in notice(pilot), "each kind of mistake only once"
        await press(pilot, "ctrl+u")
        await types(pilot, "why is it taking so long")
        assert "Asking does not make it faster" in notice(pilot)
        await press(pilot, "ctrl+u")
        await types(pilot, "Marcus broke the deploy")
        assert "Write what the system allowed" in notice(pilot)
        await press(pilot, "ctrl+u", "escape")
        await press(pilot, "d", "ctrl+u")
        await types(pilot, "Roll back payment service")
        assert "Engineering chooses the fix" not in screen_text(pilot), "a decision is logged, whoever made it"
        await press(pilot, "ctrl+u", "escape")
        other = console.declare("Search is slow", 3)
        pilot.app.show_incident(other.incident.id)  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "l")
        await types(pilot, "why is it taking so long")
        assert "Asking does not make it faster" in notice(pilot), "once for each incident"


async def test_silence_leaving_out_the_commander_and_closing_without_a_post_mortem_are_hinted_at(
    console: Console,
) -> None:
    update_is_late(console)
    console.clock.advance(minutes=-20)
    async with console.opened(LARGE) as pilot:
        for minutes in (20, 60):
            console.clock.advance(minutes=minutes)
            incident_screen(pilot).beat()
            await pilot.pause()
            assert ("Send the update now, even if there is nothing new" in notice(pilot)) == (minutes == 20)
            incident_screen(pilot).page.say("")
        await press(pilot, "e", "k")
        assert "Tell the incident commander first" in screen_text(pilot)
        await press(pilot, "escape", "escape")
        await answers(pilot, "x", "rolled back")
        await press(pilot, "x", "down", "enter")
        assert "Set a date for the post-mortem" in notice(pilot)


async def test_the_hint_speaks_in_messages_too(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await settled(pilot)
        await press(pilot, "u")
        await types(pilot, "why is it taking so long")
        assert "Asking does not make it faster" in notice(pilot)


async def test_the_hint_is_off_with_one_setting(console: Console) -> None:
    shipped = (places.templates() / "playbook.toml").read_text("utf-8")
    console.config.mkdir()
    (console.config / "playbook.toml").write_text(shipped.replace("lane_hints = true", "lane_hints = false"), "utf-8")
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await types(pilot, LANE)
        assert notice(pilot) == ""
        assert words_in_line(pilot) == LANE


async def test_from_now_to_the_message_and_back_a_trigger_is_decided_on(console: Console) -> None:
    trigger_holds(console)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EscalateScreen)
        assert [row.split("  ")[0] for row in choices(pilot)][-1].startswith("● applies")
        await answers(pilot, "x", "both have the workaround")
        assert now_line(screen_lines(pilot)) == "Stand by; keep the log"
