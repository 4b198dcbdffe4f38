"""Making a short text fit where it goes: first the template leaves words out, then what was typed loses its end.

A text is cut only where a sentence or a clause ends, and never in front of what changes its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from warroom.messages.length import length

TIGHTEST = 5
"""The last of the steps in which a template leaves words out; its value `tight` is 0 where there is room for all."""
_CUT = ("status", "resolution", "why", "meaning", "impact")
"""The fields that may lose their end, the least important first."""
_PLAIN = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
    "\u202f": " ", "×": "x", "≈": "~", "→": "-", "•": "-", "≥": ">=", "≤": "<=", "−": "-",
})  # fmt: skip
"""Marks that take the room of ninety characters from a text message, and what stands for them there."""


def fitted(form: str, write: Callable[[Mapping[str, object]], str], values: Mapping[str, object]) -> str:
    """The longest text that fits the form; all of it if none does, since a warning says so then.

    `write` fills in the template of one line.
    """
    full = _written(form, write, {**values, "tight": 0})
    if _fits(form, full):
        return full
    for tight in range(1, TIGHTEST + 1):
        if _fits(form, text := _written(form, write, {**values, "tight": tight})):
            return text
        if tight < TIGHTEST - 1:
            continue
        shorter: dict[str, object] = {**values, "tight": tight}
        for field in _CUT:
            if tight == TIGHTEST - 1 and field == "meaning":
                continue
            while less := _without_end(str(shorter.get(field, ""))):
                shorter[field] = less
                if _fits(form, text := _written(form, write, shorter)):
                    return text
    return full


def _written(form: str, write: Callable[[Mapping[str, object]], str], values: Mapping[str, object]) -> str:
    text = write(values)
    if form != "sms":
        return text
    plain = text.translate(_PLAIN)
    found = length(form, plain)
    return plain if found is not None and found.limit > 70 else text


def _fits(form: str, text: str) -> bool:
    found = length(form, text)
    return found is None or not found.over


def _without_end(text: str) -> str:
    """A text without its last part; "" if it has only one, or would mean something else."""
    rows = [row for row in text.rstrip().split("\n") if row.strip()]
    if len(rows) > 1:
        return (
            "" if _MATTERS.match(rows[-1].lstrip("-*• ")) or rows[-2].rstrip().endswith(":") else "\n".join(rows[:-1])
        )
    for mark in reversed(list(_END.finditer(text))):
        rest = text[mark.end() :].strip()
        if not rest or _ABBREVIATED.search(text[: mark.end()].rstrip()) or _MATTERS.match(rest):
            continue
        if mark[0].strip() == "," and not _CLAUSE.match(rest):
            continue
        return text[: mark.start()] + mark[0].strip().rstrip(",;")
    return ""


_END = re.compile(r"[.!?]\s+|;\s+|,\s+")
_ABBREVIATED = re.compile(r"\b(?:approx|e\.g|i\.e|etc|incl|vs|no|nr|ca|inc|ltd|\w)\.$", re.IGNORECASE)
_MATTERS = re.compile(
    r"(?:and |so )?(?:but|except|however|instead|no longer|not|only|nor|or|unless|until|although|though|apart|besides"
    r"|if|false|without|still|this is|it is|that is)\b",
    re.IGNORECASE,
)
"""How a part begins that may turn around what stands in front of it, and so must not be lost."""
_CLAUSE = re.compile(
    r"(?:(?:and|so|while) )?(?:all|because|especially|e\.g\.|for example|including|it|mainly|mostly|most|our|some|the"
    r"|they|this|we|which|you|your|so|since)\b",
    re.IGNORECASE,
)
"""How a clause begins, so that what is in front of its comma is one too, and not the beginning of a list."""
