"""After the fix: recovery in the checklist's place and on its own screen, milestones, stage and closing."""

from __future__ import annotations

import re

from textual.pilot import Pilot

from tests.conftest import Clock
from tests.console import (
    LARGE,
    PLAYBOOK,
    SIZES,
    SMALL,
    Console,
    Size,
    answers,
    choices,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
)
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.recovery import RecoveryScreen
from warroom.screens.start import StartScreen
from warroom.session import Session
from warroom.widgets.checklist import ChecklistPane


def resolved(console: Console, severity: int = 2) -> Session:
    """An incident that was resolved ten minutes ago; nobody had been told of it."""
    session = console.declare("Checkout errors", severity)
    console.clock.advance(minutes=30)
    session.apply(acts.lifecycle.resolve("rolled back"))
    console.clock.advance(minutes=10)
    return session


def now(console: Console, session: Session) -> Snapshot:
    """The incident as the file has it."""
    return console.workspace.open(session.incident.id).snapshot()


def state(console: Console, session: Session, item: str) -> str:
    found = now(console, session).recovery.item(item)
    assert found is not None
    return found.state


def elsewhere(console: Console, pilot: Pilot[None], session: Session, *drafts: Draft) -> None:
    """Log something from another process, which the incident below the screen on top has read already."""
    other = Console(console.folder, Clock())
    other.workspace.open(session.incident.id).apply(*drafts)
    other.close()
    [below] = [screen for screen in pilot.app.screen_stack if isinstance(screen, IncidentScreen)]
    below.session.poll()


@SIZES
async def test_recovery_takes_the_checklists_place(console: Console, size: Size) -> None:
    session = resolved(console)
    async with console.opened(size, session.incident.id) as pilot:
        text = screen_text(pilot)
        assert "Recovery · 0 of 13" in text
        assert "▸ First hour" in text
        assert "0/5  by 04:47" in text
        assert "0/4  by Tue 03:47" in text
        assert "The fix works (verified): due 04:47 CET" in text
        await press(pilot, "space")
        assert notice(pilot) == "Done: The fix works (verified)"
        assert "Recovery · 1 of 13" in screen_text(pilot)
        assert pilot.app.screen.query_one(ChecklistPane).cursor == "recurrence"
        await answers(pilot, "v", "watched the error rate for 10 min")
        assert state(console, session, "recurrence") == "done"
        await press(pilot, "ctrl+z", "ctrl+z")
        assert (state(console, session, "recurrence"), state(console, session, "verified")) == ("open", "open")
        await press(pilot, "home")
        await answers(pilot, "v", "-2m error rate is normal")
        assert state(console, session, "verified") == "done"
        milestone = next(found for found in now(console, session).milestones if found.id == "verified")
        assert (milestone.at, milestone.source) == (console.clock() - 2 * MINUTE, "error rate is normal, Dana")
        console.clock.advance(minutes=51)
        pilot.app.screen.beat()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "1/5  LATE since 04:47" in screen_text(pilot)


async def test_what_is_optional_is_called_so_and_a_cancelled_incident_keeps_its_checklist(console: Console) -> None:
    session = resolved(console, 3)
    async with console.opened(LARGE, session.incident.id) as pilot:
        text = screen_text(pilot)
        assert re.search(r"· Watch for recurrence +optional", text)
        assert re.search(r"· First 24 h +0/4  optional", text)
    console.start_again()
    other = console.declare("Search is slow", 2)
    other.apply(acts.lifecycle.cancel("a drill"))
    async with console.opened(LARGE, other.incident.id) as pilot:
        assert "First 30 minutes · 0 of 12" in screen_text(pilot)
        await press(pilot, "R")
        assert "A cancelled incident has no recovery" in screen_text(pilot)
        await press(pilot, "escape", "g")
        assert "Stage: cancelled: false alarm" in screen_text(pilot)
        assert "●" not in screen_text(pilot)
        await press(pilot, "end", "enter")
        assert notice(pilot) == "Only a resolved incident can be closed"
        await answers(pilot, "g", "home", "enter", "it was real")
        assert "DETECTION" in screen_lines(pilot)[0]


