"""Times as people type and read them; inside the program, a point in time is always an int of ms UTC.

A time zone is passed as `tz`: a tzinfo, or None for the machine's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated

import msgspec

SECOND = 1_000
MINUTE = 60_000
HOUR = 60 * MINUTE
MAX_AHEAD = 10_000 * 24 * HOUR
"""How far ahead a time may be: a time at the end of the calendar can't be shown in every zone."""

EXAMPLES = "03:41, 03:41Z, 2026-11-23T03:41+01:00, -5m or -1h20m"
SINCE_EXAMPLES = "2026-01-31, 2026-01, 90d or 12w"
FUTURE_EXAMPLES = "04:15, 04:15Z, 30m, 1h30m or 2026-11-23T04:15+01:00"

# Not compiled here: most commands never need them, and `re` keeps them once they are used.
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_AGO = r"-(?=\d)(?:(?P<h>\d{1,4})h)?(?:(?P<m>\d{1,5})m(?:in)?)?(?:(?P<s>\d{1,6})s)?"
_AHEAD = r"\+?(?=\d)(?:(?P<h>\d{1,4})h)?(?:(?P<m>\d{1,5})(?:m(?:in)?)?)?"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?" + _ZONE
_ISO = r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?" + _ZONE
_FRONT = (
    r"(?P<when>-(?:\d+h)?(?:\d+m(?:in)?)?(?:\d+s)?(?<=[hmsn])"
    r"|(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}(?::\d{2})?(?:Z|\s?(?:UTC|GMT)\b|[+-]\d{2}:?\d{2})?)\s+(?P<rest>\S.*)"
)


MIN_MS, MAX_MS = -62_000_000_000_000, 253_300_000_000_000
"""The range of times that can be shown in any zone: the years 6 to 9996."""
_YEARS = range(1970, 9996)
"""Years whose times can be counted from any zone; one before them is too early, and one after them years away."""
Ms = Annotated[int, msgspec.Meta(ge=MIN_MS, le=MAX_MS)]
"""A time in ms UTC, as a field of an entry; an entry with any other number in it is not readable."""


class MachineZone(tzinfo):
    """The machine's own zone, with its summer time, as a zone that a time can be in."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment is not None else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return moment.replace(tzinfo=None).astimezone().tzname() if moment is not None else None

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


class TimeError(ValueError):
    """A time that can't be read or is out of range; its text is a sentence for the person who typed it."""


def to_ms(moment: datetime) -> int:
    """The ms UTC of an aware datetime, or of a naive one in the machine's local zone."""
    return round(moment.timestamp() * 1000)


