"""What a few words tell by their form: one thing or several, the name of a thing, how they stand within a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.wording.language import Language

_NOT_PLURAL = re.compile(r"(?:ss|(?<!en)us|is|dns|aws|https|news|sms)$", re.IGNORECASE)
_MOST_PLURAL = {"we", "you", "they", "these", "those", "people", "data", "children", "staff"}


def names_a_cause(words: str, language: Language) -> bool:
    """Whether a few words only name a thing that can be a cause: "DNS", "the load balancer"."""
    if not 0 < len(words.split()) <= _LONGEST_NAME or re.search(r"[,;:]", words):
        return False
    signs = language.tag(words).signs
    names = language.lexicon.any_of("suspect", "term", "name", "abbreviation", "system", "vendor", "tool", "harm")
    return names.match(signs[-1]) is not None and language.lexicon.any_of("ed", "ing").match(signs) is None


_LONGEST_NAME = 5


def is_plural(noun: str) -> bool:
    """Whether a noun is in the plural, as far as its form tells."""
    noun = noun.lower()
    return noun in _MOST_PLURAL or (noun.endswith("s") and not _NOT_PLURAL.search(noun))


def head_of(thing: str) -> str:
    """The words for a thing up to its noun: "the pump" of "the pump in Hall 4"."""
    return _BEHIND_A_NOUN.split(thing, maxsplit=1)[0]


_BEHIND_A_NOUN = re.compile(
    r" (?:as|at|behind|between|by|for|from|in|like|near|of|on|over|than|that|to|under|which|who|with)\b"
)


def inside(words: str, language: Language) -> str:
    """The words as they are within a sentence: a name keeps its capital letter."""
    first = re.match(r"[\w'’-]+", words)
    if first is None or words.startswith(("I ", "I'", "Mr", "Ms ", "Dr")):
        return words
    signs = language.lexicon.any_of(
        "name", "abbreviation", "roster", "system", "unknown", "sign", "weekday", "month", "company", "payment_company"
    )
    if signs.match(language.tag(first.group()).signs) or first.group()[1:] != first.group()[1:].lower():
        return words
    return words[0].lower() + words[1:]


WHAT_IT_IS = (
    r"(?:why\b|(?:an?|the|our|another|one) (?:[\w-]+ )?(?:attack|breach|cause|coincidence|explanation|fraud|hack|leak"
    r"|reason|scam|trigger)\b)"
)
"""What says by itself that it is the cause, or what it all is: `the cause of both problems`, `a data breach`."""
