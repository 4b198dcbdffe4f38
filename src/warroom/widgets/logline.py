"""The input line at the bottom: for a log entry, or the answer to a question; and the notice above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

import msgspec
from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from warroom.model import times
from warroom.terminal.content import fit, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.suggestions import Suggestion, Suggestions
from warroom.widgets.text_input import NEWLINE, TextInput

LOG_HINT = "start with -5m or 03:41 to back-date"
_SHORT_LOG_HINT = "-5m or 03:41 back-dates"
_WIDE = 80
"""From this width on, the whole hint is shown."""
_LEAST_INPUT = 30
"""The least cells for the answer to a question; with less, the question gets a row of its own."""
_LEAST_HINT = 12


class LogQuestion(msgspec.Struct, frozen=True):
    """A question in the line; `id` names the draft saved while it is unanswered, `start` is the text to begin with.

    `suggest` gives the answers to offer for what is typed so far, the best first.
    """

    id: str
    label: str
    placeholder: str
    hint: str = ""
    back_dates: bool = False
    start: str = ""
    offered: bool = False
    """Whether typing replaces `start`, instead of adding to it."""
    suggest: Callable[[str], Sequence[Suggestion]] | None = None


LOG = LogQuestion("log", "Log", "log what happened…", back_dates=True)
"""The line's question when no feature has asked one."""


