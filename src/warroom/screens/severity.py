"""The dialog for changing the severity: who is affected or what is at risk, and what the new severity requires."""

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
from warroom.widgets.severity_panel import SeverityPanel, basis_of, matrix_rows, severity_of


class SeverityScreen(ModalScreen[tuple[int, str] | None]):
    """Returns the chosen severity with who is affected or what is at risk, if it was chosen by that; or None."""

    CSS_PATH = "pick.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
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
            yield Static(safe_line("Who is affected, or what is at risk?", "bold"))
            choices = Choices(rows)
            choices.styles.height = len(rows)
            yield choices
            yield SeverityPanel(self._playbook, "enter asks why, then changes it")

    def on_mount(self) -> None:
        self.query_one(SeverityPanel).set(self._present)
        choices = self.query_one(Choices)
        levels = [severity_of(self._playbook, row.id) for row in choices.rows]
        choices.cursor = levels.index(self._present) if self._present in levels else -1
        choices.marked = choices.rows[choices.cursor].id if choices.cursor >= 0 else ""
        choices.focus()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        if event.choice.id == event.choices.marked and not event.by_key:
            self._confirmed()
            return
        event.choices.marked = event.choice.id
        event.choices.redraw()
        id = event.choice.id
        self.query_one(SeverityPanel).set(severity_of(self._playbook, id), basis_of(self._playbook, id))

    def action_raise_severity(self) -> None:
        self.query_one(SeverityPanel).move(-1)

    def action_lower_severity(self) -> None:
        self.query_one(SeverityPanel).move(1)

    @on(SeverityPanel.Confirmed)
    def _confirmed(self) -> None:
        panel = self.query_one(SeverityPanel)
        self.dismiss((panel.severity.level, panel.basis) if panel.severity else None)

    def action_back(self) -> None:
        self.dismiss(None)
