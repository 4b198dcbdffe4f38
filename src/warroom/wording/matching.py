"""A text made ready for the patterns of a wording file, and the patterns made ready for it.

Before matching, typographic quotes and dashes become plain ones, each run of white space becomes one space, and the
end of a sentence becomes a newline; the offsets of a match are mapped back to the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from warroom.wording.lines import asides, ends_at_line
from warroom.wording.patterns import EXACT, FLAGS
from warroom.wording.rules import PEOPLE, Rule
from warroom.wording.tokens import plain_signs


class Text:
    """A text normalized for matching, such as one part of a message, which maps a match back to the original."""

    def __init__(self, original: str, *, quick: bool = False) -> None:
        """With `quick`, each line and each full stop ends a sentence, and all white space stays as it is."""
        self.original = original
        self._origin: Sequence[int] = range(len(original))
        self.plain = plain_signs(original.translate(_QUICK) if quick else self._spaced(original))
        if quick:
            for end in (". ", "! ", "? ", "; "):
                self.plain = self.plain.replace(end, f"{end[0]}\n")
        self._lower = self.plain.lower()
        if len(self._lower) != len(self.plain):  # for letters that are two in lower case
            self._lower = "".join(map(_lower, self.plain))
        self._taken = bytearray(len(self.plain))

    def _spaced(self, original: str) -> str:
        """The text with a space or the end of a sentence for any white space, whose offsets are in `_origin`."""
        pieces: list[str] = []
        origin: list[int] = []
        done = 0
        within = asides(original)
        for space in _SPACE.finditer(original):
            place = bisect_left(within, (space.start(),)) - 1
            aside = place >= 0 and space.start() <= within[place][1]
            pieces += original[done : space.start()], "\n" if not aside and _ends_sentence(original, space) else " "
            origin += range(done, space.start() + 1)
            done = space.end()
        pieces.append(original[done:])
        origin += range(done, len(original))
        self._origin = origin
        return "".join(pieces)

    def matches(self, pattern: re.Pattern[str], within: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """Each match in these spans of `plain` that overlaps with no match of an earlier rule."""
        for span in within:
            for match in pattern.finditer(self.plain, *span):
                start, end = match.span()
                if start < end and not any(self._taken[start:end]):
                    yield match

    def sentences_with(self, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
        """The spans in `plain` of the sentences in which one of the patterns matches, in order.

        They see the text in lower case, because `re` finds words several times faster if it need not ignore case.
        """
        found: set[tuple[int, int]] = set()
        for pattern in patterns:
            at = 0
            while (match := pattern.search(self._lower, at)) is not None:
                sentence = self.sentence(match)
                found.add(sentence)
                at = max(sentence[1], match.end(), at + 1)  # further matches in this sentence add nothing
        return sorted(found)

    def sentences_having(self, texts: Iterable[str]) -> list[tuple[int, int]]:
        """The spans in `plain` of the sentences that have one of these texts, in lower case; quicker than patterns."""
        found: set[tuple[int, int]] = set()
        for text in texts:
            at = self._lower.find(text)
            while at >= 0:
                end = self.plain.find("\n", at)
                end = len(self.plain) if end < 0 else end
                found.add((self.plain.rfind("\n", 0, at) + 1, end))
                at = self._lower.find(text, end)
        return sorted(found)

    def claim(self, match: re.Match[str]) -> None:
        """Keep later rules from reporting the same words."""
        start, end = match.span()
        self._taken[start:end] = b"\1" * (end - start)

    def sentence(self, match: re.Match[str]) -> tuple[int, int]:
        """The start and end of the sentence around a match, in `plain`."""
        end = self.plain.find("\n", match.end())
        return self.plain.rfind("\n", 0, match.start()) + 1, len(self.plain) if end < 0 else end

    def around(self, match: re.Match[str]) -> tuple[int, int]:
        """The start and end in the original of the sentence around a match."""
        start, end = self.sentence(match)
        first, last = self._origin[start], self._origin[end - 1] + 1
        return first, first + len(self.original[first:last].rstrip())

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """The start and end of a match in the original."""
        return self._origin[match.start()], self._origin[match.end() - 1] + 1


_QUICK = str.maketrans("\t\r\f\v\u00a0", "     ")
_CLOSERS = "\"'”’)]*_"
# White space that may end a sentence or is no single space; the rest, which is nearly all, stays as it is.
_SPACE = re.compile(rf" \s+|[^\S ]\s*|(?<=[.!?;…{re.escape(_CLOSERS)}]) ")
_ENDS = (".", "!", "?", ";", "…")
_LONGEST_END = 24
"""Characters in front of white space that tell whether a sentence ends there."""
_SECRET = re.compile(r"(?<!\S)\S?(?:[A-Z]|(?=\S*\d)[a-z])\S{3,}[!?]$")
"""A word that may be a password, so that a "!" at its end is part of it: "Winter-2026! for all guests"."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:[ap]\.m|e\.g|i\.e|approx|(?-i:[Ee]st)|ca|vs|no|incl|max|min|hrs?|extn?|mrs?|ms|dr|co|corp|inc|ltd))\.$",
    re.IGNORECASE,
)


