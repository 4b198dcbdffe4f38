"""A drill by keys: chosen on the start screen, played to its end in a console of its own, and told in a report."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from tests.console import (
    CET,
    LARGE,
    MARK_SENT,
    SMALL,
    Console,
    Size,
    answers,
    choices,
    failed,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
    until,
    words_in_line,
)
from tests.pilot.test_catalogue import assert_keys
from tests.unit.drill_runs import SHORT, Ticks
from warroom import drilling
from warroom.app import WarroomApp
from warroom.drill_app import DrillApp
from warroom.drilling import Drill
from warroom.model import acts, ids
from warroom.model.kinds.drills import drills_played
from warroom.model.kinds.messages import MessageSent
from warroom.screens.drill.briefing import BriefingScreen
from warroom.screens.drill.call import CallScreen
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.start import StartScreen


class Drills:
    """Drills beside the journal of a console, whose seconds the test lets pass."""

    def __init__(self, console: Console) -> None:
        """Put a short scenario into the company's folder."""
        self.console, self.ticks = console, Ticks()
        (console.config / "drills").mkdir(parents=True)
        (console.config / "drills" / "short.toml").write_text(SHORT, "utf-8")

    def begin(self) -> Drill:
        """Begin a run, and open it."""
        console = self.console
        scenario = console.workspace.scenarios["short"]
        path = drilling.begin(console.path, scenario, now=console.clock(), author="Dana", tz=CET, speed=10)
        return self.open(path)

    def open(self, path: Any) -> Drill:
        """Open a run that was begun."""
        console = self.console
        drill = drilling.open_drill(
            path,
            now=console.clock,
            author="Dana",
            tz=CET,
            env=console.env,
            config=console.config,
            monotonic=self.ticks,
        )
        drill.workspace.journal.connection.sqlite.execute("PRAGMA synchronous = OFF")
        return drill

    @asynccontextmanager
    async def opened(self, drill: Drill, size: Size = SMALL) -> AsyncIterator[Pilot[None]]:
        """The drill's own console."""
        async with DrillApp(drill).run_test(size=size) as pilot:
            await settled(pilot)
            yield pilot
        drill.close()

    async def passes(self, pilot: Pilot[None], minutes: float) -> None:
        """Let so many minutes of the drill pass, and the screens notice it."""
        app = cast("DrillApp", pilot.app)
        for _ in range(round(minutes * 60 / app.drill.clock.reading.speed)):
            self.ticks.at += 1
            self.console.clock.advance(seconds=1)
            app.beat()
        screen: Any = app.screen
        if isinstance(screen, IncidentScreen):
            screen.beat()
        await settled(pilot)


@pytest.fixture
def drills(console: Console) -> Drills:
    """Drills beside the console's journal."""
    return Drills(console)


def strip(pilot: Pilot[None]) -> str:
    """The first row of the screen."""
    return screen_lines(pilot)[0].strip()