async def test_the_screen_of_recovery_shows_what_is_owed_next_and_takes_every_step(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "enter")  # the NOW line
        assert isinstance(pilot.app.screen, RecoveryScreen)
        assert screen_lines(pilot)[1].strip() == "Next: The fix works (verified), by 04:47 CET, 50:00 left"
        await press(pilot, "space")
        assert "✓ The fix works (verified)" in screen_text(pilot)
        assert "done 03:57 Dana" in screen_text(pilot)
        assert screen_lines(pilot)[1].startswith(" Next: Watch for recurrence")
        await press(pilot, "down", "down")
        await answers(pilot, "x", " ")
        assert "needs a reason" in notice(pilot)
        await types(pilot, "it is the team's own channel")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RecoveryScreen)
        assert "not doing 03:57 Dana" in screen_text(pilot)
        assert "it is the team's own channel" in screen_text(pilot)
        assert state(console, session, "channel") == "skipped"
        await press(pilot, "down")
        await answers(pilot, "w", "Ana")
        await answers(pilot, "v", "in the channel")
        thanks = now(console, session).recovery.item("thanks")
        assert thanks is not None
        assert (thanks.owner, thanks.state, thanks.note) == ("Ana", "done", "in the channel")
        await press(pilot, "space")
        assert state(console, session, "thanks") == "open"
        await press(pilot, "ctrl+z")
        assert state(console, session, "thanks") == "done"
        await press(pilot, "home")
        await answers(pilot, "s", "asleep until then")
        assert "snoozed until" in screen_text(pilot)
        await press(pilot, "end")
        console.clock.advance(minutes=60)
        pilot.app.screen.show()
        await settled(pilot)
        assert screen_lines(pilot)[1].startswith(" LATE by 10 min: Watch for recurrence, due 04:47 CET")
        elsewhere(console, pilot, session, acts.lifecycle.reopen("it is back"))
        await press(pilot, "x")  # of an item that is there no longer
        assert isinstance(pilot.app.screen, RecoveryScreen)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, RecoveryScreen)


async def test_milestones_are_set_and_corrected_with_how_that_is_known(console: Console) -> None:
    session = console.declare("Checkout errors")
    console.clock.advance(minutes=30)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "R")
        assert "Recovery begins once the incident is resolved; m shows" in screen_text(pilot)
        await press(pilot, "space")
        assert "Recovery begins" in notice(pilot)
        await press(pilot, "m")
        assert len(choices(pilot)) == 9
        assert choices(pilot)[0].split("  ")[0] == "Began"
        assert "not known" in choices(pilot)[1]
        await answers(pilot, "down", "down", "down", "down", "enter", "-10m traffic went to the standby")
        assert "traffic went to the standby, Dana" in choices(pilot)[4]
        await answers(pilot, "down", "enter", "-15m")
        assert "▲ before “Mitigated”" in choices(pilot)[5]
        await answers(pilot, "enter", "-")
        assert "not known" in choices(pilot)[5]
        await answers(pilot, "home", "enter", "-40m first errors")
        await press(pilot, "escape", "escape")
    assert now(console, session).incident.began == console.clock() - 40 * MINUTE


