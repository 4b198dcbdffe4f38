"""How the screens about all incidents look: the lists, the numbers, the people, what is ready, a drill's report."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.console import (
    LARGE,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    keep,
    press,
    settled,
    types,
)
from tests.practice import Practice
from tests.snapshot.conftest import Looks
from tests.stories import a_year, learned_from
from warroom.model import acts
from warroom.model.kinds.messages import MessageSent
from warroom.model.people import Person
from warroom.model.people_changes import on_call, saved
from warroom.model.times import HOUR, MINUTE
from warroom.screens.drill.report import ReportScreen

SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
Size = tuple[int, int]


@SIZES
def test_start(console: Console, looks_the_same: Looks, size: Size) -> None:
    over = console.declare("Search is slow for some users", 3)
    console.clock.advance(minutes=50)
    over.apply(acts.lifecycle.resolve("index rebuilt"))
    over.apply(acts.lifecycle.close())
    console.declare("Nightly export failed", 4)
    console.clock.advance(minutes=20)
    console.declare("Checkout errors affecting users", 2)
    assert looks_the_same(size=size)


def many_incidents(console: Console) -> None:
    """Five that are over, each in another way, the checkout incident, and one just declared."""
    now = console.clock.at
    console.clock.advance(hours=-40 * 24)
    for title, severity, system, minutes, how in (
        ("Certificate of the payment API expired", 1, "payment-api", 42, "Renewed the certificate by hand"),
        ("Search is slow for some users", 3, "search", 95, "Rebuilt the index"),
        ("Checkout errors after the deploy", 2, "checkout", 64, "Rolled back to v2.2.9"),
        ("Ping from a health check", 4, "", 3, ""),
        ("Login fails for single sign-on", 2, "login", 28, "Restarted the identity provider"),
    ):
        session = console.declare(title, severity)
        if system:
            session.apply(acts.facts.fact(PLAYBOOK, "system", system))
        for number in range(1, minutes // 25 + 1):
            console.clock.advance(minutes=24)
            sent = MessageSent("update", number, "leadership", title, title, promise=console.clock() + 20 * MINUTE)
            session.apply(acts.messages.send(sent, "Status update"))
        console.clock.advance(minutes=minutes % 25)
        if not how:
            session.apply(acts.lifecycle.cancel("the check itself was wrong"))
            continue
        session.apply(acts.lifecycle.resolve(how))
        session.apply(acts.action_items.add("Alert before it expires", owner="Priya", due="2026-11-20"))
        session.apply(acts.messages.send(MessageSent("resolution", 1, "leadership", title, how), "Resolution"))
        session.apply(acts.lifecycle.close(owes=system == "checkout"))
        console.clock.advance(hours=150)
    console.clock.at = now
    console.half_told()
    console.declare("Nightly export failed", 4)


def test_incidents_120x36(console: Console, looks_the_same: Looks) -> None:
    many_incidents(console)
    assert looks_the_same()


def test_incidents_found_80x24(console: Console, looks_the_same: Looks) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "slash")
        await types(pilot, "e")
        await press(pilot, "down")

    many_incidents(console)
    assert looks_the_same(story, SMALL)


@SIZES
def test_searching(console: Console, looks_the_same: Looks, size: Size) -> None:
    """All incidents, from the one that is open."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "enter", "slash", "tab")
        await types(pilot, "roll")

    many_incidents(console)
    assert looks_the_same(story, size)


def test_numbers_120x36(console: Console, looks_the_same: Looks) -> None:
    """Of ninety days; this picture is also the README's."""
    a_year(console.workspace, console.clock)
    assert looks_the_same(_numbers)


def test_numbers_80x24(console: Console, looks_the_same: Looks) -> None:
    a_year(console.workspace, console.clock)
    assert looks_the_same(_numbers, SMALL)


async def _numbers(pilot: Pilot[None]) -> None:
    await press(pilot, "G")
    await settled(pilot)
    await press(pilot, "down")


