"""Time zones as people write them: abbreviations, IANA names, offsets, and the names of regions."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import msgspec

_OFFSETS = """
UTC 0 GMT 0 Z 0 UT 0 ZULU 0 UCT 0
WET 0 WEST 60 BST 60 CET 60 MET 60 MEZ 60 CEST 120 MEST 120 MESZ 120 EET 120 EEST 180 MSK 180 TRT 180 SAST 120 CAT 120
EAT 180 WAT 60 NST -210 NDT -150 ADT -180 EST -300 EDT -240 CDT -300 MST -420 MDT -360 PST -480 PDT -420 AKST -540
AKDT -480 HST -600 BRT -180 ART -180 CLT -240 CLST -180 COT -300 PET -300 PKT 300 NPT 345 WIB 420 ICT 420 SGT 480
HKT 480 MYT 480 PHT 480 AWST 480 JST 540 KST 540 ACST 570 ACDT 630 AEST 600 AEDT 660 NZST 720 NZDT 780 GST 240 IDT 180
"""
_REGIONS = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles", "AKT": "America/Anchorage", "AET": "Australia/Sydney",
}  # fmt: skip
"""Names that stand for winter and summer time of a region."""
AMBIGUOUS = {
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
}
"""Abbreviations of several zones, which nobody can tell apart without asking."""
_PLACES = {
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "BST": "Europe/London", "EET": "Europe/Athens",
    "EEST": "Europe/Athens", "EST": "America/New_York", "EDT": "America/New_York", "CDT": "America/Chicago",
    "MST": "America/Denver", "MDT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland", "ADT": "America/Halifax", "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide", "IDT": "Asia/Jerusalem", "NST": "America/St_Johns", "NDT": "America/St_Johns",
}  # fmt: skip
"""Where an abbreviation is used that changes with the season."""


_PAIRS = {
    "CET/CEST": "Europe/Berlin", "MEZ/MESZ": "Europe/Berlin", "WET/WEST": "Europe/Lisbon", "EET/EEST": "Europe/Athens",
    "GMT/BST": "Europe/London", "EST/EDT": "America/New_York", "CST/CDT": "America/Chicago",
    "MST/MDT": "America/Denver", "PST/PDT": "America/Los_Angeles", "AKST/AKDT": "America/Anchorage",
    "AST/ADT": "America/Halifax", "AEST/AEDT": "Australia/Sydney", "NZST/NZDT": "Pacific/Auckland",
}  # fmt: skip
"""Where the time is used whose names in winter and in summer are written together."""
_PAIRS |= {"/".join(reversed(names.split("/"))): place for names, place in _PAIRS.items()}


class Zone(msgspec.Struct, frozen=True):
    """A zone as it was written; `tz` is None for an abbreviation of several zones, which `choices` names."""

    name: str
    tz: tzinfo | None
    choices: tuple[str, ...] = ()

    def answered_by(self, given: Zone | None, day: date) -> Zone:
        """The `given` zone, if it is one that this abbreviation may stand for on that day; else this one."""
        if given is None or given.tz is None:
            return self
        noon = datetime(day.year, day.month, day.day, 12)
        there = [noon.replace(tzinfo=_iana()[name.lower()]) for name in self.choices if name.lower() in _iana()]
        shifts = {one.utcoffset() for one in there if one.tzname() == self.name}
        is_shift = _SHIFT.fullmatch(given.name) is not None and noon.replace(tzinfo=given.tz).utcoffset() in shifts
        return given if is_shift or given.name in self.choices else self

    def out_of_season(self, moment: datetime) -> str:
        """The name that clocks showed at that moment where this abbreviation is used; "" if it is this one."""
        place = _PLACES.get(self.name.upper())
        if place is None or self.tz is None:
            return ""
        there = moment.astimezone(_iana()[place.lower()]) if place.lower() in _iana() else None
        if there is None or there.utcoffset() == moment.astimezone(self.tz).utcoffset():
            return ""
        return there.tzname() or ""


@cache
def _abbreviations() -> dict[str, Zone]:
    words = _OFFSETS.split()
    found = {
        name: Zone(name, UTC if minutes == "0" else timezone(timedelta(minutes=int(minutes)), name))
        for name, minutes in zip(words[::2], words[1::2], strict=True)
    }
    iana = _iana()
    for name, place in (_REGIONS | _PAIRS).items():
        if place.lower() in iana:
            found[name] = Zone(name, iana[place.lower()])
    for name, choices in AMBIGUOUS.items():
        found[name] = Zone(name, None, choices)
    return found


class _Iana(dict[str, ZoneInfo]):
    """The zones of this machine by name in lower case, each loaded when it is first asked for."""

    def __init__(self) -> None:
        self._names = {name.lower(): name for name in available_timezones() if "/" in name}

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __missing__(self, name: str) -> ZoneInfo:
        self[name] = ZoneInfo(self._names[name])
        return self[name]


@cache
def _iana() -> _Iana:
    return _Iana()


_UPPER = "|".join(
    sorted({*_OFFSETS.split()[::2], *AMBIGUOUS, *[name for name in _REGIONS if len(name) < 4]}, key=len, reverse=True)
)
_OFFSET = r"(?:UTC|GMT)\s?[+\-−–]\s?\d{1,2}(?::?[0-5]\d)?|[+\-−]\d{2}:?[0-5]\d"
_AREA = (
    r"(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)/[A-Za-z_]+(?:[/-][A-Za-z_]+)?"
)
_NAMES = {
    "central european time": "CET", "central european summer time": "CEST", "eastern european time": "EET",
    "western european time": "WET", "british summer time": "BST", "greenwich mean time": "GMT",
    "coordinated universal time": "UTC",
}  # fmt: skip
"""Zones by their full names."""
_SPOKEN = (
    r"(?:(?:US |U\.S\. )?(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))? [Tt]ime"
    rf"|{'|'.join(_NAMES)})"
)
ZONE = rf"(?:{_OFFSET}|{_AREA}|(?-i:{'|'.join(_PAIRS)}|{_UPPER}|utc|gmt|cet|cest|pst|pdt|est|edt)(?![\w/])|{_SPOKEN}\b)"
"""A pattern for a zone as people write it after a time; without groups. Abbreviations are in capital letters."""

_REGION = (
    r"(?:US |U\.S\. )?(?:Eastern|Central|Mountain|Pacific)"
    r"(?!\s+(?:Europe|Africa|Asia|Austral|Indonesia|America|Standard|Daylight|Summer|/))"
)
"""A pattern for the first word of a region's zone, which may be only a direction: read next to a word such as times."""

