"""The countdowns. Every number is a minute after 03:17, when the user learned of it."""

from __future__ import annotations

import msgspec
import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts, ids
from warroom.model.checklist import checklist
from warroom.model.clocks import Clock, applies_since, clocks, nearest, rank
from warroom.model.entries import Draft
from warroom.model.kinds.messages import OF_A_TIMELINE, MessageSent
from warroom.model.promises import promises
from warroom.model.times import MINUTE, SECOND


@pytest.mark.parametrize(
    ("level", "due"),
    [
        (1, {"phase": 5, "acknowledgement": 15, "customer": 15}),
        (2, {"phase": 5, "acknowledgement": 15, "customer": 30, "resolution": 120}),
        (3, {"phase": 5, "resolution": 480}),
        (4, {}),
    ],
)
def test_each_severity_has_its_clocks(level: int, due: dict[str, int]) -> None:
    running = Story(level).clocks(0)
    assert {id: clock.due for id, clock in running.items()} == {id: moment(minute) for id, minute in due.items()}


def test_they_count_from_learning_of_it_not_from_its_beginning() -> None:
    story = Story(2, began=-60)
    assert story.due("acknowledgement", 0) == 15
    assert story.due("resolution", 0) == 120


def test_the_nearest_comes_first() -> None:
    running = clocks(Story(2).incident, BOOK, moment(0))
    assert [clock.id for clock in running] == ["phase", "acknowledgement", "customer", "resolution"]


def test_among_incidents_what_is_owed_and_late_is_first_then_the_more_serious_one() -> None:
    update = Story(2).clocks(0)["acknowledgement"]
    late, soon, later = (msgspec.structs.replace(update, state=state) for state in ("late", "soon", "ok"))
    phase = Story(1).clocks(0)["phase"]
    snoozed = msgspec.structs.replace(late, snoozed_until=moment(60))
    fix = msgspec.structs.replace(late, id=ids.CLOCK_POST_MORTEM, due=moment(-90))
    serious = msgspec.structs.replace(later, due=moment(99))
    order = [(late, 4), (soon, 2), (phase, 1), (serious, 1), (later, 2), (fix, 1), (snoozed, 1)]
    assert sorted([*reversed(order)], key=lambda pair: rank(*pair)) == order


@pytest.mark.parametrize(
    ("minute", "state", "words"),
    [
        (0, "ok", "15:00"),
        (4.98, "ok", "10:01"),
        (5, "soon", "10:00"),
        (15, "soon", "00:00"),
        (15 + 59 / 60, "soon", "00:00"),
        (16, "late", "LATE 01:00"),
        (80, "late", "LATE 1:05:00"),
    ],
)
def test_a_clock_tells_how_much_is_left(minute: float, state: str, words: str) -> None:
    clock = Story(1).clocks(minute)["acknowledgement"]
    assert (clock.state, clock.countdown) == (state, words)
    assert clock.left == (0 if words == "00:00" else clock.due - moment(minute))


@pytest.mark.parametrize(("minute", "share"), [(-5, 1.0), (0, 1.0), (7.5, 0.5), (15, 0.0), (90, 0.0)])
def test_the_share_that_is_left_stays_between_all_and_nothing(minute: float, share: float) -> None:
    assert Story(1).clocks(minute)["acknowledgement"].share_left == share


def test_the_clocks_follow_the_wall_clock_wherever_it_jumps() -> None:
    story = Story(1)
    assert [story.clocks(minute)["acknowledgement"].state for minute in (0, 300, 12, -600)] == [
        "ok",
        "late",
        "soon",
        "ok",
    ]


@pytest.mark.parametrize(
    ("first", "then", "at", "due"),
    [
        # One that applied already keeps counting from learning of it.
        (2, 1, 12, {"acknowledgement": 15, "customer": 15, "resolution": None}),
        (1, 2, 12, {"acknowledgement": 15, "customer": 30, "resolution": 12 + 120}),
        # One that did not counts from the change.
        (3, 2, 12, {"acknowledgement": 27, "customer": 42, "resolution": 120}),
        (3, 1, 12, {"acknowledgement": 27, "customer": 27, "resolution": None}),
        (4, 2, 12, {"acknowledgement": 27, "customer": 42, "resolution": 132, "phase": 12 + 5}),
        (4, 3, 12, {"acknowledgement": None, "customer": None, "resolution": 492, "phase": 12 + 5}),
        # Less severe asks for less.
        (2, 3, 12, {"acknowledgement": None, "customer": None, "resolution": 480, "phase": 5}),
        (1, 4, 12, {"acknowledgement": None, "customer": None, "resolution": None, "phase": None}),
    ],
)
def test_a_change_of_severity(first: int, then: int, at: float, due: dict[str, float | None]) -> None:
    story = Story(first)
    story.severity(at, then)
    assert {id: story.due(id, at) for id in due} == due


