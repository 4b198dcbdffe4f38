"""Tells a short text in another language by its small words, since so few words prove nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path


@cache
def _small_words() -> frozenset[str]:
    """Frequent words of a dozen European languages, without those that English has too, such as "die" and "was"."""
    file = Path(__file__).with_name("foreign.txt")
    return frozenset(file.read_text(encoding="utf-8").split())


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FEWEST_WORDS, MOST_WORDS = 3, 12
"""In a longer text, the share of unknown words tells more; two words can be anything."""


def looks_foreign(text: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a text of a few words is more likely in another language than English; `is_known` tells English words."""
    words = _WORD.findall(text)
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return False
    small = unknown = in_lower_case = 0
    for at, word in enumerate(words):
        lower = word.lower()
        if lower in _small_words():
            small += word == lower or not at  # "Le Mans" is a place
        elif not is_known(lower):
            accented = word == lower and not word.isascii()
            small += accented
            unknown += not accented
            in_lower_case += word == lower
    if small < 1 or 2 * (small + unknown) < len(words):
        return False
    return small + unknown >= 3 or small >= 2 or (in_lower_case >= 1 and small + unknown >= 2)