_SHIFT = re.compile(r"(?:UTC|GMT)?\s?([+\-−–])\s?(\d{1,2}):?(\d\d)?", re.IGNORECASE)


def zone(name: str) -> Zone | None:
    """The zone that a name stands for; None if it is none that we know."""
    name = " ".join(name.strip(" ()[],.;").split())
    if (known := _abbreviations().get(name.upper())) is not None:
        return known
    if name.lower() in _iana():
        return Zone(name, _iana()[name.lower()])
    if (shift := _SHIFT.fullmatch(name)) is not None:
        minutes = int(shift[2]) * 60 + int(shift[3] or 0)
        if minutes > 14 * 60:
            return None
        return Zone(name, timezone(timedelta(minutes=-minutes if shift[1] in "-−–" else minutes)))
    if (instead := _NAMES.get(name.lower())) is not None:
        return _abbreviations()[instead]
    spoken = re.fullmatch(
        r"(?:US |U\.S\. )?(Eastern|Central|Mountain|Pacific)(?: (Standard|Daylight))?(?: Time)?", name, re.I
    )
    if spoken is not None:
        if spoken[2]:
            return _abbreviations().get(spoken[1][0].upper() + ("S" if spoken[2][0] in "Ss" else "D") + "T")
        return _abbreviations().get(spoken[1].upper())
    return None


