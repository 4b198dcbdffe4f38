"""The choice for pasted text with several lines: one entry for each line, or one entry; with what will be logged."""

from __future__ import annotations

from datetime import tzinfo

from textual.content import Content

from warroom.model import times
from warroom.model.log_lines import LogLine
from warroom.screens.pick import PickScreen
from warroom.terminal.content import safe_line
from warroom.text.width import shorten
from warroom.widgets.choices import Choice, Choices

_SHOWN = 6
_NAME = 16


class LinesScreen(PickScreen):
    """Returns "lines", "one", or None to go back to the text; below the list are the first lines as they are logged."""

    CSS_PATH = "lines.tcss"

    def __init__(self, lines: list[LogLine], count: int, problem: str, tz: tzinfo | None) -> None:
        """`problem` is why the lines can't be logged one by one; empty if they can."""
        self._lines, self._count, self._problem, self._tz = lines, count, problem, tz
        rows = [
            Choice("lines", f"{count} entries, one a line", "times read, names kept as “by”", about="lines"),
            Choice("one", "One entry", "with its line breaks", about="one"),
            Choice("text", "Back to the text", "esc", about="text"),
        ]
        if not problem and not any(line.at is not None for line in lines):  # such as a stack trace
            rows[:2] = rows[1::-1]
        super().__init__("You pasted several lines", rows)

    def _about(self, choices: Choices) -> Content:
        row = choices.current()
        if row is None or row.id != "lines":
            return Content("")
        if self._problem:
            return safe_line(f"Can't be logged one by one: {self._problem}", "$text-warning")
        more = self._count - _SHOWN
        shown = [safe_line(self._shown(line)) for line in self._lines[:_SHOWN]]
        return Content("\n").join([*shown, Content(f"… and {more} more")] if more > 0 else shown)

    def _shown(self, line: LogLine) -> str:
        by = f" – by {shorten(line.by, _NAME)}" if line.by else ""
        room = max(min(self.app.size.width, 110) - 30 - len(by), 20)
        when = "now" if line.at is None else f"{times.day(line.at, self._tz)} {times.clock(line.at, self._tz)}"
        return f"{when:<16}  {shorten(line.text, room)}{by}"
