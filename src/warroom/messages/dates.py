"""Times and durations in messages to people: `16:44 CET on 26 November`, `1 day and 2 hours`."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.kinds.lifecycle import Closed, Resolved
from warroom.model.snapshot import Snapshot


def long_day(ms: int, tz: tzinfo | None, *, year: bool = True) -> str:
    """A day as people write it: `23 November 2026`, whatever language the machine is set to."""
    day = times.local(ms, tz)
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_told(ms: int, now: int, tz: tzinfo | None) -> str:
    """A day as by `long_day`, with its year only if that is not the present one."""
    return long_day(ms, tz, year=times.local(ms, tz).year != times.local(now, tz).year)


def time_told(ms: int, now: int, tz: tzinfo | None, *, dated: bool = False) -> str:
    """`16:44 CET`, or `16:44 CET on 26 November` if that is not today, or if it must be `dated`."""
    clock = times.clock_zone(ms, tz)
    today = times.day(ms, tz) == times.day(now, tz)
    return clock if today and not dated else f"{clock} on {day_told(ms, now, tz)}"


def end_of(incident_over_at: int | None, now: int) -> int:
    """When it was over, or now if it is still open (ms UTC)."""
    return now if incident_over_at is None else incident_over_at


def ranged(at: int, snapshot: Snapshot) -> str:
    """A time of an incident's beginning or end as by `time_told`, with its date too if the other one has one."""
    moments = (snapshot.incident.began, end_of(snapshot.incident.ended_at, snapshot.now), snapshot.now)
    days = {times.day(moment, snapshot.tz) for moment in moments}
    return time_told(at, snapshot.now, snapshot.tz, dated=len(days) > 1)


def span_told(first: int, last: int, now: int, tz: tzinfo | None, *, dated: bool = False) -> str:
    """From when until when: `03:17 to 05:32 CET`, or `26 November, 20:10 to 21:05 CET` if that is not today.

    It is not today either if it must be `dated`.
    """
    begun, ended = times.clock(first, tz), times.clock_zone(last, tz)
    if times.zone_name(first, tz) != times.zone_name(last, tz):
        begun = times.clock_zone(first, tz)
    day = times.day(first, tz)
    if day != times.day(last, tz):
        return f"{begun} on {day_told(first, last, tz)} to {ended} on {day_told(last, now, tz)}"
    today = day == times.day(now, tz) and not dated
    return f"{begun} to {ended}" if today else f"{day_told(first, now, tz)}, {begun} to {ended}"


def periods(snapshot: Snapshot) -> str:
    """From when until when it lasted, as by `span_told`; of one that came back, each time."""
    starts, ends, incident = [snapshot.incident.began], [], snapshot.incident
    over = sorted((*incident.all(Resolved), *incident.all(Closed)), key=lambda logged: logged.order)
    for again in incident.reopenings:
        before = [logged for logged in over if logged.order < again.order]
        resolved = [logged for logged in before if isinstance(logged.body, Resolved)]
        if again.body.undoes or not before:
            continue
        end = max((resolved or before)[-1].at, starts[-1])
        if again.at > end:
            starts.append(again.at)
            ends.append(end)
    ends.append(end_of(incident.ended_at, snapshot.now))
    now, tz = snapshot.now, snapshot.tz
    dated = len({times.day(at, tz) for at in (*starts, *ends, now)}) > 1 and len(starts) > 1
    told = []
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        same_day = place and times.day(ends[place - 1], tz) == times.day(first, tz) == times.day(last, tz)
        crossed = place and times.day(starts[place - 1], tz) != times.day(first, tz)
        if same_day and crossed:  # the day was named a moment ago, as that of the end before
            told.append(f"{times.clock(first, tz)} to {times.clock_zone(last, tz)}")
        else:
            told.append(span_told(first, last, now, tz, dated=dated))
    if len(told) == 1:
        return told[0]
    return f"{', '.join(told[:-1])}, and again {told[-1]}; the time in between counts too"


def lasted(ms: int) -> str:
    """A duration as people say it: `2 h 15 min`; from a day on, in days and hours."""
    if ms < 24 * times.HOUR:
        return times.span(ms)
    hours = round(ms / times.HOUR)
    parts = [(hours // 24, "day"), (hours % 24, "hour")]
    return " and ".join(f"{number} {unit}{'s' * (number > 1)}" for number, unit in parts if number)
