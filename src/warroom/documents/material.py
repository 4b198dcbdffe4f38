"""The input for a document: the incident at a point in time, its entries, and who writes the document."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot

if TYPE_CHECKING:
    from warroom.store.journal import Journal

PAGE = 5_000
"""The number of entries read at a time, so that a long log is never completely in memory."""
LOOK_BACK = 50
"""The number of entries read for the last lines of a log: more than are shown, as what was taken back is left out."""


class Material(msgspec.Struct, frozen=True):
    """The input for the values of a document.

    `entries` returns all entries of the incident in the order in which they happened, by their corrected times,
    `as_written` by the times they were written with, `latest` the last LOOK_BACK that are not corrections, as in the
    timeline. All read the journal only when called.
    """

    snapshot: Snapshot
    author: str
    entries: Callable[[], Iterable[Entry]]
    as_written: Callable[[], Iterable[Entry]]
    latest: Callable[[], Sequence[Entry]]


def from_journal(journal: Journal, snapshot: Snapshot, *, author: str) -> Material:
    """The material from a journal; its functions read the journal and may raise StoreError."""
    incident = snapshot.incident
    return Material(
        snapshot,
        author,
        lambda: _in_order(journal, incident),
        lambda: _pages(journal, incident.id),
        lambda: _latest(journal, incident),
    )


def _latest(journal: Journal, incident: Incident) -> Sequence[Entry]:
    from warroom.store.timeline import Timeline

    timeline = Timeline(journal)
    return timeline.page(incident, max(timeline.count(incident) - LOOK_BACK, 0), LOOK_BACK)


def _in_order(journal: Journal, incident: Incident) -> Iterator[Entry]:
    """All entries in the order in which they happened, by their corrected times, read a page at a time."""
    moved = {key: change.at for key, change in incident.replaced.items() if not change.retracted}
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
