"""A dialog with one question to answer in a line of text, for screens that have no log line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from warroom.actions import Where
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.logline import NEWLINE, Notice, TextInput

if TYPE_CHECKING:
    from warroom.screens.page import Page


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
    ) -> None:
        """`name` is that of the draft, `start` what the line begins with if there is none."""
        super().__init__()
        self._page, self._draft, self._label = page, f"words:ask:{name}", label
        self._placeholder, self._hint, self._start, self._take = placeholder, hint, start, take
        self._saved = ""

    def compose(self) -> ComposeResult:
        box = Vertical(id="box")
        box.border_title = Content(self._label)
        box.border_subtitle = Content("enter · esc keeps the text")
        with box:
            yield TextInput(placeholder=self._placeholder, select_on_focus=False)
            if self._hint:
                yield Static(safe_line(self._hint), id="hint")
            yield Notice()

    def on_mount(self) -> None:
        draft = self._page.remembered(self._draft, dict[str, str]) or {}
        self._saved = draft.get("text", "")
        field = self.query_one(TextInput)
        field.value = self._saved or self._start
        field.cursor_position = len(field.value)
        if not self._saved:
            field.action_select_all()  # what was filled in is replaced by typing
        field.focus()
        self.set_interval(1.0, self.save_drafts)

    def save_drafts(self) -> None:
        """Save what was typed, so that it is back after a crash."""
        text = self.query_one(TextInput).text
        if text not in (self._saved, self._start) or (self._saved and text != self._saved):
            self._saved = text
            self._page.remember(self._draft, {"text": text} if text else None)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        text = self.query_one(TextInput).text.replace(NEWLINE, "\n")
        if reason := self._take(text):
            self.query_one(Notice).say(reason, failed=True)
            return
        if self._saved:
            self._page.remember(self._draft, None)
        self.dismiss(text)

    def action_back(self) -> None:
        self.save_drafts()
        self.dismiss(None)
