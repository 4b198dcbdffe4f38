"""Finds promises, blame, guesses, harm made small, vague words and jargon in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from warroom.wording.grammar import Matcher, set_of
from warroom.wording.kinds import Audience, Case, Facts, Kind
from warroom.wording.language import Compiled, Language
from warroom.wording.tagging import Tagged

MOST_OF_A_KIND = 200
"""Remarks of one kind on one text; whoever has so many needs no further ones."""

_AT_ONCE = 100
"""Tokens that are searched in one go, so that a text of very short sentences takes no longer than another."""

Slots = tuple[tuple[str, str], ...]


class Remark(msgspec.Struct, frozen=True):
    """Words to reconsider: offsets of the words (`start`, `end`) and of their sentence (`first`, `last`).

    `case` is the case of the kind that they belong to, with what its pattern kept in `slots`.
    """

    kind: str
    start: int
    end: int
    first: int
    last: int
    words: str
    case: Case
    slots: Slots = ()


def remarks(text: str, language: Language, audience: Audience, facts: Facts | None = None) -> list[Remark]:
    """What to reconsider in a text for an audience, by position; no sentence twice for the same reason, except jargon.

    A text that is not in English has no remarks, see `Language.is_english`.
    """
    facts = facts or Facts()
    tagged = language.tag(text, facts.people, facts.systems)
    if not tagged.signs or not language.is_english(tagged):
        return []
    reader = _Reader(tagged, language)
    found: list[Remark] = []
    for kind in language.tables.kind:
        if audience in kind.audiences and not language.is_off(kind.id, audience):
            found += reader.of_kind(kind, audience)
    found.sort(key=lambda remark: (remark.start, remark.end))
    kinds: dict[int, set[str]] = {}
    for remark in found:
        if "*" not in remark.case.alone:
            kinds.setdefault(remark.first, set()).update((remark.kind, "*"))
    return [remark for remark in found if kinds.get(remark.first, set()).isdisjoint(remark.case.alone)]


class _Reader:
    """Searches one text."""

    def __init__(self, tagged: Tagged, language: Language) -> None:
        self._tagged, self._language = tagged, language
        signs = language.lexicon.signs
        self._ends = {*signs("end"), *signs("question")}
        self._signs = _without_quotes(tagged.signs, language, self._ends)
        self._bounds = [-1, *self._places(self._ends), len(self._signs)]
        self._turns = self._places({*signs("contrast"), *signs("semicolon")})

    def of_kind(self, kind: Kind, audience: Audience) -> list[Remark]:
        """The remarks of a kind, at most MOST_OF_A_KIND."""
        taken = bytearray(len(self._signs))
        found: list[Remark] = []
        for first, last, case, slots in self._matches(kind, audience):
            if any(taken[first:last]):
                continue
            # One remark of a kind is enough for a sentence; but each technical term has plain words of its own.
            begin, end = (first, last) if kind.id == "jargon" else self._sentence(first)
            taken[begin:end] = b"\1" * (end - begin)
            found.append(self._remark(kind.id, first, last, case, slots))
            if len(found) == MOST_OF_A_KIND:
                break
        return found

    def _matches(self, kind: Kind, audience: Audience) -> Iterator[tuple[int, int, Case, Slots]]:
        for case in self._language.cases(kind, audience):
            excused: dict[tuple[int, int], bool] = {}
            for matcher in case.patterns:
                for match in self._found(matcher):
                    first, last = match.span()
                    if first == last:
                        continue
                    # A text is not vague if another part of the sentence is specific.
                    clause = self._sentence(first) if case.case.alone else self._clause(first, last)
                    if clause not in excused:
                        excused[clause] = self._excused(case, *clause)
                    if not excused[clause]:
                        yield first, last, case.case, self._slots(match)
        if kind.id == "jargon" and audience == "customers":
            for first, last, plain in self._language.terms.found(self._tagged, self._language.lexicon):
                yield first, last, Case((), instead=plain), ()

    def _found(self, matcher: Matcher) -> Iterator[re.Match[str]]:
        """Each match, searched for only from sentences on that have what the pattern needs, and many tokens at once."""
        if matcher.needs is None:
            yield from matcher.pattern.finditer(self._signs)
            return
        done = 0
        while (needed := matcher.needs.search(self._signs, done)) is not None:
            start, _ = self._sentence(needed.start())
            _, done = self._sentence(min(needed.start() + _AT_ONCE, len(self._signs) - 1))
            yield from matcher.pattern.finditer(self._signs, start, done)

    def _excused(self, case: Compiled, first: int, last: int) -> bool:
        if case.unless is not None and case.unless.pattern.search(self._signs[first:last]):
            return True
        if not case.unless_all:
            return False
        start, end = self._sentence(first)
        if end < len(self._signs):  # "Not confirmed." may well be a sentence of its own
            end = self._sentence(end)[1]
        words = self._signs[start:end]
        return all(matcher.pattern.search(words) for matcher in case.unless_all)

    def _slots(self, match: re.Match[str]) -> Slots:
        found = []
        for name, value in match.groupdict().items():
            if value:
                start, end = self._tagged.span(*match.span(name))
                found.append((name, self._tagged.text[start:end]))
        return tuple(found)

    def _sentence(self, token: int) -> tuple[int, int]:
        """The tokens of a sentence, with the sign that ends it."""
        after = bisect_left(self._bounds, token)
        start = self._bounds[after - 1] + 1
        return start, min(self._bounds[after] + 1, len(self._signs))

    def _clause(self, first: int, last: int) -> tuple[int, int]:
        """The part of a sentence around some tokens, without what stands on the other side of a "but"."""
        start, end = self._sentence(first)
        before, after = bisect_left(self._turns, first) - 1, bisect_left(self._turns, last)
        if before >= 0:
            start = max(start, self._turns[before])
        if after < len(self._turns):
            end = min(end, self._turns[after])
        return start, end

    def _places(self, signs: set[str]) -> list[int]:
        """The tokens with one of these signs."""
        return [found.start() for found in re.finditer(set_of(signs), self._signs)]

    def _remark(self, kind: str, first: int, last: int, case: Case, slots: Slots) -> Remark:
        start, end = self._tagged.span(first, last)
        sentence = self._tagged.span(*self._sentence(first))
        return Remark(kind, start, end, *sentence, self._tagged.text[start:end], case, slots)


def _without_quotes(signs: str, language: Language, ends: set[str]) -> str:
    """The signs with everything between quotation marks made words without meaning, since others said it.

    A whole sentence between quotation marks stays: that is the writer's own.
    """
    quote = language.lexicon.signs("quote")[0]
    if quote not in signs:
        return signs
    plain = language.lexicon.signs("word")[0]
    parts = signs.split(quote)
    for at in range(1, len(parts) - 1, 2):
        if parts[at - 1] and parts[at - 1][-1] not in ends:
            parts[at] = plain * len(parts[at])
    return quote.join(parts)
