"""The screen for one entry of the timeline: its whole text, its times, and every version of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.kinds.corrections import may_become_another, why_not_corrected, why_not_recast, why_not_reworded
from warroom.model.lines import clock, label
from warroom.model.snapshot import Snapshot
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.long_text import LongText

_INCIDENT_KEY = re.compile(r"\b\w or warroom ")
_HELD = "Nothing can be typed here, so the other keys are off; esc goes back"


class EntryScreen(Screen[tuple[str, str] | None]):
    """Returns what to do with the entry: the id of the action and, for "copy" and "correct", a text; or None.

    Letters act at once here, and nothing can be typed. After one that is no key, they are all off, because it may be
    part of a word that somebody types, however slowly; esc goes back as always. A key that this entry refuses says why.

    `linked` are the lines that are linked to it, if it is a decision, as they were first written.
    """

    CSS_PATH = "read.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("entry")
    PLACES: ClassVar[tuple[Where, ...]] = ("entry",)

    def __init__(
        self,
        entry: Entry,
        snapshot: Snapshot,
        linked: Sequence[Entry] = (),
        said: tuple[str, bool, str] | None = None,
    ) -> None:
        """`said` is what to tell at first: a notice, whether something failed, and its mark."""
        super().__init__()
        self._held = False
        """Whether the letters are off."""
        self._linked, self._said = linked, said
        self._entry, self._snapshot = entry, snapshot
        self._shown = snapshot.incident.shown(entry)
        self._refused: dict[str, str] = {}
        """Why an action can't be done with this entry, as a sentence, by the action's id."""

    def compose(self) -> ComposeResult:
        yield Static(safe_line(self._heading(), "bold"), id="title")
        yield LongText(self._text())
        yield Notice()
        yield KeyBar(all_keys=True)

    def _heading(self) -> str:
        entry, tz = self._shown, self._snapshot.tz
        when = f"{times.day(entry.at, tz)} {clock(entry, tz)} {times.zone_name(entry.at, tz)}"
        late = self._snapshot.incident.added_late(entry)
        written = f" · written {times.span(late)} later" if late else ""
        pinned = " · pinned" if entry.key in self._snapshot.incident.pinned else ""
        return f"{when} · {label(entry)} · {entry.author}{written}{pinned}"

    def _text(self) -> str:
        entry, incident, tz = self._shown, self._snapshot.incident, self._snapshot.tz
        parts = [entry.text, *entry.body.paragraphs(entry, incident, tz)]
        if decision := incident.links.get(entry.key):
            parts.append(f"For decision {decision.number}: {decision.logged.text}")
        linked = [incident.shown(line) for line in self._linked]
        lines = [f"{times.clock_zone(line.at, tz)} {line.text}" for line in sorted(linked, key=lambda line: line.at)]
        if lines:
            parts.append("\n".join(["Lines linked to this decision:", *lines]))
        if changes := incident.changes.get(entry.key):
            written = ["What was written when:", self._version(self._entry, self._entry.text)]
            for change in changes:
                undone = incident.changes.get(change.key, [])
                because = f" (because {change.because})" if change.because and not change.retracted else ""
                if change.recast is change.entry.body:
                    because = f" ({label(self._entry.corrected(change))})"
                written += [self._version(each.entry, each.text) for each in (change, *undone)]
                written[-1 - len(undone)] += because
            parts.append("\n".join(written))
        return "\n\n".join(parts)

    def _version(self, entry: Entry, text: str) -> str:
        """One version of the entry: when it was written, by whom, the time it names, and its words."""
        tz, today = self._snapshot.tz, times.day(self._snapshot.now, self._snapshot.tz)
        day = times.day(entry.recorded, tz)
        written = f"{'' if day == today else day + ' '}{times.clock_zone(entry.recorded, tz)}"
        at = f", for {times.clock_zone_day(entry.at, entry.recorded, tz)}" if entry.added_late else ""
        return f"{written} {entry.author}{at}: {text}"

    def on_mount(self) -> None:
        body = self._entry.body
        change = self._snapshot.incident.replaced.get(self._entry.key)
        if change is not None and change.retracted:
            gone = "This line was taken back; ctrl+z in the timeline puts back what you took back last"
            self._refused = dict.fromkeys(("correct", "time", "kind", "take_back", "pin", "link"), gone)
        else:
            if not body.is_rewordable(self._entry.text):
                self._refused |= dict.fromkeys(("correct", "time"), _after_esc(why_not_reworded(body)))
            if not may_become_another(body):
                self._refused["kind"] = why_not_recast(body)
            if not body.may_be_retracted:
                self._refused["take_back"] = _after_esc(why_not_corrected(body))
        self._show_keys()
        if self._said is not None:
            text, failed, mark = self._said
            self.query_one(Notice).say(text, failed=failed, mark=mark)
        self.query_one(LongText).focus()

    def _show_keys(self) -> None:
        """Show the keys that do something now."""
        rows = [action for action in footer("entry", "everywhere") if action.id not in self._refused]
        self.query_one(KeyBar).show([row for row in rows if row.id == "back"] if self._held else rows)

    def on_key(self, event: events.Key) -> None:
        """Turn the letters off after one that does nothing here."""
        if self._held and event.is_printable and event.key != "question_mark":
            event.stop()
            event.prevent_default()
            self.query_one(Notice).say(_HELD, failed=True)
        elif event.key in ("ctrl+z", "ctrl+y"):
            self.query_one(Notice).say(f"Press esc first; then {event.key} works on what you did last", mark="▸")
        elif event.is_printable and event.key not in self.active_bindings:
            self._held = True
            self.query_one(Notice).say(f"{event.character} does nothing here; ? shows the keys. {_HELD}", failed=True)
            self._show_keys()

    def action_copy(self) -> None:
        self._choose("copy", self._text())

    def action_correct(self) -> None:
        self._choose("correct", self._shown.text)

    def action_time(self) -> None:
        self._choose("time")

    def action_kind(self) -> None:
        self._choose("kind")

    def action_take_back(self) -> None:
        self._choose("take_back")

    def action_link(self) -> None:
        self._choose("link")

    def action_pin(self) -> None:
        self._choose("pin")

    def action_redact(self) -> None:
        self._choose("redact")

    def action_find(self) -> None:
        self._choose("find")

    def action_search(self) -> None:
        self._choose("search")

    def _choose(self, what: str, text: str = "") -> None:
        if what in self._refused:
            self.query_one(Notice).say(self._refused[what], failed=True)
        else:
            self.dismiss((what, text))

    def action_back(self) -> None:
        self.dismiss(None)


def _after_esc(why: str) -> str:
    """Say of keys that a reason names, and that mean something else on this screen, that they come after esc."""
    refusal, separator, advice = why.partition("; ")
    return f"{refusal}. After esc: {advice}" if separator and _INCIDENT_KEY.search(advice) else why
