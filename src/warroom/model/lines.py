"""How an entry is printed on one line: its time, the name of its kind, its text and details."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.entries import BaseIncident, Correction, Entry
from warroom.text.cleaning import clean_line


def label(entry: Entry) -> str:
    """The name of the entry's kind, as the timeline shows it."""
    return entry.body.kind_label


def detail(entry: Entry) -> str:
    """What follows the text: the reason for a decision and who made it, or who acted; empty for other kinds."""
    return ", ".join(entry.body.details())


def added(late: int) -> str:
    """`added 20 min later` for an entry logged so many ms after it happened, "" for 0; days from three on."""
    if not late:
        return ""
    days = late // (24 * times.HOUR)
    return f"added {days} days later" if days >= 3 else f"added {times.span(late)} later"


def clock(entry: Entry, tz: tzinfo | None = None) -> str:
    """The time of an entry: `03:41`, `~03:41` if it is only about right, `--:--` if it is not known."""
    return as_known(entry, times.clock(entry.at, tz))


def as_known(entry: Entry, shown: str) -> str:
    """A time of an entry, such as `03:41`, shown as well as it is known."""
    match entry.body.time_precision:
        case "exact":
            return shown
        case "approximate":
            return f"~{shown}"
        case _:
            return "--:--"


def mark(change: Correction | None) -> str:
    """` · corrected` or ` · taken back: wrong graph`, behind a line that a correction changed; "" without one."""
    if change is None:
        return ""
    if not change.retracted:
        return " · corrected"
    return clean_line(f" · taken back: {change.because}" if change.because else " · taken back")


def line(entry: Entry, tz: tzinfo | None = None, incident: BaseIncident | None = None) -> str:
    """An entry as one line: `03:41 CET decision Roll back – because it is faster, by Priya (added 5 min later)`.

    An entry about another day than the one it was written on begins with that day. `incident` is given where entries
    are listed, which may be those of a past incident.
    """
    details, late = detail(entry), added(incident.added_late(entry) if incident is not None else entry.added_late)
    named = entry.text if entry.text.lower().startswith(label(entry)) else f"{label(entry)} {entry.text}"
    day = times.day(entry.at, tz)
    shown = f"{clock(entry, tz)} {times.zone_name(entry.at, tz)}"
    text = f"{shown if day == times.day(entry.recorded, tz) else f'{day} {shown}'} {named}" + (
        f" – {details}" if details else ""
    )
    return clean_line(text + (f" ({late})" if late else ""))
