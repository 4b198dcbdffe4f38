"""The screen of a drill before anything is declared: it waits, and then shows big what rings."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer, key_of
from warroom.drilling import Drill
from warroom.model import times
from warroom.screens.keys import bindings
from warroom.screens.page import Console
from warroom.terminal.content import safe_line
from warroom.text.cleaning import clean_line
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice


class CallScreen(Screen[None]):
    """Like a phone on the table; declaring an incident leads away from it."""

    CSS_PATH = "briefing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("call")
    PLACES: ClassVar[tuple[Where, ...]] = ("call",)

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Static(safe_line(self._drill.scenario.title, "bold"), id="title")
        yield Static(Content(""), id="call")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("call", "everywhere"))
        self.show_drill()

    def show_drill(self) -> None:
        """Show what rings now, or that nothing does."""
        rings, drill = self._drill.rings, self._drill
        if rings is None:
            words = "Nothing has happened yet.\n\nYour phone is on the table."
        else:
            at = times.clock(drill.run.at(rings.at), drill.workspace.tz)
            key = key_of("declare", "call")
            words = (
                f"{at}\n\n{clean_line(drill.run.name_of(rings.by))}: {clean_line(rings.says)}\n\n"
                f"Press {key} to declare an incident; its title is up to you."
            )
        if words != self._shown:
            self._shown = words
            self.set_class(rings is not None, "-rings")
            self.query_one("#call", Static).update(Content(words))

    def action_declare(self) -> None:
        cast("Console", self.app).show_declare()