def test_a_clock_that_ceased_to_apply_starts_afresh_when_it_applies_again() -> None:
    story = Story(2)
    story.severity(10, 4)
    story.severity(40, 2)
    assert story.due("acknowledgement", 40) == 55
    assert applies_since(story.incident, BOOK, "acknowledge_within_min") == moment(40)


def test_a_message_answers_its_clocks() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=39))
    assert set(story.clocks(9)) == {"phase", "customer", "update", "resolution"}
    story.tell(20, message("customer"))
    assert set(story.clocks(20)) == {"update", "resolution"}


@pytest.mark.parametrize("kind", ["update", "resolution"])
def test_an_update_or_the_resolution_acknowledges_too(kind: str) -> None:
    story = Story(2)
    if kind == "resolution":
        story.tell(8, acts.lifecycle.resolve())
    story.tell(9, message(kind))
    assert story.due("acknowledgement", 9) is None


def test_a_customer_message_does_not_acknowledge_to_stakeholders() -> None:
    story = Story(2)
    story.tell(9, message("customer"))
    assert story.due("acknowledgement", 9) == 15


def test_the_phase_clock_follows_the_checklist() -> None:
    story = Story(2)
    assert story.clocks(1)["phase"].label == "Phase 0–5"
    for phase, until in zip(BOOK.phases, (15, 30, None), strict=True):
        for item in phase.items:
            story.tell(2, acts.items.tick(BOOK, item.id))
        assert story.due("phase", 2) == until
    story = Story(3)
    for phase in BOOK.phases[:2]:
        for item in phase.items:
            story.tell(2, acts.items.tick(BOOK, item.id))
    assert story.due("phase", 2) is None


def test_a_promise_is_the_update_clock() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=36))
    clock = story.clocks(20)["update"]
    assert (clock.since, clock.due, clock.promised) == (moment(9), moment(36), True)
    told_of = MessageSent("update", 2, "", "", "Status page set to yellow", OF_A_TIMELINE)
    story.tell(20, Draft(told_of, "Status page set to yellow"))  # a line of an imported timeline keeps no promise
    assert story.clocks(21)["update"].due == moment(36)
    assert [promise.state for promise in promises(story.incident, BOOK, moment(21))] == ["running"]
    assert not any(item.value == "#2" for phase in checklist(story.incident, BOOK).phases for item in phase.items)


@pytest.mark.parametrize(("level", "minutes"), [(1, 30), (2, 60)])
def test_without_a_promise_the_cadence_is_the_update_clock(level: int, minutes: int) -> None:
    story = Story(level)
    story.tell(9, message("initial"))
    clock = story.clocks(9)["update"]
    assert (clock.due, clock.promised) == (moment(9 + minutes), False)


@pytest.mark.parametrize("level", [3, 4])
def test_the_lesser_severities_owe_no_update_but_a_promise_stands(level: int) -> None:
    story = Story(level)
    story.tell(9, message("initial"))
    assert story.due("update", 9) is None
    story.tell(10, message("update", 2, promise=50))
    assert story.due("update", 10) == 50


def test_a_promise_later_than_the_cadence_stands_as_it_was_given() -> None:
    story = Story(1)
    story.tell(9, message("initial", promise=100))
    assert story.due("update", 50) == 100