def local(ms: int, tz: tzinfo | None = None) -> datetime:
    """The datetime of `ms` in the zone."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(tz)


def parse_past(text: str, now: int, tz: tzinfo | None = None, *, near: int | None = None) -> int:
    """Read a time in the past: `03:41` is the latest 03:41 that is not in the future. Raises TimeError.

    With `near` (ms UTC), it is the 03:41 of that day instead, or of the day before or after if that is much nearer, as
    across midnight.
    """
    moment = _parse(text.strip(), now, tz, ahead=False, near=near)
    if moment < 0:
        raise TimeError(f"{_quoted(text)} is before 1970; give a time in the past, such as {EXAMPLES}")
    if moment > now + MINUTE:
        raise TimeError(f"{_quoted(text)} is in the future; give a time in the past, such as {EXAMPLES}")
    return moment


def parse_future(text: str, now: int, tz: tzinfo | None = None) -> int:
    """Read a time in the future: `04:15` is the next 04:15, `30m` counts from now. Raises TimeError."""
    moment = _parse(text.strip(), now, tz, ahead=True)
    if moment > now + MAX_AHEAD:
        raise TimeError(f"{_quoted(text)} is years away; give a time in the future, such as {FUTURE_EXAMPLES}")
    if moment <= now:
        raise TimeError(f"{_quoted(text)} has passed; give a time in the future, such as {FUTURE_EXAMPLES}")
    return moment


def parse_since(text: str, now: int, tz: tzinfo | None = None) -> int:
    """Read since which day to count: `2026-01-31`, `2026-01` (its first day), or `90d` or `12w` back from today.

    Returns when that day begins in the zone. Raises TimeError.
    """
    typed, today = text.strip().lower(), local(now, tz).date()
    try:
        if back := re.fullmatch(r"0*([1-9]\d{0,3})\s*(d|days?|w|weeks?)", typed):
            found = today - timedelta(days=int(back[1]) * (7 if back[2][0] == "w" else 1))
        elif re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", typed, re.ASCII):
            found = date.fromisoformat(typed if len(typed) > 7 else f"{typed}-01")
        else:
            raise TimeError(f"can't read {_quoted(text)} as a day; try {SINCE_EXAMPLES}")
        midnight = datetime(found.year, found.month, found.day)
        moment = to_ms(midnight.replace(tzinfo=tz) if tz else midnight.astimezone())
    except TimeError:
        raise
    except (ValueError, OverflowError, OSError):
        raise TimeError(f"there is no day {_quoted(text)}; try {SINCE_EXAMPLES}") from None
    if moment > now:
        raise TimeError(f"{_quoted(text)} is in the future; give a day that has begun, such as {SINCE_EXAMPLES}")
    return moment


def split_leading_time(
    text: str, now: int, tz: tzinfo | None = None, *, near: int | None = None
) -> tuple[int | None, str]:
    """Split a log line into the time at its start and the rest; (None, text) if it does not start with a time.

    The rest is empty if there is only a time; `near` is as for `parse_past`. Raises TimeError if that time is not
    valid or not in the past.
    """
    found = re.fullmatch(_FRONT, text.strip(), re.IGNORECASE | re.DOTALL)
    if found is None:
        alone = re.fullmatch(_FRONT, f"{text.strip()} .", re.IGNORECASE | re.DOTALL)
        only_time = alone is not None and alone["rest"] == "."
        return (parse_past(alone["when"], now, tz, near=near), "") if alone and only_time else (None, text)
    if re.match(r"[ap]\.?m\b", found["rest"], re.IGNORECASE):
        raise TimeError(f"give the time in 24 hours, such as 17:30, instead of “{found['when']} {found['rest'][:2]}”")
    return parse_past(found["when"], now, tz, near=near), found["rest"].strip()


def split_time_and_reason(text: str, now: int, tz: tzinfo | None = None, *, near: int | None = None) -> tuple[int, str]:
    """Read a time in the past, and the words that may follow it: `03:05 first errors in the log`. Raises TimeError."""
    moment, rest = split_leading_time(text, now, tz, near=near)
    return (parse_past(text, now, tz, near=near), "") if moment is None else (moment, rest)


def split_timer(text: str, now: int, tz: tzinfo | None = None) -> tuple[str, int, int]:
    """Read `check with the commander 10m`, `demo at 10:00` or `… every 15m`: (label, due, ms between repeats or 0).

    Raises TimeError if the text does not end with a time in the future.
    """
    words = text.split()
    if not words:
        raise TimeError(
            f"say what for and when, such as: check with the commander 10m, or demo at {FUTURE_EXAMPLES[:5]}"
        )
    due = parse_future(words.pop(), now, tz)
    link = words.pop().lower() if words and words[-1].lower() in ("in", "at", "every") else ""
    if not words:
        raise TimeError("say what the clock is for, and the time after it, such as: check with the commander 10m")
    return " ".join(words), due, due - now if link == "every" else 0


def at_clock(text: str, tz: tzinfo | None, days: Iterable[date]) -> list[int]:
    """The times (ms UTC) at which a clock showed `03:41` on some days; of two on a day, the first.

    Empty if the text is not only a clock time, or no clock showed it then.
    """
    clock = re.fullmatch(_CLOCK, re.sub(r"\s*(?:UTC|GMT)$", "Z", text.strip(), flags=re.IGNORECASE), re.IGNORECASE)
    if clock is None:
        return []
    found = []
    with suppress(ValueError, OverflowError, OSError):  # 25:70 is no time
        zone = _zone_of(clock, tz)
        for day in days:
            naive = datetime(day.year, day.month, day.day, int(clock["hour"]), int(clock["minute"]))
            naive = naive.replace(second=int(clock["second"] or 0))
            moment = to_ms(naive.replace(tzinfo=zone) if zone else naive.astimezone())
            found += [moment] if local(moment, zone).replace(tzinfo=None) == naive else []
    return found


def _parse(text: str, now: int, tz: tzinfo | None, *, ahead: bool, near: int | None = None) -> int:
    if text.lower() == "now":
        return now
    span = re.fullmatch(_AHEAD if ahead else _AGO, text, re.IGNORECASE)
    if span:
        hours, minutes = int(span["h"] or 0), int(span["m"] or 0)
        seconds = 0 if ahead else int(span["s"] or 0)
        length = hours * HOUR + minutes * MINUTE + seconds * SECOND
        return now + length if ahead else now - length
    text = re.sub(r"\s*(?:UTC|GMT)$", "Z", text, flags=re.IGNORECASE)
    try:
        if clock := re.fullmatch(_CLOCK, text, re.IGNORECASE):
            return _nearest(clock, now, tz, ahead=ahead, near=near)
        if re.fullmatch(_ISO, text, re.IGNORECASE):
            moment = datetime.fromisoformat(text.upper())
            if moment.year not in _YEARS:
                return -1 if moment.year < _YEARS.start else MAX_MS
            if moment.tzinfo:
                return to_ms(moment)
            whole = moment.replace(microsecond=0)
            found = to_ms(whole.replace(tzinfo=tz) if tz else whole.astimezone())
            if local(found, tz).replace(tzinfo=None) != whole:
                raise _no_such_time(moment)
            return found + round(moment.microsecond / 1000)
    except TimeError:
        raise
    except (ValueError, OverflowError, OSError):
        raise TimeError(f"{_quoted(text)} is not a valid time; try {FUTURE_EXAMPLES if ahead else EXAMPLES}") from None
    raise TimeError(f"can't read {_quoted(text)} as a time; try {FUTURE_EXAMPLES if ahead else EXAMPLES}")


def _quoted(text: str) -> str:
    """What was typed in quotation marks, on one line; of a long text, as of a paste, its beginning."""
    from warroom.text.cleaning import clean_line
    from warroom.text.width import shorten

    return repr(shorten(clean_line(text.strip()), _MOST_QUOTED))


_MOST_QUOTED = 40
"""The most cells of what was typed that stand in a sentence."""


def _nearest(clock: re.Match[str], now: int, tz: tzinfo | None, *, ahead: bool, near: int | None) -> int:
    """The nearest time before or after now at which a clock shows this; or the nearest to `near`, see `parse_past`.

    When clocks change, an hour may happen twice or not at all. Of two, the nearer one is meant; a time that the nearest
    day does not have raises TimeError, as the same time on another day is hardly meant.
    """
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    zone = _zone_of(clock, tz)
    today = local(now if near is None else near, zone).date()
    candidates: dict[int, datetime | None] = {}
    """The times, each with the date and time that it stands for if no clock shows that."""
    for days in (-2, -1, 0, 1, 2):
        day = today + timedelta(days=days)
        both: list[int] = []
        for fold in (0, 1):
            naive = datetime(day.year, day.month, day.day, hour, minute, second, fold=fold)
            moment = to_ms(naive.replace(tzinfo=zone) if zone else naive.astimezone())
            both.append(moment)
            if local(moment, zone).replace(tzinfo=None) == naive:
                candidates[moment] = None
        if not any(moment in candidates for moment in both):
            candidates[max(both)] = naive
    if ahead:
        nearest = min(moment for moment in candidates if moment > now)
    elif near is not None and (past := [moment for moment in candidates if moment <= now]):
        nearest = min(past, key=lambda at: abs(at - near) - (12 * HOUR if local(at, zone).date() == today else 0))
    elif near is not None:
        return _nearest(clock, now, tz, ahead=False, near=None)
    else:
        nearest = max(moment for moment in candidates if moment <= now)
    if (skipped := candidates[nearest]) is not None:
        raise _no_such_time(skipped)
    return nearest


def _zone_of(clock: re.Match[str], tz: tzinfo | None) -> tzinfo | None:
    return datetime.fromisoformat(f"2000-01-01T00:00{clock['zone'].upper()}").tzinfo if clock["zone"] else tz


def _no_such_time(moment: datetime) -> TimeError:
    return TimeError(
        f"there was no {moment:%H:%M} on {moment:%Y-%m-%d}: the clocks went forward over it; give the time that "
        f"a clock showed, or one in UTC, such as 03:41Z"
    )


def zone_name(ms: int, tz: tzinfo | None = None) -> str:
    """The zone's short name at that time (CET, UTC); an offset without a name, such as +03, is shown as UTC+03."""
    name = local(ms, tz).tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def clock(ms: int, tz: tzinfo | None = None) -> str:
    """`03:46`, the local clock time."""
    return f"{local(ms, tz):%H:%M}"


