"""Opening the console, on the journal or on a drill; the only module of the command line that imports Textual."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from warroom.cli.context import Invocation, notify

if TYPE_CHECKING:
    from warroom.app import WarroomApp
    from warroom.drilling import Drill
    from warroom.workspace import Workspace


def without_terminal(what: str, instead: str) -> str:
    """Why a screen can't be drawn here, as a sentence about `what` it is; "" if it can be."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on stderr
        return f"{what} needs a terminal; {instead}."
    if os.environ.get("TERM") == "dumb":
        return f"{what} needs a terminal that it can draw on, and TERM is dumb; try TERM=xterm-256color."
    return ""


def open_console(to: Invocation) -> int:
    """Open the console on the journal and return its exit code; 2 if there is no terminal."""
    if reason := without_terminal("the console", "for scripts there are commands, see warroom --help"):
        notify(reason)
        return 2
    from warroom.cli.reference import find
    from warroom.workspace import Workspace

    # A workspace that prints nothing: the console shows mistakes in the company's files itself.
    workspace = Workspace(to.path, now=to.real_now)
    workspace.unknown_zone = to.unknown_zone
    try:
        journal = workspace.open_journal(create=True)
        incident = None if to.reference is None else find(journal, to.reference)
        if workspace.drill is not None:
            from warroom.drilling import Drill

            return run_drill(Drill(workspace), incident=incident).code
        return run_console(workspace, incident=incident)
    finally:
        workspace.close()


def run_console(workspace: Workspace, *, incident: str | None) -> int:
    """Run the console and return its exit code; `incident` is the id of the incident to open. Raises StoreError.

    If a drill is chosen in it, that is run, and then the console again.
    """
    from warroom.app import WarroomApp

    at_start = False
    while True:
        app = WarroomApp(workspace, incident=incident, at_start=at_start)
        code = _run(app)
        if app.next_drill is None or app.leaving.was_at_once:
            return code
        from warroom.drilling import open_drill

        drill = open_drill(
            app.next_drill,
            now=workspace.real_now,
            author=workspace.author,
            env=workspace.env,
            config=workspace.config,
            tz=workspace.tz,
        )
        left = run_drill(drill)
        if left.at_once:
            return left.code
        incident = left.real
        at_start = app.drill_from_start


class Left(NamedTuple):
    """How a drill was left: the exit code, the real incident to go to, if any, and if the terminal or system ended it.

    Nothing may be opened in a terminal that is gone: a console in it would draw for ever, and nobody could end it.
    """

    code: int
    real: str | None
    at_once: bool


def run_drill(drill: Drill, *, incident: str | None = None) -> Left:
    """Run the console on a drill, and close it. Raises StoreError."""
    from warroom.drill_app import DrillApp

    try:
        app = DrillApp(drill, incident=incident)
        return Left(_run(app), app.real, app.leaving.was_at_once)
    finally:
        drill.close()


def run_tour(drill: Drill) -> int:
    """Run the guided tour through a drill, and close it; returns the exit code. Raises StoreError."""
    from warroom.tour_app import TourApp

    try:
        return _run(TourApp(drill))
    finally:
        drill.close()


def _run(app: WarroomApp) -> int:
    import gc

    from warroom.app import run

    # There is no garbage before the first frame; looking for it took a tenth of the time until then.
    gc.disable()
    try:
        return run(app)
    finally:
        gc.enable()
