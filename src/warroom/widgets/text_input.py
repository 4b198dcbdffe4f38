"""A field of one line for text of any length, typed or pasted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from types import MappingProxyType

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from warroom.text.cleaning import clean

NEWLINE = "⏎"
"""Stands for a line break in a one-line input, as in pasted text; the answer has real line breaks again."""


_LONGEST = 10_000
"""The most characters that the input holds itself: every key draws all of them."""


class TextInput(Input):
    """A one-line input that takes typed and pasted text as plain text, and keeps its line breaks as ⏎.

    A very long text is put aside, and the input shows only how long it is; `text` has all of it.
    """

    # Inverted, because a cursor that is only another color can't be seen with NO_COLOR.
    DEFAULT_CSS = """
    TextInput:ansi > .input--cursor, TextInput:ansi > .input--selection {
        background: ansi_default;
        color: ansi_default;
        text-style: reverse;
    }
    """

    virtual_size = Reactive(Size(0, 0))
    """Without a layout of the whole screen at each key, because the input's own size does not depend on its text."""
    _aside: Mapping[str, str] = MappingProxyType({})
    """The texts put aside, by what the input shows instead, which is edited only as a whole."""

    @property
    def text(self) -> str:
        """Everything that was typed and pasted, with line breaks as ⏎."""
        text = self.value
        for shown, aside in self._aside.items():
            text = text.replace(shown, aside, 1)
        return text

    def set_text(self, text: str) -> None:
        """Put another text in the place of all that was typed; the cursor goes behind it."""
        self._aside = {}
        self.value = text
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        """Keep any value on one line and short, such as a draft that another program has changed."""
        value = value.replace("\n", NEWLINE).replace("\t", " ")
        if len(value) <= _LONGEST:
            return value
        for shown, aside in self._aside.items():
            value = value.replace(shown, aside, 1)
        self._aside = {}
        return self._put_aside(value)

    def _put_aside(self, text: str) -> str:
        kept = {shown: aside for shown, aside in self._aside.items() if shown in self.value}
        size, lines = len(text.replace(NEWLINE, "\n").encode(errors="replace")) // 1000, text.count(NEWLINE) + 1
        number = next(number for number in count(1) if not any(f"[text {number}:" in shown for shown in kept))
        shown = f"[text {number}: {size:,} kB, {lines:,} line{'s' * (lines > 1)}]"
        self._aside = {**kept, shown: text}
        return shown

    def insert_text_at_cursor(self, text: str) -> None:
        text = clean(text).replace("\n", NEWLINE).replace("\t", " ")
        super().insert_text_at_cursor(text if len(text) <= _LONGEST else self._put_aside(text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the value; a text put aside goes as a whole, and nothing is inserted inside of it."""
        start, end = sorted((start, end))
        for shown in self._aside:
            first = self.value.find(shown)
            last = first + len(shown)
            if first >= 0 and start < last and end > first:
                start, end = (last, last) if start == end else (min(start, first), max(end, last))
        super().replace(text, start, end)

    def on_paste(self, event: events.Paste) -> None:
        # Textual's Input keeps only the first line; a pasted stack trace is worth keeping whole.
        if event.text:
            self.insert_text_at_cursor(event.text.strip("\r\n"))
        event.stop()
        event.prevent_default()
