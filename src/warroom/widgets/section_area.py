"""The text of one section of the post-mortem, with its own undo history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual import events
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from warroom.widgets.message_form import FieldArea

LONGEST = 50_000
"""The most characters of a section that is edited here; a longer one takes the user's own editor."""


class SectionArea(FieldArea):
    """A text area that moves from section to section; each keeps its undo history, its cursor and what was typed."""

    single = False

    def __init__(self) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True, id="text")
        self._left: dict[str, tuple[str, Any, Selection]] = {}
        """The text, the undo history and the selection of each section that was shown before."""

    def forget(self) -> None:
        """Forget what can be undone in sections that were shown before."""
        self._left.clear()

    def load(self, section: str, text: str) -> None:
        """Show a section's text; its undo history and cursor are those it had, if it is the text it had."""
        if self.field == section and self.text == text:
            return
        if self.field:
            self._left[self.field] = (self.text, self.history, self.selection)
        self.field = section
        before = self._left.get(section)
        with self.prevent(TextArea.Changed):
            self.history = replace(self.history)  # `load_text` clears it, and another section owns it
            self.load_text(text)
        if before is not None and before[0] == text:
            _, self.history, self.selection = before
        else:
            lines = text.split("\n")
            self.selection = Selection.cursor((len(lines) - 1, len(lines[-1])))

    async def on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > LONGEST:
            self.post_message(self.TooLong(len(event.text)))
            return
        self.insert(event.text)
