"""The numbers over many incidents as a page of plain text: what `warroom stats` prints for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from warroom.model import times
from warroom.model.action_items import counts
from warroom.model.figures import (
    FEW,
    Counts,
    Escalations,
    Figure,
    Group,
    Metrics,
    PostMortems,
    Promises,
    Report,
)
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width, wrap

_BAR = 20
"""The most cells of a bar."""
_LABEL = 24
"""The most cells of a group's name."""
_NAME = 48
"""The most cells of a system or a cause."""
_LISTED = 5
"""The most systems, or causes, that are listed."""
_ROWS = 20
"""More rows than any paragraph has: nothing is cut."""
_NOTE = f"Times are in whole minutes. Where there are fewer than {FEW}, each is shown."
_GROUPED = {
    "month": "Incidents by the month in which they began (months without any are not listed)",
    "severity": "Incidents by the most serious severity that each of them had",
    "system": "Incidents by the affected system",
}


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
        self._add(_overview(self.all, since))
        if any(n for _, n in self.all.cancelled):
            self._add("Cancelled ones are left out of times, cost, systems and causes.")
        if self.by is not None:
            self._head(_GROUPED[self.by], "")
            most = max(group.metrics.incidents for group in self.groups)
            digits = len(str(most))
            for group, name in zip(self.groups, self.names, strict=True):
                count = group.metrics.incidents
                self._row(name, f"{count:>{digits}}  {_bar(count, most)}")
        self._times()
        self._each("Promised updates", "", lambda found: _promises(found.promises))
        self._each("Escalations", "", lambda found: _escalations(found.escalations))
        self._each("Cost", "revenue per hour × duration", _cost)
        self._each("Post-mortems", "", lambda found: _post_mortems(found.post_mortems))
        self._each("Action items", "", _action_items)
        if self.by != "system":
            self._names("Systems affected more than once", self.all.systems)
        self._names("Causes found more than once", self.all.causes)
        self._lines.append("")
        self._add(_NOTE)
        return self._lines

    def _times(self) -> None:
        """The times; bars compare the groups, or without groups all times."""
        every = [figure.summary.median or 0 for figure in self.all.times]
        digits = len(str(max(figure.summary.n for figure in self.all.times)))
        medians = [_median(figure) for group in self.groups for figure in group.metrics.times]
        room = max(map(width, medians))
        for number, figure in enumerate(self.all.times):
            found = [group.metrics.times[number] for group in self.groups]
            most = max(every if self.by is None else [one.summary.median or 0 for one in found])
            self._head(figure.measure.name, figure.measure.between)
            for one, name in zip(found, self.names, strict=True):
                bar = f"{_median(one):<{room}}  {_bar(one.summary.median or 0, most)}"
                for line in _time(one, digits, bar):
                    self._row(name, line)
                    name = ""

    def _each(self, title: str, how: str, words: Callable[[Metrics], Sequence[str]]) -> None:
        """A figure that is told in words; groups where there is nothing to tell are not listed."""
        found = [(name, words(group.metrics)) for group, name in zip(self.groups, self.names, strict=True)]
        self._head(title, how)
        told = [(name, lines) for name, lines in found if lines]
        if not told:
            self._add("none", "  ")
        for name, lines in told:
            for line in lines:
                self._row(name, line)
                name = ""

    def _names(self, title: str, counts: Counts) -> None:
        self._head(title, "")
        shown = [(shorten(clean_line(name), _NAME), n) for name, n in counts.recurring[:_LISTED]]
        room = max((width(name) for name, _ in shown), default=0)
        for name, n in shown:
            self._add(f"{name}{' ' * (room - width(name))}  {n}  {_bar(n, shown[0][1])}", "  ")
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

    def _head(self, title: str, how: str) -> None:
        self._lines.append("")
        self._add(f"{title}: {how}" if how else title)

    def _add(self, text: str, first: str = "", then: str = "  ") -> None:
        self._lines += [line.rstrip() for line in wrap(text, self.columns, _ROWS, first, then)]


