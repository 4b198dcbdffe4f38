"""The hand-over of the user's own seat: all that whoever takes it over has to know, on a page and as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from warroom.documents import sections
from warroom.documents.sections import Moments, Values
from warroom.documents.status import as_data as report
from warroom.model import ids, times
from warroom.model.checklist import checklist
from warroom.model.clocks import clocks, promises
from warroom.model.cost import cost_so_far
from warroom.model.entries import Entry
from warroom.model.escalation import escalation
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line

LAST = 10
"""How many lines of the log are handed over; callers give more entries, as some of them are no lines."""


def values(
    incident: Incident,
    playbook: Playbook,
    entries: Sequence[Entry],
    *,
    author: str,
    now: int,
    tz: tzinfo | None = None,
) -> Values:
    """What a hand-over template is given: plain dicts, lists, strings and numbers.

    `entries` are the last of the incident's in the order they happened, `author` is who hands over.
    """
    lines = [sections.line(entry, incident, playbook, tz=tz) for entry in _last(incident, entries)]
    today = sections.face(now, tz)[0]
    running = clocks(incident, playbook, now, tz)
    spans = [incident.began, *(clock.due for clock in running), *(said.at for said in incident.messages)]
    dated = any(sections.face(ms, tz)[0] != today for ms in spans) or any(line["day"] != today for line in lines)
    moment = Moments(tz, dated=dated, zoned=True)
    following = Snapshot(incident, playbook, now, tz).advice
    stage = playbook.stage(incident.stage)
    return {
        "title": clean_line(incident.title),
        "ref": incident.id,
        "author": author,
        "written": Moments(tz, dated=True, zoned=True)(now),
        "severity": sections.severity(incident, playbook),
        "state": incident.state,
        "stage": stage.name if stage else incident.stage,
        "started": moment(incident.began),
        "learned": moment(incident.learned),
        "resolved": moment(incident.resolved_at) if incident.resolved_at is not None else "",
        "duration": times.span(incident.elapsed(now)),
        "over": incident.over(),
        "commander": ", ".join(incident.holders(ids.ROLE_COMMANDER)),
        "next": {"text": following.text, "reason": following.reason},
        "protocol": _protocol(incident, playbook),
        "cost": cost_so_far(incident, now),
        "facts": sections.facts(incident, playbook, moment),
        "roles": _roles(incident, playbook, moment),
        "vacant": [row.name for row in playbook.roles if not incident.holders(row.id)],
        "clocks": [
            {
                "label": clock.label,
                "words": clock.words,
                "due": moment(clock.due),
                "late": clock.state == "late",
                "promised": clock.promised,
                "snoozed": moment(clock.snoozed_until) if clock.snoozed_until is not None else "",
                "because": clock.snooze_reason,
            }
            for clock in running
        ],
        "promises": sections.promise_count(incident, playbook, now),
        "open_items": [
            {"phase": phase.row.title, "text": item.row.text}
            for phase in checklist(incident, playbook).phases
            for item in phase.items
            if phase.asked and not item.done and not incident.over()
        ],
        "decisions": sections.decisions(incident, moment),
        "escalation": _escalation(incident, playbook, now, moment),
        "updates": sections.updates(incident, playbook, now, moment),
        "timeline": [{**line, "time": _when(line, dated=dated)} for line in lines],
    }


def _last(incident: Incident, entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if sections.is_line(entry, incident)][-LAST:]


def _when(line: Values, *, dated: bool) -> str:
    return " ".join(([line["day"]] if dated else []) + [line["time"], line["zone"]])


def _protocol(incident: Incident, playbook: Playbook) -> Values:
    """What this severity asks for, in the playbook's words."""
    row = playbook.severity(incident.severity)
    return {
        "response": row.response,
        "customer": row.customer,
        "stakeholders": row.stakeholders,
        "target": row.target,
        "pm": row.pm,
    }


def _roles(incident: Incident, playbook: Playbook, moment: Moments) -> list[Values]:
    """Who has which role, since when, and how to reach them."""
    names = {row.id: row.name for row in playbook.roles}
    order = [*names, *(role for role in incident.roles if role not in names)]
    return [
        {
            "name": names.get(role, role),
            "holder": said.body.name,
            "contact": said.body.contact,
            "since": moment(said.at),
        }
        for role in order
        for said in incident.roles.get(role, ())
    ]


def _escalation(incident: Incident, playbook: Playbook, now: int, moment: Moments) -> Values:
    """Which triggers hold, what nobody has said yet, and the steps taken."""
    state = escalation(incident, playbook, now, moment.tz)
    return {
        "holding": [{"text": one.text, "why": one.why} for one in state.holding],
        "unanswered": [one.ask for one in state.triggers if one.holds is None and one.ask and not incident.over()],
        "undecided": state.pending is not None and not incident.over(),
        "steps": sections.escalation_steps(incident, playbook, moment),
    }


def as_data(
    incident: Incident,
    playbook: Playbook,
    entries: Sequence[Entry],
    *,
    author: str,
    now: int,
    tz: tzinfo | None = None,
) -> Values:
    """The hand-over as data: the keys of `status --json`, and protocol, contacts, messages sent and last lines."""
    kept = {promise.key: promise.state for promise in promises(incident, playbook, now)}
    return {
        **report(incident, playbook, now, tz),
        "handed_over_by": author,
        "written_at": times.iso(now),
        "protocol": _protocol(incident, playbook),
        "contacts": {
            said.body.name: said.body.contact
            for holders in incident.roles.values()
            for said in holders
            if said.body.contact
        },
        "messages": [
            {
                "sent_at": times.iso(said.at),
                "kind": said.body.message,
                "number": said.body.number,
                "to": said.body.to,
                "channel": said.body.channel,
                "subject": said.body.subject,
                "promised_at": times.iso(said.body.promise) if said.body.promise is not None else None,
                "promise": kept.get(said.key),
            }
            for said in incident.messages
        ],
        "log": [_entry(entry, incident) for entry in _last(incident, entries)],
    }


def _entry(entry: Entry, incident: Incident) -> Values:
    change = incident.replaced.get(entry.key)
    at, text = (change.at, change.text) if change else (entry.at, entry.text)
    return {"at": times.iso(at), "kind": entry.kind, "author": entry.author, "text": text}
