"""From times as written to moments: dates that carry on, midnight, zones, the order of the lines, and what doesn't fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

import msgspec

from warroom.timelines.rows import DayMark, Item, Row, StartMark, ZoneMark
from warroom.timelines.stamps import HOUR, Day
from warroom.timelines.zones import Zone

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BACK_COSTS = 3
"""An hour backwards is as unlikely as so many hours forwards: lines are mostly in the order in which things happened."""


class Placed(msgspec.Struct):
    """A row with its moment: ms UTC, or None if its time or date is not known."""

    row: Row
    at: int | None
    precision: str
    zone: str = ""


class Remark(msgspec.Struct, frozen=True):
    """Something about a line, or with line 0 about all of them, that the reader has to know."""

    line: int
    text: str


class Given(msgspec.Struct, frozen=True):
    """What was said beside the text: the day, the moment that T+0 is (ms UTC), the zone; None where nothing was."""

    day: date | None = None
    start: int | None = None
    zone: Zone | None = None
    american: bool | None = None


class Placer:
    """Places the rows of one text."""

    def __init__(self, items: Sequence[Item], given: Given) -> None:
        self._items, self._given = items, given
        self.remarks: list[Remark] = []
        self.missing: set[str] = set()
        """What has to be asked for: "date", "year", "zone", "start"."""
        self._month_first = self._which_first()
        self._year = self._only_year()
        self._year_is_sure = True
        self._newest_first = False
        self._seasons: set[str] = set()

    def placed(self) -> list[Placed]:
        """The rows in the order of the text, with their moments."""
        self._fill_halves()
        marked = self._marked()
        self._newest_first = self._is_newest_first(marked)
        if self._newest_first and len(marked) > 1:
            self.remarks.append(Remark(0, "The newest line is at the top, so the lines are read from the bottom up."))
        order = marked[::-1] if self._newest_first else marked
        start = self._given.start if self._given.start is not None else self._said_start()
        found: list[Placed] = []
        before: int | None = None  # ms of a naive clock: the day and time of the row before, as its zone shows it
        for row, mark, zone in order:
            placed, naive = self._place(row, mark, zone, before, start)
            if naive is not None:
                before = naive
            found.append(placed)
        if self._newest_first:
            found.reverse()
        self._tell_order(found)
        return found

    def _fill_halves(self) -> None:
        """Times without am or pm among times that have it, as chats shorten them, are near the ones before."""
        rows = [row for row in self._rows() if row.stamp.clock is not None and row.stamp.day is None]
        if not any(row.stamp.half for row in rows):
            return
        before: int | None = None
        for row in rows:
            clock = row.stamp.clock
            if before is not None and clock is not None and not row.stamp.half and clock < 13 * HOUR:
                base = clock % (12 * HOUR)
                clock = min((base, base + 12 * HOUR), key=lambda ms: _cost((ms - (before or 0)) / HOUR))
                row.stamp = msgspec.structs.replace(row.stamp, clock=clock)
            before = clock

    def choices(self) -> tuple[str, ...]:
        """The zones that an abbreviation may stand for, if that has to be asked for."""
        rows = {row.stamp.zone for row in self._rows()} | {
            item.zone for item in self._items if isinstance(item, ZoneMark)
        }
        return tuple(choice for zone in rows if zone is not None and zone.tz is None for choice in zone.choices)

    def _marked(self) -> list[tuple[Row, Day | None, Zone | None]]:
        """Each row with the day and zone that hold for it."""
        zones = [item for item in self._items if isinstance(item, ZoneMark)]
        first = next((at for at, item in enumerate(self._items) if isinstance(item, Row)), 0)
        zone = self._given.zone
        for item in self._items[:first]:
            if isinstance(item, ZoneMark):
                zone = item.zone
        if zone is None and zones:  # said below the first line: "All times in CET" at the end
            zone = zones[0].zone
        if zone is None:
            zone = self._common_zone()
        day: Day | None = None
        found = []
        for item in self._items:
            if isinstance(item, ZoneMark):
                zone = item.zone
            elif isinstance(item, DayMark):
                day = item.day
            elif isinstance(item, Row):
                found.append((item, day, zone))
                if item.stamp.day is not None:
                    day = None  # the row's own date carries on instead
        return found

    def _common_zone(self) -> Zone | None:
        """The zone of rows that have none, if all that have one have the same."""
        names = {row.stamp.zone for row in self._rows() if row.stamp.zone is not None}
        return names.pop() if len(names) == 1 else None

    def _rows(self) -> list[Row]:
        return [item for item in self._items if isinstance(item, Row)]

    def _days(self) -> list[Day]:
        return [item.day for item in self._items if isinstance(item, DayMark)] + [
            row.stamp.day for row in self._rows() if row.stamp.day is not None
        ]

    def _which_first(self) -> bool:
        """Whether 05/06 is the 6th of May: as the other dates have it, or the weekdays, else as in American English."""
        if self._given.american is not None:
            return self._given.american
        votes = 0
        seen: list[tuple[int, int]] = []
        for day in self._days():
            if day.is_open:
                seen.append((day.first, day.second))
                if day.weekday is not None and day.year is not None:
                    for month_first in (True, False):
                        known = _date(day, day.year, month_first)
                        votes += (1 if month_first else -1) * (known is not None and known.weekday() == day.weekday)
        for item in self._items:
            raw = item.day if isinstance(item, DayMark) else item.stamp.day if isinstance(item, Row) else None
            if raw is not None and not raw.is_open and self._given.day is not None and seen:
                votes += 0
        if self._given.day is not None and seen:
            month, day_ = self._given.day.month, self._given.day.day
            votes += 2 * ((month, day_) in seen) - 2 * ((day_, month) in seen)
        if votes == 0 and seen:
            firsts, seconds = {first for first, _ in seen}, {second for _, second in seen}
            if len(seconds) == 1 and len(firsts) > 1:  # 5/6, 6/6, 7/6: the days of one incident
                votes = -1
        return votes >= 0

    def _only_year(self) -> int | None:
        years = {day.year for day in self._days() if day.year is not None}
        if self._given.day is not None:
            years.add(self._given.day.year)
        if self._given.start is not None:
            years.add(datetime.fromtimestamp(self._given.start / 1000, UTC).year)
        return min(years) if years else None

    def _is_newest_first(self, marked: Sequence[tuple[Row, Day | None, Zone | None]]) -> bool:
        """Whether the lines go back in time."""
        steps: list[tuple[float, bool]] = []
        previous: tuple[date | None, int] | None = None
        for row, mark, _ in marked:
            stamp = row.stamp
            written = stamp.day or mark
            day = self._date_of(written) if written is not None else None
            if stamp.ms is not None:
                now: tuple[date | None, int] = (
                    date(1970, 1, 1) + timedelta(milliseconds=stamp.ms),
                    stamp.ms % (24 * HOUR),
                )
            elif stamp.clock is not None:
                now = (day if written is not None else None, stamp.clock)
            elif stamp.after is not None:
                now = (date(1970, 1, 1), stamp.after)
            else:
                continue
            if previous is not None:
                steps.append(_step(previous, now))
            previous = now
        on, back = sum(hours > 0 for hours, _ in steps), sum(hours < 0 for hours, _ in steps)
        return back > on and (back > 1 or any(dated for hours, dated in steps if hours < 0))

    def _said_start(self) -> int | None:
        """The moment of T+0 that the text gives, in a line of its own or beside it: `T+0 (13:20 UTC)`."""
        for item in self._items:
            if isinstance(item, StartMark):
                placed, _ = self._place(
                    Row(item.line, item.stamp), None, self._common_zone() or self._given.zone, None, None
                )
                if placed.at is not None:
                    return placed.at
        return None

    def _place(
        self, row: Row, mark: Day | None, zone: Zone | None, before: int | None, start: int | None
    ) -> tuple[Placed, int | None]:
        stamp = row.stamp
        about = "approximate" if stamp.about else "exact"
        if stamp.ms is not None:
            return Placed(row, stamp.ms, about), None
        if stamp.after is not None:
            if start is None:
                self.missing.add("start")
                return Placed(row, None, about), None
            return Placed(row, start + stamp.after, about), None
        zone = stamp.zone or zone
        day = self._day(row, mark, before)
        if stamp.unknown or (stamp.clock is None and day is None):
            return Placed(row, None, "unknown"), (
                _naive(day, _clock_of(before)) if day is not None and (stamp.day or mark) else None
            )
        if day is None:
            written = stamp.day or mark
            self.missing.add("date" if written is None or written.year is not None else "year")
            return Placed(row, None, "day" if stamp.clock is None else about), None
        if zone is None or zone.tz is None:
            self.missing.add("zone")
            if stamp.clock is None:
                return Placed(row, None, "day"), _naive(day, 0)
            return Placed(row, None, about), _naive(day, stamp.clock)
        if stamp.clock is None:
            return Placed(row, self._moment(row, day, 0, zone.tz, zone), "day", zone.name), _naive(day, 0)
        return Placed(row, self._moment(row, day, stamp.clock, zone.tz, zone), about, zone.name), _naive(
            day, stamp.clock
        )

    def _day(self, row: Row, mark: Day | None, before: int | None) -> date | None:
        stamp = row.stamp
        written = stamp.day or (mark if mark is not None else None)
        if stamp.day is not None or (mark is not None and (before is None or self._new_mark(row, mark, before))):
            assert written is not None
            found = self._date_of(written)
            if found is None:
                return None
            if written.weekday is not None and found.weekday() != written.weekday:
                self.remarks.append(
                    Remark(
                        row.line,
                        f"{found:%Y-%m-%d} is a {_WEEKDAYS[found.weekday()]}, not a {_WEEKDAYS[written.weekday]}.",
                    )
                )
            if stamp.day is None and stamp.clock is not None and before is not None:
                return found
            return found
        if before is not None and stamp.clock is not None:
            return self._nearest(row, before)
        base = date(1970, 1, 1) + timedelta(milliseconds=before) if before is not None else self._given.day
        if base is None and self._given.start is not None:
            base = datetime.fromtimestamp(self._given.start / 1000, UTC).date()
        if base is not None and stamp.weekday is not None:
            base = base + timedelta(days=(stamp.weekday - base.weekday()) % 7)
        return base

    def _new_mark(self, row: Row, mark: Day, before: int) -> bool:
        """Whether the date above a row is one that the row before it did not have."""
        fresh = mark is not self._last_mark
        self._last_mark = mark
        return fresh

    _last_mark: Day | None = None

    def _nearest(self, row: Row, before: int) -> date:
        """The day of a time without a date: that of the row before, or the day after it or before it if that is nearer."""
        stamp = row.stamp
        assert stamp.clock is not None
        last = date(1970, 1, 1) + timedelta(days=before // (24 * HOUR))
        if stamp.weekday is not None:
            return last + timedelta(days=(stamp.weekday - last.weekday()) % 7)
        clock = before % (24 * HOUR)
        steps = {days: stamp.clock + days * 24 * HOUR - clock for days in (0, 1, -1)}
        days = min(steps, key=lambda days: _cost(steps[days] / HOUR))
        return last + timedelta(days=days)

    def _date_of(self, day: Day) -> date | None:
        year = day.year if day.year is not None else self._year
        if year is None:
            return None
        found = _date(day, year, self._month_first)
        if (
            day.year is None
            and found is not None
            and self._given.day is not None
            and self._given.day - found > timedelta(days=183)
        ):
            found = _date(day, year + 1, self._month_first)  # January of the next year
        return found

    def _moment(self, row: Row, day: date, clock: int, tz: tzinfo, zone: Zone) -> int | None:
        days, clock = divmod(clock, 24 * HOUR)
        try:
            naive = datetime(day.year, day.month, day.day) + timedelta(days=days, milliseconds=clock)
            moment = naive.replace(tzinfo=tz)
            ms = round(moment.timestamp() * 1000)
        except (OverflowError, ValueError):
            return None
        if datetime.fromtimestamp(ms / 1000, UTC).astimezone(tz).replace(tzinfo=None) != naive:
            self.remarks.append(
                Remark(row.line, f"There was no {naive:%H:%M} on {naive:%Y-%m-%d}: the clocks went forward over it.")
            )
        instead = zone.out_of_season(moment)
        if instead and zone.name not in self._seasons:
            self._seasons.add(zone.name)
            self.remarks.append(
                Remark(
                    row.line,
                    f"{zone.name} was not in use on {naive:%Y-%m-%d}, when clocks showed {instead}; it is read as it says, {zone.name}.",
                )
            )
        return ms

    def _tell_order(self, placed: Sequence[Placed]) -> None:
        """Say which lines seem out of order."""
        rows = [
            one
            for one in (placed[::-1] if self._newest_first else placed)
            if one.at is not None and one.precision != "day"
        ]
        latest: Placed | None = None
        for one in rows:
            if latest is not None and one.at is not None and latest.at is not None and one.at < latest.at:
                self.remarks.append(
                    Remark(
                        one.row.line, f"This line is earlier than line {latest.row.line} before it; it stays as it is."
                    )
                )
            if latest is None or (one.at or 0) >= (latest.at or 0):
                latest = one


def _date(day: Day, year: int, month_first: bool) -> date | None:
    month, number = (
        (day.month, day.day) if not day.is_open else (day.first, day.second) if month_first else (day.second, day.first)
    )
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _naive(day: date | None, clock: int) -> int | None:
    return None if day is None else (day - date(1970, 1, 1)).days * 24 * HOUR + clock


def _clock_of(before: int | None) -> int:
    return 0 if before is None else before % (24 * HOUR)


def _step(before: tuple[date | None, int], now: tuple[date | None, int]) -> tuple[float, bool]:
    """Hours from one time to the next, and whether their dates say so; without dates, on the nearest day."""
    hours = (now[1] - before[1]) / HOUR
    if before[0] is not None and now[0] is not None:
        return hours + (now[0] - before[0]).days * 24, True
    return min((hours, hours + 24, hours - 24), key=abs), False


def _cost(hours: float) -> float:
    return hours if hours >= 0 else -hours * _BACK_COSTS
