"""From when until when somebody is on call, as people type it: `until monday`, `2026-W49`, `2026-12-01 until …`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from warroom.model import times
from warroom.model.kinds.action_items import parse_day
from warroom.model.people_changes import WrongField
from warroom.text.cleaning import clean_line

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d?:\d\d))?")
_WEEK = re.compile(r"(\d{4})-?W(\d\d?)", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:(?:from\s+)?(.*?)\s*(?:\buntil\b|\bto\b|–))?\s*(.*?)\s*", re.IGNORECASE)


def span(text: str, now: int, tz: tzinfo | None) -> tuple[int, int]:
    """Since and until (ms UTC); a week from now for no text, up to a day if only that is given. Raises WrongField."""
    if not text.strip():
        return between("", "", now, tz)
    if _WEEK.fullmatch(text.strip()):
        return week(text, tz)
    found = _UNTIL.fullmatch(clean_line(text))
    since, until = (found[1] or "", found[2]) if found else ("", text)
    return between(since, until, now, tz)


def week(text: str, tz: tzinfo | None) -> tuple[int, int]:
    """A week from Monday to Monday: 2026-W49. Raises WrongField."""
    found = _WEEK.fullmatch(text.strip())
    try:
        monday = datetime.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None:
        raise WrongField(f"“{clean_line(text)[:40]}” is no week, such as 2026-W49")
    return _ms(monday, tz), _ms(monday + timedelta(days=7), tz)


def between(since: str, until: str, now: int, tz: tzinfo | None) -> tuple[int, int]:
    """From a day, or from now, until another, or for a week. Raises WrongField."""
    begin = moment(since, now, tz) if since else now
    week_later = times.local(begin, tz).replace(tzinfo=None) + timedelta(days=7)
    end = moment(until, now, tz) if until else _ms(week_later, tz)
    if end <= begin:
        raise WrongField("that ends before it begins; the end comes after until")
    return begin, end


def moment(text: str, now: int, tz: tzinfo | None) -> int:
    """A day or a time on a day, in ms UTC: 2026-12-01, 2026-12-01 09:00, monday. Raises WrongField."""
    text = text.strip()
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            day = parse_day(text, now, tz)
            if not day:
                raise ValueError(text)
            return _ms(datetime.fromisoformat(day), tz)
        hour, _, minute = (found[2] or "0:00").partition(":")
        return _ms(datetime.fromisoformat(found[1]).replace(hour=int(hour), minute=int(minute)), tz)
    except (times.TimeError, ValueError):
        raise WrongField(
            f"“{clean_line(text)[:40]}” is no day, such as 2026-12-01, 2026-12-01 09:00 or monday"
        ) from None


def _ms(clock: datetime, tz: tzinfo | None) -> int:
    return times.to_ms(clock.replace(tzinfo=tz))
