"""The list of incidents as text and as JSON: what `warroom incidents` prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from warroom.cli.status_page import terminal_columns
from warroom.model import times
from warroom.model.clocks import Clock, clocks, rank
from warroom.model.incident import fold
from warroom.model.listing import END_OWED, countdown, listed, owes
from warroom.model.playbook import Playbook
from warroom.model.summary import IncidentSummary
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width
from warroom.workspace import Workspace

_LEAST, _WIDEST = 60, 200
_LEAST_TITLE = 20
_HEADS = ("", "", "incident", "due next", "stage", "began", "lasted", "kept", "told after", "post-mortem", "items")
_LEFT_OUT = (10, 9, 8, 7, 5, 6, 4)
"""The columns that are left out where there is no room for all, the first one first."""


def due_of(workspace: Workspace, briefs: Iterable[IncidentSummary]) -> tuple[dict[str, Clock], set[str]]:
    """The clock that is due next in each incident in which something is due, and those over in which something is owed.

    Only incidents in which that can be so are folded.
    """
    found: dict[str, Clock] = {}
    owing: set[str] = set()
    playbook, today = workspace.playbook, times.day(workspace.now(), workspace.tz)
    for brief in briefs:
        end_owed = brief.over and brief.end_owed(playbook)
        if end_owed or (brief.over and brief.state != "cancelled" and brief.overdue_items(today)):
            owing.add(brief.id)
        if brief.over and not brief.goes_on and not end_owed:
            continue
        incident = fold(workspace.journal.state(brief.id))
        running = clocks(incident, playbook, workspace.now(), workspace.tz)
        if running:
            found[brief.id] = min(running, key=lambda clock: (not clock.awake, clock.due))
        if owes(incident, running, playbook):
            owing.add(brief.id)
    return found, owing


def urgency(
    brief: IncidentSummary, due: Mapping[str, Clock], owing: Collection[str], playbook: Playbook
) -> tuple[object, ...]:
    """The sort key: open ones, then those in which something is owed, then drills; else as in the console's list.

    Where nothing is due in open ones, the most serious is first.
    """
    clock = due.get(brief.id)
    place = (0 if not brief.over else 1 if brief.end_owed(playbook) else 2) + (3 if brief.drill else 0)
    order = rank(clock, brief.severity) if clock else (False, 0, 0 if brief.over else brief.severity, 0)
    return (place, clock is None, order, brief.id not in owing, brief.newest_first)


def table(workspace: Workspace, briefs: Sequence[IncidentSummary], due: Mapping[str, Clock]) -> list[str]:
    """The incidents in columns, fitted to the terminal; what has no room is left out."""
    if not briefs:
        return []
    rows = [_HEADS, *(_row(workspace, brief, due.get(brief.id)) for brief in briefs)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(_HEADS))]
    available = min(max(terminal_columns(), _LEAST), _WIDEST) if _has_width() else sum(widths) + 2 * len(widths)
    empty = {column for column in range(3, len(_HEADS)) if not any(row[column] for row in rows[1:])}
    columns = [column for column in range(len(_HEADS)) if column not in empty]

    def title_room() -> int:
        return available - sum(widths[column] + 2 for column in columns if column != 2)

    for column in _LEFT_OUT:
        if title_room() < min(widths[2], _LEAST_TITLE) and column in columns:
            columns.remove(column)
    widths[2] = min(widths[2], max(title_room(), 8))
    lines = []
    for row in rows:
        cells = [shorten(row[column], widths[column]) for column in columns]
        padded = (f"{cell}{' ' * (widths[column] - width(cell))}" for cell, column in zip(cells, columns, strict=True))
        lines.append("  ".join(padded).rstrip())
    return lines


def _has_width() -> bool:
    """Whether what is printed goes to a terminal, or somebody said how wide it may be; a pipe takes all of it."""
    return sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))


def _row(workspace: Workspace, brief: IncidentSummary, clock: Clock | None) -> tuple[str, ...]:
    shown = listed(brief, workspace.playbook, workspace.now(), workspace.tz)
    next_due = f"{shorten(clock.label, 24)} {countdown(clock)}" if clock else ""
    if brief.over and brief.end_owed(workspace.playbook) and not (clock and clock.state == "late"):
        next_due = f"{END_OWED} now"
    title = clean_line(brief.name)
    return (
        brief.id, shown.tag, title, next_due, shown.stage, shown.began, shown.length, shown.kept, shown.told,
        shown.post_mortem, shown.items,
    )  # fmt: skip


def as_data(workspace: Workspace, briefs: Sequence[IncidentSummary], due: Mapping[str, Clock]) -> list[dict[str, Any]]:
    """The incidents for programs, as objects: times in ISO 8601 UTC, durations in seconds."""
    playbook, now = workspace.playbook, workspace.now()
    today = times.day(now, workspace.tz)
    found: list[dict[str, Any]] = []
    for brief in briefs:
        promises = brief.promises(playbook, now)
        states = [promise.state for promise in promises]
        clock, told = due.get(brief.id), brief.told_after(playbook)
        found.append(
            {
                "id": brief.id,
                "title": brief.title,
                "drill": brief.drill,
                "severity": brief.severity,
                "worst_severity": brief.worst,
                "state": brief.state,
                "outcome": brief.outcome,
                "stage": brief.stage,
                "system": brief.system or None,
                "began": times.iso(brief.began),
                "learned": times.iso(brief.learned),
                "ended": None if brief.ended is None else times.iso(brief.ended),
                "lasted_s": None if brief.never_was else brief.elapsed(now) // 1000,
                "next_due": None
                if clock is None
                else {"label": clock.label, "due": times.iso(clock.due), "late": clock.state == "late"},
                "stakeholders_told_after_s": None if told is None else told // 1000,
                "promises": {
                    "made": len(states),
                    "kept": states.count("kept"),
                    "late": states.count("late"),
                    "missed": states.count("missed"),
                    "running": states.count("running"),
                },
                "post_mortem": brief.post_mortem_standing(playbook, now) or None,
                "action_items": {"open": len(brief.items), "overdue": brief.overdue_items(today)},
                "end_owed": brief.end_owed(playbook),
            }
        )
    return found
