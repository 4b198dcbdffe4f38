"""The list of people in columns, and all about the selected one below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from warroom.terminal.content import fit, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.text.columns import Columns
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import GAP, cell

_CURSOR = 2
_MEASURED = 200
"""Column widths follow from so many of the rows."""


class PersonRows(Choices):
    """Rows in columns; what a row shows is asked for once it comes into view, by its id."""

    def __init__(self, describe: Callable[[str], Sequence[str]], columns: Columns, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._describe, self.in_columns = describe, columns
        self._known: dict[str, tuple[str, ...]] = {}
        self._widths: tuple[int, list[int]] | None = None

    def show(self, rows: list[Choice]) -> None:
        self.forget()
        super().show(rows)

    def forget(self) -> None:
        """Ask again what each row shows, such as after a minute."""
        self._known, self._widths = {}, None

    def _cells(self, id: str) -> tuple[str, ...]:
        found = self._known.get(id)
        if found is None:
            found = self._known[id] = tuple(map(clean_line, self._describe(id)))
        return found

    def _columns(self, width: int) -> list[int]:
        if self._widths is None or self._widths[0] != width:
            measured = [self._cells(row.id) for row in self.rows[:_MEASURED]]
            self._widths = width, self.in_columns.fitted(measured, width - _CURSOR)
        return self._widths[1]

    def heads(self, width: int) -> Content:
        """The line of headings."""
        names = [
            head.ljust(room)[:room]
            for head, room in zip(self.in_columns.heads, self._columns(width), strict=True)
            if room
        ]
        return fit(Content.styled(" " * _CURSOR + GAP.join(names).rstrip(), "$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        parts = [
            cell(text, room, "" if at in self.in_columns.strong else "$text-muted")
            for at, (text, room) in enumerate(zip(self._cells(row.id), self._columns(width), strict=True))
            if room
        ]
        return fit(Content.assemble("▸ " if at_cursor else "  ", Content(GAP).join(parts)), width)


class PersonDetails(LineWidget):
    """All that is known of the selected person, as far as there is room."""

    _title_text = ""
    _lines_of: tuple[str, ...] = ()

    def show(self, title: str, lines: Sequence[str]) -> None:
        """Show a title, and lines below it, the first of which matters most; long ones are wrapped."""
        self._title_text, self._lines_of = title, tuple(lines)
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        lines = [safe_line(shortened(self._title_text, width), "bold")] if self._title_text else []
        for number, text in enumerate(self._lines_of):
            lines += [safe_line(line, "$text-muted" if number else "") for line in wrapped(text, width)]
        return lines[:height]