def _ends_sentence(text: str, space: re.Match[str]) -> bool:
    """Whether white space separates sentences, list items or labelled lines, rather than words of one sentence."""
    before = text[max(0, space.start() - _LONGEST_END) : space.start()].rstrip(_CLOSERS)
    if before.endswith(("!", "?")) and text[space.end() : space.end() + 1].islower() and _SECRET.search(before):
        return "\n" in space.group() and ends_at_line(text, space)
    if before.endswith(_ENDS) and not (before[-1] == "." and _ABBREVIATION.search(before)):
        return True
    return "\n" in space.group() and ends_at_line(text, space)


def _lower(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def phrases(rule: Rule, text: Text, names: str) -> Iterator[re.Match[str]]:
    """Each phrase that a rule points at, in the order of its patterns; later rules won't report the same words."""
    within = [(0, len(text.plain))]
    if rule.only_if:
        within = text.sentences_with(compiled(source, "", EXACT) for source in rule.only_if)
    elif rule.only_with:
        within = text.sentences_having(rule.only_with)
    if rule.only_if or rule.only_with:
        within = [span for span in within if _has(rule.patterns, names, text.plain, span)]
    if not within:
        return  # and nothing is compiled that no text has needed yet
    excused: dict[int, bool] = {}  # by start of the sentence, so that each sentence is searched only once
    for source in rule.patterns:
        for match in text.matches(compiled(source, names), within):
            begin, end = text.sentence(match)
            if begin not in excused:
                sentence = text.plain[begin:end]
                excused[begin] = any(compiled(excuse, names).search(sentence) for excuse in rule.unless)
            if not excused[begin]:
                text.claim(match)
                yield match


_had: dict[tuple[tuple[str, ...], str], dict[str, bool]] = {}
"""Whether one of these patterns, with these names, matches in a sentence: who types changes one sentence of many."""
_MOST_REMEMBERED = 2_000
"""Sentences that are remembered for the patterns of a rule; all are forgotten when there are more."""


def _has(patterns: tuple[str, ...], names: str, plain: str, span: tuple[int, int]) -> bool:
    """Whether one of the patterns matches in a sentence."""
    had = _had.setdefault((patterns, names), {})
    sentence = plain[slice(*span)]
    if sentence not in had:
        if len(had) >= _MOST_REMEMBERED:
            had.clear()
        had[sentence] = any(compiled(source, names).search(plain, *span) for source in patterns)
    return had[sentence]


def names_pattern(people: tuple[str, ...]) -> str:
    """A case-sensitive pattern for people's full and first names, as typed or capitalized, so that will isn't Will.

    A first name after an @ matches in any case.
    """
    forms: set[str] = set()
    handles: set[str] = set()
    for person in people:
        full = " ".join(plain_signs(person).split())
        first = full.split(" ")[0].lstrip("@")
        for name in (full, first):
            if any(letter.isalpha() for letter in name):
                forms |= {name, name[0].upper() + name[1:]}
                handles.add(f"@?(?<=@)(?i:{re.escape(first)})")
    if not forms:
        return ""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return rf"(?-i:(?<!\w)(?:{'|'.join([*map(re.escape, longest_first), *sorted(handles)])})(?!\w))"


def compiled(source: str, names: str, flags: int = FLAGS) -> re.Pattern[str]:
    """A compiled pattern of the file; if nobody has a role yet, `{people}` becomes a pattern that never matches."""
    return _compiled(source, names if _NAMES in source else "", flags)


_NAMES = f"{{{PEOPLE}}}"


@lru_cache(maxsize=1024)
def _compiled(source: str, names: str, flags: int) -> re.Pattern[str]:
    # Most patterns have no names, and are not compiled again for other people.
    return re.compile(source.replace(_NAMES, names or "(?!)"), flags)