async def test_going_back_a_stage_needs_a_reason_and_before_the_fix_it_reopens(console: Console) -> None:
    session = console.declare("Checkout errors")
    session.apply(acts.roles.assign(PLAYBOOK, session.incident, "ic", "Priya"))
    assert session.incident.stage == "response"
    async with console.opened(LARGE) as pilot:
        await press(pilot, "g")
        assert "●" in screen_text(pilot)
        assert "Closed" in choices(pilot)[-1]
        await press(pilot, "up", "enter", "enter")
        assert "needs a reason" in notice(pilot)
        await types(pilot, "it was SEV3 all along")
        await press(pilot, "enter")
        assert now(console, session).incident.stage == "triage"
        await press(pilot, "ctrl+z")
        assert now(console, session).incident.stage == "response"
        await press(pilot, "g", "end", "enter")
        assert "Only a resolved incident can be closed; x resolves it first" in notice(pilot)
        await answers(pilot, "x", "rolled back")
        await answers(pilot, "g", "up", "enter", "errors are back")
        assert (now(console, session).incident.state, now(console, session).incident.stage) == ("open", "response")
        await answers(pilot, "x", "rolled back again")
        assert "Recovery · 0 of 13 · round 2" in screen_text(pilot)
        await press(pilot, "g", "end", "enter", "down", "enter", "enter")
        await press(pilot, "g")
        assert "● Closed" in screen_text(pilot)


async def test_closing_with_something_owed_asks_once_and_it_stays_owed(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "x")
        assert "Something is still owed" in screen_text(pilot)
        assert "Owed: The fix works (verified), Watch for recurrence and 11 more" in screen_text(pilot)
        assert [row.split("  ")[0] for row in choices(pilot)] == ["Not yet", "Close it; what is owed stays owed"]
        await press(pilot, "enter")
        assert now(console, session).incident.state == "resolved"
        await press(pilot, "x", "down", "enter")
        assert "The post-mortem stays owed" in notice(pilot)
        await types(pilot, "until Monday")
        await press(pilot, "enter")
        assert now(console, session).incident.follow_up_goes_on
        assert "CLOSED" in screen_lines(pilot)[0]
        assert "First hour: 5 open" in screen_text(pilot)
        assert "The fix works (verified): due 04:47 CET" in screen_text(pilot)
        await press(pilot, "1", "space")
        assert state(console, session, "verified") == "done"
        await press(pilot, "ctrl+z")
        assert state(console, session, "verified") == "open"
        await answers(pilot, "R", "x", "the vendor does")
        assert state(console, session, "verified") == "skipped"
        await press(pilot, "escape")
        await answers(pilot, "z", "asleep")
        assert "snoozed until" in screen_text(pilot)


async def test_with_nothing_owed_closing_does_not_ask(console: Console) -> None:
    session = resolved(console, 4)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await answers(pilot, "x", "bye")
        assert "NOW ▸ Stand by; the incident is closed" in screen_lines(pilot)[1]
        await press(pilot, "ctrl+n")
        assert isinstance(pilot.app.screen, StartScreen), "NOW leads to other incidents, not to reopening this one"
    assert (now(console, session).incident.state, now(console, session).incident.follow_up_goes_on) == ("closed", False)
    assert not now(console, session).clocks


async def test_the_post_mortem_and_action_items_are_a_key_away_and_tick_their_items(console: Console) -> None:
    session = resolved(console)
    async with console.opened(LARGE, session.incident.id) as pilot:
        await press(pilot, "R")
        for key in ("P", "A"):
            await press(pilot, key)
            await settled(pilot)
            assert not isinstance(pilot.app.screen, RecoveryScreen)
            await press(pilot, "escape")
            await settled(pilot)
            assert isinstance(pilot.app.screen, RecoveryScreen), key
        elsewhere(
            console,
            pilot,
            session,
            acts.action_items.add("Canary first", purpose="prevent"),
            acts.post_mortem.set_state("waived", because="the vendor writes it"),
        )
        await press(pilot, "end", "up", "up")
        screen = pilot.app.screen
        assert isinstance(screen, RecoveryScreen)
        screen.show()
        await settled(pilot)
        assert "✓ Complete the post-mortem" in screen_text(pilot)
        assert "✓ Action items to prevent it" in screen_text(pilot)
        await press(pilot, "up", "space")  # the post-mortem is not ticked by hand
        await settled(pilot)
        assert "post_mortem" in getattr(pilot.app.screen, "PLACES", ())
