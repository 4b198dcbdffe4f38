"""The words the timeline shows for each act, and what a change of severity did in words."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.clocks import clock_changes
from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Declared
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import SECOND

NOTE = Story().tell(5, acts.log.note("Errors at 20 %"))
DECISION = Story().tell(6, acts.decisions.decision("Roll back"))
CET = timezone(timedelta(hours=1), "CET")


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (acts.lifecycle.declare("Checkout errors", 2, now=0), "Declared SEV2: Checkout errors"),
        (
            acts.lifecycle.declare(" Checkout\nerrors ", 1, now=0, detected_by="5xx alert"),
            "Declared SEV1: Checkout ⏎ errors; detected by 5xx alert",
        ),
        (acts.log.note("  Errors at 20 % "), "Errors at 20 %"),
        (acts.log.action(" Rolled back ", " Marcus "), "Rolled back"),
        (acts.decisions.decision(" Roll back ", " faster "), "Roll back"),
        (acts.items.tick(BOOK, "needed"), "✓ Am I needed now"),
        (acts.items.tick(BOOK, "needed", value=" later "), "✓ Am I needed now: later"),
        (acts.items.tick(BOOK, "needed", done=False), "not done: Am I needed now"),
        (acts.items.tick(BOOK, "unheard-of"), "✓ unheard-of"),
        (acts.facts.fact(BOOK, "impact", " payment fails "), "User impact: payment fails"),
        (acts.facts.fact(BOOK, "impact", " "), "User impact: no longer known"),
        (acts.roles.assign(BOOK, None, "ic", " Priya "), "Incident commander: Priya"),
        (acts.roles.assign(BOOK, None, "ic", "Priya, +1 555 0100"), "Incident commander: Priya (+1 555 0100)"),
        (acts.roles.assign(BOOK, None, "ic", ""), "Incident commander: nobody steps back"),
        (acts.severity.set_severity(1, " all users ", 2), "SEV2 → SEV1: all users"),
        (acts.severity.set_severity(3, "", 2), "SEV2 → SEV3"),
        (acts.stages.set_stage(BOOK, "recovery"), "Stage: Recovery"),
        (acts.stages.set_stage(BOOK, "triage", "it is another system"), "Stage: Triage – it is another system"),
        (acts.lifecycle.retitle(" Checkout\tdown "), "Title: Checkout down"),
        (
            acts.timers.snooze("Customer message", "customer", moment(30), moment(40), " legal ", CET),
            "Customer message snoozed until 04:57 CET: legal",
        ),
        (acts.timers.start_timer("look", moment(10), tz=UTC), "Clock: look at 03:27 UTC"),
        (acts.timers.start_timer("look", moment(10), 900 * SECOND, UTC), "Clock: look at 03:27 UTC, then every 15 min"),
        (acts.advice.dismiss("care", "", "look after the team", " done "), "Set aside: look after the team – done"),
        (acts.escalation.answer_trigger(BOOK, "churn", True), "Applies: churn risk is high"),
        (acts.escalation.answer_trigger(BOOK, "churn", False), "Does not apply: churn risk is high"),
        (acts.escalation.tell_commander("Priya", True), "Escalation: Priya told, agrees"),
        (
            acts.escalation.tell_commander("", False, "too early"),
            "Escalation: the incident commander told, objects: too early",
        ),
        (acts.escalation.skip_commander("on a plane"), "Escalation without telling the commander first: on a plane"),
        (acts.escalation.decline_escalation("small"), "Not escalating: small"),
        (acts.decisions.review(DECISION, "reversed", "made it worse"), "Decision reversed: Roll back – made it worse"),
        (acts.decisions.review(DECISION, "confirmed", ""), "Decision confirmed: Roll back"),
        (
            acts.decisions.add_context(DECISION, options="Hotfix", by="Priya"),
            "Roll back: options: Hotfix; decided by: Priya",
        ),
        (message("initial"), "Initial #1 → leadership"),
        (acts.messages.send(MessageSent("update", 3, "", "s", "b"), "Status update"), "Status update #3"),
        (acts.lifecycle.resolve(), "Resolved"),
        (acts.lifecycle.resolve(" Rolled back "), "Rolled back"),
        (acts.lifecycle.close(), "Closed"),
        (acts.lifecycle.reopen(), "Reopened"),
        (acts.lifecycle.reopen(" it is back "), "Reopened: it is back"),
        (acts.corrections.amend(NOTE, " Errors at 25 % "), "Errors at 25 %"),
        (acts.corrections.retract(NOTE), "Taken back: Errors at 20 %"),
        (acts.corrections.retract(NOTE, " wrong graph "), "Taken back: Errors at 20 % (wrong graph)"),
    ],
)
def test_how_an_act_reads_in_the_timeline(draft: Draft, words: str) -> None:
    assert draft.text == words


@pytest.mark.parametrize(
    ("began", "learned", "expected"),
    [
        (None, None, (10, 10)),
        (None, 4, (4, 4)),
        (2, None, (2, 10)),
        (2, 4, (2, 4)),
    ],
)
def test_an_incident_begins_when_the_user_learned_of_it_unless_told_otherwise(
    began: float | None, learned: float | None, expected: tuple[float, float]
) -> None:
    draft = acts.lifecycle.declare(
        "Checkout",
        2,
        now=moment(10),
        began=None if began is None else moment(began),
        learned=None if learned is None else moment(learned),
    )
    assert isinstance(draft.body, Declared)
    assert (draft.body.began, draft.body.learned) == (moment(expected[0]), moment(expected[1]))
    assert draft.at == draft.body.began


def test_taking_over_and_stepping_back_name_who_goes() -> None:
    story = Story()
    story.tell(1, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    assert acts.roles.assign(BOOK, story.incident, "ic", "Marcus").text == (
        "Incident commander: Marcus, taking over from Priya"
    )
    assert acts.roles.assign(BOOK, story.incident, "ic", "Priya").text == "Incident commander: Priya"
    assert acts.roles.assign(BOOK, story.incident, "ic", "").text == "Incident commander: Priya steps back"
    assert acts.roles.step_back(BOOK, story.incident, "ic").text == "Incident commander: Priya steps back"
    story.tell(2, acts.roles.assign(BOOK, story.incident, "expert", "Ana"))
    assert acts.roles.assign(BOOK, story.incident, "expert", "Ben").text == "Subject-matter expert: Ben"


def test_a_correction_keeps_the_time_unless_it_corrects_that_too() -> None:
    assert acts.corrections.amend(NOTE, "Errors at 25 %").at == NOTE.at
    assert acts.corrections.amend(NOTE, "Errors at 20 %", at=moment(3)).at == moment(3)


def changed(first: int, then: int, at: float, *, seen: float | None = None, sent: bool = False) -> list[str]:
    """What a change of severity at a minute did, in words, a little later."""
    story = Story(first)
    if sent:
        story.tell(5, message("initial", promise=65))
    before = story.incident
    story.severity(at, then)
    return clock_changes(before, story.incident, BOOK, moment(at if seen is None else seen))


def test_what_a_change_moved_started_or_stopped() -> None:
    assert changed(2, 1, 12) == ["Customer message now due in 3 min", "Resolution target: as soon as possible"]
    assert changed(3, 2, 12) == [
        "Acknowledgement due in 15 min",
        "Customer message due in 30 min",
        "Resolution target now due in 1 h 48 min",
    ]
    assert changed(1, 4, 3) == [
        "Phase 0–5: no longer required",
        "Acknowledgement: no longer required",
        "Customer message: no longer required",
    ]


def test_what_a_change_made_late() -> None:
    assert "Customer message is LATE by 5 min" in changed(2, 1, 20)
    assert "Customer message is LATE by 1 min" in changed(2, 1, 16)


def test_a_promise_that_a_change_overtakes_is_named() -> None:
    assert "Stakeholder update now due in 30 min" in changed(2, 1, 20, sent=True)
    assert not any("Stakeholder update" in words for words in changed(1, 2, 20, sent=True))


def test_a_moment_later_the_minutes_read_the_same() -> None:
    assert changed(3, 1, 12, seen=12.05) == changed(3, 1, 12)


def test_what_changed_nothing_says_nothing() -> None:
    incident = Story().incident
    assert clock_changes(incident, incident, BOOK, moment(5)) == []
