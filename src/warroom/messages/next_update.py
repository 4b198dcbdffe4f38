"""The next update that a message promises: read as it was typed, kept as a moment, worded for its readers."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

import msgspec

from warroom.model import times
from warroom.model.times import HOUR, MINUTE, TimeError

FAR_AHEAD = 12 * HOUR
"""A clock time further ahead than this was meant for a moment that has passed."""
FARTHEST = 7 * 24 * HOUR
"""Nobody waits longer than this for an update: a promise beyond it is a slip of the keys."""


class NextUpdate(msgspec.Struct, frozen=True):
    """What was typed into the field of that name.

    `promise` is the moment (ms UTC, a whole minute), None where none can be read. `words` are what the message shows,
    `problem` says what is wrong with what was typed.
    """

    promise: int | None
    words: str
    problem: str = ""


def read_next_update(text: str, now: int, tz: tzinfo | None, *, public: bool = False) -> NextUpdate:
    """Read when people hear more: `30m`, `04:15`, `04:15 CET`.

    It is typed in the zone `tz`, and shown in it too, or in UTC if the message is `public`.
    """
    text = text.strip()
    if not text:
        return NextUpdate(None, text)
    if len(text) > _LONGEST:
        return NextUpdate(None, text, f"Next update: that is not a time; try {times.FUTURE_EXAMPLES}.")
    readers = UTC if public else tz  # colleagues read the local time; customers, who are everywhere, UTC
    try:
        promise = whole_minute(_moment(text, now, tz))
        dated = f"{times.day(promise, tz)}T{times.clock(promise, tz)}"
        words = times.clock_zone(promise, readers)
        if promise - now > FAR_AHEAD:
            words = f"{times.day(promise, readers)} {words}"
    except TimeError as error:
        return NextUpdate(None, text, f"Next update: {error}.")
    except (ArithmeticError, OSError, ValueError):  # beyond the calendar
        promise = now + FARTHEST + 1
    if promise - now > FARTHEST:
        reason = f"{text} is more than a week away; try {times.FUTURE_EXAMPLES}."
        return NextUpdate(None, text, f"Next update: {reason}")
    if promise - now > FAR_AHEAD and _ONLY_CLOCK.fullmatch(text):
        reason = f"{text} has passed; give a time to come, or {dated} if that is what you mean."
        return NextUpdate(None, text, f"Next update: {reason}")
    return NextUpdate(promise, words)


def whole_minute(ms: int) -> int:
    """The first whole minute that is not before a moment: a promise is never earlier than it was meant."""
    return -(-ms // MINUTE) * MINUTE


_LONGEST = 40  # characters of anything that can be read as a time
_CLOCK_WITH_ZONE = re.compile(r"(?P<clock>\d{1,2}:\d{2})\s*(?P<zone>[A-Za-z][A-Za-z0-9+:-]*)")
_ONLY_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*(?:Z|UTC|GMT|[A-Za-z][\w+:-]*|[+-]\d{2}:?\d{2})?", re.IGNORECASE)


def _moment(text: str, now: int, tz: tzinfo | None) -> int:
    """A moment to come as typed; a zone's own name, as messages show it, is read where it is the zone in use."""
    try:
        return times.parse_future(text, now, tz)
    except TimeError:
        named = _CLOCK_WITH_ZONE.fullmatch(text)
        if named is None:
            raise
        moment = times.parse_future(named["clock"], now, tz)
        if named["zone"].upper() != times.zone_name(moment, tz).upper():
            raise
        return moment
