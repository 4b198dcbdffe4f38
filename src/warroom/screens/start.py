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
from warroom.model.action_items import ActionItem, summary
from warroom.model.advice import end_owed
from warroom.model.incident import Incident
from warroom.model.snapshot import Snapshot
from warroom.screens.keys import bindings
from warroom.screens.page import LASTING_MS, Page
from warroom.screens.watch import Due
from warroom.store.errors import Busy, StoreError
from warroom.store.journal import Lifecycle
from warroom.widgets.banner import Banner
from warroom.widgets.choices import Choices
from warroom.widgets.incident_rows import IncidentRow, IncidentRows
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.workspace import Workspace

_RECENT = 200
"""The most incidents that are listed."""
_FOLDED = 20
"""The number of rows that show an incident's present title and severity; the rest show the declared ones."""


class StartScreen(Screen[None]):
    """All incidents: open ones first, then those with something owed, then resolved, then closed."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")
    PLACES: ClassVar[tuple[Where, ...]] = ("start",)

    def __init__(self, workspace: Workspace, *, select: str = "") -> None:
        """`select` is the id of the incident whose row the cursor is on at first."""
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._select = select
        self._found: list[Lifecycle] = []
        self._items: tuple[ActionItem, ...] = ()
        self._today = ""
        self._unread_since: int | None = None
        """Since when (ms UTC) the list could not be read; None if it is up to date."""
        self._ends: dict[str, tuple[Incident, bool]] = {}
        """The incidents that are over, by id, and whether that is owed to somebody in this state; only recent ones."""

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(Content.styled("warroom", "bold"), id="name")
            yield Static(Content(""), id="situation")
            yield Static(Content(""), id="action-items")
            yield Static(
                Content.assemble(Content.styled("n", "bold $text-accent"), "  Declare an incident"), id="declare"
            )
            yield IncidentRows(empty="No incident yet; when something breaks, press n", id="incidents")
        yield Banner()
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show([*footer("start"), *at("everywhere")])
        self.reload()
        self.call_after_refresh(self.page.check_own_files)
        self.call_after_refresh(self._show_action_items)
        self.set_interval(1.0, self.beat)

    def beat(self) -> None:
        """Once a second: read what another process has written, or could not be read, and show how the clocks stand."""
        self.page.save_again()
        if not self.is_current:
            return
        try:
            changed = self._workspace.journal.changed() or self._unread_since is not None
        except StoreError as error:
            self._unreadable(error)
            return
        if changed:
            self.reload()
        else:
            self.page.console.watch_clocks()
            self._show()
        self._show_action_items()

    def say_late(self, text: str) -> None:
        """Show that a clock has run out; here, the rows show which one."""
        self.page.say(text, failed=True)

    def _unreadable(self, error: StoreError) -> None:
        """Say that the file can't be read, unless that may be over in a moment; the next beat tries again."""
        if self._unread_since is None:
            self._unread_since = self._workspace.now()
        if not isinstance(error, Busy) or self._workspace.now() - self._unread_since >= LASTING_MS:
            self.page.say(str(error), failed=True)

    def _show_action_items(self) -> None:
        """Show on one line how the action items stand; called once the first frame is drawn, for they take a while."""
        workspace = self._workspace
        try:
            items = workspace.action_items()
        except StoreError:
            return  # the next beat tries again; that the file can't be read is told by the list of incidents
        today = times.day(workspace.now(), workspace.tz)
        if items is self._items and today == self._today:
            return
        self._items, self._today = items, today
        words = summary(items, today)
        late = any(item.overdue(today) for item in items)
        line = self.query_one("#action-items", Static)
        line.display = bool(words)
        line.update(
            Content.assemble(
                Content.styled(f"Action items: {words}", "bold $text-warning" if late else ""),
                " · ",
                Content.styled("A", "bold $text-accent"),
            )
        )

    def own_files_changed(self) -> None:
        """Show the mistakes in the company's own files as they are now."""
        self.page.check_own_files()

    def reload(self) -> None:
        """Read the incidents from the journal and show them."""
        self.page.console.watch_clocks()
        try:
            self._found = self._workspace.journal.lifecycles()
        except StoreError as error:
            self._unreadable(error)
            return
        if self._unread_since is not None:
            self._unread_since = None
            self.page.say("")
        count = sum(lifecycle.state == "open" for lifecycle in self._found)
        summary = {0: "Nothing is open.", 1: "One incident is open."}.get(count, f"{count} incidents are open.")
        self.query_one("#situation", Static).update(Content(summary))
        self._show()
        self.query_one(IncidentRows).focus()

    def _show(self) -> None:
        """Show the incidents, open ones first, then those whose end is not announced; the cursor stays on its incident.

        Among the open ones, the most urgent comes first. What is owed after a fix follows, the nearest first.
        """
        watch, rows = self.page.console.all_clocks, self.query_one(IncidentRows)
        due: dict[str, Due | None] = {}

        def order(life: Lifecycle) -> tuple[int, bool, tuple[bool, int, int, int], int]:
            clock = due.get(life.incident)
            place = {"open": 0, "resolved": 3, "closed": 4}[life.state]
            if life.state != "open" and clock is not None:
                place = 2
            if self._owes_its_end(life.incident):
                place = 1
            return (place, clock is None, clock.rank if clock else (False, 0, 0, 0), -life.declaration.began)

        try:
            self._look_at_ends()
            ids = [
                life.incident
                for life in self._found
                if life.state != "closed" or life.owes or self._owes_its_end(life.incident)
            ]
            due = {id: watch.next_due(id) for id in ids}
            found = sorted(self._found, key=order)[:_RECENT]
            shown = [self._row(life, due.get(life.incident), folded=row < _FOLDED) for row, life in enumerate(found)]
        except StoreError as error:
            self._unreadable(error)
            return
        current = rows.current()
        selected = self._select or (current.id if current else "")
        rows.show(list(shown))
        if at := [row for row, life in enumerate(found) if life.incident == selected]:
            self._select = ""
            if rows.cursor != at[0]:
                rows.cursor = at[0]
                rows.redraw()

    def _look_at_ends(self) -> None:
        """Find out which incidents are over, but not for those who were told of them. Raises StoreError."""
        over = sorted((life for life in self._found if life.state != "open"), key=lambda life: -life.declaration.began)
        workspace, before, self._ends = self._workspace, self._ends, {}
        for life in over[:_FOLDED]:
            incident = self.page.console.all_clocks.incident(life.incident)
            known = before.get(life.incident)
            if known is None or known[0] is not incident:
                snapshot = Snapshot(incident, workspace.playbook, workspace.now(), workspace.tz)
                known = incident, end_owed(snapshot)
            self._ends[life.incident] = known

    def _owes_its_end(self, id: str) -> bool:
        return id in self._ends and self._ends[id][1]

    def _row(self, lifecycle: Lifecycle, due: Due | None, *, folded: bool) -> IncidentRow:
        declared = lifecycle.declaration
        title, severity, length, state = declared.title, declared.severity, "", lifecycle.state
        began = declared.began
        if folded or due is not None:
            incident = self.page.console.all_clocks.incident(lifecycle.incident)
            title, severity, state = incident.title, incident.severity, incident.outcome
            began = incident.began
            length = f" · {times.span(incident.elapsed(self._workspace.now()))}"
        label, countdown = (due.clock.label, due.clock.countdown) if due else ("", "")
        urgency = due.clock.state if due else "ok"
        if self._owes_its_end(lifecycle.incident) and urgency != "late":
            label, countdown, urgency = "Tell people it is over", "now", "soon"
        tz, state = self._workspace.tz, f"{state}{length}"
        tag = self._workspace.playbook.severity(severity).tag
        return IncidentRow(
            lifecycle.incident,
            f"{lifecycle.incident}  {tag}  {title}",
            f"{state} · {times.day(began, tz)} {times.clock(began, tz)}",
            severity=severity,
            tag=tag,
            title=title,
            state=state,
            due=label,
            countdown=countdown,
            urgency=urgency,
        )

    @on(Choices.Chosen)
    def _open(self, event: Choices.Chosen) -> None:
        self.page.console.show_incident(event.choice.id)

    def action_back(self) -> None:
        self.page.console.show_last()

    def action_action_items(self) -> None:
        from warroom.screens.action_items import ActionItemsScreen

        self.app.push_screen(ActionItemsScreen(self._workspace))

    def action_import_timeline(self) -> None:
        from warroom.screens.timeline_import.text import TimelineTextScreen

        self.app.push_screen(TimelineTextScreen(self.page))

    def action_declare(self) -> None:
        self.page.console.show_declare()
