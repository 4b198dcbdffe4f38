"""Checks the kinds of remark of a company's file: names in them that nothing has would silently do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from warroom.wording.kinds import AUDIENCES, KINDS, Kind

if TYPE_CHECKING:
    from warroom.wording.language import Tables

BETTER = (*AUDIENCES, "else", "label", "past", "action", "ever")
"""What better sentences may be for: an audience or any other; after a label; of what is over; of what
somebody did; of what is promised for ever."""
SLOTS = ("what", "news", "next")
"""The slots that every better sentence may have."""
_SLOT = re.compile(r"\{([^{}]*)\}")
_KEPT = re.compile(r"<([a-z]+):")


def mistakes(tables: Tables) -> Iterator[tuple[str, str]]:
    """Each mistake in `[[kind]]`: its key, and what is expected there."""
    known = [*dict.fromkeys((*KINDS, *(kind.id for kind in tables.kind)))]
    seen: set[str] = set()
    for kind in tables.kind:
        place = f'kind "{kind.id}"'
        for key in ("id", "label", "why"):
            if not getattr(kind, key).strip():
                yield f"{place}, key {key}", "expected text, got none"
        if kind.id in seen:
            yield f"{place}, key id", "expected a new id; an earlier kind has this one"
        seen.add(kind.id)
        if not kind.audiences:
            yield f"{place}, key audiences", f"expected one or more of {', '.join(AUDIENCES)}, got none"
        yield from _in_better(kind, place)
        for number, case in enumerate(kind.case, 1):
            where = f"{place}, case number {number}, key"
            if not case.patterns:
                yield f"{where} patterns", "expected one or more patterns, got none"
            for other in case.alone:
                if other not in (*known, "*"):
                    yield f"{where} alone", f"expected kinds of remark ({', '.join(known)}) or *, got {other!r}"
            if case.drop and case.drop not in tables.lexicon:
                lists = ", ".join(tables.lexicon) or "it has none"
                near = _near(case.drop, tables.lexicon)
                yield f"{where} drop", f"expected a list of [lexicon] ({near or lists}), got {case.drop!r}"
            for key in ("better", "instead"):
                yield from why_slots(f"{where} {key}", getattr(case, key), _KEPT.findall(" ".join(case.patterns)))


def _near(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), 1)
    return f"did you mean {close[0]}?" if close else ""


def _in_better(kind: Kind, place: str) -> Iterator[tuple[str, str]]:
    kept = [slot for case in kind.case for slot in _KEPT.findall(" ".join(case.patterns))]
    for who, sentences in kind.better.items():
        if who not in BETTER:
            yield f"{place}, key better.{who}", f"expected one of {', '.join(BETTER)}"
        for at, sentence in enumerate(sentences):
            if not sentence.strip():
                yield f"{place}, key better.{who}[{at}]", "expected a sentence, got none"
            yield from why_slots(f"{place}, key better.{who}[{at}]", sentence, kept)


def why_slots(place: str, sentence: str, kept: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Each slot of a better sentence that nothing fills; `kept` are those that patterns keep."""
    slots = [*SLOTS, *dict.fromkeys(kept)]
    for name in _SLOT.findall(sentence):
        if name not in slots:
            allowed = ", ".join(f"{{{slot}}}" for slot in slots)
            yield place, f"expected slots that something fills ({allowed}), got {{{name}}}"
