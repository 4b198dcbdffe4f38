"""What a sentence tells that must not be lost: what does not work, who or what was hit, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.wording.language import Language

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_HARM = re.compile(
    r"(?:late|can['’]t|cannot|couldn['’]t|unable|without|twice|double|duplicate|missed|missing|delay|backlog|queue|"
    r"stranded|waiting|waited|returned|refused|rejected|cancel|spoil|thrown|injur|leak|flood|overflow|spill|wet|died|dead|"
    r"froze|frozen|short|empty|cold|dark|overheat|burn|expos|stolen|copied|too|theft|shelves)\w*",
    re.IGNORECASE,
)
_STEM = 5
"""Letters by which a word is known again in another form."""


def told(sentence: str, left_out: Iterable[tuple[int, int]], language: Language) -> tuple[set[str], set[str]]:
    """The words for harm in a sentence, and its other specific words, outside of some spans; each by its beginning."""
    spans = [*left_out]
    tagged = language.tag(sentence)
    lexicon = language.lexicon
    harm = lexicon.any_of("harm", "harm_state")
    person = lexicon.any_of(
        "job",
        "team",
        "vendor",
        "roster",
        "diminisher",
        "fuss",
        "small_word",
        "guess_strong",
        "think",
        "well",
        "recover",
        "again",
        "trait",
    )
    specific = lexicon.any_of("specific")
    harms: set[str] = set()
    things: set[str] = set()
    for at, sign in enumerate(tagged.signs):
        start, end = tagged.span(at, at + 1)
        word = sentence[start:end].lower()
        if not _WORD.fullmatch(word) or any(a < end and b > start for a, b in spans):
            continue
        if harm.match(sign) or _HARM.fullmatch(word):
            harms.add(word[:_STEM])
        elif len(word) > 2 and specific.match(sign) and not person.match(sign):
            things.add(word[:_STEM])
    return harms, things


def stems(sentence: str) -> set[str]:
    """The beginnings of all words of a sentence."""
    return {word.group().lower()[:_STEM] for word in _WORD.finditer(sentence)}