@pytest.mark.parametrize(
    ("first", "then", "at", "promise", "due", "promised"),
    [
        (2, 1, 20, 40, 40, True),
        (2, 1, 20, 65, 50, False),
        (1, 2, 20, 40, 40, True),
        (1, 2, 20, 100, 100, True),
        (2, 3, 20, 65, 65, True),
        (1, 4, 20, 35, 35, True),
        (3, 2, 20, 200, 80, False),
        (3, 1, 20, 200, 50, False),
        (3, 1, 20, 45, 45, True),
        # Without a promise a change gives no more time than there was, and no less than the new cadence asks.
        (2, 1, 20, None, 50, False),
        (2, 1, 60, None, 70, False),
        (1, 2, 20, None, 70, False),
        (3, 2, 20, None, 80, False),
        (2, 3, 20, None, None, False),
    ],
)
def test_a_change_of_severity_moves_no_promise_back(
    first: int, then: int, at: float, promise: float | None, due: float | None, promised: bool
) -> None:
    story = Story(first)
    story.tell(10, message("initial", promise=promise))
    story.severity(at, then)
    clock = story.clocks(at).get("update")
    assert story.due("update", at) == due
    assert (clock is not None and clock.promised) == promised


def test_a_promise_stands_again_once_a_stricter_severity_is_over() -> None:
    story = Story(2)
    story.tell(10, message("initial", promise=65))
    story.severity(20, 1)
    story.severity(25, 2)
    assert story.due("update", 25) == 65


def test_only_the_next_message_moves_a_promise() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=36))
    story.tell(10, acts.facts.fact(BOOK, "impact", "payment fails"))
    story.tell(11, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(12, message("customer"))
    story.tell(13, acts.timers.snooze("Stakeholder update", "update", moment(36), moment(60), "in a call"))
    story.tell(50, acts.lifecycle.resolve())
    assert story.due("update", 55) == 36
    story.tell(56, message("update", 2, promise=70))
    assert story.due("update", 56) == 70


def test_a_message_that_promises_nothing_falls_back_to_the_cadence() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=36))
    story.tell(30, message("update", 2))
    assert story.due("update", 30) == 90


def test_after_the_resolution_only_a_promise_runs_on() -> None:
    story = Story(1)
    story.tell(9, message("initial", promise=36))
    story.tell(20, acts.lifecycle.resolve())
    after_the_fix = {"recovery:1", "recovery:2", "recovery:3", "post-mortem"}
    assert set(story.clocks(20)) == {"update", *after_the_fix}
    story.tell(21, message("resolution"))
    assert set(story.clocks(21)) == after_the_fix
    assert [(clock.label, clock.due) for clock in story.clocks(21).values()] == [
        ("First hour: 4 open", moment(20 + 60)),
        ("First 24 h: 4 open", moment(20 + 24 * 60)),
        ("First 48 h: 3 open", moment(20 + 48 * 60)),
        ("Post-mortem", moment(20 + 48 * 60)),
    ]


def test_a_closed_incident_has_no_clocks() -> None:
    story = Story(1)
    story.tell(9, message("initial", promise=36))
    story.tell(10, acts.timers.start_timer("look", moment(60)))
    story.tell(20, acts.lifecycle.resolve())
    story.tell(21, acts.lifecycle.close())
    assert story.clocks(40) == {}


def test_reopening_owes_afresh_what_was_not_owed_while_it_counted_as_resolved() -> None:
    story = Story(2)
    story.tell(20, acts.lifecycle.resolve())
    story.tell(200, acts.lifecycle.reopen("Errors are back"))
    assert story.due("acknowledgement", 200) == 215
    assert story.due("customer", 200) == 230
    assert story.due("phase", 200) == 205
    assert story.due("resolution", 200) == 120
    story = Story(2)
    story.tell(9, message("initial", promise=20))
    story.tell(19, acts.lifecycle.resolve())
    story.tell(20, message("resolution"))
    story.tell(200, acts.lifecycle.reopen("Errors are back"))
    assert story.due("update", 200) == 260


@pytest.mark.parametrize(
    "end", [acts.lifecycle.resolve(), acts.lifecycle.cancel("not ours")], ids=["resolved", "cancelled"]
)
def test_an_end_that_was_a_slip_of_the_keys_leaves_stage_and_deadlines_as_they_were(end: Draft) -> None:
    story = Story(2)
    before = story.clocks(13)
    story.tell(12, end)
    story.tell(13, acts.lifecycle.reopen("pressed by mistake", undoes=True))
    assert story.clocks(13) == before
    assert story.incident.stage == "triage"
    assert story.incident.state == "open"
    story.tell(14, acts.lifecycle.resolve())
    story.tell(20, acts.lifecycle.reopen("Errors are back"))
    story.tell(21, acts.lifecycle.resolve())
    story.tell(22, acts.lifecycle.reopen("pressed by mistake", undoes=True))
    assert story.due("acknowledgement", 22) == 35, "since it came back, not since the slip"


