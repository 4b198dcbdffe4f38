"""Whose deed a sentence is about: what others are asked to do by a time is no promise of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.wording.language import Language

_SIDES = re.compile(r"(?:[,;:–—]|\s-)\s+|[(]|\b(?:and|or|but) ", re.IGNORECASE)
"""Where another request may begin."""
_TURNS = re.compile(
    r"[,;:–—] (?!(?:at the latest|no later|by|before|within|today|tonight|tomorrow|please|if|in case|[a-z]+ed by|"
    r"and [a-z]+ your)\b)|"
    r"\b(?:because|since|so|then|whatever)\b|\band (?:the|we|it|they|our|all|everything|every|you(?! can\b))\b",
    re.IGNORECASE,
)
"""What ends a request, so that a time behind it is not the time of the request."""
_FORETELLS = re.compile(
    r"['’](?:ll|re)\b|\b(?:will|shall|should|going to|expect\w*|hop(?:e|es|ing)|promise\w*|guarantee\w*|sure|"
    r"(?:is|are|am|be|get|gets) (?:\w+ )?(?:again|back|done|fixed|online|open|ready|restored|up|working))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:what (?:i|we|is|['’]s) need(?:ed)?|(?:i|we) need|need(?:s|ed)?|ask|asked for|request|requested|"
    r"decision needed|your (?:decision|part|task))(?: (?:from|of|by) [\w ]{2,30})?:[*_]* ",
    re.IGNORECASE,
)
"""The label of a request."""
_LENGTH = r"(?:(?:[\w~<.,]+ ){0,3}?(?:min|hour|hr|h\b|day|week|moment|bit\b|while\b|time\b)|until\b|till\b|longer\b)"
_NEEDS = re.compile(
    r"(?:(?:the|our|an?|all|every|each|\d[\d.,]*) )?(?:[\w'’-]+ ){0,4}?(?:"
    rf"(?:needs?|requires?) (?!to\b|{_LENGTH})|"
    rf"(?<!\bwe )(?<!\bi )(?:needs? to|wants?) (?!{_LENGTH}|to\b)|"
    r"(?:asks?|asking|asked) (?:you|them|us|for|him|her|(?-i:[A-Z])\w+) |(?:can|could|would) you )",
    re.IGNORECASE,
)
_NO_REQUEST = (
    r"(?!(?:allow|assure|bank|be|bear|count|expect|get|give|grant|have|hold|inform|let|note|plan|promise|rely|remind|rest|"
    r"say|see|stand|tell|trust|wait|write)\b)"
)
"""Verbs that promise what stands behind them, or tell it."""
_PLEASE = re.compile(
    rf"(?:(?:please|kindly)|you (?:must|should|need to|have to)) {_NO_REQUEST}[a-z]+\b(?! back\b)", re.IGNORECASE
)
_TO_DO = re.compile(
    rf"(?:then |now |just |also )?{_NO_REQUEST}(?!(?:bring|take) (?!your\b))(?P<verb>[a-z]{{2,}}(?<![^s]s)) "
    r"(?:(?:again|anew) (?=by|before|within|after|no later)|(?:in|on|out|up) again\b|"
    r"(?:your|us|me|him|her|them|it|my|any|whether)\b(?! back\b)|(?:the|an?|all|both|our|these|those) )",
    re.IGNORECASE,
)
"""A request that begins with its verb: "file again by noon", "send the list by 14:00"."""
_NO_VERB = (
    "function", "finite", "past", "ed", "ing", "ly", "soon", "day_ahead", "weekday", "month", "event", "number_word",
    "well", "recover", "unit", "certain", "sure", "will", "expecting", "name", "mending",
)  # fmt: skip
_SOMEBODY = re.compile(
    r"(?:(?:someone|somebody|anyone|anybody)\b|(?:an?|the|another|one|two|three|four|five|six|\d+)(?: more| other)? "
    r"(?P<who>(?:[\w'’-]+ ){1,3}?))(?= ?(?:who|with|to|from|at|for|in|on|of)\b)",
    re.IGNORECASE,
)
"""Somebody with what he or she is to do: "a technician with the keys, by noon"."""
_WORD_OF_THEIRS = re.compile(
    r"(?:(?:the|an?|your) )?(?:[\w'’-]+ )?(?:approval|authority|budget|decision|go-ahead|permission|sign-off)\b",
    re.IGNORECASE,
)


def is_asked_for(sentence: str, start: int, end: int, language: Language) -> bool:
    """Whether the words of a sentence from `start` to `end`, which have a time ahead, are what others are asked to do.

    The request is an imperative, what somebody needs, somebody with a task, or whatever stands behind its label.
    """
    said = sentence[:end]
    if label := _LABEL.match(said):
        return _FORETELLS.search(said, label.end()) is None
    for begin in (0, *(side.end() for side in _SIDES.finditer(said, 0, start + 1))):
        part = said[begin:].lstrip(" -•*")
        if _FORETELLS.search(part):
            continue
        asked = _asked(part, language)
        if asked and _TURNS.search(part, asked) is None:
            return True
    return False


def _asked(part: str, language: Language) -> int:
    """Where a request at the beginning of some words is told, 0 if there is none."""
    any_of = language.lexicon.any_of
    if asks := _PLEASE.match(part) or _NEEDS.match(part) or _WORD_OF_THEIRS.match(part):
        return asks.end()
    if (to_do := _TO_DO.match(part)) and not any_of(*_NO_VERB).match(language.tag(to_do["verb"].lower()).signs):
        return to_do.end()
    if somebody := _SOMEBODY.match(part):
        who = somebody["who"]
        if who is None or any_of("job", "public", "agent").search(language.tag(who.lower()).signs):
            return somebody.end()
    return 0
