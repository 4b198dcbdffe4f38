"""What no better sentence may do: say the same as the sentence that it is for, or the same words twice in a row."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")
_SIGN = re.compile(r"[,;:.!?()–—]")
_MOST = 6
"""Words of a phrase that is looked for a second time."""


def says_the_same(better: str, own: str) -> bool:
    """Whether two sentences have the same words; capital letters and signs make no better sentence."""
    return _WORD.findall(better.casefold()) == _WORD.findall(own.casefold())


def says_twice(sentence: str) -> bool:
    """Whether a word or phrase stands twice in a row, also once in the plural: "temporary copies temporary copy".

    "Part of our system" is said twice wherever it stands, since nobody can tell the two parts from each other.
    """
    if sentence.casefold().count("part of our system") > 1:
        return True
    for part in _SIGN.split(sentence.casefold()):
        words = [_singular(word) for word in _WORD.findall(part)]
        for at in range(len(words)):
            for many in range(1, min(_MOST, (len(words) - at) // 2) + 1):
                phrase = words[at : at + many]
                if phrase == words[at + many : at + 2 * many] and any(len(word) > 2 for word in phrase):
                    return True
    return False


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