class LogLine(Horizontal):
    """One input for all questions; text that is not submitted yet is kept as a draft per question."""

    DEFAULT_CSS = """
    LogLine { height: 1; }
    LogLine > #asked { width: auto; max-width: 66%; padding: 0 1; text-style: bold; color: $text-accent; }
    LogLine > TextInput { width: 1fr; border: none; height: 1; padding: 0; background: $background; }
    LogLine > TextInput:focus { border: none; background: $surface; }
    LogLine > #hint { width: auto; max-width: 60%; padding: 0 1; color: $text-muted; }
    LogLine.-stacked { height: 2; layout: vertical; }
    LogLine.-stacked > #asked { width: 100%; max-width: 100%; }
    LogLine.-stacked > TextInput { width: 1fr; margin: 0 1; }
    LogLine.-stacked > #hint { display: none; }
    """

    class Left(Message):
        """The line was left with escape, or answered."""

    class Typed(Message):
        """The text in the line changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, log: Callable[[str], bool], now: Callable[[], int], tz: tzinfo | None) -> None:
        """`log` logs the text as an entry, and returns whether that worked."""
        super().__init__()
        self._log = log
        self._answered: Callable[[str | None], object] | None = None
        self._asked = 0
        self.question = LOG
        self.drafts: dict[str, str] = {}
        self._offered: set[str] = set()
        """The questions whose drafts were taken back, and nobody has looked at since."""
        self.answering: dict[str, str] = {}
        """The text of the answer that is being dealt with, by the id of its question; empty at other times."""
        self._now, self._tz = now, tz
        self._shown_hint = LOG_HINT

    def compose(self) -> ComposeResult:
        yield Static(Content(">"), id="asked")
        yield TextInput(placeholder=LOG.placeholder, select_on_focus=False)
        yield Static(Content(LOG_HINT), id="hint")

    @property
    def input(self) -> TextInput:
        """The input."""
        return self.query_one(TextInput)

    def restore(self, drafts: dict[str, str]) -> None:
        """Bring back the drafts that the console was left with."""
        self.drafts = dict(drafts)
        self._pose(LOG, None)

    def redact(self, change: Callable[[str], str]) -> None:
        """Change all drafts, such as by taking words out of them; what the input shows is changed apart."""
        self.drafts = {id: change(text) for id, text in self.drafts.items()}
        self.answering = {id: change(text) for id, text in self.answering.items()}

    def bring_back(self, drafts: dict[str, str]) -> None:
        """Bring drafts back while the line is in use: each in front of what was typed since for the same question."""
        for id, text in drafts.items():
            typed = self.drafts.get(id, "")
            self.drafts[id] = text = f"{text}{NEWLINE}{typed}" if typed and typed != text else text
            if id == self.question.id:
                from_end = len(self.input.value) - self.input.cursor_position
                with self.prevent(Input.Changed):
                    self.input.value = text
                self.input.cursor_position = max(len(self.input.value) - from_end, 0)

    def offer(self, question: str, text: str) -> None:
        """Offer a text again that was taken back: it is selected, so that typing replaces it."""
        if not self.drafts.get(question):
            self.bring_back({question: text})
            self._offered.add(question)

    def take_offered(self, question: str, text: str) -> None:
        """Take an offered text away again, as it is logged; what was changed in it stays."""
        if text and self.drafts.get(question, "").replace("\n", NEWLINE) == text.replace("\n", NEWLINE):
            self._offered.discard(question)
            self.drafts.pop(question)
            if question == self.question.id:
                self._pose(self.question, self._answered)

    def ask(self, question: LogQuestion = LOG, answered: Callable[[str | None], object] | None = None) -> None:
        """Ask a question, by default for a log entry, starting with its draft if there is one, and take the focus.

        `answered` is called with the answer, or None when the line is left or another question is asked.
        """
        self._pose(question, answered)
        self.input.focus()
        offered = question.offered and question.start and not self.drafts.get(question.id)
        if question.id in self._offered or offered:
            self._offered.discard(question.id)
            self.input.action_select_all()

    def _pose(self, question: LogQuestion, answered: Callable[[str | None], object] | None) -> None:
        again = question is self.question and answered is not None
        self._asked += 1
        self.question, self._answered = question, answered
        self._lay_out()
        if not (again and self.input.text == self.drafts.get(question.id)):
            with self.prevent(Input.Changed):
                self.input.value = self.drafts.get(question.id) or question.start
            self.input.cursor_position = len(self.input.value)
        self.input.placeholder = question.placeholder
        self._show_hint()
        self._show_suggestions()

    @property
    def _suggestions(self) -> Suggestions | None:
        """Where answers are offered; None on a screen that has no place for them."""
        parent = self.parent
        return next((child for child in parent.children if isinstance(child, Suggestions)), None) if parent else None

    def _show_suggestions(self) -> None:
        """Offer answers for what is typed, if the question has any."""
        if (found := self._suggestions) is not None:
            question = self.question
            text = self.input.text
            untouched = not text or (question.offered and text == question.start)
            rows = question.suggest(text) if question.suggest is not None else None
            if not rows and untouched and question.suggest is not None:
                rows = question.suggest("")
            found.show(rows, text, untouched=untouched)

    def _take_suggestion(self, event: events.Key) -> None:
        """Let tab put the suggested answer into the line; the arrows choose another one, which enter answers with."""
        found = self._suggestions
        if found is None or not found.rows or event.key not in ("tab", "up", "down"):
            return
        if event.key == "tab":
            if (row := found.to_take) is not None:
                self.input.set_text(row.answer)
        else:
            found.move(1 if event.key == "down" else -1)
        event.stop()
        event.prevent_default()

    def _lay_out(self) -> None:
        """Put a question that would leave too little room for the answer on a row of its own, with its hint."""
        question, width = self.question, self.app.size.width
        asked = safe_line(">" if question is LOG else f"{question.label}:")
        taken = asked.cell_length + cell_len(question.hint) + (4 if question.hint else 2)
        stacked = question is not LOG and width - taken < _LEAST_INPUT
        self.set_class(stacked, "-stacked")
        if stacked:
            room = max(width - asked.cell_length - 4, 0)
            asked = fit(asked, width - 2)
            if question.hint and room > _LEAST_HINT:
                hint = safe_line(shortened(question.hint, room), "not bold $text-muted")
                asked = Content.assemble(asked, "  ", hint)
        self.query_one("#asked", Static).update(asked)

    def on_resize(self) -> None:
        self._lay_out()
        self._show_hint()

    def _show_hint(self) -> None:
        hint = self._hint()
        if hint != self._shown_hint:  # an update does the layout of the line again, too slow for every key
            self._shown_hint = hint
            self.query_one("#hint", Static).update(safe_line(hint))

    def _hint(self) -> str:
        question = self.question
        if not question.back_dates:
            changed = question.offered and question.start and self.input.text != question.start
            return "" if changed else question.hint  # which says what enter does with what is offered
        if self.app.size.width < _WIDE and self.input.value and not self.input.has_focus:
            return ""  # what was typed needs the room
        try:
            at, _ = times.split_leading_time(self.input.value, self._now(), self._tz)
        except times.TimeError:
            return "this time is not in the past"
        if at is None:
            return question.hint or (LOG_HINT if self.app.size.width >= _WIDE else _SHORT_LOG_HINT)
        day = times.day(at, self._tz)
        today = day == times.day(self._now(), self._tz)
        return f"at {'' if today else day + ' '}{times.clock_zone(at, self._tz)}, {times.span(self._now() - at)} ago"

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        event.stop()
        self.drafts[self.question.id] = self.input.text
        self._show_hint()
        self._show_suggestions()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        if (found := self._suggestions) is not None and found.rows and found.chosen:
            self.input.set_text(found.rows[found.cursor].answer)
        self.answering = {self.question.id: self.input.text}
        try:
            self._deal_with(event)
        finally:
            self.answering = {}

    def _deal_with(self, event: Input.Submitted) -> None:
        question, asked = self.question, self._asked
        typed = self.input.text
        text = typed.replace(NEWLINE, "\n")
        if self._answered is None:
            if self._log(text):  # and on to the next line, as in a chat, until escape
                self.drafts.pop(question.id, None)
                self._pose(LOG, None)
            return
        # The draft stays until the feature that asked has dealt with the answer.
        self.drafts[question.id] = typed
        self._answered(text)
        if self._asked == asked:  # no other question was asked, nor the same question again
            self._answered = None
            self.leave()

    def leave(self) -> None:
        """Go back to asking for a log entry; what was typed stays as a draft."""
        answered, asked = self._answered, self._asked
        if answered is not None:
            answered(None)
        if self._asked == asked:
            self._pose(LOG, None)
            self.post_message(self.Left())

    def clear(self) -> None:
        """Empty the line once its text is logged, for the next entry."""
        self.drafts.pop(LOG.id, None)
        self._pose(LOG, None)

    def withdraw(self) -> None:
        """Go back to asking for a log entry if nobody waits for the answer any more; what was typed stays a draft."""
        if self._answered is not None:
            self._pose(LOG, None)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.leave()
        else:
            self._take_suggestion(event)


_MOST_ROWS = 5


class Notice(LineWidget):
    """What just happened, or why it failed, above the log line; its line is always there, so that nothing moves."""

    DEFAULT_CSS = "Notice { height: 1; padding: 0 1; }"

    text = ""
    failed = False
    mark = "✓"
    _rows = 1

    def say(self, text: str, *, failed: bool = False, mark: str = "✓") -> None:
        """Show a notice, or none for an empty text."""
        self.text, self.failed, self.mark = text, failed, mark
        rows = len(self._wrapped(max(self.app.size.width - 2, 20))) if text else 1
        if rows != self._rows:
            self._rows = rows
            self.styles.height = rows
        self.redraw()

    def _wrapped(self, width: int) -> list[str]:
        """Return the lines: the mark, and the text beside it; a long first word doesn't push the mark off its line."""
        mark = "✗" if self.failed else self.mark
        lines = wrapped(self.text, width - 2, _MOST_ROWS)
        return [f"{mark if number == 0 else ' '} {line}" for number, line in enumerate(lines)]

    def draw(self, width: int, height: int) -> list[Content]:
        style = "bold $text-error" if self.failed else "$text-success"
        return [safe_line(line, style) for line in self._wrapped(width)] if self.text else []
