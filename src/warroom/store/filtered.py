"""The lines of a timeline that somebody wants to see: of a kind, by an author, pinned, since a time, with some words.

Any number of lines are looked through a slice at a time, from the latest back, so that the first are there at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import msgspec

from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.kinds import decode
from warroom.store.journal import Journal
from warroom.store.rows import Row, rows_before, rows_since
from warroom.store.timeline import Timeline

_SLICE = 2_000
"""Rows that are looked through at a time: some milliseconds."""
_MOST_FOUND = 500
"""The most lines that words are found in, the latest arrivals."""
_MOST_LABELS = 5_000

Key = tuple[int, int, str]
"""Where a line stands in the timeline: at, hlc and origin."""


class Filter(msgspec.Struct, frozen=True):
    """What to show: lines of this kind (as the timeline calls it), by this author, pinned, since (ms UTC), with words.

    Empty values let everything through.
    """

    kind: str = ""
    author: str = ""
    pinned: bool = False
    since: int | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return self != Filter()


class FilteredTimeline:
    """Reads a timeline by page, as `Timeline` does, but only the lines that a filter lets through.

    `is_complete` says whether all lines have been looked at; until then `advance` looks at some more, and lines are
    added in front. Only the latest arrivals are found for words; `is_cut` says whether there may be more.
    """

    def __init__(self, journal: Journal, timeline: Timeline, only: Filter) -> None:
        self.only = only
        self.is_complete = self.is_cut = False
        self._journal, self._timeline = journal, timeline
        self._found: list[tuple[Key, int]] = []
        """The place and `seq` of each line that was found, the earliest first."""
        self._seq = -1
        self._reach: Key | None = None
        """The place of the earliest row that was looked at."""
        self._for: tuple[object, ...] = ()
        self._labels: dict[tuple[str, str], str] = {}

    def count(self, incident: Incident) -> int:
        """The number of lines found so far."""
        self._update(incident)
        return len(self._found)

    def page(self, incident: Incident, offset: int, limit: int) -> list[Entry]:
        """At most `limit` lines from `offset` on, each as the entry that was first written."""
        self._update(incident)
        seqs = [seq for _, seq in self._found[offset : offset + limit]]
        moved = self._timeline.moved(incident)
        entries = {entry.seq: entry for entry in self._journal.by_seq(seqs)}
        return [moved.get(seq) or entries[seq] for seq in seqs if seq in moved or seq in entries]

    def position(self, incident: Incident, entry: Entry) -> int:
        """The offset of a line, or of the one that comes next if it is not shown."""
        self._update(incident)
        place = self._timeline.place(incident, entry)
        return self._at((place.at, place.hlc, place.origin))

    def position_at(self, incident: Incident, at: int) -> int:
        """The offset of the first line at a time (ms UTC) or later; that of the last one if there is none."""
        self._update(incident)
        return self._at((at, 0, ""))

    def _at(self, key: Key) -> int:
        return min(bisect_left(self._found, (key, 0)), max(len(self._found) - 1, 0))

    def advance(self, incident: Incident) -> None:
        """Look at some more lines, further back."""
        self._update(incident)
        if not self.is_complete:
            self._found[:0] = self._slice(incident, self._tester(incident))

    def _update(self, incident: Incident) -> None:
        """Take what is new into account; look at everything again if lines may read differently since."""
        last = self._journal.last_seq()
        state = (id(incident.changes), len(incident.changes), incident.pinned, len(incident.marks), incident.id)
        if state != self._for:
            self._for, self._seq = state, last
            self._again(incident)
        elif last != self._seq:
            since, self._seq = self._seq, last
            if self.only.words:
                self._again(incident)
                return
            matches = self._tester(incident)
            for row in rows_since(self._journal, incident.id, since):
                key = (row.at, row.hlc, row.origin)
                if matches(row) and (self.is_complete or self._reach is None or key > self._reach):
                    place = (key, row.seq)
                    self._found.insert(bisect_left(self._found, place), place)

    def _again(self, incident: Incident) -> None:
        reach, complete = self._reach, self.is_complete
        self._found, self._reach, self.is_complete = [], None, False
        if self.only.words:
            self._search(incident)
            return
        matches = self._tester(incident)
        while not self.is_complete:
            self._found[:0] = self._slice(incident, matches)
            if not complete and (reach is None or (self._reach is not None and self._reach <= reach)):
                break

    def _search(self, incident: Incident) -> None:
        lines = self._timeline.search(incident, self.only.words, _MOST_FOUND)
        self.is_cut = len(lines) >= _MOST_FOUND
        places = [(self._timeline.place(incident, line), line) for line in lines if self._lets_through(incident, line)]
        self._found = sorted(((place.at, place.hlc, place.origin), place.seq) for place, _ in places)
        self.is_complete = True

    def _slice(self, incident: Incident, matches: Callable[[Row], bool]) -> list[tuple[Key, int]]:
        rows = rows_before(self._journal, incident.id, self._reach, self.only.since, _SLICE)
        self.is_complete = len(rows) < _SLICE
        if rows:
            self._reach = (rows[-1].at, rows[-1].hlc, rows[-1].origin)
        return [((row.at, row.hlc, row.origin), row.seq) for row in reversed(rows) if matches(row)]

    def _tester(self, incident: Incident) -> Callable[[Row], bool]:
        """What says whether the line that stands at a row is shown."""
        hidden, moved = set(self._timeline.hidden(incident)), self._timeline.moved(incident)
        corrected = self._timeline.corrected(incident)
        only, pinned = self.only, incident.pinned

        def matches(row: Row) -> bool:
            if row.seq in hidden:
                return False
            if (line := moved.get(row.seq) or corrected.get(row.seq)) is not None:
                return self._lets_through(incident, line)
            return (
                (only.since is None or row.at >= only.since)
                and (not only.author or row.author == only.author)
                and (not only.pinned or f"{row.origin}:{row.n}" in pinned)
                and (not only.kind or self._label(row) == only.kind)
            )

        return matches

    def _lets_through(self, incident: Incident, line: Entry) -> bool:
        shown, only = incident.shown(line), self.only
        return (
            (only.since is None or shown.at >= only.since)
            and (not only.author or shown.author == only.author)
            and (not only.pinned or line.key in incident.pinned)
            and (not only.kind or shown.body.kind_label == only.kind)
        )

    def _label(self, row: Row) -> str:
        label = self._labels.get((row.kind, row.data))
        if label is None:
            if len(self._labels) > _MOST_LABELS:
                self._labels.clear()
            label = self._labels[row.kind, row.data] = decode(row.kind, row.data).kind_label
        return label
