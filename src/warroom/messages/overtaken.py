"""What a status says of an impact that is less by now, so that the impact beside it is that of before."""

from __future__ import annotations

import re

from warroom.messages.extents import NOT_DONE, waits
from warroom.messages.unfinished import what_is_left


def is_less_by_now(status: str, impact: str) -> str:
    """The words of a status by which an impact is not as it was; "" if none say so.

    There is again what there was none of (`all meetings have sound` of `no sound`), all of it does what it did not do
    (`all kiosks have started` of `kiosks do not start`), or a wait is shorter (`now less than 1 minute` of `4 minutes
    late`).
    """
    if what_is_left(impact):
        return ""
    for part in _PARTS.split(status):
        if wait := _shorter(part, impact):
            return wait
        if _OURS.match(part) or _NOT_ALL.search(part):
            continue
        lacking = {found[1].casefold() for found in _LACKING.finditer(impact)}
        if (found := _HAVE.search(part)) and lacking & {*found["what"].casefold().split()}:
            return " ".join(found[0].split())
        failing = {found[1].casefold() for found in _FAILING.finditer(impact)}
        if (found := _ALL_DO.search(part)) and any(_same_verb(found["verb"].casefold(), verb) for verb in failing):
            return " ".join(found[0].split())
    return ""


def _shorter(part: str, impact: str) -> str:
    """The wait that a part of a status tells, if the impact tells a longer one; "" if it does not."""
    if not _WAITS.search(impact) or not _WAITS.search(part):
        return ""
    longest = max((seconds for _, seconds in waits(impact)), default=0)
    for end, seconds in reversed(waits(part)):
        if (found := _NOW.search(part, max(0, end - _LOOKED_AT), end)) is not None:
            return " ".join(found[0].split()) if 0 < seconds < longest else ""
    return ""


_LOOKED_AT = 80
"""Characters in front of a wait, so that the time for a text grows with its length only."""


def _same_verb(said: str, verb: str) -> bool:
    """Whether a form of a verb is one of another: `started` of `start`."""
    return re.fullmatch(rf"{re.escape(verb.rstrip('e'))}(?:e|s|es|ed|ing)?", said) is not None


_PARTS = re.compile(r"(?<!\d)[.,;](?!\d)|(?<=\d)[.,;](?=\s)|\n|\b(?:and|but) (?=(?:we|it|they)\b)")
_OURS = re.compile(r"\W*(?:we|our|i|once|when|if|as soon as)\b", re.IGNORECASE)
_NOT_ALL = re.compile(
    r"\b(?:few|half|hardly|if|many|most(?:ly)?|nearly|almost|no|not|none|once|only|part(?:ly|ial\w*)|should|some|soon"
    r"|still|until|when|will)\b|n['’]t\b|%",
    re.IGNORECASE,
)
_LACKING = re.compile(r"\b(?:no|without|missing) ([a-z]{4,})\b", re.IGNORECASE)
_HAVE = re.compile(
    r"\ball (?:[\w'’-]+ ){1,3}?(?:have|get|show|receive) (?P<what>[a-z]{4,}(?: (?!since\b)[a-z]{4,})?)\b", re.IGNORECASE
)
_FAILING = re.compile(rf"\b{NOT_DONE} ([a-z]{{3,}})\b", re.IGNORECASE)
_ALL_DO = re.compile(
    r"\b(?:all|every) (?:(?!to\b)[\w'’-]+ ){1,3}?(?:(?:are|have|can|is|has) (?:now )?)?(?P<verb>[a-z]{3,})"
    r"(?=\W*$| (?:now|since|in|at|again)\b)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:(?:down )?from [^.;]*? to|down to|below|under|less than|within|now)(?: [\w.,]+){1,5}$", re.IGNORECASE
)
_WAITS = re.compile(
    r"\b(?:behind|carried out|delay\w*|late\w*|lag\w*|load\w*|queue\w*|respon\w+|slow\w*|takes?|wait\w*|arriv\w+)\b",
    re.IGNORECASE,
)
