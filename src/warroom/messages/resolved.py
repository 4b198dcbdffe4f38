"""Finding words in a message to customers that say the incident is resolved, which only a resolved one may say."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^.!?;:,\n]+")
_RESOLVED = re.compile(r"\bresolved\b(?!\s+to\b)", re.IGNORECASE)
"""`resolved to` is what names do: "hostnames are resolved to the wrong address"."""
_NOT_YET = re.compile(
    r"\b(?:be|being|not|no|never|cannot|until|till|once|when|whenever|before|after|if|unless|as soon as|yet|half"
    r"|partly|partially|almost|nearly)\b|n['’]t\b",
    re.IGNORECASE,
)


def claims_resolved(text: str) -> str:
    """The words that say it is resolved; "" if there are none, or only such as "until it is resolved"."""
    for clause in _CLAUSE.finditer(text):
        words = re.split(r"\bbut\b", clause[0], flags=re.IGNORECASE)
        for part in words:
            found = _RESOLVED.search(part)
            if found is not None and not _NOT_YET.search(part[: found.start()]):
                return " ".join(part.split())
    return ""
