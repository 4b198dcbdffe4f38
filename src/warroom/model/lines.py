"""How an entry reads on one line: the words that print in a terminal, and the name its kind goes by."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.entries import Entry
from warroom.text.cleaning import clean_line


def label(entry: Entry) -> str:
    """What a line of the timeline calls the entry: its kind in a person's word."""
    return entry.body.kind_label


def detail(entry: Entry) -> str:
    """What stands behind the words: the reason and the maker of a decision, who acted; empty for other kinds."""
    return ", ".join(entry.body.details())


def added(entry: Entry) -> str:
    """`added 20 min later` for a line written down well after it happened, else nothing; days from the third on."""
    late = entry.added_late
    if not late:
        return ""
    days = late // (24 * times.HOUR)
    return f"added {days} days later" if days >= 3 else f"added {times.span(late)} later"


def line(entry: Entry, tz: tzinfo | None = None) -> str:
    """An entry as one line: `03:41 CET decision Roll back – because it is faster, by Priya (added 5 min later)`."""
    behind, late = detail(entry), added(entry)
    named = entry.text if entry.text.lower().startswith(label(entry)) else f"{label(entry)} {entry.text}"
    words = f"{times.clock_zone(entry.at, tz)} {named}" + (f" – {behind}" if behind else "")
    return clean_line(words + (f" ({late})" if late else ""))
