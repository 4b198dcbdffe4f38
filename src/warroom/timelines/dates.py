"""A date as people write it: with or without its year, in words or numbers, of which either may be the month."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from warroom.timelines import names
from warroom.timelines.names import ANY_WEEKDAY, ENGLISH_MONTH, MONTH

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Numbers outside of these are no years."""


class Day(msgspec.Struct, frozen=True):
    """A date as it was written. `year` is None if it isn't there.

    `first` and `second` are the numbers of a date such as 05/06 or 25/06, in which one is the month; else both 0.
    `month` is 0 if nobody can tell which.

    Instead of a date, or beside one, it may be the `nth` day of the incident, from 1; so many days `ago` (today,
    yesterday); or so many days `later` than the line above it (the next day).
    """

    year: int | None
    month: int = 0
    day: int = 0
    first: int = 0
    second: int = 0
    weekday: int | None = None
    nth: int | None = None
    ago: int | None = None
    later: int | None = None

    @property
    def is_relative(self) -> bool:
        """Whether it is no date, but counted from another day."""
        return self.month == 0 and self.first == 0

    @property
    def is_open(self) -> bool:
        """Whether it isn't clear which of the numbers is the month."""
        return self.month == 0 and self.first != 0


DATE = re.compile(
    rf"""
    (?:(?P<weekday>{ANY_WEEKDAY}),?\s+(?:the\s+|den\s+|le\s+|el\s+|il\s+)?)?
    (?:
        (?P<iy>\d{{4}})(?P<isep>[-/.])(?P<im>\d{{1,2}})(?P=isep)(?P<id>\d{{1,2}})(?!\d)
      | (?P<dd>\d{{1,2}})/(?P<dm>{ENGLISH_MONTH})/(?P<dy>\d{{4}}|\d\d)(?!\d)
      | (?P<dd2>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?[-\s.]\s?(?:(?:of|de|di|del)\s+)?(?P<dm2>{MONTH})
        (?:,?(?:[-\s/]\s?|\s+(?:de|del)\s+)(?P<dy2>\d{{4}}|'\d\d)(?!\d|:\d))?
      | (?P<mm>{ENGLISH_MONTH})[-\s]\s?(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])
        (?:,?[-\s]\s?(?P<my>\d{{4}})(?!\d|:\d))?
      | (?P<n1>\d{{1,2}})(?P<nsep>[-/.])(?P<n2>\d{{1,2}})(?P=nsep)(?P<ny>\d{{4}}|\d{{2}})(?!\d|:\d)
      | (?P<s1>\d{{1,2}})[-/](?P<s2>\d{{1,2}})(?=,?\s+(?:at\s+)?[\d?~])
      | (?P<m1>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?=,?\s+(?:at\s+)?[\d?~])
    )
    (?:,?\s*\(?(?P<weekday2>{ANY_WEEKDAY})\)?(?=[\s,:)–-]|$))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A date with all that may belong to it; see `written` for what it says."""


def day_at(text: str, at: int = 0) -> tuple[Day, int] | None:
    """The date at this place of a text and where it ends; None if there is none."""
    found = DATE.match(text, at)
    day = written(found) if found is not None else None
    return (day, found.end()) if found is not None and day is not None else None


def day_in(text: str) -> Day | None:
    """The first date with its year anywhere in a text."""
    for found in DATE.finditer(text):
        if (day := written(found)) is not None and day.year is not None:
            return day
    return None


_COUNTED = re.compile(
    r"(?P<yesterday>yesterday|gestern|ayer|ieri|ontem|gisteren)\b|(?P<today>today|heute)\b"
    r"|(?:(?:on|in)\s+)?(?:the\s+)?(?:next|following)\s+(?P<next>day|morning|afternoon|evening)\b"
    r"|(?:day|tag|jour|d[ií]a|giorno|dag)\s+(?P<nth>\d{1,3}|one|two|three|four|five|six|seven)\b(?![:.]\d)",
    re.IGNORECASE,
)
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven")


def counted_day_at(text: str, at: int = 0) -> tuple[Day, int] | None:
    """The day at this place of a text that is counted from another one, and where it ends: Day 2, the next day."""
    found = _COUNTED.match(text, at)
    if found is None:
        return None
    if found["nth"]:
        nth = int(found["nth"]) if found["nth"].isdigit() else _COUNTS.index(found["nth"].lower()) + 1
        return Day(None, nth=nth), found.end()
    day = Day(None, later=1) if found["next"] else Day(None, ago=1 if found["yesterday"] else 0)
    return day, found.end()


def full_year(found: re.Match[str]) -> str:
    """The year of a date, if it has all four digits."""
    year = found["iy"] or found["dy"] or found["dy2"] or found["my"] or found["ny"] or ""
    return year if len(year) == 4 else ""


def written(found: re.Match[str]) -> Day | None:
    """The date that `DATE` found; None if there is no such date."""
    name = found["weekday"] or found["weekday2"]
    weekday = names.weekday(name) if name else None
    if found["iy"]:
        return real_day(int(found["iy"]), int(found["im"]), int(found["id"]), weekday)
    if month := found["dm"] or found["dm2"]:
        number = int(found["dd"] or found["dd2"])
        return real_day(_year(found["dy"] or found["dy2"]), names.month(month), number, weekday)
    if found["mm"]:
        return real_day(_year(found["my"]), names.month(found["mm"]), int(found["md"]), weekday)
    if found["m1"]:
        return real_day(None, int(found["m2"]), int(found["m1"]), weekday)
    first, second, year = int(found["n1"] or found["s1"]), int(found["n2"] or found["s2"]), _year(found["ny"])
    if found["nsep"] == ".":
        return real_day(year, second, first, weekday)
    if max(first, second) > 12:
        day = real_day(year, second, first, weekday) if first > 12 else real_day(year, first, second, weekday)
        return None if day is None else msgspec.structs.replace(day, first=first, second=second)
    is_year = year is None or FIRST_YEAR <= year <= LAST_YEAR
    return Day(year, first=first, second=second, weekday=weekday) if is_year and min(first, second) >= 1 else None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text[-2:])


def real_day(year: int | None, month: int, day: int, weekday: int | None = None) -> Day | None:
    """A date of which it is known which number is the month; None if there is none in the years that are read."""
    try:
        known = date(year if year is not None else 2000, month, day)
    except ValueError:
        return None
    if not FIRST_YEAR <= known.year <= LAST_YEAR:
        return None
    return Day(year, month, day, weekday=weekday)
