"""The first screen of a drill: who one is, what is known, what the drill teaches, and which keys it has."""

from __future__ import annotations

from typing import ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer, key_of
from warroom.drilling import Drill
from warroom.model import times
from warroom.model.drills import NOT_REAL
from warroom.screens.keys import bindings
from warroom.terminal.content import safe_line
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.long_text import LongText


class StartsDrill(Protocol):
    """What the app of a drill does for the briefing."""

    def start_drill(self) -> None: ...
    def leave(self) -> None: ...


class BriefingScreen(Screen[None]):
    """Reads like a page; the clock starts when it was read."""

    CSS_PATH = "briefing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("briefing")
    PLACES: ClassVar[tuple[Where, ...]] = ("briefing",)

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill

    def compose(self) -> ComposeResult:
        yield Static(safe_line(self._drill.scenario.title, "bold"), id="title")
        yield LongText(self._words())
        yield Notice()
        yield KeyBar()

    def _words(self) -> str:
        scenario, drill = self._drill.scenario, self._drill
        menu = key_of("drill", "everywhere")
        time, speed = times.clock(drill.kept.began, drill.workspace.tz), drill.clock.reading.speed
        takes = max(round(scenario.minutes / speed), 1)
        return "\n\n".join(
            (
                NOT_REAL,
                scenario.briefing.strip(),
                f"What it teaches: {scenario.lesson}",
                f"The clock begins at {time} and runs {speed:g} times as fast as yours: {scenario.minutes} minutes "
                f"take about {takes}. Do what you would do: declare, log, decide, write the messages. Nothing leaves "
                f"this machine unless you copy it.",
                f"{menu} opens the drill's menu at any time: pause, faster or slower, skip to what happens next, the "
                f"questions that wait, the end and the report. Q leaves; the drill then waits for you at that minute.",
                "In a shell, put drill in front: warroom drill log Rollback started. Without it, what you log is real.",
            )
        )

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("briefing", "everywhere"))
        self.query_one(LongText).focus()

    def action_begin(self) -> None:
        cast("StartsDrill", self.app).start_drill()

    def action_back(self) -> None:
        cast("StartsDrill", self.app).leave()
