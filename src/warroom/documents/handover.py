"""The hand-over: everything that the person who takes over needs to know, as a document and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warroom.documents import sections, status
from warroom.documents.material import Material
from warroom.documents.sections import TimeFormat, Values
from warroom.documents.table import as_table
from warroom.model import times
from warroom.model.clocks import is_follow_up
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line

LAST = 10
"""The number of log lines in a hand-over."""


def values(material: Material) -> Values:
    """The values for the template of a hand-over: plain dicts, lists, strings and numbers."""
    snapshot = material.snapshot
    incident, playbook, now, tz = snapshot.incident, snapshot.playbook, snapshot.now, snapshot.tz
    lines = sections.timeline(_last(incident, material.latest()), snapshot)
    pinned = sections.timeline(_pinned(material), snapshot)
    today = times.day(now, tz)
    shown = [incident.began, *(sent.at for sent in incident.messages)]
    shown += [clock.due for clock in snapshot.clocks if not is_follow_up(clock.id)]
    dated = any(times.day(ms, tz) != today for ms in shown) or any(line["day"] != today for line in (*pinned, *lines))
    when, in_full = TimeFormat(tz, dated=dated, zoned=True), TimeFormat(tz, dated=True, zoned=True)
    stage = playbook.stage(incident.stage)
    return {
        "title": clean_line(incident.title),
        "ref": incident.id,
        "author": material.author,
        "written": in_full(now),
        "severity": sections.severity(snapshot),
        "state": incident.outcome,
        "stage": stage.name if stage else incident.stage,
        "started": when(incident.began),
        "learned": when(incident.learned),
        "resolved": when(incident.resolved_at) if incident.resolved_at is not None else "",
        "duration": times.span(incident.length(now)),
        "over": incident.over(),
        "commander": sections.commander(incident),
        "next": {"text": snapshot.advice.text, "reason": snapshot.advice.reason},
        "protocol": _protocol(snapshot),
        "cost": sections.cost(snapshot),
        "facts": sections.facts(snapshot, when),
        "usual": sections.usual(snapshot),
        "roles": _roles(snapshot, when),
        "vacant": [row.name for row in playbook.roles if not incident.holders(row.id)],
        "clocks": [
            {
                "label": clock.label,
                "words": clock.countdown,
                "due": when(clock.due) if times.day(clock.due, tz) == today else in_full(clock.due),
                "late": clock.state == "late",
                "promised": clock.promised,
                "snoozed": when(clock.snoozed_until) if clock.snoozed_until is not None else "",
                "because": clock.snooze_reason,
            }
            for clock in snapshot.clocks
        ],
        "promises": sections.promise_count(snapshot),
        "open_items": [
            {"phase": phase.row.title, "text": item.row.text}
            for phase in snapshot.checklist.phases
            for item in phase.items
            if phase.required and not item.done and not incident.over()
        ],
        "decisions": sections.decisions(snapshot, when),
        "escalation": _escalation(snapshot, when),
        "updates": sections.updates(snapshot, when),
        "pinned": [{**line, "time": _when(line, dated=dated)} for line in pinned],
        "timeline": [{**line, "time": _when(line, dated=dated)} for line in lines],
    }


def _pinned(material: Material) -> list[Entry]:
    """The lines that somebody pinned, however long ago."""
    keys = material.snapshot.incident.pinned
    return list({entry.key: entry for entry in material.chosen() if entry.key in keys}.values()) if keys else []


def _last(incident: Incident, entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if sections.is_line(entry, incident)][-LAST:]


def _when(line: Values, *, dated: bool) -> str:
    return " ".join(([line["day"]] if dated else []) + [line["time"], line["zone"]])


def _protocol(snapshot: Snapshot) -> Values:
    """What this severity requires, as the playbook states it."""
    row = snapshot.playbook.severity(snapshot.incident.severity)
    return {
        "response": row.response,
        "customer": row.customer,
        "stakeholders": row.stakeholders,
        "target": row.target,
        "pm": row.pm,
    }


def _roles(snapshot: Snapshot, when: TimeFormat) -> list[Values]:
    """Who has which role, since when, and how to reach them."""
    names = {row.id: row.name for row in snapshot.playbook.roles}
    held = snapshot.incident.roles
    order = [*names, *(role for role in held if role not in names)]
    return [
        {
            "name": names.get(role, role),
            "holder": assignment.body.name,
            "contact": assignment.body.contact,
            "since": when(assignment.at),
        }
        for role in order
        for assignment in held.get(role, ())
    ]


def _escalation(snapshot: Snapshot, when: TimeFormat) -> Values:
    """Which triggers apply, which questions are not answered yet, and the steps taken."""
    state, over = snapshot.escalation, snapshot.incident.over()
    unanswered = [trigger.ask for trigger in state.triggers if trigger.applies is None and trigger.ask]
    return {
        "holding": [{"text": trigger.text, "why": trigger.why} for trigger in state.active],
        "unanswered": unanswered if not over else [],
        "undecided": state.pending is not None and not over,
        "steps": sections.escalation_steps(snapshot, when),
    }


def as_data(material: Material) -> Values:
    """The hand-over as data: the keys of `status --json`, plus protocol, contacts, messages and the last log lines."""
    snapshot = material.snapshot
    incident, kept = snapshot.incident, snapshot.promise_by_message
    return {
        **status.as_data(snapshot),
        "handed_over_by": material.author,
        "written_at": times.iso(snapshot.now),
        "protocol": _protocol(snapshot),
        "contacts": {
            assignment.body.name: assignment.body.contact
            for assignments in incident.roles.values()
            for assignment in assignments
            if assignment.body.contact
        },
        "usual_facts": {row["id"]: row["value"] for row in sections.usual(snapshot)},
        "messages": [
            {
                "sent_at": times.iso(sent.at),
                "kind": sent.body.message,
                "number": sent.body.number,
                "to": sent.body.to,
                "channel": sent.body.channel,
                "subject": sent.body.subject,
                "promised_at": status.iso(sent.body.promise),
                "promise": kept[sent.key].state if sent.key in kept else None,
            }
            for sent in incident.messages
        ],
        "pinned": [_entry(entry, incident) for entry in _by_time(_pinned(material), incident)],
        "log": [_entry(entry, incident) for entry in _by_time(_last(incident, material.latest()), incident)],
    }


def as_json(material: Material) -> Iterator[str]:
    """The hand-over as JSON."""
    yield status.encoded(as_data(material)) + "\n"


_COLUMNS = ("part", "what", "text", "time")


def as_csv(material: Material) -> Iterator[str]:
    """The hand-over as CSV: a row for each thing to know, in the order of the document."""
    found = values(material)
    rows = [("Next", "", found["next"]["text"], "")]
    rows += [("Clocks", clock["label"], clock["words"], clock["due"]) for clock in found["clocks"]]
    rows += [("Messages", sent["what"], sent["audience"], sent["time"]) for sent in found["updates"]]
    rows += [("Facts", fact["name"], fact["value"], fact["since"]) for fact in found["facts"]]
    rows += [("Facts", fact["name"], fact["value"], "") for fact in found["usual"]]
    rows += [("Roles", role["name"], role["holder"], role["since"]) for role in found["roles"]]
    rows += [("Still open", item["phase"], item["text"], "") for item in found["open_items"]]
    rows += [("Decisions", one["what"], one["because"], one["time"]) for one in found["decisions"]]
    rows += [("Escalation", "", step["text"], step["time"]) for step in found["escalation"]["steps"]]
    rows += [("Pinned", line["kind"], line["text"], line["time"]) for line in found["pinned"]]
    rows += [("Log", line["kind"], line["text"], line["time"]) for line in found["timeline"]]
    yield as_table(_COLUMNS, rows)


def _by_time(entries: list[Entry], incident: Incident) -> list[Entry]:
    return sorted(entries, key=lambda entry: incident.shown(entry).at)


def _entry(entry: Entry, incident: Incident) -> Values:
    now = incident.shown(entry)
    return {"at": times.iso(now.at), "kind": now.kind, "author": entry.author, "text": now.text}
