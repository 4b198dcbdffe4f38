"""What must hold after each event, whatever was pressed before."""

from __future__ import annotations

import re

from textual.pilot import Pilot

from tests.console import NOBODY_PRINTS, screen_lines
from tests.monkey.timeline import Shown, Violation, compare, drawn_timeline, lines_of, squeezed
from warroom.model import times
from warroom.model.snapshot import Snapshot
from warroom.screens.incident.screen import SMALLEST, IncidentScreen
from warroom.session import Session
from warroom.widgets.headline import Headline, NowLine
from warroom.widgets.logline import Notice
from warroom.widgets.timeline import TimelinePane

_NOT_A_SENTENCE = re.compile(r"^[,;:.)]|\.\.(?!\.)|\bNone\b|\bTrue\b|\bFalse\b|[,;:(]$|\{\w*\}|<\w+ object")


def cells(pilot: Pilot[None]) -> None:
    """No cell holds what a terminal would act on, and no row is wider than the terminal."""
    for number, row in enumerate(screen_lines(pilot)):
        if NOBODY_PRINTS.search(row):
            raise Violation("a cell is not printable", f"row {number}: {row!r}")


def notices(pilot: Pilot[None]) -> None:
    """Notices are whole sentences."""
    for notice in pilot.app.screen.query(Notice):
        if notice.text and _NOT_A_SENTENCE.search(notice.text):
            raise Violation("a notice is no sentence", repr(notice.text))


def incident(pilot: Pilot[None], theirs: Session) -> Shown | None:
    """Headline, NOW line and timeline show what the file says, which `theirs` has just read from it."""
    screen = pilot.app.screen
    if not isinstance(screen, IncidentScreen):
        return None
    width, height = pilot.app.size
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return None
    view = Snapshot(theirs.incident, theirs.playbook, screen.snapshot.now, theirs.tz)
    _headline(pilot, view)
    _now_line(pilot, view)
    drawn = drawn_timeline(pilot)
    if drawn is None:
        return None
    title, rows = drawn
    lines = lines_of(theirs.journal.since(0, theirs.incident.id), view)
    shown = compare(title, rows, lines, len(rows[0]) if rows else 0)
    pane = screen.query_one(TimelinePane)
    selected = pane.selected()
    if pane.has_focus and selected is not None:
        keys = [line.key for line in lines]
        if selected.key not in keys[max(shown.first - 1, 0) : shown.last + 1]:
            raise Violation("the selected line is not in view", f"{selected.text[:80]!r}; {rows}")
    return shown


def _rows(pilot: Pilot[None], widget: Headline | NowLine) -> list[str]:
    region = widget.region
    return screen_lines(pilot)[region.y : region.bottom]


def _headline(pilot: Pilot[None], view: Snapshot) -> None:
    row = " ".join(_rows(pilot, pilot.app.screen.query_one(Headline)))
    severity = view.playbook.severity(view.incident.severity).tag
    elapsed = f"T+{times.elapsed(view.incident.elapsed(view.now))}"
    title = squeezed(view.incident.title)[:4]  # four wide letters may be all that there is room for
    if not squeezed(row).startswith(squeezed(severity) + title):
        raise Violation("the headline differs from the incident", f"{row!r}, not {severity} {view.incident.title!r}")
    if "T+" in row.replace(view.incident.title, "") and elapsed not in row:
        raise Violation("the headline tells another time", f"{row!r}, not {elapsed}")


def _now_line(pilot: Pilot[None], view: Snapshot) -> None:
    rows = " ".join(_rows(pilot, pilot.app.screen.query_one(NowLine)))
    # The rest may stand in a second row, or give way to what is due.
    first = re.search(r"NOW ▸ (.{8,}?)(?:…|  |$)", rows)
    if first is None or not squeezed(view.advice.text).startswith(squeezed(first[1])):
        raise Violation("the NOW line differs from the advice", f"{rows!r}, not {view.advice.text!r}")
    clock = view.clock(view.advice.clock)
    if clock is not None and clock.state == "late" and "LATE" not in rows:
        raise Violation("the NOW line hides that it is late", f"{rows!r}")
