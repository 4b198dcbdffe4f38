"""The next update that a message promises: typed by the user, stored as a time, shown in the readers' time zone."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

import msgspec

from warroom.messages.dates import time_told
from warroom.model import times
from warroom.model.times import HOUR, MINUTE, TimeError

FAR_AHEAD = 12 * HOUR
"""A clock time further ahead than this is taken for a time in the past."""
MAX_AHEAD = 7 * 24 * HOUR
"""The longest time until an update: a promise beyond it is taken for a typing error."""


class NextUpdate(msgspec.Struct, frozen=True):
    """What was typed into the field `next_update`.

    `promise` is the time (ms UTC, a whole minute), None if it can't be read. `text` is what the message shows,
    `problem` says what is wrong with the input.
    """

    promise: int | None
    text: str
    problem: str = ""


def read_next_update(text: str, now: int, tz: tzinfo | None, *, public: bool = False) -> NextUpdate:
    """Read the time of the next update: `30m`, `04:15`, `04:15 CET`.

    It is typed in the zone `tz`, and shown in that zone, or in UTC if the message is `public`.
    """
    text = text.strip()
    if not text:
        return NextUpdate(None, text)
    if len(text) > _MAX_LENGTH:
        return NextUpdate(None, text, f"Next update: that is not a time; try {times.FUTURE_EXAMPLES}.")
    readers = UTC if public else tz  # colleagues read local time; customers, who may be anywhere, UTC
    try:
        promise = whole_minute(_moment(text, now, tz))
        dated = f"{times.day(promise, tz)}T{times.clock(promise, tz)}"
        shown = times.clock_zone(promise, readers)
        if promise - now > FAR_AHEAD:
            shown = time_told(promise, now, readers, dated=True)
    except TimeError as error:
        return NextUpdate(None, text, f"Next update: {error}.")
    except (ArithmeticError, OSError, ValueError):  # beyond the calendar
        promise = now + MAX_AHEAD + 1
    if promise - now > MAX_AHEAD:
        reason = f"{text} is more than a week away; try {times.FUTURE_EXAMPLES}."
        return NextUpdate(None, text, f"Next update: {reason}")
    if promise - now > FAR_AHEAD and _ONLY_CLOCK.fullmatch(text):
        reason = f"{text} has passed; give a time in the future, or {dated} if that is what you mean."
        return NextUpdate(None, text, f"Next update: {reason}")
    return NextUpdate(promise, shown)


def whole_minute(ms: int) -> int:
    """The time rounded up to a whole minute, so that a promise is never earlier than intended."""
    return -(-ms // MINUTE) * MINUTE


def round_time(now: int, minutes: int) -> int:
    """A time to promise, so many minutes from now at most, that people can remember: on a multiple of five minutes.

    It is earlier rather than later, so that nobody waits longer than they were told; of less than a quarter of an hour
    no minute is left out.
    """
    due = now + minutes * MINUTE
    return due // (5 * MINUTE) * (5 * MINUTE) if minutes >= 15 else whole_minute(due)


_MAX_LENGTH = 40  # characters; no valid time is longer
_CLOCK_WITH_ZONE = re.compile(r"(?P<clock>\d{1,2}:\d{2})\s*(?P<zone>[A-Za-z][A-Za-z0-9+:-]*)")
_ONLY_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*(?:Z|UTC|GMT|[A-Za-z][\w+:-]*|[+-]\d{2}:?\d{2})?", re.IGNORECASE)


def _moment(text: str, now: int, tz: tzinfo | None) -> int:
    """A time in the future as typed; the name of the zone in use, as messages show it, may follow the time."""
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
