"""What a text says beyond another one: an impact that is the title in other words need not be read twice."""

from __future__ import annotations

import re

PART = re.compile(r"((?<=[.!?])\s+|;\s+|\s*\n\s*)")
"""What is between the parts of a text: sentences, clauses, lines."""
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_SMALL = re.compile(
    r"an?|about|all|and|are|as|at|be|been|by|for|from|ha(?:s|ve)|in|is|its?|of|on|or|our|some|that|the|their|there|this"
    r"|to|was|we|were|when|while|with"
)
"""Words that say nothing by themselves."""
_CANNOT = re.compile(
    r"\b(?:nobody|no one|no (?:user|customer)s?) can\b"
    r"|\b(?:all |our )*(?:users|customers|people) (?:cannot|can['’]t|can not|are (?:unable|not able) to)(?=\s)"
)
"""`Nobody can log in` is `Users cannot log in`."""


def beyond(value: object, other: object) -> str:
    """The parts of a text that say more than another one: `Errors at checkout; no mail` beyond `Checkout errors`."""
    said = _content(str(other))
    pieces = PART.split(str(value).strip())
    parts = list(zip(pieces[::2], ["", *pieces[1::2]], strict=True))
    kept = [(part, joint) for part, joint in parts if not (words := _content(part)) or not words <= said]
    if len(kept) == len(parts):
        return str(value)
    if not any(_content(part) for part, _ in kept):
        return ""
    return "".join(part if place == 0 else joint + part for place, (part, joint) in enumerate(kept)).strip()


def _content(text: str) -> frozenset[str]:
    text = _CANNOT.sub(" cannot ", text.casefold())
    words = (word for word in _WORD.findall(text) if not _SMALL.fullmatch(word))
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in words)
