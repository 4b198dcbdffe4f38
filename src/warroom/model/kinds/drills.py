"""Drills that were played, as the journal remembers them: one entry a run, in the register of readiness."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warroom.model.drills import DRILL
from warroom.model.entries import Body, Draft, Entry
from warroom.model.times import Ms


class Tally(msgspec.Struct, frozen=True):
    """How many of the checks of a part of a report held."""

    held: int
    checks: int


class DrillFinished(Body, frozen=True, tag="drill-finished"):
    """A run of a drill, as its report judged it; a later entry with the same `run` takes the place of an earlier one.

    `run` is the name of the run's file without its ending, `scenario` the id and `title` the title of its scenario.
    `minutes` is how long it went on by its own clock, of `of` in the scenario. `finished` is false if it was ended
    early. `parts` are the figures by the part of the report. `at` is when it was ended (ms UTC, real time).
    """

    in_incident = False

    run: str
    scenario: str
    title: str
    minutes: int
    of: int
    at: Ms
    finished: bool = True
    parts: dict[str, Tally] = {}

    @property
    def tally(self) -> Tally:
        """How many of all checks held."""
        return Tally(sum(part.held for part in self.parts.values()), sum(part.checks for part in self.parts.values()))


def finish_drill(body: DrillFinished) -> Draft:
    """Keep how a run of a drill went."""
    held, how = body.tally, "" if body.finished else f", ended after {body.minutes} of {body.of} min"
    return Draft(body, f"{DRILL} played: {body.title}{how}; {held.held} of {held.checks} checks held")


def drills_played(entries: Iterable[Entry]) -> list[DrillFinished]:
    """Every run that was finished, of the entries of the register, the oldest first, each as it was judged last."""
    found: dict[str, DrillFinished] = {}
    for entry in entries:
        if isinstance(entry.body, DrillFinished):
            found.pop(entry.body.run, None)
            found[entry.body.run] = entry.body
    return sorted(found.values(), key=lambda body: body.at)
