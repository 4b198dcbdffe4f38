"""The incident as data for other programs: what `warroom status --json` prints."""

from __future__ import annotations

from typing import Any

import msgspec

from warroom.model import times
from warroom.model.clocks import promises
from warroom.session import Session


def as_data(session: Session) -> dict[str, Any]:
    """Everything known now as plain dicts and lists; times are ISO 8601 UTC, lengths of time whole seconds."""
    incident, now = session.incident, session.now()
    checklist = session.checklist()
    following = session.next()
    return {
        "ref": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "state": incident.state,
        "stage": incident.stage,
        "began_at": times.iso(incident.began),
        "learned_at": times.iso(incident.learned),
        "resolved_at": _iso(incident.resolved_at),
        "closed_at": _iso(incident.closed_at),
        "elapsed_s": incident.elapsed(now) // times.SECOND,
        "roles": {role: ", ".join(names) for role in incident.roles if (names := incident.holders(role))},
        "facts": incident.known_facts(),
        "checklist": {
            "done": checklist.done,
            "total": checklist.total,
            "phases": [
                {
                    "id": phase.row.id,
                    "title": phase.row.title,
                    "items": [
                        {"id": item.row.id, "text": item.row.text, "done": item.done, "value": item.value or None}
                        for item in phase.items
                    ],
                }
                for phase in checklist.phases
            ],
        },
        "clocks": [
            {
                "id": clock.id,
                "label": clock.label,
                "due_at": times.iso(clock.due),
                "remaining_s": clock.left // times.SECOND,
                "state": clock.state,
                "promised": clock.promised,
                "snoozed_until": _iso(clock.snoozed_until),
            }
            for clock in session.clocks()
        ],
        "promises": [
            {"made_at": times.iso(promise.made), "due_at": times.iso(promise.due), "state": promise.state}
            for promise in promises(incident, session.playbook, now)
        ],
        "next": {"text": following.text, "action": following.action},
        "entries": session.journal.count(incident.id),
    }


def encoded(data: object) -> str:
    """JSON as people can read it too."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def _iso(ms: int | None) -> str | None:
    return None if ms is None else times.iso(ms)
