"""The preview of a message, which scrolls if it is long, and the remarks about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from textual import events
from textual.binding import Binding
from textual.content import Content

from warroom.terminal.content import safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean

_WHEEL = 2
"""Lines a turn of the mouse wheel scrolls."""


class Preview(LineWidget, can_focus=True):
    """The message as it will go out; while it has the focus, letters are actions on the message."""

    BINDINGS = [
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "scroll(-100000)", "First", show=False),
        Binding("end", "scroll(100000)", "Last", show=False),
    ]

    message = Content("")
    """What is shown, with remarked spans underlined."""
    _top = 0
    _remarked = ""
    """The words of the first remark, which was scrolled to."""
    _reveal = 0
    """The end of a span to scroll to when it is drawn next; 0 if there is none."""

    def show(self, text: str, remarks: Iterable[tuple[int, int]] = ()) -> None:
        """Show the text, with the spans (start, end) that have a remark underlined; the first is scrolled to."""
        content, spans = Content(clean(text)), list(remarks)
        for start, end in spans:
            content = content.stylize("underline bold $text-warning", start, end)
        self.message = content
        first = text[slice(*spans[0])] if spans else ""
        if first != self._remarked:
            self._remarked, self._reveal = first, spans[0][1] if spans else 0
        self.redraw()

    def action_scroll(self, by: int) -> None:
        self._top += by
        self.redraw()

    def action_page(self, direction: int) -> None:
        self.action_scroll(direction * max(self.size.height - 1, 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll(-_WHEEL)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll(_WHEEL)

    def draw(self, width: int, height: int) -> list[Content]:
        lines = _wrap(self.message, width)
        if len(lines) <= height:
            self._top = 0
            return lines
        lines = _wrap(self.message, width - 1)
        if self._reveal:
            line = len(_wrap(self.message[: self._reveal], width - 1)) - 1
            if not self._top <= line < self._top + height:
                self._top = line - height // 2
            self._reveal = 0
        self._top = min(max(self._top, 0), len(lines) - height)
        thumb = max(round(height * height / len(lines)), 1)
        at = round(self._top * (height - thumb) / (len(lines) - height))
        return [
            Content.assemble(
                line,
                " " * (width - 1 - line.cell_length),
                Content.styled("┃" if at <= row < at + thumb else "│", "$text-muted"),
            )
            for row, line in enumerate(lines[self._top : self._top + height])
        ]


@lru_cache(8)
def _wrap(message: Content, width: int) -> list[Content]:
    """Wrap the text into lines of a width."""
    return [line for part in message.expand_tabs(4).split("\n", allow_blank=True) for line in _lines(part, width)]


def _lines(part: Content, width: int) -> list[Content]:
    return list(part.wrap(max(width, 2))) or [Content("")]


_MORE_CELLS = 60
"""The width from which there is room to say how to see the remarks that don't fit."""


class Note(NamedTuple):
    """A sentence about the message; with a `key`, what that key does, which only acts where letters are actions."""

    text: str
    key: str = ""


class Remarks(LineWidget):
    """The remarks about the message, below it; at most `MOST` lines."""

    MOST = 4

    _notes: tuple[Note, ...] = ()
    _first = ""
    _height = 0
    _width = 0

    def show(self, notes: list[Note], width: int) -> None:
        """Show these notes, wrapped to `width` cells; without any, the widget is hidden."""
        self._notes, self._width = tuple(notes), width
        self._fit()

    def say_keys(self, first: str) -> None:
        """Say which key to press before those of the notes; none if they act where the focus is."""
        if first != self._first:
            self._first = first
            self._fit()

    def _fit(self) -> None:
        rows = min(len(self._wrapped(self._width)), self.MOST)
        if rows and rows != self._height:
            self._height = rows
            self.styles.height = rows
        self.display = bool(self._notes)
        self.redraw()

    @property
    def _before(self) -> str:
        return f"{self._first}, then " if self._first else ""

    def _wrapped(self, width: int) -> list[str]:
        texts = (f"{self._before}{note.key} = {note.text}" if note.key else note.text for note in self._notes)
        return [line for text in texts for line in wrapped(text, width)]

    def draw(self, width: int, height: int) -> list[Content]:
        lines = self._wrapped(width)
        if len(lines) > height > 0:
            more = f"… more; {self._before}h hides the first remark" if width >= _MORE_CELLS else "…"
            lines = [*lines[: height - 1], f"{shortened(lines[height - 1], width - len(more) - 1)} {more}"]
        return [safe_line(line, "$text-warning") for line in lines]
