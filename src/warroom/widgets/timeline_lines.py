"""Which lines the timeline has, all of them or those that a filter lets through; only those near the view are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Protocol

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.store.errors import StoreError
from warroom.store.filtered import Filter, FilteredTimeline
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten

_WORDS = 24
"""The most cells of a filter's words in the title."""
_KEPT = 20
"""As many screenfuls of lines are kept at most."""


class Source(Protocol):
    """What the timeline reads from: the lines of an incident, by offset, in the order things happened."""

    def count(self, incident: Incident) -> int: ...
    def page(self, incident: Incident, offset: int, limit: int) -> list[Entry]: ...
    def position(self, incident: Incident, entry: Entry) -> int: ...
    def position_at(self, incident: Incident, at: int) -> int: ...


class TimelineLines:
    """The lines by index, in the order things happened. What reads from the file raises StoreError."""

    def __init__(self, source: Source, filtered: Callable[[Filter], FilteredTimeline]) -> None:
        """`source` has all lines; `filtered` gives what a filter lets through of it."""
        self._all = self._source = source
        self._filtered = filtered
        self.only = Filter()
        """What is let through; without a filter, everything."""
        self.total = 0
        """How many lines there were when they were shown last."""
        self._loaded: dict[int, Entry] = {}

    def use(self, only: Filter) -> None:
        """Let only some lines through."""
        self.only = only
        self._source = self._filtered(only) if only else self._all

    def clear(self) -> None:
        """Read lines again when they are next needed."""
        self._loaded.clear()

    def count(self, incident: Incident, *, anew: bool) -> int:
        """How many lines there are now; those added at the end are loaded.

        If others have been added or moved, or with `anew`, all are read again when they are next needed.
        """
        total = self._source.count(incident)
        if anew or self.only or not self._load_new(incident, total):
            self._loaded.clear()
        return total

    def _load_new(self, incident: Incident, total: int) -> bool:
        """Load entries added at the end; False if one was added further up, or another incident is shown."""
        last = self._loaded.get(self.total - 1)
        if last is None or last.incident != incident.id or total < self.total:
            return False
        found = self._source.page(incident, self.total - 1, total - self.total + 1)
        if not found or found[0].key != last.key:
            return False
        self._loaded.update(enumerate(found, self.total - 1))
        return True

    def loaded(self, index: int) -> Entry | None:
        """The line at an index, if it is loaded."""
        return self._loaded.get(index)

    def read(self, incident: Incident, index: int, screenful: int) -> Entry | None:
        """The line at an index, read with a screenful in front of it and one behind it; None if there is none."""
        if index not in self._loaded and 0 <= index < self.total:
            start = max(index - screenful, 0)
            if len(self._loaded) > _KEPT * screenful:
                self._loaded.clear()
            self._loaded.update(enumerate(self._source.page(incident, start, 2 * screenful), start))
        return self._loaded.get(index)

    def position(self, incident: Incident, entry: Entry) -> int:
        """The index of a line; that of one near it, if it is not let through."""
        return self._source.position(incident, entry)

    def position_at(self, incident: Incident, at: int) -> int:
        """The index of the first line at a time (ms UTC) or later."""
        return self._source.position_at(incident, at)

    def beside(self, incident: Incident, at: int) -> tuple[int | None, int | None]:
        """When the last line before a time (ms UTC) is, and the first one from then on; None if there is none."""
        index = self._source.position_at(incident, at)
        found = [self._source.page(incident, offset, 1) if offset >= 0 else [] for offset in (index - 1, index)]
        before, there = [incident.shown(lines[0]).at if lines else None for lines in found]
        return (before, there) if there is None or there >= at else (there, None)  # the last one, if none is later

    def labels(self, incident: Incident) -> set[str]:
        """The kinds of the lines that were read last, as the timeline calls them."""
        return {incident.shown(entry).body.kind_label for entry in self._loaded.values()}

    @property
    def is_complete(self) -> bool:
        """Whether every line has been looked at that a filter may let through."""
        return not isinstance(self._source, FilteredTimeline) or self._source.is_complete

    def advance(self, incident: Incident) -> None:
        """Look at more lines that a filter may let through."""
        if isinstance(self._source, FilteredTimeline):
            self._source.advance(incident)

    def counted(self, view: Snapshot, zone: tzinfo | None) -> str:
        """How many lines are shown; of how many, why not all of them, and how to see all."""
        if not isinstance(self._source, FilteredTimeline):
            return str(self.total)
        only, more = self.only, "" if self._source.is_complete and not self._source.is_cut else "+"
        try:
            count = f" of {self._all.count(view.incident)}"
        except StoreError:
            count = ""
        since = times.clock_zone_day(only.since, view.now, zone) if only.since is not None else ""
        parts = [
            only.kind,
            f"by {clean_line(only.author)}" if only.author else "",
            "pinned" if only.pinned else "",
            f"since {since}" if since else "",
            f"“{shorten(clean_line(only.words), _WORDS)}”" if only.words else "",
        ]
        return f"{self.total}{more}{count} · {', '.join(filter(None, parts))} · esc shows all"
