"""What was logged since the last update, to pick from for the message being composed."""

from __future__ import annotations

from warroom.messages.templates import Kind
from warroom.model import times
from warroom.model.entries import Entry
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten
from warroom.widgets.choices import Choice, Choices

PICKED = "progress"
"""The id of the field that picked log entries go into."""

_MOST = 100
"""The most entries to pick from, the newest ones."""
_LONGEST = 500
"""Cells of a log entry that a message takes; the rest is for the log."""


class Picking:
    """The list of entries beside the message, and which of them are in it."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._recent: dict[str, Entry] = {}
        self._picked: dict[str, str] = {}

    def offer(self, kind: Kind, taken: list[str]) -> None:
        """Offer what was logged since the last message to stakeholders, newest last; `taken` is already in it."""
        page = self._page
        sent = page.incident.sent(page.playbook.clocks.update.answered_by)
        self._recent, self._picked = {}, {}
        if not sent or kind.field(PICKED) is None:
            page.composer.offer("", [])
            return
        last = sent[-1].entry
        try:
            found = page.session.journal.since(last.seq, page.incident.id)[-_MOST:]
        except StoreError as error:
            page.say(str(error), failed=True)
            found = []
        recent = [page.incident.shown(entry) for entry in found if self._is_news(entry)]
        self._recent = {entry.key: entry for entry in recent}
        self._picked = {entry.key: line for entry in recent if (line := _picked_line(entry)) in taken}
        rows = [self._row(entry) for entry in recent]
        page.composer.offer(f"Logged since {page.clock(last.at)} · L or shift+tab goes here, space picks", rows)

    def _is_news(self, entry: Entry) -> bool:
        change = self._page.incident.replaced.get(entry.key)
        is_line = entry.body.corrects is None and not (change is not None and change.retracted)
        return is_line and entry.body.offered_for_update

    def _row(self, entry: Entry) -> Choice:
        mark = "✓" if entry.key in self._picked else "·"
        return Choice(entry.key, f"{mark} {_picked_line(entry)}", times.clock(entry.at, self._page.workspace.tz))

    def pick(self, key: str) -> None:
        """Add a log entry to the message, or remove it again."""
        composer = self._page.composer
        picks = composer.query_one("#picks", Choices)
        picked = _picked_line(self._recent[key])
        present = composer.values().get(PICKED, "").split("\n")
        lines = [line for line in present if line.strip() and line != picked]
        if key in self._picked:
            del self._picked[key]
        else:
            lines.append(picked)
            self._picked[key] = picked
        composer.set_value(PICKED, "\n".join(lines))
        picks.rows[picks.cursor] = self._row(self._recent[key])
        picks.redraw()


def _picked_line(entry: Entry) -> str:
    """What a picked entry adds to the message."""
    return shorten(clean_line(entry.text[: 2 * _LONGEST]), _LONGEST)
