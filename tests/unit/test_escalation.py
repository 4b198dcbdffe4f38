"""When to escalate and how far it has come: the triggers, step 1, the message, or the decision against it."""

from __future__ import annotations

import pytest

from tests.conftest import THREE_SEVENTEEN as START
from warroom import places
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.escalation import Progress, TriggerState, escalation, estimated, yes
from warroom.model.incident import fold, refusal
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import load
from warroom.model.times import HOUR, MINUTE

PLAYBOOK = load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
MESSAGE = acts.messages.send(MessageSent("escalation", 1, "VP Product", "[ESCALATION] SEV2", "…"), "Escalation")


def progress(*drafts: Draft, severity: int = 2, after: int = 30 * MINUTE) -> Progress:
    """How it stands so long after 03:17, each act written down a minute after the one before."""
    all_ = (acts.lifecycle.declare("Checkout errors", severity, now=START), *drafts)
    incident = fold(
        Entry(n, "here", n, n, "k7qd3f", draft.at or START + n * MINUTE, START, "Sam", draft.text, draft.body)
        for n, draft in enumerate(all_, 1)
    )
    return escalation(incident, PLAYBOOK, START + after)


def trigger(id: str, *drafts: Draft, severity: int = 2, after: int = 30 * MINUTE) -> TriggerState:
    return next(one for one in progress(*drafts, severity=severity, after=after).triggers if one.id == id)


def fact(name: str, value: str) -> Draft:
    return acts.facts.fact(PLAYBOOK, name, value)


# The triggers


def test_every_trigger_of_the_playbook_is_there_in_its_words() -> None:
    assert {one.id: one.text for one in progress().triggers} == {
        "sev1": "SEV1 is declared",
        "over_2h": "the estimated time to fix it is over 2 h",
        "churn": "churn risk is high",
        "exposure": "media, legal or regulatory exposure",
        "breach": "a data breach is suspected",
        "major_customers": "several major customers are affected",
    }


def test_sev1_holds_from_when_it_was_declared_or_changed_to() -> None:
    assert trigger("sev1", severity=1).applies
    assert trigger("sev1", severity=1).since == START
    assert not trigger("sev1").applies
    changed = trigger("sev1", acts.severity.set_severity(1, "payments down", 2))
    assert (changed.applies, changed.why, changed.since) == (True, "it is SEV1", START + 2 * MINUTE)
    assert not trigger("sev1", acts.severity.set_severity(3, "fewer", 1), severity=1).applies


def test_two_hours_hold_by_the_clock() -> None:
    assert not trigger("over_2h", after=2 * HOUR).applies
    late = trigger("over_2h", after=2 * HOUR + MINUTE)
    assert (late.applies, late.why, late.since) == (True, "it has gone on for 2 h 1 min", START + 2 * HOUR)
    assert not trigger("over_2h", acts.lifecycle.resolve("fixed"), after=3 * HOUR).applies


def test_two_hours_hold_by_engineerings_estimate() -> None:
    estimate = trigger("over_2h", fact("eta", "Marcus: 2 h 15 min"))
    assert (estimate.applies, estimate.why) == (True, "engineering estimates Marcus: 2 h 15 min")
    assert estimate.since == START + 2 * MINUTE
    assert not trigger("over_2h", fact("eta", "30 minutes")).applies
    assert not trigger("over_2h", fact("eta", "3 hours"), fact("eta", "1 hour")).applies


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("by 06:30", True),
        ("06:30 UTC, says Marcus", True),
        ("ETA 06:30", True),
        ("by 05:00", False),
        ("by 08:00+02:00", True),
        ("by 06:00+01:00", False),
        ("rolled back at 02:50, verifying", False),
        ("by 02:50", False),
        ("by 99:99", False),
    ],
)
def test_an_estimate_that_names_its_end_counts_from_when_it_was_said(text: str, holds: bool) -> None:
    assert trigger("over_2h", fact("eta", text)).applies is holds


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 minutes", 30),
        ("90m", 90),
        ("2 h", 120),
        ("2 h 15 min", 135),
        ("2 hours and 15 minutes", 135),
        ("1h30m", 90),
        ("2h30", 150),
        ("2-3 hours", 180),
        ("30 min or 3 hours", 180),
        ("45 min to roll back, 3 h to fix forward", 180),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("a couple of hours", 120),
        ("1,5 hours", 90),
        ("1 day 2 hours", 26 * 60),
        ("a week", 7 * 24 * 60),
    ],
)
def test_a_length_of_time_is_read_from_engineerings_words(text: str, minutes: int) -> None:
    assert estimated(text) == minutes * MINUTE


@pytest.mark.parametrize("text", ["", "soon", "unknown", "v2.3.1", "2 hosts", "30 megabytes left", "5 of 6 hosts"])
def test_words_without_a_length_of_time_have_none(text: str) -> None:
    assert estimated(text) is None


