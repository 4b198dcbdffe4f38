"""Corrections of how a timeline was understood, made before it is imported; the timeline itself stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from warroom.model.entries import Precision
from warroom.timelines import kinds
from warroom.timelines.drafts import Key, key, placed
from warroom.timelines.reading import Timeline, TimelineEntry
from warroom.timelines.rows import EntryKind, Unread

Part = Literal["at", "kind", "text", "who", "left_out"]


class Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person says of one line; what is None or "" in `precision` stays as it was understood.

    With a `precision`, the time is `at`: ms UTC, or None if it is not known.
    """

    at: int | None = None
    precision: Precision | Literal[""] = ""
    kind: EntryKind | None = None
    text: str | None = None
    who: str | None = None
    left_out: bool = False


class Line(msgspec.Struct, frozen=True):
    """A line as it is shown: what was understood with its correction, or an `unread` line that became no entry.

    `key` tells it from the others and stays the same when the text around it is changed.
    """

    key: str
    number: int
    entry: TimelineEntry | None = None
    unread: str = ""
    left_out: bool = False
    corrected: bool = False


class Checked(msgspec.Struct, frozen=True):
    """How many lines of a timeline were corrected or left out, and what tells these lines as they read before that."""

    settled: tuple[Key, ...] = ()
    corrected: int = 0
    left_out: int = 0


UNCHECKED = Checked()


def lines(timeline: Timeline, corrections: Mapping[str, Correction]) -> list[Line]:
    """Everything that a timeline has, in the order of its lines, as corrected."""
    seen: Counter[str] = Counter()
    found = []
    for one in _in_order(timeline):
        seen[one.text] += 1
        key = f"{seen[one.text]} {one.text}"
        said = corrections.get(key, Correction())
        is_corrected = said != Correction()
        if isinstance(one, Unread) and not said.precision:
            found.append(Line(key, one.line, unread=one.text, corrected=is_corrected))
        else:
            found.append(Line(key, one.line, _corrected(one, said), left_out=said.left_out, corrected=is_corrected))
    return found


def entries(found: Sequence[Line]) -> list[TimelineEntry]:
    """The entries among the lines that are to be imported."""
    return [line.entry for line in found if line.entry is not None and not line.left_out]


def checked(timeline: Timeline, found: Sequence[Line]) -> Checked:
    """What was said of a timeline whose lines were `found`; a line that is no entry either way doesn't count."""
    at = {id(entry): at for entry, at in placed(timeline.entries)}
    settled: list[Key] = []
    corrected = left_out = 0
    for one, line in zip(_in_order(timeline), found, strict=True):
        if line.entry is None or not line.corrected:
            continue
        corrected, left_out = corrected + (not line.left_out), left_out + line.left_out
        if id(one) in at:
            settled.append(key(at[id(one)], one.text))
    return Checked(tuple(settled), corrected, left_out)


def _in_order(timeline: Timeline) -> list[TimelineEntry | Unread]:
    return sorted([*timeline.entries, *timeline.not_understood], key=lambda one: one.line)


def _corrected(one: TimelineEntry | Unread, said: Correction) -> TimelineEntry:
    text = one.text if said.text is None else said.text
    if isinstance(one, Unread):
        entry = TimelineEntry(one.line, said.at, said.precision or "unknown", kinds.guess(text), text)
    else:
        entry = replace(one, text=text)
        if said.precision:
            entry = replace(entry, at=said.at, precision=said.precision)
    if said.kind is not None:
        entry = replace(entry, kind=said.kind, sure=True)
    return entry if said.who is None else replace(entry, who=said.who)
