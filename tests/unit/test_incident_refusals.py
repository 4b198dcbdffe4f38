"""Why an act is refused: one sentence that says what to do instead."""

from __future__ import annotations

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.incident import refusal
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.lifecycle import SeveritySet, StageSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.timers import TimerFinished

OPEN_REFUSALS = [
    (acts.note("  "), "there is nothing to log yet; write what happened"),
    (acts.action(""), "there is nothing to log yet"),
    (acts.decision(" ", "because"), "there is nothing to log yet"),
    (acts.note("later", at=moment(20)), "that time is in the future; only what has happened can be logged"),
    (acts.declare("Another", 2, now=moment(10)), "incident k7qd3f is declared already"),
    (acts.retitle(" "), "an incident needs a title"),
    (Draft(SeveritySet(7), "SEV7"), "there is no severity 7; it is one of 1, 2, 3 or 4"),
    (Draft(SeveritySet(2), "SEV2"), "it is SEV2 already"),
    (Draft(StageSet("nap"), "Stage"), "there is no stage 'nap'; the stages are detection, triage"),
    (Draft(RoleAssigned("boss", "Priya"), "Boss"), "there is no role 'boss'; the roles are ic, on-call"),
    (Draft(FactSet("mood", "grim"), "Mood"), "there is no fact 'mood'; the facts are system, impact"),
    (Draft(ItemTicked("nap", True), "Nap"), "there is no checklist item 'nap'; the items are severity, responders"),
    (message("resolution"), "it is not resolved yet; resolve the incident before telling people that it is"),
    (message("update", promise=10), "the next update can't be promised for a time before the message itself"),
    (acts.resolve(at=moment(-5)), "it can't be resolved before it began; check the time"),
    (acts.close(), "incident k7qd3f is not resolved yet; resolve it before closing it"),
    (acts.reopen(), "incident k7qd3f is open"),
    (acts.snooze("Update", "update", 0, moment(9), "busy"), "a clock can only be snoozed until a time to come"),
    (acts.snooze("Update", "update", 0, moment(30), " "), "a snooze needs a reason"),
    (acts.start_timer(" ", moment(30)), "a clock of your own needs a label"),
    (acts.start_timer("look", moment(10)), "that time has passed; give a moment to come"),
    (Draft(TimerFinished("here:99"), "Done"), "that clock is no longer running"),
    (acts.dismiss("care", "", "look after the team", " "), "setting advice aside needs a reason"),
    (acts.dismiss("overdue", "update", "LATE", "busy"), "a message that is due can't be set aside; snooze its clock"),
    (acts.dismiss("stand_by", "", "Stand by", "busy"), "can't be set aside"),
    (acts.answer_trigger(BOOK, "mood", True), "there is no trigger 'mood'; they are sev1"),
    (acts.skip_commander(" "), "not doing it is a decision too, and needs its reason"),
    (acts.decline_escalation(""), "needs its reason"),
]


@pytest.mark.parametrize(("draft", "words"), OPEN_REFUSALS, ids=[words[:40] for _, words in OPEN_REFUSALS])
def test_an_act_that_makes_no_sense_is_refused_in_a_sentence(draft: Draft, words: str) -> None:
    reason = Story(2).refused(10, draft)
    assert reason is not None
    assert words in reason
    assert "\n" not in reason


def test_what_became_of_a_decision_needs_a_decision() -> None:
    story = Story()
    fact = story.tell(1, acts.fact(BOOK, "impact", "payment fails"))
    assert story.refused(2, acts.rule_on(fact, "confirmed", "")) == "there is no such decision in this incident"
    assert story.refused(2, acts.add_context(fact, by="Priya")) == "there is no such decision in this incident"


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (acts.declare(" ", 2, now=moment(0)), "an incident needs a title: a few words on what users see"),
        (acts.declare("Checkout", 5, now=moment(0)), "there is no severity 5; it is one of 1, 2, 3 or 4"),
        (acts.declare("Checkout", 2, now=moment(0), learned=moment(9)), "an incident can't begin in the future"),
        (acts.declare("Checkout", 2, now=moment(0), began=moment(9)), "in the future"),
        (
            acts.declare("Checkout", 2, now=moment(0), began=moment(-5), learned=moment(-9)),
            "you can't have learned of it before it began; move the beginning back",
        ),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(draft: Draft, words: str) -> None:
    assert words in (refusal(None, draft, BOOK, moment(0)) or "")


def test_acts_need_an_incident() -> None:
    assert refusal(None, acts.note("hello"), BOOK, moment(0)) == "there is no such incident; declare one first"


def test_a_resolved_incident_takes_all_but_being_resolved_again() -> None:
    story = Story()
    story.tell(10, acts.resolve())
    assert story.refused(11, acts.resolve()) == "incident k7qd3f is already resolved; reopen it first if it came back"
    for draft in (
        acts.note("watching"),
        message("resolution"),
        acts.close(),
        acts.reopen(),
        acts.set_severity(3, "", 2),
    ):
        assert story.refused(11, draft) is None


def test_a_closed_incident_takes_nothing_but_being_reopened() -> None:
    story = Story()
    story.tell(10, acts.resolve())
    story.tell(11, acts.close())
    for draft in (acts.note("one more"), message("update", 2), acts.resolve(), acts.close()):
        assert story.refused(12, draft) == "incident k7qd3f is closed; reopen it first if it is not over"
    assert story.refused(12, acts.reopen("it is back")) is None


def test_corrections_are_refused_without_words_or_of_what_is_gone() -> None:
    story = Story()
    entry = story.tell(1, acts.decision("Roll back"))
    assert "a correction needs words" in (story.refused(2, acts.amend(entry, " ")) or "")
    assert story.refused(2, acts.amend(entry, "Roll forward")) is None
    story.tell(2, acts.retract(entry))
    assert story.refused(3, acts.retract(entry)) == "that line was taken back already"
    assert story.refused(3, acts.amend(entry, "Roll forward")) == "that line was taken back already"


def test_beginnings_ends_and_corrections_have_acts_of_their_own() -> None:
    story = Story()
    note = story.tell(1, acts.note("hello"))
    told = [story.entries[0], story.tell(2, acts.retract(note)), story.tell(3, acts.amend(note, "hi"))]
    told += [story.tell(4, acts.resolve()), story.tell(5, acts.close()), story.tell(6, acts.reopen())]
    assert not any(entry.body.may_be_retracted for entry in told)
    assert note.body.may_be_retracted
