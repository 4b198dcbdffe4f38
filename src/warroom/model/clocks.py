"""The clocks: a countdown for every deadline and every promised update. Times in ms UTC."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import TYPE_CHECKING, Literal

import msgspec

from warroom.model import ids, times
from warroom.model.checklist import Checklist, PhaseState, checklist
from warroom.model.incident import Incident
from warroom.model.kinds.timers import is_follow_up as is_follow_up
from warroom.model.playbook import ClockRule, Playbook
from warroom.model.promises import PROMISE, late_from, messages_by_audience
from warroom.model.times import MINUTE
from warroom.text.cleaning import clean_line
from warroom.text.sentences import within

if TYPE_CHECKING:
    from warroom.model.recovery import Recovery

_AT = r"\b(?P<when>(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})?)(?![\d:])"

ClockState = Literal["ok", "soon", "late"]
TIMER = "timer:"
"""The id of a user's own clock is this prefix and the key of its entry."""
MESSAGE_CLOCKS = (ids.CLOCK_ACKNOWLEDGEMENT, ids.CLOCK_UPDATE, ids.CLOCK_CUSTOMER)


def is_message_clock(id: str) -> bool:
    """Whether stakeholders or customers wait for a message while this clock runs."""
    return id in MESSAGE_CLOCKS or id.startswith(PROMISE)


class Clock(msgspec.Struct, frozen=True):
    """One running clock, from `since` to `due`; `promised` if a message promised that time."""

    id: str
    label: str
    since: int
    due: int
    state: ClockState
    left: int
    """ms until it is due, 0 until the minute it is due in is over, then negative: late since it was due."""
    promised: bool = False
    snoozed_until: int | None = None
    snooze_reason: str = ""
    short: str = ""
    """Its label where there is little room; "" if it has only the one."""

    @property
    def countdown(self) -> str:
        """`06:19`, or `LATE 02:11`: a late clock says so in text, never by colour alone."""
        return f"LATE {times.countdown(self.left)}" if self.state == "late" else times.countdown(self.left)

    @property
    def awake(self) -> bool:
        """Whether it is not snoozed."""
        return self.snoozed_until is None

    @property
    def share_left(self) -> float:
        """The share of the time that is left, from 1 down to 0."""
        return min(max(self.left / max(self.due - self.since, 1), 0.0), 1.0)


def is_owed(clock: Clock) -> bool:
    """Whether somebody waits for it, unlike for a phase or a target."""
    return is_message_clock(clock.id) or clock.id.startswith(TIMER)


def rank(clock: Clock, severity: int) -> tuple[bool, int, int, int]:
    """The sort key among incidents: what is owed and late, what is owed soon, then what is of a more serious incident.

    What follows a fix comes after all that, the nearest first, however late it is.
    """
    place = {"late": 0, "soon": 1, "ok": 2}[clock.state] if is_owed(clock) else 3 if is_follow_up(clock.id) else 2
    return (not clock.awake, place, 0 if place in (0, 3) else severity, clock.due)


def clocks(
    incident: Incident,
    playbook: Playbook,
    now: int,
    tz: tzinfo | None = None,
    steps: Checklist | None = None,
    fixed: Recovery | None = None,
) -> tuple[Clock, ...]:
    """Every clock that runs now, the nearest deadline first.

    The playbook's limits count from when the user learned of the incident, or from the severity change that made them
    apply. A promise runs until the time it named; only the next message can move it. Of a past incident, what was due
    before it was written down has no clock. The user's own clocks and the time of a scheduled event are added. `tz` is
    the time zone of that event; `steps` is the checklist and `fixed` the recovery, if they are known already.
    """
    if incident.state == "closed":
        return _after_the_fix(incident, playbook, now, fixed)
    phase = (steps or checklist(incident, playbook)).current
    found = [
        _acknowledgement(incident, playbook),
        _customer(incident, playbook),
        _update(incident, playbook),
        _phase(incident, playbook, phase, now),
        _resolution(incident, playbook),
    ]
    running = [
        _playbook_clock(incident, playbook, now, id, since, due, promised=promised, phase=phase)
        for id, since, due, promised in [*filter(None, found), *_promised(incident, playbook)]
        if not incident.came_too_early(due)
    ]
    running += [
        _own(incident, playbook, now, f"{TIMER}{key}", logged.body.label, logged.at, due)
        for key, (logged, due) in incident.timers.items()
    ]
    running += _event(incident, playbook, now, tz)
    running += _after_the_fix(incident, playbook, now, fixed)
    return tuple(sorted(running, key=lambda clock: clock.due))