async def test_a_drill_is_played_by_keys_to_its_end_and_its_report(console: Console, drills: Drills) -> None:
    async with console.opened(SMALL) as pilot:
        await settled(pilot)
        assert "Before the next one:\n   D  Practise on a drill" in screen_text(pilot)
        assert "warroom demo  in a shell" in screen_text(pilot)
        await press(pilot, "D")
        rows = [row.split("  ")[0] for row in choices(pilot)]
        await press(pilot, *["down"] * rows.index("Checkout errors (yours)"), "enter")
        app: Any = pilot.app
        assert app._exit
        assert app.next_drill.name == "short-2026-11-23-0317.db"
    drill = drills.open(app.next_drill)
    async with drills.opened(drill) as pilot:
        assert strip(pilot).startswith("DRILL  03:17  NOT STARTED  0 of 20 min  Checkout errors")
        assert "You are on call." in screen_text(pilot)
        assert "warroom drill log" in screen_text(pilot)
        assert_keys(pilot, "briefing")
        await press(pilot, "enter")
        assert "PagerDuty: Checkout 5xx above 5 %" in screen_text(pilot)
        assert_keys(pilot, "call")
        await press(pilot, "n")
        assert "DRILL" in screen_lines(pilot)[1]
        assert "type drill" not in screen_text(pilot)
        await types(pilot, "Checkout errors")
        await press(pilot, "enter", "2", "ctrl+g")
        incident = incident_screen(pilot).session.incident
        assert incident.drill
        assert screen_lines(pilot)[1].startswith(" DRILL SEV2  Checkout errors")
        # Somebody asks; it waits in the strip until a message to the right people was sent.
        await press(pilot, "2")
        await drills.passes(pilot, 5.5)
        await drills.passes(pilot, 0.1)
        assert "Rolled back." in screen_text(pilot)
        assert " new" not in strip(pilot), "what can be read is not told again"
        assert "by Marcus" in screen_text(pilot)
        assert strip(pilot).startswith("DRILL  03:22  ×5")
        assert "Iris asks: When will it be back?" in strip(pilot)
        await press(pilot, "f2")
        assert choices(pilot)[0].startswith("Pause")
        await drills.passes(pilot, 3)
        assert strip(pilot).startswith("DRILL  03:22  CLOCK STOPPED"), "the menu costs no time"
        await press(pilot, "p")
        assert "PAUSED" in strip(pilot)
        # While it is paused nothing moves, and everything can be typed and logged at that minute.
        await drills.passes(pilot, 3)
        assert strip(pilot).startswith("DRILL  03:22  PAUSED")
        await answers(pilot, "l", "Error rate is falling")
        assert notice(pilot).startswith("Logged at 03:22 CET")
        await types(pilot, "half a sen")
        await press(pilot, "f2", "p")
        assert words_in_line(pilot) == "half a sen"
        await press(pilot, *["backspace"] * 10, "escape")
        assert strip(pilot).startswith("DRILL  03:22  ×5")
        await press(pilot, "u")
        for words in ("Payment fails", "a fifth of attempts", "Engineering rolls back"):
            await types(pilot, words)
            await press(pilot, "tab")
        await press(pilot, "escape", *MARK_SENT)
        await drills.passes(pilot, 0.2)
        assert "Iris" not in strip(pilot), screen_text(pilot)
        # The rest of the questions, the second call, and the end.
        await press(pilot, "f2", "k")
        assert strip(pilot).startswith("DRILL  03:23")
        assert "Dana (drill) asks" in strip(pilot)
        await press(pilot, "f2", "k", "f2", "a")
        await drills.passes(pilot, 3)
        assert strip(pilot).startswith("DRILL  03:23  CLOCK STOPPED"), "nor do the questions"
        assert "Robin asks: Do we roll back?\n      Due 03:38; it waits for a decision" in screen_text(pilot)
        assert "be back?\n      A message to leadership, customer success, support went out at 03:22" in (
            screen_text(pilot)
        )
        await press(pilot, "escape", "f2", "k")
        assert "PagerDuty: Search is slow" in screen_lines(pilot)[1]
        assert "n declares it" in screen_lines(pilot)[1]
        await press(pilot, "l", "f2", "n")  # where n would be a letter
        await types(pilot, "Search")
        await press(pilot, "enter", "3", "ctrl+g", "f2", "k")
        assert strip(pilot).startswith("DRILL  03:29  ×5  Dana (drill) asks")
        assert "· 6 min ago (+1)" in strip(pilot)
        # What somebody says while the timeline is covered is told, and stays marked until it was seen.
        await press(pilot, "S")
        await drills.passes(pilot, 0.1)
        await press(pilot, "escape")  # over the rows of a dialog it would hide them, so it comes after that
        await drills.passes(pilot, 0.1)
        assert notice(pilot) == "Priya: It is search now. (Search)"
        assert strip(pilot).endswith("· 6 min ago (+1)     1 new · F2 menu")
        await press(pilot, "2")
        await drills.passes(pilot, 0.1)
        assert "by Priya" in screen_text(pilot)
        assert strip(pilot).endswith("· 6 min ago (+1)    F2 menu")
        await answers(pilot, "X", "f", "It was checkout")
        assert incident_screen(pilot).session.incident.state == "cancelled"
        assert "All is over" not in strip(pilot)
        first = drill.workspace.open(drill.logs[0][0])
        first.apply(acts.decisions.decision("Stay quiet for now", "Dana (drill) asked"))
        first.apply(acts.decisions.decision("Roll back", "Robin"))
        first.apply(acts.lifecycle.resolve("Rolled back"))
        await drills.passes(pilot, 0.2)
        assert "All is over" not in strip(pilot), "people don't know yet"
        first.apply(acts.messages.send(MessageSent("resolution", 1, "leadership", "S", "B"), "Resolution"))
        # The end is offered, and takes nothing away from whoever is typing.
        await press(pilot, "l")
        await types(pilot, "still typ")
        await drills.passes(pilot, 0.2)
        await drills.passes(pilot, 60)
        assert strip(pilot).startswith("DRILL  03:29  OVER  All is over: F2 ends it and shows the report")
        assert words_in_line(pilot) == "still typ"
        await press(pilot, "f2", "e")
        assert "Report: Checkout errors" in screen_text(pilot)
        assert "ENDED" in strip(pilot)
        await drills.passes(pilot, 5)
        assert strip(pilot).startswith("DRILL  03:29")
        await press(pilot, "escape")
        assert pilot.app._exit
    # The real journal has one line about it, and nothing else.
    console.start_again()
    [kept] = drills_played(console.workspace.register(ids.REGISTER_READINESS).read())
    assert (kept.run, kept.title, kept.finished) == (drill.name, "Checkout errors", True)
    assert console.workspace.summaries() == ()
    assert drilling.unfinished(console.path) is None


