"""Changing the severity: the playbook's questions, and what the answer demands."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from warroom.actions import Where
from warroom.model.playbook import Playbook
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.choices import Choices
from warroom.widgets.verdict import Verdict, matrix_rows, severity_of


class SeverityScreen(ModalScreen[int | None]):
    """Gives the severity chosen, or None."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("severity")
    PLACES: ClassVar[tuple[Where, ...]] = ("severity",)

    def __init__(self, playbook: Playbook, present: int) -> None:
        super().__init__()
        self._playbook, self._present = playbook, present

    def compose(self) -> ComposeResult:
        rows = matrix_rows(self._playbook)
        box = Vertical(id="box")
        box.border_title = Content(f"Severity: now SEV{self._present}")
        box.border_subtitle = Content("↑↓ enter · esc")
        with box:
            yield Static(safe_line("Who is affected? Or does one of these hold?", "bold"))
            choices = Choices(rows)
            choices.styles.height = len(rows)
            yield choices
            yield Verdict(self._playbook, "enter asks why, then changes it")

    def on_mount(self) -> None:
        self.query_one(Verdict).set(self._present)
        self.query_one(Choices).focus()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        event.choices.marked = event.choice.id
        event.choices.redraw()
        verdict = self.query_one(Verdict)
        verdict.set(severity_of(self._playbook, event.choice.id))
        verdict.focus()

    @on(Verdict.Taken)
    def _taken(self) -> None:
        severity = self.query_one(Verdict).severity
        self.dismiss(severity.level if severity else None)

    def action_back(self) -> None:
        self.dismiss(None)
