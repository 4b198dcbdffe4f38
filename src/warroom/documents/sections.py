"""What every document says in the same way: a line of the timeline, a decision, an update and its promise, a cost.

Plain dicts, strings and numbers come out, fit for a template.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import msgspec

from warroom.model import ids, lines, times
from warroom.model.clocks import Promise, promises
from warroom.model.entries import Body, Entry, Said
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import Decision, decided
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook

Values = dict[str, Any]


class Moments(msgspec.Struct, frozen=True):
    """How a document writes its times: with the date where it spans days, with the zone where that is not plain."""

    tz: tzinfo | None
    dated: bool
    zoned: bool

    def __call__(self, ms: int) -> str:
        """A moment (ms UTC) in words."""
        day, clock, zone = face(ms, self.tz)
        return " ".join(([day] if self.dated else []) + [clock] + ([zone] if self.zoned else []))


def face(ms: int, tz: tzinfo | None) -> tuple[str, str, str]:
    """Day, clock time and zone of a moment; one conversion, since a long log asks for very many."""
    moment = times.local(ms, tz)
    name = moment.tzname() or "UTC"
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M}", f"UTC{name}" if name[:1] in "+-" else name


def severity(incident: Incident, playbook: Playbook) -> str:
    """`SEV1 Critical (was SEV2)`."""
    row = playbook.severity(incident.severity)
    before = [level for _, level in incident.severities[:-1]]
    was = f" (was {', '.join(f'SEV{level}' for level in before)})" if before else ""
    return f"{row.tag} {row.name}{was}"


def is_line(entry: Entry, incident: Incident) -> bool:
    """Whether an entry stands in the timeline: a correction does not, nor does what was taken back."""
    change = incident.replaced.get(entry.key)
    return entry.body.corrects is None and not (change and change.retracted)


def line(
    entry: Entry, incident: Incident, playbook: Playbook, *, tz: tzinfo | None, acknowledged: bool = False
) -> Values:
    """A line of the timeline as it reads today; `acknowledged` marks the first who took the incident on."""
    change = incident.replaced.get(entry.key)
    day, clock, zone = face(change.at if change else entry.at, tz)
    kind, words = entry.body.log_line(change.text if change else entry.text, playbook, acknowledged=acknowledged)
    return {
        "day": day,
        "time": clock,
        "zone": zone,
        "kind": kind,
        "text": words,
        "author": entry.author,
        "remark": "corrected" if change else lines.added(entry),
    }


def decisions(incident: Incident, moment: Moments) -> list[Values]:
    """The decisions made, numbered, with all that was added to them and what became of them."""
    return [_decision(one, moment) for one in decided(incident)]


def _decision(one: Decision, moment: Moments) -> Values:
    outcome = ""
    if one.outcome and one.outcome_at is not None:
        outcome = f"{one.outcome} {moment(one.outcome_at)}"
        outcome += f", because {one.outcome_because}" if one.outcome_because else ""
    return {
        "number": one.number,
        "time": moment(one.said.at),
        "what": one.said.text,
        "because": one.because,
        "options": one.options,
        "by": one.by,
        "asked_by": one.asked_by,
        "outcome": outcome,
    }


def updates(incident: Incident, playbook: Playbook, now: int, moment: Moments) -> list[Values]:
    """What went out, to whom, and whether the next update it promised came in time."""
    made = {promise.key: promise for promise in promises(incident, playbook, now)}
    return [_update(said, made.get(said.key), moment) for said in incident.messages]


def _update(said: Said[MessageSent], promise: Promise | None, moment: Moments) -> Values:
    body = said.body
    return {
        "time": moment(said.at),
        "what": said.text.removesuffix(f" → {body.to}"),
        "audience": body.to,
        "channel": body.channel,
        "subject": body.subject,
        "author": said.author,
        "promise": moment(body.promise) if body.promise is not None else "",
        "promise_kept": _kept(promise, moment) if promise else "",
    }


def _kept(promise: Promise, moment: Moments) -> str:
    match promise.state:
        case "kept" | "late" if promise.answered is not None:
            return f"{promise.state}, it came at {moment(promise.answered)}"
        case "running":
            return "still to come"
        case _:
            return promise.state


def promise_count(incident: Incident, playbook: Playbook, now: int) -> Values:
    """How many promised updates there were and how they went; one still to come counts as none of them."""
    states = [promise.state for promise in promises(incident, playbook, now)]
    return {"made": len(states), **{state: states.count(state) for state in ("kept", "late", "missed", "running")}}


def escalation_steps(incident: Incident, playbook: Playbook, moment: Moments) -> list[Values]:
    """How escalating went, step by step: the commander told or left out, the message, or the decision against it."""
    messages = incident.sent([ids.MESSAGE_ESCALATION])
    steps: list[tuple[Said[Body], list[str]]] = [(said, said.body.triggers) for said in incident.escalations]
    steps += [(said, []) for said in messages]
    return [
        {"time": moment(said.at), "text": said.text, "by": said.author, "triggers": _triggers(held, playbook)}
        for said, held in sorted(steps, key=lambda step: (step[0].at, step[0].order))
    ]


def _triggers(held: list[str], playbook: Playbook) -> str:
    """The reasons that held when the step was taken, in the playbook's words."""
    texts = {row.id: row.text for row in playbook.triggers}
    return "; ".join(texts.get(id, id) for id in held)


def facts(incident: Incident, playbook: Playbook, moment: Moments) -> list[Values]:
    """The facts as last known, in the playbook's order, with since when."""
    return [
        {"name": row.label, "value": value, "since": moment(incident.facts[row.id][-1].at)}
        for row in playbook.facts
        if (value := incident.fact(row.id))
    ]
