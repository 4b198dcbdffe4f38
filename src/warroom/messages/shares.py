"""Shares that contradict each other: an impact of 20 % beside "affected: 35 %", of which one is older."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.said import PART, beyond
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

IMPACT, AFFECTED, CUSTOMERS = "impact", "affected", "customers"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s*(?:%|per\s?cent\b))?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:almost|approximately|around|nearly|over|roughly|up to|more than|attempts?|cases?|requests?"
    r"|times?|traffic)\b",
    re.IGNORECASE,
)
"""Words that say nothing beside a share that the impact has too."""
_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"(?:\b(?:about|almost|approx\.|approximately|around|nearly|over|roughly|up to|more than)\s+|[~≈]\s*)?"
    r"\d+(?:[.,]\d+)?\s*(?:%|per\s?cent\b)\s+of\s+(?:all\s+|our\s+|the\s+)*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*(?:%|per\s?cent\b)[^()\[\]]*[)\]]", re.IGNORECASE)


def newer_share(kind: Kind, shown: Mapping[str, str], incident: Incident, *, over: bool) -> dict[str, str]:
    """What impact and affected show instead, if they give different shares of which one is older; else nothing.

    The older share is left out: a remark in brackets or a part of the impact, or the whole line about who is affected.
    If the impact has no other part, `20 % of payments fail` becomes `some payments fail`. Once it is `over`, the impact
    is what it was, and a newer share is said to be the last: leaving out the first would make the harm small.
    """
    impact, affected = shown.get(IMPACT, ""), shown.get(AFFECTED, "")
    old, new = _shares(impact), _shares(affected)
    if not old or not new or old & new:
        return {}
    first, second = (_said_since(kind, field, shown[field], incident) for field in (IMPACT, AFFECTED))
    if first == second:
        return {}
    if first is None or (second is not None and first > second):
        return {AFFECTED: ""}
    if over:
        return {AFFECTED: f"{unstopped(affected)} (the last figure)"}
    bare = _BRACKETED.sub("", impact).strip()
    if bare and not _shares(bare):
        return {IMPACT: bare}
    pieces = PART.split(impact)
    if parts := [part for part in pieces[::2] if not _shares(part)]:
        return {IMPACT: "; ".join(map(unstopped, parts))}
    some = _SHARE_OF.sub("some ", impact)
    return {IMPACT: f"{unstopped(impact)} (at first)" if _shares(some) else some}


def doubled(shown: Mapping[str, object]) -> list[str]:
    """The fields about how many are affected that say nothing beyond the impact: `20 %` beside `20 % of cards fail`."""
    impact = str(shown.get(IMPACT, ""))
    return [
        field
        for field in (AFFECTED, CUSTOMERS)
        if (text := str(shown.get(field, "")).strip())
        and _figures(text)
        and _figures(text) <= _figures(impact)
        and not beyond(_COUNTED.sub("", text), impact)
    ]


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
