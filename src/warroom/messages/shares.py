"""Shares that contradict each other: an impact of 20 % beside "affected: 35 %", of which one is older."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from warroom.messages.extents import UNTIL
from warroom.messages.said import PART, beyond
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

if TYPE_CHECKING:
    from warroom.messages.templates import Kind

IMPACT, AFFECTED, CUSTOMERS = "impact", "affected", "customers"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s*(?:%|per\s?cent\b))?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:almost|approximately|around|nearly|over|roughly|up to|more than|attempts?|cases?|requests?"
    r"|times?|traffic)\b",
    re.IGNORECASE,
)
"""Words that say nothing beside a share that the impact has too."""
_PERCENT = r"\d+(?:[.,]\d+)?\s*(?:%|per\s?cent\b)"
_SHARE = re.compile(_PERCENT, re.IGNORECASE)
PEOPLE = (
    r"(?:accounts?|admins?|agents|buyers|callers|clients?|colleagues|companies|consumers?|customers?|developers|drivers"
    r"|employees|guests|hosts|members|merchants|organi[sz]ations|owners|parents|partners|patients|people|players"
    r"|readers|sellers|shoppers|staff|students|subscribers|suppliers|teachers|teams|tenants|travell?ers|users?|viewers"
    r"|visitors|workspaces)"
)
_CASES = (
    r"(?:attempts?|bookings?|calls|cards?|carts|cases|checkouts?|deliveries|devices|downloads|e-?mails|exports|files"
    r"|invoices|jobs|log-?ins?|mails|messages|notifications|orders?|pages|payments?|photos|purchases|queries|reports"
    r"|requests?|responses|searches|sessions|shipments|shops|sign-?(?:in|up)s|sites|stores|tickets|traffic"
    r"|transactions?|transfers?|uploads?|visits|webhooks)"
)
"""What a share may be one of; a percentage of anything else, such as "19 % VAT" or "stops at 99 %", is none."""
_OF = r"\s+of\s+(?:all\s+|our\s+|the\s+|their\s+)*"
_NEAR = r"(?:[a-z]+[\s-]+){0,2}?"
"""Words between "of" and what is counted: `of card payments`."""
_OF_PEOPLE = re.compile(rf"{_PERCENT}{_OF}{_NEAR}{PEOPLE}\b", re.IGNORECASE)
_OF_CASES = re.compile(rf"{_PERCENT}{_OF}{_NEAR}{_CASES}\b", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"(?:\b(?:about|almost|approx\.|approximately|around|nearly|over|roughly|up to|more than)\s+|[~≈]\s*)?"
    rf"{_PERCENT}{_OF}(?={_NEAR}(?:{PEOPLE}|{_CASES})\b)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*(?:%|per\s?cent\b)[^()\[\]]*[)\]]", re.IGNORECASE)


def newer_share(kind: Kind, shown: Mapping[str, str], incident: Incident, *, over: bool) -> dict[str, str]:
    """What impact and affected show instead, if they give different shares of which one is older; else nothing.

    Only percentages of people, attempts, payments and the like are shares, and one of people does not contradict one of
    payments. The older share is left out: a remark in brackets or a part of the impact, or the whole line about who is
    affected. If the impact has no other part, `20 % of payments fail` becomes `some payments fail`; if that is not
    possible either, it stays as it is. Once it is `over`, the impact is what it was, and a newer share is said to be
    the last: leaving out the first would make the harm small.
    """
    impact, affected = shown.get(IMPACT, ""), shown.get(AFFECTED, "")
    old, new = _shares_of(impact), _shares(affected)
    if not old or not new or old & new or UNTIL in affected or not _comparable(impact, affected):
        return {}
    first, second = (_said_since(kind, field, shown[field], incident) for field in (IMPACT, AFFECTED))
    if first == second:
        return {}
    if first is None or (second is not None and first > second):
        return {AFFECTED: ""}
    if over:
        return {AFFECTED: f"{unstopped(affected)} (the last figure)"}
    bare = _BRACKETED.sub("", impact).strip()
    if bare and not _shares_of(bare):
        return {IMPACT: bare}
    pieces = PART.split(impact)
    if parts := [part for part in pieces[::2] if not _shares_of(part)]:
        return {IMPACT: "; ".join(map(unstopped, parts))}
    some = _SHARE_OF.sub("some ", impact)
    return {} if _shares(some) else {IMPACT: some}


def _shares_of(text: str) -> set[str]:
    """The percentages in a text that say what they are a share of."""
    return _shares(" ".join(found[0] for pattern in (_OF_PEOPLE, _OF_CASES) for found in pattern.finditer(text)))


def _comparable(impact: str, affected: str) -> bool:
    """Whether two shares are of the same: a bare one may be of anything."""
    one, other = (
        {people for people, pattern in ((True, _OF_PEOPLE), (False, _OF_CASES)) if pattern.search(text)}
        for text in (impact, affected)
    )
    return not one or not other or bool(one & other)


def doubled(shown: Mapping[str, object]) -> list[str]:
    """The fields about how many are affected that say nothing beyond the impact: `20 %` beside `20 % of cards fail`."""
    impact = str(shown.get(IMPACT, ""))
    return [
        field
        for field in (AFFECTED, CUSTOMERS)
        if (text := str(shown.get(field, "")).strip())
        and _figures(text)
        and _figures(text) <= _figures(impact)
        and _shares(text) <= _shares_of(impact)
        and (_shares(text) or _WORD.search(text))
        and not beyond(_COUNTED.sub("", text), impact)
    ]


_WORD = re.compile(r"[^\W\d_]{2,}")
"""A bare number says nothing about what it counts: "3" of customers is not the 3 of "3 reports are missing"."""


def _figures(text: str) -> set[str]:
    return {
        re.sub(r"\s|per\s?cent", lambda found: found[0].strip() and "%", figure) for figure in _FIGURE.findall(text)
    }


def _shares(text: str) -> set[str]:
    return {re.sub(r"[^\d.]", "", share.replace(",", ".")) for share in _SHARE.findall(text)}


_TO_COLLEAGUES = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_RESOLUTION, ids.MESSAGE_ESCALATION)


def _said_since(kind: Kind, field: str, value: str, incident: Incident) -> tuple[int, tuple[int, str, int]] | None:
    """When a field's value was first said, without a different one since; None if it is typed only now."""
    row = kind.field(field)
    facts = [source.partition(":")[2] for source in row.source if source.startswith("fact:")] if row else []
    said = [(logged.when, logged.body.value) for fact in facts for logged in incident.facts.get(fact, ())]
    said += [
        (logged.when, logged.body.fields[field])
        for logged in incident.sent([kind.id] if kind.public else [kind.id, *_TO_COLLEAGUES])
        if field in logged.body.fields
    ]
    since: tuple[int, tuple[int, str, int]] | None = None
    for when, words in sorted(said):
        same = clean(words).strip() == value.strip()
        since = (since or when) if same else None
    return since
