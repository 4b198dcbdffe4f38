"""How much of something is affected, compared: all of it, a part, a number, a wait; and whether it got better."""

from __future__ import annotations

import re

import msgspec

from warroom.messages.main_verb import has_verb, may_hide_verb
from warroom.text.sentences import same_words

UNTIL = "towards the end"
"""What stands behind the last share, where a worse one stands in front of it."""


class Extent(msgspec.Struct, frozen=True):
    """What a text says of how much: its part of a whole (0 to 1), a number of a `unit`, and the words beside them.

    A wait is a number of seconds, whatever its unit in the text.
    """

    part: float | None
    number: float | None
    of: frozenset[str]
    unit: str = ""


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


def grown(before: str, now: str) -> int | None:
    """1 if a share is larger than one before, -1 if it is smaller, 0 if it is the same; None if nobody can tell."""
    if same_words(before, now):
        return 0
    if (nobody := says_nobody(now, before)) or says_nobody(before):
        return 0 if nobody and says_nobody(before) else -1 if nobody else 1  # whoever they are
    return _compared(extent(now), extent(before))


def got_better(before: str, now: str) -> bool:
    """Whether an impact is less than one before: late after failing, a smaller share or number, a shorter wait."""
    failed, fails = FAILS.search(before), FAILS.search(now)
    same, others = _told_of_the_same(before, now)
    if bool(failed) != bool(fails) and (fails or LESS.search(now)):
        return bool(failed) and same
    old, new = extent(_NOBODY.sub("", before)), extent(_NOBODY.sub("", now))
    counted = old.part is not None or old.unit == new.unit
    return counted and _by_figures(new, old) == -1 and same and not others


def _told_of_the_same(before: str, now: str) -> tuple[bool, bool]:
    """Whether an impact begins with what one before was about too, and whether it says more of it that is new."""
    told = {_stem(word) for word in _WORD.findall(before.casefold())}
    said = _WORD.findall(_RATIO.sub(" ", now.casefold()))
    words = [_stem(word) for word in said if word not in _LITTLE and word.removesuffix("s") not in _SECONDS]
    new = [word for word in words if word not in told]
    begins = any(words[0].startswith(word) or word.startswith(words[0]) for word in told - _LITTLE) if words else True
    nobody = _NOBODY.match(before) is not None  # whoever they are
    return begins or nobody, not nobody and len(new) > 1 and len(new) * 2 >= len(words)


def narrowed(before: str, now: str) -> bool:
    """Whether words without figures tell first of more and then of less, and are not the same told more closely."""
    one, other = extent(before), extent(now)
    if _ONLY.match(now):
        return grown(before, now) is None
    if any(figure is not None for figure in (one.number, other.part, other.number)) or one.part not in (None, 1):
        return False
    return not one.of <= other.of


def is_rest_of(share: str, total: str) -> bool:
    """Whether a share is a smaller part of the same as a total: `half of the households` of `61,000 households`."""
    one, whole = extent(_MORE_CLOSELY.split(share)[0]), extent(total)
    if says_nobody(share, total) or not one.of & whole.of or whole.number is None or (whole.part or 0) == 1:
        return False
    if one.number is not None:
        return one.number < whole.number
    return one.part is not None and 0 < one.part < 1 and _OF_THOSE.search(share) is not None


def extent(text: str) -> Extent:
    """What a text says of how much is affected; all None if it has no figure."""
    text = " ".join(text.casefold().split())
    of = _of(text)
    if says_nobody(text):
        return Extent(0, 0, of)
    if left_out := _ALL_BUT.match(text):
        few, every = _number(left_out["few"]), _number(left_out["whole"] or "")
        most = max(1 - few / every, 0) if few is not None and every else _NEARLY_ALL
        return Extent(most, None, of)
    number, unit = next((_counted(found) for found in _NUMBER.finditer(text)), (None, ""))
    if _ALL.match(text):
        return Extent(1, number, of - _ANYBODY, unit)
    for found in _RATIO.finditer(text):
        part, whole = _number(found["part"]), _number(found["whole"])
        if part is not None and whole and part <= whole:
            return Extent(part / whole, None if whole <= _SMALL_WHOLE and found["joint"] == "in" else part, of, unit)
    if percent := _PERCENT.search(text):
        return Extent(float(percent[1].replace(",", ".")) / 100, None, of)
    if fraction := _FRACTION.search(text):
        times = _NUMBERS.get(fraction[1] or "", 1)
        return Extent(min(times * _FRACTIONS[fraction[2].removesuffix("s")], 1), None, of)
    return Extent(None, number, of, unit)


