"""The incident as data for other programs: what `warroom status --json` prints, and the hand-over carries along."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import msgspec

from warroom.model import times
from warroom.model.checklist import checklist
from warroom.model.clocks import clocks, promises
from warroom.model.cost import cost
from warroom.model.escalation import escalation
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import decided
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot

_Data = dict[str, Any]


def as_data(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None = None) -> _Data:
    """Everything known now as plain dicts and lists; times are ISO 8601 UTC, lengths of time whole seconds."""
    following = Snapshot(incident, playbook, now, tz).advice
    return {
        "ref": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "state": incident.state,
        "stage": incident.stage,
        "began_at": times.iso(incident.began),
        "learned_at": times.iso(incident.learned),
        "resolved_at": iso(incident.resolved_at),
        "closed_at": iso(incident.closed_at),
        "elapsed_s": incident.elapsed(now) // times.SECOND,
        "roles": {role: ", ".join(names) for role in incident.roles if (names := incident.holders(role))},
        "facts": incident.known_facts(),
        "checklist": _checklist(incident, playbook),
        "clocks": [
            {
                "id": clock.id,
                "label": clock.label,
                "due_at": times.iso(clock.due),
                "remaining_s": clock.left // times.SECOND,
                "state": clock.state,
                "promised": clock.promised,
                "snoozed_until": iso(clock.snoozed_until),
            }
            for clock in clocks(incident, playbook, now, tz)
        ],
        "promises": promises_data(incident, playbook, now),
        "escalation": [
            {"id": one.id, "holds": one.holds, "why": one.why}
            for one in escalation(incident, playbook, now, tz).triggers
        ],
        "decisions": decisions_data(incident),
        "cost": cost_data(incident, now),
        "next": {"text": following.text, "action": following.action},
    }


def _checklist(incident: Incident, playbook: Playbook) -> _Data:
    state = checklist(incident, playbook)
    return {
        "done": state.done,
        "total": state.total,
        "phases": [
            {
                "id": phase.row.id,
                "title": phase.row.title,
                "items": [
                    {"id": item.row.id, "text": item.row.text, "done": item.done, "value": item.value or None}
                    for item in phase.items
                ],
            }
            for phase in state.phases
        ],
    }


def promises_data(incident: Incident, playbook: Playbook, now: int) -> list[_Data]:
    """Every next update that was promised, and whether it came in time."""
    return [
        {
            "made_at": times.iso(promise.made),
            "due_at": times.iso(promise.due),
            "answered_at": iso(promise.answered),
            "state": promise.state,
        }
        for promise in promises(incident, playbook, now)
    ]


def decisions_data(incident: Incident) -> list[_Data]:
    """Every decision; `outcome` is null until it is confirmed or reversed."""
    return [
        {
            "number": one.number,
            "text": one.said.text,
            "because": one.because,
            "options": one.options,
            "by": one.by,
            "asked_by": one.asked_by,
            "at": times.iso(one.said.at),
            "outcome": one.outcome or None,
            "outcome_because": one.outcome_because,
            "outcome_at": iso(one.outcome_at),
        }
        for one in decided(incident)
    ]


def cost_data(incident: Incident, now: int) -> _Data | None:
    """The cost so far with what it rests on; null where no revenue per hour is known."""
    known = cost(incident, now)
    return None if known is None else {"amount": round(known.amount), "text": known.words, "basis": known.basis}


def encoded(data: object) -> str:
    """JSON as people can read it too."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def iso(ms: int | None) -> str | None:
    """ISO 8601 UTC, null for a moment that has not come."""
    return None if ms is None else times.iso(ms)