@SIZES
def test_action_items(console: Console, looks_the_same: Looks, size: Size) -> None:
    """Those of three incidents: overdue, soon, begun, done just now, and one that nobody owns."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "A", "end", "space", "home", "down", "down")

    follow_up(console)
    assert looks_the_same(story, size)


@SIZES
def test_adding_an_action_item(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await answers(pilot, "A", "a", "Alert when a deploy changes the error rate of checkout")
        await press(pilot, "down", "enter")

    follow_up(console)
    assert looks_the_same(story, size)


@SIZES
def test_an_action_item(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "A", "down", "enter")

    follow_up(console)
    assert looks_the_same(story, size)


@SIZES
def test_start_with_action_items(console: Console, looks_the_same: Looks, size: Size) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "o")

    follow_up(console)
    assert looks_the_same(story, size)


def follow_up(console: Console) -> None:
    """Three incidents and what is to be done about them, two days after the last one."""
    add, change = acts.action_items.add, acts.action_items.change
    search = console.declare("Search is slow for some users", 3)
    search.apply(
        add("Cache the search index, so that a restart doesn't take 40 minutes", owner="Bo", due="2026-11-24",
            purpose="mitigate", priority="normal"),
        add("Tell support before the status page", owner="Dana", due="2026-12-18", purpose="communicate",
            priority="low"),
        add("Measure how long a search takes for users in Asia", due="", purpose="detect", priority="low"),
    )  # fmt: skip
    export = console.declare("Nightly export failed", 4)
    export.apply(add("Retry the export by itself", owner="Chidi", due="2026-11-27", purpose="prevent", priority="low"))
    for session in (search, export):
        session.apply(acts.lifecycle.resolve("fixed"))
    mine = console.half_told()
    mine.apply(
        add("Alert on 5xx of the payment service by region", owner="Priya", due="2026-12-01", purpose="detect",
            priority="high"),
        add("Rehearse the rollback of the payment service", owner="Marcus", due="2026-12-08", purpose="mitigate",
            priority="normal", source=mine.snapshot().decisions[0].logged.key),
    )  # fmt: skip
    item = mine.snapshot().action_items[1]
    mine.apply(change(item.logged, state="doing"))
    mine.apply(change(item.logged, due="2026-12-15", because="the vendor's sandbox is down until then"))
    old = search.snapshot().action_items
    search.apply(change(old[1].logged, state="done"))
    console.workspace.remember("incident", mine.incident.id)
    console.clock.advance(hours=48)


def _sleeper(console: Console) -> Practice:
    """A drill of which somebody declared the incident, and slept."""
    practice = Practice(console.workspace, console.clock)
    practice.declare(6)
    practice.session.apply(acts.roles.assign(PLAYBOOK, practice.session.incident, "ic", "Priya"))
    return practice


@SIZES
def test_report_of_a_drill(console: Console, looks_the_same: Looks, size: Size) -> None:
    reported = _sleeper(console).judged(45)

    async def story(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(ReportScreen(console.workspace, reported))
        await press(pilot, "down", "down", "down")

    assert looks_the_same(story, size)


def test_post_mortems_to_read(console: Console, looks_the_same: Looks) -> None:
    learned_from(console.workspace, console.clock).apply(acts.post_mortem.set_state("done"))

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "o", "P")
        await settled(pilot)

    assert looks_the_same(story, SMALL)


@SIZES
def test_people(console: Console, looks_the_same: Looks, size: Size) -> None:
    """The list with all about the selected person, and a role being given to somebody who is on call."""
    now = console.clock()
    marcus = Person(
        "marcus", "Marcus Lee", "SRE", "Payments", ("payments", "ledger"), "+1 555 0100", "marcus@example.com",
        "@marcus", "America/New_York", "9-18", "deputy: Ana",
    )  # fmt: skip
    ana = Person("anacos", "Ana Costa", "VP Engineering", phone="+351 21 000 000", zone="Europe/Lisbon")
    kenji = Person(
        "kenjit", "Kenji Tanaka", "Database engineer", "Data", ("checkout db",), "+81 3 0000", zone="Asia/Tokyo"
    )
    console.workspace.register("people").append(
        lambda before: [
            *map(saved, (marcus, ana, kenji)),
            on_call(marcus.name, marcus, "payments", now, now + 9 * HOUR),
        ],
        author="Dana",
    )
    console.half_told()

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "at", "end")

    async def role(pilot: Pilot[None]) -> None:
        await press(pilot, "r", "down", "down", "enter")

    assert looks_the_same(story, size=size)
    if size == SMALL:
        console.start_again()
        assert looks_the_same(role, size=size)


@SIZES
def test_what_is_ready(console: Console, looks_the_same: Looks, size: Size) -> None:
    """Some of it ready, some stale, and the rest open."""

    async def story(pilot: Pilot[None]) -> None:
        await press(pilot, "R", "down")

    keep(console, "runbook", runbook="https://wiki.example.com/runbook")
    keep(console, "risks", risks="The certificate of checkout runs out\nOne search node only")
    console.clock.advance(hours=40 * 24)
    keep(console, "channel", channel="#incidents")
    keep(console, "on-call", engineer="Marcus, +49 170 5550100", schedule="https://pager.example.com/week")
    assert looks_the_same(story, size)
