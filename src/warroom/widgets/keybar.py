"""The footer: the most needed keys of the present place, read from the catalogue of actions; they can be clicked."""

from __future__ import annotations

from textual import events
from textual.content import Content

from warroom.actions import Action
from warroom.terminal.line_widget import LineWidget

_ALWAYS = ("help", "leave", "next_pane", "back")


class KeyBar(LineWidget):
    """As many keys as fit on one row, the most needed first; help and the way back are always among them.

    With `all_keys` it has as many rows as it takes to show every key.
    """

    DEFAULT_CSS = "KeyBar { height: 1; padding: 0 1; background: $panel; color: $foreground; }"

    actions: tuple[Action, ...] = ()

    def __init__(self, *, all_keys: bool = False) -> None:
        super().__init__()
        self._all_keys = all_keys

    def show(self, actions: list[Action]) -> None:
        """Show these actions."""
        if tuple(actions) != self.actions:
            self.actions = tuple(actions)
            self._fit_height()
            self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_height()
        super().on_resize(event)

    def _fit_height(self) -> None:
        if self._all_keys:
            self.styles.height = max(len(self._rows(max(self.app.size.width - self.gutter.width, 1))), 1)

    def draw(self, width: int, height: int) -> list[Content]:
        return [
            Content("  ").join(
                Content.assemble(Content.styled(action.key_name, "bold $text-accent"), f" {action.label}")
                for action in row
            )
            for row in self._rows(width)
        ]

    def _rows(self, width: int) -> list[list[Action]]:
        if not self._all_keys:
            return [self._fitting(width)]
        rows: list[list[Action]] = [[]]
        for action in self.actions:
            if rows[-1] and sum(map(_width, [*rows[-1], action])) - 2 > width:
                rows.append([])
            rows[-1].append(action)
        return rows

    def _fitting(self, width: int) -> list[Action]:
        always = [action for action in self.actions if action.id in _ALWAYS]
        room = width - sum(_width(action) for action in always)
        chosen = list(always)
        for action in self.actions:
            if action not in always and (room := room - _width(action)) >= -2:
                chosen.append(action)
        return [action for action in self.actions if action in chosen]

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset_capture(self)
        rows = self._rows(self.size.width)
        x = at.x
        for action in rows[at.y] if at.y < len(rows) else ():
            if 0 <= x < _width(action) - 2:
                keys = action.key.split(" ")  # several for the panes, each at its own place
                self.app.simulate_key(keys[min(x // 2, len(keys) - 1)] if len(keys) > 1 else action.key)
                return
            x -= _width(action)


def _width(action: Action) -> int:
    return len(action.key_name) + 1 + len(action.label) + 2
