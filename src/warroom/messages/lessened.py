"""Telling an impact that got better from one that got worse: an end is told by what it was, not by what was left."""

from __future__ import annotations

import re
from collections.abc import Iterable

from warroom.messages.unfinished import what_is_left


def at_its_worst(known: Iterable[str]) -> str:
    """Of the impacts that were known one after another, the last that was not only what was left of another; or ""."""
    worst = ""
    for text in filter(None, known):
        if not worst or not (what_is_left(text) or got_better(worst, text)):
            worst = text
    return worst


def got_better(before: str, now: str) -> bool:
    """Whether an impact is less than another one: a smaller share, fewer people, a shorter wait, late after failing."""
    failed, fails = _FAILS.search(before), _FAILS.search(now)
    if bool(failed) != bool(fails) and (fails or _LESS.search(now)):
        return bool(failed)
    old, new = _figures(before), _figures(now)
    both = old.keys() & new.keys()
    return bool(both) and all(new[unit] < old[unit] for unit in both)


def _figures(text: str) -> dict[str, float]:
    """The largest figure of each unit in a text: `%`, seconds, or what is counted."""
    found: dict[str, float] = {}
    for figure in _FIGURE.finditer(text):
        number = float(figure["number"].replace(",", "")) * (1000 if figure["k"] else 1)
        unit = figure["unit"].casefold().removesuffix("s")
        unit = "%" if unit.startswith("per") else unit
        for seconds, words in _SECONDS:
            if re.fullmatch(words, unit):
                number, unit = number * seconds, "second"
        found[unit] = max(number, found.get(unit, 0))
    return found


_FIGURE = re.compile(
    r"(?<![\w.,:])(?:\d[\d.,]* ?[-–] ?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<k>k\b)? ?(?P<unit>%|per ?cent|[a-z]{1,14}\b)",
    re.IGNORECASE,
)
_SECONDS = ((1, "|second|sec"), (60, "min|minute|m"), (3600, "h|hr|hour"), (86_400, "d|day"))
_FAILS = re.compile(
    r"\b(?:no|none|nobody|nothing|never|cannot|can['’]?t|unable|not \w+ing|does?n['’]?t|don['’]?t|fail\w*|down|offline"
    r"|dead|dies?|crash\w*|locked out|unavailable|unreachable|broken|blank|empty|gone|lost)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:slow\w*|late|behind|delay\w*|sluggish|after (?:about |up to )?\d|takes? |some(?:times)?|a few"
    r"|occasional\w*|intermittent\w*)\b",
    re.IGNORECASE,
)
"""What is a smaller trouble where nothing worked before."""
