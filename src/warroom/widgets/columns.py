"""What lists in columns share: a cell of a column, and the headings above the list."""

from __future__ import annotations

from typing import Protocol

from textual.content import Content

from warroom.terminal.content import fit, safe_line
from warroom.terminal.line_widget import LineWidget

GAP = "  "
"""Between two columns."""


class InColumns(Protocol):
    """A list that draws the headings of its columns."""

    @property
    def rows(self) -> object: ...

    def heads(self, width: int) -> Content: ...


class ListHeads(LineWidget):
    """What is listed and in which order, above the headings of the columns."""

    def __init__(self, rows: InColumns, title: str = "") -> None:
        """Without a title, there is nothing to see above an empty list."""
        super().__init__(id="heads")
        self._rows, self._title, self._shown = rows, title, ""

    def show(self, shown: str) -> None:
        """Show what the list has."""
        self._shown = shown
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self._title and not self._rows.rows:
            return []
        title = Content.styled(self._title, "bold $text-primary") + GAP if self._title else ""
        top = Content.assemble(title, safe_line(self._shown, "$text-muted"))
        return [fit(top, width), self._rows.heads(width)]


def cell(text: str, room: int, style: str = "", *, right: bool = False) -> Content:
    """A text as exactly `room` cells: cut, or filled with spaces behind it; in front of it if it goes to the right."""
    line = fit(safe_line(text, style), room)
    filling = " " * max(room - line.cell_length, 0)
    return Content.assemble(filling, line) if right else Content.assemble(line, filling)
