"""The English word that somebody meant who typed one that is none: letters swapped, doubled, wrong or left out."""

from __future__ import annotations

import re
from functools import cache

from warroom.wording.lexicon import english


def meant_by(word: str) -> str:
    """The English word that was meant by one in lower case that is none; "" if that isn't sure."""
    return _mistyped(word) or _without_vowels(word) or _one_letter_off(word)


def _mistyped(word: str) -> str:
    """The English word that was meant by one with two letters in the wrong order, one twice, or one too few; or ""."""
    words, length = english(), len(word)
    if not _TYPO[0] <= length <= _TYPO[1]:
        return ""
    for at in range(length - 1):
        swapped = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
        if swapped in words:
            return swapped
    for at in range(length):
        less = word[:at] + word[at + 1 :]
        if at and word[at] == word[at - 1] and less in words:
            return less
    for at in range(1, length):
        for letter in (word[at - 1], *"aeiou"):
            if (more := f"{word[:at]}{letter}{word[at:]}") in words:
                return more
    return ""


def _one_letter_off(word: str) -> str:
    """The one long English word from which a word differs by one letter: `seperately`; "" if there is none or more.

    Its first and its last letter have to be right, and only a vowel may stand for another one: `conform` is no slip.
    """
    if not _LONG_TYPO[0] <= len(word) <= _LONG_TYPO[1]:
        return ""
    words = _long_words()
    found: set[str] = set()
    for at in range(1, len(word)):
        found.add(word[:at] + word[at + 1 :] if at < len(word) - 1 else "")
        found.update(f"{word[:at]}{letter}{word[at:]}" for letter in _LETTERS)
        if word[at] in _SOFT and len(word) >= _LONG_ENOUGH:
            found.update(f"{word[:at]}{letter}{word[at + 1 :]}" for letter in _SOFT)
    meant = words & found
    return next(iter(meant)) if len(meant) == 1 else ""


@cache
def _long_words() -> frozenset[str]:
    """The English words in which a slip of one letter still shows which is meant."""
    return frozenset(word for word in english() if len(word) >= _LONG_TYPO[0])


def _without_vowels(word: str) -> str:
    """The English word of which two vowels or more are left out: `alrdy`; "" if there is none, or more than one."""
    if _CONSONANTS.search(word) is None:
        return ""
    longer = [whole for whole in _skeletons().get(_skeleton(word), ()) if len(whole) >= len(word) + _VOWELS_LEFT_OUT]
    return longer[0] if len(longer) == 1 and _is_within(word, longer[0]) else ""


def _skeleton(word: str) -> str:
    return word[0] + _VOWELS.sub("", word[1:])


def _is_within(word: str, whole: str) -> bool:
    """Whether a word has the letters of another in their order."""
    letters = iter(whole)
    return all(letter in letters for letter in word)


@cache
def _skeletons() -> dict[str, list[str]]:
    """The English words by what is left without their vowels."""
    found: dict[str, list[str]] = {}
    for word in english():
        found.setdefault(_skeleton(word), []).append(word)
    return found


_CONSONANTS = re.compile("[^aeiouy]{3}")
_VOWELS = re.compile("[aeiou]+")
_VOWELS_LEFT_OUT = 2
_TYPO = (6, 14)
"""Letters of a word that is looked at for a slip of the fingers."""
_LONG_TYPO = (7, 16)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOFT = "aeiou"
_LONG_ENOUGH = 8
"""Letters of a word in which one vowel may stand for another."""
