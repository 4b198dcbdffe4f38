"""Every key there is, read from the catalogue of actions."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Action, Scope, scope
from warroom.terminal.content import wrapped
from warroom.widgets.keybar import KeyBar

_HEADINGS: tuple[tuple[Scope, str], ...] = (
    ("incident", "On an incident"),
    ("compose", "On a message (esc leaves a field first)"),
    ("everywhere", "Everywhere"),
)
_INDENT = 24


class HelpScreen(Screen[None]):
    """The keys, grouped by where they apply."""

    CSS_PATH = "read.tcss"
    BINDINGS = [Binding("escape,question_mark", "dismiss", "Back", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Keys", "bold"), id="title")
        with VerticalScroll():
            yield Static(id="text")
        yield KeyBar()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#text", Static).update(self._keys(event.size.width - 2))

    def _keys(self, width: int) -> Content:
        lines: list[Content] = []
        for name, heading in _HEADINGS:
            lines += [Content(""), Content.styled(heading, "bold")]
            for action in scope(name):
                key = Content.styled(action.key_name.rjust(8), "bold $text-accent")
                first, *more = wrapped(action.help, width - _INDENT)
                lines.append(Content.assemble(key, f"  {action.label:<13} {first}"))
                lines += [Content(" " * _INDENT + line) for line in more]
        lines += [
            Content(""),
            Content("Arrows, page up and down, home and end move in a pane; the mouse works too."),
            Content("In the log line, esc leaves and keeps what was typed."),
        ]
        return Content("\n").join(lines[1:])

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([Action("leave", "escape", "Back", "Back")])
        self.query_one(VerticalScroll).focus()
