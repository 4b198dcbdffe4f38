"""Replacing words in all that is typed on the open screens; loaded when there is something to replace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from warroom.model.redaction import Words
from warroom.widgets.message_form import MessageForm
from warroom.widgets.text_input import TextInput

Change = Callable[[str], str]
"""Gives a text with the mark in place of the words."""


@runtime_checkable
class HoldsWords(Protocol):
    """A screen that has texts of the user besides what its fields show."""

    def redact_words(self, change: Change) -> None:
        """Change these texts."""


def take_out(words: Sequence[Words], screens: Iterable[Screen[Any]]) -> bool:
    """Put the marks in place of the words on these screens; returns whether that can be seen."""

    def change(text: str) -> str:
        for one in words:
            text = one.redact(text)
        return text

    changed = False
    for screen in screens:
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
