"""From times as written to moments: dates that carry on, midnight, zones, newest first, and what doesn't fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec

from warroom.model.entries import Precision
from warroom.timelines import days
from warroom.timelines.dates import Day
from warroom.timelines.days import DAY, day_of, naive, on_nearest_day, shifted
from warroom.timelines.rows import AboutMark, DayMark, Doubt, Item, Row, StartMark, ZoneMark
from warroom.timelines.stamps import HOUR, MINUTE
from warroom.timelines.zones import AMBIGUOUS, Zone

_LONG = 20
"""Hours between two lines without a date that are said, because the second may be earlier instead."""


class Placed(msgspec.Struct):
    """A row with its moment: ms UTC, or None if its time or date is not known."""

    row: Row
    at: int | None
    precision: Precision
    zone: str = ""
    """The name of the zone that its time was read in."""
    written: str = ""
    """Its time as it stands, if its moment is not known because something is `lacking`: zone, day, year, T+0."""
    lacking: str = ""


class Remark(msgspec.Struct, frozen=True):
    """Something about a line, or with line 0 about all of them, that the reader has to know.

    `is_reason` says that it is why something has no time.
    """

    line: int
    text: str
    is_reason: bool = False


class Given(msgspec.Struct, frozen=True):
    """What was said beside the text: the day, the moment that T+0 is (ms UTC), the zone; None where nothing was."""

    day: date | None = None
    start: int | None = None
    zone: Zone | None = None

    @property
    def first_day(self) -> date | None:
        """The day of the first line, as far as it is given."""
        if self.day is None and self.start is not None:
            return datetime.fromtimestamp(self.start / 1000, UTC).date()
        return self.day


class _Marked(msgspec.Struct):
    """A row with the zone that holds for it, and with the date that stands above it.

    `is_new` says whether no row before it was below that date.
    """

    row: Row
    zone: Zone | None
    day: Day | None = None
    is_new: bool = False

    def is_below_same_date(self, above: _Marked) -> bool:
        """Whether this row and the one above it have only the date that stands above both."""
        stamps = (self.row.stamp, above.row.stamp)
        return (
            self.day is not None
            and self.day is above.day
            and all(s.day is None and s.clock is not None for s in stamps)
        )


class Placer:
    """Places the rows of one text."""

    def __init__(self, items: Sequence[Item], given: Given) -> None:
        self.remarks: list[Remark] = []
        self.missing: set[str] = set()
        """What has to be asked for: "date", "year", "zone", "start"."""
        self._items, self._given = items, given
        self._rows = [item for item in items if isinstance(item, Row)]
        days.settle_ranges(self._rows)
        days.fill_days_after(self._rows)
        self._calendar = days.Calendar(*self._days())
        self._is_about = any(isinstance(item, AboutMark) for item in items)
        self._is_order_told = False
        """Whether it was said how 05/06 is read."""
        self._settled = {zone.name: zone for zone in self._zones() if zone.tz is not None and zone.name in AMBIGUOUS}
        """Abbreviations of several zones of which some line says which is meant."""
        self._is_later = False
        """Whether the last row that says a day says that it is the next one."""
        self._last: int | None = None
        """The moment of the row before, ms UTC."""
        self._folds: set[date] = set()
        """Days of which it was said that clocks showed some times twice."""
        self._seasons: set[str] = set()
        """Zones of which it was said that they were not in use."""

    def placed(self) -> list[Placed]:
        """The rows in the order of the text, with their moments."""
        days.fill_halves(self._rows)
        self.remarks += [
            Remark(item.line, item.text, item.is_reason) for item in self._items if isinstance(item, Doubt)
        ]
        marked = self._marked()
        newest_first = self._is_newest_first(marked)
        if newest_first:
            self.remarks.append(Remark(0, "The newest line is at the top, so the lines are read from the bottom up."))
            marked.reverse()
        start = self._start()
        found: list[Placed] = []
        before: int | None = None  # the time of the row before, in ms of a clock in its zone
        above: Day | None = None
        for one in marked:
            one.is_new = one.day is not above
            above = one.day
            placed, shown = self._place(one, before, start)
            self._last = placed.at if placed.at is not None else self._last
            before = before if shown is None else shown
            found.append(placed)
        self._tell_zone()
        self._tell_order(found)
        return found[::-1] if newest_first else found

    def choices(self) -> tuple[str, ...]:
        """The zones that an abbreviation may stand for, if that has to be asked for."""
        open_ = [zone for zone in dict.fromkeys(self._zones()) if zone.tz is None and zone.name not in self._settled]
        return tuple(choice for zone in open_ for choice in zone.choices)

    def _zones(self) -> list[Zone]:
        zones = [row.stamp.zone for row in self._rows if row.stamp.zone is not None]
        return zones + [item.zone for item in self._items if isinstance(item, ZoneMark)]

    def _days(self) -> tuple[list[Day], date | None, Day | None]:
        """The days that are written, in the order of the text; that of the first line, as given, and as written."""
        found: list[Day] = []
        begins: Day | None = None
        is_first = True
        for item in self._items:
            day = item.day if isinstance(item, DayMark) else item.stamp.day if isinstance(item, Row) else None
            found += [day] if day is not None else []
            if is_first and isinstance(item, Row):
                begins, is_first = found[-1] if found else None, False
        return found, self._given.first_day, begins

    def _marked(self) -> list[_Marked]:
        zone, day = self._first_zone(), None
        found = []
        for item in self._items:
            if isinstance(item, ZoneMark):
                zone = item.zone
            elif isinstance(item, DayMark):
                day = item.day
            elif isinstance(item, Row):
                found.append(_Marked(item, zone, day))
                if item.stamp.day is not None:
                    day = None  # the row's own date carries on instead
        return found

    def _first_zone(self) -> Zone | None:
        """The zone of the first rows: that given, one that the text gives below them, or the only one that rows have.

        One that the text gives above them comes first.
        """
        if self._given.zone is not None:
            return self._given.zone
        said = next((item.zone for item in self._items if isinstance(item, ZoneMark)), None)
        return said if said is not None else self._common_zone()

    def _tell_zone(self) -> None:
        """Say which zone is taken for rows from one below them, unless something says it for all."""
        if self._given.zone is not None or any(isinstance(item, ZoneMark) for item in self._items):
            return
        clocks = [row for row in self._rows if row.stamp.clock is not None]
        zone = self._common_zone()
        if zone is not None and zone.tz is not None and clocks and clocks[0].stamp.zone is None:
            self.remarks.append(Remark(clocks[0].line, f"No zone is given here; it is read as {zone.name}, as below."))

    def _common_zone(self) -> Zone | None:
        zones = {row.stamp.zone.tz: row.stamp.zone for row in self._rows if row.stamp.zone is not None}
        return next(iter(zones.values())) if len(zones) == 1 else None

    def _is_newest_first(self, marked: Sequence[_Marked]) -> bool:
        """Whether the lines go back in time."""
        known = [(one, (date_, ms)) for one in marked for date_, ms in [self._rough(one)] if ms is not None]
        on = back = doubtful = 0
        is_dated = False
        for (above, before), (one, now) in pairwise(known):
            hours, says_date = days.step(before, now)
            if says_date and hours <= -days.MAY_BE_NEXT_DAY and one.is_below_same_date(above):
                # one date above both doesn't say that midnight isn't between them
                doubtful, on = doubtful + (hours > -days.IS_NEXT_DAY), on + (hours <= -days.IS_NEXT_DAY)
                continue
            on, back = on + (hours > 0), back + (hours < 0)
            is_dated = is_dated or (says_date and hours < 0)
        return back > on and (back + doubtful > 1 or is_dated)

    def _rough(self, one: _Marked) -> tuple[date | None, int | None]:
        """The date of a row, if it or the line above gives one, and its ms on that day; None if it has no time."""
        stamp = one.row.stamp
        if stamp.ms is not None:
            return days.EPOCH + timedelta(milliseconds=stamp.ms), stamp.ms % DAY
        if stamp.clock is not None:
            written = stamp.day or one.day
            return (self._calendar.date_of(written) if written is not None else None), stamp.clock
        return days.EPOCH, stamp.after

    def _start(self) -> int | None:
        """The moment of T+0: given, or in a line of its own, `T0 = 13:20 UTC`."""
        if self._given.start is not None:
            return self._given.start
        zone, day = self._first_zone(), None
        for item in self._items:
            if isinstance(item, ZoneMark):
                zone = item.zone
            elif isinstance(item, DayMark):
                day = item.day
            elif isinstance(item, StartMark):
                placed, _ = self._place(_Marked(Row(item.line, item.stamp), zone, day), None, None)
                if placed.at is not None:
                    return placed.at
        return None

    def _place(self, one: _Marked, before: int | None, start: int | None) -> tuple[Placed, int | None]:
        """A row with its moment, and its time on a clock in its zone in ms; `before` is that of the row before."""
        row, stamp = one.row, one.row.stamp
        precision: Precision = "approximate" if stamp.about or self._is_about else "exact"
        if stamp.ms is not None:
            return Placed(row, stamp.ms, precision), None
        if stamp.after is not None:
            if start is None:
                self.missing.add("start")
                return Placed(row, None, precision, "", f"T{_signed(stamp.after)}", "T+0"), None
            return Placed(row, start + stamp.after, precision), None
        written = stamp.day or (one.day if one.is_new or before is None else None)
        day = self._written_day(row, written, before) if written is not None else self._day_near(one, before)
        if written is not None and written.is_relative:
            day, written = (self._day_near(one, before), None) if day is None else (day, written)
        if stamp.unknown or (stamp.clock is None and day is None and written is None):
            return Placed(row, None, "unknown"), naive(day, (before or 0) % DAY) if written is not None else None
        if stamp.clock is None:
            precision = "day"
        if day is None and written is not None and self._calendar.has_year(written):
            text = f"There is no {_written(written, None)} in that year; the time counts as not known."
            self.remarks.append(Remark(row.line, text))
            return Placed(row, None, "unknown"), None
        if day is None:
            lacking = "day" if written is None or written.year is not None else "year"
            self.missing.add("date" if lacking == "day" else lacking)
            return Placed(row, None, precision, "", _written(written, stamp.clock), lacking), None
        shown = days.shown_at(day, stamp.clock or 0)
        is_near = written is None and stamp.weekday is None
        if is_near and before is not None and (hours := (shown - before) // HOUR) >= _LONG:
            text = f"This is read as {hours} hours after the line before it; if it was before that, correct its time."
            self.remarks.append(Remark(row.line, text))
        zone = stamp.zone or one.zone
        if zone is not None and zone.tz is None:
            zone = self._settled.get(zone.name) or zone.answered_by(self._given.zone, day)
        if zone is None or zone.tz is None:
            self.missing.add("zone")
            return Placed(row, None, precision, "", _written(day, stamp.clock), "zone"), shown
        moment = self._moment(row, day, stamp.clock or 0, zone)
        return Placed(row, round(moment.timestamp() * 1000), precision, moment.tzname() or zone.name), shown

    def _written_day(self, row: Row, written: Day, before: int | None) -> date | None:
        """The day of a date that is written in a row or above it."""
        if written.later is not None:
            last = day_of(before) if before is not None else self._given.first_day
            is_again = self._is_later and row.stamp.day is written and (row.stamp.clock or 0) >= (before or 0) % DAY
            self._is_later = True
            return last if is_again else shifted(last, written.later)
        self._is_later = False
        found = self._calendar.date_of(written)
        if found is not None and written.weekday is not None and found.weekday() != written.weekday:
            is_, not_ = days.WEEKDAYS[found.weekday()], days.WEEKDAYS[written.weekday]
            self.remarks.append(Remark(row.line, f"{found:%Y-%m-%d} is a {is_}, not a {not_}."))
        if found is not None and not self._is_order_told and (other := self._calendar.other_date_of(written)):
            self._is_order_told = True
            text = (
                f"The date is read as {found:%B} {found.day}, but it may be {other:%B} {other.day}: "
                f"--date {other}, or d on the screen, says so."
            )
            self.remarks.append(Remark(row.line, text))
        return found

    def _day_near(self, one: _Marked, before: int | None) -> date | None:
        """The day of a row without a date: that of the row before, or one near it."""
        stamp = one.row.stamp
        last = day_of(before) if before is not None else self._given.first_day
        if last is None or before is None or stamp.clock is None or stamp.weekday is not None:
            on = (stamp.weekday - last.weekday()) % 7 if last is not None and stamp.weekday is not None else 0
            return shifted(last, on)
        return on_nearest_day(before, stamp.clock, self._calendar.date_of(one.day) if one.day is not None else None)

    def _moment(self, row: Row, day: date, clock: int, zone: Zone) -> datetime:
        """The moment of a clock time (ms) in a zone; what is odd about it is remarked on."""
        assert zone.tz is not None
        shown = datetime(day.year, day.month, day.day) + timedelta(milliseconds=clock)
        moment = self._in_fold(row, shown.replace(tzinfo=zone.tz))
        if moment.astimezone(UTC).astimezone(zone.tz).replace(tzinfo=None) != shown:
            text = f"There was no {shown:%H:%M} on {shown:%Y-%m-%d}: the clocks went forward over it."
            self.remarks.append(Remark(row.line, text))
        if zone.name not in self._seasons and (instead := zone.out_of_season(moment)):
            self._seasons.add(zone.name)
            text = (
                f"{zone.name} was not in use on {shown:%Y-%m-%d}, when clocks showed {instead}; "
                f"it is read as it says, {zone.name}."
            )
            self.remarks.append(Remark(row.line, text))
        return moment

    def _in_fold(self, row: Row, moment: datetime) -> datetime:
        """The moment itself, or of a time that clocks showed twice the one that follows the row before."""
        second = moment.replace(fold=1)
        if second.utcoffset() == moment.utcoffset() or second.timestamp() < moment.timestamp():
            return moment
        if moment.date() not in self._folds:
            self._folds.add(moment.date())
            text = (
                f"Clocks showed {moment:%H:%M} twice on {moment:%Y-%m-%d}, when they went back. Such a time is read as "
                f"{moment.tzname()}, or as {second.tzname()} if that is nearer to the line before."
            )
            self.remarks.append(Remark(row.line, text))
        last = self._last
        return (
            moment
            if last is None
            else min((moment, second), key=lambda one: days.cost((one.timestamp() * 1000 - last) / HOUR))
        )

    def _tell_order(self, placed: Sequence[Placed]) -> None:
        """Say which lines seem out of order."""
        latest_at, latest_line = None, 0
        for one in placed:
            if one.at is None or one.precision == "day":
                continue
            if latest_at is not None and one.at < latest_at:
                text = f"This line is earlier than line {latest_line} before it; it stays as it is."
                self.remarks.append(Remark(one.row.line, text))
            else:
                latest_at, latest_line = one.at, one.row.line


def _written(day: date | Day | None, clock: int | None) -> str:
    """A time as it stands, as far as it is known: `2025-11-03 13:20`, `Nov 3 13:20`, `13:20`."""
    if isinstance(day, Day):
        shown = [f"{day.first}/{day.second}" if day.is_open else f"{date(2000, day.month, day.day):%b} {day.day}"]
    else:
        shown = [f"{day}"] if day is not None else []
    if clock is not None:
        shown.append(f"{clock // HOUR % 24:02}:{clock // MINUTE % 60:02}")
    return " ".join(shown)


def _signed(after: int) -> str:
    """A time since T+0: `+5m`, `-1h05m`."""
    hours, minutes = divmod(abs(after) // MINUTE, 60)
    return ("-" if after < 0 else "+") + (f"{hours}h{minutes:02}m" if hours else f"{minutes}m")
