"""Where the text comes from that a field starts with: facts, earlier messages, roles, contacts and clocks."""

from __future__ import annotations

import re

from warroom.messages.dates import day_told, lasted
from warroom.messages.field import Field
from warroom.messages.forms import STATES
from warroom.messages.next_update import round_time
from warroom.messages.templates import Kind
from warroom.messages.values import cost_told, public_title, was_public_title
from warroom.model import ids, times
from warroom.model.contacts import CONTACTS, contact
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words

STATE = "state"
"""The field with the incident's state, in the terms of a status page."""


def start_of(kind: Kind, field: Field, snapshot: Snapshot, author: str) -> str:
    """The text of the first source of a field that has any; "" if none has."""
    incident = snapshot.incident
    for place, source in enumerate(field.source):
        prefix, _, name = source.partition(":")
        if prefix in ("fact", "last"):
            candidates = [source] if prefix == "last" else field.source[place:]
            found = [value for candidate in candidates if (value := last_value(candidate, field.id, kind, incident))]
            if not found:
                continue
            said, text = max(found, key=lambda pair: pair[0].when)
            going_on = kind.public and not incident.over()
            if prefix == "fact" and going_on and text.strip() and (own := own_words(kind, field, incident)):
                return own
            return text if prefix == "fact" else _followed(field, said, text, snapshot)
        if prefix == "role":
            text = ", ".join(incident.holders(name))
        elif prefix == "text":
            text = name
        elif prefix == "owed":
            owed = min(level for _, level in incident.severities) in snapshot.playbook.post_mortem.owed
            text = with_dates(name, snapshot) if owed else ""
        elif prefix == "contact":
            text = _with_contacts(name, snapshot, author)
        else:
            text = _computed(source, kind, snapshot, author)
        if text.strip():
            return text
    return ""


def own_words(kind: Kind, field: Field, incident: Incident) -> str:
    """What the last message of a kind said in a field, if these were words of its own and no fact; or ""."""
    sent = last_value("last", field.id, kind, incident)
    names = [source.partition(":")[2] for source in field.source if source.startswith("fact:")]
    noted = (fact.body.value for name in names for fact in incident.facts.get(name, ()))
    return "" if sent is None or any(same_words(sent[1], value) for value in noted) else sent[1].strip()


def _followed(field: Field, said: Logged[Body], text: str, snapshot: Snapshot) -> str:
    """What was told last; if that was a fact word for word, and so no words of its own, the fact as it is now.

    So does a title that followed from the facts.
    """
    incident = snapshot.incident
    if "public_title" in field.source and was_public_title(text, snapshot):
        return public_title(snapshot)
    for name in (source.partition(":")[2] for source in field.source if source.startswith("fact:")):
        known = incident.facts.get(name, ())
        before = [fact for fact in known if fact.when < said.when]
        if text.strip() and before and same_words(text, before[-1].body.value):
            return known[-1].body.value
    return text


def with_dates(text: str, snapshot: Snapshot) -> str:
    """A text with the day that {post_mortem} and {24 h} stand for, counted from when it was over; a time, if today."""
    ended = snapshot.incident.ended_at
    start = snapshot.now if ended is None else ended

    def dated(found: re.Match[str]) -> str:
        minutes = int(found[1]) * 60 if found[1] else snapshot.playbook.post_mortem.within_min
        at = start + minutes * times.MINUTE
        if at < snapshot.now + times.HOUR:  # it has passed, or nearly: a deadline can still be met
            at = snapshot.now + _TIME_LEFT
            today = times.day(at, snapshot.tz) == times.day(snapshot.now, snapshot.tz)
            return "the end of today" if today else f"the end of {day_told(at, snapshot.now, snapshot.tz)}"
        today = times.day(at, snapshot.tz) == times.day(snapshot.now, snapshot.tz)
        return times.clock_zone(at, snapshot.tz) if today else day_told(at, snapshot.now, snapshot.tz)

    return re.sub(r"\{(?:post_mortem|(\d{1,4}) h)\}", dated, text)


_TIME_LEFT = 4 * times.HOUR
"""The least that is left of a day by the end of which something is promised."""


