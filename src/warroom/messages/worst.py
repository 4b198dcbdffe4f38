"""How many were affected, told at the end: the worst that readers were told, and what was left of it at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warroom.messages.extents import UNTIL, grown, is_rest_of, worst
from warroom.messages.readable import scope
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.model.kinds.facts import says_unknown
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words, unstopped

if TYPE_CHECKING:
    from warroom.messages.readable import RulesOf

AFFECTED, CUSTOMERS = "affected", "customers"
_TO_COLLEAGUES = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_RESOLUTION, ids.MESSAGE_ESCALATION)


def worst_shares(
    kind: Kind, start: Mapping[str, str], snapshot: Snapshot, rules: RulesOf, *, better: bool
) -> dict[str, str]:
    """The share and the customers that a message of the end starts from, instead of the last ones in `start`.

    Customers read only the worst one; colleagues also what was left of it at the end.
    `better` if the impact got better before the end.
    """
    found = {}
    for field in (AFFECTED, CUSTOMERS):
        if last := start.get(field, "").strip():
            found[field] = worst(_told(kind, field, snapshot, rules), last, better=better, over=not kind.public)
    share, total = found.get(AFFECTED, ""), found.get(CUSTOMERS, "")
    if UNTIL not in share and rest_of_what_was_told(share, total or noted(snapshot, CUSTOMERS), snapshot.incident):
        left = f"{unstopped(share)} {UNTIL}"
        return {AFFECTED: left} if not total else {AFFECTED: "", CUSTOMERS: f"{unstopped(total)}; {left}"}
    return found


def rest_of_what_was_told(share: str, total: str, incident: Incident) -> bool:
    """Whether a share is what is left of a number of customers that colleagues were told before they knew the share."""
    if not share or not total or not is_rest_of(share, total):
        return False
    return any(
        same_words(sent.body.fields.get(CUSTOMERS, ""), total) and not same_words(other, share)
        for sent in incident.sent(_TO_COLLEAGUES)
        for other in [sent.body.fields.get(AFFECTED, "")]
    )


def worst_so_far(affected: str, kind: Kind, snapshot: Snapshot) -> str:
    """Who was affected, where customers read what happened in the past: the worst share they were told, not the last.

    It stays as it is if somebody typed it for them.
    """
    if not any(same_words(affected, noted(snapshot, name)) for name in ("segment", AFFECTED)):
        return affected
    told = [clean(sent.body.fields.get(AFFECTED, "")).strip() for sent in snapshot.incident.sent([kind.id])]
    return worst(told, affected, better=False, over=False)


def told_with_more(share: str, total: str, incident: Incident) -> bool:
    """Whether a number of customers was told beside a larger share, and has not been corrected since."""
    return any(
        same_words(sent.body.fields.get(CUSTOMERS, ""), total)
        and grown(sent.body.fields.get(AFFECTED, ""), share) == -1
        for sent in incident.sent(_TO_COLLEAGUES)
    )


def noted(snapshot: Snapshot, name: str) -> str:
    """A fact as it is now, as text."""
    return clean(snapshot.incident.fact(name)).strip()


def _told(kind: Kind, field: str, snapshot: Snapshot, rules: RulesOf) -> list[str]:
    """What these readers were told in a field, oldest first; the facts, as they read them, if they read nothing yet."""
    incident = snapshot.incident
    sent = incident.sent([kind.id] if kind.public else _TO_COLLEAGUES)
    if sent:
        return [clean(message.body.fields.get(field, "")).strip() for message in sent]
    row = kind.field(field)
    names = [source.removeprefix("fact:") for source in row.source if source.startswith("fact:")] if row else []
    known = [clean(fact.body.value).strip() for name in names[-1:] for fact in incident.facts.get(name, ())]
    known = [text for text in known if not says_unknown(text)]
    return [scope(text, snapshot, rules).text for text in known] if kind.public else known
