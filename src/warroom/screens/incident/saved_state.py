"""What is saved of the incident screen for the next start: unsent drafts, the open incident and the pane in front."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class SavedState:
    """The saved state of one incident's screen, written only when it has changed."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._incident = page.incident.id
        self._name = f"words:{self._incident}"
        self._drafts: dict[str, str] = {}
        self._unsaved: dict[str, str] | None = None
        self._position: dict[str, str] = {}

    def restore(self) -> str:
        """Put the drafts back into the log line; returns the pane that was in front."""
        page = self._page
        pane = page.remembered(f"pane:{self._incident}", str)
        self._drafts = page.remembered(self._name, dict[str, str]) or {}
        page.line.restore(self._drafts if self._unsaved is None else self._unsaved)
        return pane if pane in ("checklist", "timeline") else "checklist"

    def save_drafts(self) -> None:
        """Save what was typed and not submitted, so that it is back after a crash."""
        drafts = {question: text for question, text in self._page.line.drafts.items() if text}
        self._unsaved = None
        if drafts == self._drafts:
            return
        if self._page.remember(self._name, drafts or None, what="What you are typing can't be saved yet"):
            self._drafts = drafts
        else:
            self._unsaved = drafts

    def save_again(self) -> None:
        """Save what could not be saved when the user went to another incident; quietly, as it is out of view."""
        if self._unsaved is not None:
            with suppress(StoreError):
                self._page.workspace.remember(self._name, self._unsaved or None)
                self._drafts, self._unsaved = self._unsaved, None

    def save_position(self) -> None:
        """Save the open incident and its front pane, where the next start reopens."""
        pane = self._page.pane if self._page.pane != "composer" else "timeline"
        position = {"incident": self._incident, f"pane:{self._incident}": pane}
        changed = {name: value for name, value in position.items() if self._position.get(name) != value}
        self._position = position
        for name, value in changed.items():
            self._page.remember(name, value)
