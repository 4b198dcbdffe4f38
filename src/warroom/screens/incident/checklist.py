"""The checklist of the first 30 minutes, or recovery: ticking and answering items, and what to say in each phase."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.checklist import ItemState
from warroom.model.recovery import RecoveryState
from warroom.screens.incident.offers import Offer, offer
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.people import people_for, with_contact
from warroom.screens.incident.roles import says_held_already
from warroom.screens.read import ReadScreen
from warroom.widgets.checklist import ChecklistPane


class Feature(Base):
    """Working through the checklist."""

    @property
    def _pane(self) -> ChecklistPane:
        return self.page.widget(ChecklistPane)

    async def checklist(self, item: str = "") -> None:
        """Go to the checklist; with an item, ask for its answer at once."""
        if not item:
            self.page.go("checklist")
            return
        self._pane.select(item)
        self.page.bring_to_front("checklist")
        await self.answer()

    async def tick(self) -> None:
        item = self._visible_item()
        if item is None:
            return
        if isinstance(item, RecoveryState):
            from warroom.screens.incident.recovering import toggle

            await toggle(self.page, item, after=lambda: self._go_on_from(item.row.id))
            return
        row, playbook = item.row, self.page.playbook
        if item.done:
            self.page.act(acts.items.tick(playbook, row.id, done=False, text=row.text), done=f"Not done: {row.text}")
        elif (row.asks_fact or row.asks_role) and not item.value:
            await self.answer()
        else:
            tick = acts.items.tick(playbook, row.id, text=row.text)
            self.page.act(tick, done=f"Done: {row.text}", after=lambda: self._go_on_from(row.id))

    def _visible_item(self) -> ItemState | RecoveryState | None:
        """Return the selected item; if the checklist is not visible, go there instead, so that nothing acts unseen."""
        if self.page.sees("checklist"):
            return self._pane.selected()
        self.page.go("checklist")
        what = "recovery" if self.page.snapshot.recovery.items else "the checklist"
        self.page.say(f"This is {what}: space ticks the selected item", mark="▸")
        return None

    async def answer(self) -> None:
        item = self._visible_item()
        if item is None:
            return
        if isinstance(item, RecoveryState):
            from warroom.screens.incident.recovering import ask_note

            await ask_note(self.page, item, after=lambda: self._go_on_from(item.row.id))
            return
        page, row = self.page, item.row

        def take(value: str) -> bool:
            value = with_contact(page, value) if row.asks_role else value
            if row.asks_role and item.done and says_held_already(page, row.asks_role, value):
                return True
            answer = acts.items.answer_item(page.playbook, page.incident, row.id, value)
            return page.act(answer, done=f"Done: {row.text}", after=lambda: self._go_on_from(row.id))

        asked = page.playbook.fact(row.asks_fact) or page.playbook.role(row.asks_role)
        usual = offer(page, asked) if asked and not item.value else Offer()
        hint = usual.hint if usual.text else "enter = tick without an answer"
        start = usual.text
        id = f"item:{row.id}"
        suggest = people_for(page, row.asks_role) if row.asks_role else None
        await page.ask(
            id, row.text, placeholder=row.hint, hint=hint, start=start, offered=True, suggest=suggest, take=take
        )

    def _go_on_from(self, item: str) -> None:
        """Select the next item, unless the user has gone to another one in the meantime."""
        selected = self._pane.selected()
        if selected is not None and selected.row.id == item:
            self._pane.select_next()

    async def script(self) -> None:
        current = self.page.snapshot.checklist.current
        if current is None:
            self.page.say("All phases of the first 30 minutes are done")
        else:
            title = f"{current.row.title}: what to say"
            await self.page.show(ReadScreen(title, self.page.snapshot.script_with_replies.page, self.page.copy))
