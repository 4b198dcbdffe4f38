"""Which day a time is on: dates without a year, dates that may be two, times without a date or without am and pm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import msgspec

from warroom.timelines.dates import LAST_YEAR, Day
from warroom.timelines.rows import Row
from warroom.timelines.stamps import HOUR, Stamp

DAY = 24 * HOUR
EPOCH = date(1970, 1, 1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SAME_DAYS = timedelta(days=3)
_HALF_A_YEAR = timedelta(days=183)
MAY_BE_NEXT_DAY, IS_NEXT_DAY = 12, 18
"""Hours back from which a time may be one of the next day, and from which it is: 23:50, 00:20."""
_BACK_OVER_MIDNIGHT = 2
"""Hours within which a line may go back over midnight: 00:30, 23:50; but 01:00, 23:00 is the next night."""
_SEVERAL = 3
"""Rows that say something by being alike, or by not being so."""
_BACK_COSTS = 3
"""An hour backwards is as unlikely as so many hours forwards: lines mostly follow what happened."""


class Calendar:
    """Turns the dates of one text, as written, into days."""

    def __init__(self, written: Sequence[Day], first: date | None, begins: Day | None = None) -> None:
        """`written` is in the order of the text; `first` is the day of the first line, if it was given.

        `begins` is what the text says of the day of that line.
        """
        self._first = first
        numbered = [day for day in written if day.nth is not None and not day.is_relative]
        written = [day for day in written if not day.is_relative]
        years = {day.year for day in written if day.year is not None} | ({first.year} if first is not None else set())
        self._year = min(years, default=None)
        self._month_first, self._is_settled = _is_month_first(written, first)
        self._day_one = self._today = None
        for day in numbered:
            self._day_one = self._day_one or shifted(self.date_of(day), 1 - (day.nth or 1))
        start = first or next((found for day in written if (found := self.date_of(day)) is not None), None)
        self._day_one = self._day_one or shifted(start, 1 - (begins.nth if begins is not None and begins.nth else 1))
        if begins is not None and begins.ago is not None:
            self._today = shifted(start, begins.ago)

    def other_date_of(self, day: Day) -> date | None:
        """The other day that a date may be, of which nothing says which is meant; None if that is known."""
        year = day.year if day.year is not None else self._year
        if self._is_settled or not day.is_open or day.first == day.second or year is None:
            return None
        return _date(day, year, month_first=not self._month_first)

    def has_year(self, day: Day) -> bool:
        """Whether the year of a date is known."""
        return day.year is not None or self._year is not None

    def date_of(self, day: Day) -> date | None:
        """The day that is meant; None if nothing says its year, or what it is counted from, or if there is none."""
        if day.is_relative:
            if day.nth is not None:
                return shifted(self._day_one, day.nth - 1)
            return shifted(self._today, -day.ago) if day.ago is not None else None
        year = day.year if day.year is not None else self._year
        if year is None:
            return None
        found = _date(day, year, month_first=self._month_first)
        if day.year is None and found is not None and self._first is not None and self._first - found > _HALF_A_YEAR:
            return _date(day, year + 1, month_first=self._month_first)  # January of the next year
        return found


def _is_month_first(written: Sequence[Day], first: date | None) -> tuple[bool, bool]:
    """Whether 05/06 is the 6th of May, and whether anything says so; else it is read as in American English."""
    open_days = [day for day in written if day.is_open]
    votes = 0
    for day in open_days:
        if day.weekday is not None and day.year is not None:
            for month_first, vote in ((True, 1), (False, -1)):
                known = _date(day, day.year, month_first=month_first)
                votes += vote * (known is not None and known.weekday() == day.weekday)
    seen = {(day.first, day.second) for day in open_days}
    if first is not None:
        votes += 2 * ((first.month, first.day) in seen) - 2 * ((first.day, first.month) in seen)
    if votes == 0:
        votes = _as_the_others(written, seen)
    if votes == 0:
        votes = _near_the_others(written, open_days, first)
    if votes == 0:
        # 5/6, 6/6, 7/6 are the days of one incident
        votes = -(len({second for _, second in seen}) == 1 and len({first for first, _ in seen}) > 1)
    return votes >= 0, votes != 0


def _as_the_others(written: Sequence[Day], seen: Collection[tuple[int, int]]) -> int:
    """Above 0 if the other dates of a text have the month first: 05/25; or if they are of the same day, May 6."""
    votes = 0
    for day in written:
        if not day.is_open and day.first:
            votes += 1 if day.second > 12 else -1
        elif not day.is_open:
            votes += ((day.month, day.day) in seen) - ((day.day, day.month) in seen)
    return votes


def _near_the_others(written: Sequence[Day], open_days: Sequence[Day], first: date | None) -> int:
    """Above 0 if only with the month first the open dates are in the same days as the others: 05/12 beside May 13."""
    others = [date(day.year, day.month, day.day) for day in written if day.year is not None and not day.is_open]
    others += [first] if first is not None else []
    votes = 0
    for day in {day for day in open_days if day.year is not None} if others else ():
        for month_first, vote in ((True, 1), (False, -1)):
            known = _date(day, day.year or 0, month_first=month_first)
            votes += vote * (known is not None and any(abs(known - other) <= _SAME_DAYS for other in others))
    return votes


def _date(day: Day, year: int, *, month_first: bool) -> date | None:
    month, number = day.month, day.day
    if day.is_open:
        month, number = (day.first, day.second) if month_first else (day.second, day.first)
    try:
        return date(year, month, number)
    except ValueError:
        return None


def fill_halves(rows: Sequence[Row]) -> None:
    """Read times without am or pm, among times that have it, as near the ones before: chats shorten them so."""
    timed = [row for row in rows if row.stamp.clock is not None and row.stamp.day is None]
    if not any(row.stamp.half for row in timed):
        return
    before: int | None = None
    for row in timed:
        clock = row.stamp.clock
        if before is not None and clock is not None and not _is_said(row.stamp) and clock < 13 * HOUR:
            last, base = before, clock % (12 * HOUR)
            clock = min((base, base + 12 * HOUR), key=lambda ms: min(cost((ms - last) / HOUR), (ms - last) / HOUR % 24))
            row.stamp = msgspec.structs.replace(row.stamp, clock=clock)
        before = clock


def fill_days_after(rows: Sequence[Row]) -> None:
    """Read `+1d 02:10` as a time of the next day where the other rows have times of a day, and none counts from T+0."""
    if all(row.stamp.clock is None for row in rows):
        return
    counted = [row for row in rows if row.stamp.after is not None]
    if all(row.stamp.clock_after is not None for row in counted):
        for row in counted:
            day, clock = Day(None, nth=row.stamp.days_after + 1), row.stamp.clock_after
            row.stamp = msgspec.structs.replace(row.stamp, day=day, clock=clock, after=None)


def settle_ranges(rows: Sequence[Row]) -> None:
    """Read 22:00-05:00, which may be a range or a time of a zone, as the other rows say.

    It is a time of that zone if another row can only be one (13:20-05:00), or if several rows have the same and none is
    plainly a range. It is a range if another row is one, or if several have different ends.
    """
    unclear = [(row, shift) for row in rows if (shift := row.stamp.shift) is not None]
    if not unclear:
        return
    plain = [row.stamp for row in rows if row.stamp.shift is None]
    sure = {stamp.zone.tz for stamp in plain if stamp.zone is not None and stamp.zone.name[:1] in ("-", "−")}
    has_ranges = any(stamp.until and stamp.clock is not None for stamp in plain)
    ends = {shift.name for _, shift in unclear}
    is_same = len(ends) == 1 and len(unclear) >= _SEVERAL and not has_ranges
    for row, shift in unclear:
        if shift.tz in sure or is_same:
            row.stamp = msgspec.structs.replace(row.stamp, zone=shift, until="")
        elif has_ranges or len(ends) >= _SEVERAL:
            row.stamp = msgspec.structs.replace(row.stamp, zone=None, until=shift.name[1:])


def _is_said(stamp: Stamp) -> bool:
    """Whether a time says itself which half of the day it is in."""
    return stamp.half or stamp.word


def naive(day: date | None, clock: int) -> int | None:
    """A day and a time on it as ms since 1970 by the clock of its zone; None without a day."""
    return None if day is None else shown_at(day, clock)


def shown_at(day: date, clock: int) -> int:
    """A day and a time on it as ms since 1970 by the clock of its zone."""
    return (day - EPOCH).days * DAY + clock


def day_of(shown: int) -> date:
    """The day of such a time."""
    return EPOCH + timedelta(days=shown // DAY)


def shifted(day: date | None, days: int) -> date | None:
    """The day so many days later; None without a day, or where that is too far away to be meant."""
    later = None if day is None else day + timedelta(days=days)
    return later if later is not None and later.year <= LAST_YEAR else None


def on_nearest_day(before: int, clock: int, above: date | None) -> date | None:
    """The day of a time without a date: that of the time before, or the day after it or before it if that is nearer.

    It is not before the date that stands above both, if one does, and not long before the other.
    """
    last = day_of(before)
    steps = [0, 1]
    if last != above and (before % DAY + DAY - clock) % DAY < _BACK_OVER_MIDNIGHT * HOUR:
        steps.append(-1)
    return shifted(last, min(steps, key=lambda days: cost((clock + days * DAY - before % DAY) / HOUR)))


def step(before: tuple[date | None, int], now: tuple[date | None, int]) -> tuple[float, bool]:
    """Hours from one time to the next, and whether their dates say so; without dates, on the nearest day."""
    hours = (now[1] - before[1]) / HOUR
    if before[0] is not None and now[0] is not None:
        return hours + (now[0] - before[0]).days * 24, True
    return min((hours, hours + 24, hours - 24), key=abs), False


def cost(hours: float) -> float:
    """How unlikely it is that a line is so many hours after the one before it."""
    return hours if hours >= 0 else -hours * _BACK_COSTS
