"""Ticking the checklist."""

from __future__ import annotations

from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged
from warroom.model.kinds.facts import fact
from warroom.model.kinds.lifecycle import severity_chosen
from warroom.model.kinds.roles import assign
from warroom.model.playbook import Item, Playbook


class ItemTicked(Body, frozen=True, tag="item"):
    """A checklist item ticked or unticked; `value` is the answer given with the tick."""

    timeline_name = "checked"
    most_characters = SHORT_TEXT

    item: str
    done: bool
    value: str = ""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.item(self.item):
            return None
        known = ", ".join(item.id for phase in playbook.phases for item in phase.items)
        return f"there is no checklist item {self.item!r}; the items are {known}"


def tick(playbook: Playbook, item: str, *, done: bool = True, value: str = "", text: str = "") -> Draft:
    """Tick or untick a checklist item; `text` is its text now, if that is not the playbook's."""
    row = playbook.item(item)
    label = text or (row.text if row else item)
    value = value.strip()
    return Draft(
        ItemTicked(item, done, value), f"{'✓' if done else 'not done:'} {label}" + (f": {value}" if value else "")
    )


def answer_item(playbook: Playbook, incident: BaseIncident, item: str, value: str = "") -> Draft:
    """Answer an item: set the fact or role it asks for, which also ticks it, or else tick it with the answer."""
    row, value = playbook.item(item), value.strip()
    now = item_text(incident, row) if row else ""
    if row and value and row.asks_fact:
        return fact(playbook, row.asks_fact, value)
    if row and value and row.asks_role:
        return assign(playbook, incident, row.asks_role, value)
    return tick(playbook, item, value=value, text=now)


def item_text(incident: BaseIncident, row: Item) -> str:
    """An item's text now: to confirm the severity, if that was chosen by who is affected or what is at risk."""
    if not row.text_if_chosen or severity_chosen(incident) is None:
        return row.text
    return row.text_if_chosen.replace("{severity}", f"SEV{incident.severity}")


def last_ticks(incident: BaseIncident) -> dict[str, Logged[ItemTicked]]:
    """The last tick or untick of each checklist item."""
    return {logged.body.item: logged for logged in incident.all(ItemTicked)}
