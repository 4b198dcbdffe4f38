"""The search screen: finds entries of one incident or of all while the user types; enter goes to the selected one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.finding import excerpt
from warroom.model.incident import Incident, fold
from warroom.model.lines import label, mark
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.store.errors import StoreError
from warroom.store.finder import MOST, find
from warroom.store.search import words_in
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.found_rows import FoundLine, FoundRows
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.text_input import TextInput
from warroom.workspace import Workspace

_REFERENCE = 4


class SearchScreen(Screen[str | None]):
    """Returns the key of the chosen entry, or None."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    PLACES: ClassVar[tuple[Where, ...]] = ("search",)

    def __init__(
        self,
        workspace: Workspace,
        incident: Incident | None = None,
        *,
        only: Callable[[Entry], bool] | None = None,
        words: str = "",
        offered: bool = False,
    ) -> None:
        """Search `incident` at first, or all incidents without one; `words` is what is searched for at first;
        if that is only `offered`, typing replaces it.

        `only` says which entries of the incident are offered; others are not searched then.
        """
        super().__init__()
        self._only = only
        self._workspace, self._incident = workspace, incident
        self._everywhere = incident is None
        self._start, self._offered = words, offered
        self._words: list[str] = []
        self._found: dict[str, Entry] = {}
        self._incidents: dict[str, Incident] = {incident.id: incident} if incident else {}
        self._page = Page(self, workspace)  # type: ignore[arg-type]
        self._failed = False
        """Whether the last search failed."""

    def compose(self) -> ComposeResult:
        yield TextInput(self._start, placeholder="words; the last one may be incomplete", select_on_focus=False)
        yield Static(Content(""), id="scope")
        yield FoundRows(self._describe, empty="Nothing found yet")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        rows = footer("search")
        if self._incident is None or self._only is not None:
            rows = [row for row in rows if row.id != "scope"]
        self.query_one(KeyBar).show(rows)
        self.query_one(TextInput).focus()
        if self._offered:
            self.query_one(TextInput).action_select_all()
        self._search()
        self.set_interval(0.5, self.beat)

    def beat(self) -> None:
        """Twice a second: search again if the file could not be read."""
        if self._failed:
            self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        typed = self.query_one(TextInput).value
        self._words = words_in(typed)
        scope = None if self._everywhere or self._incident is None else self._incident.id
        try:
            found = find(self._workspace.journal, typed, scope)
        except StoreError as error:
            self._failed = True
            self._page.say(str(error), failed=True)
            return
        if self._failed:
            self._failed = False
            self._page.say("")
        if self._incident is not None and self._only is not None:
            found = [entry for entry in map(self._incident.shown, found) if self._only(entry)]
        self._found = {entry.key: entry for entry in found}
        rows = self.query_one(FoundRows)
        where = "any incident" if self._everywhere else "this incident"
        rows.empty = f"Nothing in {where} has these words" if self._words else "Nothing found yet"
        rows.cursor = 0
        rows.show([Choice(entry.key, entry.text) for entry in found])
        self.query_one("#scope", Static).update(Content(self._scope(len(found))))

    def _scope(self, count: int) -> str:
        where = "All incidents" if self._everywhere else "This incident"
        if not self._words:
            return f"{where}: every entry, message, reason and post-mortem"
        if count >= MOST:
            return f"{where}: the {MOST} written last; more words find fewer"
        if not count:
            return f"{where}: nothing found"
        return f"{where}: {count} found, the newest first" if count > 1 else f"{where}: 1 found"

    def _describe(self, key: str) -> FoundLine:
        entry = self._found[key]
        tz = self._workspace.tz
        try:
            incident = self._folded(entry.incident)
        except (StoreError, ValueError):  # it can't be read at present, or nothing readable declares it
            incident = None
        shown = incident.shown(entry) if incident else entry
        part = excerpt(shown, self._words, entry)
        note = mark(incident.replaced.get(key)) if incident else ""
        when = f"{times.day(shown.at, tz)} {times.clock(shown.at, tz)}"
        tag = ""
        if self._everywhere:
            tag = f"{entry.incident[:_REFERENCE]} {incident.name if incident else ''}"
        return FoundLine(when, label(entry), part.text, part.marks, tag, note)

    def _folded(self, id: str) -> Incident:
        if id not in self._incidents:
            self._incidents[id] = fold(self._workspace.journal.state(id))
        return self._incidents[id]

    def on_key(self, event: events.Key) -> None:
        choices = self.query_one(FoundRows)
        if not choices.has_focus and choices.follow_key(event.key):
            event.stop()

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.query_one(FoundRows).action_choose()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.id)

    def action_scope(self) -> None:
        """Search all incidents, or this one only."""
        if self._incident is not None and self._only is None:
            self._everywhere = not self._everywhere
            self._search()

    def action_back(self) -> None:
        self.dismiss(None)
