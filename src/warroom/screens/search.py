"""Searching the log as one types; enter goes to the line."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from warroom.actions import Action
from warroom.model import times
from warroom.model.lines import label
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice, Words
from warroom.workspace import Workspace


class SearchScreen(Screen[str | None]):
    """Gives the key of the entry chosen, or None."""

    CSS_PATH = "search.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Leave", show=False)]

    def __init__(self, workspace: Workspace, incident: str) -> None:
        super().__init__()
        self._workspace, self._incident = workspace, incident

    def compose(self) -> ComposeResult:
        yield Words(placeholder="search the log: words, the last one may be a beginning")
        yield Choices(empty="Nothing found yet")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [Action("open", "enter", "Go to the line", ""), Action("leave", "escape", "Back", "")]
        )
        self.query_one(Words).focus()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        try:
            found = self._workspace.journal.search(event.value, self._incident)
        except StoreError as error:
            self.query_one(Notice).say(str(error), failed=True)
            return
        tz = self._workspace.tz
        self.query_one(Choices).show(
            [
                Choice(
                    entry.key,
                    f"{times.clock(entry.at, tz)}  {entry.text}",
                    f"{times.day(entry.at, tz)} {label(entry)}",
                )
                for entry in found
            ]
        )

    def on_key(self, event: events.Key) -> None:
        choices = self.query_one(Choices)
        if event.key in ("down", "up") and not choices.has_focus:
            choices.action_move(1 if event.key == "down" else -1)
            event.stop()

    @on(Input.Submitted)
    def _take(self) -> None:
        self.query_one(Choices).action_choose()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)
