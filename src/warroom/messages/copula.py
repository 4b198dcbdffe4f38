"""The verb that people leave out: `payouts stuck` says that they are stuck, and so reads to customers."""

from __future__ import annotations

import re

from warroom.messages.grammar import capital
from warroom.messages.services import several
from warroom.messages.verbs import AUXILIARIES, FINITE, MODAL, ONLY_VERBS, THIRD

_LATE = r"(?:about |up to )?\d+(?:[.,]\d+)? ?(?:min(?:utes?)?|h|hours?|s|sec(?:onds?)?|days?) (?:late|behind)"
_STATE = (
    r"(?:now |still |all |completely |very |super |extremely |partly )*"
    r"(?:not \w+ing\b|not (?:available|possible|sent|received|delivered)\b|too \w+|(?:billed|charged|sent) twice"
    r"|(?:locked|logged|timed) out|down|offline|stuck|slow|late|missing|wrong|blank|empty|unavailable|unreachable"
    rf"|broken|gone|declined|rejected|unusable|out of date|{_LATE})"
)
_ANYTHING = (
    r"(?: (?:again|for|in|at|since|on|from|after|when|by|to|with|across|everywhere|worldwide|now|or|paid|through)\b.*"
    r"|[.!]*)"
)
_SAID_OF = re.compile(
    rf"(?P<name>(?:[\w'’-]+ ){{0,3}}?[\w'’-]+) (?P<state>{_STATE}(?:{_ANYTHING})?)", re.IGNORECASE | re.DOTALL
)
_NO_NAME = re.compile(
    r"(?:no|only|not|very|too|still|now|it|and|or|but|also|some|many|most|all|half|a few)$"
    r"|.*\b(?:but|or|when|while|if|after|before|with|without|in|on|at|for|from|to|by|than|errors?|problems?|delays?)\b"
    r"|.*ing$|can|cannot",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:whole |entire |main )?(?:site|app|website|page|button|server|portal|dashboard|link|warehouse|shop)$", re.I
)
"""What is never named without an article."""
_MANY = re.compile(r"(?:people|customers?' .*|staff)$", re.IGNORECASE)
_VERBS = frozenset({*AUXILIARIES, *FINITE, *MODAL, "was", "were", "been", "being"}) - {"not", "to"}
_NO_NAMES = frozenset({*ONLY_VERBS, *(third for third, verb in THIRD.items() if verb in ONLY_VERBS)}) | {
    "feels", "got", "load", "loads", "look", "looks", "return", "returns", "run", "runs", "show", "shows", "something",
    "turn", "turns", "work", "works", "what",
}  # fmt: skip
"""Verbs that a state may stand behind, as in `the page stays blank`."""
_PARTS = re.compile(r"(, (?:and |but )?|; |\. |\n)")


def with_verb(text: str) -> str:
    """A text in which what is said of something has its verb: `whole site down` becomes `the whole site is down`.

    Each part between commas is judged by itself; what has a verb, or only names what is seen, stays.
    """
    pieces = _PARTS.split(text)
    pieces[::2] = [_told(piece) for piece in pieces[::2]]
    whole = "".join(pieces)
    return capital(whole) if text[:1].isupper() else whole


def _told(part: str) -> str:
    found = _SAID_OF.fullmatch(part.strip())
    if found is None or _NO_NAME.match(found["name"]):
        return part
    name = found["name"]
    if name.rpartition(" ")[2].casefold() in _NO_NAMES or any(
        word in _VERBS for word in re.split(r"[ ’']", part.casefold())
    ):
        return part
    if _ONE.match(name):
        name = f"the {name[0].lower()}{name[1:]}"
    verb = "are" if several(name) or _MANY.match(name) else "is"
    return f"{name} {verb} {found['state']}"
