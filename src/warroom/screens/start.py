"""The start screen: declare an incident, or open an existing one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, at, footer
from warroom.model import times
from warroom.model.incident import Incident
from warroom.screens.keys import bindings
from warroom.screens.page import LASTING_MS, Page
from warroom.store.errors import Busy, StoreError
from warroom.store.journal import Lifecycle
from warroom.widgets.banner import Banner
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.workspace import Workspace

_RECENT = 200
"""The most incidents that are listed."""
_FOLDED = 20
"""The number of rows that show an incident's present title and severity; the rest show the declared ones."""


class StartScreen(Screen[None]):
    """All incidents: open ones first, then resolved, then closed."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")
    PLACES: ClassVar[tuple[Where, ...]] = ("start",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._unread_since: int | None = None
        """Since when (ms UTC) the list could not be read; None if it is up to date."""

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(Content.styled("warroom", "bold"), id="name")
            yield Static(Content(""), id="situation")
            yield Static(
                Content.assemble(Content.styled("n", "bold $text-accent"), "  Declare an incident"), id="declare"
            )
            yield Choices(empty="No incident yet; when something breaks, press n", id="incidents")
        yield Banner()
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([*footer("start"), *at("everywhere")])
        self.reload()
        self.call_after_refresh(self.page.check_own_files)
        self.set_interval(1.0, self.beat)

    def beat(self) -> None:
        """Once a second: reload if another process has written to the journal, or reading it failed."""
        self.page.save_again()
        try:
            if self.is_current and (self._workspace.journal.changed() or self._unread_since is not None):
                self.reload()
        except StoreError as error:
            self._unreadable(error)

    def _unreadable(self, error: StoreError) -> None:
        """Say that the file can't be read, unless that may be over in a moment; the next beat tries again."""
        if self._unread_since is None:
            self._unread_since = self._workspace.now()
        if not isinstance(error, Busy) or self._workspace.now() - self._unread_since >= LASTING_MS:
            self.page.say(str(error), failed=True)

    def own_files_changed(self) -> None:
        """Show the mistakes in the company's own files as they are now."""
        self.page.check_own_files()

    def reload(self) -> None:
        """Read the incidents from the journal and show them."""
        try:
            found = self._workspace.journal.lifecycles()
            found.sort(key=lambda lifecycle: {"open": 0, "resolved": 1, "closed": 2}[lifecycle.state])
            rows = [self._row(lifecycle, folded=row < _FOLDED) for row, lifecycle in enumerate(found[:_RECENT])]
        except StoreError as error:
            self._unreadable(error)
            return
        if self._unread_since is not None:
            self._unread_since = None
            self.page.say("")
        count = sum(lifecycle.state == "open" for lifecycle in found)
        summary = {0: "Nothing is open.", 1: "One incident is open."}.get(count, f"{count} incidents are open.")
        self.query_one("#situation", Static).update(Content(summary))
        choices = self.query_one(Choices)
        choices.show(rows)
        choices.focus()
        self.page.console.set_terminal_title(f"warroom: {summary}")

    def _row(self, lifecycle: Lifecycle, *, folded: bool) -> Choice:
        declared = lifecycle.declaration
        title, severity, length = declared.title, declared.severity, ""
        if folded:
            incident: Incident = self._workspace.open(lifecycle.incident).incident
            title, severity = incident.title, incident.severity
            length = f" · {times.span(incident.elapsed(self._workspace.now()))}"
        tz = self._workspace.tz
        when = f"{times.day(declared.began, tz)} {times.clock(declared.began, tz)}"
        return Choice(
            lifecycle.incident,
            f"{lifecycle.incident}  SEV{severity}  {title}",
            f"{lifecycle.state}{length} · {when}",
        )

    @on(Choices.Chosen)
    def _open(self, event: Choices.Chosen) -> None:
        self.page.console.show_incident(event.choice.id)

    def action_back(self) -> None:
        self.page.console.show_last()

    def action_declare(self) -> None:
        self.page.console.show_declare()
