"""The list of all incidents in columns, their headings, and all about the selected one below them."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from warroom.model.listing import Listed
from warroom.model.summary import IncidentSummary
from warroom.terminal.content import fit, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.width import width as cells
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.clocks import STYLE
from warroom.widgets.columns import GAP, cell
from warroom.widgets.headline import SEVERITY_STYLE

_LABEL, _SHORT_LABEL, _LEAST_LABEL, _WIDE = 24, 16, 10, 110
"""The most cells for what is due next from the width `_WIDE` on, and below it; with less than the least, none."""
_TITLE = 22
"""The cells that titles should have before another column is worth its room."""
_MEASURED = 500
"""Column widths follow from so many of the rows."""
_COLUMNS = (
    ("stage", "stage", 9), ("began", "began", 10), ("length", "lasted", 11), ("kept", "kept", 5),
    ("told", "told after", 11), ("post_mortem", "post-mortem", 11), ("items", "items", 9),
)  # fmt: skip
"""The columns that there may be no room for, the most needed first: the field, the heading, and the cells."""


class IncidentRow(Choice, frozen=True):
    """One incident in brief; what it shows is worked out once it comes into view."""

    brief: IncidentSummary | None = None


class IncidentRows(Choices):
    """Reference, severity, title, what is due next and in how long, and as many other columns as there is room for."""

    _due = _count = _tag = _longest = 0
    _drawn: dict[tuple[str, int, bool], Content]

    def __init__(
        self, describe: Callable[[IncidentSummary], Listed], *, empty: str = "", id: str | None = None
    ) -> None:
        """`describe` says what the columns show of an incident now."""
        super().__init__(empty=empty, id=id)
        self._describe = describe
        self._drawn = {}

    def measure(self, due: list[tuple[str, str]], tags: int) -> None:
        """Make room for what is due: pairs of a label and a countdown; `tags` are the cells of the longest severity."""
        self._due = max((cells(label) for label, _ in due), default=0)
        self._count = max((cells(countdown) for _, countdown in due), default=0)
        self._tag = tags

    def show(self, rows: list[Choice]) -> None:
        self._longest = max((cells(row.text) for row in rows[:_MEASURED]), default=0)
        super().show(rows)

    def redraw(self) -> None:
        self._drawn = {}
        super().redraw()

    def action_move(self, by: int) -> None:
        drawn = self._drawn  # moving the cursor draws two lines only
        self.cursor = min(max(self.cursor + by, 0), max(len(self.rows) - 1, 0))
        super().redraw()
        self._drawn |= drawn
        self.post_message(self.Moved())

    def columns_at(self, width: int) -> list[tuple[str, str, int]]:
        """The columns there is room for, from left to right: field, heading, cells."""
        columns = [("id", "", 6), ("tag", "", max(self._tag, 4)), ("title", "incident", 0)]
        if self._count:
            fixed = 2 + sum(room + len(GAP) for _, _, room in columns) + self._count + len(GAP)
            left = width - fixed - min(self._longest, _TITLE)
            label = min(max(self._due, _LEAST_LABEL), _LABEL if width >= _WIDE else _SHORT_LABEL, left)
            if label >= _LEAST_LABEL:
                columns.append(("due", "due next", label))
            columns.append(("countdown", "" if label >= _LEAST_LABEL else "due", self._count))
        taken = 2 + sum(room + len(GAP) for _, _, room in columns) - len(GAP)
        wanted = min(self._longest, _TITLE)
        found = []
        for column in _COLUMNS:
            if taken + wanted + len(GAP) + column[2] <= width:
                found.append(column)
                taken += len(GAP) + column[2]
        columns[2] = ("title", "incident", max(width - taken, 1))
        return [*columns, *found]

    def heads(self, width: int) -> Content:
        """The line of headings."""
        names = [name.ljust(room)[:room] for _, name, room in self.columns_at(width)]
        return fit(Content.styled("  " + GAP.join(names).rstrip(), "$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, IncidentRow) or row.brief is None:
            return super().line(row, width, at_cursor=at_cursor)
        drawn = (row.id, width, at_cursor)
        if drawn not in self._drawn:
            self._drawn[drawn] = self._draw_incident(row.brief, width, at_cursor=at_cursor)
        return self._drawn[drawn]

    def _draw_incident(self, brief: IncidentSummary, width: int, *, at_cursor: bool) -> Content:
        shown = self._describe(brief)
        quiet = "$text-muted" if brief.over else ""
        urgent = STYLE[shown.urgency]
        styles = {"tag": SEVERITY_STYLE.get(brief.severity, ""), "due": urgent, "countdown": urgent, "title": quiet}
        parts = []
        for name, _, room in self.columns_at(width):
            text = brief.id if name == "id" else brief.title if name == "title" else getattr(shown, name)
            style = STYLE["late"] if name in shown.troubled else styles.get(name, "$text-muted")
            parts.append(cell(text, room, style, right=name == "countdown"))
        return fit(Content.assemble("▸ " if at_cursor else "  ", Content(GAP).join(parts)), width)


class IncidentDetails(LineWidget):
    """The selected incident: its title as far as there is room, and everything that the columns may leave out."""

    _text = _more = ""

    def show(self, text: str, more: str) -> None:
        """Show an incident's title, and the rest below it."""
        self._text, self._more = text, more
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self._text:
            return []
        lines = [safe_line(shortened(self._text, width))]
        return [*lines, *(safe_line(line, "$text-muted") for line in wrapped(self._more, width, height - 1))]
