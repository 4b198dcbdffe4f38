"""The values that several documents share: lines of the timeline, decisions, updates and their promises, cost.

All are plain dicts, lists, strings and numbers, for use in a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import tzinfo
from operator import itemgetter
from types import MappingProxyType
from typing import Any

import msgspec

from warroom.model import ids, lines, times
from warroom.model.entries import Body, Entry, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import Decision
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import Promise
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line

Values = dict[str, Any]


class TimeFormat(msgspec.Struct, frozen=True):
    """Formats times in a document: with the date if `dated`, with the zone if `zoned`."""

    tz: tzinfo | None
    dated: bool
    zoned: bool

    def __call__(self, ms: int) -> str:
        """A time (ms UTC) as text."""
        day, clock, zone = day_time_zone(ms, self.tz)
        return " ".join(([day] if self.dated else []) + [clock] + ([zone] if self.zoned else []))


def day_time_zone(ms: int, tz: tzinfo | None) -> tuple[str, str, str]:
    """Day, clock time and zone of a time (ms UTC), in one conversion, because a long log has very many."""
    local = times.local(ms, tz)
    name = local.tzname() or "UTC"
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}", f"UTC{name}" if name[:1] in "+-" else name


def severity(snapshot: Snapshot) -> str:
    """`SEV1 Critical (was SEV2)`."""
    incident = snapshot.incident
    row = snapshot.playbook.severity(incident.severity)
    before = [level for _, level in incident.severities[:-1]]
    was = f" (was {', '.join(f'SEV{level}' for level in before)})" if before else ""
    return f"{row.tag} {row.name}{was}"


def cost(snapshot: Snapshot) -> str:
    """`≈ $14,000 ($32k per hour × 26 min since it began)`; empty if unknown."""
    known = snapshot.cost
    return f"{known.text} ({known.basis})" if known else ""


def commander(incident: Incident) -> str:
    """The incident commander's name; empty if there is none, or it is not known."""
    return ", ".join(incident.holders(ids.ROLE_COMMANDER))


def is_line(entry: Entry, incident: Incident) -> bool:
    """Whether an entry is a line of the timeline; corrections, pins and entries taken back are not."""
    change = incident.replaced.get(entry.key) if incident.replaced else None
    return entry.body.corrects is None and entry.body.marks is None and not (change and change.retracted)


class TimedLine(msgspec.Struct, frozen=True):
    """A line of the timeline at its time (ms UTC), and its entry as it reads now."""

    at: int
    kind: str
    text: str
    entry: Entry
    corrected: bool
    added_late: int
    """How long after it happened it was logged, in ms; 0 if that says nothing."""


def timed_lines(entries: Iterable[Entry], snapshot: Snapshot, make: Callable[[TimedLine], Values]) -> list[Values]:
    """What `make` makes of each line of the timeline, corrections applied, in the order of the times they show."""
    found: list[tuple[int, Values]] = []
    for entry in entries:
        if is_line(entry, snapshot.incident):
            found += ((line.at, make(line)) for line in _lines(entry, snapshot))
    return [line for _, line in sorted(found, key=itemgetter(0))]


def _lines(recorded: Entry, snapshot: Snapshot) -> Iterator[TimedLine]:
    incident = snapshot.incident
    change = incident.replaced.get(recorded.key) if incident.replaced else None
    entry = recorded.corrected(change)
    late = incident.added_late(entry)
    for ms, kind, words in entry.body.log_lines(entry, entry.at, entry.text, snapshot.playbook):
        yield TimedLine(ms, kind, words, entry, change is not None, late if ms == entry.at else 0)


def timeline(entries: Iterable[Entry], snapshot: Snapshot, corrected: str = "corrected") -> list[Values]:
    """The lines of the timeline for a template; `corrected` is the remark on a corrected line."""

    named: dict[int, tuple[str, str, str]] = {}
    """Day, time and zone of each minute: a long log has many lines in one."""

    def values(line: TimedLine) -> Values:
        minute = line.at // times.MINUTE
        if minute not in named:
            named[minute] = day_time_zone(line.at, snapshot.tz)
        day, clock, zone = named[minute]
        return {
            "day": day,
            "time": lines.as_known(line.entry, clock),
            "zone": zone,
            "kind": line.kind,
            "text": line.text,
            "author": line.entry.author,
            "remark": "; ".join(filter(None, _remarks(line, snapshot.incident, corrected))),
        }

    return timed_lines(entries, snapshot, values)


def _remarks(line: TimedLine, incident: Incident, corrected: str) -> Iterator[str]:
    """What is remarked behind a line: whether it is pinned, which decision it belongs to, how it came to be."""
    key = line.entry.key
    yield "pinned" if key in incident.pinned else ""
    yield f"for decision {incident.links[key].number}" if key in incident.links else ""
    yield corrected if line.corrected else lines.added(line.added_late)


