"""What happened to a thing, or was not done to it, where somebody let it happen or didn't do it."""

from __future__ import annotations

import re

from warroom.text.verbs import BASES, participle, past
from warroom.wording.nouns import is_plural

_HAPPENED = re.compile(
    r"flood|overflow|expire|lapse|slip|drop|crash|fail|burn|rot|leak|melt|thaw|overheat|empty|spill|dry|cool|"
    r"collapse|"
    r"starve|jam|drain|derail|age|decay|slide"
)
"""Verbs of what happens to something that is let alone, beside the irregular ones."""


def let_happen(head: str, more: str) -> str:
    """What happened to something that somebody let happen: "let the tank overflow" is "the tank overflowed"."""
    words = head.split()
    at = next((at for at, word in enumerate(words) if at > 1 and (word in BASES or _HAPPENED.fullmatch(word))), None)
    if at is None:
        return ""
    return f"{' '.join([*words[:at], past(words[at]), *words[at + 1 :]])}{more}"


def not_either(more: str) -> str:
    """What was also not done: " and did not open the diff" is " and the diff was not opened"."""
    left = _DID_NOT.match(more)
    if left is None:
        return ""
    done = participle(left["do"].lower())
    return f" and {left['what']} {was_or_were(left['what'])} not {done}" if left["what"] else f" and not {done}"


_DID_NOT = re.compile(
    r",? (?:and|but) (?:then )?(?:did not|didn['’]t) (?P<do>[a-z]+) (?:it|them|(?P<what>(?:the|an?|our|"
    r"your)(?: [\w'’-]+){1,3}))$",
    re.IGNORECASE,
)


def are_many(what: str) -> bool:
    head = re.split(r",? (?:of|for|in|on|at|with|from|to|that|which)\b", what, maxsplit=1)[0].split()
    number = re.match(
        r"(?:all|these|those|both|two|three|four|five|six|seven|eight|nine|ten|several|many|dozens|some)\b", what, re.I
    )
    return is_plural(head[-1]) or number is not None or re.match(r"\d[\d.,]* ", what) is not None


def was_or_were(what: str) -> str:
    return "were" if are_many(what) else "was"
