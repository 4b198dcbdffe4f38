"""What people say beside a timeline: the zone of its times, and the day of its first line or the moment of T+0."""

from __future__ import annotations

import re
from datetime import date

from warroom.model import times
from warroom.text.cleaning import clean_line
from warroom.timelines.dates import FIRST_YEAR, LAST_YEAR
from warroom.timelines.placing import Given
from warroom.timelines.zones import Zone, zone

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_HAS_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d|UTC|GMT)$")


class NotGiven(ValueError):
    """What was said is no zone or no day; the message is a sentence for the user."""


def given_zone(text: str) -> Zone:
    """The zone that a text names. Raises NotGiven, also for an abbreviation that stands for several zones."""
    known = zone(text.strip())
    if known is None:
        raise NotGiven(
            f"{clean_line(text)!r} is not a known zone: give UTC, CET, +02:00, or a name such as Europe/Berlin"
        )
    if known.tz is None:
        raise NotGiven(f"{known.name} stands for several zones: give one of {', '.join(known.choices)}")
    return known


def given_day(text: str, known: Zone | None = None) -> Given:
    """The day of the first line, `2026-11-23`, or the moment of T+0, `2026-11-23T03:12Z`, whose zone may be `known`.

    Raises NotGiven.
    """
    text, tz = text.strip(), known.tz if known is not None else None
    try:
        if _DAY.fullmatch(text):
            given = Given(day=date(*map(int, text.split("-"))), zone=known)
        elif tz is None and not _HAS_ZONE.search(text) and re.search(r"\d:\d", text):
            raise NotGiven("For the moment of T+0, say its zone too: 2026-11-23T03:12Z")
        else:
            start = times.parse_past(text, times.MAX_MS, tz)
            given = Given(day=times.local(start, tz).date(), start=start, zone=known)
    except NotGiven:
        raise
    except ValueError:  # TimeError is one
        given = Given()
    if given.day is None or not FIRST_YEAR <= given.day.year <= LAST_YEAR:
        ways = "give it as 2026-11-23, or as 2026-11-23T03:12Z for what T+0 is"
        raise NotGiven(f"{clean_line(text)!r} is not a day: {ways}")
    return given
