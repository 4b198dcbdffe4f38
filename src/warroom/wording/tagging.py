"""A text as a row of characters, one for each token, in which the grammar searches."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from warroom.wording.lexicon import NAME, ROSTER, SYSTEM, Lexicon
from warroom.wording.lines import asides, ends_at_line
from warroom.wording.tokens import CHUNK, LIST_MARKS, MAX_CHUNK, TYPOGRAPHY, cut, is_one_word, plain_signs

Places = tuple[tuple[int, int], ...]
"""The start and end of each token in a chunk."""
_ALL_OF_IT: tuple[Places, ...] = tuple(((0, end),) for end in range(MAX_CHUNK + 1))
"""The one token of a chunk that is a word, by its length."""
_MOST_REMEMBERED = 50_000
"""Chunks of text whose characters are remembered; all are forgotten when there are more."""

_DOTTED = re.compile(r"\d{1,2}\.\d\d(?![\d:apZh])")
_BEFORE_A_VERSION = re.compile(
    r"\b(?:version|release|build|patch|hotfix|firmware|roll(?:s|ed|ing)? back|revert(?:s|ed|ing)?|"
    r"(?:back|upgraded|downgraded|went|switched) (?:on|to))"
    r"(?: of| to| from)? $",
    re.IGNORECASE,
)
"""What stands in front of the number of a version, which may look like a time: 2.14."""
_LONGEST_BEFORE = 30


class Tagged:
    """A text with a character for each of its tokens; tokens are counted from 0."""

    def __init__(self, text: str, signs: str, first: list[int], at: list[int], inner: list[Places]) -> None:
        self.text, self.signs = text, signs
        self._first, self._at, self._inner = first, at, inner

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets in the text of the tokens from `first` up to but without `last`."""
        return self._place(first)[0], self._place(last - 1)[1]

    def token_at(self, offset: int) -> int:
        """The token that has the character at an offset, or the last one before it."""
        chunk = max(bisect_right(self._at, offset) - 1, 0)
        begins = [self._at[chunk] + start for start, _ in self._inner[chunk]]
        return self._first[chunk] + max(bisect_right(begins, offset) - 1, 0)

    def words(self, first: int, last: int) -> list[str]:
        """The tokens from `first` up to but without `last` as they stand in the text."""
        last = min(last, len(self.signs))
        words: list[str] = []
        chunk = bisect_right(self._first, first) - 1
        while first < last:
            at, begin = self._at[chunk], self._first[chunk]
            inner = self._inner[chunk][first - begin : last - begin]
            words += [self.text[at + start : at + end] for start, end in inner]
            first, chunk = first + len(inner), chunk + 1
        return words

    def part(self, start: int, end: int) -> Tagged:
        """The tokens that begin from one offset up to another one, as a text of their own."""
        begin, stop = bisect_left(self._at, start), bisect_left(self._at, end)
        first = self._first[begin:stop]
        begun = first[0] if first else 0
        signs = self.signs[begun : self._first[stop] if stop < len(self._first) else len(self.signs)] if first else ""
        at = [place - start for place in self._at[begin:stop]]
        return Tagged(self.text[start:end], signs, [one - begun for one in first], at, self._inner[begin:stop])

    def _place(self, token: int) -> tuple[int, int]:
        chunk = bisect_right(self._first, token) - 1
        start, end = self._inner[chunk][token - self._first[chunk]]
        return self._at[chunk] + start, self._at[chunk] + end


class Tagger:
    """Gives each token of a text its character; `people` are the roster's names, `systems` those of our systems."""

    def __init__(self, lexicon: Lexicon, people: Iterable[str] = (), systems: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        self._seen: dict[str, tuple[str, Places]] = {}
        self._last: Tagged | None = None
        """The last text, since it is asked for several times."""
        self._line = lexicon.signs("line")[0]
        self._no_end = {lexicon.of_shape[shape]: lexicon.of_shape["sign"] for shape in ("end", "question")}
        (self._roster,), (self._system,) = map(lexicon.signs, (ROSTER, SYSTEM))
        self._name = lexicon.of_shape[NAME]
        self._clock, self._number = lexicon.of_shape["clock"], lexicon.of_shape["number"]
        self._people = {
            name[0].upper() + name[1:]
            for person in people
            for name in person.translate(TYPOGRAPHY).split()
            if name[0].isalpha() and len(name) > 1
        }
        self._people |= {person.translate(TYPOGRAPHY).lstrip("@") for person in people}
        self._systems = {word.lower() for system in systems for word in system.translate(TYPOGRAPHY).split()}

    def tag(self, text: str) -> Tagged:
        """The text with its characters."""
        last = self._last
        if last is None or last.text != text:
            last = self._last = self._tag(text)
        return last

    def _tag(self, text: str) -> Tagged:
        plain = plain_signs(text)
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen.clear()
        seen, count, before, begins = self._seen, 0, "", True
        signs: list[str] = []
        first: list[int] = []
        at: list[int] = []
        inner: list[Places] = []
        found: tuple[str, Places]
        for chunk in CHUNK.finditer(plain):
            words = chunk.group()
            if words[0] == "\n":
                begins = ends_at_line(plain, chunk)
                if not begins:
                    continue
                found = self._line, ((0, 1),)
            elif begins and words in LIST_MARKS:
                continue  # it is no word of the sentence
            else:
                begins = False
                found = seen.get(words) or self._tagged(words)
                if (
                    found[0][0] == self._clock
                    and _DOTTED.match(words)
                    and _BEFORE_A_VERSION.search(plain, *(max(chunk.start() - _LONGEST_BEFORE, 0), chunk.start()))
                ):
                    found = self._number + found[0][1:], found[1]  # "rolled back 2.14" is no time of the day
                if before == self._name and words[0].isupper() and len(found[0]) <= 2:
                    found = self._name + found[0][1:], found[1]  # "Volterra Hosting"
                before = found[0][-1]
            signs.append(found[0])
            first.append(count)
            at.append(chunk.start())
            inner.append(found[1])
            count += len(found[0])
        for start, end in asides(plain):
            for number in range(bisect_left(at, start), bisect_left(at, end)):
                signs[number] = "".join(
                    self._no_end.get(sign, sign) if at[number] + begin < end else sign
                    for sign, (begin, _) in zip(signs[number], inner[number], strict=True)
                )
        return Tagged(text, "".join(signs), first, at, inner)

    def _tagged(self, chunk: str) -> tuple[str, Places]:
        found: tuple[str, Places]
        if chunk.isalpha() and is_one_word(chunk):
            found = self._word(chunk), _ALL_OF_IT[len(chunk)]
        else:
            tokens = cut(chunk)
            of_shape = self._lexicon.of_shape
            signs = [self._word(text) if shape == "word" else of_shape[shape] for text, _, shape in tokens]
            if chunk[0] == "@" and len(tokens) > 1 and tokens[1].shape == "word":
                signs[1] = self._roster
            found = "".join(signs), tuple([(at, at + len(text)) for text, at, _ in tokens])
        self._seen[chunk] = found
        return found

    def _word(self, word: str) -> str:
        if word in self._people:
            return self._roster
        if self._systems and word.lower() in self._systems:
            return self._system
        return self._lexicon.of_word(word)
