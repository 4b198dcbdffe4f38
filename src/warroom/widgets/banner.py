"""A banner that stays until the mistakes in the company's own files are corrected."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line

_MOST_ROWS = 3


class Banner(LineWidget):
    """Shows the first problem, cut after three lines, and how many more there are; hidden if there are none."""

    DEFAULT_CSS = "Banner { height: 1; padding: 0 1; display: none; background: $warning-muted; color: $text-warning; }"

    problems: tuple[str, ...] = ()

    def show(self, problems: Sequence[str]) -> None:
        """Show these problems, one sentence each."""
        if tuple(problems) != self.problems:
            self.problems = tuple(problems)
            self.display = bool(problems)
            self.styles.height = max(len(self._rows(max(self.app.size.width - 2, 20))), 1)
            self.redraw()

    def _rows(self, width: int) -> list[str]:
        if not self.problems:
            return []
        more = len(self.problems) - 1
        tail = f" · {more} more: warroom check" if more else " · warroom check"
        rows = wrapped(f"⚠ {clean_line(self.problems[0])}{tail}", width)
        if len(rows) > _MOST_ROWS:
            rows = [*rows[: _MOST_ROWS - 1], f"…{tail}"]
        return rows

    def draw(self, width: int, height: int) -> list[Content]:
        return [safe_line(row) for row in self._rows(width)]
