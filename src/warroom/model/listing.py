"""The list of all incidents: what its columns say of each, which are in it, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Literal

import msgspec

from warroom.model import times
from warroom.model.clocks import Clock, ClockState
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook
from warroom.model.recovery import recovery
from warroom.model.summary import IncidentSummary

Which = Literal["all", "open", "owed", "unclosed", "over"]
"""Which incidents are listed: all; those that are open; those that are over and in which something is owed; those that
are resolved and not closed, though nothing is owed; the others."""
Order = Literal["urgent", "began", "severity", "lasted", "title"]
"""The orders of the list; within each, the one that began last is first."""

END_OWED, END_OWED_SHORT = "Tell people it is over", "End notice"
"""What is due where somebody who was told of an incident has not been told that it is over."""

REFERENCE = 6
"""The cells of a reference; one that another program wrote may be longer."""
_LATE = ("late", "done late")
_DAY = 24 * times.HOUR
_IN_DAYS, _IN_WHOLE_DAYS = 2 * _DAY, 10 * _DAY
"""From these durations on, one is said in days and hours, and in days."""


class Listed(msgspec.Struct, frozen=True):
    """What the columns say of one incident, in words; empty where there is nothing to say.

    `state` is for those who have no room for `stage`, which says more of an open one. `due` and `countdown` are its
    most urgent clock, `short` is a shorter label of it, `urgency` its state. `troubled` names the columns whose words
    say that something is or was late.
    """

    tag: str
    state: str
    stage: str
    began: str
    length: str
    told: str = ""
    kept: str = ""
    post_mortem: str = ""
    items: str = ""
    due: str = ""
    short: str = ""
    countdown: str = ""
    urgency: ClockState = "ok"
    troubled: tuple[str, ...] = ()


def listed(brief: IncidentSummary, playbook: Playbook, now: int, tz: tzinfo | None) -> Listed:
    """Say how an incident stands at `now` (ms UTC), without its clocks."""
    stage = playbook.stage(brief.stage)
    promises = brief.promises(playbook, now)
    kept = sum(promise.state == "kept" for promise in promises)
    made = sum(promise.state != "running" for promise in promises)
    post_mortem = brief.post_mortem_standing(playbook, now)
    overdue = brief.overdue_items(times.day(now, tz))
    told = brief.told_after(playbook)
    troubled = (
        *(["kept"] if kept < made else []),
        *(["post_mortem"] if post_mortem in _LATE else []),
        *(["items"] if overdue else []),
    )
    return Listed(
        playbook.severity(brief.severity).tag,
        brief.state.capitalize(),
        brief.state.capitalize() if brief.over else stage.name if stage else brief.stage,
        times.day(brief.began, tz),
        "" if brief.never_was else length(brief.elapsed(now)),
        "" if told is None else times.span(told),
        f"{kept}/{made}" if made else "",
        post_mortem,
        (f"{len(brief.items)}, {overdue} late" if overdue else f"{len(brief.items)} open") if brief.items else "",
        troubled=troubled,
    )


def countdown(clock: Clock) -> str:
    """The countdown of a clock in few cells: `06:19`, `1:36 h`, `2 d 5 h`, `LATE 02:11`, `LATE 6 h`, `LATE 116 d`."""
    left = abs(clock.left)
    if left < times.HOUR:
        return clock.countdown
    if clock.state == "late":
        return f"LATE {left // times.HOUR} h" if left < _IN_DAYS else f"LATE {left // _DAY:,} d"
    hours, minutes = divmod(left // times.MINUTE, 60)
    return f"{hours}:{minutes:02d} h" if left < _IN_DAYS else length(left)


def length(ms: int) -> str:
    """How long an incident lasted: `< 1 min`, `1 h 42 min`, from two days on `2 d 5 h`, from ten days on `2,959 d`."""
    if ms < times.MINUTE:
        return "< 1 min"
    if ms < _IN_DAYS:
        return times.span(ms)
    days, hours = ms // _DAY, ms % _DAY // times.HOUR
    return f"{days} d {hours} h" if hours and ms < _IN_WHOLE_DAYS else f"{days:,} d"


def in_words(brief: IncidentSummary, shown: Listed, tz: tzinfo | None, *, owes: bool) -> list[str]:
    """Everything about an incident that its row may leave out, what matters most first; `owes` as for `is_listed`."""
    state = f"Open, {shown.stage}"
    if brief.over:
        state = brief.outcome[:1].upper() + brief.outcome[1:]
        state += ", not closed: nothing is owed" if is_listed(brief, "unclosed", owes=owes) else ""
    parts = (
        f"due next: {shown.due} {shown.countdown}".rstrip() if shown.due else "",
        brief.id if len(brief.id) > REFERENCE else "",
        state,
        f"began {times.day(brief.began, tz)} {times.clock_zone(brief.began, tz)}",
        "" if brief.never_was else f"lasted {shown.length}" if brief.over else f"{shown.length} so far",
        f"system: {brief.system}" if brief.system else "",
        f"stakeholders told after {shown.told}" if shown.told else "stakeholders not told",
        f"promised updates kept: {shown.kept.replace('/', ' of ')}" if shown.kept else "",
        f"post-mortem {shown.post_mortem}" if shown.post_mortem else "",
        f"action items: {shown.items}" if shown.items else "",
    )
    return [part for part in parts if part]


def owes(incident: Incident, running: tuple[Clock, ...], playbook: Playbook) -> bool:
    """Whether something is owed in an incident that is over, as its own screen says; `running` are its clocks."""
    return incident.over() and bool(running or recovery(incident, playbook).owed)


def is_listed(brief: IncidentSummary, which: Which, *, owes: bool) -> bool:
    """Whether an incident is among those that are asked for; `owes` says whether anything is owed in it."""
    if which == "all":
        return True
    if which == "open":
        return not brief.over
    if which == "owed":
        return brief.over and owes
    unclosed = brief.state == "resolved" and not owes
    return unclosed if which == "unclosed" else brief.over and not owes and not unclosed


def words_of(brief: IncidentSummary, playbook: Playbook) -> str:
    """The words by which an incident is found in the list, in small letters."""
    stage = playbook.stage(brief.stage)
    name = stage.name if stage and not brief.over else ""
    tag = playbook.severity(brief.severity).tag
    return f"{brief.id} {tag} {brief.name} {brief.system} {brief.outcome} {name}".casefold()


def order_of(order: Order) -> Callable[[IncidentSummary], tuple[object, ...]]:
    """The sort key of an order; the screen sorts what is urgent itself, because that is up to the clocks."""
    if order == "severity":
        return lambda brief: (brief.drill, brief.severity, brief.newest_first)
    if order == "lasted":
        return lambda brief: (0 if brief.never_was else brief.began - (brief.ended or 2**53), brief.newest_first)
    if order == "title":
        return lambda brief: (brief.title.casefold(), brief.newest_first)
    return lambda brief: brief.newest_first
