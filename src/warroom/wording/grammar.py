"""The pattern language of the kinds of remark: sequences of words and classes of words, matched on whole tokens.

    word           this word, in any case; `won't` is the two tokens `wo n't`
    {class}        any word of a class of [lexicon], any pattern of [phrases], or a built-in class such as {number}
    (a | b c)      one of these
    a?             a or nothing
    _3             up to three words; _ is exactly one
    ~6             up to six tokens of the same sentence, words or signs
    !a             not followed by a
    ^  $           the beginning or the end of a sentence
    <time: a>      a, kept under a name for the better sentence

Matching takes linear time: a repeat always has a limit, and there is none of a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from warroom.wording.lexicon import BUILT_IN, MARKS, Lexicon, as_tokens

MAX_WAYS = 5_000
"""The limit for the ways in which the gaps of one pattern can be filled, so that matching stays quick on any text."""
MAX_LENGTH = 200_000
"""The limit for a pattern with its phrases written out, in characters."""

_ELEMENT = re.compile(
    r"\s+|\{(?P<name>[a-z_]+)\}|<(?P<slot>[a-z]+):|_(?P<gap>\d?)(?![a-z])|~(?P<far>\d{1,2})|(?P<mark>[()|?!>^$])"
    r"|(?P<word>[^\W_]+(?:['-][^\W_]+)*|'[a-z]{0,2})"
)
_SLOT = re.compile(r"\(\?P<([a-z]+)>")
_FREQUENT = 30
"""How much more often a word without meaning stands in a text than another one."""


class PatternError(ValueError):
    """A pattern can't be used; str() says what is expected, `phrase` in which phrase, as `name[0]`, if in one."""

    phrase = ""


