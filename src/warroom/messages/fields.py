"""What the fields of a message start from: the facts, the roles, the clock and the message before it."""

from __future__ import annotations

from warroom.messages.forms import STATES
from warroom.messages.next_update import whole_minute
from warroom.messages.templates import Field, Kind
from warroom.model import times
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

NEXT_UPDATE = "next_update"
"""The field in which a message promises when people hear more."""
STATE = "state"
"""The field that says how far it is, in a status page's word."""


def prefill(kind: Kind, snapshot: Snapshot, *, author: str = "") -> dict[str, str]:
    """The text each field starts from: of its sources the first that has words.

    A fact gives way to an earlier message (a `last` source further down its list) that was written after it, so that
    an old fact never undoes what people have heard since. What a message left empty on purpose stays empty.
    """
    return {field.id: clean(_start(kind, field, snapshot, author)) for field in kind.fields}


def quiet_update(kind: Kind, snapshot: Snapshot, *, author: str = "") -> dict[str, str]:
    """What to send when there is nothing new, so that silence never has that as its reason.

    Every field as it was sent last; what was never sent is stated as not known yet.
    """
    values = prefill(kind, snapshot, author=author)
    status = values.get("status", "").strip()
    if "status" in values and (not status or status.lower().startswith("investigating")):
        values["status"] = "Still investigating, nothing new"
    if "progress" in values:
        last = snapshot.incident.sent(["initial", "update"])
        since = f" since the last message at {times.clock_zone(last[-1].at, snapshot.tz)}" if last else ""
        values["progress"] = f"Nothing new to report{since}"
    for field in kind.fields:
        if is_required(field, snapshot) and not values[field.id].strip():
            values[field.id] = "Not known yet"
    return values


def is_required(field: Field, snapshot: Snapshot) -> bool:
    """Whether a message can't go out without it; a next update is owed only where the severity has a cadence."""
    if field.id == NEXT_UPDATE and not cadence(snapshot):
        return False
    return field.required


def cadence(snapshot: Snapshot) -> int:
    """How many minutes apart people hear from us at this severity; 0 where the playbook asks for no updates."""
    return snapshot.playbook.severity(snapshot.incident.severity).update_every_min or 0


def state_now(kind: Kind, incident: Incident) -> str:
    """The status page's word for how far it is; never further than what was done or sent."""
    if incident.over():
        return "resolved"
    if incident.stage in ("resolution", "recovery"):
        return "monitoring"
    found = _last_words("last", STATE, kind, incident)
    state = found[1].strip().lower() if found else ""
    return state if state in STATES and state != "resolved" else "investigating"


def _start(kind: Kind, field: Field, snapshot: Snapshot, author: str) -> str:
    incident = snapshot.incident
    for place, source in enumerate(field.source):
        prefix, _, name = source.partition(":")
        if prefix in ("fact", "last"):
            rivals = [source] if prefix == "last" else field.source[place:]
            found = [words for rival in rivals if (words := _last_words(rival, field.id, kind, incident))]
            if not found:
                continue
            return max(found, key=lambda pair: pair[0].entry.order)[1]
        if prefix == "role":
            text = ", ".join(incident.holders(name))
        elif prefix == "text":
            text = name
        elif prefix == "owed":
            text = name if min(level for _, level in incident.severities) <= 2 else ""
        else:
            text = _computed(source, kind, snapshot, author)
        if text.strip():
            return text
    return ""


def _last_words(source: str, field: str, kind: Kind, incident: Incident) -> tuple[Logged[Body], str] | None:
    """What a fact, or the last message of some kinds, has for a field ("" too), with the entry that has it."""
    prefix, _, name = source.partition(":")
    if prefix == "fact" and (value := incident.fact(name)):
        return incident.facts[name][-1], value
    if prefix == "last":
        for sent in reversed(incident.sent(name.split(",") if name else [kind.id])):
            if field in sent.body.fields:
                return sent, sent.body.fields[field]
    return None


def _computed(source: str, kind: Kind, snapshot: Snapshot, author: str) -> str:
    incident, every = snapshot.incident, cadence(snapshot)
    match source:
        case "author":
            return author
        case "severity":
            return f"SEV{incident.severity}"
        case "title":
            return incident.title
        case "duration":
            return times.span(incident.elapsed(snapshot.now))
        case "cadence":
            return f"every {every} min" if every else ""
        case "next_update":
            due = whole_minute(snapshot.now + every * times.MINUTE)
            return times.clock(due, snapshot.tz) if every else ""
        case "trigger":
            progress = snapshot.escalation
            return ", ".join(one.text for one in progress.holding if one == progress.pending or not progress.sent)
        case "state":
            return state_now(kind, incident)
        case "resolution" if incident.resolution and incident.resolution.text != "Resolved":
            return incident.resolution.text
        case _:
            return ""
