"""What holds for any sequence of acts, whoever takes them and whatever the clock does in between."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.stories import NARRATIVE
from tests.unit.story import BOOK, Story, message, moment
from warroom.model import acts
from warroom.model.clocks import MESSAGE_CLOCKS, TIMER, is_follow_up
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, Refused, fold, refusal
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import PROMISE, promises
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.journal import Journal


class Open(Protocol):
    """An incident being worked on: a session, or one in memory."""

    @property
    def incident(self) -> Incident: ...

    @property
    def now(self) -> Callable[[], int]: ...

    def snapshot(self) -> Snapshot: ...


class Told:
    """An incident in memory, worked on from two machines: quick enough to try a great many sequences of acts."""

    def __init__(self, level: int, now: Clock) -> None:
        self.story = Story(level)
        self.now = now

    @property
    def incident(self) -> Incident:
        return self.story.incident

    def snapshot(self) -> Snapshot:
        return Snapshot(self.incident, BOOK, self.now())

    def apply(self, draft: Draft, origin: str) -> Entry:
        if reason := refusal(self.incident, draft, BOOK, self.now()):
            raise Refused(reason)
        return self.story.tell((self.now() - moment(0)) / MINUTE, draft, origin=origin)


Act = Callable[[Open], Draft]

ITEMS = [item.id for phase in BOOK.phases for item in phase.items]
WORDS = st.sampled_from(["", " ", "payment fails", "20 %", "demo at 10:00", "{due} {{ x }}", "yes", "3 hours", "a\x1b"])
AHEAD = st.integers(-5, 90)


def entry(world: Open, index: int) -> Entry:
    """Some entry of the incident that may be corrected, or its declaration."""
    if isinstance(world, Session):
        entries = world.journal.since(0, world.incident.id)
    else:
        assert isinstance(world, Told)
        entries = [one for one in world.story.entries if one.body.may_be_retracted] or world.story.entries
    return entries[index % len(entries)]


def one_clock(world: Open, index: int, minutes: int, because: str) -> Draft:
    """The snooze of some running clock, or of one that is not running."""
    running = world.snapshot().clocks
    if not running:
        return acts.timers.snooze("Update", "update", 0, world.now() + minutes * MINUTE, because)
    clock = running[index % len(running)]
    return acts.timers.snooze(clock.label, clock.id, clock.due, world.now() + minutes * MINUTE, because)


def sent(world: Open, kind: str, minutes: int | None) -> Draft:
    """A message going out."""
    promise = None if minutes is None else world.now() + minutes * MINUTE
    return acts.messages.send(MessageSent(kind, 1, "leadership", "subject", "body", promise=promise), kind)


def own_clock(world: Open, index: int, stop: bool) -> Draft:
    """Some own clock being dealt with."""
    keys = [*world.incident.timers, "nowhere:1"]
    return acts.timers.finish_timer(world.incident, keys[index % len(keys)], world.now(), stop=stop)


def advice(world: Open, because: str) -> Draft:
    """The present advice being set aside."""
    line = world.snapshot().advice
    return acts.advice.dismiss(line.rule, line.target, line.text, because)


def dated(world: Open, ago: int) -> int:
    """A moment some minutes ago."""
    return world.now() - ago * MINUTE


INDEX = st.integers(0, 50)
ROLE = st.sampled_from(["ic", "on-call", "expert", "comms", "boss"])
NAME = st.sampled_from(["", "Priya", "Marcus", "Ana, +1 555 0100"])
FACT = st.sampled_from(["system", "impact", "event", "eta", "breach", "customers", "revenue_per_hour", "mood"])
KIND = st.sampled_from(["initial", "update", "update", "customer", "resolution", "escalation"])

ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(lambda text: lambda s: acts.log.note(text), WORDS),
    st.builds(lambda text, ago: lambda s: acts.log.action(text, at=dated(s, ago)), WORDS, AHEAD),
    st.builds(lambda text, why: lambda s: acts.decisions.decision(text, why), WORDS, WORDS),
    st.builds(
        lambda item, done, value: lambda s: acts.items.tick(BOOK, item, done=done, value=value),
        st.sampled_from([*ITEMS, "nap"]),
        st.booleans(),
        WORDS,
    ),
    st.builds(lambda name, value: lambda s: acts.facts.fact(BOOK, name, value), FACT, WORDS),
    st.builds(lambda role, name: lambda s: acts.roles.assign(BOOK, s.incident, role, name), ROLE, NAME),
    st.builds(lambda role, name: lambda s: acts.roles.step_back(BOOK, s.incident, role, name), ROLE, NAME),
    st.builds(
        lambda level, ago: lambda s: acts.severity.set_severity(level, "", s.incident.severity, dated(s, ago)),
        st.integers(0, 4),
        AHEAD,
    ),
    st.builds(lambda id: lambda s: acts.stages.set_stage(BOOK, id), st.sampled_from(["detection", "recovery", "nap"])),
    st.builds(lambda title: lambda s: acts.lifecycle.retitle(title), WORDS),
    st.builds(
        lambda index, minutes, why: lambda s: one_clock(s, index, minutes, why), INDEX, AHEAD, st.sampled_from("ab ")
    ),
    st.builds(
        lambda label, minutes, every: (
            lambda s: acts.timers.start_timer(label, s.now() + minutes * MINUTE, every * MINUTE)
        ),
        WORDS,
        AHEAD,
        st.sampled_from([0, 15]),
    ),
    st.builds(lambda index, stop: lambda s: own_clock(s, index, stop), INDEX, st.booleans()),
    st.builds(lambda why: lambda s: advice(s, why), st.sampled_from(["", "not here"])),
    st.builds(
        lambda id, holds: lambda s: acts.escalation.answer_trigger(BOOK, id, holds),
        st.sampled_from([row.id for row in BOOK.triggers]),
        st.booleans(),
    ),
    st.builds(lambda agrees, why: lambda s: acts.escalation.tell_commander("Priya", agrees, why), st.booleans(), WORDS),
    st.builds(lambda why: lambda s: acts.escalation.decline_escalation(why), WORDS),
    st.builds(lambda kind, minutes: lambda s: sent(s, kind, minutes), KIND, st.none() | AHEAD),
    st.builds(lambda kind, minutes: lambda s: sent(s, kind, minutes), KIND, st.none() | AHEAD),
    st.builds(lambda ago: lambda s: acts.lifecycle.resolve(at=dated(s, ago)), st.integers(0, 30)),
    st.just(lambda s: acts.lifecycle.close()),
    st.just(lambda s: acts.lifecycle.reopen("not over")),
    st.builds(lambda index, text: lambda s: acts.corrections.amend(entry(s, index), text), INDEX, WORDS),
    st.builds(lambda index: lambda s: acts.corrections.retract(entry(s, index)), INDEX),
)
STEPS = st.lists(st.tuples(st.integers(-15, 45), st.booleans(), ACTS), max_size=14)


def check_now_line(world: Open) -> None:
    """It is there, says something, names an action, and leaves no gap of the playbook's open."""
    line = world.snapshot().advice
    assert line == world.snapshot().advice
    assert line.text.strip()
    assert line.action
    if line.rule != "own_clock":  # whose label is the user's own words
        assert not re.search(r"\{\w+\}", line.text)


