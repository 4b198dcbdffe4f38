"""Logging a message as sent: its record, and the facts that it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from warroom.messages.answers import says_nothing
from warroom.messages.compose import Composed
from warroom.messages.fields import fact_of
from warroom.messages.sources import STATE
from warroom.messages.templates import Kind
from warroom.messages.unchanged import as_told_last
from warroom.model import acts, times
from warroom.model.entries import Draft
from warroom.model.kinds.facts import FactSet, no_value
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean, clean_line
from warroom.text.not_known import says_unknown


def sent_record(composed: Composed, values: Mapping[str, str], channel: str = "") -> MessageSent:
    """The record of a message that was sent: its text, and its fields for the next message to start from."""
    return MessageSent(
        message=composed.kind.id,
        number=composed.number,
        to=composed.to,
        subject=composed.subject,
        body=composed.text,
        channel=channel or composed.form,
        promise=composed.promise,
        fields=_counted(composed, values),
    )


def _counted(composed: Composed, values: Mapping[str, str]) -> dict[str, str]:
    """The texts of the fields that the message has, by id; its state is the one that its readers were told."""
    fields = {
        field.id: clean(values.get(field.id, "")).strip()
        for field in composed.kind.fields
        if field.counts(composed.form, composed.state)
    }
    return fields | ({STATE: composed.state} if STATE in fields else {})


def drafts_when_sent(
    composed: Composed,
    values: Mapping[str, str],
    snapshot: Snapshot,
    offered: Mapping[str, str],
    channel: str = "",
    at: int | None = None,
) -> list[Draft]:
    """The drafts to log when a message is marked as sent: the facts that were changed in it, then the message.

    `offered` are the texts that the fields started from: a field that still has its own was not changed, and sets a
    fact only if nobody had set it. Leaving something out, or saying that it is not known, sets nothing. `at` is when it
    was sent (ms UTC), if that is not now.
    """
    values = as_told_last(composed.kind, values, snapshot)
    return [
        *_facts(composed.kind, values, snapshot, offered, at),
        acts.messages.send(sent_record(composed, values, channel), composed.kind.label, at),
    ]


def drafts_of_text(
    composed: Composed, typed: Mapping[str, str], snapshot: Snapshot, text: str, channel: str, at: int | None = None
) -> list[Draft]:
    """The drafts to log when a text that was written and sent elsewhere is logged word for word.

    `typed` are the fields it is known to say: facts and the promised time follow from those only.
    """
    typed = as_told_last(composed.kind, typed, snapshot)
    sent = msgspec.structs.replace(
        sent_record(composed, typed, channel),
        subject="",
        body=text,
        fields={k: clean(v).strip() for k, v in typed.items()},
    )
    return [*_facts(composed.kind, typed, snapshot, {}, at), acts.messages.send(sent, composed.kind.label, at)]


def _facts(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, offered: Mapping[str, str], at: int | None
) -> list[Draft]:
    """The drafts of the facts that a message changed; see `drafts_when_sent`."""
    incident, playbook = snapshot.incident, snapshot.playbook
    facts: dict[str, str] = {}
    for field in kind.fields:
        fact, value = fact_of(kind, field), clean(values.get(field.id, "")).strip()
        changed = value != offered.get(field.id, "").strip() or not incident.fact(fact)
        no_fact = _says_no_fact(fact, value, playbook)
        if playbook.fact(fact) and changed and value != incident.fact(fact) and not no_fact:
            facts[fact] = value
    return [acts.facts.fact(playbook, fact, value, at) for fact, value in facts.items()]


def _says_no_fact(fact: str, value: str, playbook: Playbook) -> bool:
    return says_unknown(value) or says_nothing(value) or no_value(fact, value, playbook) is not None


def facts_set(drafts: Iterable[Draft], playbook: Playbook) -> str:
    """What to tell the user about the facts among the drafts: `; User impact set to “payment fails”`, or ""."""
    labels = {row.id: row.label for row in playbook.facts}
    facts = [draft.body for draft in drafts if isinstance(draft.body, FactSet)]
    return "".join(f"; {labels.get(fact.name, fact.name)} set to “{clean_line(fact.value)}”" for fact in facts)


def sent_meanwhile(kind: Kind, known: Collection[str], snapshot: Snapshot) -> str:
    """Who sent a message of that kind that is not among the `known` (keys of entries), when and to whom; "" if nobody.

    A clause with the sender first: `Ann marked Initial acknowledgement #1 as sent at 03:41 CET, to leadership`.
    """
    new = [sent for sent in snapshot.incident.sent([kind.id]) if sent.key not in known]
    if not new:
        return ""
    entry, body = new[-1].entry, new[-1].body
    name = f"{kind.label} #{body.number}" if kind.counts else kind.label
    to = f", to {clean_line(body.to)}" if body.to else ""
    return f"{clean_line(entry.author)} marked {name} as sent at {times.clock_zone(new[-1].at, snapshot.tz)}{to}"


def same_number(composed: Composed, snapshot: Snapshot) -> str:
    """What to tell the user if a message logged late has the number of one that is logged already, or ""."""
    others = (logged for logged in snapshot.incident.sent([composed.kind.id]) if logged.body.number == composed.number)
    other = next(others, None) if composed.kind.counts else None
    return f"; what you sent at {times.clock_zone(other.at, snapshot.tz)} is #{composed.number} too" if other else ""