async def test_what_is_real_is_told_at_once_and_one_key_away(console: Console, drills: Drills) -> None:
    drill = drills.begin()
    drill.beat()
    drill.clock.set(started=True, going=True)
    async with drills.opened(drill, LARGE) as pilot:
        assert isinstance(pilot.app.screen, CallScreen)
        await press(pilot, "f2", "f")
        assert strip(pilot).startswith("DRILL  03:17  ×20  0 of 20 min  Checkout errors")
        await press(pilot, "f2", "s", "f2", "s")
        assert "×5" in strip(pilot)
        real = console.declare("Payments down", 1).incident
        await drills.passes(pilot, 0.1)
        assert "REAL and open: Payments down    " in strip(pilot)
        drill.workspace.declare(acts.lifecycle.declare("Checkout errors", 2, now=drill.clock.now()))
        await drills.passes(pilot, 6.1)
        words = "REAL and open: Payments down · Iris asks: When will it be back? · 1 min ago (+1)"
        assert words in strip(pilot), "who waits in the drill is told too"
        await press(pilot, "f2")
        assert choices(pilot)[0].startswith("Go to what is real: Payments down")
        await press(pilot, "r")
        app: Any = pilot.app
        assert app._exit
        assert app.real == real.id
    # The drill waits, and the start screen says so.
    console.workspace.open(real.id).apply(acts.lifecycle.resolve())
    async with console.opened(SMALL) as pilot:
        if not isinstance(pilot.app.screen, StartScreen):
            await press(pilot, "o")
            await settled(pilot)
        assert "DRILL waits: Checkout errors, 6 of 20 min played · D" in screen_text(pilot)
        await until(pilot, lambda: "P  What the post-mortems of past incidents found" in screen_text(pilot))
        assert "warroom demo" not in screen_text(pilot), "whoever has had an incident needs no tour"
        console.declare("Payments down again", 1)
        start = pilot.app.screen
        assert isinstance(start, StartScreen)
        start.reload()
        await settled(pilot)
        assert "Payments down again" in screen_text(pilot)
        assert "Before the next one" not in screen_text(pilot)
        await press(pilot, "D", "enter")
        app = pilot.app
        assert app.next_drill == drill.workspace.database
        assert app.drill_from_start
    # It comes back to where it was begun, and not to the incident that is open.
    assert isinstance(WarroomApp(console.workspace, at_start=True).first_screen(), StartScreen)
    assert isinstance(WarroomApp(console.workspace).first_screen(), IncidentScreen)


