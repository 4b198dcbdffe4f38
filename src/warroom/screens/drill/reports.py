"""Choosing a run of a drill whose report to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App

from warroom.drill_reports import PlayedRun, report_of, runs_played
from warroom.drilling import Unreadable
from warroom.model import times
from warroom.screens.page import say_on_top
from warroom.screens.pick import PickScreen
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.workspace import Workspace


def played(workspace: Workspace) -> Iterator[PlayedRun | Unreadable]:
    """The runs that were begun, the last one first, and files that can't be read; none where they can't be listed."""
    with suppress(StoreError):
        for one in runs_played(workspace):
            if isinstance(one, Unreadable) or one.run.clock.started:
                yield one


def choose_report(app: App[None], workspace: Workspace) -> None:
    """Let the user choose a run, and show its report."""
    found = {one.path.stem if isinstance(one, Unreadable) else one.run.path.stem: one for one in played(workspace)}
    rows = [_row(name, one, workspace) for name, one in found.items()]

    def show(name: str | None) -> None:
        if name is None:
            return
        from warroom.screens.drill.report import ReportScreen

        one = found[name]
        if isinstance(one, Unreadable):
            say_on_top(app, one.why, failed=True)
            return
        try:
            reported = report_of(one.run, workspace)
        except StoreError as error:
            say_on_top(app, str(error), failed=True)
            return
        app.push_screen(ReportScreen(workspace, reported))

    app.push_screen(PickScreen("Reports of drills", rows, empty="No drill was played yet"), show)


def _row(name: str, one: PlayedRun | Unreadable, workspace: Workspace) -> Choice:
    if isinstance(one, Unreadable):
        return Choice(name, f"{name}.db", "can't be read", about=one.why)
    made = one.run.kept.made
    return Choice(
        name,
        one.run.scenario.title,
        one.words if one.kept else f"{one.words} at {one.run.how_far}",
        front=times.day(made, workspace.tz),
        about=f"Played at {times.clock_zone(made, workspace.tz)}, {one.run.how_far}: {one.words}",
    )
