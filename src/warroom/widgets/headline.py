"""The two lines that are always on top: a summary of the incident, and the next thing to do."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message

from warroom.actions import key_of
from warroom.model import ids, times
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import fit, safe_line, spread
from warroom.terminal.line_widget import LineWidget

SEVERITY_STYLE = {1: "bold $text-error", 2: "bold $text-warning", 3: "bold $text-accent", 4: "bold $text-success"}


class Headline(LineWidget):
    """Severity, title, stage, time since it began, incident commander, cost."""

    DEFAULT_CSS = "Headline { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    view: Snapshot | None = None

    def show(self, view: Snapshot) -> None:
        """Show a new snapshot."""
        self.view = view
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        incident, playbook = self.view.incident, self.view.playbook
        stage = playbook.stage(incident.stage)
        named = stage.name if stage else incident.stage
        state = incident.state if incident.state in ("closed", "cancelled") else named
        commander = incident.holders(ids.ROLE_COMMANDER)
        parts = [
            Content.styled(state.upper(), "bold"),
            Content(f"T+{times.elapsed(incident.elapsed(self.view.now))}"),
            safe_line(f"IC {commander[-1]}") if commander else Content.styled("IC not known", "$text-muted"),
        ]
        if self.view.cost is not None:
            parts.append(safe_line(f"{self.view.cost.text} lost"))
        right = Content("   ").join(fit(part, max(width // 4, 10)) for part in parts)
        severity = playbook.severity(incident.severity)
        left = Content.assemble(
            Content.styled(f"{severity.tag}", SEVERITY_STYLE[severity.level] + " reverse"),
            "  ",
            safe_line(incident.title, "bold"),
        )
        return [spread(left, right, width)]


class NowLine(LineWidget):
    """The next thing to do, and the key that does it."""

    enter = True
    """Whether that key is enter; `ctrl+n` always works."""

    DEFAULT_CSS = "NowLine { height: 1; padding: 0 1; background: $surface; }"

    view: Snapshot | None = None

    class Pressed(Message):
        """The line was clicked: do what it says."""

    def show(self, view: Snapshot, enter: bool = True) -> None:
        """Show a new snapshot; `enter` says whether enter does what the line says, where the focus is."""
        self.view, self.enter = view, enter
        self.redraw()

    def show_key(self, enter: bool) -> None:
        """Show the key that does what the line says, after the focus has moved."""
        if enter != self.enter:
            self.enter = enter
            self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        advice = self.view.advice
        urgent = "bold $text-error" if advice.late else "bold"
        left = Content.assemble(Content.styled("NOW ▸ ", urgent), safe_line(advice.text, urgent))
        key = key_of(advice.action)
        key = "" if key.isdigit() else f"  {key}"  # a digit only goes to a pane; enter does it
        does_it = "enter" if self.enter else key_of("follow")
        right = Content.assemble(Content.styled(does_it, "bold $text-accent"), Content.styled(key, "$text-muted"))
        return [spread(left, right, width)]

    def on_click(self) -> None:
        self.post_message(self.Pressed())