def _after_the_fix(incident: Incident, playbook: Playbook, now: int, fixed: Recovery | None) -> tuple[Clock, ...]:
    """What recovery and the post-mortem owe; of a closed incident only if it was owed when it was closed."""
    if not incident.follow_up_goes_on:
        return ()
    # Imported here because these build on the clocks, and because most incidents that are looked at are open.
    from warroom.model.post_mortem import post_mortem_clock
    from warroom.model.recovery import recovery, recovery_clocks

    written = post_mortem_clock(incident, playbook, ids.CLOCK_POST_MORTEM)
    fixed = fixed or recovery(incident, playbook)
    found = [*recovery_clocks(incident, playbook, fixed), *([written] if written else [])]
    timed = (msgspec.structs.replace(clock, left=time_left(clock.due, now)) for clock in found)
    return tuple(sorted((_snoozed(incident, playbook, now, clock) for clock in timed), key=lambda clock: clock.due))


def nearest(running: tuple[Clock, ...]) -> Clock | None:
    """The clock to watch: the first that is not snoozed, otherwise the first."""
    return next((clock for clock in running if clock.snoozed_until is None), running[0] if running else None)


def clock_changes(before: Incident, after: Incident, playbook: Playbook, now: int) -> list[str]:
    """The clocks that a change moved, started or stopped, each as text: "Customer message now due in 3 min"."""
    old = {clock.id: clock for clock in clocks(before, playbook, now)}
    new = {clock.id: clock for clock in clocks(after, playbook, now)}
    changes = []
    for id, clock in new.items():
        if id in old and old[id].due == clock.due:
            continue
        # Rounded to the nearest minute, so that just after the change 15 min are still shown as 15 min.
        length = times.span(abs(clock.left) + MINUTE // 2)
        if clock.left < 0:
            changes.append(f"{clock.label} is LATE by {length}")
        else:
            changes.append(f"{clock.label} {'now ' if id in old else ''}due in {length}")
    for id, clock in old.items():
        if id not in new:
            target = playbook.severity(after.severity).target if id == ids.CLOCK_RESOLUTION else ""
            changes.append(f"{clock.label}: {target or 'no longer required'}")
    return changes


def applies_since(incident: Incident, playbook: Playbook, limit: str, at_most: int | None = None) -> int | None:
    """Since when a limit has applied without a break; None if it does not apply now.

    `limit` is the name of an attribute of playbook.Severity. With `at_most`, only a limit up to that value counts.
    """
    since: int | None = None
    for at, level in incident.severities:
        value = getattr(playbook.severity(level), limit)
        if not value or (at_most is not None and value > at_most):
            since = None
        elif since is None:
            since = at
    return since


def _required_since(incident: Incident, playbook: Playbook, limit: str, at_most: int | None = None) -> int | None:
    """Like `applies_since`, but at the earliest since the reopening: no message is due while it is resolved."""
    since = applies_since(incident, playbook, limit, at_most)
    return since if since is None or incident.restarted is None else max(since, incident.restarted.at)


def _promised(incident: Incident, playbook: Playbook) -> list[tuple[str, int, int, bool]]:
    """The running promises to every audience but stakeholders, whose promise `_update` handles."""
    found = []
    for id, messages in messages_by_audience(incident, playbook).items():
        last = next((logged for logged in reversed(messages) if not logged.body.is_told_of), None)
        if id != ids.CLOCK_UPDATE and last is not None and last.body.promise is not None:
            found.append((id, last.at, last.body.promise, True))
    return found


_ClockTimes = tuple[str, int, int, bool] | None
"""A clock's id, its start, its deadline, and whether a message promised that deadline."""


def _acknowledgement(incident: Incident, playbook: Playbook) -> _ClockTimes:
    since = _required_since(incident, playbook, "acknowledge_within_min")
    if incident.over() or since is None or incident.sent(playbook.clocks.acknowledgement.answered_by):
        return None
    limit = playbook.severity(incident.severity).acknowledge_within_min or 0
    return (ids.CLOCK_ACKNOWLEDGEMENT, since, since + limit * MINUTE, False)


def _customer(incident: Incident, playbook: Playbook) -> _ClockTimes:
    since = _required_since(incident, playbook, "customer_within_min")
    if incident.over() or since is None or incident.sent(playbook.clocks.customer.answered_by):
        return None
    limit = playbook.severity(incident.severity).customer_within_min or 0
    return (ids.CLOCK_CUSTOMER, since, since + limit * MINUTE, False)


def _update(incident: Incident, playbook: Playbook) -> _ClockTimes:
    """When the next update is due: as the last message promised, otherwise by the severity's cadence.

    A promise wins even if it is later than the cadence allowed when it was made, because people are waiting for it.
    Only a stricter cadence that began to apply after that message moves the deadline forward.
    """
    sent = [logged for logged in incident.sent(playbook.clocks.update.answered_by) if not logged.body.is_told_of]
    if not sent:
        return None
    last = sent[-1]
    promise = last.body.promise
    cadences = [] if incident.over() else _cadences(incident, playbook)
    if promise is not None:
        stricter = min(((since + length, since) for since, length in cadences if since > last.at), default=None)
        if stricter is None or promise <= stricter[0]:
            return (ids.CLOCK_UPDATE, last.at, promise, True)
        return (ids.CLOCK_UPDATE, stricter[1], stricter[0], False)
    starts = [(max(since, last.at), length) for since, length in cadences]
    due, since = min(((start + length, start) for start, length in starts), default=(0, None))
    return (ids.CLOCK_UPDATE, since, due, False) if since is not None else None


def _cadences(incident: Incident, playbook: Playbook) -> list[tuple[int, int]]:
    """Every cadence that applies, as (since, length) in ms; the one that is due first counts."""
    found = []
    for minutes in {row.cadence_min for row in playbook.severities} - {None}:
        since = _required_since(incident, playbook, "cadence_min", minutes)
        if since is not None and minutes is not None:
            found.append((since, minutes * MINUTE))
    return found


PHASE_GRACE = 10 * MINUTE
"""How long after its end a phase that isn't done still has a clock, and its items are advised."""


def _phase(incident: Incident, playbook: Playbook, current: PhaseState | None, now: int) -> _ClockTimes:
    since = _required_since(incident, playbook, "phases")
    if incident.over() or since is None or current is None:
        return None
    if now >= since + current.row.until_min * MINUTE + PHASE_GRACE:
        return None
    return (ids.CLOCK_PHASE, since + current.row.from_min * MINUTE, since + current.row.until_min * MINUTE, False)


def _resolution(incident: Incident, playbook: Playbook) -> _ClockTimes:
    since = applies_since(incident, playbook, "resolve_within_min")
    if incident.over() or since is None:
        return None
    limit = playbook.severity(incident.severity).resolve_within_min or 0
    return (ids.CLOCK_RESOLUTION, since, since + limit * MINUTE, False)


def _event(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> list[Clock]:
    """A clock until a scheduled event, if the fact names a time: the event may make the incident worse."""
    history = incident.facts.get(ids.FACT_EVENT, ())
    found = re.search(_AT, incident.fact(ids.FACT_EVENT))
    if incident.over() or found is None:
        return []
    logged = history[-1]
    try:
        due = times.parse_future(found["when"], logged.at, tz)
    except times.TimeError:
        return []
    return (
        [_own(incident, playbook, now, ids.CLOCK_EVENT, within(incident.fact(ids.FACT_EVENT)), logged.at, due)]
        if due > now
        else []
    )


def _own(incident: Incident, playbook: Playbook, now: int, id: str, label: str, since: int, due: int) -> Clock:
    return _snoozed(incident, playbook, now, Clock(id, clean_line(label), since, due, "ok", time_left(due, now)))


def _playbook_clock(
    incident: Incident,
    playbook: Playbook,
    now: int,
    id: str,
    since: int,
    due: int,
    *,
    promised: bool,
    phase: PhaseState | None,
) -> Clock:
    rule: ClockRule | None = None if id.startswith(PROMISE) else getattr(playbook.clocks, id)
    label, short = (rule.label, rule.short) if rule else (f"Next {id.removeprefix(PROMISE)}", "")
    if id == ids.CLOCK_PHASE and phase is not None:
        minutes = f" {phase.row.from_min}–{phase.row.until_min}"
        label, short = f"{label}{minutes}", short and f"{short}{minutes}"
    clock = Clock(id, label, since, due, "ok", time_left(due, now), promised, short=short)
    return _snoozed(incident, playbook, now, clock)


def time_left(due: int, now: int) -> int:
    """The ms until a deadline, negative once it is late; 0 in between, until the promised minute is over."""
    return max(due - now, 0) if now < late_from(due) else due - now


def _snoozed(incident: Incident, playbook: Playbook, now: int, clock: Clock) -> Clock:
    """The clock with its state, and with the snooze that applies to it now."""
    soon = playbook.clocks.soon_min * MINUTE
    state: ClockState = "late" if clock.left < 0 else "soon" if clock.left <= soon else "ok"
    logged = incident.snoozes.get(clock.id)
    # A snooze is for one deadline: once a message or a change of severity moves the deadline, the clock is awake again.
    if logged and now < logged.body.until and clock.due == logged.body.due:
        snooze = logged.body
        return msgspec.structs.replace(clock, state=state, snoozed_until=snooze.until, snooze_reason=snooze.because)
    return msgspec.structs.replace(clock, state=state)
