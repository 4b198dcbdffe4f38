"""Nouns in front of nouns, which tell no recovery: the "return" of "return traffic" comes back to nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.wording.lexicon import Lexicon

_NO_NOUN = (
    "function", "finite", "does", "past", "well", "recover", "deliver", "again", "soon", "day_ahead", "weekday",
    "month", "event", "unit", "number_word", "half_day", "update", "number", "clock", "ed", "ly", "comma", "colon",
    "semicolon", "dash", "open", "close", "quote", "sign", "end", "question", "line",
)  # fmt: skip
_AS_VERBS = ("=take", "=takes", "=need", "=needs", "=time", "=times", "=half", "=target", "=follows", "=starts")
"""What stands behind the noun itself: "the repair takes half an hour", "recovery time"."""
_PREPOSITIONS = ("=at", "=with", "=for", "=of", "=from", "=about", "=on", "=in")


def without_nouns_in_front(signs: str, lexicon: Lexicon) -> str:
    """The signs of a text in which such a noun is a word without meaning."""
    front = lexicon.any_of("noun_in_front")
    if front.search(signs) is None:
        return signs
    noun = f"(?!{lexicon.any_of(*_NO_NOUN).pattern}).".replace("(?!(?!))", "")
    first = f"(?!{lexicon.any_of(*_AS_VERBS).pattern}){noun}"
    begins = lexicon.any_of("determiner", "comma", "colon", "semicolon", "dash", "end", "line").pattern
    goes_on = lexicon.any_of("finite", "does", "being", "event").pattern
    after = lexicon.any_of(*_PREPOSITIONS).pattern
    plain = lexicon.signs("word")[0]
    pattern = re.compile(
        rf"(?:(?<={after}){front.pattern}(?={first})|(?:^|(?<={begins})){front.pattern}(?={first}(?:{noun}|{goes_on})))",
        re.DOTALL,
    )
    return pattern.sub(plain, signs)
