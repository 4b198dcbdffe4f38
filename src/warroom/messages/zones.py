"""Puts the zone behind times that were typed without one, for a message whose readers may be in another zone."""

from __future__ import annotations

import re

RULE = "zone-missing"
"""The rule of the finding that says that a time has no zone."""


def with_zone(text: str, zone: str) -> str:
    """A text with `zone`, such as CET, behind each time that has none: `from 05:00 to 07:00 CET`."""
    return _TIMES.sub(lambda found: f"{found[0]} {zone}", text)


def sentence_with_zone(text: str, words: str, zone: str) -> tuple[str, str]:
    """The first sentence of a text with a time as it was typed, and with its zone; both "" if there is none."""
    for sentence in _SENTENCE.finditer(text):
        if words in sentence[0] and (better := with_zone(sentence[0], zone)) != sentence[0]:
            return sentence[0], better
    return "", ""


_CLOCK = r"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?: ?[ap]\.?m\b)?|(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b)"
_TIMES = re.compile(
    rf"(?<![\w:.,/+-]){_CLOCK}(?:(?: ?[-–] ?| (?:to|and|until|till|or) (?:about )?){_CLOCK})*"
    r"(?![\d:%]|\.\d|Z\b| ?(?-i:\(?[A-Z]{2,4}\b)| ?[+-]\d\d| \w+ time\b"
    r"| ?(?:-|–|to|and|until|till|or) ?\d{1,2}[:.]\d"
    r"| ?(?:h|hrs?|hours?|min|minutes|ratio|elapsed)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\s](?:[^.!?\n]|[.!?](?=\S))*[.!?]*")
