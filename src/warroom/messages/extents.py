"""What a text says of how much is affected: nobody any more, fewer than before, a wait; and what fails or is slow."""

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


def fewer_left(told: str, noted: str) -> str:
    """The words by which fewer are left than was noted, such as `5 of 14 plazas restored`; "" if none say so."""
    noted = " ".join(noted.casefold().split())
    count = None if says_nobody(noted) or _PERCENT.search(noted) else _NUMBER.search(noted)
    before = _number(count[1], count[2]) if count else None
    for found in _MENDED.finditer(told):
        part, whole = _number(found["part"].casefold()), _number(found["whole"].casefold())
        same = {_stem(word) for word in _WORD.findall(found["what"].casefold())} & _of(noted)
        if part is None or whole is None or before is None or not same or FAILS.search(found[0]):
            continue
        if before <= whole and before > whole - part >= 0:
            return " ".join(found[0].split())
    return ""


def waits(text: str) -> list[tuple[int, float]]:
    """Each span of time in a text: where it ends, and its seconds."""
    found = ((one.end(), _number(one[1].casefold()), one[2].casefold()) for one in _WAIT.finditer(text))
    return [(end, number * _SECONDS.get(unit, 1)) for end, number, unit in found if number is not None]


def _number(text: str, times: str = "") -> float | None:
    text = text.strip()
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    digits = re.sub(r"[.,' ](?=\d{3}(?!\d))", "", text).replace(",", ".")
    try:
        return float(digits) * _TIMES.get(times, 1)
    except ValueError:
        return None


def _of(text: str) -> frozenset[str]:
    """What a text counts."""
    return frozenset(_stem(word) for word in _WORD.findall(_RATIO.sub(" ", text)) if word not in _LITTLE)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|y)$", "", word) if len(word) > 3 else word


_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "a": 1, "an": 1,
}  # fmt: skip
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_DIGITS = r"\d+(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_COUNT = rf"{_DIGITS}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER = re.compile(
    rf"(?<![\w.,:])(?:~|≈)?(?:{_DIGITS} ?[-–] ?)?({_COUNT})(?: ?(k|m|thousand|million)\b)?"
    r"(?![\d:]| ?(?:%|per ?cent\b)|(?:st|nd|rd|th)\b)"
)
_SECONDS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "h": 3600, "day": 86_400}
_WAIT = re.compile(rf"(?<![\w.,:])({_COUNT}|an?) ?({'|'.join(_SECONDS)}|s)s?\b", re.IGNORECASE)
_RATIO = re.compile(
    rf"(?<![\w.,])(?P<part>{_COUNT}) (?P<joint>in|of|out of)(?: (?:all|our|the|every))* (?P<whole>{_COUNT})\b"
)
_MENDED = re.compile(
    rf"(?<![\w.,])(?P<part>{_COUNT}) (?:of|out of)(?: (?:all|our|the|these|those))* (?P<whole>{_COUNT})"
    r"(?P<what>(?: (?!affected|closed|hit|late|slow|stop|wrong)[\w'’-]+){1,6}?)"
    r" (?:again|back|fixed|mended|recovered|repaired|reset|restored)\b",
    re.IGNORECASE,
)
"""What counts how many of them are as they were."""
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|per ?cent\b)")
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
