"""The help screen: every key, read from the catalogue of actions."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import PLACES, Where, at, footer
from warroom.screens.keys import bindings
from warroom.terminal.content import wrapped
from warroom.widgets.keybar import KeyBar

_INDENT = 24


class HelpScreen(Screen[None]):
    """The keys, grouped by where they apply."""

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    PLACES: ClassVar[tuple[Where, ...]] = ("help",)

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Keys", "bold"), id="title")
        with VerticalScroll():
            yield Static(id="text")
        yield KeyBar()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#text", Static).update(self._keys(event.size.width - 2))

    def _keys(self, width: int) -> Content:
        lines: list[Content] = []
        for where, place in PLACES.items():
            lines += [Content(""), Content.styled(place.heading, "bold")]
            for action in at(where):
                key = Content.styled(action.key_name.rjust(8), "bold $text-accent")
                first, *more = wrapped(action.help, width - _INDENT)
                lines.append(Content.assemble(key, f"  {action.label:<13} {first}"))
                lines += [Content(" " * _INDENT + line) for line in more]
        lines += [
            Content(""),
            Content("Arrows, page up and down, home and end move in a pane; the mouse works too."),
        ]
        return Content("\n").join(lines[1:])

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("help"))
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        self.dismiss()
