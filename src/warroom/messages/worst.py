"""What the end tells of the harm: what was said of it all the time, or nothing where several things were said.

Customers read it in the past as soon as a fix is in place, so for them that is an end too.
Which of several was the worst is for the sender to say: a hint quotes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, takewhile
from typing import Any

import msgspec

from warroom.messages.all_clear import is_all_clear
from warroom.messages.answers import says_none
from warroom.messages.dates import time_told
from warroom.messages.extents import says_nobody
from warroom.messages.said import beyond
from warroom.messages.sources import STATE, state_now
from warroom.messages.templates import Kind
from warroom.messages.tense import past
from warroom.model import ids, times
from warroom.model.entries import Logged
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_unknown
from warroom.text.sentences import same_words, within

HARM = ("impact", "affected", "customers")
"""The fields that tell what was hit."""
_SHARE = "affected"
TO_COLLEAGUES = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_RESOLUTION, ids.MESSAGE_ESCALATION)


class Account(msgspec.Struct, frozen=True):
    """What was said of the harm: noted as a fact, or `told` in a message to the same readers."""

    entry: Logged[Any]
    text: str
    told: bool


def same_harm(one: str, other: str) -> bool:
    """Whether two texts say the same of the harm, apart from their order, their small words and their tense."""
    if same_words(one, other):
        return True
    one, other = past(one), past(other)
    return one.count("%") == other.count("%") and not beyond(one, other) and not beyond(other, one)


def tells_the_end(kind: Kind, snapshot: Snapshot, state: str) -> bool:
    """Whether a message tells the harm as something that is over; `state` is the one typed in it, or ""."""
    incident = snapshot.incident
    if incident.over() or kind.id == ids.MESSAGE_RESOLUTION:
        return incident.cancelled is None
    return kind.public and (state.strip().lower() or state_now(kind, incident)) == _FIXED


_FIXED = "monitoring"


def at_the_end(kind: Kind, start: Mapping[str, str], snapshot: Snapshot, state: str) -> dict[str, str]:
    """What the fields about the harm start from instead, once it is over: "" where several things were said.

    `state` is the one typed in this message, or "".
    """
    if not tells_the_end(kind, snapshot, state):
        return {}
    found = {}
    for field in (one for one in HARM if one in start):
        since, accounts = said_since_the_end(kind, field, snapshot), said_of(kind, field, snapshot)
        one = since or (accounts[0] if len(accounts) == 1 else None)
        if not (since or accounts):
            continue
        if one and kind.public and field == _SHARE and not one.told:
            continue  # colleagues' words, of which customers read no more than at any time
        found[field] = one.text if one else ""
    return found


def ask_for_the_worst(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """What was said of the harm, for the fields that are empty because several things were; "" if there are none."""
    asked = []
    for field in filter(None, map(kind.field, HARM)) if tells_the_end(kind, snapshot, values.get(STATE, "")) else ():
        accounts, typed = said_of(kind, field.id, snapshot), values.get(field.id, "").strip()
        if not accounts or said_since_the_end(kind, field.id, snapshot):
            continue
        late = len(accounts) < _SEVERAL and _said_late(kind, field.id, accounts[0], snapshot)
        if typed != (accounts[0].text if late else "") or not (late or len(accounts) >= _SEVERAL):
            continue
        said = [f"{time_told(one.entry.at, snapshot.now, snapshot.tz)} “{within(one.text)}”" for one in accounts]
        told = all(isinstance(one.entry.body, MessageSent) for one in accounts)
        asked.append(f"{'Told' if told else 'Noted'} as {field.label}: {', '.join(said)}.")
    return " ".join([*asked, "Say what it was at its worst."]) if asked else ""


_SEVERAL = 2


def _said_late(kind: Kind, field: str, account: Account, snapshot: Snapshot) -> bool:
    """Whether a share was known only after messages that said who is affected without it: it may be what was left."""
    known = [fact for fact in snapshot.incident.facts.get("segment", ()) if fact.when < account.entry.when]
    before = any(not text and one.when < account.entry.when for one, text in _sent(kind, field, snapshot))
    return field == _SHARE and before and bool(known) and bool(beyond(known[-1].body.value, account.text))


def said_of(kind: Kind, field: str, snapshot: Snapshot) -> list[Account]:
    """Each different thing that was said in a field about the harm, oldest first, in the words in which it was last so.

    What says that nobody is hit, or that nobody knows, is none of them, and a fact that was cleared takes back what
    was said before it.
    """
    kept: list[Account] = []
    for one in _all_said(kind, field, snapshot):
        if not one.text:
            kept = kept if one.told else []
            continue
        if says_no_harm(field, one.text, kept[-1].text if kept else ""):
            continue
        same = next((place for place, before in enumerate(kept) if same_harm(one.text, before.text)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = msgspec.structs.replace(kept[same], text=one.text, told=kept[same].told or one.told)
    return kept


def says_no_harm(field: str, text: str, before: str = "") -> bool:
    """Whether a text says that nobody is hit, or that nobody knows; `before` is what was said before it."""
    if says_none(text) or says_unknown(text) or is_all_clear(text):
        return True
    return field != HARM[0] and says_nobody(text, before)


def _all_said(kind: Kind, field: str, snapshot: Snapshot) -> list[Account]:
    """What was noted for a field, and told in it to these readers, oldest first.

    Beside words of their own, customers read nothing of what was noted before; what changed since then is asked about.
    """
    told = [Account(one, text, told=True) for one, text in _sent(kind, field, snapshot) if text]
    noted = _noted(kind, field, snapshot)
    if not kind.public:
        heard = noted
    elif not told:  # the field starts from the fact that was set last
        heard = sorted(noted, key=lambda facts: facts[-1].entry.when)[-1:]
    else:
        last, followed = told[-1].entry.when, [facts for facts in noted if _are_facts(told, facts)]
        changed = [facts for facts in noted if facts[0].entry.when < last]
        heard = followed or [
            [one for one in facts if one.entry.when > last and not _since_the_end(one.entry, snapshot)]
            for facts in changed
        ]
    return sorted([*told, *(one for facts in heard for one in facts)], key=lambda one: one.entry.when)


def _are_facts(told: list[Account], facts: list[Account]) -> bool:
    """Whether each text that was told is one that was noted, and none has words of its own."""
    return all(any(same_words(one.text, fact.text) for fact in facts) for one in told)


def _noted(kind: Kind, field: str, snapshot: Snapshot) -> list[list[Account]]:
    """What each fact of a field was, oldest first; one that was put better before any message told it is left out."""
    row = kind.field(field)
    names = [source.removeprefix("fact:") for source in row.source if source.startswith("fact:")] if row else []
    found, first = [], next(iter(snapshot.incident.messages), None)
    for name in names:
        facts = snapshot.incident.facts.get(name, ())
        kept = [*(fact for fact, then in pairwise(facts) if not _put_better(fact, then, first)), *facts[-1:]]
        found.append([Account(fact, clean(fact.body.value).strip(), told=False) for fact in kept])
    return [*filter(None, found)]


def _put_better(fact: Logged[Any], then: Logged[Any], first: Logged[MessageSent] | None) -> bool:
    """Whether a fact was only a first try: another followed at once, before the `first` message of the incident."""
    return first is not None and then.when < first.when and then.at - fact.at < _AT_ONCE


_AT_ONCE = 10 * times.MINUTE


def _sent(kind: Kind, field: str, snapshot: Snapshot) -> list[tuple[Logged[MessageSent], str]]:
    """The messages to these readers that had a field, each with what it said in it."""
    sent = snapshot.incident.sent([kind.id] if kind.public else TO_COLLEAGUES)
    return [(one, clean(one.body.fields[field]).strip()) for one in sent if field in one.body.fields]


def said_since_the_end(kind: Kind, field: str, snapshot: Snapshot) -> Account | None:
    """What was said of the harm once it was over, so that no other words count; a message may have left it out.

    To customers it was over with the fix: what they read of it then counts too, unless more was noted since.
    """
    fixed = _said_since_the_fix(kind, field, snapshot) if kind.public else None
    if not snapshot.incident.over():
        return fixed
    said = [Account(one, text, told=True) for one, text in _sent(kind, field, snapshot)]
    said += [one for one in _all_said(kind, field, snapshot) if not one.told]
    since = [one for one in said if _since_the_end(one.entry, snapshot)]
    since = [one for one in since if one.told or (one.text and not says_no_harm(field, one.text))]
    if since or fixed is None or not fixed.text:
        return max(since, key=lambda one: one.entry.when, default=None)
    noted = [one for facts in _noted(kind, field, snapshot) for one in facts if one.entry.when > fixed.entry.when]
    return None if any(one.text and not says_no_harm(field, one.text) for one in noted) else fixed


def _said_since_the_fix(kind: Kind, field: str, snapshot: Snapshot) -> Account | None:
    """What customers last read of the harm as something that was, before it was over or broke anew."""
    incident = snapshot.incident
    sent = [
        one
        for one in _sent(kind, field, snapshot)
        if incident.restarted is None or one[0].order > incident.restarted.order
    ]
    end = incident.resolution.order if incident.over() and incident.resolution else None
    before = [one for one in sent if end is None or one[0].order < end]
    fixed = takewhile(lambda one: one[0].body.fields.get(STATE, "").strip().lower() == _FIXED, reversed(before))
    return next((Account(one, text, told=True) for one, text in fixed), None)


def _since_the_end(entry: Logged[Any], snapshot: Snapshot) -> bool:
    incident = snapshot.incident
    end, ended = incident.resolution, incident.ended_at
    return end is not None and ended is not None and entry.order > end.order and entry.at >= ended
