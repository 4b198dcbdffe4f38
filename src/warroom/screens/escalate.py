"""Escalating: which triggers hold, whether the commander knows, and what is next; never silently, never out of fear."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import acts, ids
from warroom.model.entries import Body, Logged
from warroom.model.escalation import Progress, TriggerState
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_MARKS = {True: "● holds", False: "· no", None: "? not said"}
STEP_ONE = "Step 1 first: tell the commander (a or o), or leave it out with a reason (k)."
_HANG = 4
"""How far the words of a step stand in: a number, a mark, and a blank after each."""


class EscalateScreen(Screen[str | None]):
    """Gives what is next: `agrees`, `objects`, `skip`, `decline`, `message` or `facts`; None to leave."""

    CSS_PATH = "escalate.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("escalation")
    PLACES: ClassVar[tuple[Where, ...]] = ("escalation",)

    def __init__(self, page: IncidentPage, notice: str = "") -> None:
        super().__init__()
        self._page, self._first_notice = page, notice

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Escalate?", "bold"), id="heading")
        yield Choices(id="triggers")
        yield Steps(id="steps")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("escalation"))
        self.show()
        if self._first_notice:
            self._page.say(self._first_notice, mark="▸")
        self.query_one(Choices).focus()

    def show(self) -> None:
        """Draw the triggers and the steps as they stand."""
        state = self._page.session.snapshot().escalation
        choices = self.query_one(Choices)
        choices.styles.height = len(state.triggers)
        choices.show([self._row(one) for one in state.triggers])
        self.query_one(Steps).show(self._steps(state))

    def _row(self, one: TriggerState) -> Choice:
        answered = one.applies is not None
        right = one.why if answered else "y or n" if one.ask else "f sets it"
        text = one.text if answered or not one.ask else one.ask
        return Choice(one.id, f"{_MARKS[one.applies].ljust(11)} {text}", right)

    def _steps(self, state: Progress) -> list[str]:
        commander = ", ".join(self._page.incident.holders(ids.ROLE_COMMANDER)) or "the incident commander"
        pending = state.pending
        lines = [
            "Always when one of these holds. Never silently, never to get round a decision, never to many, never long.",
            "",
        ]
        if state.sent is not None and pending is not None and not state.may_send:
            lines.append(f"1 · New since the last message: {pending.text}; tell {commander}: a, o or k")
        elif state.commander_told is not None:
            lines.append(f"1 ✓ {self._dated(state.commander_told)}")
        elif state.commander_skipped is not None:
            lines.append(f"1 – {self._dated(state.commander_skipped)}")
        else:
            lines.append(f"1 · Tell {commander} first: a agrees, o objects, k leaves it out with a reason")
        if state.sent is not None:
            lines.append(f"2 ✓ {self._dated(state.sent)}")
        else:
            ready = "m composes it" if state.may_send else "after step 1"
            lines.append(f"2 · Send the message, short, with what you need, to few people: {ready}")
        if state.declined is not None:
            lines.append(f"✗ · {self._dated(state.declined)}")
        elif state.sent is None and state.active:
            lines.append("– · Or decide against it: x asks for the reason")
        if not state.active:
            lines += ["", "No trigger holds: there is no call to escalate."]
        return lines

    def _dated(self, logged: Logged[Body]) -> str:
        return f"{logged.text} ({self._page.clock(logged.at)})"

    def action_holds(self) -> None:
        self._answer(True)

    def action_does_not_hold(self) -> None:
        self._answer(False)

    def _answer(self, holds: bool) -> None:
        choice, page = self.query_one(Choices).current(), self._page
        triggers = page.session.snapshot().escalation.triggers
        state = next((one for one in triggers if choice and one.id == choice.id), None)
        if state is None:
            return
        if not state.ask:
            page.say("This one is worked out from severity, time and facts; f sets a fact.", mark="▸")
        elif page.act(acts.escalation.answer_trigger(page.playbook, state.id, holds)):
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
    """What has been done and what is next, each line's continuation under its words."""

    _told: list[str] = []

    def show(self, lines: list[str]) -> None:
        """Show these lines."""
        self._told = lines
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        lines = []
        for line in self._told:
            hang = _HANG if line[1:2] == " " else 0
            mark, text = line[:hang], line[hang:]
            for number, part in enumerate(wrapped(text, width - hang)):
                lines.append(safe_line((mark if number == 0 else " " * hang) + part))
        return lines