def with_zones(timeline: list[Values]) -> Values:
    """The values of a template that shows a timeline: its lines, their zones, and how many days and zones there are."""
    zones = {row["zone"] for row in timeline}
    return {
        "timeline": timeline,
        "zones": sorted(zones),
        "several_days": len({row["day"] for row in timeline}) > 1,
        "several_zones": len(zones) > 1,
    }


def decisions(snapshot: Snapshot, when: TimeFormat, linked: Mapping[str, Entry] = MappingProxyType({})) -> list[Values]:
    """The decisions, numbered, with later additions, their reviews, and the lines linked to them.

    `linked` are those lines by key, as they read now; a line that is not among them is left out.
    """
    lines_of: dict[str, list[Entry]] = {}
    for key, decision in snapshot.incident.links.items():
        if key in linked:
            lines_of.setdefault(decision.logged.key, []).append(linked[key])
    return [_decision(decision, when, lines_of.get(decision.logged.key, [])) for decision in snapshot.decisions]


def _decision(decision: Decision, when: TimeFormat, linked: list[Entry]) -> Values:
    outcome = ""
    if decision.outcome and decision.outcome_at is not None:
        outcome = f"{decision.outcome} {when(decision.outcome_at)}"
        outcome += f", because {decision.outcome_because}" if decision.outcome_because else ""
    return {
        "number": decision.number,
        "time": when(decision.logged.at),
        "what": decision.logged.text,
        "because": decision.because,
        "options": decision.options,
        "by": decision.by,
        "asked_by": decision.asked_by,
        "outcome": outcome,
        "lines": [f"{when(entry.at)} {clean_line(entry.text)}" for entry in sorted(linked, key=lambda line: line.at)],
    }


def updates(snapshot: Snapshot, when: TimeFormat) -> list[Values]:
    """The messages sent, to whom, and whether the next update each promised came in time."""
    return [_update(sent, snapshot.promise_by_message.get(sent.key), when) for sent in snapshot.incident.messages]


def _update(sent: Logged[MessageSent], promise: Promise | None, when: TimeFormat) -> Values:
    body = sent.body
    return {
        "time": when(sent.at),
        "what": sent.text.removesuffix(f" → {body.to}"),
        "audience": body.to,
        "channel": body.channel,
        "subject": body.subject,
        "author": sent.author,
        "promise": when(body.promise) if body.promise is not None else "",
        "promise_kept": _kept(promise, when) if promise else "",
    }


def _kept(promise: Promise, when: TimeFormat) -> str:
    match promise.state:
        case "kept" | "late" if promise.answered is not None:
            return f"{promise.state}, sent at {when(promise.answered)}"
        case "running":
            return "still to come"
        case _:
            return promise.state


def promise_count(snapshot: Snapshot) -> Values:
    """The number of promised updates: in all (`made`), kept, late, missed, and still to come (`running`)."""
    states = [promise.state for promise in snapshot.promises]
    return {"made": len(states), **{state: states.count(state) for state in ("kept", "late", "missed", "running")}}


def escalation_steps(snapshot: Snapshot, when: TimeFormat) -> list[Values]:
    """The escalation steps taken: the commander told or skipped, the message, a decision not to escalate."""
    incident = snapshot.incident
    steps: list[tuple[Logged[Body], list[str]]] = [(step, step.body.triggers) for step in incident.escalations]
    steps += [(message, []) for message in incident.sent([ids.MESSAGE_ESCALATION])]
    texts = {row.id: row.text for row in snapshot.playbook.triggers}
    return [
        {"time": when(step.at), "text": step.text, "by": step.author, "triggers": _triggers(triggers, texts)}
        for step, triggers in sorted(steps, key=lambda pair: (pair[0].at, pair[0].order))
    ]


def _triggers(triggers: list[str], texts: dict[str, str]) -> str:
    """The triggers that applied when a step was taken, as the playbook states them."""
    return "; ".join(texts.get(id, id) for id in triggers)


def facts(snapshot: Snapshot, when: TimeFormat) -> list[Values]:
    """The current facts in the playbook's order, each with since when."""
    incident = snapshot.incident
    return [
        {"name": row.label, "value": value, "since": when(incident.facts[row.id][-1].at)}
        for row in snapshot.playbook.facts
        if (value := incident.fact(row.id))
    ]


def usual(snapshot: Snapshot) -> list[Values]:
    """What was kept ready before the incident, of facts that nobody has set in it; nothing once it is over."""
    incident, book = snapshot.incident, snapshot.playbook
    if incident.over():
        return []
    rows = [row for row in book.facts if not incident.fact(row.id)]
    return [{"id": row.id, "name": row.label, "value": value} for row in rows if (value := book.usual(row.id))]