def test_the_message_after_a_clock_was_set_back_is_what_counts() -> None:
    story = Story(2)
    story.tell(70, message("initial", promise=100))
    story.tell(12, message("update", 2, promise=40))
    assert story.due("update", 12) == 40


def snoozed(story: Story, minute: float, clock: str = "update") -> int | None:
    """Until when a clock is quiet."""
    return story.clocks(minute)[clock].snoozed_until


def snooze(story: Story, minute: float, until: float, clock: str = "update") -> None:
    """Quieten a clock as the console does."""
    running = story.clocks(minute)[clock]
    story.tell(minute, acts.timers.snooze(running.label, clock, running.due, moment(until), "in a call"))


def test_a_snoozed_clock_is_quiet_until_its_time_and_its_deadline_stays() -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=36))
    snooze(story, 37, 47)
    clock = story.clocks(40)["update"]
    assert (clock.snoozed_until, clock.snooze_reason, clock.due) == (moment(47), "in a call", moment(36))
    assert clock.state == "late"
    assert snoozed(story, 47) is None


@pytest.mark.parametrize("promise", [60, 45])
def test_a_new_promise_ends_a_snooze_whichever_way_it_moves_the_clock(promise: float) -> None:
    story = Story(2)
    story.tell(9, message("initial", promise=50))
    snooze(story, 40, 70)
    assert snoozed(story, 41) == moment(70)
    story.tell(42, message("update", 2, promise=promise))
    assert snoozed(story, 43) is None


def test_a_stricter_deadline_ends_a_snooze() -> None:
    story = Story(2)
    snooze(story, 14, 60, "customer")
    story.severity(15, 1)
    assert snoozed(story, 15, "customer") is None


def test_the_last_snooze_of_a_clock_counts_and_of_no_other() -> None:
    story = Story(2)
    snooze(story, 10, 20, "customer")
    snooze(story, 11, 14, "customer")
    assert snoozed(story, 12, "customer") == moment(14)
    assert snoozed(story, 12, "acknowledgement") is None
    assert snoozed(story, 15, "customer") is None


def test_the_nearest_clock_is_the_first_that_is_not_snoozed() -> None:
    story = Story(2)
    snooze(story, 1, 30, "phase")
    running = clocks(story.incident, BOOK, moment(2))
    watched = nearest(running)
    assert watched is not None
    assert watched.id == "acknowledgement"
    only = tuple(clock for clock in running if clock.id == "phase")
    assert nearest(only) == only[0]
    assert nearest(()) is None


def test_an_own_clock_runs_beside_the_others_and_after_the_resolution() -> None:
    story = Story(4)
    timer = story.tell(1, acts.timers.start_timer("check with the\ncommander", moment(11)))
    story.tell(2, acts.lifecycle.resolve())
    (clock,) = story.clocks(12).values()
    assert clock.id == f"timer:{timer.key}"
    assert (clock.label, clock.due, clock.state) == ("check with the ⏎ commander", moment(11), "late")


def test_an_event_that_names_its_time_has_a_clock_until_then() -> None:
    story = Story(4)
    story.tell(1, acts.facts.fact(BOOK, "event", "demo at 04:00Z"))
    clock = story.clocks(2)["event"]
    assert (clock.label, clock.due) == ("demo at 04:00Z", moment(43))
    assert story.due("event", 43) is None
    story.tell(3, acts.facts.fact(BOOK, "event", "board meeting on Friday"))
    assert story.due("event", 3) is None


def test_a_companys_own_numbers_and_labels_count() -> None:
    rows = [msgspec.structs.replace(row, update_at_most_min=None) for row in BOOK.severities]
    rules = msgspec.structs.replace(
        BOOK.clocks, update=msgspec.structs.replace(BOOK.clocks.update, label="Next mail"), soon_min=1
    )
    story = Story(2, msgspec.structs.replace(BOOK, severities=rows, clocks=rules))
    story.tell(0, message("initial"))
    clock = story.clocks(28)["update"]
    assert (clock.label, clock.due, clock.state) == ("Next mail", moment(30), "ok")


def test_how_a_clock_reads() -> None:
    clock = Clock("update", "Stakeholder update", 0, 10 * MINUTE, "ok", 6 * MINUTE + 19 * SECOND)
    assert clock.countdown == "06:19"
