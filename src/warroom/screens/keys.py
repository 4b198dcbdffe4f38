"""The catalogue's keys as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from warroom.actions import WIDGET, Where, at


def bindings(where: Where, act: str = "{id}") -> list[BindingType]:
    """Bind the keys of a place, except those its widgets handle; `act` is the action's text, with {id} in it."""
    return [
        Binding(
            ",".join((action.key, *action.keys)),
            act.format(id=action.id),
            action.label,
            show=False,
            tooltip=action.help,
            id=action.name,
            priority=action.id == "palette",  # else it would not work over a dialog
        )
        for action in at(where)
        if action.feature != WIDGET
    ]
