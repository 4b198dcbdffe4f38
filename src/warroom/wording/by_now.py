"""A time of the day that is past when the text goes out: what was done by then is a report, and no promise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.text.verbs import ONLY_PASTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = 24 * 60
_PAST_FOR = 6 * 60
_DONE = (
    rf"(?:[a-z]{{3,}}ed|back|clear|complete|done|dealt|live|made|online|open|paid|ready|running|sent|sold|up|working|"
    rf"{'|'.join(sorted(ONLY_PASTS))})"
)
_BY_A_TIME = re.compile(
    rf"\b(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bget )(?<!\bgets ){_DONE} (?:[\w-]+ ){{0,3}}?(?:(?:by|before|at|around) )?"
    r"(?:about |around )?(?=\d{1,2}:\d\d\b)|"
    r"^(?:(?!(?:is|are|be|gets?|comes?|goe?s?|opens?|resumes?|returns?|runs?|starts?|works?|we|you|they|it)\b)"
    r"[\w-]+ ){1,6}by "
    r"(?=\d{1,2}:\d\d\b)",
    re.IGNORECASE,
)
"""Something done and its time, or a thing and its time: "half of the tills by 13:40"."""
_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b(?: (?P<zone>(?!AM\b|PM\b)[A-Z]{2,5})\b)?")
_STILL_AHEAD = re.compile(
    r"\b(?:will|shall|should|going to|to be|due|expect\w*|hop(?:e|es|ing)|plan\w*|aim\w*|eta|promise|guarantee|soon|"
    r"shortly|today|tonight|tomorrow|later|next|within|in (?:an?|half|\d+|a few)|noon|midnight|\w+day|rest|[ap]\.?m)\b|"
    r"['’]ll\b",
    re.IGNORECASE,
)


def as_of(sentence: str, now: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The earliest minute in each zone at which a sentence was judged as it is now; none where it names no time."""
    clocks = [int(clock["hour"]) * 60 + int(clock["minute"]) for clock in _CLOCK.finditer(sentence)]
    turns = [turn % _DAY for clock in clocks for turn in (clock, clock + _PAST_FOR + 1)]
    return tuple((zone, max(turns, key=lambda turn: (turn - here - 1) % _DAY)) for zone, here in now.items() if turns)


def is_report(sentence: str, now: Mapping[str, int]) -> bool:
    """Whether a sentence tells what was done by a time that is past, and nothing that is still to come.

    `now` has the minute of the day by the short name of the zone, "" for a time without one. A time counts as past for
    six hours: an earlier one may be that of the next day.
    """
    if not now or _BY_A_TIME.search(sentence) is None or _STILL_AHEAD.search(sentence):
        return False
    for clock in _CLOCK.finditer(sentence):
        here = now.get(clock["zone"] or "")
        if here is None or (here - int(clock["hour"]) * 60 - int(clock["minute"])) % _DAY > _PAST_FOR:
            return False
    return True
