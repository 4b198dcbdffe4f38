"""The severity that follows from who is affected, and what that severity requires."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message

from warroom.model.playbook import Playbook, Severity
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.choices import Choice
from warroom.widgets.headline import SEVERITY_STYLE


def matrix_rows(playbook: Playbook) -> list[Choice]:
    """Return the severity matrix as rows to choose from: who is affected, then risks that don't depend on that.

    The most serious comes first. `1` to `4` choose the first row of that severity; the other rows have the digits from
    `5` on.
    """
    matrix = sorted(playbook.matrix, key=lambda row: row.severity)
    rows = [(f"matrix:{row.id}", row.label, row.severity) for row in matrix]
    rows += [(f"risk:{row.id}", f"{row.label} (any number of users)", row.severity) for row in playbook.risks]
    first = {level: id for id, _, level in reversed(rows)}
    others = iter("56789")
    return [
        Choice(
            id,
            label,
            key=str(level) if first[level] == id else next(others, ""),
            tag=f"SEV{level}",
            tag_style=SEVERITY_STYLE[level],
        )
        for id, label, level in rows
    ]


def severity_of(playbook: Playbook, choice: str) -> int:
    """Return the severity level of a row of `matrix_rows`, by its id."""
    group, _, id = choice.partition(":")
    return next(row.severity for row in (playbook.matrix if group == "matrix" else playbook.risks) if row.id == id)


def basis_of(playbook: Playbook, choice: str) -> str:
    """Return the label of a row of `matrix_rows`, by its id, as the playbook has it."""
    group, _, id = choice.partition(":")
    return next(row.label for row in (playbook.matrix if group == "matrix" else playbook.risks) if row.id == id)


def _paragraphs(row: Severity) -> list[str]:
    """Return what helps to choose a severity, and what it requires: examples, response, updates, the PM's part."""
    return [
        f"Such as: {' · '.join(row.examples)}",
        f"Response: {row.response}",
        f"Stakeholders: {row.stakeholders} · Customers: {row.customer} · Target: {row.target}",
        f"You: {row.pm}",
    ]


class SeverityPanel(LineWidget):
    """The chosen severity: its definition, examples, and what it requires; a click confirms it."""

    severity: Severity | None = None
    basis = ""
    """Who is affected or what is at risk, if the severity was chosen by that."""

    class Confirmed(Message):
        """The panel was clicked."""

    def __init__(self, playbook: Playbook, prompt: str) -> None:
        super().__init__(id="severity")
        self._playbook, self._prompt = playbook, prompt

    def set(self, level: int, basis: str = "") -> None:
        """Show this severity."""
        self.severity, self.basis = self._playbook.severity(level), basis
        self.redraw()

    def move(self, by: int) -> None:
        """Change the severity by a level; -1 is the next more serious one. Without a severity, do nothing."""
        if self.severity is not None:
            level = min(max(self.severity.level + by, 1), 4)
            self.set(level, self.basis if level == self.severity.level else "")

    def on_click(self) -> None:
        if self.severity is not None:
            self.post_message(self.Confirmed())

    def draw(self, width: int, height: int) -> list[Content]:
        row = self.severity
        if row is None:
            text = "The severity follows from the row that you choose."
            return [safe_line(line, "$text-muted") for line in wrapped(text, width)]
        first, *rest = wrapped(f"{row.tag} {row.name}   {row.definition}", width)
        tag = Content.styled(row.tag, SEVERITY_STYLE[row.level] + " reverse")
        lines = [Content.assemble(tag, safe_line(first.removeprefix(row.tag))), *map(safe_line, rest)]
        prompt = [safe_line(line, "bold") for line in wrapped(f"▸ {self._prompt} · + and - change the severity", width)]
        for paragraph in _paragraphs(row):  # each as a whole, or not at all
            block = wrapped(paragraph, width)
            if len(lines) + len(block) + len(prompt) <= height:
                lines += [safe_line(line, "$text-muted") for line in block]
        return [*lines, *prompt]
