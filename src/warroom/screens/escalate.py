"""Escalating: which triggers hold, whether the commander knows, and what is next; never silently, never out of fear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Action
from warroom.model import acts, times
from warroom.model.escalation import Progress, TriggerState, escalation
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.drawn import words
from warroom.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from warroom.screens.incident_base import IncidentBase

_MARKS = {True: "● holds", False: "· no", None: "? not said"}


class EscalateScreen(Screen[str | None]):
    """Gives what is to be asked or done next: `agrees`, `objects`, `skip`, `decline` or `message`; None to leave."""

    CSS_PATH = "escalate.tcss"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("y", "answer(True)", "Holds", show=False),
        Binding("n", "answer(False)", "Does not hold", show=False),
        Binding("a", "dismiss('agrees')", "Agrees", show=False),
        Binding("o", "dismiss('objects')", "Objects", show=False),
        Binding("k", "dismiss('skip')", "Skip", show=False),
        Binding("x", "dismiss('decline')", "Do not escalate", show=False),
        Binding("m,enter", "message", "Message", show=False),
    ]

    def __init__(self, page: IncidentBase) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Escalate?", "bold"), id="heading")
        yield Choices(id="triggers")
        yield Static(Content(""), id="steps")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [
                Action("yes", "y", "Holds", ""),
                Action("no", "n", "Does not", ""),
                Action("agrees", "a", "IC agrees", ""),
                Action("objects", "o", "IC objects", ""),
                Action("message", "m", "Message", ""),
                Action("decline", "x", "Not escalating", ""),
                Action("skip", "k", "Skip step 1", ""),
                Action("leave", "escape", "Back", ""),
            ]
        )
        self.show()
        self.query_one(Choices).focus()

    def progress(self) -> Progress:
        """How far it has come, now."""
        page = self._page
        return escalation(page.session.incident, page.desk.playbook, page.desk.now())

    def show(self) -> None:
        """Draw the triggers and the steps as they stand."""
        state = self.progress()
        choices = self.query_one(Choices)
        choices.styles.height = len(state.triggers)
        choices.show([Choice(one.id, self._words(one), one.why) for one in state.triggers])
        self.query_one("#steps", Static).update(Content("\n").join(words(line) for line in self._steps(state)))

    def _words(self, one: TriggerState) -> str:
        asked = f" – {one.ask} y/n" if one.ask and one.holds is None else ""
        return f"{_MARKS[one.holds].ljust(11)} {one.text}{asked}"

    def _steps(self, state: Progress) -> list[str]:
        tz = self._page.desk.tz
        lines = [
            "Always when one of these holds. Never silently, never to get round a decision, never to many, never long.",
            "",
        ]
        commander = ", ".join(self._page.session.incident.holders("ic")) or "the incident commander"
        pending = state.pending
        if state.sent is not None and pending is not None and not state.may_send:
            lines.append(f"1 · New since the last message: {pending.text}; tell {commander}: a, o or k")
        elif state.told is not None:
            lines.append(f"1 ✓ {state.told.text} ({times.clock_zone(state.told.at, tz)})")
        elif state.skipped is not None:
            lines.append(f"1 – {state.skipped.text} ({times.clock_zone(state.skipped.at, tz)})")
        else:
            lines.append(
                f"1 · Tell {commander}, ask for agreement: a agrees, o objects; k leaves it out, with a reason"
            )
        if state.sent is not None:
            lines.append(f"2 ✓ {state.sent.text} ({times.clock_zone(state.sent.at, tz)})")
        else:
            ready = "m composes it" if state.may_send else "after step 1"
            lines.append(f"2 · Send the message, short, with what you need, to few people: {ready}")
        if state.declined is not None:
            lines.append(f"✗ {state.declined.text} ({times.clock_zone(state.declined.at, tz)})")
        if not state.holding:
            lines += ["", "No trigger holds: there is no call to escalate."]
        return lines

    def action_answer(self, holds: bool) -> None:
        choice = self.query_one(Choices).current()
        state = next((one for one in self.progress().triggers if choice and one.id == choice.id), None)
        if state is None:
            return
        if not state.ask:
            self._say("This one is worked out from severity, facts and time; set the fact with f.")
        elif self._page.act(acts.answer_trigger(self._page.desk.playbook, state.id, holds)):
            self.show()

    def action_message(self) -> None:
        if self.progress().may_send:
            self.dismiss("message")
        else:
            self._say("Step 1 first: tell the commander (a or o), or leave it out with a reason (k).")

    def _say(self, text: str) -> None:
        steps = self.query_one("#steps", Static)
        lines = [*self._steps(self.progress()), "", f"▸ {text}"]
        steps.update(Content("\n").join(words(line) for line in lines))