class Matcher:
    """A pattern to search with: no match is without one of the characters `needed`, which `needs` finds (None: any).

    Both are compiled when a text first has what it needs: compiling all of them takes seconds, and most need few.
    """

    def __init__(self, part: _Part) -> None:
        self._source = part.source
        self.needed = part.needs

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        """Finds a character of those needed."""
        return None if self.needed is None else re.compile(set_of(self.needed))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole pattern."""
        return re.compile(self._source)

    def is_in(self, signs: str) -> bool:
        """Whether it matches somewhere in a row of characters."""
        possible = self.needed is None or not self.needed.isdisjoint(signs)
        return possible and self.pattern.search(signs) is not None


class _Part(NamedTuple):
    """A part of a pattern as a regular expression, the ways to fill its gaps, and characters of which it needs one."""

    source: str
    ways: int = 1
    needs: frozenset[str] | None = None


def words_of(pattern: str) -> set[str]:
    """The words that a pattern spells out, in lower case and as tokens. Raises PatternError."""
    return {part for found in _elements(pattern) if found["word"] for part in as_tokens(found["word"])}


def _elements(pattern: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(pattern):
        element = _ELEMENT.match(pattern, at)
        if element is None:
            near = pattern[at : at + 12]
            raise PatternError(f"words, {{classes}} and the signs ( | ) ? ! _ ~ ^ $ <name: >, got {near!r}")
        at = element.end()
        if not element.group().isspace():
            found.append(element)
    return found


class Grammar:
    """Turns patterns into regular expressions over the characters of a lexicon."""

    def __init__(self, lexicon: Lexicon, phrases: Mapping[str, Iterable[str]]) -> None:
        """Write out the phrases in their order; a phrase may use those above it. Raises PatternError."""
        self._lexicon = lexicon
        self._ready: dict[str, _Part] = {}
        self._matchers: dict[str, Matcher] = {}
        self._without_slots: dict[str, _Part] = {}
        self._words: dict[str, _Part] = {}
        self._common = frozenset(lexicon.signs("function"))
        ends = [sign for name in ("end", "question", "line") for sign in lexicon.signs(name)]
        end = set_of(ends)
        self._begins, self._ends = _Part(f"(?:^|(?<={end}))"), _Part(f"(?={end}|$)")
        self._word = f"[^{_inside(sign for name in MARKS for sign in lexicon.signs(name))}]"
        self._any = f"[^{_inside([*ends, *lexicon.signs('semicolon')])}]"
        for name, patterns in phrases.items():
            self._ready[name] = self._either([self._phrase(f"{name}[{at}]", p) for at, p in enumerate(patterns)])

    def matcher(self, pattern: str) -> Matcher:
        """A pattern to search with. Raises PatternError."""
        if pattern not in self._matchers:
            part = self._without_slots.get(pattern) or self._parsed(pattern, slots=True)
            slots = _SLOT.findall(part.source)
            if len(slots) > len(set(slots)):
                raise PatternError(f"each slot once in a pattern, got one of them twice in {pattern!r}")
            self._matchers[pattern] = Matcher(part)
        return self._matchers[pattern]

    def _phrase(self, place: str, pattern: str) -> _Part:
        try:
            part = self._parsed(pattern, slots=False)
            if "<" not in pattern:  # a case may have the phrase's patterns one by one
                self._without_slots[pattern] = part
            return part
        except PatternError as error:
            error.phrase = place
            raise

    def _parsed(self, pattern: str, *, slots: bool) -> _Part:
        elements = _elements(pattern)[::-1]
        part = self._choice(elements, slots, "")
        if part.ways > MAX_WAYS:
            raise PatternError(f"gaps that can be filled in at most {MAX_WAYS:,} ways, got {part.ways:,}")
        if len(part.source) > MAX_LENGTH:
            raise PatternError(f"at most {MAX_LENGTH:,} characters with its phrases written out")
        return part

    def _choice(self, elements: list[re.Match[str]], slots: bool, closing: str) -> _Part:
        """Read alternatives up to the closing sign; `elements` are in reverse order."""
        choices: list[_Part] = []
        parts: list[_Part] = []
        while elements:
            element = elements.pop()
            mark = element["mark"]
            if mark == "|":
                choices.append(self._sequence(parts))
                parts = []
            elif mark in (")", ">"):
                if mark != closing:
                    raise PatternError(f"an opening sign before {mark}")
                return self._either([*choices, self._sequence(parts)])
            elif mark == "?":
                if not parts:
                    raise PatternError("something before ?")
                optional = parts.pop()
                parts.append(_Part(f"(?:{optional.source})?", optional.ways))
            elif mark == "!":
                if not elements:
                    raise PatternError("something after !")
                avoided = self._element(elements.pop(), elements, slots)
                parts.append(_Part(f"(?!{avoided.source})"))
            else:
                parts.append(self._element(element, elements, slots))
        if closing:
            raise PatternError(f"{closing} at the end")
        return self._either([*choices, self._sequence(parts)])

    def _element(self, element: re.Match[str], elements: list[re.Match[str]], slots: bool) -> _Part:
        mark = element["mark"]
        if mark == "(":
            return self._choice(elements, slots, ")")
        if element["slot"]:
            kept = self._choice(elements, slots, ">")
            return kept._replace(source=f"(?P<{element['slot']}>{kept.source})") if slots else kept
        if mark:
            return self._begins if mark == "^" else self._ends
        if element["gap"] is not None or element["far"]:
            most = int(element["gap"] or element["far"] or 0)
            what = self._word if element["far"] is None else self._any
            return _Part(f"{what}{{0,{most}}}?" if most else what, most + 1)
        if element["name"]:
            return self._class(element["name"])
        return self._sequence([self._word_part(word) for word in as_tokens(element["word"])])

    def _word_part(self, word: str) -> _Part:
        if word not in self._words:
            self._words[word] = self._set(self._lexicon.signs("=" + word))
        return self._words[word]

    def _class(self, name: str) -> _Part:
        if name not in self._ready:
            if name not in self._lexicon.phrases and name not in BUILT_IN:
                raise PatternError(
                    f"a class of [lexicon], a phrase defined above it or a built-in class, got {{{name}}}"
                )
            longest_first = sorted(self._lexicon.phrases.get(name, ()), key=len, reverse=True)
            several = [self._sequence([self._word_part(word) for word in phrase]) for phrase in longest_first]
            self._ready[name] = self._either([*several, self._set(self._lexicon.signs(name))])
        return self._ready[name]

    def _set(self, signs: Iterable[str]) -> _Part:
        signs = list(signs)
        return _Part(set_of(signs), 1, frozenset(signs))

    def _sequence(self, parts: list[_Part]) -> _Part:
        ways, needs = 1, None
        for part in parts:
            ways *= part.ways
            if part.needs is not None and (needs is None or self._cost(part.needs) < self._cost(needs)):
                needs = part.needs
        return _Part("".join(part.source for part in parts), ways, needs)

    def _cost(self, signs: frozenset[str]) -> int:
        return len(signs) + _FREQUENT * len(signs & self._common)

    def _either(self, parts: list[_Part]) -> _Part:
        if len(parts) == 1:
            part = parts[0]
            return part._replace(source=f"(?:{part.source})") if len(part.source) > 1 else part
        needs: frozenset[str] | None = frozenset()
        for part in parts:
            needs = None if needs is None or part.needs is None else needs | part.needs
        return _Part(f"(?:{'|'.join(part.source for part in parts)})", max(part.ways for part in parts), needs)


def _inside(signs: Iterable[str]) -> str:
    """Characters for the inside of a set, with neighbours as ranges."""
    codes = sorted(set(map(ord, signs)))
    out, start = [], 0
    for at, code in enumerate(codes):
        if at + 1 == len(codes) or codes[at + 1] != code + 1:
            first, last = re.escape(chr(codes[start])), re.escape(chr(code))
            out.append(first if start == at else f"{first}-{last}")
            start = at + 1
    return "".join(out)


def set_of(signs: Iterable[str]) -> str:
    """The source of a regular expression that matches one of these characters; of none if there are none."""
    signs = list(signs)
    if len(signs) == 1:
        return re.escape(signs[0])
    inside = _inside(signs)
    return f"[{inside}]" if inside else "(?!)"
