"""Finding what was only planned in an impact: a time that is later than the end, so that it is not told as done."""

from __future__ import annotations

import re

from warroom.messages.dates import end_of
from warroom.messages.tense import past, told_in_past
from warroom.model import times
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, TimeError

_DAY = 24 * HOUR
_TIME = re.compile(
    r"\b(?:at|around|before|by|from|till|until) (?:about )?(?P<time>(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?P<utc>UTC|GMT|Z)\b)?)",
    re.IGNORECASE,
)


def later_than_the_end(text: str, snapshot: Snapshot) -> str:
    """The clock time in a text that had not come when it was over: `18:00 UTC`; "" if none, or if it may be of before.

    While it is not over, the end is now.
    """
    if told_in_past(text) and past(text) == text:
        return ""  # it says by itself that it has happened, or names what is seen
    incident = snapshot.incident
    end = end_of(incident.ended_at, snapshot.now)
    for found in _TIME.finditer(text):
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + 12 * (found["half"].lower() == "p")
        elif not found["minute"]:
            continue  # `at 3 shops`
        try:
            clock = f"{hour:02}:{found['minute'] or '00'}{'Z' * bool(found['utc'])}"
            at = times.parse_past(clock, end + _DAY, snapshot.tz, near=end)
        except TimeError:
            continue
        at += _DAY if times.day(at, snapshot.tz) < times.day(end, snapshot.tz) else 0
        if at > end and at - _DAY < incident.began:
            return " ".join(found["time"].split())
    return ""
