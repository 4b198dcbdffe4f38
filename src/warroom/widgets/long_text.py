"""A text of any length that scrolls; only the part that was scrolled to is laid out."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from warroom.text.cleaning import clean

_PART_LENGTH = 8_000
_PART_LINES = 300


class LongText(VerticalScroll):
    """The text in parts; the next one is added when the last one comes into view, so that opening stays quick."""

    DEFAULT_CSS = "LongText > Static { height: auto; width: 100%; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._next = 0
        """Where the part begins that is not shown yet, as an index of the text."""

    def compose(self) -> ComposeResult:
        yield Static(self._take_part(), id="text")

    def _take_part(self) -> Content:
        """Return the next part: whole lines if they are not very long."""
        text, start = self._text, self._next
        end = start
        for _ in range(_PART_LINES):
            line_end = text.find("\n", end, start + _PART_LENGTH)
            if line_end < 0:
                break
            end = line_end + 1
        if line_end < 0 and len(text) - start <= _PART_LENGTH:
            end = len(text)
        elif end == start:
            end = start + _PART_LENGTH
        self._next = end
        part = text[start:end]
        return Content(clean(part.removesuffix("\n") if end < len(text) else part))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self._next < len(self._text) and self.max_scroll_y - new_value < self.size.height:
            self.mount(Static(self._take_part()))
