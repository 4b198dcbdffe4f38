"""Whether a message seems to answer what is noted as not known, so that its sender is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from warroom.text.not_known import DOUBT
from warroom.text.sentences import unstopped


def seems_answered(unknown: str, said: Iterable[str]) -> str:
    """The sentence of some texts that may answer what is noted as not known; "" if none does.

    Of "why", it tells a cause. Of anything else, it has the last word of the question that says anything, and half of
    the others or more; unless the question is whether something is so, it has all of them.
    """
    question = _stems(unstopped(unknown))
    if not question or "\n" in unknown:
        return ""
    sentences = [unstopped(part.strip().lstrip("-*•– ")) for text in said for part in _PART.split(text)]
    if _ASKS_WHY.match(unknown):
        return next((one for one in sentences if _CAUSE.search(one) and not DOUBT.search(one)), "")
    least = (len(question) + 1) // 2 if _WHETHER.match(unknown) else len(question)
    for one in sentences:
        found = {*_stems(one)} & {*question}
        if question[-1] in found and len(found) >= least and not DOUBT.search(one) and not _SOUGHT.search(one):
            return one
    return ""


def _stems(text: str) -> list[str]:
    """The words of a text that say what it is about, without the endings of their forms."""
    return [_ENDING.sub("", word) for word in _WORD.findall(text.casefold())]


_PART = re.compile(r"(?<=[.!?;])\s+|\n")
_ENDING = re.compile(r"(?:ies|ied|ed|es|ing|e|s)$")
_WORD = re.compile(
    r"\b(?!(?:a|also|already|an|and|another|any|are|as|at|be|been|by|confirmed|could|did|do|does|else|for|from|had|has"
    r"|have|if|in|into|is|it|its|many|more|no|none|not|of|on|only|or|other|our|really|since|some|than|that|the|their|them"
    r"|there|these|they|this|those|to|was|we|were|what|how|when|where|whether|which|who|will|with|would)\b)[^\W\d_]+"
)
_WHETHER = re.compile(r"(?:whether|if)\b", re.IGNORECASE)
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
