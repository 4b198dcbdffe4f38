"""The screen for one action item: its text, everything that happened to it, where it came from, its incident."""

from __future__ import annotations

from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.action_items import SECTION, ActionItem, due_in_words
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.kinds.action_items import ActionItemChanged
from warroom.model.kinds.decisions import decision_list
from warroom.model.playbook import Playbook
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.keybar import KeyBar
from warroom.widgets.long_text import LongText


class ActionItemScreen(Screen[str | None]):
    """Returns what to do: `copy`, `open` (its incident), or None."""

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("action_item")
    PLACES: ClassVar[tuple[Where, ...]] = ("action_item",)

    def __init__(self, item: ActionItem, text: str) -> None:
        super().__init__()
        self._item, self._text = item, text

    def compose(self) -> ComposeResult:
        yield Static(safe_line(f"Action item {self._item.id} · {self._item.state}", "bold"), id="title")
        yield LongText(self._text)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("action_item"))
        self.query_one(LongText).focus()

    def action_copy(self) -> None:
        self.dismiss("copy")

    def action_open(self) -> None:
        self.dismiss("open")

    def action_back(self) -> None:
        self.dismiss(None)


def about(item: ActionItem, incident: Incident, playbook: Playbook, today: str, tz: tzinfo | None) -> str:
    """Everything about an item as text; `today` is the present day in the zone `tz`."""
    rows, kind = playbook.action_items, playbook.action_items.kind(item.purpose)
    priority = rows.priority(item.priority)
    due = ", ".join(filter(None, (item.due, due_in_words(item, today)))) or "no day"
    moved = f" (first {item.first_due})" if item.first_due not in ("", item.due) else ""
    in_time = {True: ", in time", False: ", after its day", None: ""}[item.in_time(tz)]
    ended = f" {times.day(item.ended, tz)}{in_time}" if item.ended is not None else ""
    fields = {
        "State": item.state + ended,
        "Owner": item.owner or "no owner",
        "Due": due + moved,
        "Kind": f"{kind.name}, {kind.what}" if kind and kind.what else kind.name if kind else item.purpose,
        "Priority": priority.name if priority else item.priority,
        "Because": item.because,
        "From": _source(item, incident, playbook),
        "Incident": f"{incident.name} ({incident.id}, {incident.outcome})",
    }
    listed = "\n".join(f"{name:<9} {value}" for name, value in fields.items() if value)
    return "\n\n".join([item.text, listed, "What happened:\n" + "\n".join(_history(item, incident, playbook, tz))])


def _source(item: ActionItem, incident: Incident, playbook: Playbook) -> str:
    if item.source.startswith(SECTION):
        section = playbook.post_mortem.section(item.source.removeprefix(SECTION))
        return f"the post-mortem, {section.title if section else item.source.removeprefix(SECTION)}"
    found = next((made for made in decision_list(incident) if made.logged.key == item.source), None)
    return f"decision {found.number}, {found.logged.text}" if found else ""


def _what(change: ActionItemChanged, playbook: Playbook) -> str:
    """What a change does, in words: `due 2026-12-24, because the vendor is late`."""
    kind = playbook.action_items.kind(change.purpose or "")
    priority = playbook.action_items.priority(change.priority or "")
    parts = (
        change.state or "",
        "" if change.owner is None else f"owner {change.owner}" if change.owner else "no owner",
        "" if change.due is None else f"due {change.due}" if change.due else "no day",
        kind.name if kind else change.purpose or "",
        f"priority {priority.name if priority else change.priority}" if change.priority else "",
        f"because {change.because}" if change.because else "",
    )
    return ", ".join(filter(None, parts))


def _history(item: ActionItem, incident: Incident, playbook: Playbook, tz: tzinfo | None) -> list[str]:
    """What happened to it, in the order in which it was written, each with when and by whom."""
    added = item.logged.entry
    written = [(added.order, _dated(added, f"added: {added.text}", tz))]
    for change in incident.all(ActionItemChanged):
        if change.body.target == item.key:
            written.append((change.order, _dated(change.entry, _what(change.body, playbook), tz)))
    for correction in incident.changes.get(item.key, []):
        what = "taken back" if correction.retracted else "reworded"
        written.append((correction.entry.order, _dated(correction.entry, f"{what}: {correction.text}", tz)))
    return [line for _, line in sorted(written)]


def _dated(entry: Entry, text: str, tz: tzinfo | None) -> str:
    return f"{times.day(entry.at, tz)} {times.clock_zone(entry.at, tz)} {entry.author}: {text}"
