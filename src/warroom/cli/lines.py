"""How the command line names a line of the timeline: by its number, its id, `last`, or words that only it has."""

from __future__ import annotations

import click

from warroom.cli.context import quoted
from warroom.model.entries import Entry
from warroom.model.lines import line
from warroom.session import Session
from warroom.store.timeline import Timeline

_LISTED = 10
"""The most lines that are listed when words are in several."""


def reference(session: Session, entry: Entry) -> str:
    """How to name a line: its number if this file wrote it, else its id."""
    return str(entry.n) if entry.origin == session.journal.origin else entry.key


def last_lines(session: Session, limit: int) -> list[Entry]:
    """The last lines of the timeline, as they were first written, in the order in which they happened."""
    timeline = Timeline(session.journal)
    return timeline.page(session.incident, max(timeline.count(session.incident) - limit, 0), limit)


def find(session: Session, named: str) -> Entry:
    """The line that was meant, as it was first written. Raises click.UsageError, which lists lines to choose from."""
    journal, incident, timeline = session.journal, session.incident, Timeline(session.journal)
    wanted = named.strip()
    if wanted.lower() == "last":
        found = journal.own(incident.id, session.author)
        own = next((entry for entry in found if _is_line(entry) and not _is_gone(session, entry)), None)
        if own is None:
            raise click.UsageError(
                "You have logged no line here with this file, so there is no last one of yours; give the number of a "
                "line, or words of it: see warroom correct lines"
            )
        return own
    key = f"{journal.origin}:{wanted}" if wanted.isascii() and wanted.isdigit() else wanted
    entry = journal.entry(key)
    if entry is not None and entry.incident == incident.id:
        if not _is_line(entry):
            raise click.UsageError(f"{quoted(named)} is no line of the timeline; see warroom correct lines")
        return entry
    matches = [] if wanted.isdigit() else timeline.search(incident, wanted)
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise click.UsageError(f"There is no line {quoted(named)} in this incident; see warroom correct lines")
    shown = [incident.shown(entry) for entry in matches[:_LISTED]]
    rows = [f"  {reference(session, entry)}  {line(entry, session.tz)}" for entry in shown]
    more = [f"  … and {len(matches) - _LISTED} more"] if len(matches) > _LISTED else []
    raise click.UsageError("\n".join([f"Several lines have {quoted(named)}; give the number of one:", *rows, *more]))


def _is_line(entry: Entry) -> bool:
    return entry.body.corrects is None and entry.body.marks is None


def _is_gone(session: Session, entry: Entry) -> bool:
    change = session.incident.replaced.get(entry.key)
    return change is not None and change.retracted
