"""What a message says of what is noted as not known: surely the answer, so that it is left out, or perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.model.incident import Incident
from warroom.text.cleaning import clean
from warroom.text.sentences import unstopped

TELLING = ("status", "progress", "root_cause", "meaning", "impact", "affected", "customers")
"""The fields that may have the answer."""
_NEWS = ("progress", "status", "root_cause", "resolution", "meaning")
"""The fields that tell what was found out; the impact may have been what the question is about."""


def answered(said: Mapping[str, str], incident: Incident) -> str:
    """The words of a message's fields, by id, that surely answer what is noted as not known; "" if none do."""
    unknown = clean(incident.fact("unknown")).strip()
    texts = [*(said.get(id, "") for id in TELLING), clean(incident.fact("known"))]
    if _ASKS_WHY.match(unknown):
        causes = (_CAUSE.search(text) for text in texts)
        return next((found[0] for found in causes if found and not DOUBT.search(found.string)), "")
    if asked := _MORE_THAN.search(unknown):
        counted = re.compile(rf"\b(?P<many>\d[\d,]*)(?: [\w-]+)? {re.escape(asked['what'])}\b", re.IGNORECASE)
        told = (found for text in texts for found in counted.finditer(text))
        return next((found[0] for found in told if _number(found["many"]) > _number(asked["many"])), "")
    question = _stems(unknown)
    if not _WHETHER.match(unknown) or len(question) < _ENOUGH:
        return ""
    return next((one for one in _sentences(said, incident) if {*_stems(one)} == {*question}), "")


def perhaps_answered(said: Mapping[str, str], incident: Incident) -> str:
    """A sentence that speaks of what is noted as not known, and is no question itself; "" if there is none.

    It has the last word of the question that says anything, and half of the others or more; unless the question is
    whether something is so, it has all of them.
    """
    unknown = unstopped(clean(incident.fact("unknown")).strip())
    question = _stems(unknown)
    if not question or "\n" in unknown:
        return ""
    least = (len(question) + 1) // 2 if _WHETHER.match(unknown) else len(question)
    for one in _sentences(said, incident):
        found = {*_stems(one)} & {*question}
        if question[-1] in found and len(found) >= least:
            return one
    return ""


def _sentences(said: Mapping[str, str], incident: Incident) -> Iterator[str]:
    """What a message tells of what was found out, without questions and doubts."""
    for text in (*(said.get(id, "") for id in _NEWS), clean(incident.fact("known"))):
        for part in _PART.split(text):
            if not DOUBT.search(part) and not _SOUGHT.search(part):
                yield unstopped(part.strip().lstrip("-*•– "))


def _stems(text: str) -> list[str]:
    """The words of a text that say what it is about, without the endings of their forms."""
    return [_ENDING.sub("", word) for word in _WORD.findall(text.casefold())]


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))


_ENOUGH = 2
_PART = re.compile(r"(?<=[.!?;])\s+|\n")
_ENDING = re.compile(r"(?:ies|ied|ed|es|ing|e|s)$")
_WORD = re.compile(
    r"\b(?!(?:a|also|already|an|and|another|any|are|as|at|be|been|by|confirmed|could|did|do|does|else|for|from|had|has"
    r"|have|if|in|into|is|it|its|many|more|no|none|not|of|on|only|or|other|our|really|since|some|than|that|the|their|them"
    r"|there|these|they|this|those|to|was|we|were|what|how|when|where|whether|which|who|will|with|would)\b)[^\W\d_]+"
)
_WHETHER = re.compile(r"(?:whether|if)\b", re.IGNORECASE)
DOUBT = re.compile(r"\b(?:whether|if|not sure|unsure|hope\w*|think|probably|might|may|could)\b|\?", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:analy[sz]ing|asking|check|checking|compar\w+|counting|find out|finding out|how many|investigat\w+"
    r"|look(?:ing)? (?:at|for|into)|not (?:yet )?(?:clear|known)|review\w*|searching|still|to be|unclear"
    r"|unknown|verifying|who|which|why|yet)\b",
    re.IGNORECASE,
)
"""What is only being found out, or is to come."""
_ASKS_WHY = re.compile(
    r"(?:why\b(?!.*\b(?:alert|alarm|backup|monitor|notic|test|warn))"
    r"|(?:the )?(?:root )?cause\b|what (?:caused|is causing))",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\bcause (?:is |was |has been )?(?:found|identified|known)\b|\b(?:the )?cause(?::| is| was)(?! (?:not|still|un))",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"\b(?:if|whether) (?:it is |there are )?more than (?P<many>\d[\d,]*) (?P<what>\w+)", re.IGNORECASE
)
