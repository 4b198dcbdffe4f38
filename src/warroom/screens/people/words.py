"""What the screen of people tells of a person or a time in words."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.people import Person


def when_of(ms: int, tz: tzinfo | None) -> str:
    """A moment with its weekday, as the list of times on call has it."""
    return f"{times.local(ms, tz):%a %m-%d %H:%M}"


def local_time(person: Person, now: int, tz: tzinfo | None) -> str:
    """What time it is now (ms UTC) for a person, with the weekday if that is another one than in the zone `tz`."""
    if person.tz is None:
        return ""
    there, here = times.local(now, person.tz), times.local(now, tz)
    return f"{there:%H:%M}" if there.date() == here.date() else f"{there:%H:%M %a}"
