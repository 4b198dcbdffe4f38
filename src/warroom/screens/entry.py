"""One line of the timeline, whole: its words, when it happened and was written, and what has been done to it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.entries import ActionTaken as Did
from warroom.model.entries import DecisionMade, Entry, MessageSent, Retracted
from warroom.model.incident import correctable, rewordable
from warroom.model.lines import label
from warroom.model.snapshot import Snapshot
from warroom.screens.keys import bindings
from warroom.terminal.line_widget import words
from warroom.text.cleaning import clean
from warroom.widgets.keybar import KeyBar


class EntryScreen(Screen[tuple[str, str] | None]):
    """Gives what is wanted of the entry: ("correct", words), ("take_back", ""), ("copy", words), or None."""

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("entry")
    PLACES: ClassVar[tuple[Where, ...]] = ("entry",)

    def __init__(self, entry: Entry, snapshot: Snapshot) -> None:
        super().__init__()
        self._entry, self._snapshot = entry, snapshot

    def compose(self) -> ComposeResult:
        yield Static(words(self._heading(), "bold"), id="title")
        with VerticalScroll():
            yield Static(Content(clean(self._words())), id="text")
        yield KeyBar()

    def _heading(self) -> str:
        entry, tz = self._entry, self._snapshot.tz
        when = f"{times.day(entry.at, tz)} {times.clock_zone(entry.at, tz)}"
        late = f" · written {times.span(entry.added_late)} later" if entry.added_late else ""
        return f"{when} · {label(entry)} · {entry.author}{late}"

    def _words(self) -> str:
        entry, tz = self._entry, self._snapshot.tz
        parts = [entry.text]
        match entry.body:
            case DecisionMade():
                parts += self._decision()
            case Did(by=by) if by:
                parts.append(f"By: {by}")
            case MessageSent(subject=subject, body=body):
                parts += [subject, body]
        change = self._snapshot.incident.replaced.get(entry.key)
        if change is not None:
            what = "Taken back" if isinstance(change.body, Retracted) else f"Now reads: {change.text}"
            because = getattr(change.body, "because", "")
            reason = f" ({because})" if because else ""
            parts.append(f"{what}{reason} · {change.author}, {times.clock_zone(change.recorded, tz)}")
        return "\n\n".join(parts)

    def _decision(self) -> list[str]:
        """Everything known of the decision, what was added later included."""
        one = next((one for one in self._snapshot.decisions if one.said.entry.key == self._entry.key), None)
        body = self._entry.body
        if one is None:  # taken back: what it said itself is all there is
            return [f"Because: {body.because}"] if isinstance(body, DecisionMade) and body.because else []
        outcome = ""
        if one.outcome and one.outcome_at is not None:
            why = f": {one.outcome_because}" if one.outcome_because else ""
            outcome = f"{one.outcome.capitalize()} at {times.clock_zone(one.outcome_at, self._snapshot.tz)}{why}"
        told = (
            ("Because", one.because),
            ("Options considered", one.options),
            ("Decided by", one.by),
            ("Asked for by", one.asked_by),
        )
        return [*(f"{name}: {words}" for name, words in told if words), *([outcome] if outcome else [])]

    def on_mount(self) -> None:
        change = self._snapshot.incident.replaced.get(self._entry.key)
        gone = change is not None and isinstance(change.body, Retracted)
        refused = set()
        if gone or not rewordable(self._entry):
            refused.add("correct")
        if gone or not correctable(self._entry):
            refused.add("take_back")
        self._refused = refused
        self.query_one(KeyBar).show([action for action in footer("entry") if action.id not in refused])
        self.query_one(VerticalScroll).focus()

    def action_copy(self) -> None:
        self.dismiss(("copy", self._words()))

    def action_correct(self) -> None:
        change = self._snapshot.incident.replaced.get(self._entry.key)
        if "correct" not in self._refused:
            self.dismiss(("correct", change.text if change is not None else self._entry.text))

    def action_take_back(self) -> None:
        if "take_back" not in self._refused:
            self.dismiss(("take_back", ""))

    def action_back(self) -> None:
        self.dismiss(None)
