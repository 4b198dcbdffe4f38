"""What is saved of the incident screen for the next start: unsent drafts, the open incident and the pane in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class SavedState:
    """The saved state of one incident's screen, written only when it has changed."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._incident = page.incident.id
        self._drafts: dict[str, str] | None = None
        """The drafts as they were saved last; None if they could not be read yet, and so must not be replaced."""
        self._position: dict[str, str] = {}

    def restore(self) -> str:
        """Put the drafts back into the log line; returns the pane that was in front."""
        page = self._page
        pane = page.remembered(f"pane:{self._incident}", str)
        page.line.restore({})
        if self._read():
            page.line.restore(self._drafts or {})
        return pane if pane in ("checklist", "timeline") else "checklist"

    def _read(self) -> bool:
        try:
            self._drafts = self._page.workspace.remembered(f"words:{self._incident}", dict[str, str]) or {}
        except StoreError:
            return False  # the next beats try again, and say so if it lasts
        return True

    def _typed(self) -> dict[str, str]:
        return {question: text for question, text in self._page.line.drafts.items() if text}

    @property
    def unsaved_words(self) -> list[str]:
        """What was typed while the saved drafts could not be read."""
        return [] if self._drafts is not None else list(self._typed().values())

    def save_drafts(self) -> None:
        """Save what was typed and not submitted, so that it is back after a crash."""
        if self._drafts is None:
            if not self._read():
                return
            self._page.line.bring_back(self._drafts or {})
        drafts = self._typed()
        if drafts != self._drafts:
            self._drafts = drafts
            self._page.remember(f"words:{self._incident}", drafts or None)

    def save_position(self) -> None:
        """Save the open incident and its front pane, where the next start reopens."""
        pane = self._page.pane if self._page.pane != "composer" else "timeline"
        position = {"incident": self._incident, f"pane:{self._incident}": pane}
        changed = {name: value for name, value in position.items() if self._position.get(name) != value}
        self._position = position
        for name, value in changed.items():
            self._page.remember(name, value)
