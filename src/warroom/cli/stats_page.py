"""The numbers over many incidents as a page of plain text: what `warroom stats` prints for people."""

from __future__ import annotations

from collections.abc import Callable

from warroom.documents.figure_words import (
    CANCELLED,
    GROUPED,
    IN_WORDS,
    NOTE,
    bar,
    median_words,
    overview,
    time_lines,
)
from warroom.model.figures import Counts, Group, Metrics, Report
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width, wrap

_LABEL = 24
"""The most cells of a group's name."""
_NAME = 48
"""The most cells of a system or a cause."""
_LISTED = 5
"""The most systems, or causes, that are listed."""
_ROWS = 20
"""More rows than any paragraph has: nothing is cut."""


def stats_page(report: Report, since: str, by: str | None, columns: int) -> str:
    """Every figure, with how many incidents it is of and which are left out, on lines of at most `columns` cells.

    `since` is the first day that counts, "" for all; `by` is what the groups have in common.
    """
    return "\n".join(_Page(report, by, columns).lines(since))


class _Page:
    """The lines of the page; each figure has a row for each group, or only one if there are no groups."""

    def __init__(self, report: Report, by: str | None, columns: int) -> None:
        self.all = report.all
        self.by = by
        self.groups = report.groups or (Group("", report.all),)
        self.columns = columns
        self.names = [shorten(clean_line(group.name), _LABEL) for group in self.groups]
        self.room = max(map(width, self.names))
        self._lines: list[str] = []

    def lines(self, since: str) -> list[str]:
        """All lines."""
        self._add(overview(self.all, since))
        if self.all.cancelled:
            self._add(CANCELLED)
        if self.by is not None:
            self._head(GROUPED[self.by])
            most = max(group.metrics.incidents for group in self.groups)
            digits = len(str(most))
            for group, name in zip(self.groups, self.names, strict=True):
                count = group.metrics.incidents
                self._row(name, f"{count:>{digits}}  {bar(count, most)}")
        self._times()
        for title, words in IN_WORDS.items():
            self._each(title, words)
        if self.by != "system":
            self._names("Systems affected more than once", self.all.systems)
        self._names("Causes found more than once", self.all.causes)
        self._lines.append("")
        self._add(NOTE)
        return self._lines

    def _times(self) -> None:
        """The times; bars compare the groups, or without groups all times."""
        every = [figure.summary.median or 0 for figure in self.all.times]
        digits = len(str(max(figure.summary.n for figure in self.all.times)))
        medians = [median_words(figure) for group in self.groups for figure in group.metrics.times]
        room = max(map(width, medians))
        for number, figure in enumerate(self.all.times):
            found = [group.metrics.times[number] for group in self.groups]
            most = max(every if self.by is None else [one.summary.median or 0 for one in found])
            self._head(figure.measure.heading)
            for one, name in zip(found, self.names, strict=True):
                shown = f"{median_words(one):<{room}}  {bar(one.summary.median or 0, most)}"
                for line in time_lines(one, digits, shown):
                    self._row(name, line)
                    name = ""

    def _each(self, title: str, words: Callable[[Metrics], list[str]]) -> None:
        """A figure that is told in words; groups where there is nothing to tell are not listed."""
        found = [(name, words(group.metrics)) for group, name in zip(self.groups, self.names, strict=True)]
        self._head(title)
        told = [(name, lines) for name, lines in found if lines]
        if not told:
            self._add("none", "  ")
        for name, lines in told:
            for line in lines:
                self._row(name, line)
                name = ""

    def _names(self, title: str, counts: Counts) -> None:
        self._head(title)
        shown = [(shorten(clean_line(name), _NAME), n) for name, n in counts.recurring[:_LISTED]]
        room = max((width(name) for name, _ in shown), default=0)
        for name, n in shown:
            self._add(f"{name}{' ' * (room - width(name))}  {n}  {bar(n, shown[0][1])}", "  ")
        more = len(counts.recurring) - len(shown)
        known = sum(n for _, n in counts.rows)
        rest = [
            "" if shown else "none",
            f"{more} more" if more else "",
            f"known for {known} of {known + counts.unknown}" if counts.unknown else "",
        ]
        if any(rest):
            self._add("; ".join(filter(None, rest)), "  ")

    def _row(self, name: str, text: str) -> None:
        gap = f"  {name}{' ' * (self.room - width(name))}  " if self.room else "  "
        self._add(text, gap, " " * width(gap))

    def _head(self, title: str) -> None:
        self._lines.append("")
        self._add(title)

    def _add(self, text: str, first: str = "", then: str = "  ") -> None:
        self._lines += [line.rstrip() for line in wrap(text, self.columns, _ROWS, first, then)]
