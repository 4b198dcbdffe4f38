"""Why an act is refused: one sentence that says what to do instead."""

from __future__ import annotations

import pytest

from tests.conftest import Clock
from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.incident import refusal
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.kinds.stages import StageSet
from warroom.model.kinds.timers import TimerFinished
from warroom.session import Session
from warroom.store.journal import Journal

OPEN_REFUSALS = [
    (acts.log.note("  "), "there is nothing to log yet; write what happened"),
    (acts.log.action(""), "there is nothing to log yet"),
    (acts.decisions.decision(" ", "because"), "there is nothing to log yet"),
    (acts.log.note("later", at=moment(20)), "that time is in the future; only what has happened can be logged"),
    (acts.lifecycle.declare("Another", 2, now=moment(10)), "incident k7qd3f is already declared"),
    (acts.lifecycle.retitle(" "), "an incident needs a title"),
    (Draft(SeveritySet(7), "SEV7"), "there is no severity 7; it is one of 1, 2, 3 or 4"),
    (Draft(SeveritySet(2), "SEV2"), "it is already SEV2"),
    (acts.severity.set_severity(3, " ", 2), "a change of severity needs a reason"),
    (Draft(StageSet("nap"), "Stage"), "there is no stage 'nap'; the stages are detection, triage"),
    (Draft(RoleAssigned("boss", "Priya"), "Boss"), "there is no role 'boss'; the roles are ic, on-call"),
    (Draft(RoleAssigned("ic", "", "Ana"), "IC"), "nobody is incident commander, so nobody can step back"),
    (Draft(FactSet("mood", "grim"), "Mood"), "there is no fact 'mood'; the facts are system, impact"),
    (acts.facts.fact(BOOK, "impact", " -- "), "“--” says nothing; write what is known, or ? if nobody knows"),
    *(
        (
            acts.facts.fact(BOOK, name, value),
            f"“{value}” can't be “{label}”: write a figure that is not below zero; for",
        )
        for name, value, label in (
            ("revenue_per_hour", "-5", "Revenue per hour"),
            ("revenue_per_hour", "-$12k per hour", "Revenue per hour"),
            ("revenue_per_hour", "€−4", "Revenue per hour"),
            ("revenue_per_hour", "NaN", "Revenue per hour"),
            ("revenue_per_hour", "1e400", "Revenue per hour"),
            ("customers", "-40 enterprise customers", "Customers affected"),
            ("tickets", "-inf", "Tickets so far"),
        )
    ),
    (Draft(ItemTicked("nap", True), "Nap"), "there is no checklist item 'nap'; the items are severity, responders"),
    (message("resolution"), "it is not resolved yet; resolve the incident before telling people that it is"),
    (message("update", promise=10), "the next update can't be promised for a time before the message itself"),
    (acts.lifecycle.resolve(at=moment(-5)), "it can't be resolved before it began; check the time"),
    (acts.lifecycle.close(), "incident k7qd3f is not resolved yet; resolve it before closing it"),
    (acts.lifecycle.reopen(), "incident k7qd3f is open"),
    (
        acts.timers.snooze("Update", "update", 0, moment(9), "busy"),
        "a clock can only be snoozed until a time in the future",
    ),
    (acts.timers.snooze("Update", "update", 0, moment(30), " "), "a snooze needs a reason"),
    (acts.timers.start_timer(" ", moment(30)), "a clock of your own needs a label"),
    (acts.timers.start_timer("look", moment(10)), "that time has passed; give a time in the future"),
    (Draft(TimerFinished("here:99"), "Done"), "that clock is no longer running"),
    (acts.advice.dismiss("care", "", "look after the team", " "), "setting advice aside needs a reason"),
    (
        acts.advice.dismiss("overdue", "update", "LATE", "busy"),
        "a message that is due can't be set aside; snooze its clock",
    ),
    (acts.advice.dismiss("stand_by", "", "Stand by", "busy"), "can't be set aside"),
    (acts.escalation.answer_trigger(BOOK, "mood", True), "there is no trigger 'mood'; they are sev1"),
    (acts.escalation.skip_commander(" "), "skipping the commander, or not escalating, needs a reason"),
    (acts.escalation.decline_escalation(""), "needs a reason"),
]


@pytest.mark.parametrize(("draft", "words"), OPEN_REFUSALS, ids=[words[:40] for _, words in OPEN_REFUSALS])
def test_an_act_that_makes_no_sense_is_refused_in_a_sentence(draft: Draft, words: str) -> None:
    reason = Story(2).refused(10, draft)
    assert reason is not None
    assert words in reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("customers", "- 40 enterprise customers"),
        ("customers", "none"),
        ("customers", "N/A"),
        ("customers", "Nan Corp, Infinity Ltd"),
        ("customers", "?"),
        ("revenue_per_hour", "0"),
        ("revenue_per_hour", "$30-40k"),
        ("revenue_per_hour", "a lot"),
        ("tickets", "37, mostly -20 % refunds"),
        ("affected", "-20 % conversions"),
        ("impact", "-5 degrees in the cold store"),
    ],
)
def test_what_may_be_a_fact_is_kept_as_it_was_typed(name: str, value: str) -> None:
    assert Story(2).refused(10, acts.facts.fact(BOOK, name, value)) is None


