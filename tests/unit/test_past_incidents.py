"""An incident that was over before it was written down asks for nothing that nobody could have done in time."""

from __future__ import annotations

from tests.conftest import THREE_SEVENTEEN, Clock
from tests.stories import PLAYBOOK
from warroom.model import acts, ids
from warroom.model.advice import end_owed
from warroom.model.cases import cases
from warroom.model.entries import Draft
from warroom.model.figures import MEASURES
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.milestones import milestones
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MINUTE
from warroom.session import Session
from warroom.store.journal import Journal


def written_down(journal: Journal, clock: Clock, ago: int, lasted: int | None, *more: Draft) -> Snapshot:
    """A SEV1 that began so many ms ago and ended after `lasted`, written down now."""
    began = clock() - ago
    session = Session.declare(
        journal,
        lambda: PLAYBOOK,
        acts.lifecycle.declare("Checkout errors", 1, now=clock(), began=began, learned=began),
        author="Dana",
        now=clock,
    )
    session.apply(
        Draft(MessageSent(ids.MESSAGE_UPDATE, 1, "", "", "told", channel="elsewhere"), "told", began + MINUTE)
    )
    if lasted is not None:
        session.apply(acts.lifecycle.resolve("rolled back", began + lasted))
    if more:
        session.apply(*more)
    return session.snapshot()


def test_one_of_years_ago_owes_nothing(journal: Journal, clock: Clock) -> None:
    view = written_down(journal, clock, 3 * 365 * 24 * HOUR, HOUR)
    assert view.clocks == ()
    assert view.recovery.owed == ()
    assert not end_owed(view)
    assert view.advice.rule in ("close", "stand_by")
    assert not view.advice.late
    declared = next(row for row in milestones(view.incident) if row.id == "declared")
    assert declared.at is None, "when it was written down is not when it was declared"
    at = view.incident.began + 5 * MINUTE
    known = written_down(journal, clock, 3 * 365 * 24 * HOUR, HOUR, Draft(MilestoneSet("declared", at), "declared", at))
    assert next(row.at for row in milestones(known.incident) if row.id == "declared") is not None


def test_what_began_with_its_detection_took_no_time_that_is_known_to_be_detected(
    journal: Journal, clock: Clock
) -> None:
    ago = 3 * 365 * 24 * HOUR
    began = clock() - ago
    for minutes, took in ((0, "detected when it began, as far as is known"), (5, 5 * MINUTE)):
        detected = began + minutes * MINUTE
        view = written_down(journal, clock, ago, HOUR, Draft(MilestoneSet("detected", detected), "alert", detected))
        (case,) = cases([view.incident], PLAYBOOK, clock())
        assert dict(zip((measure.id for measure in MEASURES), case.spans, strict=True))["detect"] == took


def test_one_of_this_morning_owes_what_can_still_be_in_time(journal: Journal, clock: Clock) -> None:
    view = written_down(journal, clock, 4 * HOUR, HOUR)
    assert {item.horizon for item in view.recovery.owed} == {2, 3}, "the first hour after the fix is over"
    assert all(clock.state != "late" for clock in view.clocks)
    assert view.clock(ids.CLOCK_POST_MORTEM) is not None
    clock.advance(hours=48)
    later = Snapshot(view.incident, PLAYBOOK, clock())
    assert all(found.state == "late" for found in later.clocks), "but what was owed stays owed"
    clock.at = THREE_SEVENTEEN


def test_an_open_one_of_the_past_asks_only_whether_it_is_over(journal: Journal, clock: Clock) -> None:
    view = written_down(journal, clock, 30 * 24 * HOUR, None)
    assert view.clocks == ()
    assert (view.advice.rule, view.advice.action) == ("stand_by", "close")
    assert "if this past incident is over, resolve it" in view.advice.text


def test_a_live_one_that_was_declared_late_is_late(journal: Journal, clock: Clock) -> None:
    view = written_down(journal, clock, HOUR, None)
    assert any(found.state == "late" for found in view.clocks)
    assert next(row.at for row in milestones(view.incident) if row.id == "declared") == clock()