def test_what_only_a_person_can_say_is_asked_and_the_last_answer_counts() -> None:
    open_ = trigger("churn")
    assert (open_.applies, open_.ask) == (None, "Is the churn risk high?")
    answered = trigger("churn", acts.escalation.answer_trigger(PLAYBOOK, "churn", True))
    assert (answered.applies, answered.why, answered.since) == (True, "Sam said yes", START + 2 * MINUTE)
    taken_back = (
        acts.escalation.answer_trigger(PLAYBOOK, "churn", True),
        acts.escalation.answer_trigger(PLAYBOOK, "churn", False),
    )
    assert trigger("churn", *taken_back).applies is False


def test_an_answer_does_not_undo_what_is_known() -> None:
    assert trigger("sev1", acts.escalation.answer_trigger(PLAYBOOK, "sev1", False), severity=1).applies


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("breach", "yes", True),
        ("breach", "suspected by security", True),
        ("breach", "37 members saw the name of another", True),
        ("breach", "not confirmed", True),
        ("breach", "no", False),
        ("breach", "confirmed: no data was read", False),
        ("breach", "unknown", None),
        ("breach", "don't think so", None),
        ("data_loss", "yes, two orders", True),
        ("data_loss", "no", None),
        ("data_loss", "about 40 orders were deleted", True),
    ],
)
def test_a_breach_or_data_loss_marked_as_such_holds(name: str, value: str, holds: bool | None) -> None:
    assert trigger("breach", fact(name, value)).applies is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Acme and Globex", True),
        ("Acme, Globex; Initech", True),
        ("3 of the top ten", True),
        ("about 1,200 small shops", None),
        ("1,200 users", None),
        ("2 users", None),
        ("mobile users and web users", None),
        ("12 of our largest accounts", True),
        ("40 enterprise customers", True),
        ("Acme", False),
        ("Acme24", False),
        ("1 so far: Acme", False),
        ("none", False),
        ("unknown", None),
        ("?", None),
    ],
)
def test_several_customers_are_told_by_number_or_by_name(text: str, holds: bool | None) -> None:
    assert trigger("major_customers", fact("customers", text)).applies is holds


@pytest.mark.parametrize(
    ("text", "said"),
    [("Yes", True), ("y", True), ("confirmed", True), ("no", False), ("None so far", False), ("maybe", None)],
)
def test_yes_and_no_are_read_and_nothing_else(text: str, said: bool | None) -> None:
    assert yes(text) is said


# The steps


def test_nothing_is_pending_while_nothing_holds() -> None:
    state = progress()
    assert (state.pending, state.latest, state.may_send, state.active) == (None, None, False, ())


def test_the_message_may_go_once_the_commander_knows_whatever_the_answer() -> None:
    agreed = progress(acts.escalation.tell_commander("Priya", True), severity=1)
    assert (agreed.may_send, agreed.commander_agrees) == (True, True)
    objected = progress(acts.escalation.tell_commander("Priya", False, "minutes away"), severity=1)
    assert (objected.may_send, objected.commander_agrees) == (True, False)
    assert objected.commander_told is not None
    assert objected.commander_told.text == "Escalation: Priya told, objects: minutes away"


def test_the_last_answer_of_the_commander_counts() -> None:
    state = progress(
        acts.escalation.tell_commander("Priya", False), acts.escalation.tell_commander("Priya", True), severity=1
    )
    assert state.commander_agrees


def test_leaving_step_one_out_and_not_escalating_take_a_reason() -> None:
    incident = fold(
        [Entry(1, "here", 1, 1, "k7qd3f", START, START, "Sam", "x", acts.lifecycle.declare("x", 1, now=START).body)]
    )
    for act in (acts.escalation.skip_commander, acts.escalation.decline_escalation):
        assert "needs a reason" in str(refusal(incident, act("  "), PLAYBOOK, START))
        assert refusal(incident, act("unreachable"), PLAYBOOK, START) is None
    assert progress(acts.escalation.skip_commander("unreachable"), severity=1).may_send


@pytest.mark.parametrize("answer", [MESSAGE, acts.escalation.decline_escalation("two small customers")])
def test_a_trigger_is_pending_until_a_message_or_a_decision_and_again_when_a_new_one_holds(answer: Draft) -> None:
    before = progress(severity=1)
    assert before.pending is not None
    assert before.pending.id == "sev1"
    after = progress(answer, severity=1)
    assert after.pending is None
    assert after.latest is not None
    assert after.latest.text == answer.text
    again = progress(answer, fact("breach", "suspected"), severity=1)
    assert again.pending is not None
    assert again.pending.id == "breach"


def test_telling_the_commander_is_not_yet_escalating() -> None:
    state = progress(acts.escalation.tell_commander("Priya", True), severity=1)
    assert state.pending is not None
    assert state.latest is state.commander_told
