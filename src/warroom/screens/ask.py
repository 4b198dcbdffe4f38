"""A dialog with one question to answer in a line of text, for screens that have no log line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from warroom.actions import Where
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.logline import Notice
from warroom.widgets.message_form import FieldArea
from warroom.widgets.text_input import NEWLINE, TextInput

if TYPE_CHECKING:
    from warroom.screens.page import Page


_MOST_LINES = 8
"""A long text is shown in at most so many lines at once."""


class LongField(FieldArea):
    """A text that may be longer than a line: as high as it is; enter answers."""

    single = False
    enter_answers = True

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.enter_answers:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(1))
        else:
            super().on_key(event)

    @on(TextArea.Changed)
    def _grow(self) -> None:
        self.styles.height = min(max(self.wrapped_document.height, 1), _MOST_LINES)

    def on_resize(self) -> None:
        self.call_after_refresh(self._grow)


class LinesField(LongField):
    """A text of several lines: enter begins the next one."""

    enter_answers = False


class AskScreen(ModalScreen[str | None]):
    """Returns the answer, or None if the user left; what was typed is kept as a draft until it is answered.

    `take` handles the answer, and says in a sentence why it can't be used; "" if it can.
    """

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("question")
    PLACES: ClassVar[tuple[Where, ...]] = ("question",)

    def __init__(
        self,
        page: Page,
        name: str,
        label: str,
        *,
        placeholder: str = "",
        hint: str = "",
        start: str = "",
        take: Callable[[str], str] = lambda text: "",
        adds: bool = False,
        long: bool = False,
        several: bool = False,
    ) -> None:
        """`name` is that of the draft, `start` what the line begins with if there is none.

        What is typed replaces that, or `adds` to it. A `long` text is shown in several lines; one of `several` lines
        has them itself.
        """
        super().__init__()
        self._page, self._draft, self._label = page, f"words:ask:{name}", label
        self._placeholder, self._hint, self._start, self._take = placeholder, hint, start, take
        self._adds, self._long, self._several = adds, long or several, several
        self._saved = ""

    def compose(self) -> ComposeResult:
        box = Vertical(id="box")
        box.border_title = Content(self._label)
        keys = "ctrl+g: done · enter: next line" if self._several else "enter"
        box.border_subtitle = Content(f"{keys} · esc keeps the text")
        with box:
            if self._long:
                kind = LinesField if self._several else LongField
                yield kind(soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
            else:
                yield TextInput(placeholder=self._placeholder, select_on_focus=False)
            if self._hint:
                yield Static(safe_line(self._hint), id="hint")
            yield Notice()

    def on_mount(self) -> None:
        draft = self._page.remembered(self._draft, dict[str, str]) or {}
        self._saved = draft.get("text", "")
        self._fill(self._saved or self._start)
        self.set_interval(1.0, self.save_drafts)

    def redact_words(self, change: Callable[[str], str]) -> None:
        """Change the name of the draft, which may have words of the line that is asked about."""
        self._draft, self._start = change(self._draft), change(self._start)

    def _fill(self, text: str) -> None:
        """Put the text to begin with into the field, with the cursor behind it."""
        if self._long:
            area = self.query_one(LongField)
            area.load_text(text)
            area.move_cursor(area.document.end)
            area.focus()
            return
        field = self.query_one(TextInput)
        field.value = text
        field.cursor_position = len(field.value)
        if not self._saved and not self._adds:
            field.action_select_all()  # what was filled in is replaced by typing
        field.focus()

    @property
    def _text(self) -> str:
        if self._long:
            return self.query_one(LongField).text
        return self.query_one(TextInput).text.replace(NEWLINE, "\n")

    def save_drafts(self) -> None:
        """Save what was typed, so that it is back after a crash."""
        text = self._text
        if text not in (self._saved, self._start) or (self._saved and text != self._saved):
            self._saved = text
            self._page.remember(self._draft, {"text": text} if text else None)

    @on(Input.Submitted)
    @on(LongField.Done)
    def _answered(self, event: Input.Submitted | LongField.Done) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        text = self._text
        if reason := self._take(text):
            self.query_one(Notice).say(reason, failed=True)
            return
        if self._saved:
            self._page.remember(self._draft, None)
        self.dismiss(text)

    def action_back(self) -> None:
        self.save_drafts()
        self.dismiss(None)
