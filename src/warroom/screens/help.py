"""The help screen: every key, read from the catalogue of actions; and the playbook's mistakes and manners."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import PLACES, Where, at, footer
from warroom.model.guidance import manners_section, mistake_sections
from warroom.model.playbook import Playbook
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line, wrapped
from warroom.widgets.keybar import KeyBar

_LABEL = 16
_INDENT = 13 + _LABEL
_BESIDE = 4
"""Cells of the margin and the scroll bar."""
_WIDEST = 100
"""As wide as the text of `read.tcss`: longer lines are hard to read."""


class HelpScreen(Screen[None]):
    """Two pages: the keys, grouped by where they apply, those of where the user is first; and what to do and not to."""

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    PLACES: ClassVar[tuple[Where, ...]] = ("help",)

    def __init__(self, playbook: Playbook, where: Where = "incident", *, guide: bool = False) -> None:
        """Begin with the keys of the place `where`; with `guide`, with the mistakes and manners of the playbook."""
        super().__init__()
        self._where = where
        self._playbook, self._guide = playbook, guide

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with VerticalScroll():
            yield Static(id="text")
        yield KeyBar()

    def on_resize(self, event: events.Resize) -> None:
        self._show(min(event.size.width - _BESIDE, _WIDEST))

    def _show(self, width: int) -> None:
        self.query_one("#title", Static).update(
            Content.styled("Mistakes and manners" if self._guide else "Keys", "bold")
        )
        other = "Keys" if self._guide else "Mistakes and manners"
        shown = [replace(action, label=other) if action.id == "guide" else action for action in footer("help")]
        self.query_one(KeyBar).show(shown)
        self.query_one("#text", Static).update(self._guidance(width) if self._guide else self._keys(width))

    def _guidance(self, width: int) -> Content:
        lines: list[Content] = []
        for heading, rows in [*mistake_sections(self._playbook.mistakes), manners_section(self._playbook.manners)]:
            lines += [Content(""), safe_line(heading, "bold")]
            for do_or_dont, text in rows:
                style = "bold $text-success" if do_or_dont == "Do" else "bold $text-warning"
                first, *more = wrapped(text, width - 8)
                lines.append(Content.assemble(Content.styled(f"{do_or_dont:<8}", style), safe_line(first)))
                lines += [safe_line(" " * 8 + line) for line in more]
        return Content("\n").join(lines[1:])

    def _keys(self, width: int) -> Content:
        lines: list[Content] = []
        order: list[Where] = [self._where, *PLACES]
        if self._where != "incident":
            order.insert(1, "everywhere")
        for where in dict.fromkeys(order):
            lines += [Content(""), Content.styled(PLACES[where].heading, "bold")]
            for action in at(where):
                key = Content.styled(action.key_name.rjust(9), "bold $text-accent")
                beside, *below = wrapped(action.help, width - _INDENT)
                if len(action.label) > _LABEL:
                    beside, below = "", [beside, *below]
                lines.append(Content.assemble(key, f"  {action.label:<{_LABEL}}  {beside}".rstrip()))
                lines += [Content(" " * _INDENT + line) for line in below]
        lines += [
            Content(""),
            Content("Arrows, page up and down, home and end move in a pane; the mouse works too."),
        ]
        return Content("\n").join(lines[1:])

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_guide(self) -> None:
        """Turn to the other page, from its top."""
        self._guide = not self._guide
        self._show(min(self.size.width - _BESIDE, _WIDEST))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_back(self) -> None:
        self.dismiss()
