"""Searching the entries of all incidents at once: the lines that people read, each once."""

from __future__ import annotations

from warroom.model.entries import Entry
from warroom.store.journal import Journal

MOST = 200
"""The most lines that are found; who wants an older one types another word."""


def line_of(entry: Entry) -> str | None:
    """The key of the line that an entry corrects or marks; None for a line."""
    return entry.body.corrects or entry.body.marks


def find(journal: Journal, words: str, incident: str | None = None, limit: int = MOST) -> list[Entry]:
    """The lines that contain all the words, also in a version that was corrected or in a correction: newest first.

    Of so many that there are more than `limit`, those are returned that were written last. Each is the entry as it was
    first written; `Incident.shown` says how it reads now. Takes as long with a million entries as with a thousand,
    but for a last word with which very many entries' words begin. Raises StoreError.
    """
    with journal.connection.same_moment():
        found = journal.search(words, incident, limit)
        known = {entry.key: entry for entry in found}
        wanted = {key for entry in found if (key := line_of(entry)) is not None} - known.keys()
        while wanted:
            new = journal.entries(wanted)
            known |= {entry.key: entry for entry in new}
            wanted = {key for entry in new if (key := line_of(entry)) is not None} - known.keys()
    lines: dict[str, Entry] = {}
    for entry in found:
        # Only earlier entries are looked at: in a file made by another program, corrections may name each other.
        while (key := line_of(entry)) is not None and (target := known.get(key)) and target.order < entry.order:
            entry = target
        lines[entry.key] = entry
    return sorted(lines.values(), key=lambda entry: (-entry.at, -entry.seq))
