"""The words that go with the picture of an incident: a description of all it shows, remarks, the name of the zone."""

from __future__ import annotations

from collections.abc import Iterable

from warroom.documents.drawing import Axis
from warroom.documents.history import History, Stretch
from warroom.documents.sections import TimeFormat
from warroom.model import times
from warroom.model.snapshot import Snapshot

_MOST = 12
"""The most of a kind that are named one by one."""


def zones(axis: Axis) -> str:
    """The zone of the clock times; both if the clocks change in between."""
    return "/".join(dict.fromkeys(times.zone_name(ms, axis.tz) for ms in (axis.start, axis.end)))


def description(snapshot: Snapshot, told: History) -> str:
    """All that the picture shows, in sentences."""
    dated = times.day(told.start, snapshot.tz) != times.day(told.end, snapshot.tz)
    when = TimeFormat(snapshot.tz, dated=dated, zoned=False)
    full = TimeFormat(snapshot.tz, dated=True, zoned=True)
    by_id = {row.id: row.name for row in snapshot.playbook.stages}
    sentences = [
        f"From {full(told.start)} to {full(told.end)}",
        *(f"{moment.what} {when(moment.at)}" for moment in told.moments),
        _list("Severity", (f"SEV{one.what} from {when(one.since)}" for one in told.severities)),
        _list("Stages", (_stage(one, by_id, when) for one in told.stages)),
    ]
    promises = snapshot.promise_by_message
    for name, sent in told.audiences:
        rows = []
        for message in sent:
            promise = promises.get(message.key)
            following = f" (next promised for {when(promise.due)}: {_OUTCOMES[promise.state]})" if promise else ""
            rows.append(when(message.at) + following)
        sentences.append(_list(f"Messages, {name}", rows))
    decided = (
        f"{one.number} at {when(one.logged.at)}" + (f" ({one.outcome} later)" if one.outcome else "")
        for one in snapshot.decisions
    )
    sentences.append(_list("Decisions", decided))
    sentences.append(_list("Escalation", (f"{when(at)} {what}" for at, what in told.escalation)))
    if snapshot.cost is not None:
        sentences.append(f"Cost {snapshot.cost.text} ({snapshot.cost.basis})")
    return "".join(f"{sentence}. " for sentence in sentences if sentence).strip()


_OUTCOMES = {"kept": "in time", "late": "late", "missed": "missed", "running": "still to come"}


def _stage(stretch: Stretch, names: dict[str, str], when: TimeFormat) -> str:
    return f"{names.get(stretch.what, stretch.what)} from {when(stretch.since)}"


def _list(name: str, found: Iterable[str]) -> str:
    rows = list(found)
    more = [f"and {len(rows) - _MOST:,} more"] if len(rows) > _MOST else []
    return f"{name}: {', '.join(rows[:_MOST] + more)}" if rows else ""


def crowded(count: int) -> str:
    """The number of marks that there was no room for; empty if there are none."""
    marks = "1 more mark is" if count == 1 else f"{count:,} more marks are"
    return f"{marks} not drawn, because there is no room." if count else ""


def outside(told: History) -> str:
    """What lies before or after the time that the picture covers; empty if nothing does."""
    counts = [f"{told.earlier:,} before"] if told.earlier else []
    counts += [f"{told.later:,} after"] if told.later else []
    return f"Messages, decisions and escalation steps outside the time shown: {', '.join(counts)}." if counts else ""
