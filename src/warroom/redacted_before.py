"""Words that were redacted in this file don't come back with a timeline: it is imported with the mark in their place.

The file no longer has the words. But a line that differs from a redacted one only by what the mark stands for tells
them, and then they are found in all other lines as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.incident import fold
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.lifecycle import Declared, Retitled
from warroom.model.kinds.redaction import MARK_BEGINS, Redacted
from warroom.model.redaction import Words, WrongWords, mark, what_is_redacted
from warroom.store.journal import Journal
from warroom.text.cleaning import clean_line
from warroom.there_already import words
from warroom.timelines import TimelineEntry
from warroom.timelines.drafts import Key, Known, key, placed, without_name

_MOST = 100_000
"""So many entries that have the word “redacted” are looked at, the latest ones."""
_LEFT_THERE, _LEFT_SHIFTED, _LEFT_ANYWHERE = 3, 8, 40
"""How many letters and digits of a redacted line must be left to know it again: at the same time, at one that it has
in another zone, and at any. “Kim acknowledged the alert” is said in many incidents, of many a person."""
_SHIFT, _FURTHEST = 15 * times.MINUTE, 26 * times.HOUR
"""Zones are so many ms apart, or a multiple of it, and no two are further apart."""
_LONGEST = 200
"""More characters than that, where a mark stands, are another text and not the words that were redacted."""
_BEGINNING = 16
"""Lines that are known again at any time are found by so many first characters."""
_COMPARED = 50
"""So many redacted lines are compared with a line at most, the latest ones, of those that have the same beginning."""
_NOTHING = Known()
_LISTED = 5
"""The most lines that are named; the others are counted."""


class _Left(msgspec.Struct, frozen=True):
    """What is left of a text in which words were redacted; `at` (ms UTC) is None for a title."""

    incident: str
    at: int | None
    text: str
    marks: frozenset[str]


class _Source(msgspec.Struct, frozen=True):
    """In which incident words were redacted, and the mark that stands for them."""

    incident: str
    mark: str


class Marked(msgspec.Struct, frozen=True):
    """A timeline with marks in place of redacted words, and what to tell about that, by line; 0 is the title."""

    entries: Sequence[TimelineEntry]
    title: str = ""
    by_line: dict[int, str] = {}
    remarks: tuple[str, ...] = ()
    found: tuple[tuple[Words, _Source], ...] = ()

    def text(self, text: str) -> str:
        """Any text of the timeline, with the marks."""
        for one, _ in self.found:
            text = one.redact(text)
        return text


class RedactedBefore:
    """What was redacted in a file, as far as it can be told from what is left there."""

    def __init__(self, journal: Journal | None) -> None:
        """Read it; None stands for an empty file. Raises StoreError."""
        self._by_time: dict[int, list[_Left]] = {}
        """By their time within a quarter of an hour, which is the same in every zone."""
        self._by_beginning: dict[str, list[_Left]] = {}
        self._texts: set[str] = set()
        self._titles: list[_Left] = []
        self._names: dict[str, str] = {}
        if journal is None:
            return
        having = journal.search("redacted", limit=_MOST)
        reasons: dict[str, set[str]] = {}
        for entry in having:
            if isinstance(entry.body, Redacted):
                reasons.setdefault(entry.incident, set()).add(mark(entry.body.because))
        for incident, marks in reasons.items():
            state = journal.state(incident)
            self._names[incident] = f"{incident} “{clean_line(fold(state).name)}”"
            decisions = (entry for entry in state if isinstance(entry.body, DecisionMade))
            self._take((*(one for one in having if one.incident == incident), *decisions), incident, frozenset(marks))

    def _take(self, entries: Iterable[Entry], incident: str, marks: frozenset[str]) -> None:
        for entry in entries:
            if isinstance(entry.body, Declared | Retitled) and MARK_BEGINS in entry.body.title:
                self._titles.append(_Left(incident, None, " ".join(entry.body.title.split()), marks))
            text = without_name(key(entry.at, words(entry))[1])
            if any(one in text for one in marks):
                left = _Left(incident, entry.at, text, marks)
                self._texts.add(text)
                self._by_time.setdefault(_minute(entry.at) % _SHIFT, []).append(left)
                if len(beginning := text.partition(MARK_BEGINS)[0][:_BEGINNING]) == _BEGINNING:
                    self._by_beginning.setdefault(beginning, []).append(left)

    def __bool__(self) -> bool:
        return bool(self._names)

    def marked(self, entries: Sequence[TimelineEntry], title: str = "", known: Known = _NOTHING) -> Marked:
        """The timeline as it may be imported; entries that are `known` are not imported, and stay as they are."""
        if not self:
            return Marked(entries, title)
        found: dict[tuple[str, str], tuple[Words, _Source]] = {}
        whole: dict[Key, _Left] = {}
        stands = {id(entry): at for entry, at in placed(entries)}
        lines = [key(stands.get(id(entry)), entry.text) for entry in entries]
        for at, said in lines:
            text = without_name(said)
            if found and _redacted(text, found.values())[0] in self._texts:
                continue  # what it has is found already
            there = self._by_time.get(_minute(at) % _SHIFT, ()) if at is not None else ()
            for left in (*there, *self._by_beginning.get(text[:_BEGINNING], ())[:_COMPARED]):
                if (gaps := _gaps(text, left, at)) is not None:
                    whole[at, said] = left
                    found |= _as_words(gaps, left.incident)
        words_of_title = " ".join(title.split())
        for left in self._titles:
            found |= _as_words(_gaps(words_of_title, left, None) or (), left.incident)
        told: dict[int, list[_Source]] = {}
        new = []
        pairs = tuple(found.values())
        for entry, one in zip(entries, lines, strict=True):
            if one in known:
                new.append(entry)
                continue
            text, sources = _redacted(entry.text, pairs)
            who, more = _redacted(entry.who, pairs)
            if text == entry.text and (left_over := whole.get(one)) is not None:  # too short to be looked for elsewhere
                marks = sorted(one for one in left_over.marks if one in left_over.text)
                text, sources = left_over.text, [_Source(left_over.incident, one) for one in marks]
            if sources or more:
                told.setdefault(entry.line, []).extend((*sources, *more))
            new.append(replace(entry, text=text, who=who) if sources or more else entry)
        title, sources = _redacted(title, pairs)
        if sources:
            told[0] = sources
        return Marked(new, title, self._by_line(told), self._remarks(told), pairs)

    def _by_line(self, told: dict[int, list[_Source]]) -> dict[int, str]:
        return {line: f"It has {self._said(dict.fromkeys(sources))}" for line, sources in told.items()}

    def _remarks(self, told: dict[int, list[_Source]]) -> tuple[str, ...]:
        """One sentence for all lines with words that were redacted in the same place."""
        lines: dict[tuple[_Source, ...], list[int]] = {}
        for line, sources in sorted(told.items()):
            lines.setdefault(tuple(dict.fromkeys(sources)), []).append(line)
        found = []
        for places, numbers in lines.items():
            rows = [str(number) for number in numbers if number]
            what = ["the title"] if 0 in numbers else []
            if rows:
                more = f" and {len(rows) - _LISTED:,} more" if len(rows) > _LISTED else ""
                what.append(f"{'line' if len(rows) == 1 else 'lines'} {', '.join(rows[:_LISTED])}{more}")
            have = "has" if len(numbers) == 1 else "have"
            found.append(f"{' and '.join(what)} {have} {self._said(places)}")
        return tuple(found)

    def _said(self, sources: Iterable[_Source]) -> str:
        sources = list(sources)
        names = " and ".join(dict.fromkeys(self._names[one.incident] for one in sources))
        marks = " and ".join(dict.fromkeys(one.mark for one in sources))
        return f"words that were redacted in {names}; {marks} goes in instead"


def _gaps(text: str, left: _Left, at: int | None) -> tuple[tuple[str, str], ...] | None:
    """The words for which each mark in a line stands, and the mark, if the text is that line before it was redacted.

    `at` is the time of the text (ms UTC; None: not known, or of a title).
    """
    gaps = what_is_redacted(text, left.text, left.marks)
    if not gaps or any(len(gap) > _LONGEST for gap, _ in gaps):
        return None
    stands = sum(map(str.isalnum, text)) - sum(sum(map(str.isalnum, gap)) for gap, _ in gaps)
    return gaps if stands >= _least(left.at, at) else None


def _minute(at: int) -> int:
    """The minute of a time: people leave the seconds out of what was logged with them."""
    return at - at % times.MINUTE


def _least(at: int | None, other: int | None) -> int:
    at, other = None if at is None else _minute(at), None if other is None else _minute(other)
    if at == other:
        return _LEFT_THERE
    if at is None or other is None or abs(at - other) > _FURTHEST or (at - other) % _SHIFT:
        return _LEFT_ANYWHERE
    return _LEFT_SHIFTED


def _as_words(gaps: Iterable[tuple[str, str]], incident: str) -> dict[tuple[str, str], tuple[Words, _Source]]:
    found = {}
    for gap, stands in gaps:
        try:
            one = Words(gap, stands[len(MARK_BEGINS) : -1])
        except WrongWords:
            continue  # such as two letters, which are in too many other words
        found[one.words.casefold(), stands] = (one, _Source(incident, stands))
    return found


def _redacted(text: str, found: Iterable[tuple[Words, _Source]]) -> tuple[str, list[_Source]]:
    """The text with the marks, and where its words had been redacted."""
    sources = []
    for one, source in found:
        if one.are_in(text):
            text = one.redact(text)
            sources.append(source)
    return text, sources
