"""The screen of action items: those of all incidents in one list, to add, follow up and remind of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where
from warroom.model import times
from warroom.model.action_items import ActionItem, counts, tally
from warroom.screens.action_item import ActionItemScreen, about
from warroom.screens.item_acts import ItemActs
from warroom.screens.item_page import DRAFTS
from warroom.screens.keys import bindings
from warroom.screens.list_screen import ListScreen
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import ListHeads
from warroom.widgets.item_rows import ItemDetails, ItemRow, ItemRows
from warroom.workspace import Workspace

Which = Literal["open", "overdue", "all"]
Order = Literal["due", "owner", "incident"]
_EMPTY = {
    "open": "Nothing is open here; a adds an action item, f shows those done or dropped too",
    "overdue": "Nothing is overdue; f shows all",
    "all": "No action item yet; a adds one",
}
_ALL = "\x00all"


class ActionItemsScreen(ListScreen):
    """All action items; opened from an incident, that incident's come first."""

    CSS_PATH = "action_items.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("action_items")
    PLACES: ClassVar[tuple[Where, ...]] = ("action_items",)
    FIND = "item:find"

    def __init__(self, workspace: Workspace, *, incident: str = "", select: str = "", source: str = "") -> None:
        """`incident` is the id of the incident it is opened from, `select` the key of the item to select.

        With a `source`, an item that comes from there is added at once.
        """
        super().__init__(workspace, DRAFTS)
        self._acts = ItemActs(self.page)
        self._incident, self._select, self._source = incident, select, source
        self._which: Which = "open"
        self._order: Order = "due"
        self._only_own = False
        self._owner: str | None = None
        self._items: tuple[ActionItem, ...] = ()
        self._by_key: dict[str, ActionItem] = {}
        self._changed: set[str] = set()
        """The keys of items changed here, which stay in view though the list would leave them out."""
        self._today = ""

    def compose(self) -> ComposeResult:
        rows = ItemRows(id="items")
        yield ListHeads(rows, "Action items")
        yield rows
        yield ItemDetails(id="details")
        yield Static(Content(""), id="counts")
        yield from self.foot()

    def opened(self) -> None:
        if self._source:
            self.call_after_refresh(self.action_add)

    # The list

    @property
    def rows(self) -> ItemRows:
        return self.query_one(ItemRows)

    def read(self) -> bool:
        items = self.workspace.action_items()
        today = times.day(self.workspace.now(), self.workspace.tz)
        if items is self._items and today == self._today:
            return False
        if self._items:
            before = self._by_key
            self._changed |= {item.key for item in items if before.get(item.key, item) is not item}
        self._items, self._today = items, today
        self._by_key = {item.key: item for item in items}
        if self._select in self._by_key and not self._by_key[self._select].is_open:
            self._which = "all"
        return True

    def show_found(self) -> None:
        """Show the items that are asked for; the cursor stays on its item."""
        rows = self.rows
        current = rows.current()
        selected = self._select or (current.id if current else "")
        self._select = ""
        found = self._in_order(item for item in self._scoped() if self._is_shown(item))
        rows.empty = "Nothing has these words; esc shows all" if self._words else _EMPTY[self._which]
        at = next((at for at, item in enumerate(found) if item.key == selected), None)
        if at is not None:
            rows.cursor = at
        rows.today, own = self._today, self._incident
        rows.show([ItemRow(item.key, item.text, item.name, item=item, own=item.incident == own) for item in found])
        self.query_one(ListHeads).show(self._heading(len(found)))
        tz = self.workspace.tz
        self.query_one("#counts", Static).update(Content(counts(tally(self._scoped(), self._today, tz))))
        self.show_details()

    def _scoped(self) -> list[ActionItem]:
        """The items of this incident or of all, of one owner or of everybody."""
        return [
            item
            for item in self._items
            if (not self._only_own or item.incident == self._incident)
            and (self._owner is None or item.owner == self._owner)
        ]

    def _is_shown(self, item: ActionItem) -> bool:
        if self._words:
            text = f"{item.text} {item.owner} {item.id} {item.name}".casefold()
            if not all(word in text for word in self._words.casefold().split()):
                return False
        if self._which == "all" or item.key in self._changed:
            return True
        return item.is_open if self._which == "open" else item.overdue(self._today)

    def _in_order(self, items: Iterable[ActionItem]) -> list[ActionItem]:
        """Sort items; what was marked as done here stays where it is, until the list is shown anew."""
        changed = self._changed
        found = sorted(
            items,
            key=lambda item: (
                not item.is_open and item.key not in changed,
                not item.due,
                item.due,
                item.logged.entry.hlc,
                item.key,
            ),
        )
        if self._order == "owner":
            found.sort(key=lambda item: (not item.owner, item.owner.casefold()))
            return found
        if self._order == "incident":
            found.sort(key=lambda item: (item.title.casefold(), item.incident))
        if self._incident:
            found.sort(key=lambda item: item.incident != self._incident)
        return found

    def _heading(self, count: int) -> str:
        parts = [
            "this incident" if self._only_own else "all incidents",
            {"open": "open", "overdue": "overdue", "all": "open, done and dropped"}[self._which],
            *([f"of {clean_line(self._owner) or 'nobody'}"] if self._owner is not None else []),
            *([f"with “{clean_line(self._words)}”"] if self._words else []),
            {"due": "by due day", "owner": "by owner", "incident": "by incident"}[self._order],
            f"{count:,} shown",
        ]
        return " · ".join(parts)

    def show_details(self) -> None:
        item = self.current
        if item is None:
            self.query_one(ItemDetails).show("", "")
            return
        table = self.workspace.playbook.action_items
        kind, priority = table.kind(item.purpose), table.priority(item.priority)
        parts = (
            item.id,
            item.state,
            f"due {item.due}" if item.due else "no day",
            item.owner or "no owner",
            kind.name if kind else item.purpose,
            f"priority {priority.name}" if priority else item.priority,
            f"because {item.because}" if item.because else "",
            item.name,
        )
        self.query_one(ItemDetails).show(item.text, " · ".join(clean_line(part) for part in parts if part))

    @property
    def current(self) -> ActionItem | None:
        """The item under the cursor."""
        row = self.rows.current()
        return self._by_key.get(row.id) if row else None

    # Acts

    def action_add(self) -> None:
        self.conversation.start(self._add())

    async def _add(self) -> None:
        incident: str | None = self._incident
        if not incident:
            try:
                lives = self.workspace.journal.lifecycles()
            except StoreError as error:
                self.page.say(str(error), failed=True)
                return
            titles = {item.incident: item.name for item in self._items}
            rows = [
                Choice(life.incident, titles.get(life.incident, life.declaration.name), f"{life.incident} {life.state}")
                for life in lives
            ]
            if not rows:
                self.page.say("There is no incident yet that it could belong to", mark="▸")
                return
            marked = self.current.incident if self.current else ""
            incident = rows[0].id if len(rows) == 1 else await self._acts.choose_incident(rows, marked)
        if incident is not None:
            source, self._source = self._source, ""
            await self._acts.add(incident, source)

    def action_done(self) -> None:
        if item := self._selected():
            self._acts.done(item)

    def action_doing(self) -> None:
        if item := self._selected():
            self._acts.doing(item)

    def action_owner(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.owner(item))

    def action_postpone(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.postpone(item))

    def action_drop(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.drop(item))

    def action_edit(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.edit(item))

    def action_kind(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.kind(item))

    def action_remind(self) -> None:
        if item := self._selected():
            self.conversation.start(self._acts.remind(item, self._today))

    def action_open(self) -> None:
        if item := self._selected():
            self.page.console.show_incident(item.incident)

    def _selected(self) -> ActionItem | None:
        item = self.current
        if item is None:
            self.page.say("No action item is selected; a adds one", mark="▸")
        return item

    @on(Choices.Chosen, "#items")
    def _chosen(self) -> None:
        if item := self.current:
            self.conversation.start(self._show_item(item))

    async def _show_item(self, item: ActionItem) -> None:
        session = self.page.session(item.incident)
        if session is None:
            return
        text = about(item, session.incident, session.playbook, self._today, self.workspace.tz)
        what = await self.page.show(ActionItemScreen(item, text))
        if what == "copy":
            self.page.copy(text)
        elif what == "open":
            self.page.console.show_incident(item.incident)

    # What is shown

    def action_find(self) -> None:
        self.conversation.start(self._find())

    async def _find(self) -> None:
        self.offer_words(self._incident)
        await self.page.ask(self._incident, self.FIND, "Find", placeholder="words, an owner, an id", hint="esc leaves")

    def action_which(self) -> None:
        kinds: tuple[Which, ...] = get_args(Which)
        self._which = kinds[(kinds.index(self._which) + 1) % len(kinds)]
        self._show_anew()

    def action_scope(self) -> None:
        if not self._incident:
            self.page.say("No incident is open; these are the action items of all incidents", mark="▸")
            return
        self._only_own = not self._only_own
        self._show_anew()

    def action_sort(self) -> None:
        orders: tuple[Order, ...] = get_args(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.rows.go_to_top()
        self._show_anew()

    def action_owned(self) -> None:
        self.conversation.start(self._choose_owner())

    async def _choose_owner(self) -> None:
        owners: dict[str, int] = {}
        for item in self._items:
            owners[item.owner] = owners.get(item.owner, 0) + item.is_open
        rows = [Choice(_ALL, "Everybody", f"{sum(owners.values())} open")]
        for name in sorted(owners, key=lambda name: (-owners[name], name.casefold())):
            rows.append(Choice(name, name or "Nobody yet", f"{owners[name]} open"))
        chosen = await self.page.pick("Whose action items?", rows, marked=_ALL if self._owner is None else self._owner)
        if chosen is not None:
            self._owner = None if chosen == _ALL else chosen
            self._show_anew()

    def _show_anew(self) -> None:
        self._changed.clear()
        self.page.say("")
        self.show_found()

    def action_back(self) -> None:
        if self._words:
            self._words = ""
            self.page.forget(self._incident, self.FIND)
            self._show_anew()
        else:
            self.dismiss(None)
