"""A dialog to choose one row of a list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from warroom.actions import Where
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.choices import Choice, Choices


class PickScreen(ModalScreen[str | None]):
    """Returns the id of the chosen row, or None; details of the selected row are shown below the list."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    PLACES: ClassVar[tuple[Where, ...]] = ("list",)

    def __init__(
        self, title: str, rows: list[Choice], *, marked: str = "", empty: str = "Nothing to choose from"
    ) -> None:
        super().__init__()
        self._title, self._rows, self._marked, self._empty = title, rows, marked, empty

    def compose(self) -> ComposeResult:
        box = Vertical(id="box")
        box.border_title = Content(self._title)
        box.border_subtitle = Content("↑↓ enter · esc")
        with box:
            choices = Choices(self._rows, empty=self._empty)
            choices.marked = self._marked
            choices.cursor = next((at for at, row in enumerate(self._rows) if row.id == self._marked), 0)
            choices.styles.height = min(max(len(self._rows), 1), 20)
            yield choices
            if any(row.about for row in self._rows):
                yield Static(self._about(choices), id="about")

    def on_mount(self) -> None:
        self.query_one(Choices).focus()

    def _about(self, choices: Choices) -> Content:
        row = choices.current()
        return safe_line(row.about if row else "")

    @on(Choices.Moved)
    def _moved(self) -> None:
        for about in self.query("#about").results(Static):
            about.update(self._about(self.query_one(Choices)))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.choice.id)

    def action_back(self) -> None:
        self.dismiss(None)
