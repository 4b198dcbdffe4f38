"""A clock that runs out is noticed whatever screen is open, and looking at the clocks of all incidents costs little."""

from __future__ import annotations

import pytest

from tests.console import (
    LARGE,
    PLAYBOOK,
    SMALL,
    Console,
    choices,
    console_app,
    incident_screen,
    own_clock,
    press,
    screen_text,
    second,
    settled,
    types,
)
from warroom.model import acts
from warroom.model.entries import Entry
from warroom.model.summary import IncidentSummary
from warroom.model.times import MINUTE
from warroom.screens.start import StartScreen
from warroom.screens.watch import Due, Watch
from warroom.store.errors import Busy
from warroom.store.journal import Journal


@pytest.mark.parametrize(
    "keys", [(), ("l", "x"), ("e",), ("question_mark",), ("p",), ("n",), ("u",), ("r",), ("slash",), ("ctrl+p",)]
)
async def test_a_clock_of_another_incident_that_runs_out_is_told_on_every_screen(
    console: Console, bells: list[str], keys: tuple[str, ...]
) -> None:
    own_clock(console, "Search is slow", 4)
    mine = console.declare("Checkout errors", 2)
    async with console.opened(SMALL, mine.incident.id, toasts=True) as pilot:
        await second(pilot)
        await press(pilot, *keys)
        console.clock.advance(minutes=5, seconds=1)
        for _ in range(3):
            await second(pilot)
            console.clock.advance(seconds=1)
        assert "LATE in “Search is slow” (ck14): Ask the vendor." in screen_text(pilot)
        assert {"": "o opens", "l": "esc,"}.get("".join(keys)[:1], "Ask the vendor.") in screen_text(pilot)
        assert bells == ["SEV4 Ask the vendor LATE · Search is slow"]


async def test_a_clock_rings_again_after_its_snooze_and_the_key_goes_to_its_incident(
    console: Console, bells: list[str]
) -> None:
    late = own_clock(console, "Search is slow", 4)
    console.declare("Login fails", 1)
    mine = console.declare("Checkout errors", 2)
    other = Console(console.folder, console.clock)
    async with console.opened(incident=mine.incident.id, toasts=True) as pilot:
        await second(pilot)
        console.clock.advance(minutes=5, seconds=1)
        await second(pilot)
        session = other.workspace.open(late)
        [clock] = [clock for clock in session.snapshot().clocks if clock.label == "Ask the vendor"]
        until = console.clock() + 30_000
        session.apply(acts.timers.snooze(clock.label, clock.id, clock.due, until, "they call back"))
        await second(pilot)
        assert "min · " in console_app(pilot).terminal_title  # nothing is late
        console.clock.advance(seconds=31)
        await second(pilot)
        assert len(bells) == 2
        await press(pilot, "o", "enter")
        await settled(pilot)
        assert "Search is slow" in screen_text(pilot).splitlines()[0]
        assert "LATE in" not in screen_text(pilot)
    other.close()


async def test_the_incident_on_the_screen_only_rings_but_is_named_when_it_is_covered(
    console: Console, bells: list[str]
) -> None:
    mine = own_clock(console, "Search is slow", 4)
    console.workspace.open(mine).apply(acts.timers.start_timer("Ask support", console.clock() + 5 * MINUTE, 0))
    async with console.opened(incident=mine, toasts=True) as pilot:
        console.clock.advance(minutes=5, seconds=1)
        await second(pilot)
        assert len(bells) == 1
        assert "LATE in" not in screen_text(pilot)
        await press(pilot, "question_mark")
        console.clock.advance(minutes=1)
        await second(pilot)
        assert "LATE in “Search is slow” (ck14): Ask support." in screen_text(pilot)


@pytest.mark.parametrize(
    ("size", "words"), [(LARGE, "1 other LATE (o)"), (SMALL, "1 other LATE (o)"), ((60, 20), "o: 1 LATE")]
)
async def test_the_top_line_goes_on_saying_that_another_incident_is_late(
    console: Console, size: tuple[int, int], words: str
) -> None:
    own_clock(console, "Search is slow", 4)
    mine = console.declare("Checkout errors affecting many people in Europe", 2)
    async with console.opened(size, incident=mine.incident.id) as pilot:
        console.clock.advance(minutes=6)
        await second(pilot)
        incident_screen(pilot).beat()
        await pilot.pause()
        line = screen_text(pilot).splitlines()[0]
        assert line.rstrip().endswith(f"IC not known   {words}")
        assert "Checkout" in line