def _with_contacts(text: str, snapshot: Snapshot, author: str) -> str:
    """A text with the contacts that {support} and others in CONTACTS stand for; "" if one of them is not known."""
    contacts, incident = snapshot.playbook.contacts, snapshot.incident
    known = {name: contact(contacts, incident, name, author) for name in CONTACTS if f"{{{name}}}" in text}
    if not all(known.values()):
        return ""
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), text)


def last_value(source: str, field: str, kind: Kind, incident: Incident) -> tuple[Logged[Body], str] | None:
    """The value that a fact or the last message of some kinds has for a field (it may be ""), and its entry."""
    prefix, _, name = source.partition(":")
    if prefix == "fact" and name in incident.facts:  # one that was cleared has no value any more, and says so
        return incident.facts[name][-1], incident.fact(name)
    if prefix == "last":
        for sent in reversed(incident.sent(name.split(",") if name else [kind.id])):
            if sent.body.message == ids.MESSAGE_RESOLUTION and not _of_this_end(incident, sent):
                continue
            if field in sent.body.fields:
                return sent, sent.body.fields[field]
    return None


def _of_this_end(incident: Incident, sent: Logged[MessageSent]) -> bool:
    """Whether a resolution notice is about the present end, not about one that did not last."""
    return incident.restarted is None or sent.order > incident.restarted.order


def _computed(source: str, kind: Kind, snapshot: Snapshot, author: str) -> str:
    incident, every = snapshot.incident, cadence(snapshot)
    match source:
        case "author":
            return author
        case "severity":
            return f"SEV{incident.severity}"
        case "title":
            return incident.title
        case "public_title":
            return public_title(snapshot)
        case "duration":
            return lasted(incident.length(snapshot.now))
        case "cost":
            return cost_told(snapshot)
        case "cadence":
            return f"every {every} min" if every else ""
        case "next_update":
            due = round_time(snapshot.now, every)
            return times.clock(due, snapshot.tz) if every else ""
        case "trigger":
            progress = snapshot.escalation
            shown = [row.reason for row in progress.active if row == progress.pending or not progress.sent]
            return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
        case "state":
            return state_now(kind, incident)
        case "resolution" if incident.resolution and incident.resolution.text != "Resolved":
            return incident.resolution.text
        case _:
            return ""


def cadence(snapshot: Snapshot) -> int:
    """The minutes between updates at the current severity; 0 if no update is required, as once it is over."""
    if snapshot.incident.over():
        return 0
    return snapshot.playbook.severity(snapshot.incident.severity).update_every_min or 0


def state_now(kind: Kind, incident: Incident) -> str:
    """The incident's state in the terms of a status page; never further than what was logged or sent.

    It is the furthest that the readers of any message were last told, or that is known, since it last came back.
    """
    if incident.over():
        return "resolved"
    if incident.stage in ("resolution", "recovery"):
        return "monitoring"
    again = incident.restarted
    told: dict[str, str] = {kind.id: "investigating"}
    for sent in incident.messages:
        state = sent.body.fields.get(STATE, "").strip().lower()
        if state in _OPEN_STATES and (again is None or sent.order > again.order):
            told[sent.body.message] = state
    if known_cause(incident):
        told["known"] = "identified"
    return max(told.values(), key=_OPEN_STATES.index)


_OPEN_STATES = STATES[:-1]


def known_cause(incident: Incident) -> str:
    """What is noted as known, if it says for sure what the cause is; or ""."""
    known = clean(incident.fact("known")).strip()
    return known if _CAUSE.match(known) and not _NOT_SURE.search(known) else ""


_CAUSE = re.compile(r"(?:[-*•] )?(?:the |our )?(?:root )?cause(?::| is | was |d by )", re.IGNORECASE)


_NOT_SURE = re.compile(
    r"\?|\b(?:could|guess|likely|may|maybe|might|no|not|perhaps|possibly|presumably|probably|seems?|suspect\w*|unclear"
    r"|unknown)\b|n['’]t\b",
    re.IGNORECASE,
)


DOING = {
    "investigating": "Investigating the cause",
    "identified": "Cause found, working on a fix",
    "monitoring": "A fix is in place, checking that it works",
}
"""What colleagues read that is being done, by state, unless somebody has written more."""
