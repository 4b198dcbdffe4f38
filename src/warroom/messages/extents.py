"""What a text says of how much is affected: that nobody is hit any more; and what fails or is slow."""

from __future__ import annotations

import re

from warroom.messages.main_verb import has_verb, may_hide_verb


def says_nobody(share: str, before: str = "") -> bool:
    """Whether a share says that nobody is hit, or not any more: `none of the alarms`, `no lifts now`.

    `No stations` says so only behind a share of stations `before`: it may be stations that there are not. A clause
    says what does not work: `nobody can pay`.
    """
    text = re.sub(r"^zero\b", "0", " ".join(share.casefold().split()).rstrip(".! "))
    bare = _NOT_NOW.split(_MORE_CLOSELY.split(text)[0])[0].strip()
    if _NOT_HIT.match(text) or _NONE_SINCE.search(text):
        return True
    if _BUT.search(bare) or has_verb(bare) or may_hide_verb(bare):
        return False
    if _NOTHING.match(bare):
        return True
    none = _NO.match(bare)
    return bool(none) and (_NOT_NOW.search(text) is not None or (bool(before) and _of(bare) <= _of(before)))


def _of(text: str) -> frozenset[str]:
    """What a text counts."""
    return frozenset(_stem(word) for word in _WORD.findall(_RATIO.sub(" ", text)) if word not in _LITTLE)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|y)$", "", word) if len(word) > 3 else word


_DIGITS = r"\d+(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_COUNT = rf"{_DIGITS}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_RATIO = re.compile(
    rf"(?<![\w.,])(?P<part>{_COUNT}) (?P<joint>in|of|out of)(?: (?:all|our|the|every))* (?P<whole>{_COUNT})\b"
)
_NOTHING = re.compile(
    r"(?:none|nobody|no one|nothing|no more(?! than)|no longer any\w*|not (?:one|a single|any\w*)|0)\b(?![.,]?\d)"
)
_NO = re.compile(r"(?:there (?:is|are) )?no (?!one\b|more\b|longer\b)\w+")
_NOT_NOW = re.compile(r"\b(?:any ?more|any longer|now|left|since)\b")
_NOT_HIT = re.compile(
    r"(?:nobody|no one|none|nothing|no\b(?! one\b)(?: \w+){1,4}?)(?: (?:is|are|was|were|has been|have been))?(?: now)?"
    r" (?:affected|hit|impacted)\b(?! by (?!this|it))"
)
_NONE_SINCE = re.compile(
    r"[,;] (?:and )?(?:none|nobody|no one) (?:any ?more|any longer|now|since(?: (?:about )?[\d:.]+.*)?)$"
)
_BUT = re.compile(r"\b(?:but|except|apart|besides|other than)\b")
_MORE_CLOSELY = re.compile(r",|\b(?:that|where|which|who|whose|since|from|as of)\b")
NOT_DONE = (
    r"(?:do(?:es)?(?: not|n['’]?t)|can(?:not|['’]?t| not)|(?:nobody|no one|no [\w'’-]+) can|(?:unable|not able) to)"
)
"""What stands in front of a verb that tells what does not work."""
FAILS = re.compile(
    rf"\b(?:{NOT_DONE}|no|none|nobody|nothing|never|not|fail\w*|down|offline"
    r"|dead|dies?|crash\w*|locked out|unavailable|unreachable|broken|blank|empty|gone|lost)\b|n['’]t\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(?:slow\w*|late|behind|delay\w*|sluggish|after (?:about |up to )?\d{1,3}(?![\d:.])|takes? |some(?:times)?|a few"
    r"|occasional\w*|intermittent\w*)\b",
    re.IGNORECASE,
)
"""What is a smaller trouble where nothing worked before."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "about all almost an and any approximately are around as at by every few fewer for from half in is many maybe"
        " more most nearly no not now of on only our out over per percent perhaps roughly some still than that the"
        " their them those to under up us with who everybody everyone everything nobody none"
        " one two three four five six seven eight nine ten eleven twelve thousand million"
        " third thirds quarter quarters fifth fifths tenth tenths",
    )
)
