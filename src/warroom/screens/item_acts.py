"""What can be done with action items: each act is a conversation in a straight line."""

from __future__ import annotations

from collections.abc import Iterable

from warroom.model import acts, times
from warroom.model.action_items import (
    ActionItem,
    limit,
    people,
    reminder,
    sorted_by_due,
    spelt,
    unknown_owner,
    usual_fields,
)
from warroom.model.kinds.action_items import DOING, DONE, DROPPED, OPEN, is_later, parse_day
from warroom.screens.item_page import ItemPage
from warroom.screens.read import ReadScreen
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten
from warroom.widgets.choices import Choice

_DAYS = "2026-12-24, dec 24, friday, 3d, 2w, none"
_LABEL = 24
"""The most cells of an item's text in a question."""
_MOST_INCIDENTS = 200
_SOMEBODY, _NOBODY, _NO_KIND = "\x00somebody", "\x00nobody", "\x00none"
"""Ids of rows that no name and no kind can have."""


class ItemActs:
    """The acts; each says what is wrong, and leaves the words in the line."""

    def __init__(self, page: ItemPage) -> None:
        self.page = page

    async def add(self, incident: str, source: str = "") -> None:
        """Ask for text, owner, day and kind, one after the other; what was typed is kept until it is logged.

        `source` is what the item comes from, as in `ActionItemAdded`.
        """
        page, session = self.page, self.page.session(incident)
        if session is None:
            return
        text = await page.ask(
            incident,
            "item:text",
            "Action item",
            placeholder="what will be done so that it doesn't happen again",
            hint="enter asks who",
            keep=True,
        )
        if text is None:
            return
        if not text.strip():
            page.forget(incident, "item:text")
            return
        owner = await self._ask_owner(session, "item:owner", "Who does it?")
        if owner is None:
            return
        priority, day = usual_fields(session.incident, session.playbook, page.workspace.now())
        row = session.playbook.action_items.priority(priority)
        page.show_new(text, owner)
        hint = f"the usual day, priority {row.name}" if row and day else ""
        due = await self._ask_day(incident, "item:due", "Due", start=day, hint=hint)
        if due is None:
            return
        rows = [Choice(_NO_KIND, "No kind")]
        rows[:0] = [Choice(kind.id, kind.name, kind.what) for kind in session.playbook.action_items.kinds]
        purpose = await page.pick("What is it for?", rows) if len(rows) > 1 else ""
        if purpose is None:
            page.say("Not added: a has the words again", mark="▸")
            return
        purpose = "" if purpose == _NO_KIND else purpose
        draft = acts.action_items.add(text, owner=owner, due=due, purpose=purpose, priority=priority, source=source)
        page.act(incident, draft, after=lambda: self._added(session, owner))

    def _added(self, session: Session, owner: str) -> None:
        self.page.forget(session.incident.id, "item:text", "item:owner", "item:due")
        self._say_unknown(session, owner)

    async def choose_incident(self, rows: Iterable[Choice], marked: str) -> str | None:
        """Let the user choose the incident that an item is added to."""
        return await self.page.pick("To which incident?", list(rows)[:_MOST_INCIDENTS], marked=marked)

    # Owner and day

    async def _ask_owner(self, session: Session, id: str, title: str, now: str = "") -> str | None:
        """Let the user choose an owner among the known names, or type another; None if they leave."""
        page, incident = self.page, session.incident
        here = people(incident)
        others = sorted({item.owner for item in self._all_items() if item.owner} - {*here})
        rows = [Choice(name, name, "has or had a role") for name in here]
        rows += [Choice(name, name, "owns another action item") for name in others]
        rows.append(Choice(_SOMEBODY, "Somebody else", "type the name"))
        rows.append(Choice(_NOBODY, "Nobody yet"))
        if page.drafts_of(incident.id).get(id):
            chosen: str | None = _SOMEBODY
        else:
            chosen = await page.pick(title, rows, marked=now)
        if chosen == _NOBODY:
            return ""
        if chosen != _SOMEBODY:
            return chosen
        name = await page.ask(incident.id, id, "Owner", placeholder="for example: Ana", keep=True)
        return None if name is None else spelt(name, [*here, *others])

    async def _ask_day(self, incident: str, id: str, label: str, *, start: str = "", hint: str = "") -> str | None:
        page = self.page

        def take(text: str) -> bool:
            return self._read_day(text) is not None

        given = await page.ask(
            incident, id, label, placeholder=_DAYS, hint=hint or _DAYS, start=start, take=take, keep=True
        )
        return None if given is None else self._read_day(given)

    def _read_day(self, text: str) -> str | None:
        """Read a day; None, with a notice, if it is none, or has passed."""
        try:
            return parse_day(text, self.page.workspace.now(), self.page.workspace.tz)
        except times.TimeError as error:
            self.page.say(str(error), failed=True)
            return None

    def _say_unknown(self, session: Session, owner: str) -> None:
        if sentence := unknown_owner(owner, session.incident):
            self.page.say(sentence, mark="▲")

    def _say_already(self, words: str) -> None:
        self.page.say(f"{words} already; nothing was logged", mark="▸")

    # Changing an item

    def done(self, item: ActionItem) -> None:
        """Mark it as done, or open it again if it is over."""
        self._set_state(item, OPEN if not item.is_open else DONE)

    def doing(self, item: ActionItem) -> None:
        """Mark it as begun, or as not begun."""
        self._set_state(item, OPEN if item.state == DOING else DOING)

    def _set_state(self, item: ActionItem, state: str) -> None:
        self.page.act(item.incident, acts.action_items.change(item.logged, state=state))

    async def owner(self, item: ActionItem) -> None:
        """Give it to somebody."""
        page, session, id = self.page, self.page.session(item.incident), f"item:owner:{item.key}"
        if session is None:
            return
        owner = await self._ask_owner(session, id, f"Who does it? {shorten(clean_line(item.text), 60)}", item.owner)
        if owner is None:
            return

        if owner == item.owner:
            page.forget(item.incident, id)
            self._say_already(f"It is with {clean_line(owner)}" if owner else "It has no owner")
            return

        def after() -> None:
            page.forget(item.incident, id)
            self._say_unknown(session, owner)

        page.act(item.incident, acts.action_items.change(item.logged, owner=owner), after=after)

    async def postpone(self, item: ActionItem) -> None:
        """Ask for a new day, and for the reason if it is a later one."""
        page, day, why = self.page, f"item:due:{item.key}", f"item:why:{item.key}"
        due = await self._ask_day(item.incident, day, f"New day, now {item.due or 'none'}")
        if due is None:
            return
        if due == item.due:
            page.forget(item.incident, day)
            self._say_already("It has that day")
            return

        def take(because: str = "") -> bool:
            return page.act(
                item.incident,
                acts.action_items.change(item.logged, due=due, because=because),
                after=lambda: page.forget(item.incident, day, why),
            )

        if is_later(due, item.due):
            await page.ask(
                item.incident, why, f"{due or 'No day'}, because", placeholder="why it takes longer", take=take
            )
        else:
            take()

    async def drop(self, item: ActionItem) -> None:
        """Ask why it will not be done."""
        if item.state == DROPPED:
            self.page.say("It is dropped already; space opens it again", mark="▸")
            return
        await self.page.ask(
            item.incident,
            f"item:drop:{item.key}",
            "Drop it, because",
            placeholder="why it will not be done",
            hint=shorten(clean_line(item.text), _LABEL),
            take=lambda because: self.page.act(
                item.incident, acts.action_items.change(item.logged, state=DROPPED, because=because)
            ),
        )

    async def edit(self, item: ActionItem) -> None:
        """Correct its text."""

        def take(text: str) -> bool:
            words = clean_line(text).strip()
            if words == item.text:
                self._say_already("It has those words")
                return True
            return self.page.act(item.incident, acts.corrections.amend(item.logged.entry, words))

        await self.page.ask(item.incident, f"item:edit:{item.key}", "Corrected", start=item.text, take=take)

    async def kind(self, item: ActionItem) -> None:
        """Choose its kind or its priority."""
        page, session = self.page, self.page.session(item.incident)
        if session is None:
            return
        table, incident, now = session.playbook.action_items, session.incident, page.workspace.now()
        rows = [
            Choice(
                f"kind:{kind.id}", kind.name, ("now · " if kind.id == item.purpose else "") + kind.what, tag="kind    "
            )
            for kind in table.kinds
        ]
        for row in table.priorities:
            day = limit(incident, session.playbook, row.id, now)
            until = f"usually due by {day}" if day else "no usual day"
            until = f"now · {until}" if row.id == item.priority else until
            rows.append(Choice(f"priority:{row.id}", row.name, until, tag="priority"))
        what, _, id = (await page.pick("Kind and priority", rows) or "").partition(":")
        if id and id == (item.purpose if what == "kind" else item.priority):
            self._say_already(f"It has that {what}")
        elif what == "kind":
            page.act(item.incident, acts.action_items.change(item.logged, purpose=id))
        elif what == "priority":
            page.act(item.incident, acts.action_items.change(item.logged, priority=id))

    def _all_items(self) -> list[ActionItem]:
        """Every action item; if the file can't be read now, that is told, and there are none."""
        try:
            return list(self.page.workspace.action_items())
        except StoreError as error:
            self.page.say(str(error), failed=True)
            return []

    # Reminding

    async def remind(self, item: ActionItem, today: str) -> None:
        """Show a reminder for the owner of an item, with everything that is open with them."""
        page = self.page
        if not item.owner:
            page.say("Nobody owns it, so nobody can be reminded; w gives it to somebody", mark="▸")
            return
        mine = [other for other in sorted_by_due(self._all_items()) if other.owner == item.owner]
        if not any(other.is_open for other in mine):
            page.say(f"Nothing is open with {item.owner}", mark="▸")
            return
        title = f"Reminder for {clean_line(item.owner)}"
        await page.show(ReadScreen(title, reminder(item.owner, mine, today), page.copy))
