"""The search screen: finds entries of the log while the user types; enter goes to the selected entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.lines import label, mark
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.store.errors import StoreError
from warroom.store.timeline import Timeline
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice, TextInput
from warroom.workspace import Workspace

_LONGEST_QUERY = 500
"""A search takes time for each of its words; no more characters than these are searched for."""


class SearchScreen(Screen[str | None]):
    """Returns the key of the chosen entry, or None."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    PLACES: ClassVar[tuple[Where, ...]] = ("search",)

    def __init__(
        self, workspace: Workspace, incident: Incident, *, only: Callable[[Entry], bool] = lambda entry: True
    ) -> None:
        """`only` says which entries are offered."""
        super().__init__()
        self._only = only
        self._workspace, self._incident = workspace, incident
        self._timeline: Timeline | None = None
        self._page = Page(self, workspace)  # type: ignore[arg-type]
        self._failed = False
        """Whether the last search failed."""

    def compose(self) -> ComposeResult:
        yield TextInput(placeholder="search the log; the last word may be incomplete")
        yield Choices(empty="Nothing found yet")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("search"))
        self.query_one(TextInput).focus()
        self.set_interval(0.5, self.beat)

    def beat(self) -> None:
        """Twice a second: search again if the file could not be read."""
        if self._failed:
            self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        try:
            timeline = self._timeline = self._timeline or Timeline(self._workspace.journal)
            found = timeline.search(self._incident, self.query_one(TextInput).value[:_LONGEST_QUERY])
        except StoreError as error:
            self._failed = True
            self._page.say(str(error), failed=True)
            return
        if self._failed:
            self._failed = False
            self._page.say("")
        tz = self._workspace.tz
        self.query_one(Choices).show(
            [
                Choice(
                    entry.key,
                    f"{times.clock(entry.at, tz)}  {entry.text}",
                    f"{times.day(entry.at, tz)} {label(entry)}{mark(self._incident.replaced.get(entry.key))}",
                )
                for entry in map(self._incident.shown, filter(self._only, found))
            ]
        )

    def on_key(self, event: events.Key) -> None:
        choices = self.query_one(Choices)
        if not choices.has_focus and choices.follow_key(event.key):
            event.stop()

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.query_one(Choices).action_choose()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)

    def action_back(self) -> None:
        self.dismiss(None)
