"""The one next thing to do: every rule, their order, and that there always is one."""

from __future__ import annotations

import msgspec
import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.advice import next_message_number
from warroom.model.after_the_fix import PostMortem
from warroom.model.entries import Draft
from warroom.model.kinds.advice import AdviceDismissed
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

ITEMS = [item.id for phase in BOOK.phases for item in phase.items]


def calm(severity: int = 2, promise: float | None = 60) -> Story:
    """An incident with everything of the first 30 minutes done by minute 9, and the next update promised."""
    story = Story(severity)
    for item in ITEMS:
        story.tell(1, acts.items.tick(BOOK, item))
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    if severity == 1:
        story.tell(3, acts.escalation.decline_escalation("they are in the room"))
    for fact in ("impact", "affected", "workaround"):
        story.tell(4, acts.facts.fact(BOOK, fact, "known"))
    story.tell(8, message("customer"))
    story.tell(9, message("initial", promise=promise))
    return story


def led(severity: int = 2) -> Story:
    """An incident just declared, with its commander known."""
    story = Story(severity)
    story.tell(0, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    return story


def told(story: Story, minute: float) -> tuple[str, str, str]:
    """The rule that speaks, its words, and what its action is about."""
    line = story.now(minute)
    return line.rule, line.text, line.target


def test_overdue_promise() -> None:
    line = calm().now(63)
    assert (line.rule, line.action, line.target, line.late) == ("overdue", "update", "update", True)
    assert line.text == "Stakeholder update is LATE by 03:00: send status update #2"
    assert line.reason


@pytest.mark.parametrize(
    ("level", "minute", "words", "target"),
    [
        (2, 16, "Acknowledgement is LATE by 01:00: send the initial acknowledgement", "initial"),
        (3, 400, None, None),
    ],
)
def test_overdue_acknowledgement(level: int, minute: float, words: str | None, target: str | None) -> None:
    rule, text, about = told(Story(level), minute)
    if words is None:
        assert rule != "overdue"
    else:
        assert (rule, text, about) == ("overdue", words, target)


def test_overdue_customer_message() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=60))
    assert told(story, 31) == ("overdue", "Customer message is LATE by 01:00: send the customer message", "customer")


def test_what_has_been_late_for_longest_comes_first() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=29))
    assert told(story, 40)[2] == "update"
    story = Story(2)
    story.tell(9, message("initial", promise=31))
    assert told(story, 40)[1:] == ("Customer message is LATE by 10:00: send the customer message", "customer")


def test_overdue_after_the_resolution_asks_for_the_resolution_notice() -> None:
    story = calm()
    story.tell(50, acts.lifecycle.resolve())
    assert told(story, 63) == (
        "overdue",
        "Stakeholder update is LATE by 03:00: send the resolution notice",
        "resolution",
    )


def test_due_acknowledgement_comes_once_it_is_near() -> None:
    story = led()
    assert told(story, 4.9)[0] == "phase_item"
    assert told(story, 5) == ("acknowledge", "Send the initial acknowledgement: due 03:32, in 10:00", "initial")


def test_promised_update_comes_ten_minutes_before() -> None:
    story = calm()
    assert told(story, 49.9)[0] != "update_soon"
    assert told(story, 50) == (
        "update_soon",
        "Send status update #2: promised for 04:17, due in 10:00",
        "update",
    )


def test_an_update_that_was_not_promised_is_not_said_to_be() -> None:
    story = calm(promise=None)
    assert told(story, 60)[1] == "Send status update #2: expected by 04:26, due in 09:00"


def test_a_promised_update_after_the_resolution_is_the_resolution_notice() -> None:
    story = calm()
    story.tell(50, acts.lifecycle.resolve())
    assert told(story, 55) == (
        "update_soon",
        "Send the resolution notice: promised for 04:17, due in 05:00",
        "resolution",
    )


def test_own_clock_that_ran_out() -> None:
    story = calm()
    timer = story.tell(10, acts.timers.start_timer("ask {due} of Priya", moment(20)))
    assert told(story, 19)[0] == "stand_by"
    assert told(story, 20) == ("own_clock", "Your own clock: ask {due} of Priya, due 03:37", f"timer:{timer.key}")
    story.tell(21, acts.timers.finish_timer(story.incident, timer.key, moment(21)))
    assert told(story, 21)[0] == "stand_by"