def fewer_left(told: str, noted: str) -> str:
    """The words by which fewer are left than was noted, such as `5 of 14 plazas restored`; "" if none say so."""
    before = extent(noted)
    for found in _MENDED.finditer(told):
        part, whole = _number(found["part"].casefold()), _number(found["whole"].casefold())
        same = {_stem(word) for word in _WORD.findall(found["what"].casefold())} & before.of
        if part is None or whole is None or before.number is None or not same or FAILS.search(found[0]):
            continue
        if before.number <= whole and before.number > whole - part >= 0:
            return " ".join(found[0].split())
    return ""


def waits(text: str) -> list[tuple[int, float]]:
    """Each span of time in a text: where it ends, and its seconds."""
    found = ((one.end(), _number(one[1].casefold()), one[2].casefold()) for one in _WAIT.finditer(text))
    return [(end, number * _SECONDS.get(unit, 1)) for end, number, unit in found if number is not None]


def _compared(one: Extent, other: Extent) -> int | None:
    """1 if one extent is larger than the other, -1, or 0; None if they are of different things or have no figures."""
    if one.of and other.of and not one.of & other.of:
        return None
    if one.part != other.part:
        if one.part in (_NEARLY_ALL, 1) and other.of and other.part != 1:
            return 1
        if other.part in (_NEARLY_ALL, 1) and one.of and one.part != 1:
            return -1
    return _by_figures(one, other)


def _by_figures(one: Extent, other: Extent) -> int | None:
    for this, that in ((one.part, other.part), (one.number, other.number)):
        if this is not None and that is not None:
            return (this > that) - (this < that)
    return None


def _counted(found: re.Match[str]) -> tuple[float | None, str]:
    """A number and what it counts; minutes and hours in seconds."""
    number, unit = _number(found[1], found[2]), (found[3] or "").removesuffix("s")
    seconds = _SECONDS.get(unit)
    return (number * seconds, "second") if seconds and number is not None else (number, unit)


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
_FRACTIONS = {"half": 1 / 2, "halve": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_DIGITS = r"\d+(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_COUNT = rf"{_DIGITS}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER = re.compile(
    rf"(?<![\w.,:])(?:~|≈)?(?:{_DIGITS} ?[-–] ?)?({_COUNT})(?: ?(k|m|thousand|million)\b)?"
    r"(?![\d:]| ?(?:%|per ?cent\b)|(?:st|nd|rd|th)\b)(?: ?([^\W\d_]+))?"
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
_SMALL_WHOLE = 100
"""`1 in 4` counts no single one; `1 of 4` does."""
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|per ?cent\b)")
_FRACTION = re.compile(r"\b(?:(two|three|four|a|one) )?(half|halves|thirds?|quarters?|fifths?|tenths?)\b")
_ALL = re.compile(r"(?:all|every|everybody|everyone|everything|100 ?%|the whole)\b(?! (?:but|except)\b)")
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
_ONLY = re.compile(
    r"(?:now |by now |currently )*(?:down to|just|only|still|almost (?:no|none|nobody)|barely|hardly)\b|.* only\W*$",
    re.IGNORECASE,
)
"""How words begin that tell of less than what was told before."""
_ALL_BUT = re.compile(
    rf"(?:all|every\w*)(?: [\w'’-]+){{0,3}}? (?:but|except)(?: for)? (?P<few>{_COUNT})"
    rf"(?:(?: out)? of(?: (?:all|our|the))* (?P<whole>{_COUNT}))?\b"
)
_NEARLY_ALL = 0.999
"""The part of `all but 3 shops`, of which nobody knows how many there are."""
_NOBODY = re.compile(r"^(?:none|nobody|no one|nothing|no more)\b", re.IGNORECASE)
"""How an impact begins that is as bad as can be; as a share, it is none."""
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
_OF_THOSE = re.compile(r"\bof (?:the|them|these|those)\b", re.IGNORECASE)
"""What has been told before: `half of the households`, not `20 % of customers`."""
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
_ANYBODY = frozenset(map(_stem, ("customers", "users", "people", "clients")))
"""Whom `all` leaves out nobody of, whatever else is counted."""
