"""Finding the words by which a text says that something is not known."""

from __future__ import annotations

import re

_QUESTION = re.compile(
    r"\b(?:(?:do|does|did)(?: not|n['’]?t) (?:yet )?know|nobody knows|no idea|(?:not|isn['’]?t|aren['’]?t)"
    r" (?:yet |fully )?(?:known|clear|certain|sure|confirmed)"
    r"|unknown|unclear|unsure|to be (?:confirmed|determined)|tb[cd]"
    r"|(?:checking|investigating|finding out|looking into|analysing|analyzing|determining) (?:if|whether|how many|which"
    r"|who|why|what)|(?:still|yet) to (?:find out|be (?:found|seen)))\b",
    re.IGNORECASE,
)


def open_question(text: str) -> str:
    """The words of a text that say that something is not known, which has to stay for all readers; "" if none do."""
    found = _QUESTION.search(text)
    return " ".join(found[0].split()) if found else ""
