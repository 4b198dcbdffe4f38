"""Reads a timeline as people keep it: the layout it is in, its rows, their moments and kinds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import msgspec

from warroom.model.entries import Precision
from warroom.text.cleaning import clean, without_direction
from warroom.timelines import data, kinds, own, prose, tables
from warroom.timelines.placing import Given, Placed, Placer, Remark
from warroom.timelines.rows import EntryKind, Item, Row, Unread, is_name, speaker
from warroom.timelines.stamps import why_no_time

_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85␋␌]|␍\n?|⟨U\+(?:2028|2029|0085)⟩")
_POST = re.compile(
    r"\W{0,4}(?P<label>investigating|identified|monitoring|update|resolved|verifying|in progress|scheduled|completed)"
    r"\W{0,4}(?:\n|\s*[-–—:]\s|$)",
    re.IGNORECASE,
)
"""What a post of a status page begins with."""
_STATES, _ENDS = frozenset({"investigating", "identified", "monitoring"}), frozenset({"resolved", "completed"})
_CELL = re.compile(r' \| |"')
"""What stands between the cells of a row that was not understood, or around the values of an object."""
_CELLS, _MOST_REASONS, _LINES_NAMED = 30, 20, 5
_DECISION = re.compile(r"\A\W{0,3}(?:decision|decided)(?:\W{0,3}:\W{0,3}\s|\s[–—-]\s)\s*(?=\S)", re.IGNORECASE)

_NOTE = re.compile(r"note: +(?=\S)")
"""What our own documents put in front of what is nothing else than a note."""


class TimelineEntry(msgspec.Struct, frozen=True):
    """One thing that happened, as it was understood.

    `line` is where it begins, from 1; `at` in ms UTC, None if the time or the date is not known; `sure` says whether
    the text itself gives the kind, such as in a column. `written` is its time as it stands, if its moment is not known
    because something is `lacking`: zone, day, year or T+0.
    """

    line: int
    at: int | None
    precision: Precision
    kind: EntryKind
    text: str
    who: str = ""
    sure: bool = False
    written: str = ""
    lacking: str = ""
    is_post: bool = False
    """Whether it is a post of a status page, which customers read."""


class Timeline(msgspec.Struct, frozen=True):
    """A timeline as it was understood: entries in the order of the text, the lines that became none, and remarks.

    `missing` says what has to be asked for: date, year, zone, start (what T+0 is); `choices` are the zones that an
    abbreviation in it may stand for.
    """

    entries: tuple[TimelineEntry, ...]
    not_understood: tuple[Unread, ...]
    remarks: tuple[Remark, ...]
    missing: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A text as it is read, wherever it comes from: its lines, and without what nobody sees. Twice changes nothing."""
    return clean(without_direction(_NEWLINE.sub("\n", text)))


def read(text: str, given: Given | None = None) -> Timeline:
    """Read a timeline in any layout; `given` is what is known beside the text."""
    text = plain(text)
    items = _items(text)
    placer = Placer(items, given or Given())
    placed = placer.placed()
    entries = _entries(placed)
    unread = [item for item in items if isinstance(item, Unread)]
    remarks = [*placer.remarks, *_why_unread(unread), *_twice(entries)]
    told = {entry.line for entry in entries} | {one.line for one in unread}
    if empty := sorted({one.row.line for one in placed} - told):
        lines = text.split("\n")
        unread += [Unread(line, lines[line - 1].strip()) for line in empty]
        unread.sort(key=_line)
        remarks += [Remark(line, "There is a time here, but no words.") for line in empty[:_MOST_REASONS]]
    return Timeline(entries, tuple(unread), tuple(remarks), frozenset(placer.missing), placer.choices())


def _line(one: Unread) -> int:
    return one.line


def _why_unread(unread: Sequence[Unread]) -> list[Remark]:
    """Why the first few lines that were not understood have no time although it looks as if they had one."""
    reasons = ((one.line, next(filter(None, map(why_no_time, _CELL.split(one.text, _CELLS))), "")) for one in unread)
    return [
        Remark(line, why, is_reason=True)
        for line, why in islice(((line, why) for line, why in reasons if why), _MOST_REASONS)
    ]