async def test_a_locked_file_is_no_failure_and_is_read_a_second_later(
    console: Console, bells: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = console.declare("Checkout errors", 2)
    async with console.opened(incident=mine.incident.id, toasts=True) as pilot:
        await second(pilot)
        own_clock(console, "Search is slow", 1)

        def locked(journal: Journal) -> int:
            raise Busy("locked")

        with monkeypatch.context() as context:
            context.setattr(Journal, "last_seq", locked)
            await second(pilot)
        await second(pilot)
        console.clock.advance(minutes=2, seconds=1)
        await second(pilot)
        assert "LATE in “Search is slow”" in screen_text(pilot)
        await types(pilot, "l")
        assert len(bells) == 1


def test_other_incidents_are_read_once_for_each_change_and_closed_ones_never(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = console.workspace.journal
    with journal.writing() as writer:
        for number in range(200):
            incident = f"closed{number}"
            for draft in (
                acts.lifecycle.declare("Old", 2, now=console.clock()),
                acts.lifecycle.resolve("fixed"),
                acts.lifecycle.close(""),
            ):
                writer.append(incident, draft, author="Dana")
    first, again = console.declare("Checkout errors", 2), console.declare("Search is slow", 3)
    read: list[str] = []
    state = Journal.state

    def counted(journal: Journal, incident: str) -> list[Entry]:
        read.append(incident)
        return state(journal, incident)

    monkeypatch.setattr(Journal, "state", counted)
    watch = Watch(console.workspace)
    for _ in range(100):
        watch.read()
        assert watch.ring() == []
        console.clock.advance(seconds=1)
    assert sorted(read) == [first.incident.id, again.incident.id]
    first.apply(acts.log.note("nothing that a clock depends on"))
    watch.read()
    assert len(read) == 2
    again.apply(acts.roles.assign(PLAYBOOK, again.incident, "ic", "Priya"))
    watch.read()
    watch.read()
    assert read[2:] == [again.incident.id]
    due = watch.most_urgent()
    assert due is not None
    assert due.title(PLAYBOOK) == "SEV2 Phase 0–5 3 min · Checkout errors"


async def test_a_second_looks_only_at_what_is_in_view_and_at_what_becomes_owed_by_then(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    with console.workspace.journal.writing() as writer:
        for number in range(60):
            for draft in (
                acts.lifecycle.declare(f"Old {number}", 2, now=console.clock()),
                acts.lifecycle.resolve("fixed"),
                acts.lifecycle.close(owes=True),
            ):
                writer.append(f"past{number}", draft, author="Dana")
    item = console.declare("Nothing owed but an item", 4)
    item.apply(acts.action_items.add("Renew the contract", owner="Bo", due="2026-11-24"))
    item.apply(acts.lifecycle.resolve("by itself"), acts.lifecycle.close())
    async with console.opened((60, 16)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        for _ in range(4):  # the clocks of twenty are read in a second
            console.clock.advance(seconds=1)
            screen.beat()
        looked: list[str] = []
        next_due, overdue = Watch.next_due, IncidentSummary.overdue_items

        def counted_due(watch: Watch, id: str) -> Due | None:
            looked.append(id)
            return next_due(watch, id)

        def counted_items(brief: IncidentSummary, today: str) -> int:
            looked.append(brief.id)
            return overdue(brief, today)

        monkeypatch.setattr(Watch, "next_due", counted_due)
        monkeypatch.setattr(IncidentSummary, "overdue_items", counted_items)
        for _ in range(3):
            looked.clear()
            console.clock.advance(seconds=1)
            screen.beat()
            assert 0 < len(set(looked)) < 10
        await press(pilot, "f", "f")
        assert "Something owed after the fix" in screen_text(pilot)
        assert len(choices(pilot)) == 60
        console.clock.advance(hours=46)  # the item was due yesterday
        screen.beat()
        await pilot.pause()
        assert len(choices(pilot)) == 61
