"""The severity that follows from who is affected, and what that severity requires."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from warroom.model.playbook import Playbook, Severity
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.choices import Choice
from warroom.widgets.headline import SEVERITY_STYLE


def matrix_rows(playbook: Playbook) -> list[Choice]:
    """Return the severity matrix as rows to choose from: who is affected, then risks that don't depend on that."""
    rows = [(f"matrix:{row.id}", row.label, row.severity) for row in playbook.matrix]
    rows += [(f"risk:{row.id}", f"{row.label} (any number of users)", row.severity) for row in playbook.risks]
    return [
        Choice(id, label, f"SEV{level}", key=str(number) if number < 10 else "")
        for number, (id, label, level) in enumerate(rows, 1)
    ]


def severity_of(playbook: Playbook, choice: str) -> int:
    """Return the severity level of a row of `matrix_rows`, by its id."""
    group, _, id = choice.partition(":")
    return next(row.severity for row in (playbook.matrix if group == "matrix" else playbook.risks) if row.id == id)


def protocol(row: Severity, width: int) -> list[str]:
    """Return what a severity requires, wrapped: response, updates, customers, target, the PM's part."""
    return [
        *wrapped(f"Response: {row.response}", width),
        *wrapped(f"Stakeholders: {row.stakeholders} · Customers: {row.customer} · Target: {row.target}", width),
        *wrapped(f"You: {row.pm}", width),
    ]


class SeverityPanel(LineWidget, can_focus=True):
    """The chosen severity, with what it requires; the keys 1 to 4 change it, enter confirms it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "confirm", "Confirm", show=False)]

    severity: Severity | None = None

    class Confirmed(Message):
        """Enter was pressed here, or the panel was clicked."""

    def __init__(self, playbook: Playbook, prompt: str = "enter declares it") -> None:
        super().__init__(id="severity")
        self._playbook, self._prompt = playbook, prompt

    def set(self, level: int) -> None:
        """Show this severity."""
        self.severity = self._playbook.severity(level)
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "1234":
            event.stop()
            self.set(int(event.character))

    def action_confirm(self) -> None:
        self.post_message(self.Confirmed())

    def on_click(self) -> None:
        self.action_confirm()

    def draw(self, width: int, height: int) -> list[Content]:
        row = self.severity
        if row is None:
            return [Content.styled("Who is affected? Choose above; the severity follows from it.", "$text-muted")]
        first, *rest = wrapped(f"{row.tag} {row.name}   {row.definition}", width)
        tag = Content.styled(row.tag, SEVERITY_STYLE[row.level] + " reverse")
        lines = [Content.assemble(tag, safe_line(first.removeprefix(row.tag))), *map(safe_line, rest)]
        lines += [safe_line(line, "$text-muted") for line in protocol(row, width)]
        if self.has_focus:
            lines.append(Content.styled(f"▸ {self._prompt} · 1 2 3 4 change the severity", "bold reverse"))
        return lines