def test_resolution_notice_is_asked_for_until_it_is_sent() -> None:
    story = calm()
    story.tell(40, acts.lifecycle.resolve())
    assert told(story, 40) == (
        "resolution_notice",
        "Send the resolution notice to everyone you told",
        "resolution",
    )
    story.tell(41, message("resolution"))
    assert told(story, 41)[::2] == ("customer_notice", "customer")
    story.tell(42, message("customer"))
    assert told(story, 42)[::2] == ("recovery", "verified")
    story.tell(50, acts.lifecycle.reopen())
    story.tell(51, acts.lifecycle.resolve())
    assert told(story, 51)[0] == "resolution_notice"


def test_nobody_is_told_of_an_end_who_was_not_told_of_the_beginning() -> None:
    story = Story(4)
    story.tell(40, acts.lifecycle.resolve())
    assert told(story, 40)[0] == "close"


def test_phase_items_come_one_by_one() -> None:
    story = led()
    assert told(story, 1) == ("phase_item", "0–5 Assess: Severity known", "severity")
    story.tell(1, acts.items.tick(BOOK, "severity"))
    assert told(story, 1) == ("phase_item", "0–5 Assess: User impact", "impact")


def test_a_trigger_that_holds_wants_a_decision() -> None:
    story = calm(1)
    assert told(story, 10)[0] == "stand_by"
    story.tell(11, acts.escalation.answer_trigger(BOOK, "churn", True))
    rule, text, target = told(story, 12)
    assert (rule, target) == ("trigger", "churn")
    assert text == "Ask the commander to agree to escalate: churn risk is high"
    story.tell(13, acts.escalation.decline_escalation("the account team has it"))
    assert told(story, 14)[0] == "stand_by"
    story.tell(15, acts.escalation.answer_trigger(BOOK, "exposure", True))
    story.tell(16, message("escalation"))
    assert told(story, 17)[0] == "stand_by"


def test_a_missing_commander() -> None:
    story = calm()
    story.tell(10, acts.roles.assign(BOOK, story.incident, "ic", ""))
    assert told(story, 10) == ("no_commander", "Find out who the incident commander is", "ic")
    lesser = Story(4)
    assert told(lesser, 10)[0] == "stand_by"


def test_a_customer_message_is_asked_for_ten_minutes_before() -> None:
    story = calm()
    story.tell(10, acts.corrections.retract(next(said.entry for said in story.incident.sent(["customer"]))))
    assert told(story, 19) == ("stand_by", "Stand by; next is Customer message at 03:47 UTC", "")
    assert told(story, 20) == ("customer", "Send the customer message: due 03:47, in 10:00", "customer")


def test_after_two_hours_the_team_needs_food_and_relief_once() -> None:
    story = calm(2, promise=None)
    story.tell(9, acts.escalation.decline_escalation("nothing to gain"))
    story.tell(100, message("update", 2, promise=160))
    assert told(story, 119)[0] == "stand_by"
    assert told(story, 122)[0] == "trigger"
    story.tell(122, acts.escalation.decline_escalation("still nothing to gain"))
    assert told(story, 122)[:2] == ("care", "2 h 2 min in: get food, coffee and relief for the team")
    story.tell(123, acts.advice.dismiss("care", "", "look after the team", "pizza is here"))
    assert told(story, 124)[0] == "stand_by"


def test_a_smaller_incident_is_left_in_peace() -> None:
    for level in (3, 4):
        story = calm(level, promise=None)
        assert {told(story, minute)[0] for minute in range(10, 480, 5)} == {"stand_by"}
    assert told(calm(3, promise=None), 481)[::2] == ("trigger", "over_2h")


def test_recovery() -> None:
    story = calm()
    story.tell(40, acts.lifecycle.resolve())
    story.tell(41, message("resolution"))
    story.tell(41, message("customer"))
    line = story.now(42)
    assert (line.rule, line.action, line.target) == ("recovery", "recovery", "verified")
    assert line.text == "The fix works (verified): due 04:57 UTC, in 58 min"
    for item in [item.row.id for item in Snapshot(story.incident, BOOK, moment(42)).recovery.items]:
        story.tell(43, acts.recovery.set_item(BOOK, item, "done" if item != "post-mortem" else "open"))
    words = "Write the post-mortem: due 2026-11-25 03:57 UTC, in 47 h 56 min"
    assert told(story, 44) == ("post_mortem", words, "post-mortem")
    story.tell(45, acts.post_mortem.set_state("done"))
    assert told(story, 46)[:2] == ("close", "Close the incident: nothing is owed any more")
    added = story.tell(46, acts.action_items.add("Limit the retries", owner="Ana", due="2026-11-24"))
    assert told(story, 46 + 24 * 60)[0] == "close"
    assert told(story, 46 + 48 * 60) == (
        "action_item",
        "Overdue action item: Limit the retries (Ana, due 2026-11-24)",
        added.key,
    )


