"""What is saved of the incident screen for the next start: unsent drafts, the open incident and the pane in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class SavedState:
    """The saved state of one incident's screen, written only when it has changed."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._incident = page.incident.id
        self._drafts: dict[str, str] = {}
        self._position: dict[str, str] = {}

    def restore(self) -> str:
        """Put the drafts back into the log line; returns the pane that was in front."""
        page = self._page
        pane = page.remembered(f"pane:{self._incident}", str)
        self._drafts = page.remembered(f"words:{self._incident}", dict[str, str]) or {}
        page.line.restore(self._drafts)
        return pane if pane in ("checklist", "timeline") else "checklist"

    def save_drafts(self) -> None:
        """Save what was typed and not submitted, so that it is back after a crash."""
        drafts = {question: text for question, text in self._page.line.drafts.items() if text}
        if drafts != self._drafts and self._page.remember(
            f"words:{self._incident}", drafts or None, what="What you are typing can't be saved yet"
        ):
            self._drafts = drafts

    def save_position(self) -> None:
        """Save the open incident and its front pane, where the next start reopens."""
        pane = self._page.pane if self._page.pane != "composer" else "timeline"
        position = {"incident": self._incident, f"pane:{self._incident}": pane}
        changed = {name: value for name, value in position.items() if self._position.get(name) != value}
        self._position = position
        for name, value in changed.items():
            self._page.remember(name, value)
