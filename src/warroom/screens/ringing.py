"""Ringing for the clocks of all incidents, whatever screen is shown; the terminal's title shows the most urgent one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.app import App

from warroom.model.drills import marked
from warroom.model.snapshot import Snapshot
from warroom.screens.page import say_on_top
from warroom.screens.shown import as_incident
from warroom.screens.watch import Due, Watch, late_notice
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.workspace import Workspace

_LATE_S = 8.0
"""Seconds for which the notice stays that another incident's clock has run out."""
_MOST_LATE = 3
"""The most incidents that are named at once, such as after a laptop was asleep."""


class Ringing:
    """The bell, the notices and the title; `rang` is the id of the incident named last, which the list selects."""

    def __init__(self, app: App[None], workspace: Workspace, set_title: Callable[[str], object]) -> None:
        """`set_title` sets the terminal's title."""
        self._app, self._workspace, self._set_title = app, workspace, set_title
        self.clocks = Watch(workspace)
        self.rang = ""

    def each_second(self) -> None:
        """Watch the clocks of every incident but the one on an incident screen, which watches its own."""
        if self._app.screen_stack and as_incident(self._app.screen) is not None:
            self._read()  # the screen does the rest, when it shows another second
        else:
            self.watch()

    def _read(self) -> None:
        """Notice what has happened in all incidents but the one on an incident screen, which reads it itself."""
        with suppress(StoreError):  # locked, or unreadable, which the screens tell: it is read again in a second
            self.clocks.read(*self._shown)

    @property
    def _shown(self) -> list[str]:
        """The incident on the screen, also below another screen about it."""
        screens = map(as_incident, self._app.screen_stack)
        return [screen.session.incident.id for screen in screens if screen is not None]

    def watch(self, shown: Snapshot | None = None) -> None:
        """Ring for the clocks of all incidents that have run out, and set the terminal's title to the most urgent one.

        `shown` is the incident on the screen as it is shown there; only the others were read then.
        """
        if not self._app.screen_stack:  # while the app ends, timers go on for a moment after the last screen is gone
            return
        if shown is not None:
            self.clocks.show(shown)
        else:
            self._read()
        self._show_most_urgent()
        late: dict[str, list[Due]] = {}
        for due in self.clocks.ring():
            if self._workspace.is_practice(due.incident) and due.incident.id not in self._shown:
                continue  # a drill that nobody looks at disturbs nobody
            if not due.is_follow_up:  # it is told, but for something that takes hours nobody is woken
                self._app.bell()
            late.setdefault(due.incident.id, []).append(due)
        if not late:
            return
        hint, screen = "", as_incident(self._app.screen)
        if screen is not None:
            own = late.pop(screen.session.incident.id, [])  # its own clocks are in view
            screen.clocks_ran_out([due.clock for due in own])
            hint = screen.open_hint
        for id in list(late)[:_MOST_LATE]:
            self.rang = id
            self._say(f"{late_notice(late[id])}.{hint}")
        if len(late) > _MOST_LATE:
            self._say(f"LATE in {len(late) - _MOST_LATE} more incidents.")

    def _say(self, text: str) -> None:
        say_on_top(self._app, clean_line(text), failed=True, seconds=_LATE_S)

    def _show_most_urgent(self) -> None:
        """Set the terminal's title to the most urgent clock of all incidents, else to what is on the screen."""
        due, playbook, screen = self.clocks.most_urgent(), self._workspace.playbook, as_incident(self._app.screen)
        if due is not None:
            self._set_title(due.title(playbook))
        elif screen is not None:
            incident = screen.session.incident
            words = f"{playbook.severity(incident.severity).tag} {incident.outcome} · {incident.title}"
            self._set_title(marked(words, drill=incident.drill))
        else:
            self._set_title("warroom")
