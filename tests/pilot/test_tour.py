"""The guided tour: whoever follows only the words of its box gets to the report, in either size of terminal."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tests.conftest import Clock
from tests.console import CET, SIZES, SMALL, TERMINAL, Size, pastes, press, screen_text, settled, types, until
from tests.pilot.conftest import Clipboard
from warroom import drilling
from warroom.model.kinds.drills import DrillFinished
from warroom.own_files import OwnFiles
from warroom.screens.drill.report import ReportScreen
from warroom.store.journal import Journal
from warroom.tour_app import TourApp
from warroom.widgets.timeline import TimelinePane

_KEYS = {"esc": "escape"}


@asynccontextmanager
async def tour(folder: Path, clock: Clock, size: Size) -> AsyncIterator[Pilot[None]]:
    """The tour as `warroom demo` opens it; a second on the clock is one of the drill."""
    journal = folder / "demo.db"
    Journal.open(journal, now=clock).close()
    scenario = OwnFiles(None).scenarios["first"]
    file = drilling.begin(journal, scenario, now=clock(), author="Robin", tz=CET, speed=1)
    drill = drilling.open_drill(
        file,
        now=clock,
        author="Robin",
        env=TERMINAL,
        config=folder / "config",
        tz=CET,
        monotonic=lambda: clock.at / 1_000,
    )
    app = TourApp(drill)
    try:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield pilot
    finally:
        drill.close()


def box(pilot: Pilot[None]) -> list[str]:
    """The three rows of the box that is on top."""
    rows = [line.partition("┃")[2].strip() for line in screen_text(pilot).split("\n") if line.startswith(" ┃ ")]
    return rows[-3:]


def number(pilot: Pilot[None]) -> str:
    return box(pilot)[0].split()[-1]


async def follow(pilot: Pilot[None]) -> str:
    """Do what the box says, and nothing else; returns its number."""
    app = pilot.app
    assert isinstance(app, TourApp)
    before, words = number(pilot), box(pilot)[1]
    assert words.startswith("▸ ")
    assert "…" not in "".join(box(pilot)), "all of it is to be read"
    for part in words.removeprefix("▸ ").split(" · "):
        if text := re.fullmatch(r"type: (.+)", part):
            await types(pilot, text[1][:1])
            await pastes(pilot, text[1][1:])
        else:
            key = re.fullmatch(r"(\S+)(?: \(.+\))?", part)
            assert key, part
            await press(pilot, _KEYS.get(key[1], key[1].lower() if key[1].startswith("F") else key[1]))
        await settled(pilot)
    app.beat()
    app.look()
    await pilot.pause()
    return before


@SIZES
async def test_whoever_follows_only_the_words_gets_to_the_report(
    tmp_path: Path, clock: Clock, clipboard: Clipboard, size: Size
) -> None:
    async with tour(tmp_path, clock, size) as pilot:
        app = pilot.app
        assert isinstance(app, TourApp)
        steps = len(app.tour.steps)
        for step in range(1, steps + 1):
            assert number(pilot) == f"{step}/{steps}", screen_text(pilot)
            if step == 2:
                await press(pilot, "f2")
                assert "Leave the tour; nothing of it is kept" in screen_text(pilot)
                assert number(pilot) == f"2/{steps}", "it is over a menu too"
                assert screen_text(pilot).count(f"2/{steps}") == 1, "and not once more below it"
                await press(pilot, "escape", "f3")
                await until(pilot, lambda: number(pilot) == f"3/{steps}")
                app.tour.number = 2  # nobody can, but the words of each step are to be tried
                app.look()
                app.refresh_box()
            if step == 3 and size[0] == 80:  # where the checklist covers the timeline
                app.beat()
                await settled(pilot)
                app.beat()
                await settled(pilot)
                assert "2 new, press 2 · F2 menu" in screen_text(pilot).split("\n")[0]
            if step == 5:  # the clock waits for whoever reads slowly
                for _ in range(120):
                    clock.advance(seconds=2)
                    app.beat()
                assert app.drill.clock.now() < app.drill.run.at(5)
            if step == 7 and size[0] == 120:
                assert app.screen.query_one(TimelinePane).size.height == 6, "it can be read while one writes"
            if step == 9:
                assert "Dana (VP) asks: When will it be fixed?" in screen_text(pilot).split("\n")[0]
            await follow(pilot)
            clock.advance(seconds=5)
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        assert isinstance(app.screen, ReportScreen)
        report = app.screen.reported.report
        assert [check.text for part in report.parts for check in part.checks if not check.held] == []
        assert report.checks > 10
        assert "esc (leaves; this drill is deleted then)" in box(pilot)[1]
        assert len(clipboard.texts) == 3
        assert all("DRILL" in text for text in clipboard.texts)
        await press(pilot, "escape")
        await until(pilot, lambda: not app.is_running or app._exit)
    with Journal.open(tmp_path / "demo.db", now=clock) as journal:
        kept = [entry.body for entry in journal.since(0)]
    assert [body.scenario for body in kept if isinstance(body, DrillFinished)] == ["first"]


async def test_whoever_skips_a_step_types_nothing_by_accident_and_gets_to_the_report(
    tmp_path: Path, clock: Clock, clipboard: Clipboard
) -> None:
    async with tour(tmp_path, clock, SMALL) as pilot:
        app = pilot.app
        assert isinstance(app, TourApp)
        while app.tour.number < 5:
            await follow(pilot)
        await press(pilot, "l", "f3")
        assert app.tour.number == 6
        await press(pilot, "u")
        app.look()
        await press(pilot, "f3")
        assert box(pilot)[1] == "▸ s"
        await press(pilot, "s")
        assert "The message is not copied yet." in screen_text(pilot), "it is a key, and no letter in a field"
        await press(pilot, "down", "enter")
        await settled(pilot)
        app.beat()
        app.look()
        assert app.tour.number == 9
        for _ in range(len(app.tour.steps) - app.tour.number + 1):
            await press(pilot, "f3")
        await until(pilot, lambda: isinstance(app.screen, ReportScreen))
        app.look()
        assert app.drill.clock.reading.ended is not None
        assert "This is the report" in box(pilot)[0]
