"""Choosing a run of a drill whose report to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from warroom.drill_reports import PlayedRun, report_of, runs_played
from warroom.model import times
from warroom.screens.page import say_on_top
from warroom.screens.pick import PickScreen
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.workspace import Workspace


def played(workspace: Workspace) -> list[PlayedRun]:
    """The runs that were begun, the last one first; none where they can't be read."""
    try:
        return [one for one in runs_played(workspace) if one.run.clock.started]
    except StoreError:
        return []


def choose_report(app: App[None], workspace: Workspace) -> None:
    """Let the user choose a run, and show its report."""
    found = {one.run.path.stem: one for one in played(workspace)}
    rows = [
        Choice(
            name,
            one.run.scenario.title,
            one.words if one.kept else f"{one.words} at {one.run.how_far}",
            front=times.day(one.run.kept.made, workspace.tz),
            about=f"Played at {times.clock_zone(one.run.kept.made, workspace.tz)}, {one.run.how_far}: {one.words}",
        )
        for name, one in found.items()
    ]

    def show(name: str | None) -> None:
        if name is None:
            return
        from warroom.screens.drill.report import ReportScreen

        try:
            reported = report_of(found[name].run, workspace)
        except StoreError as error:
            say_on_top(app, str(error), failed=True)
            return
        app.push_screen(ReportScreen(workspace, reported))

    app.push_screen(PickScreen("Reports of drills", rows, empty="No drill was played yet"), show)
