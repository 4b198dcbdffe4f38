"""Which impacts say that it is over: that nobody is hit any more, or that it works."""

from __future__ import annotations

import re

from warroom.messages.contradictions import says_it_works
from warroom.messages.extents import FAILS, LESS


def is_all_clear(impact: str) -> bool:
    """Whether an impact says that nobody is hit any more, or that it works: `No more impact`, `visits start normally`.

    It is none if anything beside that tells of trouble: `staffed tills work normally, self-checkouts do not start`.
    """
    first, *others = [*filter(None, (part.strip() for part in _CLAUSES.split(_NO_LOSS.sub("", impact)))), ""]
    clear = _NOBODY_HIT.match(first) or (
        not _trouble(first) and ((says_it_works(first) and _WELL.search(first)) or _NORMALLY.search(first))
    )
    return bool(clear) and not any(_trouble(other) and not _NOBODY_HIT.match(other) for other in others)


_CLAUSES = re.compile(r"(?<!\d)[.,;:]\s+|(?<=[.!?])\s+|\n|\s+(?:[-–—]|\(|and|but|except) ?(?=\w)")
_NOBODY_HIT = re.compile(
    r"(?:none|no|nil|nothing|nobody|no one|resolved|fixed|over)(?: (?:any ?more|any longer|now|so far|left))*"
    r"(?: (?:since|from|as of|at) (?:about )?\d[\w:.]*(?: [A-Z]{2,5}| ?[ap]m)?)?[.!]*$"
    r"|(?:there (?:is|are|was|were) )?(?:no|zero) (?:(?:more|further|known|current|remaining|ongoing|longer any) )*"
    r"(?:(?:customer|user|customer-facing) )?(?:impact|effects?|disruptions?)\b(?! (?:on|to) \w+ (?:but|except))"
    r"|(?:nobody|no one|none|no (?:more |other )?(?:\w+ )?(?:accounts?|clients?|customers?|people|users?|stores?))"
    r"(?: (?:is|are|was|were|has been|have been))?(?: now)? (?:affected|hit|impacted)\b(?! by (?!this|it))"
    r"|(?:customers|users|it|people|we) (?:is|are) (?:not|no longer) (?:affected|hit|impacted)\b(?! by)"
    r"|no (?!one\b|longer\b|more than\b)(?:[\w'’-]+ ){1,4}?"
    r"(?:fails?|(?:gets?|is|are|was|were|has been|have been)(?: \w+ly| now)?"
    r" (?:blank|blocked|declined|delayed|down|empty|late|lost|missing|offline|refused|rejected|slow|stuck|wrong))"
    r"(?: (?:any ?more|any longer|now))?(?: (?:since|from|as of) .*)?[.!]*$",
    re.IGNORECASE,
)
"""Besides nobody who is hit, nothing that goes wrong: `no alarm has been late since 12:52`."""
_NORMALLY = re.compile(
    r"\b\w{3,}s?(?: \w+){0,3}? (?:normally|correctly|properly|on time"
    r"|as (?:normal|usual|expected)|without (?:any )?(?:delays?|errors?|problems?))"
    r"(?: again)?(?: (?:now|(?:since|from) .*))?[.!]*$",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:works?|working|starts?|runs?|running|loads?|opens?|arriv\w+|complet\w+|succeed\w*|go(?:es)? through"
    r"|respond\w*|log in|pay|possible|available|back|restored|recovered|fixed|resolved|repaired|up|online|ok|okay|fine"
    r"|good|normal|usable|reachable|healthy|stable)\b",
    re.IGNORECASE,
)
"""What goes well, if it happens again."""
_NO_LOSS = re.compile(
    r"\b(?:no \w+|nothing|none) (?:(?:is|are|was|were|has been|have been) )?(?:lost|missing)\b", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:without|still|but|except|only|errors?|missing|wrong|kicked|stuck|wait\w*|longer|less|few|fewer|hardly|barely|rarely|seldom|half|most|many|out"
    r"|old)\b|\d ?%",
    re.IGNORECASE,
)
"""What else is no good news, beside what fails or is slow."""


def _trouble(text: str) -> bool:
    text = _SMOOTHLY.sub("", text)
    return any(words.search(text) for words in (FAILS, LESS, _BESIDE))


_SMOOTHLY = re.compile(r"\bwithout (?:any )?(?:delays?|errors?|problems?)\b", re.IGNORECASE)