def check_clocks(world: Open) -> None:
    """Due, left and state agree; each clock is there once and is known; what the resolution ends is ended."""
    now, incident = world.now(), world.incident
    running = world.snapshot().clocks
    ids = [clock.id for clock in running]
    assert len(set(ids)) == len(ids)
    assert [clock.due for clock in running] == sorted(clock.due for clock in running)
    for clock in running:
        known = clock.id in (*MESSAGE_CLOCKS, "phase", "resolution", "event") or clock.id.startswith((TIMER, PROMISE))
        assert known or (is_follow_up(clock.id) and incident.over())
        assert clock.left == clock.due - now
        assert (clock.state == "late") == (clock.left < 0)
        assert 0 <= clock.share_left <= 1
        assert clock.label
        if clock.snoozed_until is not None:
            assert clock.snoozed_until > now
            assert clock.snooze_reason
    if incident.over():
        assert not set(ids) & {"acknowledgement", "phase", "resolution"}
        assert all(clock.promised for clock in running if clock.id == "customer")
    if incident.state == "closed":
        assert ids == []


def check_promise(world: Open) -> None:
    """The last promise to stakeholders is what the update clock counts to, or something stricter."""
    told = world.incident.sent(BOOK.clocks.update.answered_by)
    body = told[-1].entry.body if told else None
    if isinstance(body, MessageSent) and body.promise is not None and world.incident.state != "closed":
        update = next(clock for clock in world.snapshot().clocks if clock.id == "update")
        assert update.due <= body.promise
        assert update.promised == (update.due == body.promise)


