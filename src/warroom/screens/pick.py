"""A dialog to choose one row of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from warroom.actions import Where
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line, shortened
from warroom.widgets.choices import Choice, Choices

_MOST_ROWS = 20
_BORDERS, _DETAILS = 2, 3
"""The rows that the dialog's border takes, and the details with the space above them."""
_WIDEST, _AROUND = 110, 4
"""The most cells of the dialog, and what its border and padding take of them."""


class PickScreen(ModalScreen[str | None]):
    """Returns the id of the chosen row, or None; details of the selected row are shown below the list.

    Typing goes to the row that begins so. If none does, no key chooses anything, and enter leaves, until an arrow key
    is pressed: it may be meant for something else, by somebody who has not seen that a question came up.
    """

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    PLACES: ClassVar[tuple[Where, ...]] = ("list",)
    rows_above = 0
    """The rows that what stands above the list takes."""
    has_keys: ClassVar[type[Widget]] = Choices
    """What has the focus at first."""

    def __init__(
        self,
        title: str,
        rows: list[Choice],
        *,
        marked: str = "",
        start: str = "",
        empty: str = "Nothing to choose from",
    ) -> None:
        super().__init__()
        self._start = start or marked
        self._title, self._rows, self._marked = title, rows, marked
        self._choices = Choices(rows, empty=empty, columns=True)
        self._room, self._counted = 1, ""
        self._hidden: tuple[int, dict[str, str]] = (0, {})
        """What the rows don't show all of, behind the width at which that is so."""

    def compose(self) -> ComposeResult:
        box = Vertical(id="box")
        box.border_title = Content(self._title)
        with box:
            yield from self.above()
            choices = self._choices
            choices.minds_words = True
            choices.marked = self._marked
            choices.cursor = next((at for at, row in enumerate(self._rows) if row.id == self._start), 0)
            choices.pass_headings()
            yield choices
            yield Static(self._about(choices), id="about")

    def above(self) -> Iterable[Widget]:
        """Return what stands above the list."""
        return ()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.height)

    def _fit(self, height: int) -> None:
        """Make the list as high as there is room for, with room below it if there are details of any row."""
        self.query_one("#about").display = self._has_details
        around = _BORDERS + self.rows_above + (_DETAILS if self._has_details else 0)
        shown = max(min(len(self._rows), _MOST_ROWS, height - around), 1)
        self.query_one(Choices).styles.height = shown
        self._room = shown
        self._say_count(sum(not row.heading for row in self._rows))

    def _say_count(self, rows: int) -> None:
        """Say how many rows there are, if not all of them are shown, and which keys work."""
        self._counted = f"{rows} rows · " if rows > self._room else ""
        self._show_ways(f"{self._counted}↑↓ enter · esc")

    def _show_ways(self, text: str) -> None:
        self.query_one("#box").border_subtitle = Content(text)

    @on(Choices.Typed)
    def _nothing_typed(self, event: Choices.Typed) -> None:
        self._show_ways(f"no row begins with {shortened(event.text, 12)}: enter leaves, ↑↓ go on")

    @on(Choices.NothingChosen)
    def _nothing_chosen(self) -> None:
        if self.query_one(Choices).keys_off:
            self.dismiss(None)

    def on_mount(self) -> None:
        self._fit(self.app.size.height)
        self.query_one(self.has_keys).focus()

    def _about(self, choices: Choices) -> Content:
        row = choices.current()
        return safe_line(self._details_of(row)) if row else Content("")

    def _details_of(self, row: Choice) -> str:
        """What is told below the list: what the row doesn't show, or only a part of."""
        width = min(self.app.size.width * 96 // 100, _WIDEST) - _AROUND
        if self._hidden[0] != width:
            self._hidden = width, self._choices.hidden(width)
        return row.about or self._hidden[1].get(row.id, "")

    @property
    def _has_details(self) -> bool:
        return any(self._details_of(row) for row in self._rows if not row.heading)

    @on(Choices.Moved)
    def _moved(self) -> None:
        self._show_ways(f"{self._counted}↑↓ enter · esc")
        for about in self.query("#about").results(Static):
            about.update(self._about(self.query_one(Choices)))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.dismiss(event.choice.id)

    def action_back(self) -> None:
        self.dismiss(None)
