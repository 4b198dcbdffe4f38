"""How far somebody has come in the guided tour through a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from warroom.model.entries import Entry
from warroom.model.scenario import Act, Step
from warroom.model.scenario_acts import does

NO_ACTS = ("writing", "copied", "ended")
"""The ways to take a step that leave no entry."""


class Tour:
    """The steps of a tour, one at a time; `number` is the present one's, counted from 1."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.number = 1

    @property
    def step(self) -> Step | None:
        """The present step; None once all are taken."""
        return self.steps[self.number - 1] if self.number <= len(self.steps) else None

    def skip(self) -> None:
        """Go on to the next step, whatever was done."""
        self.number = min(self.number + 1, len(self.steps) + 1)

    def look(self, own: Iterable[Entry], states: Iterable[str]) -> bool:
        """Go on past every step that was taken; returns whether that changed the present one.

        `own` is what whoever practises has logged, `states` are those of `NO_ACTS` that hold now.
        """
        before, entries, held = self.number, list(own), set(states)
        while self.step is not None and self._is_taken(self.number, entries, held):
            self.number += 1
        return self.number != before

    def _is_taken(self, number: int, entries: list[Entry], held: set[str]) -> bool:
        step = self.steps[number - 1]
        if step.until not in NO_ACTS:
            return any(does(entry, cast("Act", step.until), step.what) for entry in entries)
        if step.until in held:
            return True
        # A message that is sent was written; nobody has to copy what is sent already.
        follows = number < len(self.steps) and step.until != "ended"
        return follows and self._is_taken(number + 1, entries, held)
