"""How the console looks; the picture of the half-told incident is also the README's."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.console import (
    CET,
    LARGE,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    pastes,
    press,
    screen_text,
    types,
    until,
)
from tests.snapshot.conftest import Looks
from warroom.model import acts
from warroom.model.times import MINUTE

SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
Size = tuple[int, int]


def test_incident_120x36(console: Console, looks_the_same: Looks) -> None:
    console.half_told()
    assert looks_the_same()


def test_incident_80x24(console: Console, looks_the_same: Looks) -> None:
    console.half_told()
    assert looks_the_same(size=SMALL)


def corrected(console: Console) -> None:
    """The half-told incident, with a line that became a decision, one linked to it, a pin, and one taken back."""
    session = console.half_told()
    line, other = session.apply(acts.log.note("Move reads to the replica"), acts.log.note("Replica takes all reads"))
    session.apply(acts.corrections.recast(line, "decision", "it has room"))
    session.apply(acts.links.link(other, session.snapshot().decisions[-1]), acts.pins.pin(other))
    (wrong,) = session.apply(acts.log.note("Errors at 90 %"))
    session.apply(acts.corrections.retract(wrong, "that was staging"))


@SIZES
def test_the_timeline_as_chosen(console: Console, looks_the_same: Looks, size: Size) -> None:
    """The newest line first, two zones, and only what was noted."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "ctrl+o", "Z", "b", "K", "s")
        await types(pilot, "02:30Z")
        await press(pilot, "enter")

    corrected(console)
    assert looks_the_same(story, size)


@SIZES
def test_a_corrected_line(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "end", "up", "up", "enter")

    corrected(console)
    assert looks_the_same(story, size)


@SIZES
def test_finding(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+f")
        await types(pilot, "repl")

    corrected(console)
    assert looks_the_same(story, size)


@SIZES
def test_declaring(looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "n")
        await types(pilot, "Checkout errors affecting users")
        await press(pilot, "enter", "2")

    assert looks_the_same(story, size)


@SIZES
def test_composing(console: Console, looks_the_same: Looks, size: Size) -> None:
    """Update #2 with a picked entry, and words that promise a time."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "u", "shift+tab", "space", "enter", "ctrl+u")
        await types(pilot, "Rolling back; should be back in 20 minutes")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_picking(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "r", "down")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_severity(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "S", "6")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_escalating(console: Console, looks_the_same: Looks, size: Size) -> None:
    """A trigger that was worked out, one that was asked for, and the commander's word."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "e", "down", "down", "n")
        await answers(pilot, "a", "wants refunds approved first")

    console.half_told().apply(acts.facts.fact(PLAYBOOK, "customers", "Acme, Globex"))
    assert looks_the_same(story, size)


@SIZES
def test_decisions(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "D", "down")

    session = console.half_told()
    (search,) = session.apply(
        acts.decisions.decision("Checkout before search", "it earns the money", asked_by="Marcus")
    )
    session.apply(acts.decisions.review(search, "reversed", "search is down altogether"))
    assert looks_the_same(story, size)


@SIZES
def test_own_clocks_cost_and_advice(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "i")

    session = console.half_told()
    session.apply(
        acts.facts.fact(PLAYBOOK, "revenue_per_hour", "$32k"),
        acts.timers.start_timer("check with Priya", console.clock() + 10 * MINUTE, 0, CET),
    )
    assert looks_the_same(story, size)


@SIZES
def test_help(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_palette(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+p")
        await types(pilot, "clock")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_resolved(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await answers(pilot, "x", "-2m rolled back to v2.3.1, error rate is normal")

    console.half_told()
    assert looks_the_same(story, size)


@SIZES
def test_post_mortem(console: Console, looks_the_same: Looks, size: Size) -> None:
    """A section being written, with blame in it."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "enter", "P", *["down"] * 6, "enter")
        await types(pilot, "The alert waits for 15 minutes. Marcus forgot to change that.")
        await until(pilot, lambda: "⚠" in screen_text(pilot))

    session = console.half_told()
    console.clock.advance(minutes=15)
    session.apply(
        acts.lifecycle.resolve("Rolled back to v2.3.1"),
        acts.post_mortem.write_section("trigger", "The deploy of payment service v2.4.0"),
    )
    assert looks_the_same(story, size)


def recovering(console: Console) -> None:
    """The half-told incident, resolved and announced, with some of recovery done; the first hour is nearly over."""
    session = console.half_told()
    session.apply(acts.lifecycle.resolve("rolled back to v2.3.1, error rate is normal"))
    console.clock.advance(minutes=20)
    session.apply(
        acts.recovery.set_item(PLAYBOOK, "verified", "done", "error rate at 0.1 % since 03:50"),
        acts.recovery.set_item(PLAYBOOK, "channel", "skipped", "it is the team's own channel"),
        acts.recovery.assign(PLAYBOOK, "customers", "Ana Souza"),
        acts.milestones.set_milestone(session.incident, "mitigated", console.clock() - 25 * MINUTE, "the graphs", CET),
        acts.milestones.set_milestone(session.incident, "fixed", console.clock() - 28 * MINUTE, "the deploy log", CET),
    )
    console.clock.advance(minutes=33)


@SIZES
def test_recovering(console: Console, looks_the_same: Looks, size: Size) -> None:
    recovering(console)
    assert looks_the_same(_opens_first, size)


@SIZES
def test_recovery(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _opens_first(pilot)
        await press(pilot, "R", "down")

    recovering(console)
    assert looks_the_same(story, size)


@SIZES
def test_milestones(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _opens_first(pilot)
        await press(pilot, "R", "m", "down")

    recovering(console)
    assert looks_the_same(story, size)


async def _opens_first(pilot: Pilot[None]) -> None:
    """Open the incident from the start screen, which shows while nothing is open."""
    await press(pilot, "enter")


def test_too_small_a_terminal(console: Console, looks_the_same: Looks) -> None:
    console.half_told()
    assert looks_the_same(size=(40, 10))


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, id="light"),
        pytest.param({"TERM": "xterm"}, id="ansi-dark"),
        pytest.param({"TERM": "xterm", "COLORFGBG": "0;15"}, id="ansi-light"),
        pytest.param({"TERM": "xterm-256color", "NO_COLOR": "1"}, id="no-color"),
    ],
)
def test_colours(console: Console, looks_the_same: Looks, monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> None:
    if "NO_COLOR" in env:
        monkeypatch.setenv("NO_COLOR", env["NO_COLOR"])  # Textual reads its own environment
    console.env = env
    console.start_again()

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "u")

    console.half_told()
    assert looks_the_same(story)


@SIZES
def test_a_timeline_that_was_pasted(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "I")
        await pastes(pilot, _PASTED)
        await press(pilot, "down", "down", "down", "space", "down", "k", "up", "enter")

    console.declare("Search is slow for some users", 3)
    console.workspace.remember("incident", "")
    assert looks_the_same(story, size)


_PASTED = """# Login errors, 2025-11-03 (times in CET)
- 18:50 PagerDuty alert: login 5xx
- ~19:00 Priya: customers report that login fails
Handover at eight, see the channel
- 19:12 Decided to roll back, because that is faster than a fix and was rehearsed last month
- ??:?? Somebody restarted the cache
- 19:40 Rolled back to v2.3.1
- 19:30 Support was told by mail
- 19:55 All services back to normal
"""