async def test_a_second_console_follows_and_a_drill_can_be_left_before_it_begins(
    console: Console, drills: Drills
) -> None:
    drill = drills.begin()
    drill.beat()
    other = drills.open(drill.workspace.database)
    async with drills.opened(other, SMALL) as pilot:
        assert isinstance(pilot.app.screen, BriefingScreen)
        await press(pilot, "enter")
        assert failed(pilot)
        assert "Another console keeps the time of this drill; F2, then t, takes it over." in notice(pilot)
        drill.clock.set(started=True, going=True)
        drill.clock.set(to=drill.run.at(3))
        await drills.passes(pilot, 0.2)
        assert strip(pilot).startswith("DRILL  03:20  ×10  3 of 20 min  another console keeps the time")
        await press(pilot, "f2")
        assert choices(pilot)[0].startswith("Take the time over")
        await press(pilot, "t")
        assert other.clock.keeps
        assert "another console" not in strip(pilot)
        await drills.passes(pilot, 0.2)
        drill.beat()
        assert not drill.clock.keeps
        assert other.clock.keeps
        await press(pilot, "f2")
        assert not any("Take the time over" in row for row in choices(pilot))
        await press(pilot, "escape", "escape")
        assert pilot.app._exit
    drill.close()


async def test_how_a_drill_went_is_kept_later_if_it_cannot_be_now(console: Console, drills: Drills) -> None:
    drill = drills.begin()
    drill.beat()
    drill.clock.set(started=True, going=True)
    console.close()
    aside = console.path.with_name("aside.db")
    console.path.rename(aside)
    async with drills.opened(drill, SMALL) as pilot:
        await drills.passes(pilot, 1)
        await press(pilot, "f2", "e")
        await drills.passes(pilot, 3)
        assert "End the drill after 1 of 20 min?" in screen_text(pilot)
        assert strip(pilot).startswith("DRILL  03:18  CLOCK STOPPED")
        await press(pilot, "enter")
        assert drill.clock.reading.ended is None, "the first row is: no"
        # Some minutes after the planned end it pauses, and asks; whoever goes on is not asked again.
        await press(pilot, "f2", "f", "f2", "f")
        await drills.passes(pilot, 40)
        assert strip(pilot).startswith("DRILL  03:47  PAUSED  Time is up: F2 ends it, or goes on")
        assert "The 20 min and 10 more are over, and the drill waits" in screen_text(pilot)
        await press(pilot, "f2")
        assert "The 20 min and 10 more are over, and the drill waits. End it?" in screen_text(pilot)
        assert [row.split("  ")[0] for row in choices(pilot)[:2]] == ["End the drill and see the report", "Go on"]
        await press(pilot, "p")
        await drills.passes(pilot, 3)
        assert strip(pilot).startswith("DRILL  03:50  ×60  20 of 20 min  Checkout errors")
        assert "PagerDuty" in screen_text(pilot)
        await press(pilot, "f2", "e")
        assert "Report: Checkout errors" in screen_text(pilot)
        assert "PagerDuty" not in screen_text(pilot)
        await until(pilot, lambda: "Your journal does not have this run yet" in notice(pilot))
    assert not console.path.exists(), "no empty journal takes its place"
    aside.rename(console.path)
    console.start_again()
    async with console.opened(SMALL) as pilot:
        await settled(pilot)
        assert "DRILL waits" not in screen_text(pilot)
        await press(pilot, "D")
        [row] = [row for row in choices(pilot) if row.startswith("Checkout errors (yours)")]
        assert re.search(r"last \d of \d+ · 20 min$", row), row
    register = console.workspace.register(ids.REGISTER_READINESS)
    assert [body.run for body in drills_played(register.read())] == [drill.name]
