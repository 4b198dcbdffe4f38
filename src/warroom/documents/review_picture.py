"""A chart of many incidents, as SVG for the review's web page: a row for each group, compared in three ways.

How many incidents there were, how long each took to resolve, and what became of the promised updates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from warroom.documents import drawing
from warroom.documents.drawing import NARROW, WIDE, Sheet, fitted, text_width
from warroom.documents.figure_words import span
from warroom.documents.review import ALL, Review
from warroom.messages.markup import html_words
from warroom.model.figures import MEASURES, Group, Metrics
from warroom.model.times import HOUR, MINUTE
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted

_MOST_ROWS = 24
"""The most groups that are drawn; months are the latest ones, systems the most frequent ones."""
_ROW, _BAR = 22, 12
"""The height of a row, and of a bar in it."""
_GAP = 28
"""The space between two panels."""
_RESOLVE = next(number for number, measure in enumerate(MEASURES) if measure.id == "resolve")
_STEPS = [
    *(minutes * MINUTE for minutes in (5, 10, 15, 30)),
    *(hours * HOUR for hours in (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672, 1344, 4032)),
]
_KINDS = {"kept": "kept", "late": "late", "missed": "never came", "running": "still running"}
"""What becomes of a promised update, in words."""


class _Panel(msgspec.Struct, frozen=True):
    """A part of the chart: its title, and how it draws a group's row from `left` to `right`, whose middle is at `y`."""

    title: str
    row: Callable[[Metrics, float, float, float], Iterator[str]]
    axis: Callable[[float, float, float, float], Iterator[str]] | None = None
    """Draws the axis: left and right edge, its y, and the y where the rows end."""


def review_picture(review: Review) -> str:
    """The chart as a `figure` element, with a legend and all of it in words; "" if nothing has begun."""
    if not review.report.all.incidents:
        return ""
    groups = _rows(review)
    chart = _Chart(groups)
    words = html_words(_in_words(groups))
    drawn = "".join(chart.svg(sheet, words) for sheet in (WIDE, NARROW))
    left_out = len(review.report.groups) - sum(group.metrics.incidents > 0 for group in groups)
    more = f"<p>{left_out} more are in the figures below.</p>" if len(review.report.groups) > 1 and left_out > 0 else ""
    for reason in review.report.all.times[_RESOLVE].left_out:
        more += f"<p>Left out of the times: {len(reason.incidents)} ({html_words(reason.because)}).</p>"
    legend = "".join(_LEGEND[mark] for mark in _LEGEND if mark in chart.used)
    caption = f'<figcaption><ul class="legend">{legend}</ul>{more}</figcaption>'
    return f'<figure class="picture">\n{drawn}{caption}\n</figure>'


