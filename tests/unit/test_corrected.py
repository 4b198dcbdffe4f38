"""Corrections that do more than reword: a name spelt right, times of the incident, a cancelled incident, numbers."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.messages.fields import is_required, prefill
from warroom.messages.templates import Kind
from warroom.model import acts, ids
from warroom.model.advice import next_message_number
from warroom.model.cost import cost
from warroom.model.snapshot import Snapshot
from warroom.workspace import Workspace


def test_a_name_is_respelt_without_a_hand_over() -> None:
    story = Story()
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Pria, +1 555 0100"))
    story.tell(3, acts.roles.assign(BOOK, story.incident, "ic", "Pria, +1 555 0199"))
    clocks, checklist = story.clocks(9), Snapshot(story.incident, BOOK, moment(9)).checklist
    for draft in acts.roles.respell(story.incident, "ic", "Pria", "Priya"):
        assert story.refused(5, draft) is None
        story.tell(5, draft)
    (held,) = story.incident.roles["ic"]
    assert (held.body.name, held.body.contact, held.at) == ("Priya", "+1 555 0199", moment(3))
    assert story.clocks(9) == clocks
    assert Snapshot(story.incident, BOOK, moment(9)).checklist.done == checklist.done
    assert [story.incident.shown(entry).text for entry in story.entries[1:3]] == [
        "Incident commander: Priya (+1 555 0100)",
        "Incident commander: Priya (+1 555 0199)",
    ]
    assert acts.roles.assign(BOOK, story.incident, "ic", "Bo").text == "Incident commander: Bo, taking over from Priya"
    assert acts.roles.respell(story.incident, "ic", "Priya", "Priya") == []


def test_a_name_that_took_over_or_is_contacted_otherwise_is_respelt_too() -> None:
    story = Story()
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Ana"))
    story.tell(3, acts.roles.assign(BOOK, story.incident, "ic", "Pria, +1 555 0100"))
    story.tell(4, acts.roles.step_back(BOOK, story.incident, "ic"))
    story.tell(5, acts.roles.assign(BOOK, story.incident, "ic", "Pria"))
    for draft in acts.roles.respell(story.incident, "ic", "Pria", "Priya, priya@example.com"):
        story.tell(6, draft)
    assert [story.incident.shown(entry).text for entry in story.entries[1:5]] == [
        "Incident commander: Ana",
        "Incident commander: Priya, taking over from Ana (priya@example.com)",
        "Incident commander: Priya steps back",
        "Incident commander: Priya (priya@example.com)",
    ]


def test_the_time_it_began_moves_the_duration_the_cost_and_its_line() -> None:
    story = Story()
    story.tell(1, acts.facts.fact(BOOK, "revenue_per_hour", "$60k"))
    draft = acts.times.correct_time(story.incident, "began", moment(-12), "first errors in the log", UTC)
    assert draft.text == "Began at 03:05 UTC, not 03:17 UTC: first errors in the log"
    assert story.refused(2, draft) is None
    story.tell(2, draft)
    found = cost(story.incident, moment(18))
    assert (story.incident.elapsed(moment(18)), found and found.text) == (30 * 60_000, "≈ $30,000")
    line = story.incident.shown(story.entries[0])
    assert (line.at, line.text) == (moment(-12), "Declared SEV2: Checkout errors")
    story.tell(3, acts.times.correct_time(story.incident, "began", moment(-7)))
    assert story.incident.began == moment(-7)


def test_clocks_count_from_the_corrected_time_of_learning_of_it() -> None:
    story = Story(began=-20)
    before = story.due("acknowledgement", 3)
    entry = story.tell(2, acts.times.correct_time(story.incident, "learned", moment(-5)))
    assert before is not None
    assert story.due("acknowledgement", 3) == before - 5
    assert story.incident.severities == ((moment(-5), 2),)
    story.tell(3, acts.corrections.retract(entry))
    assert story.due("acknowledgement", 3) == before


def test_the_time_it_was_resolved_moves_its_end_and_stays_right_after_closing() -> None:
    story = Story()
    story.tell(60, acts.lifecycle.resolve("Rolled back"))
    story.tell(70, acts.lifecycle.close())
    draft = acts.times.correct_time(story.incident, "resolved", moment(45))
    assert story.refused(80, draft) is None
    story.tell(80, draft)
    incident = story.incident
    assert (incident.resolved_at, incident.elapsed(moment(99)), incident.state) == (moment(45), 45 * 60_000, "closed")
    assert incident.resolution is not None
    assert (incident.resolution.at, incident.resolution.text) == (moment(45), "Rolled back")
    story.tell(81, acts.lifecycle.reopen("it is back"))
    story.tell(90, acts.lifecycle.resolve())
    assert story.incident.resolved_at == moment(90)


@pytest.mark.parametrize(
    ("which", "minute", "reason"),
    [
        ("began", 1, "it can't have begun after you learned of it"),
        ("began", 0, "that is the time it has already"),
        ("learned", -1, "you can't have learned of it before it began"),
        ("learned", 99, "that time is in the future"),
        ("began", 99, "that time is in the future"),
        ("resolved", 5, "it is not resolved yet"),
        ("ended", 5, "there is no time 'ended' to correct; it is one of began, learned, resolved"),
    ],
)
def test_times_that_make_no_sense_are_refused(which: str, minute: float, reason: str) -> None:
    story = Story()
    draft = acts.times.correct_time(story.incident, which, moment(minute))
    assert reason in (story.refused(10, draft) or "")


def test_a_resolution_is_neither_before_the_beginning_nor_before_it_came_back() -> None:
    story = Story()
    story.tell(10, acts.lifecycle.resolve())
    early = acts.times.correct_time(story.incident, "resolved", moment(-2))
    assert "it can't be resolved before it began" in (story.refused(11, early) or "")
    late_start = acts.times.correct_time(story.incident, "learned", moment(9))
    assert story.refused(11, late_start) is None
    story.tell(20, acts.lifecycle.reopen())
    story.tell(30, acts.lifecycle.resolve())
    before = acts.times.correct_time(story.incident, "resolved", moment(15))
    assert "it was reopened after that time" in (story.refused(31, before) or "")


def test_the_minute_it_began_in_is_late_enough() -> None:
    story = Story(began=-0.25)
    story.tell(10, acts.lifecycle.resolve())
    draft = acts.times.correct_time(story.incident, "resolved", moment(-2))
    assert "before it began" in (story.refused(11, draft) or "")
    same_minute = acts.times.correct_time(story.incident, "resolved", moment(-0.5))
    assert story.refused(11, same_minute) is None


def test_a_false_alarm_is_over_and_was_not_resolved() -> None:
    story = Story()
    story.tell(1, acts.facts.fact(BOOK, "revenue_per_hour", "$60k"))
    assert "needs a reason" in (story.refused(2, acts.lifecycle.cancel(" ")) or "")
    assert "duplicate of itself" in (story.refused(2, acts.lifecycle.cancel("same", "k7qd3f")) or "")
    entry = story.tell(5, acts.lifecycle.cancel("the alert fired on the test environment"))
    incident = story.incident
    assert entry.text == "Cancelled: false alarm – the alert fired on the test environment"
    assert (incident.state, incident.over(), incident.outcome) == ("cancelled", True, "cancelled: false alarm")
    assert (incident.resolved_at, incident.resolution, incident.elapsed(moment(50))) == (None, None, 5 * 60_000)
    assert (story.clocks(9), cost(incident, moment(9))) == ({}, None)
    assert story.now(9).text == "Stand by; the incident is cancelled: false alarm"
    for draft, reason in (
        (acts.lifecycle.resolve(), "already cancelled"),
        (acts.lifecycle.cancel("again"), "cancelled already"),
        (acts.lifecycle.close(), "cancelled already"),
        (message("resolution"), "it was cancelled, not resolved"),
    ):
        assert reason in (story.refused(6, draft) or "")
    story.tell(7, acts.lifecycle.reopen("it is real"))
    assert (story.incident.state, story.incident.cancelled, story.incident.closed_at) == ("open", None, None)


def test_an_older_version_reads_a_cancelled_incident_as_closed() -> None:
    entry = Story().tell(5, acts.lifecycle.cancel("both are about the database", "m3xz22"))
    assert (entry.kind, entry.body.leads_to, entry.body.kind_label) == ("closed", "closed", "cancelled")


def test_whoever_was_told_is_told_that_it_was_a_false_alarm(kinds: dict[str, Kind]) -> None:
    story = Story()
    story.tell(4, message("initial", promise=34))
    story.tell(5, message("customer", 1))
    story.tell(6, acts.lifecycle.cancel("Both alerts are about the database", "m3xz22"))
    advice, snapshot = story.now(7), Snapshot(story.incident, BOOK, moment(7))
    assert (advice.text, advice.target) == ("Tell everyone you told that it was a duplicate of m3xz22", "update")
    assert snapshot.due_message == ids.MESSAGE_UPDATE
    filled = prefill(kinds["update"], snapshot)
    assert filled["status"] == "This was a duplicate of m3xz22: both alerts are about the database"
    assert filled["next_update"] == ""
    assert not any(is_required(field, snapshot) for field in kinds["update"].fields if field.id == "next_update")
    story.tell(8, message("update", 2))
    assert story.now(9).target == ids.MESSAGE_CUSTOMER
    assert story.now(9).text == "Tell customers that it was a duplicate of m3xz22"
    story.tell(9, message("customer", 2))
    assert story.now(10).text == "Stand by; the incident is cancelled: duplicate of m3xz22"
    assert story.clocks(40) == {}


def test_the_number_of_a_message_is_given_again_only_if_no_later_one_went_out() -> None:
    story = Story()
    story.tell(4, message("initial", promise=34))
    second = story.tell(30, message("update", 2, promise=64))
    assert (next_message_number(story.incident, "update"), story.due("update", 31)) == (3, 64)
    story.tell(31, acts.corrections.retract(second))
    assert (next_message_number(story.incident, "update"), story.due("update", 31)) == (2, 34)
    again = story.tell(32, message("update", 2))
    story.tell(50, message("update", 3))
    story.tell(51, acts.corrections.retract(again))
    assert next_message_number(story.incident, "update") == 4


@pytest.fixture
def kinds(tmp_path: Path) -> dict[str, Kind]:
    """The built-in kinds of message."""
    return Workspace(tmp_path / "journal.db", now=lambda: moment(0)).kinds
