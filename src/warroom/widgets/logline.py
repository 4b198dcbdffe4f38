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


class LogQuestion(msgspec.Struct, frozen=True):
    """What the line asks for; `id` names the draft kept while it is unanswered, `start` is what it begins with."""

    id: str
    label: str
    placeholder: str
    hint: str = ""
    back_dates: bool = False
    start: str = ""


LOG = LogQuestion("log", "Log", "log what happened…", back_dates=True)
"""What the line asks for when nothing else is asked."""

NEWLINE = "⏎"
"""How a line break of a paste stands in a one-line input; it is a line break again once the words are taken."""


class Words(Input):
    """An input that shows what a paste or a key brought as text, on one line, with its line breaks kept."""

    def validate_value(self, value: str) -> str:
        """Keep to one line whatever the value is set to, such as a draft that another program has changed."""
        return value.replace("\n", NEWLINE).replace("\t", " ")

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

    def __init__(self, log: Callable[[str], bool], now: Callable[[], int], tz: tzinfo | None) -> None:
        """`log` writes words down as an entry and says whether that worked."""
        super().__init__()
        self._log = log
        self._answered: Callable[[str | None], object] | None = None
        self._asked = 0
        self.question = LOG
        self.drafts: dict[str, str] = {}
        self._now, self._tz = now, tz
        self._hinted = LOG_HINT

    def compose(self) -> ComposeResult:
        yield Static(Content(">"), id="asked")
        yield Words(placeholder=LOG.placeholder, select_on_focus=False)
        yield Static(Content(LOG_HINT), id="hint")

    @property
    def words(self) -> Words:
        """The input."""
        return self.query_one(Words)

    def restore(self, drafts: dict[str, str]) -> None:
        """Bring back what was typed and not sent before the console went away."""
        self.drafts = dict(drafts)
        self._pose(LOG, None)

    def ask(self, question: LogQuestion = LOG, answered: Callable[[str | None], object] | None = None) -> None:
        """Ask, by default for a log entry, with the draft that was left, and take the keys.

        `answered` gets the words, or None when the line is left or something else is asked.
        """
        self._pose(question, answered)
        self.words.focus()

    def _pose(self, question: LogQuestion, answered: Callable[[str | None], object] | None) -> None:
        again = question is self.question and answered is not None
        self._asked += 1
        self.question, self._answered = question, answered
        self.query_one("#asked", Static).update(safe_line(">" if question is LOG else f"{question.label}:"))
        if not (again and self.words.value == self.drafts.get(question.id)):
            with self.prevent(Input.Changed):
                self.words.value = self.drafts.get(question.id) or question.start
            self.words.cursor_position = len(self.words.value)
        self.words.placeholder = question.placeholder
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
            at, _ = times.split_leading_time(self.words.value, self._now(), self._tz)
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
        question, asked = self.question, self._asked
        words = event.value.replace(NEWLINE, "\n")
        if self._answered is None:
            if self._log(words):
                self.drafts.pop(question.id, None)
                self.leave()
            return
        # Kept until whoever asked says that they are dealt with.
        self.drafts[question.id] = event.value
        self._answered(words)
        if self._asked == asked:  # and not the next question, or the same one again
            self._answered = None
            self.leave()

    def leave(self) -> None:
        """Go back to being the log line; what was typed stays as a draft."""
        answered, asked = self._answered, self._asked
        if answered is not None:
            answered(None)
        if self._asked == asked:
            self._pose(LOG, None)
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