def _twice(entries: Sequence[TimelineEntry]) -> list[Remark]:
    """Which lines say the same at the same time as one above, and are therefore imported only once."""
    seen: set[tuple[int | None, str]] = set()
    again: list[int] = []
    before: int | None = None
    for entry in entries:
        before = entry.at if entry.at is not None else before
        said = before, " ".join(entry.text.split())
        if said in seen:
            again.append(entry.line)
        seen.add(said)
    if not again:
        return []
    if len(again) == 1:
        return [Remark(again[0], "A line above says the same at the same time, so this is imported once.")]
    lines = ", ".join(map(str, again[:_LINES_NAMED])) + (" and more" if len(again) > _LINES_NAMED else "")
    text = f"{len(again):,} lines say the same at the same time as one above, and are not imported again: {lines}."
    return [Remark(0, text)]


def _items(text: str) -> list[Item]:
    if (objects := data.objects(text)) is not None:
        return data.items(objects)
    if (exported := own.items(text)) is not None:
        return exported
    return _delimited(text) or prose.items(text)


def _delimited(text: str) -> list[Item]:
    """What a text says as CSV or TSV; nothing if it is neither."""
    mark, text = tables.named_delimiter(text)
    mark = mark or tables.delimiter(text)
    if not mark:
        return []
    try:
        found = tables.delimited(text, mark)
    except csv.Error:
        return []
    return found if any(isinstance(item, Row) for item in found) else []


def _entries(placed: Sequence[Placed]) -> tuple[TimelineEntry, ...]:
    names, headed, are_posts = _names(placed), _headed(placed), _are_posts(placed)
    found = []
    for one in placed:
        row = one.row
        who, text = row.who, row.text
        if not who and row.line in headed:
            who, _, text = text.partition("\n")
        if not who:
            said, rest = speaker(text)
            if said and (said in names or " " in said or text.startswith(("<", "@", "*", "From "))):
                who, text = said, rest
        if row.stamp.until:
            first, line_end, below = text.partition("\n")
            named = f" {one.zone}" if one.zone and row.stamp.until[-1:] in "0123456789?mM" else ""
            text = f"{first} (until {row.stamp.until}{named}){line_end}{below}".strip()
        if not row.kind and (noted := _NOTE.match(text)) is not None:
            text, row.kind = text[noted.end() :], "note"
        if not text.strip():
            continue  # nothing happened
        kind = kinds.guess(text, row.kind)
        is_post = are_posts and not row.kind and (label := _POST.match(text)) is not None
        if is_post and label is not None:
            kind = "resolved" if label["label"].lower() in _ENDS else "message"
        if kind == "decision":
            text = _DECISION.sub("", text, count=1)
        found.append(
            TimelineEntry(
                row.line, one.at, one.precision, kind, text, who, bool(row.kind), one.written, one.lacking, is_post
            )
        )
    return tuple(_with_end(found))


def _with_end(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    """The entries; if none of them says that it was over, the last one does in less certain words."""
    times = [entry.at for entry in entries if entry.at is not None]
    if not entries or any(entry.kind == "resolved" for entry in entries):
        return entries
    latest = max(times, default=None)  # None as well where no day or zone is known yet
    last = next(at for at in reversed(range(len(entries))) if entries[at].at == latest)
    one = entries[last]
    if not one.sure and one.precision != "day" and one.kind != "decision" and kinds.is_end(one.text):
        entries[last] = msgspec.structs.replace(one, kind="resolved")
    return entries


def _are_posts(placed: Sequence[Placed]) -> bool:
    """Whether most rows are posts of a status page, each with what state the incident was in."""
    labels = [found["label"].lower() for one in placed if (found := _POST.match(one.row.text)) is not None]
    return len(labels) > 1 and len(labels) * 2 > len(placed) and not {*labels}.isdisjoint(_STATES)


def _headed(placed: Sequence[Placed]) -> set[int]:
    """The lines of rows whose first line is only a name, if most have that: [10/28/2025 1:20 PM] Priya Sharma."""
    first = {one.row.line: one.row.text.split("\n", 1)[0] for one in placed if "\n" in one.row.text}
    named = {line for line, words in first.items() if is_name(words.strip())}
    return named if len(named) > 1 and len(named) * 2 > len(placed) else set()


def _names(placed: Sequence[Placed]) -> set[str]:
    """Words in front of a colon that are names: no words of English, or in front of several texts."""
    from warroom.wording.lexicon import is_english

    counts = Counter(who for one in placed if (who := speaker(one.row.text)[0]))
    unknown = {name for name in counts if not is_english(name.split()[0].lower())}
    return {name for name, count in counts.items() if (name in unknown if count == 1 else name[:1].isupper())} | {
        name for name, count in counts.items() if count > 1 and name in unknown
    }