def promised(incident: Incident) -> list[tuple[str, int]]:
    """The promises that stand, by the message that made them."""
    return [(promise.key, promise.due) for promise in promises(incident, BOOK, 0)]


def check_step(world: Open, before: Incident, kind: str) -> None:
    """What holds after every act, and that none but those on messages themselves touches a promise."""
    check_now_line(world)
    check_clocks(world)
    check_promise(world)
    if kind not in ("message", "retracted", "amended"):
        assert promised(world.incident) == promised(before)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(level=st.integers(1, 4), steps=STEPS)
def test_whatever_is_done_the_line_the_clocks_and_the_promises_hold(
    level: int, steps: list[tuple[int, bool, Act]]
) -> None:
    clock, shuffle = Clock(), random.Random(len(steps))
    world = Told(level, clock)
    for minutes, here, act in steps:
        clock.advance(minutes=minutes)
        before, entries = world.incident, len(world.story.entries)
        try:
            kind = world.apply(act(world), "here" if here else "there").kind
        except Refused:
            kind = "refused"
            assert (world.incident, len(world.story.entries)) == (before, entries)
        check_step(world, before, kind)
    arrived = [one for one in world.story.entries if one.kind not in NARRATIVE]
    shuffle.shuffle(arrived)
    assert fold(arrived) == world.incident


def test_a_session_holds_what_its_file_folds_to_whoever_writes(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "journal.db"

    @settings(derandomize=True, max_examples=12, deadline=None)
    @given(level=st.integers(1, 4), steps=STEPS)
    def holds(level: int, steps: list[tuple[int, bool, Act]]) -> None:
        first = Session.declare(
            mine, lambda: BOOK, acts.lifecycle.declare("Checkout", level, now=clock()), author="Sam", now=clock
        )
        second = Session(theirs, lambda: BOOK, first.incident.id, author="Ana", now=clock)
        for minutes, by_first, act in steps:
            clock.advance(minutes=minutes)
            session = first if by_first else second
            session.poll()
            before, entries = session.incident, mine.count(first.incident.id)
            try:
                (done,) = session.apply(act(session))
            except Refused:
                assert (session.incident, mine.count(first.incident.id)) == (before, entries)
                continue
            assert mine.count(first.incident.id) == entries + 1
            check_step(session, before, done.kind)
        first.poll()
        second.poll()
        assert first.incident == second.incident == fold(mine.state(first.incident.id))

    with Journal.open(path, now=clock) as mine, Journal.open(path, now=clock) as theirs:
        holds()


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    level=st.integers(1, 4),
    promise=st.integers(1, 200),
    changes=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 4)), max_size=6),
)
def test_no_change_of_severity_moves_a_promise_back(level: int, promise: int, changes: list[tuple[int, int]]) -> None:
    story, minute = Story(level), 0
    story.tell(0, message("initial", promise=promise))
    for minutes, then in changes:
        minute += minutes
        story.severity(minute, then)
        due = story.due("update", minute)
        assert due is not None
        assert due <= promise


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    level=st.integers(1, 2),
    changes=st.lists(st.tuples(st.integers(1, 20), st.integers(1, 2)), max_size=8),
)
def test_no_change_of_severity_gives_more_time_than_the_least_strict_one(
    level: int, changes: list[tuple[int, int]]
) -> None:
    story, minute = Story(level), 0
    story.tell(0, message("initial"))
    for minutes, then in changes:
        minute += minutes
        story.severity(minute, then)
        due = story.due("update", minute)
        assert due is not None
        assert due <= 60
        assert then == 2 or due <= minute + 30
