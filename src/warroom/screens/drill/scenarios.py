"""Choosing a drill: first the one that waits, then the scenarios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from warroom import drilling
from warroom.drill_reports import last_runs
from warroom.drilling import Unreadable
from warroom.screens.drill.reports import choose_report, played
from warroom.screens.page import say_on_top
from warroom.screens.pick import PickScreen
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice
from warroom.workspace import Workspace

_GO_ON, _REPORTS = "\n", "\t"
"""The ids of the rows with the drill that waits, and with the reports of earlier runs; no scenario has them."""
_WAITS, _NEW = "go on", "new  "


def _last_runs(workspace: Workspace) -> dict[str, str]:
    """How each scenario went last time, in few words, by its id; nothing where that can't be read."""
    try:
        found = last_runs(workspace)
    except StoreError:  # the screen below tells it
        return {}
    return {id: f"last {run.tally.held} of {run.tally.checks}" for id, run in found.items()}


def choose_drill(app: App[None], workspace: Workspace, open_drill: Callable[[Path], object]) -> None:
    """Offer the scenarios; `open_drill` is called with the file of the one that is chosen."""
    scenarios = workspace.scenarios
    waits = drilling.unfinished(workspace.database)
    last = _last_runs(workspace)
    rows = [
        Choice(
            one.id,
            f"{one.title} (yours)" if one.own else one.title,
            " · ".join(filter(None, (last.get(one.id, ""), f"{one.minutes} min"))),
            about=one.lesson,
            tag=_NEW if waits else "",
        )
        for one in scenarios.values()
    ]
    if waits is not None:
        words = f"{waits.scenario.title}, {waits.how_far} played"
        rows.insert(0, Choice(_GO_ON, words, "", about=waits.scenario.lesson, tag=_WAITS))
    if latest := next(played(workspace), None):
        about = "What went well, what to do differently, and everything that was checked"
        words = "" if isinstance(latest, Unreadable) else latest.words
        rows.append(Choice(_REPORTS, "Reports of the drills that were played", words, about=about))

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
