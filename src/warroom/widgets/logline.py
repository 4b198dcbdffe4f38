"""The line at the bottom where words go in: a log entry, or the answer to whatever is being asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from warroom.model import times
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean

LOG_HINT = "-5m or 03:41 in front back-dates a line"


class Question(msgspec.Struct, frozen=True):
    """What the line asks for, and what becomes of the answer.

    `id` names the draft that is kept while it is unanswered. `answered` gets the words and tells whether they were
    taken; if not, they stay in the line.
    """

    id: str
    label: str
    placeholder: str
    answered: Callable[[str], bool]
    hint: str = ""
    back_dates: bool = False
    start: str = ""


NEWLINE = "⏎"
"""How a line break of a paste stands in a one-line input; it is a line break again once the words are taken."""


class Words(Input):
    """An input that shows what a paste or a key brought as text, on one line, with its line breaks kept."""

    def insert_text_at_cursor(self, text: str) -> None:
        super().insert_text_at_cursor(clean(text).replace("\n", NEWLINE).replace("\t", " "))

    def on_paste(self, event: events.Paste) -> None:
        # Input would keep the first line only; a pasted stack trace is all of it worth keeping.
        if event.text:
            self.insert_text_at_cursor(event.text.strip("\r\n"))
        event.stop()
        event.prevent_default()


class LogLine(Horizontal):
    """One input for every question; words not yet sent are kept per question."""

    DEFAULT_CSS = """
    LogLine { height: 1; }
    LogLine > #asked { width: auto; max-width: 60%; padding: 0 1; text-style: bold; color: $text-accent; }
    LogLine > Words { width: 1fr; border: none; height: 1; padding: 0; background: $background; }
    LogLine > Words:focus { border: none; background: $surface; }
    LogLine > #hint { width: auto; max-width: 60%; padding: 0 1; color: $text-muted; }
    """

    class Left(Message):
        """The line was left by escape, or answered."""

    class Typed(Message):
        """The words in the line changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, log: Question, now: Callable[[], int], tz: tzinfo | None) -> None:
        super().__init__()
        self._log = log
        self.question = log
        self.drafts: dict[str, str] = {}
        self._now, self._tz = now, tz
        self._hinted = LOG_HINT

    def compose(self) -> ComposeResult:
        yield Static(Content(">"), id="asked")
        yield Words(placeholder=self._log.placeholder, select_on_focus=False)
        yield Static(Content(LOG_HINT), id="hint")

    @property
    def words(self) -> Words:
        """The input."""
        return self.query_one(Words)

    def restore(self, drafts: dict[str, str]) -> None:
        """Bring back what was typed and not sent before the console went away."""
        self.drafts = dict(drafts)
        self._pose(self._log)

    def ask(self, question: Question | None = None) -> None:
        """Ask, by default for a log entry, with the draft that was left, and take the keys."""
        self._pose(question or self._log)
        self.words.focus()

    def _pose(self, question: Question) -> None:
        self.question = question
        label = ">" if question is self._log else f"{question.label}:"
        self.query_one("#asked", Static).update(safe_line(label))
        with self.prevent(Input.Changed):
            self.words.value = self.drafts.get(question.id) or question.start
        self.words.placeholder = question.placeholder
        self.words.cursor_position = len(self.words.value)
        self._hint()

    def _hint(self) -> None:
        hint = self._hint_words()
        if hint != self._hinted:  # an update lays the line out anew, which a key must not cost
            self._hinted = hint
            self.query_one("#hint", Static).update(safe_line(hint))

    def _hint_words(self) -> str:
        question = self.question
        if not question.back_dates:
            return question.hint
        try:
            at, _ = times.split_front(self.words.value, self._now(), self._tz)
        except times.TimeError:
            return "not a time that has passed"
        if at is None:
            return question.hint or LOG_HINT
        day = times.day(at, self._tz)
        today = day == times.day(self._now(), self._tz)
        return f"at {'' if today else day + ' '}{times.clock_zone(at, self._tz)}, {times.span(self._now() - at)} ago"

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        event.stop()
        self.drafts[self.question.id] = event.value
        self._hint()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        question = self.question
        # Before the answer is taken, as taking it may leave a draft of its own under the same name.
        kept = self.drafts.pop(question.id, None)
        if not question.answered(event.value.replace(NEWLINE, "\n")):
            self.drafts.setdefault(question.id, kept if kept is not None else event.value)
        elif self.question is question:  # and not the next one, which the answer led to
            self.leave()

    def leave(self) -> None:
        """Go back to being the log line; what was typed stays as a draft."""
        self._pose(self._log)
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.leave()


_MOST_ROWS = 5


class Notice(LineWidget):
    """What just happened, or why it did not, above the log line: its line is always there, so that nothing moves."""

    DEFAULT_CSS = "Notice { height: 1; padding: 0 1; }"

    text = ""
    failed = False
    mark = "✓"
    _rows = 1

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Show it; a failure stays until the next act."""
        self.text, self.failed, self.mark = text, failed, mark
        rows = min(len(self._wrapped(max(self.app.size.width - 2, 20))), _MOST_ROWS) if text else 1
        if rows != self._rows:
            self._rows = rows
            self.styles.height = rows
        self.redraw()

    def _wrapped(self, width: int) -> list[str]:
        """The mark, and the words beside it: however long their first one is, it does not push the mark off."""
        mark = "✗" if self.failed else self.mark
        lines = wrapped(self.text, width - 2)
        return [f"{mark if number == 0 else ' '} {line}" for number, line in enumerate(lines)]

    def draw(self, width: int, height: int) -> list[Content]:
        style = "bold $text-error" if self.failed else "$text-success"
        return [safe_line(line, style) for line in self._wrapped(width)] if self.text else []
