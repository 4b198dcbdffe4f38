"""The palette: every action that applies here, found by any words of its name or of what it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from textual import events, on
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from warroom.actions import WIDGET, Action, Where, at
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.pick import PickScreen
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.text_input import TextInput


def applying(screen: Screen[object]) -> list[Action]:
    """The actions that apply on a screen as it is now, but for those that a single widget has."""
    places: tuple[Where, ...] = (*getattr(screen, "PLACES", ()), "everywhere")
    if isinstance(screen, IncidentScreen) and screen.composing:
        places = ("compose", *places)
    found = [row for row in at(*places) if row.feature != WIDGET and row.id != "palette"]
    if "help" not in places:  # the help's second page, from anywhere
        guide = next(action for action in at("help") if action.id == "guide")
        found.append(msgspec.structs.replace(guide, key=f"? {guide.key}"))
    return found


class PaletteScreen(PickScreen):
    """Returns the name of the chosen action, or None; the rows get fewer with each word that is typed."""

    rows_above = 2
    has_keys = TextInput

    def __init__(self, actions: Sequence[Action]) -> None:
        widest = max(len(action.key_name) for action in actions)
        self._all = [
            Choice(action.name, action.label, action.help, about=action.help, tag=action.key_name.ljust(widest))
            for action in actions
        ]
        super().__init__("Find an action", self._all, empty="No action with these words; backspace shows others")

    def above(self) -> Iterable[Widget]:
        yield TextInput(placeholder="what do you want to do?")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        by_name = [row for row in self._all if _has(words, row.text)]
        by_help = [row for row in self._all if row not in by_name and _has(words, f"{row.text} {row.tag} {row.right}")]
        choices = self.query_one(Choices)
        choices.cursor = 0
        choices.show([*by_name, *by_help])
        self._say_count(len(choices.rows))
        self._moved()

    def on_key(self, event: events.Key) -> None:
        choices = self.query_one(Choices)
        if choices.follow_key(event.key):
            event.stop()
        elif event.key in ("home", "end") and not self.query_one(TextInput).value:
            choices.action_move(-len(self._all) if event.key == "home" else len(self._all))
            event.stop()

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.query_one(Choices).action_choose()


def _has(words: list[str], text: str) -> bool:
    text = text.casefold()
    return all(word in text for word in words)
