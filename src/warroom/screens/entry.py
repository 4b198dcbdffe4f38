"""One line of the timeline, whole: its words, when it happened and was written, and what has been done to it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Action
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.lines import label
from warroom.model.snapshot import Snapshot
from warroom.terminal.line_widget import words
from warroom.text.cleaning import clean
from warroom.widgets.keybar import KeyBar


class EntryScreen(Screen[tuple[str, str] | None]):
    """Gives what is wanted of the entry: ("amend", words), ("retract", ""), ("copy", words), or None."""

    CSS_PATH = "read.tcss"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("y", "want('copy')", "Copy", show=False),
        Binding("c", "want('amend')", "Correct", show=False),
        Binding("x", "want('retract')", "Take back", show=False),
    ]

    def __init__(self, entry: Entry, view: Snapshot) -> None:
        super().__init__()
        self._entry, self._view = entry, view

    def compose(self) -> ComposeResult:
        yield Static(words(self._heading(), "bold"), id="title")
        with VerticalScroll():
            yield Static(Content(clean(self._words())), id="text")
        yield KeyBar()

    def _heading(self) -> str:
        entry, tz = self._entry, self._view.tz
        when = f"{times.day(entry.at, tz)} {times.clock_zone(entry.at, tz)}"
        late = f" · written {times.span(entry.added_late)} later" if entry.added_late else ""
        return f"{when} · {label(entry)} · {entry.author}{late}"

    def _words(self) -> str:
        entry, tz = self._entry, self._view.tz
        parts = [entry.text, *entry.body.paragraphs(entry, self._view.incident, tz)]
        change = self._view.incident.replaced.get(entry.key)
        if change is not None:
            what = "Taken back" if change.retracted else f"Now reads: {change.text}"
            reason = f" ({change.because})" if change.because else ""
            parts.append(f"{what}{reason} · {change.author}, {times.clock_zone(change.recorded, tz)}")
        return "\n\n".join(parts)

    def on_mount(self) -> None:
        keys = [Action("copy", "y", "Copy", "Copy")]
        change = self._view.incident.replaced.get(self._entry.key)
        gone = change is not None and change.retracted
        if self._entry.body.may_be_reworded and not gone:
            keys.append(Action("amend", "c", "Correct", "Correct"))
        if self._entry.body.may_be_retracted and not gone:
            keys.append(Action("retract", "x", "Take back", "Take back"))
        self._keys = {action.id for action in keys}
        self.query_one(KeyBar).show([*keys, Action("leave", "escape", "Back", "Back")])
        self.query_one(VerticalScroll).focus()

    def action_want(self, what: str) -> None:
        change = self._view.incident.replaced.get(self._entry.key)
        text = change.text if change is not None else self._entry.text
        if what in self._keys:
            self.dismiss((what, self._words() if what == "copy" else text))
