"""The screen of recovery: what is owed after the fix and until when, who does it, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.recovery import RecoveryState
from warroom.model.snapshot import Snapshot
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.terminal.content import highlighted, safe_line, spread
from warroom.terminal.screens import CellScreen
from warroom.widgets import recovery
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.clocks import ClocksPane
from warroom.widgets.headline import Headline
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.recovery import Group

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_NOT_YET = {
    "open": "Recovery begins once the incident is resolved; m shows the milestones",
    "cancelled": "A cancelled incident has no recovery; m shows the milestones",
}
_TICKED_BY = {
    "post-mortem": "ticked once the post-mortem is done or waived (P)",
    "action-item": "ticked by an action item to prevent it (A)",
    "verified": "ticked once it is known when the fix was verified (v)",
    "": "",
}


class RecoveryScreen(CellScreen[str | None]):
    """Returns the step the user chose and the selected item, `skip:channel`; None to leave."""

    CSS_PATH = "recovery.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("recovery")
    PLACES: ClassVar[tuple[Where, ...]] = ("recovery",)

    def __init__(self, page: IncidentPage, item: str = "") -> None:
        """`item` is the id of the item to select; without one, the first that is owed."""
        super().__init__()
        self._talk = Conversation()
        self._page, self._item = page, item
        self._state = "ok"

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Static(id="next")
        clocks = ClocksPane(id="clocks")
        clocks.narrow = True
        yield clocks
        yield RecoveryList()
        yield Static(id="about")
        yield Notice()
        yield KeyBar(all_keys=True)

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("recovery"))
        if self._item:
            self.query_one(RecoveryList).cursor = self._item
        self.show()
        self.query_one(RecoveryList).focus()
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        """Draw what is owed as it is now."""
        now = self._page.session.snapshot()
        self.query_one(Headline).show(now)
        self.query_one(ClocksPane).show(now)
        self.query_one(RecoveryList).show(now, "")
        text, state = _next(now)
        self.query_one("#next", Static).update(spread(safe_line(f" {text}"), Content(""), self.size.width))
        if state != self._state:
            self.remove_class(f"-{self._state}").add_class(f"-{state}")
            self._state = state
        self._show_about()

    @on(ChecklistPane.Moved)
    def _show_about(self) -> None:
        """Show below the list what there is no room for in the row, and what ticks the item by itself."""
        item = self.query_one(RecoveryList).recovery_item
        about = ""
        if item is not None:
            messages = " or ".join(item.row.done_by_message)
            by_message = f"ticked by a message after the fix: {messages}" if messages else ""
            itself = (_TICKED_BY[item.row.done_by] or by_message) if item.state == "open" else ""
            owner = f"{item.owner} does it" if item.owner else ""
            about = " · ".join(filter(None, [owner, item.note, itself])) or (
                "" if item.required else "optional at this severity"
            )
        self.query_one("#about", Static).update(safe_line(f"↳ {about}") if about else Content(""))

    def action_tick(self) -> None:
        from warroom.screens.incident.recovering import toggle_now

        item, rows = self.query_one(RecoveryList).recovery_item, self.query_one(RecoveryList)
        if item is None:
            self._say_when()
        elif item.row.done_by == "post-mortem":
            self._leave("post_mortem")
        else:
            toggle_now(self._page, item, after=lambda: self._go_on(rows, item.row.id))
            self.show()

    def _go_on(self, rows: RecoveryList, item: str) -> None:
        if self.is_mounted and rows.cursor == item:  # it may have been left while the act had to wait
            self.show()
            rows.select_next()
            self._show_about()

    @on(ChecklistPane.Ticked)
    def _clicked(self) -> None:
        self.action_tick()

    def _leave(self, step: str, *, needs_item: bool = False) -> None:
        item = self.query_one(RecoveryList).recovery_item
        if needs_item and item is None:
            self._say_when()
        else:
            self.dismiss(f"{step}:{item.row.id if item else ''}")

    def _say_when(self) -> None:
        self._page.say(_NOT_YET.get(self._page.incident.state, "There is nothing to do here"), mark="▸")

    def action_answer(self) -> None:
        self._leave("note", needs_item=True)

    def action_skip(self) -> None:
        self._leave("skip", needs_item=True)

    def action_assign(self) -> None:
        self._leave("assign", needs_item=True)

    def action_snooze(self) -> None:
        self._leave("snooze", needs_item=True)

    def action_milestones(self) -> None:
        self._leave("milestones")

    def action_post_mortem(self) -> None:
        self._leave("post_mortem")

    def action_action_items(self) -> None:
        self._leave("action_items")

    def action_stage(self) -> None:
        self._leave("stage")

    def action_undo(self) -> None:
        self._talk.start(self._page.do("undo"))  # here, so that what was taken back is told here
        self.show()

    def action_back(self) -> None:
        self.dismiss(None)


def _next(view: Snapshot) -> tuple[str, str]:
    """Return what is owed next and until when, and the state of its clock."""
    state, incident = view.recovery, view.incident
    if not state.items:
        return _NOT_YET.get(incident.state, "This playbook has no recovery items"), "ok"
    if not state.owed:
        ended = incident.state == "closed" and not incident.follow_up_goes_on
        return ("Closed, and nothing is owed any more" if ended else "Nothing is owed any more"), "ok"
    first = state.owed[0]
    if first.due is None:
        return f"Next: {first.row.text}", "ok"
    left = first.left(view.now) or 0
    soon = view.playbook.clocks.soon_min * times.MINUTE
    when = times.clock_zone_day(first.due, view.now, view.tz)
    if left < 0:
        return f"LATE by {times.span(-left)}: {first.row.text}, due {when}", "late"
    return f"Next: {first.row.text}, by {when}, {times.countdown(left)} left", "soon" if left <= soon else "ok"


class RecoveryList(ChecklistPane):
    """The items of recovery in full width."""

    @property
    def recovery_item(self) -> RecoveryState | None:
        """The item under the cursor."""
        item = self.selected()
        return item if isinstance(item, RecoveryState) else None

    def show(self, view: Snapshot, script: str) -> None:
        """Show a new snapshot; nothing while the incident is open."""
        super().show(view, script)
        self.redraw()  # the countdowns run

    def title(self) -> str:
        assert self.view is not None
        return recovery.title(self.view) if self.view.recovery.items else "Recovery"

    def draw(self, width: int, height: int) -> list[Content]:
        return super().draw(width, height) if self.view and self.view.recovery.items else []

    def recovery_line(self, group: Group, item: RecoveryState | None, width: int) -> Content:
        assert self.view is not None
        if item is None:
            return recovery.wide_group_line(group, self.view.clock(group.id), self.view, width)
        line = recovery.wide_item_line(item, recovery.name_width(self.view), self.view, width)
        return highlighted(line, width) if item.row.id == self.cursor and self.has_focus else line
