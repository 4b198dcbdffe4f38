"""The first 30 minutes: which items are done, by whom, and which phase is the current one."""

from __future__ import annotations

import re

import msgspec

from warroom.model import ids
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.items import item_text
from warroom.model.kinds.lifecycle import severity_chosen
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Item as ItemRow
from warroom.model.playbook import Phase, Playbook
from warroom.text.late import late
from warroom.text.sentences import before, within


class ItemState(msgspec.Struct, frozen=True):
    """One checklist item now; `at` (ms UTC) and `by` are from the entry that last ticked or unticked it."""

    row: ItemRow
    done: bool
    value: str = ""
    at: int | None = None
    by: str = ""
    aside: bool = False
    """Whether it was set aside with a reason: it stays on the list, but the NOW line no longer shows it."""


class PhaseState(msgspec.Struct, frozen=True):
    """One phase with its items; `required` is false if the incident's severity does not require the phase."""

    row: Phase
    items: tuple[ItemState, ...]
    required: bool

    @property
    def done(self) -> int:
        """How many of its items are done."""
        return sum(item.done for item in self.items)

    @property
    def open_item(self) -> ItemState | None:
        """The first item still to do."""
        return next((item for item in self.items if not item.done and not item.aside), None)


class Checklist(msgspec.Struct, frozen=True):
    """All phases, in order."""

    phases: tuple[PhaseState, ...]

    @property
    def done(self) -> int:
        """How many items of all phases are done."""
        return sum(phase.done for phase in self.phases)

    @property
    def total(self) -> int:
        """How many items there are."""
        return sum(len(phase.items) for phase in self.phases)

    @property
    def current(self) -> PhaseState | None:
        """The first required phase that still has an open item; None once all are done."""
        return next((phase for phase in self.phases if phase.required and phase.open_item), None)


def checklist(incident: Incident, playbook: Playbook) -> Checklist:
    """Work out the state of every item.

    Whatever came last counts: a tick, an untick, or the fact, role or message that answers the item.
    """
    required = playbook.severity(incident.severity).phases
    return Checklist(
        tuple(
            PhaseState(phase, tuple(_item(incident, item) for item in phase.items), phase.id in required)
            for phase in playbook.phases
        )
    )


def _item(incident: Incident, row: ItemRow) -> ItemState:
    candidates = [(logged, value) for logged, value in _answers(incident, row) if value]
    if (text := item_text(incident, row)) != row.text:
        row = msgspec.structs.replace(row, text=text)
    tick = incident.items.get(row.id)
    chosen = severity_chosen(incident) if row.text_if_chosen else None
    if tick is not None and chosen is not None and tick.order < chosen[0].order:
        tick = None  # what it confirmed was another severity
    answer = max(candidates, key=lambda pair: pair[0].order, default=None)
    shown = answer[1] if answer else ""
    # Setting aside the advice to do an item also sets the item aside.
    aside = (ids.RULE_PHASE_ITEM, row.id) in incident.dismissed
    if answer and (tick is None or answer[0].order > tick.order):
        return ItemState(row, True, shown, answer[0].at, answer[0].author)
    if tick is None:
        return ItemState(row, done=False, aside=aside)
    return ItemState(row, tick.body.done, tick.body.value or shown, tick.at, tick.author, aside)


def _answers(incident: Incident, row: ItemRow) -> list[tuple[Logged[Body], str]]:
    """The entries that answer an item without a tick, each with the answer to show next to the item."""
    found: list[tuple[Logged[Body], str]] = []
    if row.asks_fact and (history := incident.facts.get(row.asks_fact)):
        found.append((history[-1], incident.fact(row.asks_fact)))
    if row.asks_role and (holders := incident.roles.get(row.asks_role)):
        found.append((holders[-1], ", ".join(incident.holders(row.asks_role))))
    sent = (logged for logged in incident.sent(row.done_by_message) if not logged.body.is_told_of)
    found.extend((logged, message_label(logged.body)) for logged in sent)
    return found


def message_label(message: MessageSent) -> str:
    """The answer to show for a message: `#3`, or `sent` for the first of its kind."""
    return f"#{message.number}" if message.number > 1 else "sent"


_PLACEHOLDER = late(r"\{(\w+)\}(?P<mark>[.?](?=\s|$))?")


def fill_script(script: str, values: dict[str, str], playbook: Playbook) -> str:
    """A script with each {name} replaced by its value; an unknown value shows as `[impact?]`.

    Values are within sentences of the script, so their own full stops are left out.
    """

    def fill(match: re.Match[str]) -> str:
        name, mark = match[1], match["mark"] or ""
        if value := values.get(name):
            return before(value, mark) if mark else within(value)
        fact, role = playbook.fact(name), playbook.role(name)
        unknown = fact.label.lower() if fact else role.name.lower() if role else name.replace("_", " ")
        return f"[{unknown}?]{mark.replace('?', '')}"

    return _PLACEHOLDER.sub(fill, script)
