"""Clocks of one's own: started in one line, seen wherever clocks are, done, stopped or snoozed by keys."""

from __future__ import annotations

import pytest

from tests.console import (
    LARGE,
    SMALL,
    Console,
    answers,
    choices,
    failed,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    words_in_line,
)
from tests.pilot.test_now import now_line
from warroom.cli.status_line import status_line
from warroom.model import acts
from warroom.model.kinds.timers import ClockSnoozed, TimerFinished, TimerStarted
from warroom.model.times import HOUR, MINUTE

SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
Size = tuple[int, int]


def clocks(text: str) -> str:
    """What the screen says of clocks, in either of its two places, in one line."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if line.startswith("╭─ Clocks")), None)
    if at is None:
        return " ".join(lines[2].split())
    end = next(number for number, line in enumerate(lines) if number > at and line.startswith("╰"))
    return " ".join(" ".join(line.split("│")[1] for line in lines[at + 1 : end]).split())


@pytest.mark.parametrize(
    ("size", "words", "label", "face", "every"),
    [
        (LARGE, "check with IC 10m", "check with IC", "10:00", 0),
        (SMALL, "check with IC in 10m", "check with IC", "10:00", 0),
        (LARGE, "board demo at 10:00", "board demo", "7:43:00", 0),
        (SMALL, "look at tickets every 15m", "look at tickets", "15:00", 15 * MINUTE),
    ],
)
async def test_a_clock_is_started_in_one_line(
    console: Console, size: Size, words: str, label: str, face: str, every: int
) -> None:
    console.clock.advance(hours=-1)  # 02:17 in Berlin
    console.declare(severity=4)
    async with console.opened(size) as pilot:
        assert clocks(screen_text(pilot)) == "No clock is running"
        await answers(pilot, "t", words)
        assert f"{label} {face}" in clocks(screen_text(pilot))
        session = console.workspace.open("ck14mq")
        assert status_line(session) == f"SEV4 Checkout errors affecting users · T+0m · {label} in {face}"
    body = console.last().body
    assert isinstance(body, TimerStarted)
    assert (body.label, body.every) == (label, every)


async def test_a_line_without_a_time_or_words_is_refused_and_stays(console: Console) -> None:
    console.declare(severity=4)
    async with console.opened(SMALL) as pilot:
        for words, why in (("check with IC", "can't read 'IC' as a time"), ("10m", "say what the clock is for")):
            await press(pilot, "t", "ctrl+u")
            await answers(pilot, words)
            assert failed(pilot)
            assert why in notice(pilot)
            assert words_in_line(pilot) == words
            await press(pilot, "escape")
    assert len(console.entries()) == 1


@SIZES
async def test_a_clock_that_ran_out_is_done_and_a_repeating_one_goes_on(console: Console, size: Size) -> None:
    session = console.declare(severity=4)
    session.apply(acts.timers.start_timer("look at tickets", console.clock() + 15 * MINUTE, 15 * MINUTE))
    async with console.opened(size) as pilot:
        console.clock.advance(minutes=17)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "look at tickets LATE 02:00" in clocks(screen_text(pilot))
        assert now_line(screen_lines(pilot)) == "Your own clock: look at tickets, due 03:32"
        await press(pilot, "enter")
        assert choices(pilot) == ["Done  due again in 15 min", "Stop it for good", "Snooze  with a reason"]
        await press(pilot, "d")
        assert "look at tickets 15:00" in clocks(screen_text(pilot))
        assert now_line(screen_lines(pilot)) == "Stand by; next is look at tickets at 03:49 CET"
        await press(pilot, "t", "down", "enter", "s")
        assert clocks(screen_text(pilot)) == "No clock is running"
        await press(pilot, "t")
        assert "Clock:" in screen_text(pilot), "with none running it asks at once"
    done, stopped = console.entries()[-2:]
    assert isinstance(done.body, TimerFinished)
    assert isinstance(stopped.body, TimerFinished)
    assert (done.body.due - console.clock(), stopped.body.due) == (15 * MINUTE, 0)
    assert (done.text, stopped.text) == ("Done: look at tickets", "Stopped: look at tickets")


async def test_a_clock_is_snoozed_with_a_reason(console: Console) -> None:
    console.declare(severity=4).apply(
        acts.timers.start_timer("check with the commander at the bridge", console.clock() + 5000)
    )
    async with console.opened(LARGE) as pilot:
        console.clock.advance(minutes=1)
        await answers(pilot, "t", "down", "enter", "z", "")
        assert "Snooze check with the comm… until 03:28, because:" in screen_text(pilot)
        assert "needs a reason" in notice(pilot)
        await answers(pilot, "she is on the phone")
        assert now_line(screen_lines(pilot)).startswith(
            "Stand by; check with the commander at the bridge is snoozed until"
        )
        await press(pilot, "t", "n")
        assert "Clock:" in screen_text(pilot)
    body = console.last().body
    assert isinstance(body, ClockSnoozed)
    assert body.until - console.clock() == 10 * MINUTE


@SIZES
async def test_a_scheduled_event_that_names_its_time_gets_a_clock(console: Console, size: Size) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await answers(pilot, "down", "v", "demo at 04:00")
        assert "demo at 04:00 13:19" in clocks(screen_text(pilot))
        console.clock.advance(hours=1)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "demo at 04:00" not in clocks(screen_text(pilot)), "an event that began owes nobody anything"


async def test_more_clocks_than_there_is_room_for_are_counted(console: Console) -> None:
    session = console.half_told()
    for number in range(3):
        session.apply(
            acts.timers.start_timer(f"a clock with a long name {number}", console.clock() + (number + 3) * HOUR)
        )
    async with console.opened(SMALL) as pilot:
        line = screen_lines(pilot)[2].rstrip()
        assert line.endswith("Fix 1:36:19  +3")
        assert "Customer 06:19" in line
        await press(pilot, "t")
        assert len(choices(pilot)) == 4
