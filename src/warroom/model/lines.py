"""How an entry is printed on one line: its time, the name of its kind, its text and details."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.entries import Correction, Entry
from warroom.text.cleaning import clean_line


def label(entry: Entry) -> str:
    """The name of the entry's kind, as the timeline shows it."""
    return entry.body.kind_label


def detail(entry: Entry) -> str:
    """What follows the text: the reason for a decision and who made it, or who acted; empty for other kinds."""
    return ", ".join(entry.body.details())


def added(entry: Entry) -> str:
    """`added 20 min later` for an entry logged a minute or more after it happened, otherwise ""; days from three on."""
    late = entry.added_late
    if not late:
        return ""
    days = late // (24 * times.HOUR)
    return f"added {days} days later" if days >= 3 else f"added {times.span(late)} later"


def clock(entry: Entry, tz: tzinfo | None = None) -> str:
    """`03:41`, `~03:41` for a time that is only about right, `--:--` if only its place or its day is known."""
    match entry.body.precision:
        case "exact":
            return times.clock(entry.at, tz)
        case "approximate":
            return f"~{times.clock(entry.at, tz)}"
        case _:
            return "--:--"


def mark(change: Correction | None) -> str:
    """` · corrected` or ` · taken back: wrong graph`, behind a line that a correction changed; "" without one."""
    if change is None:
        return ""
    if not change.retracted:
        return " · corrected"
    return clean_line(f" · taken back: {change.because}" if change.because else " · taken back")


def line(entry: Entry, tz: tzinfo | None = None) -> str:
    """An entry as one line: `03:41 CET decision Roll back – because it is faster, by Priya (added 5 min later)`.

    An entry about another day than the one it was written on begins with that day.
    """
    details, late = detail(entry), added(entry)
    named = entry.text if entry.text.lower().startswith(label(entry)) else f"{label(entry)} {entry.text}"
    shown = times.clock_zone_day(entry.at, entry.recorded, tz)
    shown = shown.replace(times.clock(entry.at, tz), clock(entry, tz))
    text = f"{shown} {named}" + (f" – {details}" if details else "")
    return clean_line(text + (f" ({late})" if late else ""))
