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
from warroom.model.decisions import decided
from warroom.model.entries import ActionTaken as Did
from warroom.model.entries import DecisionMade, Entry, MessageSent, Retracted
from warroom.model.incident import correctable, rewordable
from warroom.model.lines import label
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import safe_line
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
        yield Static(safe_line(self._heading(), "bold"), id="title")
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
        parts = [entry.text]
        match entry.body:
            case DecisionMade():
                parts += self._decision()
            case Did(by=by) if by:
                parts.append(f"By: {by}")
            case MessageSent(subject=subject, body=body):
                parts += [subject, body]
        change = self._view.incident.replaced.get(entry.key)
        if change is not None:
            what = "Taken back" if isinstance(change.body, Retracted) else f"Now reads: {change.text}"
            because = getattr(change.body, "because", "")
            reason = f" ({because})" if because else ""
            parts.append(f"{what}{reason} · {change.author}, {times.clock_zone(change.recorded, tz)}")
        return "\n\n".join(parts)

    def _decision(self) -> list[str]:
        """Everything known of the decision, what was added later included."""
        one = next((one for one in decided(self._view.incident) if one.said.entry.key == self._entry.key), None)
        body = self._entry.body
        if one is None:  # taken back: what it said itself is all there is
            return [f"Because: {body.because}"] if isinstance(body, DecisionMade) and body.because else []
        outcome = ""
        if one.outcome and one.outcome_at is not None:
            why = f": {one.outcome_because}" if one.outcome_because else ""
            outcome = f"{one.outcome.capitalize()} at {times.clock_zone(one.outcome_at, self._view.tz)}{why}"
        told = (
            ("Because", one.because),
            ("Options considered", one.options),
            ("Decided by", one.by),
            ("Asked for by", one.asked_by),
        )
        return [*(f"{name}: {words}" for name, words in told if words), *([outcome] if outcome else [])]

    def on_mount(self) -> None:
        keys = [Action("copy", "y", "Copy", "Copy")]
        change = self._view.incident.replaced.get(self._entry.key)
        gone = change is not None and isinstance(change.body, Retracted)
        if rewordable(self._entry) and not gone:
            keys.append(Action("amend", "c", "Correct", "Correct"))
        if correctable(self._entry) and not gone:
            keys.append(Action("retract", "x", "Take back", "Take back"))
        self._keys = {action.id for action in keys}
        self.query_one(KeyBar).show([*keys, Action("leave", "escape", "Back", "Back")])
        self.query_one(VerticalScroll).focus()

    def action_want(self, what: str) -> None:
        change = self._view.incident.replaced.get(self._entry.key)
        text = change.text if change is not None else self._entry.text
        if what in self._keys:
            self.dismiss((what, self._words() if what == "copy" else text))
