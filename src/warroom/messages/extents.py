"""How much of something is affected, compared: all of it, a part, a number; and the worst that was told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from warroom.messages.tense import past
from warroom.model.kinds.facts import says_unknown
from warroom.text.sentences import same_words, unstopped

UNTIL = "until the end"
"""What stands behind the last share, where a worse one stands in front of it."""


class Extent(msgspec.Struct, frozen=True):
    """What a text says of how much: its part of a whole (0 to 1), a number, and the words for what is counted."""

    part: float | None
    number: float | None
    of: frozenset[str]


def worst(told: Sequence[str], last: str, *, better: bool, over: bool = True) -> str:
    """The worst share that was told, with the last one behind it where that is another one: `all 8 shops (2 until …)`.

    No other one stands behind it if it is a clause, told in the past: `2,700 orders were waiting`; or if not `over`.

    `told` are the shares as readers were told them, the first one first. `better` if other words say that it got
    better in between: then the first share is the worst one also where figures don't tell.
    """
    if not last.strip() or says_unknown(last) or _SAYS_BOTH.search(last):
        return last
    most, of_most = last, extent(last)
    for before in reversed(told):  # of equal ones, the first
        other = extent(before)
        if not before.strip() or says_unknown(before) or _SAYS_BOTH.search(before) or same_words(before, last):
            continue
        more = _compared(other, of_most)
        if more is None:
            more = 1 if better or _narrowed(before, last, other, of_most) else -1
        if more > 0 and not _VAGUE.search(before):
            most, of_most = before, other
    if _HAS_VERB.search(_MORE_CLOSELY.split(most)[0]):
        return past(most)
    if not over or same_words(most, last) or extent(last).part == 0:
        return most
    rest = _in_short(unstopped(last), most)
    if same_words(rest, last) or "(" in most + rest:
        return f"{unstopped(most)}; {rest} {UNTIL}"
    return f"{unstopped(most)} ({rest} {UNTIL})"


def grown(before: str, now: str) -> int | None:
    """1 if a share is larger than one before, -1 if it is smaller, 0 if it is the same; None if nobody can tell."""
    return 0 if same_words(before, now) else _compared(extent(now), extent(before))


def is_rest_of(share: str, total: str) -> bool:
    """Whether a share is a smaller part of the same as a total: `half of the households` of `61,000 households`."""
    one, whole = extent(share), extent(total)
    if not one.of & whole.of or whole.number is None or (whole.part or 0) == 1:
        return False
    if one.number is not None:
        return one.number < whole.number
    return one.part is not None and 0 < one.part < 1 and _OF_THOSE.search(share) is not None


def extent(text: str) -> Extent:
    """What a text says of how much is affected; all None if it has no figure."""
    text = " ".join(text.casefold().split())
    of = frozenset(_stem(word) for word in _WORD.findall(_RATIO.sub(" ", text)) if word not in _LITTLE)
    if _NOTHING.match(text):
        return Extent(0, 0, of)
    number = next((_number(found[1], found[2]) for found in _NUMBER.finditer(text)), None)
    if _ALL.match(text):
        return Extent(1, number, of - _ANYBODY)
    for found in _RATIO.finditer(text):
        part, whole = _number(found["part"]), _number(found["whole"])
        if part is not None and whole and part <= whole:
            return Extent(part / whole, None if whole <= _SMALL_WHOLE and found["joint"] == "in" else part, of)
    if percent := _PERCENT.search(text):
        return Extent(float(percent[1].replace(",", ".")) / 100, None, of)
    if fraction := _FRACTION.search(text):
        times = _NUMBERS.get(fraction[1] or "", 1)
        return Extent(min(times * _FRACTIONS[fraction[2].removesuffix("s")], 1), None, of)
    return Extent(None, number, of)


def _compared(one: Extent, other: Extent) -> int | None:
    """1 if one extent is larger than the other, -1, or 0; None if they are of different things or have no figures."""
    if one.of and other.of and not one.of & other.of:
        return None
    if one.part == 1 and other.part != 1 and other.of:
        return 1
    if other.part == 1 and one.part != 1 and one.of:
        return -1
    for this, that in ((one.part, other.part), (one.number, other.number)):
        if this is not None and that is not None:
            return (this > that) - (this < that)
    return None


def _narrowed(before: str, now: str, one: Extent, other: Extent) -> bool:
    """Whether words without figures tell first of more and then of less, and are not the same told more closely."""
    if any(figure is not None for figure in (one.number, other.part, other.number)) or one.part not in (None, 1):
        return False
    return not one.of <= other.of


def _in_short(last: str, most: str) -> str:
    """The last share without what the worst one says already: `60 of 800 meters` behind `all 800 meters` is `60`."""
    last = re.sub(r"^[~≈] ?(?=\d)", "about ", last)
    bare = _ROUGHLY.sub("", last.casefold())
    whole = _OF_THE_SAME.search(last) if _RATIO.match(bare) or _PERCENT.match(bare) else None
    if whole and re.sub(r"^(?:all|our|the) ", "", whole[1].casefold()) in most.casefold():
        return last[: whole.start()].casefold()
    return last


def _number(text: str, times: str = "") -> float | None:
    text = text.strip()
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    digits = re.sub(r"[.,' ](?=\d{3}(?!\d))", "", text).replace(",", ".")
    try:
        return float(digits) * _TIMES.get(times, 1)
    except ValueError:
        return None


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
    rf"(?<![\w.,:])(?:~|≈)?({_COUNT})(?: ?(k|m|thousand|million)\b)?(?![\d:]| ?(?:%|per ?cent\b)|(?:st|nd|rd|th)\b)"
)
_RATIO = re.compile(
    rf"(?<![\w.,])(?P<part>{_COUNT}) (?P<joint>in|of|out of)(?: (?:all|our|the|every))* (?P<whole>{_COUNT})\b"
)
_SMALL_WHOLE = 100
"""`1 in 4` counts no single one; `1 of 4` does."""
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|per ?cent\b)")
_FRACTION = re.compile(r"\b(?:(two|three|four|a|one) )?(half|halves|thirds?|quarters?|fifths?|tenths?)\b")
_ALL = re.compile(r"(?:all|every|everybody|everyone|everything|100 ?%|the whole)\b(?! (?:but|except)\b)")
_NOTHING = re.compile(r"(?:none|nobody|no one|nothing|no more|0|zero)\b(?![.,]?\d)")
_VAGUE = re.compile(
    r"\?|^(?:a (?:few|lot|number)|few|many|most|several|some|various)\b"
    r"|\b(?:i think|maybe|not sure|perhaps|probably)\b",
    re.IGNORECASE,
)
"""Words without a figure, or a guess: what is told later is more exact."""
_SAYS_BOTH = re.compile(
    rf"\b{UNTIL}|\bat (?:first|its worst|the (?:beginning|peak|start|worst))\b"
    r"|\b(?:later|last figure|towards the end)\b",
    re.IGNORECASE,
)
_OF_THE_SAME = re.compile(r" of ((?:(?:all|our|the) )?\S+(?: [\w'’-]+){0,3})$")
_ROUGHLY = re.compile(r"^(?:about|almost|around|at least|nearly|over|roughly|up to) ")
_HAS_VERB = re.compile(
    r"\b(?:is|are|has|have|can|cannot|can['’]t|do not|don['’]t|does not|doesn['’]t|fail|fails|wait)\b", re.IGNORECASE
)
"""What makes a clause of a share for sure: `212 claims` has a noun that may be a verb elsewhere."""
_MORE_CLOSELY = re.compile(r"\b(?:that|where|which|who|whose|with)\b", re.IGNORECASE)
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
