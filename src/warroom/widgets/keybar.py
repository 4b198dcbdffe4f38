"""The footer: the most needed keys of the present place, read from the catalogue of actions; they can be clicked."""

from __future__ import annotations

from textual import events
from textual.content import Content

from warroom.actions import Action
from warroom.terminal.line_widget import LineWidget


class KeyBar(LineWidget):
    """As many keys as fit, the most needed first; `help` and `leave` are always among them."""

    DEFAULT_CSS = "KeyBar { height: 1; padding: 0 1; background: $panel; color: $foreground; }"

    actions: tuple[Action, ...] = ()

    def show(self, actions: list[Action]) -> None:
        """Show these actions."""
        if tuple(actions) != self.actions:
            self.actions = tuple(actions)
            self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        return [
            Content("  ").join(
                Content.assemble(Content.styled(action.key_name, "bold $text-accent"), f" {action.label}")
                for action in self._fitting(width)
            )
        ]

    def _fitting(self, width: int) -> list[Action]:
        always = [action for action in self.actions if action.id in ("help", "leave")]
        room = width - sum(_width(action) for action in always)
        chosen = list(always)
        for action in self.actions:
            if action not in always and (room := room - _width(action)) >= -2:
                chosen.append(action)
        return [action for action in self.actions if action in chosen]

    def on_click(self, event: events.Click) -> None:
        x = event.x - 1
        for action in self._fitting(self.size.width):
            if 0 <= x < _width(action) - 2:
                self.app.simulate_key(action.key)
                return
            x -= _width(action)


def _width(action: Action) -> int:
    return len(action.key_name) + 1 + len(action.label) + 2
