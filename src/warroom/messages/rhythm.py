"""How often colleagues hear more: `every 30 min`, and until when."""

from __future__ import annotations

import re

from warroom.messages.grammar import clause
from warroom.text.sentences import unstopped

_BARE = re.compile(r"\d+ ?(?:m|mins?|minutes|h|hrs?|hours)", re.IGNORECASE)
_REPEATED = re.compile(
    r"(?!.*[,;:]|.*\.\s|.*\b(?:until|till|sooner|earlier|unless|while|as long as|and|then)\b)"
    r"(?:(?:at least|about|roughly|approx\.?) )*"
    r"(?:every|each|hourly|daily|half-hourly|(?:once|twice) an?)\b",
    re.IGNORECASE,
)
"""One interval and no more, to which it can be added how long it holds."""


def updates_told(cadence: str) -> str:
    """What a message says of its updates: an interval with how long it holds, other words as they are."""
    words = re.sub(r"^(?:an )?updates? (?:is |are )?", "", cadence.strip(), flags=re.IGNORECASE)
    if _BARE.fullmatch(unstopped(words)):
        words = f"every {words}"
    if "\n" in words or not _REPEATED.match(words):
        return words
    return f"{clause(words)} until this is resolved, and sooner if something changes"