def test_what_became_of_a_decision_needs_a_decision() -> None:
    story = Story()
    fact = story.tell(1, acts.facts.fact(BOOK, "impact", "payment fails"))
    assert (
        story.refused(2, acts.decisions.review(fact, "confirmed", "")) == "there is no such decision in this incident"
    )
    assert (
        story.refused(2, acts.decisions.add_context(fact, by="Priya")) == "there is no such decision in this incident"
    )


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (acts.lifecycle.declare(" ", 2, now=moment(0)), "an incident needs a title: a few words about what users see"),
        (acts.lifecycle.declare("Checkout", 5, now=moment(0)), "there is no severity 5; it is one of 1, 2, 3 or 4"),
        (
            acts.lifecycle.declare("Checkout", 2, now=moment(0), learned=moment(9)),
            "an incident can't begin in the future",
        ),
        (acts.lifecycle.declare("Checkout", 2, now=moment(0), began=moment(9)), "in the future"),
        (
            acts.lifecycle.declare("Checkout", 2, now=moment(0), began=moment(-5), learned=moment(-9)),
            "you can't have learned of it before it began; give an earlier start",
        ),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(draft: Draft, words: str) -> None:
    assert words in (refusal(None, draft, BOOK, moment(0)) or "")


def test_acts_need_an_incident() -> None:
    assert refusal(None, acts.log.note("hello"), BOOK, moment(0)) == "there is no such incident; declare one first"


def test_a_resolved_incident_takes_all_but_being_resolved_again() -> None:
    story = Story()
    story.tell(10, acts.lifecycle.resolve())
    assert (
        story.refused(11, acts.lifecycle.resolve())
        == "incident k7qd3f is already resolved; reopen it first if it came back"
    )
    for draft in (
        acts.log.note("watching"),
        message("resolution"),
        acts.lifecycle.close(),
        acts.lifecycle.reopen(),
        acts.severity.set_severity(3, "only one region", 2),
    ):
        assert story.refused(11, draft) is None


def test_a_closed_incident_takes_nothing_but_being_reopened() -> None:
    story = Story()
    story.tell(10, acts.lifecycle.resolve())
    story.tell(11, acts.lifecycle.close())
    for draft in (acts.log.note("one more"), message("update", 2), acts.lifecycle.resolve(), acts.lifecycle.close()):
        assert story.refused(12, draft) == "incident k7qd3f is closed; reopen it first if it is not over"
    assert story.refused(12, acts.lifecycle.reopen("it is back")) is None


def test_corrections_are_refused_without_words_or_of_what_is_gone() -> None:
    story = Story()
    entry = story.tell(1, acts.decisions.decision("Roll back"))
    assert "write the corrected text" in (story.refused(2, acts.corrections.amend(entry, " ")) or "")
    assert story.refused(2, acts.corrections.amend(entry, "Roll forward")) is None
    story.tell(2, acts.corrections.retract(entry))
    assert story.refused(3, acts.corrections.retract(entry)) == "that line has already been taken back"
    assert story.refused(3, acts.corrections.amend(entry, "Roll forward")) == "that line has already been taken back"


def test_beginnings_and_ends_have_acts_of_their_own() -> None:
    story = Story()
    note = story.tell(1, acts.log.note("hello"))
    told = [
        story.entries[0],
        story.tell(4, acts.lifecycle.resolve()),
    ]
    assert story.refused(5, acts.corrections.retract(told[1], "not over")) is None
    assert acts.corrections.retract(told[1], "not over").body.leads_to == "open"
    told += [
        story.tell(5, acts.lifecycle.close()),
        story.tell(6, acts.lifecycle.reopen()),
    ]
    assert [entry.kind for entry in told if entry.body.may_be_retracted] == ["resolved"]
    assert story.refused(7, acts.corrections.retract(told[1], "not over")) == "it was reopened since then"
    assert note.body.may_be_retracted


def test_an_incident_declared_by_a_clock_that_ran_ahead_can_be_ended(journal: Journal, clock: Clock) -> None:
    def session_now(now: Clock) -> Session:
        return Session(journal, lambda: BOOK, declared.incident.id, author="Dana", now=now)

    clock.advance(hours=3)
    declared = Session.declare(
        journal, lambda: BOOK, acts.lifecycle.declare("Down", 2, now=clock()), author="Dana", now=clock
    )
    clock.advance(hours=-3)
    session = session_now(clock)
    session.apply(acts.log.note("Logged by the right clock"))
    session.apply(acts.lifecycle.resolve("Fixed", at=clock() - 1000))
    assert session.incident.elapsed(clock()) == 0
    session.apply(acts.lifecycle.close())
    assert session.incident.state == "closed"


def test_what_is_shown_as_a_line_is_short() -> None:
    long = "x" * 60_000
    for draft in (acts.facts.fact(BOOK, "impact", long), acts.lifecycle.retitle(long)):
        assert "characters are too many here (50,000 at most)" in str(Story(2).refused(10, draft))
    assert Story(2).refused(10, acts.log.note(long)) is None
