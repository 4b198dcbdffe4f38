"""Times that may be ahead in a clause, and the clause without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.wording.clauses import has_verb

if TYPE_CHECKING:
    from warroom.wording.language import Language

_PERIOD = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|seconds?)\b"
_ZONE = r"(?: (?-i:[A-Z]{2,5})\b| (?:local|\w{2,10}(?:ern|ean)) time)?"
_CLOCK = (
    rf"\d{{1,2}}:\d\d(?: ?[ap]\.?m\b)?{_ZONE}|"
    rf"\d{{1,2}}(?:[:.]\d\d)?(?: ?[ap]\.?m\b| o['’]clock| ?h\b)?(?! ?%){_ZONE}"
    r"(?= (?:tomorrow|today|tonight|on|in the|at the|sharp)\b|[,.;!]|$)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o['’]clock| sharp|(?= (?:tomorrow|"
    r"today|tonight)\b|"
    r"[,.;!]|$))"
)
_TIME_AHEAD = (
    r",? (?:just |long |right |shortly |well )?"
    r"(?:(?:no later than|not later than|as of|starting|by|before|within|in|until|from|at|on|around|about|for|"
    r"early|first thing|come|over|during)\b "
    r"(?:about |around |the next |the |next |this |another |under |less than |at most )*"
    rf"(?:{_CLOCK}|(?:\d+|an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|few|a few|couple of|"
    rf"a couple of) {_PERIOD}|\d{{1,2}} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:first |second |third |late |early |night |day |morning |next )?"
    r"shift|dawn|dusk|sunrise|sunset|daybreak|nightfall|breakfast|supper|tea|\w+time\b|eod\b|cob\b|christmas|easter|"
    r"(?:new year|spring|summer|autumn|winter)\b|"
    r"kick-?off|"
    r"noon|midday|midnight|morning|evening|afternoon|tonight|tomorrow|today|weekend|end\b|week|month|close\b|lunch|"
    r"dinner|hour|minute|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?:before|by|until) (?:the |this |our |next )*(?:\w+ )?(?:audit|concert|elections?|game|holidays?|launch|match|"
    r"peak|race|rush|season|show)\b|"
    r"before (?:it|we|you|they|(?:the|your|our) \w+ "
    r"(?:arrives?|begins?|comes?|goe?s?|leaves?|opens?|starts?|wakes?))\b|"
    r"before (?:the|your|our) \w+ (?:come|get|go) (?:back|home)\b|"
    r"before (?:the|your|our) [\w-]+(?= ?(?:[,.;!]|$))|"
    r"(?:later )?(?:today|tonight|tomorrow|soon|shortly|very soon|this (?:morning|afternoon|evening|week)|"
    r"next (?:week|month|\w+day)|in no time|in a (?:flash|jiffy|moment|tick)|"
    r"right away|any (?:minute|moment|time))\b|guaranteed|for sure|"
    r"from (?:that day|then) on|the day after tomorrow|without fail|you have my word|i promise|we promise|promised)"
)
_TIMES_AHEAD = re.compile(
    rf"{_TIME_AHEAD}(?: of (?:the |this |next |our |business)?\w*)?"
    r"(?:,? (?:at the (?:very )?latest|latest|sharp|or so|max|(?-i:[A-Z]{3,4})\b|tomorrow|today|tonight|morning|"
    r"evening|afternoon|night|on \w+day|this week|next week|local time|at most))*",
    re.IGNORECASE,
)
_NOT_KEPT = re.compile(
    r"\d{1,2}:\d\d|\b(?:because|since|as|so|then|once|when|if|after|before|until|but|which|who|thanks|due|give or take|"
    r"promise\w*|guarantee\w*|sure|word|latest|tomorrow|tonight|today|noon|midnight|\w+day|minutes?|hours?|days?|weeks?|"
    r"or|than|to)\b|[:;–—]|['’]",
    re.IGNORECASE,
)
"""What nothing behind a promised time is kept with: a reason, another time, an assurance."""


_STATE_LAST = re.compile(
    r"\b(?:be|is|are|back|again|up|online|available|work|run|open|reopen|return|start|ready|done|normal)(?:s|ed|ing)?$",
    re.I,
)


def has_time(clause: str) -> bool:
    """Whether a clause has a time that may be ahead."""
    return _TIMES_AHEAD.search(clause) is not None


def has_deadline(clause: str) -> bool:
    """Whether a clause has a time that can only be ahead."""
    return any(_DEADLINE.match(time.group().lstrip(" ,")) for time in _TIMES_AHEAD.finditer(clause))


_DEADLINE = re.compile(
    r"(?:by|before|within|in|until|no later|later|next|soon|shortly|tomorrow|tonight)\b", re.IGNORECASE
)


def without_time(clause: str, language: Language) -> str:
    """A clause without its promised times, with what stands behind them if that is a place or a part of a list."""
    first = _TIMES_AHEAD.search(clause)
    if first is None:
        return clause
    head, tail = clause[: first.start()], _TIMES_AHEAD.sub("", clause[first.start() :]).rstrip(" ,;:.!?")
    if _STATE_LAST.search(head) and tail[:1] != " ":
        return head  # "Ward 3 will be back at 11:00, ward 4 at 12:00"
    tail = _LAST_OF_LIST.sub(r" and \1", tail)  # "to Ost by 6:00, West by 7:00"
    if not tail.strip() or _OF_THE_TIME.fullmatch(tail) or _NOT_KEPT.search(tail) or has_verb(tail, language):
        return head
    return head + tail


def without_times(words: str) -> str:
    """Words without anything that may be a promised time, to see what else they name."""
    return _TIMES_AHEAD.sub("", words)


_OF_THE_TIME = re.compile(r" (?!again\b|anew\b|online\b|too\b|here\b|there\b|[a-z]+where\b)[a-z-]+", re.IGNORECASE)
"""What a time is of: "before the six o'clock show", "tomorrow lunchtime"."""
_LAST_OF_LIST = re.compile(r"^, (?!.* and )((?:the |our |all )?(?-i:[A-Z\d])[^,]*|(?:the|our|all) [^,]*)$")
AHEAD_FIRST = re.compile(
    r"^by the time [^,;]*, |^(?:no later than|at the latest|by|within|in|at|before|from|on|as of|come|tomorrow|"
    r"tonight|later|this|next|soon)\b"
    r"[^,;]{0,40}?(?:, | (?=(?:the|our|your|all|we|you|every|it|they|that|everything)\b))",
    re.IGNORECASE,
)
