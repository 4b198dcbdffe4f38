"""Calendars (.ics) of who is on call, as rota programs and mail programs write them: the times around now only.

A file may have ten years of weeks, repeated by rules with exceptions, or rules that were made to keep a program busy
for ever: no more is worked out than somebody could look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

import msgspec

from warroom.addressbook.content import Property, properties
from warroom.addressbook.repeating import Budget, TooMuch, WrongRule, starts
from warroom.model import times
from warroom.model.kinds.people import zone_of
from warroom.text.cleaning import clean_line

_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_DURATION = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")
_MOST_EVENTS = 2_000
_LONGEST = timedelta(days=400)
_NEAR_BEFORE, _NEAR_AFTER = 24 * times.HOUR, 7 * 24 * times.HOUR
"""What is read of a file whose rules repeat too often: so many ms before now, and after."""
_LISTED = 50
"""So many remarks are told one by one; the others are counted."""
_WINDOWS = """
W. Europe Standard Time=Europe/Berlin;Romance Standard Time=Europe/Paris;Central Europe Standard Time=Europe/Budapest
Central European Standard Time=Europe/Warsaw;GMT Standard Time=Europe/London;Greenwich Standard Time=Atlantic/Reykjavik
E. Europe Standard Time=Europe/Chisinau;FLE Standard Time=Europe/Kiev;GTB Standard Time=Europe/Bucharest
Russian Standard Time=Europe/Moscow;Turkey Standard Time=Europe/Istanbul;Israel Standard Time=Asia/Jerusalem
South Africa Standard Time=Africa/Johannesburg;Eastern Standard Time=America/New_York;UTC=UTC
Central Standard Time=America/Chicago;Mountain Standard Time=America/Denver;Pacific Standard Time=America/Los_Angeles
US Mountain Standard Time=America/Phoenix;Alaskan Standard Time=America/Anchorage;Atlantic Standard Time=America/Halifax
Hawaiian Standard Time=Pacific/Honolulu;E. South America Standard Time=America/Sao_Paulo
Argentina Standard Time=America/Buenos_Aires;SA Pacific Standard Time=America/Bogota
India Standard Time=Asia/Kolkata;Pakistan Standard Time=Asia/Karachi;Arabian Standard Time=Asia/Dubai
China Standard Time=Asia/Shanghai;Singapore Standard Time=Asia/Singapore;Tokyo Standard Time=Asia/Tokyo
Korea Standard Time=Asia/Seoul;SE Asia Standard Time=Asia/Bangkok;AUS Eastern Standard Time=Australia/Sydney
E. Australia Standard Time=Australia/Brisbane;W. Australia Standard Time=Australia/Perth
Cen. Australia Standard Time=Australia/Adelaide;New Zealand Standard Time=Pacific/Auckland
"""
"""What Outlook calls the zones."""


class Event(msgspec.Struct, frozen=True):
    """A time from `since` up to `until` (ms UTC): what it is called, and who takes part, by name and e-mail."""

    line: int
    since: int
    until: int
    summary: str
    people: tuple[tuple[str, str], ...] = ()


class Calendar(msgspec.Struct):
    """What a file says: its own name, the events of the time asked for, and what was not understood, by line."""

    name: str = ""
    events: list[Event] = []
    remarks: list[tuple[int, str]] = []
    total: int = 0
    """How many events the file has in all, each repeated one counted once."""


class _Moment(msgspec.Struct, frozen=True):
    """A time as it stands in the file: on the clock of a zone, or a whole day."""

    clock: datetime
    tz: tzinfo
    whole_day: bool

    @property
    def ms(self) -> int:
        return times.to_ms(self.clock.replace(tzinfo=self.tz))


class _Wrong(ValueError):
    """An event that can't be read; the text says why."""


_Raw = dict[str, list[Property]]


def read(text: str, since: int, until: int, tz: tzinfo | None, *, now: int) -> Calendar:
    """The events of a calendar that touch the time from `since` up to `until` (ms UTC); never raises.

    If there are too many, those nearest to `now` are kept. A time without a zone is one of the calendar's, else of `tz`
    (None: the machine's own), as whole days are.
    """
    found = Calendar()
    reader = _Reader(found, since, until, tz or times.MachineZone())
    if not reader.read(text):
        nearer = Calendar()
        begin, end = max(since, now - _NEAR_BEFORE), min(until, now + _NEAR_AFTER)
        if _Reader(nearer, begin, end, tz or times.MachineZone()).read(text):
            found = nearer
            much = "only what is between a day ago and a week ahead is read"
        else:
            much = "the rest is left out"
        found.remarks.insert(0, (0, f"the rules of this file repeat too often; {much}"))
    found.events = list(dict.fromkeys(found.events))
    if len(found.events) > _MOST_EVENTS:
        found.remarks.append((0, f"only the {_MOST_EVENTS:,} times nearest to now are taken, of {len(found.events):,}"))
        found.events = sorted(found.events, key=lambda event: _far(event, now))[:_MOST_EVENTS]
    found.events.sort(key=lambda event: (event.since, event.until, event.summary))
    if len(found.remarks) > _LISTED:
        more = len(found.remarks) - _LISTED
        found.remarks = [*found.remarks[:_LISTED], (0, f"and {more:,} more of the kind")]
    return found


