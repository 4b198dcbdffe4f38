"""Taking words that were redacted by others out of what is being typed here, on every screen that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from warroom.model.redaction import Words
from warroom.screens.page import say_on_top
from warroom.store.errors import StoreError
from warroom.widgets.logline import TextInput
from warroom.widgets.message_form import MessageForm
from warroom.workspace import Workspace

Change = Callable[[str], str]
"""Gives a text with the mark in place of the words."""


@runtime_checkable
class HoldsWords(Protocol):
    """A screen that has texts of the user besides what its fields show."""

    def redact_words(self, change: Change) -> None:
        """Change these texts."""


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
        if words and self._take_out(words):
            marks = ", ".join(dict.fromkeys(one.mark for one in words))
            said = f"Words that you have typed were redacted: {marks} stands there instead"
            self._app.call_later(say_on_top, self._app, said, mark="▸")  # after the screens have put away older notices

    def _take_out(self, words: Sequence[Words]) -> bool:
        """Change every open screen; returns whether that can be seen."""

        def change(text: str) -> str:
            for one in words:
                text = one.redact(text)
            return text

        changed = False
        for screen in self._app.screen_stack:
            for form in screen.query(MessageForm):
                changed |= form.redact(change) and _is_shown(form)
            for widget in screen.query("Input, TextArea"):
                if not any(isinstance(above, MessageForm) for above in widget.ancestors):
                    changed |= _changed(widget, change) and _is_shown(widget)
            if isinstance(screen, HoldsWords):
                screen.redact_words(change)
        return changed


def _changed(widget: Widget, change: Change) -> bool:
    """Change the text of a field; undo does not bring the words back. Returns whether it had them."""
    if isinstance(widget, TextArea):
        text, cursor = widget.text, widget.cursor_location
        new = change(text)
        if new == text:
            widget.history.clear()
            return False
        widget.load_text(new)
        widget.move_cursor(widget.document.end if cursor[0] >= widget.document.line_count else cursor)
        return True
    if isinstance(widget, Input):
        text = widget.text if isinstance(widget, TextInput) else widget.value
        new = change(text)
        if new == text:
            return False
        if isinstance(widget, TextInput):
            widget.set_text(new)
        else:
            widget.value = new
        return True
    return False


def _is_shown(widget: Widget) -> bool:
    return all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget | Screen))
