"""The incident as data for other programs, printed by `warroom status --json` and included in the hand-over."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import msgspec

from warroom.model import times
from warroom.model.action_items import ActionItem, source_name
from warroom.model.checklist import Checklist
from warroom.model.snapshot import Snapshot

Data = dict[str, Any]


def as_data(snapshot: Snapshot) -> Data:
    """The current state as plain dicts and lists; times are ISO 8601 UTC, durations whole seconds."""
    incident = snapshot.incident
    return {
        "ref": incident.id,
        "title": incident.title,
        "drill": incident.drill,
        "severity": incident.severity,
        "state": incident.state,
        "stage": incident.stage,
        "began_at": times.iso(incident.began),
        "learned_at": times.iso(incident.learned),
        "resolved_at": iso(incident.resolved_at),
        "closed_at": iso(incident.closed_at),
        "cancelled": incident.cancelled.body.outcome if incident.cancelled else None,
        "elapsed_s": incident.elapsed(snapshot.now) // times.SECOND,
        "roles": {role: ", ".join(names) for role in incident.roles if (names := incident.holders(role))},
        "facts": incident.known_facts(),
        "checklist": _checklist(snapshot.checklist),
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
            for clock in snapshot.clocks
        ],
        "promises": promises_data(snapshot),
        "escalation": [
            {"id": trigger.id, "holds": trigger.applies, "why": trigger.why} for trigger in snapshot.escalation.triggers
        ],
        "decisions": decisions_data(snapshot),
        "actions": [
            action_item_data(item, snapshot.today, snapshot.tz, source_name(incident, item.source))
            for item in snapshot.action_items
        ],
        "cost": cost_data(snapshot),
        "milestones": milestones_data(snapshot),
        "recovery": recovery_data(snapshot),
        "postmortem": post_mortem_data(snapshot),
        "next": {"text": snapshot.advice.text, "action": snapshot.advice.action},
    }


def _checklist(state: Checklist) -> Data:
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


def promises_data(snapshot: Snapshot) -> list[Data]:
    """Every promised update, and whether it came in time."""
    return [
        {
            "made_at": times.iso(promise.made),
            "due_at": times.iso(promise.due),
            "answered_at": iso(promise.answered),
            "state": promise.state,
        }
        for promise in snapshot.promises
    ]


def decisions_data(snapshot: Snapshot) -> list[Data]:
    """Every decision; `outcome` is null until it is confirmed or reversed."""
    return [
        {
            "number": decision.number,
            "text": decision.logged.text,
            "because": decision.because,
            "options": decision.options,
            "by": decision.by,
            "asked_by": decision.asked_by,
            "at": times.iso(decision.logged.at),
            "outcome": decision.outcome or None,
            "outcome_because": decision.outcome_because,
            "outcome_at": iso(decision.outcome_at),
        }
        for decision in snapshot.decisions
    ]


def action_item_data(item: ActionItem, today: str, tz: tzinfo | None, source: str) -> Data:
    """One action item; `today` is the present day in the zone `tz`, `source` what `source_name` says of it."""
    return {
        "id": item.id,
        "incident": item.incident,
        "incident_title": item.title,
        "drill": item.drill,
        "number": item.number,
        "text": item.text,
        "owner": item.owner or None,
        "due": item.due or None,
        "first_due": item.first_due or None,
        "kind": item.purpose or None,
        "priority": item.priority or None,
        "state": item.state,
        "overdue": item.overdue(today),
        "because": item.because or None,
        "source": source or None,
        "added_at": times.iso(item.logged.at),
        "ended_at": iso(item.ended),
        "in_time": item.in_time(tz),
    }


def cost_data(snapshot: Snapshot) -> Data | None:
    """The cost so far with its basis; None if the revenue per hour is not known."""
    known = snapshot.cost
    return None if known is None else {"amount": round(known.amount), "text": known.text, "basis": known.basis}


def post_mortem_data(snapshot: Snapshot) -> Data:
    """The state of the post-mortem, and which sections somebody has written."""
    state = snapshot.post_mortem
    return {
        "state": state.state,
        "reviewer": state.by or None,
        "because": state.because or None,
        "due_at": iso(state.due),
        "owed": state.owed,
        "written": [section.row.id for section in state.sections if not section.live],
        "conflicts": [section.row.id for section in state.sections if section.others],
    }


def recovery_data(snapshot: Snapshot) -> Data:
    """What is owed after the fix; no items while the incident is open, or if it was cancelled."""
    state = snapshot.recovery
    return {
        "round": state.round,
        "settled": state.settled,
        "total": len(state.items),
        "items": [
            {
                "id": item.row.id,
                "text": item.row.text,
                "when": item.when,
                "state": item.state,
                "required": item.required,
                "owed": item.owed,
                "late": item.late(snapshot.now),
                "due_at": iso(item.due),
                "owner": item.owner or None,
                "note": item.note or None,
                "at": iso(item.at),
                "by": item.by or None,
            }
            for item in state.items
        ],
    }


def milestones_data(snapshot: Snapshot) -> list[Data]:
    """Every milestone, with where it is known from and what is odd about it; `at` is null if it is not known."""
    return [
        {
            "id": milestone.id,
            "at": iso(milestone.at),
            "source": milestone.source or None,
            "problem": milestone.problem or None,
        }
        for milestone in snapshot.milestones
    ]


def encoded(data: object) -> str:
    """Indented JSON."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def iso(ms: int | None) -> str | None:
    """ISO 8601 UTC; None for None."""
    return None if ms is None else times.iso(ms)