def _far(event: Event, now: int) -> tuple[int, int]:
    """How far an event is from now (ms); of two that are as far, the later one goes first."""
    return max(event.since - now, now - event.until + 1, 0), -event.since


class _Reader:
    def __init__(self, found: Calendar, since: int, until: int, tz: tzinfo) -> None:
        self.found, self.since, self.until, self.tz = found, since, until, tz
        self.locations: dict[str, str] = {}
        self.budget = Budget()
        self.unknown_zones: dict[str, None] = {}

    def read(self, text: str) -> bool:
        """Read a file; whether all of its rules were worked out."""
        raw = list(self._events(text))
        self.found.total = len(raw)
        moved: dict[str, set[int]] = {}
        for line, event in raw:
            if "RECURRENCE-ID" in event:
                try:
                    moved.setdefault(_value(event, "UID"), set()).add(self._moment(event["RECURRENCE-ID"][0]).ms)
                    if "RANGE" in event["RECURRENCE-ID"][0].parameters:
                        self._say(line, "it changes all that follow, too; only its own time is changed here")
                except (OverflowError, ValueError) as error:
                    self._say(line, f"{_called(event)}: {_why(error)}")
        for line, event in raw:
            try:
                self._take(line, event, moved)
            except TooMuch:
                return False
            except (OverflowError, ValueError) as error:
                self._say(line, f"{_called(event)}: {_why(error)}")
        return True

    def _say(self, line: int, text: str) -> None:
        self.found.remarks.append((line, text))

    def _events(self, text: str) -> Iterator[tuple[int, _Raw]]:
        event: _Raw | None = None
        within: list[str] = []
        unended: Counter[str] = Counter()
        """How often each name is in `within`, which may be long in a file that somebody made to keep us busy."""
        zone, begins = "", 0
        for one in properties(text):
            if not isinstance(one, Property):
                if within:
                    self._say(one[0], f"not understood: “{clean_line(one[1])[:60]}”")
                continue
            if one.name == "BEGIN":
                within.append(one.value.strip().upper())
                unended[within[-1]] += 1
                if within[-1] == "VEVENT":
                    event, begins = {}, one.line
            elif one.name == "END":
                name = one.value.strip().upper()
                if name == "VEVENT" and event is not None:
                    yield begins, event
                    event = None
                ended = not unended[name]
                while not ended:
                    unended[within[-1]] -= 1
                    ended = within.pop() == name
            elif within[-1:] == ["VEVENT"] and event is not None:
                event.setdefault(one.name, []).append(one)
            elif within[-1:] == ["VTIMEZONE"]:
                zone = one.text.strip() if one.name == "TZID" else zone
                if one.name == "X-LIC-LOCATION":
                    self.locations[zone] = one.text.strip()
            elif one.name in ("X-WR-CALNAME", "NAME") and within[-1:] == ["VCALENDAR"]:
                self.found.name = self.found.name or " ".join(clean_line(one.text).split())
            elif one.name == "X-WR-TIMEZONE" and (tz := self._zone(one.text.strip())) is not None:
                self.tz = tz
        if event is not None:
            self._say(begins, "this event has no end, and is left out")

    def _take(self, line: int, event: _Raw, moved: dict[str, set[int]]) -> None:
        if _value(event, "STATUS").upper() == "CANCELLED":
            return
        if "DTSTART" not in event:
            raise _Wrong("it has no beginning")
        first = self._moment(event["DTSTART"][0])
        long = self._length(event, first)
        repeats = "RRULE" in event or "RDATE" in event
        if not repeats:
            self._add(line, event, first, first.clock, long)
            return
        own = "RECURRENCE-ID" not in event
        without = moved.get(_value(event, "UID"), set()) if own else set()
        days: set[datetime] = set()
        for given in self._moments(event, "EXDATE"):
            without = without | {given.ms}
            if given.whole_day:
                days.add(given.clock)
        low = times.local(self.since, first.tz).replace(tzinfo=None) - long
        high = times.local(self.until, first.tz).replace(tzinfo=None)
        clocks = {first.clock: None}
        for rule in event.get("RRULE", [])[:1]:
            for clock in starts(rule.value, first.clock, low, high, lambda text: self._until(text, first), self.budget):
                clocks[clock] = None
        if len(event.get("RRULE", [])) > 1:
            self._say(line, f"{_called(event)}: only the first of its rules is used")
        for extra in self._moments(event, "RDATE"):
            clocks[times.local(extra.ms, first.tz).replace(tzinfo=None)] = None
        for clock in clocks:
            at = msgspec.structs.replace(first, clock=clock)
            day = clock.replace(hour=0, minute=0, second=0)
            if at.ms not in without and day not in days:
                self._add(line, event, at, clock, long)

    def _add(self, line: int, event: _Raw, at: _Moment, clock: datetime, long: timedelta) -> None:
        since, until = at.ms, msgspec.structs.replace(at, clock=clock + long).ms
        if since >= self.until or until <= self.since or until <= since:
            return
        self.budget.spend(1)
        summary = " ".join(clean_line(_text(event, "SUMMARY")).split())[:300]
        self.found.events.append(Event(line, since, until, summary, tuple(_people(event))))

    def _length(self, event: _Raw, first: _Moment) -> timedelta:
        if "DTEND" in event:
            end = self._moment(event["DTEND"][0])
            clock = end.clock if end.tz is first.tz else times.local(end.ms, first.tz).replace(tzinfo=None)
            long = clock - first.clock
        elif "DURATION" in event:
            found = _DURATION.fullmatch(_value(event, "DURATION").upper())
            if found is None:
                raise _Wrong(f"it lasts “{clean_line(_value(event, 'DURATION'))[:40]}”, which is no length of time")
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            long = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        else:
            long = timedelta(days=1) if first.whole_day else timedelta(0)
        if long < timedelta(0):
            raise _Wrong("it ends before it begins")
        if long > _LONGEST:
            raise _Wrong(f"it lasts {long.days:,} days, which nobody is on call")
        return long

    def _until(self, text: str, first: _Moment) -> datetime:
        """The end of a rule on the clock of the event."""
        end = self._parse(text, "")
        if end.whole_day:
            return end.clock + timedelta(days=1, seconds=-1)
        return times.local(end.ms, first.tz).replace(tzinfo=None) if text.strip().endswith("Z") else end.clock

    def _moments(self, event: _Raw, name: str) -> Iterator[_Moment]:
        for one in event.get(name, []):
            for text in one.value.split(","):
                if not text.strip():
                    continue
                try:
                    yield self._parse(text.partition("/")[0], one.parameters.get("TZID", ""))
                except _Wrong as error:
                    self._say(one.line, f"{_called(event)}: {error}; this one time is left out of {name}")

    def _moment(self, one: Property) -> _Moment:
        return self._parse(one.value, one.parameters.get("TZID", ""))

    def _parse(self, text: str, zone: str) -> _Moment:
        found = _MOMENT.fullmatch(text.strip())
        if found is None:
            raise _Wrong(f"“{clean_line(text)[:40]}” is no time")
        year, month, day, hour, minute, second, utc = found.groups()
        tz = UTC if utc else (self._zone(zone) or self.tz) if zone else self.tz
        try:
            clock = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59)
            )
        except ValueError:
            raise _Wrong(f"“{text.strip()}” is no time") from None
        if not 1900 < clock.year < 9000:
            raise _Wrong(f"it is in the year {clock.year}")
        return _Moment(clock, tz, hour is None)

    def _zone(self, name: str) -> tzinfo | None:
        found = _named_zone(name) or _named_zone(self.locations.get(name, ""))
        if found is None and name not in self.unknown_zones:
            self.unknown_zones[name] = None
            self._say(
                0, f"the zone “{clean_line(name)[:60]}” is not known; its times are read as those of your own zone"
            )
        return found


