"""Searches the sentences of a text for the patterns of a kind of remark, and remembers what each sentence had.

Somebody who types changes one sentence, so that each key costs one sentence and not the whole message.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from warroom.wording.grammar import Matcher
    from warroom.wording.language import Compiled

_LONGEST_RUN = 256
"""Sentences that are searched at once, where one after the other has what a pattern needs."""
_MOST_REMEMBERED = 2_000
"""Sentences of one kind of remark that are remembered; all are forgotten when there are more."""


class Hit(NamedTuple):
    """A match in a sentence: the number of its case, its tokens, and those that it kept as slots, from the first on."""

    case: int
    first: int
    last: int
    slots: tuple[tuple[str, int, int], ...]


class Seen:
    """What was found in sentences for one kind and audience; a sentence is the characters of its tokens."""

    def __init__(self, cases: Sequence[Compiled], line: str) -> None:
        """`line` is the character that ends a line, put after a sentence without an end of its own."""
        self._cases, self._line = cases, line
        self._patterns = [(number, pattern) for number, case in enumerate(cases) for pattern in case.patterns]
        self._always: set[int] = set()
        self._having: dict[str, set[int]] = {}
        for at, (_, pattern) in enumerate(self._patterns):
            if pattern.needed is None:
                self._always.add(at)
            for sign in pattern.needed or ():
                self._having.setdefault(sign, set()).add(at)
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._excused: dict[tuple[int, str], bool] = {}

    def is_excused(self, number: int, clause: str) -> bool:
        """Whether one of the patterns that excuse the case with this number matches in a clause."""
        key = number, clause
        if key not in self._excused:
            if len(self._excused) >= _MOST_REMEMBERED:
                self._excused.clear()
            self._excused[key] = any(matcher.is_in(clause) for matcher in self._cases[number].unless)
        return self._excused[key]

    def hits(self, sentences: Iterable[str]) -> dict[str, tuple[Hit, ...]]:
        """The matches in those of these sentences that have any, in the order of the cases and their patterns."""
        wanted = dict.fromkeys(sentences)
        unknown = [sentence for sentence in wanted if sentence not in self._hits]
        if not unknown:
            return {sentence: found for sentence in wanted if (found := self._hits[sentence])}
        new = self._search(unknown)
        if len(self._hits) + len(unknown) > _MOST_REMEMBERED:
            known = {sentence: self._hits[sentence] for sentence in wanted if sentence in self._hits}
            self._hits.clear()
            return {sentence: found for sentence, found in (known | new).items() if found}
        for sentence in unknown:
            self._hits[sentence] = new.get(sentence, ())
        return {sentence: found for sentence in wanted if (found := self._hits[sentence])}

    def _search(self, sentences: list[str]) -> dict[str, tuple[Hit, ...]]:
        text = "".join(f"{sentence}{self._line}" for sentence in sentences)
        bounds = [-1]
        for sentence in sentences:
            bounds.append(bounds[-1] + len(sentence) + 1)
        found: dict[str, list[Hit]] = {}
        for number, matcher in self._possible(text):
            for match in matches(matcher, text, bounds):
                first, last = match.span()
                at = bisect_left(bounds, first)
                begin, sentence = bounds[at - 1] + 1, sentences[at - 1]
                last = min(last, begin + len(sentence))
                if first >= last:
                    continue
                slots = [
                    (name, match.start(name) - begin, match.end(name) - begin)
                    for name, value in match.groupdict().items()
                    if value
                ]
                found.setdefault(sentence, []).append(Hit(number, first - begin, last - begin, tuple(slots)))
        return {sentence: tuple(hits) for sentence, hits in found.items()}

    def _possible(self, text: str) -> list[tuple[int, Matcher]]:
        """The patterns that may match in a text, since it has a character that they need: a few of hundreds, mostly."""
        having = [self._having[sign] for sign in set(text) if sign in self._having]
        return [self._patterns[at] for at in sorted(self._always.union(*having))]


def matches(matcher: Matcher, signs: str, bounds: Sequence[int]) -> Iterator[re.Match[str]]:
    """Each match, searched for only in sentences that have what the pattern needs, in runs of such sentences.

    `bounds` are the last token of each sentence, with -1 before them.
    """
    if matcher.needs is None:
        yield from matcher.pattern.finditer(signs)
        return
    done, sentences = 0, 1
    while (needed := matcher.needs.search(signs, done)) is not None:
        first = bisect_left(bounds, needed.start())
        start = bounds[first - 1] + 1
        sentences = min(2 * sentences, _LONGEST_RUN) if start <= done else 1
        last = min(first + sentences - 1, len(bounds) - 1)
        done = min(bounds[last] + 1, len(signs))
        yield from matcher.pattern.finditer(signs, start, done)
