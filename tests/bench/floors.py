"""The floors: the least Textual app there is, and one of as many stock widgets as the console has, for orientation.

Run as `python floors.py static` or `python floors.py stock`; the key x makes a change.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical


class Bare(App[None]):
    """One Static."""

    BINDINGS = [("x", "count", "Count")]
    presses = 0

    def compose(self) -> ComposeResult:
        from textual.widgets import Static

        yield Static("pressed 0 times")

    def action_count(self) -> None:
        from textual.widgets import Static

        self.presses += 1
        self.query_one(Static).update(f"pressed {self.presses} times")


class Stock(App[None]):
    """As many stock widgets as the console shows, one line or one pane each."""

    CSS = "#left { width: 41; } Horizontal { height: 1fr; } TextArea { height: 8; } Input { height: 3; }"

    def compose(self) -> ComposeResult:
        from textual.widgets import Footer, Header, Input, OptionList, SelectionList, Static, TextArea

        yield Header()
        yield Static("one next thing to do")
        with Horizontal():
            with Vertical(id="left"):
                yield SelectionList[int](*((f"item {number}", number) for number in range(12)))
                yield Static("clocks")
            with Vertical():
                yield OptionList(*(f"entry {number}" for number in range(40)))
                yield TextArea("words")
        yield Static("notice")
        yield Input("log what happened")
        yield Static("pressed 0 times")
        yield Footer()


if __name__ == "__main__":
    (Bare if sys.argv[1] == "static" else Stock)().run()
