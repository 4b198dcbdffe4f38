"""Runs of a short drill, each opened, killed and opened again as a test likes, by a clock that the test moves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN, Clock
from warroom import drilling
from warroom.drilling import Drill
from warroom.model import acts, times
from warroom.model.entries import Entry
from warroom.model.scenario import Scenario, load
from warroom.session import Session
from warroom.store import drill_clock
from warroom.store.leftovers import this_machine
from warroom.store.preferences import Preferences

SHORT = """
title = "Checkout errors"
lesson = "Keep every promise."
briefing = "You are on call."
minutes = 20

[[events]]
at = 0
by = "PagerDuty"
says = "Checkout 5xx above 5 %"
rings = true

[[events]]
at = 4
by = "Marcus"
says = "Rolled back."
kind = "action"

[[events]]
at = 10
by = "PagerDuty"
says = "Search is slow"
rings = true
incident = 2

[[events]]
at = 12
by = "Priya"
says = "It is search now."
incident = 2

[[questions]]
at = 5
by = "Iris"
asks = "When will it be back?"
better = "Promise an update, not an end."
within_min = 5
answer = ["message"]
to = "customer-success"

[[questions]]
at = 6
by = "Dana"
asks = "Can you stay quiet?"
better = "No."
answer = ["decision", "log"]

[[questions]]
at = 6.5
by = "Robin"
asks = "Do we roll back?"
better = "Decide."
answer = ["decision"]
"""
CET = ZoneInfo("Europe/Berlin")


class Ticks:
    """A monotonic clock that a test moves, in seconds."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def scenario() -> Scenario:
    """One with two incidents and three questions."""
    return load(SHORT, id="short", file="short.toml")


@pytest.fixture
def ticks() -> Ticks:
    """The clock of the machine that nobody can set."""
    return Ticks()


class Runs:
    """Runs beside one journal, each opened as often as a test likes."""

    def __init__(self, journal: Path, scenario: Scenario, clock: Clock, ticks: Ticks) -> None:
        """Begin one run; Dana practises."""
        self.journal, self.clock, self.ticks = journal, clock, ticks
        self.path = drilling.begin(journal, scenario, now=clock(), author="Dana", tz=CET, speed=10)
        self._open: list[Drill] = []

    def open(self) -> Drill:
        """Open it as a console does."""
        drill = drilling.open_drill(self.path, now=self.clock, author="Dana", env={}, tz=CET, monotonic=self.ticks)
        self._open.append(drill)
        drill.workspace.journal.connection.sqlite.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here
        drill.beat()
        return drill

    def started(self) -> Drill:
        """Open it, and begin."""
        drill = self.open()
        drill.clock.set(started=True, going=True)
        return drill

    def pass_minutes(self, drill: Drill, minutes: float) -> None:
        """Let so many minutes of the drill pass, a beat at a time."""
        for _ in range(round(minutes * 60 / drill.clock.reading.speed)):
            self.ticks.at += 1
            drill.beat()

    def kill(self, drill: Drill) -> None:
        """End the process that has it open, with no time to say goodbye: its name in the file is a dead one's."""
        dead = drill_clock.written(msgspec.structs.replace(drill.clock.reading, keeper=f"{this_machine()}-{_dead()}-0"))
        Preferences(drill.workspace.journal.connection).set(drill_clock.CLOCK, dead)
        drill.workspace.close()

    def close(self) -> None:
        """Close all."""
        for drill in self._open:
            drill.close()


def _dead() -> int:
    """The number of a process that has ended."""
    process = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(process, 0)
    return process


@pytest.fixture
def runs(tmp_path: Path, scenario: Scenario, clock: Clock, ticks: Ticks) -> Iterator[Runs]:
    """A run that was begun at 03:20 beside a journal that does not exist yet."""
    clock.at = THREE_SEVENTEEN - times.HOUR
    made = Runs(tmp_path / "warroom.db", scenario, clock, ticks)
    yield made
    made.close()


def declare(drill: Drill, title: str = "Checkout errors") -> Session:
    """Declare an incident now."""
    return drill.workspace.declare(acts.lifecycle.declare(title, 2, now=drill.workspace.now()))


def log(drill: Drill) -> list[tuple[str, str, str]]:
    """What the scenario has written so far: the drill's time, who, what."""
    found: list[Entry] = drill.workspace.journal.since(0)
    return [
        (times.clock(entry.at, CET), entry.author, entry.text)
        for entry in found
        if entry.kind in ("note", "action") and entry.author != "Dana"
    ]


__all__ = ["CET", "SHORT", "Runs", "Ticks", "declare", "log", "runs", "scenario", "ticks"]