def clock_zone(ms: int, tz: tzinfo | None = None) -> str:
    """`03:46 CET`, the local clock time with its zone, as messages show it."""
    return f"{clock(ms, tz)} {zone_name(ms, tz)}"


def clock_zone_day(ms: int, now: int, tz: tzinfo | None = None) -> str:
    """`03:46 CET`, or `2026-11-22 03:46 CET` for a time that is not on the same day as `now`."""
    shown, of = day(ms, tz), clock_zone(ms, tz)
    return of if shown == day(now, tz) else f"{shown} {of}"


def day(ms: int, tz: tzinfo | None = None) -> str:
    """`2026-11-23`, the local date."""
    return f"{local(ms, tz):%Y-%m-%d}"


def iso(ms: int) -> str:
    """ISO 8601 UTC with a trailing Z, to the second, milliseconds only where there are any."""
    second = datetime.fromtimestamp(ms // 1000, UTC).isoformat()[:19]
    return second + (f".{ms % 1000:03d}Z" if ms % 1000 else "Z")


_WEEK_H = 7 * 24
"""From so many hours on, nobody counts in hours any more."""


def _days(hours: int) -> str:
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def span(ms: int) -> str:
    """A duration for people: `24 h 11 min`, `2 h`, `45 min`, `under 1 min`; from a week on `12 d 4 h`."""
    minutes = max(ms, 0) // MINUTE
    hours, minutes = divmod(minutes, 60)
    if hours >= _WEEK_H:
        return _days(hours)
    if not hours:
        return f"{minutes} min" if minutes else "under 1 min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def between(start: int, end: int) -> int:
    """From one time to another, in ms, as they are shown: in whole minutes, and never less than nothing.

    What began at 13:00:50 and ended at 13:45:10 reads 13:00 to 13:45, so it is told to have lasted 45 min.
    """
    return max(end // MINUTE - start // MINUTE, 0) * MINUTE


def countdown(ms: int) -> str:
    """The time left as `06:19`, `1:36:19` or `12 d 4 h`, without a sign: `Clock.countdown` puts LATE in front."""
    seconds = abs(ms) // SECOND
    hours, rest = divmod(seconds, 3600)
    if hours >= _WEEK_H:
        return _days(hours)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


def elapsed(ms: int) -> str:
    """The time since the incident began as `00:23:41`, for the header; more than a day as `24:11:00`."""
    seconds = max(ms, 0) // SECOND
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
