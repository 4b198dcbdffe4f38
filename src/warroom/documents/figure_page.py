"""The numbers over many incidents as lines of plain text: the page of `warroom stats`, and each figure by itself."""

from __future__ import annotations

from collections.abc import Callable

from warroom.documents.figure_incidents import CAUSE, SYSTEM
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
from warroom.documents.trend_words import COMPARED, headlines
from warroom.model.figures import MEASURES, Counts, Group, Metrics, Report
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width, wrap

_SYSTEMS, _CAUSES = "Systems affected more than once", "Causes found more than once"
INCIDENTS = "incidents"
"""The id of the figure that is neither measured nor told in words: how many incidents there are."""
_LABEL = 24
"""The most cells of a group's name."""
_NAME = 48
"""The most cells of a system or a cause."""
_LISTED = 5
"""The most systems, or causes, that are listed."""
_ROWS = 20
"""More rows than any paragraph has: nothing is cut."""


def stats_page(report: Report, since: str, by: str | None, columns: int, mark: str = "█") -> str:
    """Every figure, with how many incidents it is of and which are left out, on lines of at most `columns` cells.

    `since` is the first day that counts, "" for all; `by` is what the groups have in common; bars are made of `mark`.
    """
    return "\n".join(_Page(report, by, columns, mark).lines(since))


def figure_lines(report: Report, id: str, by: str, columns: int, mark: str, note: str = "") -> list[str]:
    """One figure by itself, of all incidents and then of each group; `note` is a line below its heading.

    For its id see `FigureRow`.
    """
    # A bar for all incidents would compare this figure with others, and those of the groups the groups.
    page = _Page(Report(report.all, ()), None, columns, mark if id.startswith((SYSTEM, CAUSE)) else "")
    page.figure(id, note)
    nothing = any(told.id == id and not told.lines(report.all) for told in IN_WORDS)
    if len(report.groups) < 2 or nothing or id.startswith((SYSTEM, CAUSE)):
        return page.taken()
    groups = _Page(report, by, columns, mark)
    groups.figure(id)
    about = [f"  {CANCELLED}"] if id == INCIDENTS and report.all.cancelled else []
    return [*page.taken(), *groups.taken(), *about]


class _Page:
    """The lines of the page; each figure has a row for each group, or only one if there are no groups."""

    def __init__(self, report: Report, by: str | None, columns: int, mark: str) -> None:
        self.report = report
        self.all = report.all
        self.by = by
        self.groups = report.groups or (Group("", report.all),)
        self.columns = columns
        self.mark = mark
        self.names = [shorten(clean_line(group.name), _LABEL) for group in self.groups]
        self.room = max(map(width, self.names))
        self._lines: list[str] = []

    def lines(self, since: str) -> list[str]:
        """All lines."""
        self._add(overview(self.all, since))
        if self.all.cancelled:
            self._add(CANCELLED)
        self._short()
        if self.by is not None:
            self._head(GROUPED[self.by])
            self._counts()
        for number, measure in enumerate(MEASURES):
            self._head(measure.heading)
            self._time(number)
        for told in IN_WORDS:
            self._head(told.heading)
            self._each(told.lines)
        if self.by != "system":
            self._head(_SYSTEMS)
            self._names(self.all.systems)
        self._head(_CAUSES)
        self._names(self.all.causes)
        self._lines.append("")
        self._add(NOTE)
        return self._lines

    def _short(self) -> None:
        """What matters most."""
        self._head("In short")
        found = headlines(self.report)
        room = max(len(one.name) for one in found)
        for one in found:
            self._add(one.words, f"  {one.name:<{room}}  ", " " * (room + 4))
        if self.report.before:
            self._add(COMPARED, "  ")

    def figure(self, id: str, note: str = "") -> None:
        """Add the lines of one figure; of groups those without its heading."""
        number = next((number for number, measure in enumerate(MEASURES) if measure.id == id), None)
        told = next((told for told in IN_WORDS if told.id == id), None)
        if number is not None:
            self._begin(MEASURES[number].heading, note)
            self._time(number)
        elif told is not None:
            self._begin(told.heading, note)
            self._each(told.lines)
        elif id.startswith((SYSTEM, CAUSE)):
            of_system = id.startswith(SYSTEM)
            self._begin(_SYSTEMS if of_system else _CAUSES, note)
            self._names(self.all.systems if of_system else self.all.causes)
        elif self.by is None:
            self._begin(overview(self.all, ""), note)
        else:
            self._counts()

    def _begin(self, heading: str, note: str) -> None:
        if self.by is None:
            self._add(heading)
            if note:
                self._add(note, "  ")

    def taken(self) -> list[str]:
        """The lines so far."""
        return self._lines

    def _counts(self) -> None:
        most = max(group.metrics.incidents for group in self.groups)
        digits = len(str(most))
        for group, name in zip(self.groups, self.names, strict=True):
            count = group.metrics.incidents
            self._row(name, f"{count:>{digits}}  {bar(count, most, self.mark)}")

    def _time(self, number: int) -> None:
        """A time; bars compare the groups, or without groups all times."""
        every = [figure.summary.median or 0 for figure in self.all.times]
        digits = len(str(max(figure.summary.n for figure in self.all.times)))
        room = max(width(median_words(figure)) for group in self.groups for figure in group.metrics.times)
        found = [group.metrics.times[number] for group in self.groups]
        most = max(every if self.by is None else [one.summary.median or 0 for one in found])
        for one, name in zip(found, self.names, strict=True):
            shown = f"{median_words(one):<{room}}  {bar(one.summary.median or 0, most, self.mark)}"
            for line in time_lines(one, digits, shown):
                self._row(name, line)
                name = ""

    def _each(self, words: Callable[[Metrics], list[str]]) -> None:
        """A figure that is told in words; groups where there is nothing to tell are not listed."""
        found = [(name, words(group.metrics)) for group, name in zip(self.groups, self.names, strict=True)]
        told = [(name, lines) for name, lines in found if lines]
        if not told:
            self._add("none", "  ")
        for name, lines in told:
            for line in lines:
                self._row(name, line)
                name = ""

    def _names(self, counts: Counts) -> None:
        shown = [(shorten(clean_line(name), _NAME), n) for name, n in counts.recurring[:_LISTED]]
        room = max((width(name) for name, _ in shown), default=0)
        for name, n in shown:
            self._add(f"{name}{' ' * (room - width(name))}  {n}  {bar(n, shown[0][1], self.mark)}", "  ")
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