def _rows(review: Review) -> list[Group]:
    """The groups to draw; of months also those in between in which nothing began."""
    groups = list(review.report.groups) or [Group(ALL, review.report.all)]
    if review.by != "month":
        return groups[:_MOST_ROWS]
    found = {group.name: group for group in groups}
    names = list(_months(groups[0].name, groups[-1].name))[-_MOST_ROWS:] if review.report.groups else list(found)
    return [found.get(name) or Group(name, _nothing(groups[0].metrics)) for name in names]


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (name := f"{year:04d}-{month:02d}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _nothing(like: Metrics) -> Metrics:
    """The figures of a month in which nothing began; only those that are drawn are emptied."""
    summary = msgspec.structs.replace(like.times[_RESOLVE].summary, values=())
    times = tuple(msgspec.structs.replace(figure, summary=summary, left_out=()) for figure in like.times)
    promises = msgspec.structs.replace(like.promises, made=0, running=0, kept=0, missed=0, late_by=summary)
    return msgspec.structs.replace(like, incidents=0, open=0, times=times, promises=promises)


def _in_words(groups: Sequence[Group]) -> str:
    """All that the chart shows, in sentences."""
    sentences = []
    for group in groups:
        metrics, took = group.metrics, group.metrics.times[_RESOLVE].summary
        times = ", ".join(map(span, took.values)) if took.median is None else f"median {span(took.median)}"
        promises = [f"{n} {_KINDS[kind]}" for kind, n in _promised(metrics) if n]
        parts = [
            counted(metrics.incidents, "incident"),
            f"resolved in {times} ({took.n})" if took.n else "",
            f"promised updates: {', '.join(promises)}" if promises else "",
        ]
        sentences.append(f"{clean_line(group.name)}: {'; '.join(filter(None, parts))}.")
    return " ".join(sentences)


def _promised(metrics: Metrics) -> list[tuple[str, int]]:
    found = metrics.promises
    return [("kept", found.kept), ("late", found.late), ("missed", found.missed), ("running", found.running)]


class _Chart:
    """The panels, drawn side by side or one below the other; `used` are the kinds of mark on them."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.used: set[str] = set()
        self.most = max(1, *(group.metrics.incidents for group in groups))
        self.promised = max(1, *(group.metrics.promises.made for group in groups))
        longest = max(group.metrics.times[_RESOLVE].summary.most or 0 for group in groups)
        self.step = next((step for step in _STEPS if longest <= 4 * step), -(-longest // 4))
        self.longest = max(-(-longest // self.step), 1) * self.step
        self.panels = [_Panel("Incidents", self._incidents)]
        if longest:
            self.panels.append(_Panel("Time to resolve", self._times, self._axis))
        if any(group.metrics.promises.made for group in groups):
            self.panels.append(_Panel("Promised updates", self._promises))

    def svg(self, sheet: Sheet, description: str) -> str:
        """The chart on a sheet, with its description (already escaped)."""
        pieces: list[str] = []
        high = _ROW * len(self.groups)
        if sheet.names_above:
            y = 0.0
            for panel in self.panels:
                head = 40 if panel.axis else 20
                pieces += self._panel(panel, sheet.left + 84, sheet.right, (y, y + head), sheet.left)
                y += head + high + 14
            bottom = y - 14
        else:
            left = sheet.left
            room = (sheet.right - left - _GAP * (len(self.panels) - 1)) / len(self.panels)
            for number, panel in enumerate(self.panels):
                at = left + number * (room + _GAP)
                pieces += self._panel(panel, at, at + room, (0, 40), 0 if number == 0 else None)
            bottom = 40 + high
        name = f"picture-{sheet.name}"
        return (
            f'<svg class="{sheet.name}" viewBox="0 0 {sheet.width} {bottom + 6:g}" role="img" '
            f'aria-labelledby="{name}-title" aria-describedby="{name}-words">'
            f'<title id="{name}-title">The incidents compared</title><desc id="{name}-words">{description}</desc>\n'
            + "\n".join(pieces)
            + "</svg>\n"
        )

    def _panel(
        self, panel: _Panel, left: float, right: float, tops: tuple[float, float], names: float | None
    ) -> Iterator[str]:
        """A panel; `tops` are those of its title and of its rows, the names of the groups are at `names`."""
        y, top = tops
        yield drawing.text(left, y + 12, panel.title, "moment")
        bottom = top + _ROW * len(self.groups)
        if panel.axis:
            yield from panel.axis(left, right, top - 6, bottom)
        for number, group in enumerate(self.groups):
            middle = top + _ROW * number + _ROW / 2
            if names is not None:
                yield drawing.text(names, middle + 4, fitted(clean_line(group.name), left - names - 8), "name")
            yield from panel.row(group.metrics, left, right, middle)
        yield drawing.line(left, top, left, bottom, "axis")

    def _incidents(self, metrics: Metrics, left: float, right: float, y: float) -> Iterator[str]:
        words = str(metrics.incidents)
        across = (right - left - text_width(str(self.most)) - 8) * metrics.incidents / self.most
        yield drawing.box(left, y - _BAR / 2, round(across, 1), _BAR, "count")
        yield drawing.text(round(left + across + 6, 1), y + 4, words, "time")

    def _promises(self, metrics: Metrics, left: float, right: float, y: float) -> Iterator[str]:
        found = metrics.promises
        words = f"{found.broken} of {found.judged} broken" if found.broken else ""
        room = right - left - text_width(f"{self.promised} of {self.promised} broken") - 8
        x = left
        for kind, n in _promised(metrics):
            if n:
                self.used.add(kind)
                across = room * n / self.promised
                yield drawing.box(round(x, 1), y - _BAR / 2, round(across, 1), _BAR, f"update-{kind}")
                x += across
        if words:
            yield drawing.text(round(x + 6, 1), y + 4, words, "late-by")

    def _times(self, metrics: Metrics, left: float, right: float, y: float) -> Iterator[str]:
        """A dot for each incident, and a line at the median; many at the same place are one dot."""
        took = metrics.times[_RESOLVE].summary
        yield drawing.line(left, y, right, y, "grid")
        places = sorted({round(self._x(value, left, right), 1) for value in took.values})
        if places:
            self.used.add("dot")
        yield from (drawing.dot(x, y, 3.5, "took") for x in places)
        if took.median is not None:
            self.used.add("median")
            x = round(self._x(took.median, left, right), 1)
            yield drawing.line(x, y - 9, x, y + 9, "median")

    def _axis(self, left: float, right: float, y: float, bottom: float) -> Iterator[str]:
        for value in range(0, self.longest + 1, self.step):
            x, label = round(self._x(value, left, right), 1), span(value) if value else "0"
            anchor = "end" if value == self.longest else "middle" if value else "start"
            yield drawing.line(x, y + 4, x, bottom, "grid")
            if value % (2 * self.step) == 0 or self.longest // self.step < 3 or value == self.longest:
                yield drawing.text(x, y, label, "time", anchor)

    def _x(self, value: int, left: float, right: float) -> float:
        return left + (right - left - 6) * value / self.longest


def _key(shape: str, words: str) -> str:
    return f'<li><svg class="key" viewBox="0 0 34 16" aria-hidden="true">{shape}</svg>{words}</li>'


_LEGEND = {
    "dot": _key(drawing.dot(17, 8, 3.5, "took"), "an incident, by how long it took to resolve"),
    "median": _key(drawing.line(17, 0, 17, 16, "median"), "the median, of five or more"),
    "kept": _key(drawing.box(4, 2, 26, 12, "update-kept"), "promised update came in time"),
    "late": _key(drawing.box(4, 2, 26, 12, "update-late"), "came late"),
    "missed": _key(drawing.box(4, 2, 26, 12, "update-missed"), "never came"),
    "running": _key(drawing.box(4, 2, 26, 12, "update-running"), "still running"),
}
"""What each mark means, in the order of the legend."""
