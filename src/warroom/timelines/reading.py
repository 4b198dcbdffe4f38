"""Reads a timeline as people keep it: the layout it is in, its rows, their moments and kinds."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

import msgspec

from warroom.timelines import data, kinds, prose, tables
from warroom.timelines.placing import Given, Placed, Placer, Remark
from warroom.timelines.rows import EntryKind, Item, Row, Unread, is_name, speaker

_NEWLINE = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks of the direction of writing, which chats put in front of a line."""
_BARE = re.compile(r"^\W{0,6}(?:[01]\d|2[0-3])[0-5]\d(?:\s*[-–—:|]|\s+[A-Z])", re.MULTILINE)


class TimelineEntry(msgspec.Struct, frozen=True):
    """One thing that happened, as it was understood.

    `line` is where it begins, from 1; `at` in ms UTC, None if the time or the date is not known; `precision` is exact,
    approximate, day or unknown; `until` is the end of a range, as written; `sure` says whether the text itself gives the
    kind, and `dated` whether it gives the date.
    """

    line: int
    at: int | None
    precision: str
    kind: EntryKind
    text: str
    who: str = ""
    until: str = ""
    zone: str = ""
    sure: bool = False


class Timeline(msgspec.Struct, frozen=True):
    """A timeline as it was understood: entries in the order of the text, the lines that became none, and remarks.

    `missing` says what has to be asked for: date, year, zone, start (what T+0 is).
    """

    entries: tuple[TimelineEntry, ...]
    not_understood: tuple[Unread, ...]
    remarks: tuple[Remark, ...]
    missing: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()


def read(text: str, given: Given | None = None) -> Timeline:
    """Read a timeline in any layout; `given` is what is known beside the text."""
    text = _INVISIBLE.sub("", _NEWLINE.sub("\n", text))
    items = _items(text)
    placer = Placer(items, given or Given())
    placed = placer.placed()
    entries = _entries(placed)
    unread = tuple(item for item in items if isinstance(item, Unread))
    return Timeline(entries, unread, tuple(placer.remarks), frozenset(placer.missing), placer.choices())


def _items(text: str) -> list[Item]:
    if (objects := data.objects(text)) is not None:
        return data.items(objects)
    if mark := tables.delimiter(text):
        try:
            found = tables.delimited(text.lstrip("\n"), mark)
            if any(isinstance(item, Row) for item in found):
                return found
        except csv.Error:
            return _prose(text)
    return _prose(text)


def _prose(text: str) -> list[Item]:
    """Lines, with the tables among them."""
    lines = [*enumerate(text.split("\n"), 1)]
    bare = len(_BARE.findall(text)) > 1
    found: list[Item] = []
    begin = at = 0
    fenced = False
    while at < len(lines):
        if lines[at][1].lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if not fenced and at > begin and tables.is_rule(lines[at][1]) and "|" in lines[at - 1][1]:
            found += prose.items(lines[begin : at - 1], bare=bare)
            end = at + 1
            while end < len(lines) and "|" in lines[end][1]:
                end += 1
            rows = [(number, tables.cells(line)) for number, line in (lines[at - 1], *lines[at + 1 : end])]
            found += tables.table(rows)
            begin = at = end
        else:
            at += 1
    return found + prose.items(lines[begin:], bare=bare)


def _entries(placed: Sequence[Placed]) -> tuple[TimelineEntry, ...]:
    found = []
    names, headed = _names(placed), _headed(placed)
    for one in placed:
        row = one.row
        who, text = row.who, row.text
        if not who and row.line in headed:
            who, _, text = text.partition("\n")
        if not who:
            said, rest = speaker(text)
            if said and (said in names or " " in said or text.startswith(("<", "@", "*"))):
                who, text = said, rest
        if row.stamp.until:
            first, line_end, below = text.partition("\n")
            text = f"{first} (until {row.stamp.until}){line_end}{below}".strip()
        kind = kinds.guess(text, row.kind)
        found.append(
            TimelineEntry(row.line, one.at, one.precision, kind, text, who, row.stamp.until, one.zone, bool(row.kind))
        )
    return tuple(found)


def _headed(placed: Sequence[Placed]) -> set[int]:
    """The lines of rows whose first line is only a name, if most have that: [10/28/2025 1:20 PM] Priya Sharma."""
    first = {one.row.line: one.row.text.split("\n")[0] for one in placed if "\n" in one.row.text}
    named = {line for line, words in first.items() if is_name(words.strip())}
    return named if len(named) > 1 and len(named) * 2 > len(placed) else set()


def _names(placed: Sequence[Placed]) -> set[str]:
    """Words in front of a colon that are names: no words of English, or in front of several texts."""
    from warroom.wording.lexicon import is_english

    counts: dict[str, int] = {}
    for one in placed:
        who = speaker(one.row.text)[0]
        if who:
            counts[who] = counts.get(who, 0) + 1
    return {name for name, count in counts.items() if count > 1 or not is_english(name.split()[0].lower())}
