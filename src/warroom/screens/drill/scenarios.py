"""Choosing a drill: first the one that waits, then the scenarios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from warroom import drilling
from warroom.screens.drill.reports import choose_report, played
from warroom.screens.page import say_on_top
from warroom.screens.pick import PickScreen
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice
from warroom.workspace import Workspace

_GO_ON, _REPORTS = "\n", "\t"
"""The ids of the rows with the drill that waits, and with the reports of earlier runs; no scenario has them."""


def choose_drill(app: App[None], workspace: Workspace, open_drill: Callable[[Path], object]) -> None:
    """Offer the scenarios; `open_drill` is called with the file of the one that is chosen."""
    scenarios = workspace.scenarios
    waits = drilling.unfinished(workspace.database)
    rows = [
        Choice(one.id, one.title, f"{one.minutes} min", about=one.lesson, tag="new" if waits else "")
        for one in scenarios.values()
    ]
    if waits is not None:
        words = f"{waits.scenario.title}, {waits.how_far} played"
        rows.insert(0, Choice(_GO_ON, words, "", about=waits.scenario.lesson, tag="go on"))
    if runs := played(workspace):
        last = runs[0].words
        about = "What went well, what to do differently, and everything that was checked"
        rows.append(Choice(_REPORTS, "Reports of the drills that were played", last, about=about))

    def begin(id: str | None) -> None:
        if id is None:
            return
        if id == _REPORTS:
            choose_report(app, workspace)
            return
        if id == _GO_ON and waits is not None:
            open_drill(waits.path)
            return
        try:
            file = drilling.begin(
                workspace.database, scenarios[id], now=workspace.real_now(), author=workspace.author, tz=workspace.tz
            )
        except StoreError as error:
            say_on_top(app, str(error), failed=True)
            return
        open_drill(file)

    app.push_screen(PickScreen("Practise on a drill", rows, empty="There is no scenario"), begin)
