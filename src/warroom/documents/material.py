"""The input for a document: the incident at a point in time, its entries, and who writes the document."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.post_mortem import picked_keys
from warroom.model.snapshot import Snapshot

if TYPE_CHECKING:
    from warroom.store.journal import Journal

PAGE = 5_000
"""The number of entries read at a time, so that a long log is never completely in memory."""
SHORT_LOG = 500
"""A log with at most so many entries is read whole for the post-mortem's timeline."""
LOOK_BACK = 50
"""The number of entries read for the last lines of a log: more than are shown, as what was taken back is left out."""


class Material(msgspec.Struct, frozen=True):
    """The input for the values of a document.

    `entries` returns all entries of the incident in the order in which they happened, by their corrected times,
    `as_written` by the times they were written with, each with the text of its stored data, `latest` the last LOOK_BACK
    that are not corrections, as in the timeline, `chosen` what may be in the post-mortem's timeline besides what the
    state has, as in `chosen_entries`. All read the journal only when called.
    """

    snapshot: Snapshot
    author: str
    entries: Callable[[], Iterable[Entry]]
    as_written: Callable[[], Iterable[tuple[Entry, str]]]
    latest: Callable[[], Sequence[Entry]]
    chosen: Callable[[], Sequence[Entry]] = tuple


def from_journal(journal: Journal, snapshot: Snapshot, *, author: str) -> Material:
    """The material from a journal; its functions read the journal and may raise StoreError."""
    incident = snapshot.incident
    return Material(
        snapshot,
        author,
        lambda: _in_order(journal, incident),
        lambda: _as_written(journal, incident.id),
        lambda: _latest(journal, incident),
        lambda: chosen_entries(journal, incident),
    )


def chosen_entries(journal: Journal, incident: Incident) -> list[Entry]:
    """The notes and actions for the post-mortem's timeline: those picked by hand, and all of a log that is short.

    Of a long log nothing is read but what was picked, however long it is.
    """
    found = journal.entries(picked_keys(incident))
    if journal.count(incident.id) <= SHORT_LOG:
        found += journal.timeline(incident.id, 0, SHORT_LOG)
    return found


def _latest(journal: Journal, incident: Incident) -> Sequence[Entry]:
    from warroom.store.timeline import Timeline

    timeline = Timeline(journal)
    return timeline.page(incident, max(timeline.count(incident) - LOOK_BACK, 0), LOOK_BACK)


def _in_order(journal: Journal, incident: Incident) -> Iterator[Entry]:
    """All entries in the order in which they happened, by their corrected times, read a page at a time."""
    moved = {key: reads.at for key, change in incident.replaced.items() if (reads := change.reads) is not None}
    if not moved:
        return _pages(journal, incident.id)

    def happened(entry: Entry) -> tuple[int, tuple[int, str, int]]:
        return moved.get(entry.key, entry.at), entry.order

    elsewhere = sorted(filter(None, map(journal.entry, moved)), key=happened)
    in_place = (entry for entry in _pages(journal, incident.id) if entry.key not in moved)
    return heapq.merge(in_place, elsewhere, key=happened)


def _pages(journal: Journal, incident: str) -> Iterator[Entry]:
    offset = 0
    while page := journal.timeline(incident, offset, PAGE):
        yield from page
        offset += len(page)


def _as_written(journal: Journal, incident: str) -> Iterator[tuple[Entry, str]]:
    last: Entry | None = None
    while page := journal.stored(incident, PAGE, last):
        yield from page
        last = page[-1][0]
