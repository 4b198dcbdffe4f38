"""Which lines of the timeline fit into the view: as many whole ones as there is room for, always the selected one."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from warroom.model.entries import Entry


class TimelineLayout:
    """The entries in view, by their indexes in the order things happened; the latest one is at the bottom, or on top.

    An entry takes several rows if its text is long, or if another day begins with it.
    """

    def __init__(
        self, entry: Callable[[int], Entry | None], rows_of: Callable[[int, Entry, int], list[Content]]
    ) -> None:
        """`entry` gives an entry by its index, None if it can't be read; `rows_of` draws it at a width."""
        self._entry, self._rows_of = entry, rows_of
        self.bottom = 0
        """The index of the last entry shown."""
        self.shown: list[tuple[int, int]] = []
        """(entry index, number of rows) from top to bottom, as last drawn."""

    @property
    def first(self) -> int:
        """The index of the earliest entry that is shown."""
        return min(self.shown[0][0], self.shown[-1][0])

    def earliest_first(self, total: int, cursor: int, width: int, height: int) -> list[Content]:
        """Return the rows above and including the last entry shown; `total` is the number of entries."""
        rows: list[Content] = []
        self.shown = []
        index = self.bottom = min(self.bottom, total - 1)
        while index >= 0 and len(rows) < height:
            entry = self._entry(index)
            if entry is None:
                break
            block = self._rows_of(index, entry, width)
            rows[:0] = block
            self.shown.insert(0, (index, len(block)))
            index -= 1
        cut = len(rows) - height
        # If not all rows fit, the top entry is cut, but never the selected one; no row stays empty for want of earlier
        # entries, if there are later ones.
        if (cut > 0 and self.shown[0][0] == cursor) or (cut < 0 and index < 0 and self.bottom < total - 1):
            return self.from_entry(self.shown[0][0], total, width, height)
        if cut > 0:
            first, count = self.shown[0]
            self.shown[0] = (first, count - cut)
        return rows[max(cut, 0) :]

    def from_entry(self, index: int, total: int, width: int, height: int) -> list[Content]:
        """Return the rows from an entry on, as far down as there is room; the last whole one is then the bottom."""
        rows: list[Content] = []
        self.shown, self.bottom = [], index
        while index < total and len(rows) < height and (entry := self._entry(index)) is not None:
            rows += self._rows_of(index, entry, width)
            if len(rows) <= height:
                self.bottom = index
            self.shown.append((index, min(len(rows), height) - sum(count for _, count in self.shown)))
            index += 1
        return rows[:height]

    def latest_first(self, total: int, cursor: int, width: int, height: int) -> list[Content]:
        """Return the rows from the last entry shown on, downwards to earlier ones."""
        rows, index = self._downwards(min(self.bottom, total - 1), width, height)
        cut_cursor = bool(self.shown) and self.shown[-1][0] == cursor and len(rows) > height
        if cut_cursor or (index < 0 and len(rows) < height and self.bottom < total - 1):
            self.bottom = self.last_whole(max(index + 1, 0), total, width, height)
            rows, _ = self._downwards(self.bottom, width, height)
        return rows[:height]

    def _downwards(self, index: int, width: int, height: int) -> tuple[list[Content], int]:
        """The rows from an entry on to earlier ones until there is no more room, and the index of the next one."""
        rows: list[Content] = []
        self.shown = []
        while index >= 0 and len(rows) < height and (entry := self._entry(index)) is not None:
            before = len(rows)
            rows += self._rows_of(index, entry, width)
            self.shown.append((index, min(len(rows), height) - before))
            index -= 1
        return rows, index

    def last_whole(self, index: int, total: int, width: int, height: int) -> int:
        """The index of the last entry that can be shown whole above this one, with the latest on top."""
        room, last = height, index
        while index < total and (entry := self._entry(index)) is not None:
            room -= len(self._rows_of(index, entry, width))
            if room < 0:
                break
            last = index
            index += 1
        return last