def test_a_playbook_without_recovery_has_the_incident_closed_by_hand() -> None:
    story = Story(2, msgspec.structs.replace(BOOK, recovery=[], post_mortem=PostMortem()))
    story.tell(40, acts.lifecycle.resolve())
    assert story.now(42).rule == "stand_by"


def test_stand_by() -> None:
    story = calm()
    assert told(story, 20) == ("stand_by", "Stand by; next is Stakeholder update at 04:17 UTC", "")
    assert told(Story(4), 20)[1] == "Stand by; keep the log"
    story.tell(40, acts.lifecycle.resolve())
    story.tell(41, acts.lifecycle.close())
    assert told(story, 100)[1] == "Stand by; the incident is closed"


def test_a_snoozed_clock_is_not_nagged_about() -> None:
    story = calm()
    story.tell(62, acts.timers.snooze("Stakeholder update", "update", moment(60), moment(75), "in the bridge"))
    assert told(story, 63)[:2] == ("stand_by", "Stand by; Stakeholder update is snoozed until 04:32 UTC")
    assert told(story, 75)[0] == "overdue"


def test_a_snoozed_acknowledgement_lets_the_checklist_speak() -> None:
    story = led()
    story.tell(6, acts.timers.snooze("Acknowledgement", "acknowledgement", moment(15), moment(12), "reading in"))
    assert told(story, 7)[0] == "phase_item"
    assert told(story, 12)[0] == "acknowledge"


def test_advice_set_aside_is_not_given_again() -> None:
    story = led()
    story.tell(1, acts.advice.dismiss("phase_item", "severity", "Severity known", "our own scale"))
    assert told(story, 1)[2] == "impact"
    story = calm()
    story.tell(10, acts.roles.assign(BOOK, story.incident, "ic", ""))
    story.tell(11, acts.advice.dismiss("no_commander", "ic", "Find out who", "we have none"))
    assert told(story, 12)[0] == "stand_by"


@pytest.mark.parametrize(("rule", "about"), [("overdue", "update"), ("stand_by", "")])
def test_what_is_due_can_not_be_set_aside_for_good(rule: str, about: str) -> None:
    story = calm()
    story.tell(10, Draft(AdviceDismissed(rule, about, "from another version"), "Set aside"))
    assert told(story, 20)[0] == "stand_by"
    assert told(story, 61)[0] == "overdue"


def test_a_companys_own_order_and_words_count() -> None:
    rules = {rule.id: rule for rule in BOOK.now}
    first = msgspec.structs.replace(rules["no_commander"], text="Who leads?")
    story = Story(2, msgspec.structs.replace(BOOK, now=[first, rules["stand_by"]]))
    assert told(story, 20)[1] == "Who leads?"
    story.tell(20, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    assert told(story, 20)[0] == "stand_by"


def test_the_same_entries_give_the_same_line() -> None:
    story = calm(1)
    for minute in range(0, 200, 7):
        assert story.now(minute) == story.now(minute)
        again = Story(1)
        again.entries = list(reversed(story.entries))
        assert again.now(minute) == story.now(minute)


def test_updates_count_on_from_the_acknowledgement() -> None:
    story = Story(2)
    assert next_message_number(story.incident, "update") == 1
    story.tell(9, message("initial"))
    assert next_message_number(story.incident, "update") == 2
    story.tell(10, message("update", 2))
    assert (next_message_number(story.incident, "update"), next_message_number(story.incident, "customer")) == (3, 1)


def test_the_line_is_in_the_readers_zone() -> None:
    from datetime import timedelta, timezone

    story = calm()
    line = Snapshot(story.incident, BOOK, moment(20), timezone(timedelta(hours=1), "CET")).advice
    assert line.text == "Stand by; next is Stakeholder update at 05:17 CET"
    assert moment(60) - moment(0) == 60 * MINUTE
