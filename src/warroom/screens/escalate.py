"""The screen for escalating: which triggers apply, whether the commander was told, and which step is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import acts, ids
from warroom.model.entries import Body, Logged
from warroom.model.escalation import Progress, TriggerState
from warroom.screens.keys import bindings
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.terminal.screens import CellScreen
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.clocks import ClocksPane
from warroom.widgets.headline import Headline, NowLine
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_MARKS = {
    True: ("● applies", "bold $text-warning", "bold"),
    False: ("· no", "$text-muted", "$text-muted"),
    None: ("? unknown", "$text-accent", ""),
}
"""The mark of a trigger that applies, does not apply, or is not answered; the mark's style, and the text's."""
STEP_ONE = "Step 1 first: tell the commander (a or o), or skip that with a reason (k)."
_INDENT = 4
"""The width of the start of a step: a number and a mark, each with a space after it."""
_MARK_WIDTH = 9
_WHEN = "If any of these applies, escalate: openly, briefly, to few people, and never to get around a decision."


class EscalateScreen(CellScreen[str | None]):
    """Returns the step the user chose: `agrees`, `objects`, `skip`, `decline`, `message` or `facts`; None to leave."""

    CSS_PATH = "escalate.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (25, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("escalation")
    PLACES: ClassVar[tuple[Where, ...]] = ("escalation",)

    def __init__(self, page: IncidentPage, notice: str = "") -> None:
        super().__init__()
        self._page, self._first_notice = page, notice
        self._shown: Progress | None = None

    def compose(self) -> ComposeResult:
        yield Headline()
        now = NowLine()
        now.with_keys = False  # here its keys mean something else
        yield now
        clocks = ClocksPane(id="clocks")
        clocks.narrow = True
        yield clocks
        yield Static(Content.styled("Escalate?", "bold"), id="heading")
        yield Choices(columns=True, id="triggers")
        yield Static(id="why")
        yield Steps(id="steps")
        yield Notice()
        yield KeyBar(all_keys=True)

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("escalation"))
        self.show()
        if self._first_notice:
            self._page.say(self._first_notice, mark="▸")
        self.query_one(Choices).focus()
        self.set_interval(1.0, self.show)

    def show(self) -> None:
        """Draw the clocks, triggers and steps as they are now."""
        now = self._page.session.snapshot()
        self.query_one(Headline).show(now)
        self.query_one(NowLine).show(now)
        self.query_one(ClocksPane).show(now)
        state = now.escalation
        if state == self._shown:
            return
        self._shown = state
        choices = self.query_one(Choices)
        choices.styles.height = len(state.triggers)
        choices.show([self._row(trigger) for trigger in state.triggers])
        self.query_one(Steps).show(self._steps(state))
        self._show_why()

    @on(Choices.Moved)
    def _show_why(self) -> None:
        """Show below the list why the selected trigger applies or does not, for a terminal without room beside it."""
        choice = self.query_one(Choices).current()
        self.query_one("#why", Static).update(safe_line(f"↳ {choice.right}") if choice else Content(""))

    def _row(self, trigger: TriggerState) -> Choice:
        answered = trigger.applies is not None
        right = trigger.why if answered else "y or n" if trigger.ask else "f sets it"
        text = trigger.text if answered or not trigger.ask else trigger.ask
        mark, mark_style, style = _MARKS[trigger.applies]
        return Choice(trigger.id, text, right, tag=mark.ljust(_MARK_WIDTH), tag_style=mark_style, style=style)

    def _steps(self, state: Progress) -> list[str]:
        commander = ", ".join(self._page.incident.holders(ids.ROLE_COMMANDER)) or "the incident commander"
        pending = state.pending
        lines = []
        if state.sent is not None and pending is not None and not state.may_send:
            lines.append(f"1 · New since the last message: {pending.text}; tell {commander}: a, o or k")
        elif state.commander_told is not None:
            lines.append(f"1 ✓ {self._dated(state.commander_told)}")
        elif state.commander_skipped is not None:
            lines.append(f"1 – {self._dated(state.commander_skipped)}")
        else:
            lines.append(f"1 · Tell {commander} first: a = agrees, o = objects, k = skip, with a reason")
        if state.sent is not None:
            lines.append(f"2 ✓ {self._dated(state.sent)}")
        else:
            ready = "m composes it" if state.may_send else "after step 1"
            lines.append(f"2 · Send a short message with what you need, to few people: {ready}")
            if path := self._page.playbook.standing.told("escalation"):
                lines.append(f"    Who is told, in this order: {path}")
            lines += [f"    · {person}" for person in self._leaders()]
        if state.declined is not None:
            lines.append(f"✗ · {self._dated(state.declined)}")
        elif state.sent is None and state.active:
            lines.append("– · Or decide not to escalate: x, with a reason")
        if not state.active:
            unknown = any(trigger.applies is None for trigger in state.triggers)
            none = "No trigger applies: there is no reason to escalate."
            lines += ["", "No trigger is known to apply yet: answer those marked with ?" if unknown else none]
        return lines

    def _leaders(self) -> list[str]:
        """Whom to call: those on the list of leadership, each with the phone number, as far as they are known."""
        try:
            return self._page.workspace.people().leaders()
        except StoreError:
            return []

    def _dated(self, logged: Logged[Body]) -> str:
        return f"{logged.text} ({self._page.clock(logged.at)})"

    def action_holds(self) -> None:
        self._answer(True)

    def action_does_not_hold(self) -> None:
        self._answer(False)

    def _answer(self, holds: bool) -> None:
        choice, page = self.query_one(Choices).current(), self._page
        triggers = page.session.snapshot().escalation.triggers
        state = next((trigger for trigger in triggers if choice and trigger.id == choice.id), None)
        if state is None:
            return
        if not state.ask:
            page.say("This trigger follows from severity, time and facts; press f to set a fact.", mark="▸")
        else:
            page.act(acts.escalation.answer_trigger(page.playbook, state.id, holds), after=self._redraw)

    def _redraw(self) -> None:
        if self.is_mounted:  # it may have been left while the answer had to wait
            self.show()

    def action_message(self) -> None:
        if self._page.session.snapshot().escalation.may_send:
            self.dismiss("message")
        else:
            self._page.say(STEP_ONE, mark="▸")

    def action_agrees(self) -> None:
        self.dismiss("agrees")

    def action_objects(self) -> None:
        self.dismiss("objects")

    def action_skip(self) -> None:
        self.dismiss("skip")

    def action_decline(self) -> None:
        self.dismiss("decline")

    def action_facts(self) -> None:
        self.dismiss("facts")

    def action_back(self) -> None:
        self.dismiss(None)


class Steps(LineWidget):
    """What has been done and what is next, below when to escalate if there is room for that.

    Wrapped lines are indented under their text.
    """

    _steps: list[str] = []

    def show(self, lines: list[str]) -> None:
        """Show these lines."""
        self._steps = lines
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        when = [safe_line(line) for line in (*wrapped(_WHEN, width), "")]
        lines = self._wrapped(width)
        return [*when, *lines] if len(when) + len(lines) <= height else lines

    def _wrapped(self, width: int) -> list[Content]:
        lines = []
        for line in self._steps:
            indent = _INDENT if line[1:2] == " " else 0  # also of a line that is indented itself
            mark, text = line[:indent], line[indent:]
            for number, part in enumerate(wrapped(text, width - indent)):
                lines.append(safe_line((mark if number == 0 else " " * indent) + part))
        return lines
