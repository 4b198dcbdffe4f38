"""A line that stays until a company's own files are right again: what is wrong, and where to read all of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from warroom.terminal.content import fit, safe_line
from warroom.terminal.line_widget import LineWidget


class Banner(LineWidget):
    """The first problem in one line, and how many more there are; out of sight while there is none."""

    DEFAULT_CSS = "Banner { height: 1; padding: 0 1; display: none; background: $warning-muted; color: $text-warning; }"

    problems: tuple[str, ...] = ()

    def show(self, problems: Sequence[str]) -> None:
        """Show these problems, each a sentence."""
        if tuple(problems) != self.problems:
            self.problems = tuple(problems)
            self.display = bool(problems)
            self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self.problems:
            return []
        more = len(self.problems) - 1
        tail = f" · {more} more: warroom check" if more else " · warroom check"
        first = fit(safe_line(f"⚠ {self.problems[0]}"), max(width - len(tail), 20))
        return [fit(Content.assemble(first, tail), width)]
