"""The list of action items keeps what was typed, whatever happens, and shows any text on any terminal."""

from __future__ import annotations

import pytest

from tests.console import (
    LARGE,
    SMALL,
    Console,
    failed,
    footer,
    notice,
    pastes,
    press,
    screen_text,
    settled,
    types,
)
from tests.pilot.test_action_items import beat, incident_screen_below, items, line, with_items
from tests.pilot.test_failures import full
from tests.pilot.test_hostile import EVERYTHING, HOSTILE, check
from tests.pilot.test_locks import locked
from warroom.model import acts


@pytest.mark.parametrize("which", ["own", "other"])
@pytest.mark.parametrize("what", ["full", "locked"])
async def test_nothing_typed_is_lost_when_it_cant_be_written(console: Console, which: str, what: str) -> None:
    sessions = dict(zip(("other", "own"), with_items(console), strict=True))
    words = "no use, " * 500 if what == "full" else "no use"
    async with console.opened() as pilot:
        await press(pilot, "A", *(() if which == "own" else ("down",)), "x")
        with full(console) if what == "full" else locked(console, "IMMEDIATE"):
            await pastes(pilot, words)
            await press(pilot, "enter")
            if waits := what == "locked" and which == "own":
                assert incident_screen_below(pilot).page.waiting.texts == [f"dropped: Alert on 5xx – {words}"]
            else:
                assert failed(pilot)
                assert line(pilot) == words.strip("\r\n")
                await press(pilot, "escape")
        if waits:
            incident_screen_below(pilot).beat()
            await pilot.pause()
        else:
            await press(pilot, "x")
            assert line(pilot) == words
            await press(pilot, "enter")
        found = items(sessions[which])[0]
        assert (found.state, found.because) == ("dropped", words.strip())
        assert "✗ dropped" in screen_text(pilot)


async def test_undo_takes_back_what_still_waits_first(console: Console) -> None:
    _, mine = with_items(console)
    async with console.opened() as pilot:
        await press(pilot, "A", "d")
        with locked(console, "IMMEDIATE"):
            await press(pilot, "space", "ctrl+z")
            assert notice(pilot) == "Taken back before it was saved: done: Alert on 5xx"
        incident_screen_below(pilot).beat()
        assert items(mine)[0].state == "doing"
        await press(pilot, "ctrl+z")
        assert items(mine)[0].state == "open"


async def test_what_was_typed_is_back_after_a_crash(console: Console) -> None:
    with_items(console)
    async with console.opened() as pilot:
        await press(pilot, "A", "down", "x")
        await types(pilot, "no use, beca")
        beat(pilot)
        await press(pilot, "escape", "home", "a")
        await types(pilot, "Rehearse")
        incident_screen_below(pilot).save_drafts()
        beat(pilot)
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "A", "a")
        assert line(pilot) == "Rehearse"
        await press(pilot, "escape", "down", "x")
        assert line(pilot) == "no use, beca"


@pytest.mark.parametrize(
    "env",
    [{"TERM": "xterm-256color"}, {"TERM": "xterm"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}],
    ids=["colours", "16 colours", "no colour"],
)
async def test_hostile_and_long_texts_at_every_size(
    console: Console, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "NO_COLOR" in env:
        monkeypatch.setenv("NO_COLOR", "1")  # Textual reads its own environment
    console.env = env
    console.start_again()
    session = console.declare(HOSTILE["wide"] + HOSTILE["markup"], 2)
    for text in (EVERYTHING, HOSTILE["long"], HOSTILE["unbroken"], HOSTILE["markup"]):
        session.apply(acts.action_items.add(text, owner=text[:100], due="2026-11-24", purpose="detect"))
    console.clock.advance(hours=72)
    async with console.opened() as pilot:
        await press(pilot, "A")
        check(pilot)
        for keys in (
            ("down",),
            ("enter",),
            ("escape", "r"),
            ("escape", "e"),
            ("escape", "O"),
            ("escape", "w"),
            ("escape", "K"),
        ):
            await press(pilot, *keys)
            for size in ((60, 20), SMALL, LARGE):
                await pilot.resize_terminal(*size)
                await settled(pilot)
                check(pilot)
        await press(pilot, "escape", "s", "f", "f", "end")
        check(pilot)
        assert "LATE" in screen_text(pilot)
        assert "4 open · 4 overdue" in screen_text(pilot)
        assert "help" in footer(pilot)
