"""Whether what was written down says what was told: generous with words and figures, strict with the opposite."""

from __future__ import annotations

import re
from typing import Literal

from warroom.model.escalation import yes
from warroom.text.not_known import says_unknown

Agreement = Literal["agrees", "contradicts", "differs"]
"""`differs`: it says something else, which is not the opposite."""

_NEAR = 0.15
"""Figures agree within this share of the larger one, because people round them."""


def agreement(told: str, written: str) -> Agreement:
    """Whether a value of a fact that was written down says what was told."""
    if _flat(told) == _flat(written):
        return "agrees"
    if says_unknown(told) or says_unknown(written):
        return _of_unknown(told, written)
    answers = yes(told), yes(written)
    if None not in answers:
        return "agrees" if answers[0] == answers[1] else "contradicts"
    nothing = _says_nothing(told), _says_nothing(written)
    if nothing[0] != nothing[1] or _states(told) * _states(written) < 0:
        return "contradicts"
    if nothing[0]:
        return "agrees"
    channels = set(_CHANNEL.findall(told.casefold())), set(_CHANNEL.findall(written.casefold()))
    if all(channels) and not channels[0] & channels[1]:
        return "contradicts"
    figures = _figures(written)
    pairs = [(one, other) for one in _figures(told) for other in figures if _may_be_compared(one, other)]
    if pairs:
        return "agrees" if any(_is_near(one[0], other[0]) for one, other in pairs) else "contradicts"
    if len(_named(told)) in [figure for figure, _ in figures]:
        return "agrees"  # three names, and "3 premium customers"
    shares = any(_is_same_word(one, other) for one in _words(told) for other in _words(written))
    return "agrees" if shares else "differs"


def says_too(told: str, label: str, text: str) -> bool:
    """Whether a text has what was told in it, among other words; `label` names what that is.

    Each of its figures is there, one without a unit together with a word of the label; or else each telling word.
    """
    if says_unknown(told) or _says_nothing(told) != _says_nothing(text) or _states(told) * _states(text) < 0:
        return False
    words, there = _words(told), _words(text)
    figures, those = _figures(told), _figures(text)
    if figures:
        is_named = any(_is_same_word(one, other) for one in _words(label) for other in there)
        return all(
            any(_may_be_compared(one, other) and _is_near(one[0], other[0]) for other in those) and (one[1] or is_named)
            for one in figures
        )
    return bool(words) and all(any(_is_same_word(one, other) for other in there) for one in words)


def _of_unknown(told: str, written: str) -> Agreement:
    if says_unknown(told) and says_unknown(written):
        return "agrees"
    if says_unknown(written):
        return "differs"
    if yes(written) is not None or _says_nothing(written):
        return "contradicts"
    told_words, words = _words(told), _words(written)
    return "agrees" if any(_is_same_word(one, other) for one in told_words for other in words) else "differs"


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


_NOTHING = re.compile(
    r"^\W*(?:none|nil|nothing|zero|0|no)\b(?=\s*(?:$|[:.,;(–-]))"
    r"|\bno (?:\w+ )?(?:impact|effect|loss|tickets?|reports?|complaints?|breach)\b"
    r"|\b(?:nobody|no one|no (?:users?|customers?|people|data)|not|none) (?:\w+ ){0,2}"
    r"(?:affected|impacted|lost|concerned)\b"
    r"|\b(?:nothing|not) (?:is |was )?(?:real|broken|wrong|lost)\b|\bfalse alarm\b",
    re.IGNORECASE,
)


def _says_nothing(text: str) -> bool:
    """Whether a value says that there is none of it, or that nothing is wrong."""
    return _NOTHING.search(text) is not None


_BROKEN = re.compile(
    r"\b(?:fail\w*|down|errors?|broken|slow\w*|hang\w*|can ?not|can['’]t|stop\w*|grey|time-?outs?|unavailable|lost"
    r"|nobody can|no one can)\b",
    re.IGNORECASE,
)
_FINE = re.compile(
    r"\b(?:works?|working|normal(?:ly)?|fine|okay|recovered|restored|resolved|healthy|back (?:up|to normal))\b",
    re.IGNORECASE,
)


def _states(text: str) -> int:
    """1 if it says that something works, -1 if it says that something is broken, 0 if neither or both."""
    return bool(_FINE.search(text)) - bool(_BROKEN.search(text))


_CHANNEL = re.compile(r"#[\w-]+")
_FIGURE = re.compile(
    r"(?<![\w.,])(\d+(?:[.,' ]\d{3})+|\d+(?:[.,]\d+)?)(?:\s?(k|m|million|thousand)\b)?\s*(%|[a-z]*)", re.IGNORECASE
)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_OF_HUNDRED = {
    "all": 100, "everybody": 100, "everyone": 100, "half": 50, "third": 100 / 3, "quarter": 25, "fifth": 20,
    "sixth": 100 / 6, "tenth": 10,
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "several": 3,
}  # fmt: skip
_SHARE = re.compile(r"\b(\w+) (?:(?:in|out of|of) (?:every )?)(\w+)\b", re.IGNORECASE)


def _figures(text: str) -> list[tuple[float, str]]:
    """The numbers in it with what they count, shares in per cent: `1 in 5`, `a fifth` and `20 %` are (20, "%")."""
    found: list[tuple[float, str]] = []
    rest = text.casefold()
    for match in _SHARE.finditer(rest):
        part, whole = (_NUMBERS.get(word) or (int(word) if word.isdecimal() else 0) for word in match.groups())
        if part and whole:
            found.append((100 * part / whole, "%"))
            rest = rest.replace(match.group(), " ")
    for number, factor, unit in _FIGURE.findall(rest):
        digits = re.sub(r"[.,' ](?=\d{3}(?!\d))", "", number).replace(",", ".")
        found.append((float(digits) * _TIMES.get(factor, 1), "" if unit in _LITTLE else unit))
    for word, unit in re.findall(r"\b([a-z]+)\b(?=\s*([a-z]*))", rest):
        if word in _OF_HUNDRED:
            found.append((_OF_HUNDRED[word], "%"))
        elif word in _NUMBERS:
            found.append((_NUMBERS[word], "" if unit in _LITTLE else unit))
    return found


def _may_be_compared(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether two figures count the same, as far as one can tell."""
    return not one[1] or not other[1] or one[1] == other[1] or _is_same_word(one[1], other[1])


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(one, other)


def _named(text: str) -> list[str]:
    """The names that a value lists: `Northwind, Alpine Sports and Bergmann`."""
    parts = [part.strip() for part in re.split(r",|;|\band\b|&", text)]
    return [part for part in parts if part[:1].isupper()] if len(parts) > 1 else []


_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a about after all an and any are around as at be been but by can could do does for from had has have in is it "
        "its many more most no not now of on one only or our out over per some than that the their them then there "
        "they this to under up us was we were what when which who will with yes you your",
    )
)


def _words(text: str) -> list[str]:
    """Its telling words."""
    return [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 1 and word not in _LITTLE]


def _is_same_word(one: str, other: str) -> bool:
    """Whether two words are the same, or forms of the same: `fails` and `failing`, `pay` and `payment`."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter[: max(4, len(shorter) - 3)]) if len(shorter) > 2 else one == other
