"""What the console does by itself a while after its start: today's copy of the file, and a word on what was left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from warroom import actions, places
from warroom.model import times
from warroom.model.drills import DRILL
from warroom.screens.page import notice_of, say_on_top
from warroom.screens.shown import as_incident
from warroom.screens.timeline_import import DRAFT
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line
from warroom.workspace import Workspace


class DailyCopy:
    """Makes a copy of the file once a day, in a thread, and says once a day if that fails."""

    def __init__(self, app: App[None], workspace: Workspace, stop: Callable[[], bool]) -> None:
        """`stop` says whether to stop while a copy is being made."""
        self._app, self._workspace, self._stop = app, workspace, stop
        self._told = ""
        """The day on which it was told that no copy could be made."""

    def make(self) -> None:
        """Make today's copy, if it is due."""

        def work() -> None:
            try:
                self._workspace.make_daily_copy(stop=self._stop)
            except StoreError as error:
                self._app.call_from_thread(self._say_failed, str(error))

        with suppress(StoreError):  # which the screens tell
            if self._workspace.journal.last_seq():
                self._app.run_worker(work, thread=True, exclusive=True, group="copy of the day")

    def _say_failed(self, reason: str) -> None:
        today = times.day(self._workspace.now(), self._workspace.tz)
        if self._told != today:
            self._told = today
            say_on_top(self._app, f"Today's copy of the file could not be made: {reason}", failed=True)


def say_unfinished_import(app: App[None], workspace: Workspace) -> None:
    """Say that a timeline was pasted and is not imported yet, and which key goes on with it."""
    screen, about = app.screen, as_incident(app.screen)
    incident = about.session.incident.id if about is not None else ""
    key, switch = actions.key_of("import_timeline"), actions.key_of("switch")
    notice = notice_of(screen)
    if notice is None or notice.text:
        return
    with suppress(StoreError):  # which the screens tell
        if incident and _keeps_import(workspace, incident):
            say_on_top(app, f"A timeline for this incident is not imported yet; {key} goes on with it", mark="▸")
        elif _keeps_import(workspace, ""):
            where = f"{switch}, then {key}, goes" if incident else f"{key} goes"
            say_on_top(app, f"A timeline is not imported yet, as a new incident; {where} on with it", mark="▸")


def show_drill_that_waits(screen: Screen[None], workspace: Workspace) -> None:
    """Show on the start screen's line for it which drill waits, and which key goes on with it; looked for in a thread.

    How a drill went that was ended while the journal could not be written is kept now.

    Where nobody has ever practised, nothing is looked for.
    """
    if not places.drills_of(workspace.database.absolute()).is_dir():
        return

    def work() -> None:
        from warroom.drill_reports import keep_finished
        from warroom.drilling import unfinished

        other = workspace.another()
        with suppress(StoreError):  # it is tried again at the next start
            keep_finished(other)
        other.close()
        if (run := unfinished(workspace.database)) is not None:
            screen.app.call_from_thread(show, run.scenario.title, run.how_far)

    def show(title: str, how_far: str) -> None:
        for line in screen.query("#drill-waits").results(Static):
            key = Content.styled(actions.key_of("drills", "start"), "bold $text-accent")
            line.update(Content.assemble(f"{DRILL} waits: ", safe_line(title), f", {how_far} played · ", key))
            line.display = True

    screen.run_worker(work, thread=True, group="drills")


def _keeps_import(workspace: Workspace, incident: str) -> bool:
    kept = workspace.remembered(f"{DRAFT}{incident}", dict[str, object])
    return bool(kept and str(kept.get("text", "")).strip())