_PLACES_NAMED = {
    "Asia/Kolkata": r"India|Indian|Kolkata|Mumbai|Delhi|Bangalore|Bengaluru|Hyderabad|Chennai|Pune",
    "Europe/Dublin": r"Ireland|Irish|Dublin", "Asia/Jerusalem": r"Israel|Tel Aviv|Jerusalem",
    "America/Chicago": r"Central|Chicago|Dallas|Texas|US|USA", "Asia/Shanghai": r"China|Chinese|Shanghai|Beijing",
    "America/Havana": r"Cuba|Havana", "America/Halifax": r"Atlantic|Halifax|Canada",
    "Asia/Riyadh": r"Arabian?|Saudi|Riyadh",
}  # fmt: skip
"""Words beside an abbreviation of several zones that say which of them is meant."""
_SURE = re.compile(rf"(?<![\w:]){_OFFSET}(?!\d)|\b{_AREA}", re.IGNORECASE)
_BESIDE = re.compile(
    rf"\s*(?:[(\[]\s*(?P<within>{_OFFSET}|{_AREA}|[A-Z][A-Za-z ]{{1,30}})\s*[)\]]"
    rf"|[/,;=]\s*(?P<after>{_OFFSET}|{_AREA})(?!\d|:))",
    re.IGNORECASE,
)


def settled(known: Zone, line: str) -> Zone:
    """A zone that may be one of several, or the one that a line says is meant: `IST, UTC+5:30`, `IST (India)`."""
    if known.tz is not None:
        return known
    if (sure := _SURE.search(line)) is not None and (one := zone(sure.group())) is not None and one.tz is not None:
        return Zone(known.name, one.tz)
    for place in known.choices:
        if re.search(rf"\b(?:{_PLACES_NAMED[place]})\b", line) and place.lower() in _iana():
            return Zone(known.name, _iana()[place.lower()])
    return known


def settled_beside(known: Zone, text: str, end: int) -> tuple[Zone, int]:
    """A zone behind a time, as what stands right behind it settles which is meant, and where that ends."""
    beside = _BESIDE.match(text, end) if known.tz is None else None
    if beside is None:
        return known, end
    sure = settled(known, beside["within"] or beside["after"])
    return (known, end) if sure.tz is None else (sure, beside.end())


_ALL_TIMES = re.compile(
    rf"\b(?:all\s+|the\s+)?(?:times?(?:stamps?)?|time\s?zones?|tz|zone|clocks?)\b[^.\n]{{0,40}}?[\s(:=]\(?({ZONE})",
    re.IGNORECASE,
)
_ALL_TIMES_IN = re.compile(
    rf"\b(?:times?(?:stamps?)?|time\s?zones?|tz|zone|clocks?|timeline)\b[\s:=(]*"
    rf"(?:(?:are|is|shown|given|listed|all|in|as|the)\b\s*)*({_REGION})(?:\s+time)?\b\W*?(?:$|[)\].,;:*_|])",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"[(\[]\s*(?:all )?(?:times? )?(?:in |are )?({ZONE})(?:\s+time)?\s*[)\]]", re.IGNORECASE)
_AT_END_OF_BRACKETS = re.compile(rf"[(\[][^()\[\]\n]{{0,60}}[\s,;–—-]({ZONE})(?:\s+time)?\s*[)\]]", re.IGNORECASE)
_AT_END = re.compile(rf"(?:^|[\s,–—:|-])({ZONE})\s*(?:[:.]\s*)?$", re.IGNORECASE)


_ABOUT = re.compile(
    r"\b(?:all\s+)?(?:the\s+)?(?:times?(?:stamps?)?|timeline|clock)\b[\s(:*_]*(?:(?:are|is|given|all|only|as|below|here|in"
    rf"|very|{ZONE})\b[\s,;(]*)*(?:approximate|approximations?|approx\b|approximated|rough(?:ly)?\b|estimate[sd]?\b"
    r"|about right|not exact|inexact|imprecise)",
    re.IGNORECASE,
)


def are_all_about(line: str) -> bool:
    """Whether a line says that all times are only about right: "Timeline (all times approximate)"."""
    return _ABOUT.search(line) is not None


def zone_of_all(line: str) -> Zone | None:
    """The zone that a line of prose gives for the times of the document: "All times in CET", "Timezone: UTC"."""
    found = _ALL_TIMES.search(line) or _ALL_TIMES_IN.search(line)
    known = zone(found[1]) if found else None
    return settled(known, line) if known is not None else None


def zone_in_heading(line: str) -> Zone | None:
    """The zone that a heading, or the head of a column, gives for the times under it: "Timeline (UTC)"."""
    for pattern in (_ALL_TIMES, _ALL_TIMES_IN, _IN_BRACKETS, _AT_END_OF_BRACKETS, _AT_END):
        if (found := pattern.search(line)) is not None and (known := zone(found[1])) is not None:
            return settled(known, line)
    return None
