"""Whatever is appended, corrected, moved to and resized, the timeline's cells are what the file says."""

from __future__ import annotations

import random

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.pilot import Pilot

from tests.conftest import Clock
from tests.console import Console, press, settled
from tests.monkey import others
from tests.monkey.timeline import Shown, compare, drawn_timeline, lines_of
from warroom.model import acts
from warroom.model.entries import Entry
from warroom.session import Session
from warroom.store.filtered import FilteredTimeline
from warroom.store.timeline import Timeline
from warroom.widgets.timeline import TimelinePane

SIZES = ((120, 36), (80, 24), (60, 20), (44, 9), (160, 45), (100, 12))
APPENDS = ("note", "notes", "backdated", "action", "amend", "move", "move", "retract", "undo", "decision", "severity")
MOVES = ("up", "up", "down", "down", "pageup", "pagedown", "home", "end")


class TimelineApp(App[None]):
    """Nothing but a timeline, framed as on the incident screen."""

    CSS = "TimelinePane { border: round white; padding: 0 1; height: 1fr; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        journal = self.session.journal
        timeline = Timeline(journal)
        yield TimelinePane(timeline, lambda only: FilteredTimeline(journal, timeline, only))

    def on_mount(self) -> None:
        self.show(changed=True)

    def show(self, *, changed: bool) -> None:
        """Give the timeline what the session knows by now."""
        pane, view = self.query_one(TimelinePane), self.session.snapshot()
        if changed:
            pane.show(view, changed=True)
        else:
            pane.tick(view)


async def _step(pilot: Pilot[None], app: TimelineApp, clock: Clock, rng: random.Random) -> str:
    """Do one thing at random; returns what."""
    pane = app.query_one(TimelinePane)
    what = rng.choice(("append", "append", "move", "move", "move", "size", "focus", "time", "own"))
    if what == "append":
        kind = rng.choice(APPENDS)
        others.append(app.session, kind, rng.random())
        app.show(changed=True)
        return kind
    if what == "own":
        done = app.session.apply(acts.log.note(f"own {rng.random()}", clock() - rng.choice((0, 0, 0, 7_200_000))))
        app.show(changed=True)
        pane.reveal(done[-1])
    elif what == "move":
        key = rng.choice(MOVES)
        pane.focus()
        await press(pilot, key)
        return key
    elif what == "size":
        size = Size(*rng.choice(SIZES))
        app._driver._size = size  # type: ignore[union-attr]
        app.post_message(events.Resize(size, size))
    elif what == "focus":
        app.set_focus(None if pane.has_focus else pane)
    else:
        clock.advance(seconds=rng.choice((1, 60, 7200)))
        app.show(changed=False)
    return what


async def _compared(pilot: Pilot[None], app: TimelineApp, entries: list[Entry]) -> Shown:
    """Compare what is drawn with the entries; the selected line must be in view where keys act on it."""
    await pilot._wait_for_screen()
    app.screen._on_timer_update()
    drawn = drawn_timeline(pilot)
    assert drawn is not None
    title, rows = drawn
    lines = lines_of(entries, app.session.snapshot())
    shown = compare(title, rows, lines, len(rows[0]))
    pane = app.query_one(TimelinePane)
    selected = pane.selected()
    assert selected is not None
    keys = [line.key for line in lines[max(shown.first - 1, 0) : shown.last + 1]]
    assert selected.key in keys or not pane.has_focus, selected
    return shown


@pytest.mark.parametrize("seed", range(4))
async def test_the_drawn_lines_are_those_of_the_file(console: Console, seed: int) -> None:
    rng = random.Random(seed)
    session = console.half_told() if seed % 2 else console.declare()
    session.apply(*(acts.log.note(f"note {number} " * rng.choice((1, 1, 40))) for number in range(rng.choice((0, 90)))))
    app = TimelineApp(session)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settled(pilot)
        before = await _compared(pilot, app, console.entries())
        assert before.end_in_view
        for _ in range(60):
            total = app.query_one(TimelinePane).total
            what = await _step(pilot, app, console.clock, rng)
            shown = await _compared(pilot, app, console.entries())
            if what in APPENDS and not shown.end_in_view:
                assert shown.new == before.new + app.query_one(TimelinePane).total - total, what
            before = shown
