"""Taking words that were redacted by others out of what is being typed here, on every screen that is open."""

from __future__ import annotations

from typing import Any

from textual.app import App

from warroom.screens.page import say_on_top
from warroom.store.errors import StoreError
from warroom.workspace import Workspace


class TypedWords:
    """Looks for redactions by others whenever the file has changed."""

    def __init__(self, app: App[Any], workspace: Workspace) -> None:
        self._app, self._workspace = app, workspace
        self._version: int | None = None

    def look(self) -> None:
        """Take words that were redacted out of all that is typed, and say so if that is to be seen."""
        try:
            version = self._workspace.journal.version()
            if version == self._version:
                return
            words = self._workspace.newly_redacted()
        except StoreError:
            return  # the screens tell; the next look tries again
        self._version = version
        if not words:
            return
        from warroom.screens.taking_out import take_out

        if take_out(words, self._app.screen_stack):
            marks = ", ".join(dict.fromkeys(one.mark for one in words))
            said = f"Words that you have typed were redacted: {marks} stands there instead"
            self._app.call_later(say_on_top, self._app, said, mark="▸")  # after the screens have put away older notices
