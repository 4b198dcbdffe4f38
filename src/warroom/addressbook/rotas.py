"""Who is on call by a calendar: its events around now, and the people whom they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import PurePath

import msgspec

from warroom.addressbook import calendars
from warroom.addressbook.decoding import decoded
from warroom.model import times
from warroom.model.people import Directory
from warroom.model.rota import Taken, rotation_of, taken
from warroom.text.mistakes import Mistake

_BEFORE, _AFTER = 14 * 24 * times.HOUR, 190 * 24 * times.HOUR
"""How much of a calendar is read: so many ms before now, and after."""
_LISTED = 8


class Rota(msgspec.Struct, frozen=True):
    """A calendar as it was read, for one rotation."""

    rotation: str
    calendar: calendars.Calendar

    def taken(self, there: Directory) -> Taken:
        """Who is on call when, by those who are known."""
        events = self.calendar.events
        return taken(there, self.rotation, [(one.since, one.until, one.summary, one.people) for one in events])

    def remarks(self, found: Taken) -> Iterator[tuple[int, str]]:
        """What was not understood, and whose phone number nobody knows, each with its line; 0 is the whole file."""
        yield from self.calendar.remarks
        if found.nobody:
            yield 0, f"these events name nobody, and are left out: {_some(found.nobody)}"
        if strangers := sorted({shift.name for shift in found.shifts if not shift.person}):
            yield 0, f"nobody of that name is known yet, so there is no phone number: {_some(strangers)}"


def is_calendar(data: bytes, name: str) -> bool:
    """Whether a file called `name` is a calendar."""
    return name.lower().endswith((".ics", ".ical", ".ifb")) or b"BEGIN:VCALENDAR" in data[:200].upper()


def read_rota(data: bytes, name: str, rotation: str, now: int, tz: tzinfo | None) -> Rota:
    """The times around `now` (ms UTC) of a calendar; the rotation is called so, or as the calendar or file is.

    Raises Mistake if it is no calendar, or has nobody on call around now.
    """
    found = calendars.read(decoded(data, name), now - _BEFORE, now + _AFTER, tz, now=now)
    if not found.total:
        raise Mistake(name, 0, "there is no event in it, so it is no calendar of who is on call")
    if not found.events:
        line, why = found.remarks[0] if found.remarks else (0, "")
        why = f" ({f'line {line}: ' if line else ''}{why})" if why else ""
        raise Mistake(name, 0, f"it has nobody on call between two weeks ago and half a year ahead{why}")
    return Rota(rotation_of(rotation, found.name, PurePath(name).stem), found)


def _some(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - _LISTED:,} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
