"""The start screen: all incidents, what is due in each and how each went; declare one, open one, reopen one."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import ClassVar, get_args

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where
from warroom.model import acts, times
from warroom.model.action_items import ActionItem
from warroom.model.action_items import summary as items_in_words
from warroom.model.drills import DRILL
from warroom.model.listing import Order, Which, in_words, is_listed, order_of, words_of
from warroom.model.readiness import Count, count
from warroom.model.summary import IncidentSummary
from warroom.screens.background import show_drill_that_waits
from warroom.screens.keys import bindings
from warroom.screens.list_screen import ListScreen
from warroom.screens.standing import Standing
from warroom.store.errors import StoreError
from warroom.store.trouble import Trouble
from warroom.text.cleaning import clean_line
from warroom.widgets.banner import Banner
from warroom.widgets.choices import Choices
from warroom.widgets.columns import ListHeads
from warroom.widgets.incident_rows import IncidentDetails, IncidentRow, IncidentRows
from warroom.widgets.what_there_is import WhatThereIs
from warroom.workspace import Workspace

_EMPTY = {
    "all": "No incident yet; when something breaks, press n. To practise, press D",
    "open": "Nothing is open; f shows others",
    "owed": "Nothing is owed after a fix; f shows others",
    "unclosed": "Nothing is left to close; f shows others",
    "over": "Nothing is over and done with; f shows others",
}
_WHICH = {
    "all": "All incidents",
    "open": "Open incidents",
    "owed": "Something owed after the fix",
    "unclosed": "Resolved, not closed, nothing owed",
    "over": "Over and done with",
}
_ORDER = {
    "urgent": "most urgent first",
    "began": "newest first",
    "severity": "most serious first",
    "lasted": "longest first",
    "title": "by title",
}


class StartScreen(ListScreen):
    """All incidents; at first the open ones, then those with something owed, then the others."""

    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")
    PLACES: ClassVar[tuple[Where, ...]] = ("start",)
    FIND = "incidents:find"

    def __init__(self, workspace: Workspace, *, select: str = "") -> None:
        """`select` is the id of the incident whose row the cursor is on at first."""
        super().__init__(workspace, "words:incidents")
        self._select = select
        self._briefs: tuple[IncidentSummary, ...] = ()
        """All incidents, the one that began last first."""
        self._read: tuple[IncidentSummary, ...] | None = None
        """The same, as they were read; None before the first reading."""
        self._which: Which = "all"
        self._order: Order = "urgent"
        self._found_by: dict[str, str] = {}
        """The words by which each incident is found, by id; worked out when somebody first looks for some."""
        self._items: tuple[ActionItem, ...] = ()
        self._today = ""
        self._ready: Count | None = None
        """How much is ready, as it is shown; None before it is."""
        self._trouble = Trouble(workspace.real_now)
        """Whether the list could not be read, and is not up to date."""

    def compose(self) -> ComposeResult:
        rows = IncidentRows(self._standing.describe, empty=_EMPTY["all"], id="incidents")
        yield Static(Content(""), id="situation")
        yield Static(Content(""), id="action-items")
        yield Static(Content(""), id="drill-waits")
        yield Static(Content.assemble(Content.styled("n", "bold $text-accent"), "  Declare an incident"), id="declare")
        yield ListHeads(rows)
        yield rows
        yield WhatThereIs()
        yield IncidentDetails(id="details")
        yield Static(Content(""), id="ready")
        yield Banner()
        yield from self.foot()

    def opened(self) -> None:
        self.call_after_refresh(self.page.check_own_files)
        self.call_after_refresh(self._show_action_items)
        self.call_after_refresh(show_drill_that_waits, self, self.workspace)

    def keep_up(self) -> None:
        """Read what another process has written, or could not be read, and show how the clocks stand."""
        try:
            changed = self.workspace.journal.changed() or self._trouble.is_there
        except StoreError as error:
            self._unreadable(error)
            return
        if changed:
            self.reload()
        else:
            self.page.console.watch_clocks()
            self._show()
        self._show_action_items()
        self._show_ready()

    def _unreadable(self, error: StoreError) -> None:
        """Say that the file can't be read, unless that may be over in a moment; the next beat tries again."""
        if self._trouble.is_worth_telling(error):
            self.page.say(str(error), failed=True)

    def _show_action_items(self) -> None:
        """Show on one line how the action items stand; called once the first frame is drawn, for they take a while."""
        try:
            items = self.workspace.action_items()
        except StoreError:
            return  # the next beat tries again; that the file can't be read is told by the list of incidents
        today = times.day(self.workspace.now(), self.workspace.tz)
        if items is self._items and today == self._today:
            return
        self._items, self._today = items, today
        real, _ = self.workspace.apart(items)
        words = items_in_words(real, today)
        late = any(item.overdue(today) for item in real)
        line = self.query_one("#action-items", Static)
        line.display = bool(words)
        line.update(
            Content.assemble(
                Content.styled(f"Action items: {words}", "bold $text-warning" if late else ""),
                " · ",
                Content.styled("A", "bold $text-accent"),
            )
        )

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._show_ready)

    def _show_ready(self) -> None:
        """Show on one calm line how much is ready before the next incident."""
        with suppress(StoreError):  # the list of incidents tells it
            found = count(self.workspace.ready(check=False), self.workspace.now())
            if found == self._ready:
                return
            self._ready, line = found, self.query_one("#ready", Static)
            line.set_class(not found.all or self.workspace.drill is not None, "-none")  # a drill makes nothing ready
            line.update(Content.assemble(f"ready: {found.words} · ", Content.styled("R", "bold $text-accent")))

    def _show_what_there_is(self) -> None:
        """Say what can be done before the next incident: only where nothing is open, and the list leaves room."""
        lines, rows = self.query_one(WhatThereIs), self.rows
        taken = lines.outer_size.height if lines.display else 0
        room = rows.size.height + taken - max(len(rows.rows), 1)
        calm = self.workspace.drill is None and not self._words and all(brief.state != "open" for brief in self._briefs)
        lines.offer(room if calm else 0, new=not self._briefs)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_what_there_is)

    def own_files_changed(self) -> None:
        """Show the mistakes in the company's own files as they are now."""
        self.page.check_own_files()

    # The list

    @property
    def rows(self) -> IncidentRows:
        return self.query_one(IncidentRows)

    def reload(self) -> None:
        """Read the incidents from the journal and show them."""
        self.page.console.watch_clocks()
        try:
            briefs = self.workspace.summaries()
        except StoreError as error:
            self._unreadable(error)
            return
        if self._trouble.end():
            self.page.say("")
        if briefs is not self._read:
            self._read = briefs
            self._briefs = tuple(sorted(briefs, key=lambda brief: brief.newest_first))
            self._found_by.clear()
            self._standing.take(self._briefs)
            real, drills = self.workspace.apart(brief for brief in briefs if not brief.over)
            several = f"{len(real):,} incidents are open."
            situation = {0: "Nothing is open.", 1: "One incident is open."}.get(len(real), several)
            line = Content.assemble(Content.styled("warroom", "bold $text-primary"), "  ", situation)
            if drills:
                line += Content.styled(f" {DRILL}: {len(drills):,} open.", "bold $text-error")
            self.query_one("#situation", Static).update(line)
        self._standing.keep_up()
        self.show_found()

    def _show(self) -> None:
        """Show how the incidents stand now; the list is sorted again only if one of them stands elsewhere."""
        if self._standing.keep_up():
            self.show_found()
        else:
            self.rows.describe_anew()
            self.show_details()

    def show_found(self) -> None:
        """List the incidents that are asked for, in the order that is asked for; the cursor stays on its incident."""
        rows, playbook, standing = self.rows, self.workspace.playbook, self._standing
        found = list(self._briefs)
        if self._which != "all":
            found = [brief for brief in found if is_listed(brief, self._which, owes=brief.id in standing.owing)]
        if self._words:
            words = self._words.casefold().split()
            if not self._found_by:
                self._found_by = {brief.id: words_of(brief, playbook) for brief in self._briefs}
            found = [brief for brief in found if all(word in self._found_by[brief.id] for word in words)]
        if self._order == "urgent":
            found = standing.most_urgent_first(found)
        elif self._order != "began":
            found.sort(key=order_of(self._order))
        current = rows.current()
        selected = self._select or (current.id if current else "")
        at = next((at for at, brief in enumerate(found) if brief.id == selected), None)
        if at is not None:
            rows.cursor, self._select = at, ""
        rows.empty = "No incident has these words; tab searches all entries" if self._words else _EMPTY[self._which]
        tags = {row.level: row.tag for row in playbook.severities}
        rows.show([IncidentRow(one.id, f"{tags[one.severity]}  {one.name}", brief=one) for one in found])
        self.query_one(ListHeads).show(self._heading(len(found)))
        self.show_details()
        if rows.size.height:
            self._show_what_there_is()

    def _heading(self, count: int) -> str:
        parts = [
            _WHICH[self._which],
            *([f"with “{clean_line(self._words)}”"] if self._words else []),
            _ORDER[self._order],
            f"{count:,} shown",
        ]
        return " · ".join(parts)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.workspace, self.page.console.all_clocks)

    @on(IncidentRows.Measured)
    def _columns_changed(self) -> None:
        self.query_one(ListHeads).redraw()

    def show_details(self) -> None:
        brief = self.current
        details = self.query_one(IncidentDetails)
        if brief is None:
            details.show("", [])
        else:
            owes = brief.id in self._standing.owing
            details.show(brief.name, in_words(brief, self._standing.describe(brief), self.workspace.tz, owes=owes))

    @property
    def current(self) -> IncidentSummary | None:
        """The incident under the cursor."""
        row = self.rows.current()
        return self._standing.by_id.get(row.id) if row else None

    def on_key(self, event: events.Key) -> None:
        line = self.page.line
        if event.key == "tab" and line.input.has_focus and line.question.id == self.FIND:
            event.stop()
            event.prevent_default()
            words = self._words
            line.leave()
            self._search(words)

    # Acts

    @on(Choices.Chosen)
    def _open(self, event: Choices.Chosen) -> None:
        self.page.console.show_incident(event.choice.id)

    def action_declare(self) -> None:
        self.page.console.show_declare()

    def action_reviews(self) -> None:
        from warroom.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.workspace))

    def action_drills(self) -> None:
        self.page.console.action_drill()

    def action_action_items(self) -> None:
        from warroom.screens.action_items import ActionItemsScreen

        self.app.push_screen(ActionItemsScreen(self.workspace))

    def action_readiness(self) -> None:
        if self.workspace.drill is not None:
            self.page.say("What is ready is kept in your own journal, not in a drill", mark="▸")
            return
        from warroom.screens.readiness.screen import ReadinessScreen

        self.app.push_screen(ReadinessScreen(self.workspace))

    def action_import_timeline(self) -> None:
        from warroom.screens.timeline_import.text import TimelineTextScreen

        self.app.push_screen(TimelineTextScreen(self.page))

    def action_reopen(self) -> None:
        brief = self.current
        if brief is None or not brief.over:
            self.page.say("Select an incident that is over; r reopens it, with the reason", mark="▸")
            return
        self.conversation.start(self._reopen(brief))

    async def _reopen(self, brief: IncidentSummary) -> None:
        def take(because: str) -> bool:
            return self.page.act(brief.id, acts.lifecycle.reopen(because), done=f"Reopened: {brief.name}")

        label = f"Reopen {brief.id}, because"
        await self.page.ask(brief.id, f"reopen:{brief.id}", label, placeholder="what came back", take=take)

    def action_undo(self) -> None:
        self.page.undo()

    # What is shown

    def action_find(self) -> None:
        self.conversation.start(self._find())

    async def _find(self) -> None:
        self.offer_words("")
        hint = "tab searches all entries"
        await self.page.ask("", self.FIND, "Find", placeholder="title, system, sev2, reference", hint=hint)

    def action_search(self) -> None:
        self._search(self._words, offered=True)

    def _search(self, words: str, *, offered: bool = False) -> None:
        from warroom.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.workspace, words=words, offered=offered), self._go_to)

    def _go_to(self, key: str | None) -> None:
        """Open the incident of an entry that was found, at that line."""
        if key is not None:
            self.page.console.show_entry(key)

    def action_which(self) -> None:
        kinds: tuple[Which, ...] = get_args(Which)
        self._which = kinds[(kinds.index(self._which) + 1) % len(kinds)]
        self.show_found()

    def action_sort(self) -> None:
        orders: tuple[Order, ...] = get_args(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.rows.go_to_top()
        self.show_found()

    def action_back(self) -> None:
        if self._words:
            self._words = ""
            self.page.forget("", self.FIND)
            self.show_found()
        else:
            self.page.console.show_last()
