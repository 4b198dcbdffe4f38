"""What people say in a drill while their words can't be seen: it is told in a notice, and counted until it was seen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from warroom.actions import key_of
from warroom.drilling import Drill
from warroom.model.drill_run import QUESTION, Line
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.page import notice_of, say_on_top
from warroom.text.cleaning import clean_line

_PATIENCE = 6
"""For so many looks, a notice about something else stays."""
_MOST_AT_ONCE = 3


class _Said:
    """A line of the log, and in which incident; `missed` once it is known that it could not be seen."""

    def __init__(self, incident: str, line: Line) -> None:
        self.incident, self.line = incident, line
        self.missed = self.told = False
        self.waited = 0

    @property
    def is_question(self) -> bool:
        return getattr(self.line.draft.body, "called", "") == QUESTION

    @property
    def words(self) -> str:
        return f"{self.line.by}{' asks' if self.is_question else ''}: {clean_line(self.line.draft.text)}"


class Unseen:
    """The lines that the scenario's people have written, and that were not on the screen yet."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._said: list[_Said] = []

    def add(self, lines: Iterable[Line]) -> None:
        """Take what was just written, except what has rung until somebody took it."""
        run, logs = self._drill.run, self._drill.logs
        rang = {(run.at(event.at), run.name_of(event.by)) for event in run.scenario.events if event.rings}
        self._said += [_Said(logs[line.incident - 1][0], line) for line in lines if (line.at, line.by) not in rang]

    def __bool__(self) -> bool:
        return bool(self._said)

    def look(self, app: App[None]) -> None:
        """Forget what can be seen now, and tell what can't be.

        To be called once the screen is drawn that has what was added.
        """
        screen = app.screen
        self._forget_seen(screen)
        for one in self._said:
            one.missed = True
        if isinstance(screen, ModalScreen) and notice_of(screen) is None:
            return  # a notice would cover the rows of the dialog; it is told once that is closed
        if untold := [one for one in self._said if not one.told][-_MOST_AT_ONCE:]:
            notice = notice_of(screen)
            is_taken = notice is not None and bool(notice.text) and not notice.text.endswith(untold[0].words)
            if is_taken and notice is not None and (notice.failed or max(one.waited for one in untold) < _PATIENCE):
                for one in untold:
                    one.waited += 1
                return
            say_on_top(app, " · ".join(self._named(one) for one in untold), mark="▸")
            for one in self._said:
                one.told = True

    def _forget_seen(self, screen: Screen[object]) -> None:
        if isinstance(screen, IncidentScreen):
            seen = {(entry.incident, entry.at, entry.author) for entry in screen.timeline.in_view()}
            self._said = [one for one in self._said if (one.incident, one.line.at, one.line.by) not in seen]

    def _named(self, one: _Said) -> str:
        """The words, and for which incident they are if there are several."""
        if len(self._drill.logs) == 1:
            return one.words
        title = next(brief.title for brief in self._drill.workspace.summaries() if brief.id == one.incident)
        return f"{one.words} ({clean_line(title)})"

    def count(self, screen: Screen[object]) -> str:
        """How many there are besides the questions, which the strip has, and the key that leads there; "" for none."""
        missed = [one for one in self._said if one.missed and not one.is_question]
        if not missed:
            return ""
        words = f"{len(missed)} new"
        if not isinstance(screen, IncidentScreen) or isinstance(screen.focused, (Input, TextArea)):
            return words
        is_here = any(one.incident == screen.session.incident.id for one in missed)
        return f"{words}, press {key_of('timeline' if is_here else 'switch')}"
