"""The guided tour: the console on a drill, with a box that says what to press next and goes on when it was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from warroom.drill_app import DrillApp
from warroom.drilling import Drill
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.tour import Tour
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.keys import bindings
from warroom.widgets.choices import Choice
from warroom.widgets.coach import CoachBox
from warroom.widgets.composer import Composer
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice

_BEAT_S = 0.1
"""Seconds between looks at what was done: a step that is taken should be seen to be."""


class TourApp(DrillApp):
    """The app on the drill of the guided tour. Its clock runs at once: the box says what a briefing would."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tour")

    def __init__(self, drill: Drill) -> None:
        super().__init__(drill)
        self.tour = Tour(drill.scenario.tour)

    def first_screen(self) -> Screen[object]:
        self.drill.beat()
        if not self.drill.clock.reading.started:
            self.drill.clock.set(started=True, going=True)
        return super().first_screen()

    def _with_strip(self, screen: Any) -> Any:
        screen = super()._with_strip(screen)
        if isinstance(screen, Screen):
            compose, tour, docked = screen.compose, self.tour, isinstance(screen, ModalScreen)

            def with_box() -> ComposeResult:
                if docked:
                    yield CoachBox(tour, docked=True)
                    yield from compose()
                    return
                shown = False
                for widget in compose():
                    if not shown and isinstance(widget, (Notice, KeyBar)):
                        shown = True
                        yield CoachBox(tour)
                    yield widget

            screen.compose = with_box  # type: ignore[method-assign]
        return screen

    def stands(self) -> bool:
        """Whether the clock has to stand: also before what a later step is about, however long one takes to read."""
        if super().stands():
            return True
        drill, later = self.drill, self.tour.steps[self.tour.number :]
        at = next((step.at for step in later if step.at is not None), None)
        return at is not None and drill.clock.now() >= drill.run.at(at) - 2 * drill.clock.reading.speed * times.SECOND

    def on_mount(self) -> None:
        self.set_interval(_BEAT_S, self.look)

    def look(self) -> None:
        """Go on if the present step was taken."""
        if self.tour.look(self._own(), self._states()):
            self._next_step()

    def action_skip_step(self) -> None:
        """Go on with the next step, without having taken this one; the last one ends in the report in any case."""
        if self.tour.step is not None and self.tour.step.until == "ended":
            self.drill.beat()
            self._end_now("end")
            return
        self._leave_field()
        self.tour.skip()
        self._next_step()

    def _leave_field(self) -> None:
        """Take the cursor out of a field, or the keys of the next step would be typed into it."""
        screen = self.screen
        if not isinstance(screen, IncidentScreen):
            return
        if screen.page.line.input.has_focus:
            screen.page.line.leave()
        elif screen.composing and screen.query(Composer):
            screen.composer.action_do("leave")

    def _next_step(self) -> None:
        step, drill = self.tour.step, self.drill
        if step is not None and step.at is not None and drill.clock.now() < drill.run.at(step.at):
            self._set(to=drill.run.at(step.at))
        self.refresh_box()

    def _hold(self) -> None:
        super()._hold()
        self._show_one_box()

    def _show_one_box(self) -> None:
        """Hide the box of a screen below another one: a dialog has one of its own."""
        for screen in self.screen_stack:
            for box in screen.query(CoachBox):
                box.visible = screen is self.screen_stack[-1]

    def refresh_box(self) -> None:
        """Show the present step, on every screen that is open."""
        for screen in self.screen_stack:
            for box in screen.query(CoachBox):
                box.redraw()

    def _rows(self) -> list[Choice]:
        leave = Choice("leave", "Leave the tour; nothing of it is kept", key="l")
        return [leave if row.id == "leave" else row for row in super()._rows()]

    def _own(self) -> Iterator[Entry]:
        for _, entries in self.drill.logs:
            yield from (entry for entry in entries if entry.author == self.drill.kept.author)

    def _states(self) -> Iterator[str]:
        if self.drill.clock.reading.ended is not None:
            yield "ended"
        for screen in self.screen_stack:
            if isinstance(screen, IncidentScreen) and screen.composing:
                yield "writing"
                if screen.page.message.as_copied() is not None:
                    yield "copied"