def _why(error: Exception) -> str:
    """Why an event can't be read, in our own words."""
    return str(error) if isinstance(error, _Wrong | WrongRule) else "its times are too far away to be worked out"


def _value(event: _Raw, name: str) -> str:
    return event[name][0].value.strip() if name in event else ""


def _text(event: _Raw, name: str) -> str:
    return event[name][0].text.strip() if name in event else ""


def _called(event: _Raw) -> str:
    return f"“{' '.join(clean_line(_text(event, 'SUMMARY')).split())[:60] or 'an event'}”"


def _people(event: _Raw) -> Iterator[tuple[str, str]]:
    for one in event.get("ATTENDEE", [])[:20]:
        given = one.parameters
        if given.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE") or given.get("PARTSTAT", "").upper() == "DECLINED":
            continue
        mail = re.sub("(?i)^mailto:", "", one.text.strip())
        name = clean_line(given.get("CN", "")).strip()
        if name or "@" in mail:
            yield ("" if name.casefold() == mail.casefold() else name), (clean_line(mail) if "@" in mail else "")


@cache
def _named_zone(name: str) -> tzinfo | None:
    """A zone by its IANA name, also at the end of a path, or by the name that Outlook has for it."""
    names = dict(row.split("=") for line in _WINDOWS.strip().splitlines() for row in line.split(";"))
    parts = name.strip('"').strip("/").split("/")
    tries = [names.get(name.strip('"'), ""), *("/".join(parts[at:]) for at in range(len(parts)))]
    return next((tz for one in tries if one and (tz := zone_of(one)) is not None), None)
