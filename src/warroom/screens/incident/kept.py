"""What outlives the console: the words not yet sent, the incident that was open, and the pane in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class Kept:
    """What is kept of one incident's screen, written only when it changed."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._incident = page.incident.id
        self._words: dict[str, str] = {}
        self._place: dict[str, str] = {}

    def restore(self) -> str:
        """Bring back the words that were typed; returns the pane that was in front."""
        page = self._page
        pane = page.remembered(f"pane:{self._incident}", str)
        self._words = page.remembered(f"words:{self._incident}", dict[str, str]) or {}
        page.line.restore(self._words)
        return pane if pane in ("checklist", "timeline") else "checklist"

    def keep_words(self) -> None:
        """Keep what was typed and not sent, so that it outlives the process."""
        words = {name: text for name, text in self._page.line.drafts.items() if text}
        if words != self._words and self._page.remember(
            f"words:{self._incident}", words or None, what="What you are typing can't be kept yet"
        ):
            self._words = words

    def keep_place(self) -> None:
        """Let the next start open where this one was left, however it ends."""
        pane = self._page.pane if self._page.pane != "composer" else "timeline"
        place = {"incident": self._incident, f"pane:{self._incident}": pane}
        changed = {name: value for name, value in place.items() if self._place.get(name) != value}
        self._place = place
        for name, value in changed.items():
            self._page.remember(name, value)
