"""Finding what was only planned in an impact: a time that is later than the end, so that it is not told as done."""

from __future__ import annotations

import re
from datetime import tzinfo

from warroom.messages.dates import end_of
from warroom.messages.tense import past, told_in_past
from warroom.model import times
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, TimeError

_DAY = 24 * HOUR
CLOCK = r"(?P<time>(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?P<utc>UTC|GMT|Z)\b)?)"
"""A time as people type it, for `moment_of`."""
_TIME = re.compile(rf"\b(?:at|around|before|by|from|till|until) (?:about )?{CLOCK}", re.IGNORECASE)


def moment_of(found: re.Match[str], near: int, tz: tzinfo | None) -> int | None:
    """The moment nearest to another that a found time means, ms UTC; None if it is no time of day (`at 3 shops`)."""
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    elif not found["minute"]:
        return None
    try:
        clock = f"{hour:02}:{found['minute'] or '00'}{'Z' * bool(found['utc'])}"
        return times.parse_past(clock, near + _DAY, tz, near=near)
    except TimeError:
        return None


def later_than_the_end(text: str, snapshot: Snapshot) -> str:
    """The clock time in a text that had not come when it was over: `18:00 UTC`; "" if none, or if it may be of before.

    While it is not over, the end is now.
    """
    if told_in_past(text) and past(text) == text:
        return ""  # it says by itself that it has happened, or names what is seen
    incident = snapshot.incident
    end = end_of(incident.ended_at, snapshot.now)
    for found in _TIME.finditer(text):
        at = moment_of(found, end, snapshot.tz)
        if at is None:
            continue
        at += _DAY if times.day(at, snapshot.tz) < times.day(end, snapshot.tz) else 0
        if at > end and at - _DAY < incident.began:
            return " ".join(found["time"].split())
    return ""