def _overview(metrics: Metrics, since: str) -> str:
    cancelled = [f"{n} {reason}{'s' if n > 1 else ''}" for reason, n in metrics.cancelled]
    count = sum(n for _, n in metrics.cancelled)
    parts = [
        f"{metrics.open} open" if metrics.open else "",
        f"{metrics.came_back} came back after the fix" if metrics.came_back else "",
        f"{count} cancelled ({clean_line(', '.join(cancelled))})" if count else "",
    ]
    counted = f"{metrics.incidents} incident{'s' if metrics.incidents != 1 else ''}"
    return f"{counted}{f' since {since}' if since else ''}: {', '.join(filter(None, parts)) or 'all resolved'}"


def _bar(value: float, most: float) -> str:
    """A bar in proportion; whatever is more than nothing can be seen."""
    return "█" * max(round(_BAR * value / most), 1) if value and most else ""


def _median(figure: Figure) -> str:
    """`median 12 min`; nothing where each value is shown."""
    return "" if figure.summary.median is None else f"median {_span(figure.summary.median)}"


def _time(figure: Figure, digits: int, median: str) -> list[str]:
    """The lines of a time; `digits` is the room for n, `median` what is shown of many values."""
    found = figure.summary
    values = ", ".join(map(_span, found.values)) if found.median is None else median
    lines = [f"n {found.n:>{digits}}  {values}"] if found.n else []
    if found.median is not None:
        least, most = _span(found.least), _span(found.most)
        lines.append(f"9 of 10 within {_span(found.p90)} · mean {_span(found.mean)} · {least} to {most}")
    lines += [f"{len(reason.incidents)} left out: {clean_line(reason.because)}" for reason in figure.left_out]
    return lines


def _span(ms: int | None) -> str:
    """A duration to the minute; of a day and more, to the hour."""
    minutes = round((ms or 0) / times.MINUTE)
    days, hours = divmod(round(minutes / 60), 24)
    if minutes >= 24 * 60:
        return f"{days} d" + (f" {hours} h" if hours else "")
    return times.span(minutes * times.MINUTE) if minutes else "0 min"


def _promises(found: Promises) -> list[str]:
    if not found.made:
        return []
    parts = [
        f"{found.kept} kept",
        f"{found.late} late" if found.late else "",
        f"{found.missed} past without an update" if found.missed else "",
        f"{found.running} running" if found.running else "",
    ]
    lines = [f"{found.made} made: {', '.join(filter(None, parts))}"]
    late = found.late_by
    if late.median is not None:
        lines.append(f"late by {_span(late.median)} (median of {late.n}), {_span(late.most)} at worst")
    elif late.n:
        lines.append(f"late by {', '.join(map(_span, late.values))}")
    return lines


def _escalations(found: Escalations) -> list[str]:
    parts = [
        f"{_times_of(found.messages, 'message')} in {_times_of(found.incidents, 'incident')}" if found.messages else "",
        f"commander told {_often(found.told)}" if found.told else "",
        f"objected {_often(found.objected)}" if found.objected else "",
        f"sent without telling the commander {_often(found.skipped)}" if found.skipped else "",
        f"decided against {_often(found.declined)}" if found.declined else "",
    ]
    text = ", ".join(filter(None, parts))
    return [text] if text else []


def _often(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _times_of(n: int, what: str) -> str:
    return f"{n} {what}{'s' if n != 1 else ''}"


def _cost(metrics: Metrics) -> list[str]:
    lines = [
        f"{clean_line(money.text)} in {_times_of(money.n, 'incident')}"
        + (f", {money.running} of them not over" if money.running else "")
        for money in metrics.costs
    ]
    if metrics.cost_unknown:
        lines.append(f"{metrics.cost_unknown} left out: revenue per hour not known")
    return lines


def _post_mortems(found: PostMortems) -> list[str]:
    parts = [
        f"{found.done} done" + (f" ({found.done_late} late)" if found.done_late else "") if found.done else "",
        f"{found.waived} waived" if found.waived else "",
        f"{found.open} not done yet" + (f" ({found.open_late} late)" if found.open_late else "") if found.open else "",
        f"{found.let_go} closed without one" if found.let_go else "",
    ]
    lines = [f"{found.owed} owed: {', '.join(filter(None, parts))}"] if found.owed else []
    return lines + (
        [f"{found.extra} done that {'was' if found.extra == 1 else 'were'} not owed"] if found.extra else []
    )


def _action_items(metrics: Metrics) -> list[str]:
    found = metrics.action_items
    return [f"{found.total} in all: {counts(found)}"] if found.total else []
