"""A text on the full screen, to read aloud, select by hand or copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.keybar import KeyBar
from warroom.widgets.long_text import LongText


class ReadScreen(Screen[None]):
    """The text alone, from the first column on, with nothing beside it that a selection would include."""

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("text")
    PLACES: ClassVar[tuple[Where, ...]] = ("text",)

    def __init__(self, title: str, text: str, copy: Callable[[str], object]) -> None:
        super().__init__()
        self._title, self._text, self._copy = title, text, copy

    def compose(self) -> ComposeResult:
        if self._title:
            yield Static(safe_line(self._title, "bold"), id="title")
        yield LongText(self._text)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("text"))
        self.query_one(LongText).focus()

    def action_copy(self) -> None:
        self.dismiss()
        self._copy(self._text)

    def action_back(self) -> None:
        self.dismiss()
