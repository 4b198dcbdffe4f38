"""The numbers over all incidents as rows in columns, what matters most above them, and all about the selected one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.content import Content

from warroom.documents.trend_words import FigureRow, Headline
from warroom.terminal.characters import BLOCKS, Charts
from warroom.terminal.content import fit, safe_line, shortened, spread
from warroom.terminal.line_widget import LineWidget
from warroom.text.counts import counted
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import GAP, cell

_NAME, _BEFORE, _TREND = 24, 16, 7
"""The most cells of these columns; what it says now has the rest."""
_BAR = 20
"""The most cells of a bar."""
_WITH_TREND, _WITH_BEFORE = 70, 96
"""From this width on there is a column for it."""
_TONE = {"good": "bold $text-success", "bad": "bold $text-error", "": ""}
_OLD = 15
_LITTLE = 2
"""The most lines of room that are too few for a heading."""
_IN_COLUMN = {"about the same": "same"}


class Figure(Choice, frozen=True):
    """One figure as a row of the list."""

    row: FigureRow | None = None


class _Columns(msgspec.Struct, frozen=True):
    """The cells of each column; 0 for those left out."""

    name: int
    n: int
    now: int
    before: int
    trend: int
    course: int


class FigureRows(Choices):
    """Name, of how many, what it says now and said before, better or worse, and its course as a small chart."""

    charts: Charts = BLOCKS

    @staticmethod
    def cells_of_course(width: int) -> int:
        """How many values the small chart of a row has room for."""
        return 0 if width < _WITH_TREND else 12 if width < _WITH_BEFORE else 24 if width < 150 else 36

    def _columns(self, width: int) -> _Columns:
        rows = [row.row for row in self.rows if isinstance(row, Figure) and row.row]
        name = min(max([6, *(safe_line(row.name).cell_length for row in rows)]), _NAME)
        n = max([1, *(len(f"{row.n:,}") for row in rows)])
        before = max((min(safe_line(row.before).cell_length, _BEFORE) for row in rows), default=0)
        before = max(before, len("before")) if before and width >= _WITH_BEFORE else 0
        trend = _TREND if width >= _WITH_TREND and any(row.verdict for row in rows) else 0
        columns = _Columns(name, n, 0, before, trend, self.cells_of_course(width))
        taken = 2 + sum(cells + len(GAP) for cells in msgspec.structs.astuple(columns) if cells)
        wanted = max([6, *(safe_line(row.now).cell_length for row in rows)])
        return msgspec.structs.replace(columns, now=max(min(wanted, width - taken - len(GAP)), 6))

    def heads(self, width: int) -> Content:
        """The line of headings."""
        columns = self._columns(width)
        names = (
            "",
            "n".rjust(columns.n),
            "now",
            "before",
            "trend",
            ("oldest → newest" if columns.course > _OLD else "old → new").rjust(columns.course),
        )
        rooms: tuple[int, ...] = msgspec.structs.astuple(columns)
        cells = [cell(name, room) for name, room in zip(names, rooms, strict=True) if room]
        return fit(Content.assemble("  ", Content(GAP).join(cells)).stylize("$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, Figure) or row.row is None:
            return super().line(row, width, at_cursor=at_cursor)
        figure, columns = row.row, self._columns(width)
        tone = _TONE[figure.tone]
        now = self.charts.bar(figure.share, 1, min(columns.now, _BAR)) if figure.share else figure.now
        cells = [
            cell(figure.name, columns.name),
            Content(f"{figure.n:,}".rjust(columns.n)),
            cell(now, columns.now, tone if not figure.verdict or figure.tone == "bad" else ""),
        ]
        if columns.before:
            cells.append(cell(figure.before, columns.before, "$text-muted"))
        if columns.trend:
            trend = tone if figure.verdict in ("better", "worse") else ""
            cells.append(cell(_IN_COLUMN.get(figure.verdict, figure.verdict), columns.trend, trend))
        if columns.course and figure.series:
            values = figure.series.values
            course = self.charts.line(values) if any(values) else ""
            cells.append(Content.styled(course.rjust(columns.course), "$text-secondary"))
        return fit(Content.assemble("▸ " if at_cursor else "  ", Content(GAP).join(cells)), width)


class NumbersHead(LineWidget):
    """What is counted, and the things that matter most."""

    def __init__(self, rows: FigureRows) -> None:
        super().__init__(id="head")
        self._rows = rows
        self._line = Content("")
        self._scope = ""
        self._found: Sequence[Headline] = ()

    def show(self, line: Content, scope: str, found: Sequence[Headline]) -> None:
        """Show what is counted: the periods and groups to choose from, and in words; and the headlines."""
        self._line, self._scope, self._found = line, scope, found
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        name = max([0, *(len(headline.name) for headline in self._found)])
        tag = max([0, *(len(_tag(headline)) for headline in self._found)])
        lines = [fit(self._line, width), safe_line(shortened(self._scope, width), "$text-muted")]
        for headline in self._found:
            style = f"{_TONE[headline.tone]} reverse" if headline.tone else "$text-muted"
            front = Content.assemble(
                Content.styled(_tag(headline).ljust(tag), style), GAP, headline.name.ljust(name), GAP
            )
            lines.append(
                Content.assemble(front, safe_line(shortened(headline.text, width - front.cell_length), "bold"))
            )
        gap = [Content("")] if height > len(lines) + 1 else []
        return [*lines[:2], *gap, *lines[2:], *gap, self._rows.heads(self._rows.size.width)]


def _tag(headline: Headline) -> str:
    return f" {headline.verdict.upper()} " if headline.verdict else ""


class FigureDetail(LineWidget):
    """The selected figure: its milestones, of how many it is, each group with a bar, and what is left out."""

    _shown: Sequence[str] = ()

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines, as many as there is room for."""
        self._shown = lines
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        styles = ["bold", *[""] * len(self._shown)]
        lines = [safe_line(line, style) for line, style in zip(self._shown, styles, strict=False)]
        if height <= _LITTLE:
            lines = lines[1:]  # the heading says no more than the selected row
        if (more := len(lines) - height) > 0:
            words = f"… {counted(more, 'more line')}: v"
            lines[height - 1 :] = [spread(lines[height - 1], safe_line(words, "$text-muted"), width)]
        return lines
