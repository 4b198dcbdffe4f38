"""What to have ready, on its screen: filled in by keys, checked, cleared, taken back, and told on the start screen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import cast

from tests.console import (
    SMALL,
    TERMINAL,
    Console,
    answers,
    choices,
    composer_values,
    keep,
    notice,
    press,
    screen_text,
    types,
    until,
    words_in_line,
)
from warroom.model import ids
from warroom.model.people import Person
from warroom.model.people_changes import on_call, saved
from warroom.model.times import HOUR
from warroom.screens.incident.offers import offer
from warroom.screens.incident.page import IncidentPage
from warroom.widgets.logline import LogLine
from warroom.workspace import Workspace

DAY = 24 * HOUR


async def test_filled_in_by_keys_from_the_start_screen(console: Console) -> None:
    async with console.opened() as pilot:
        assert "ready: 0 of 14 · R" in screen_text(pilot)
        await press(pilot, "R")
        assert "begin with the first: enter" in screen_text(pilot)
        await answers(pilot, "enter", "#incidents")
        assert notice(pilot) == "Kept: Channel or bridge"
        await press(pilot, "down", "c")
        assert "first give it: On-call engineer" in notice(pilot)
        await answers(pilot, "enter", "Marcus, +49 170 5550100")
        assert "2 of 3 · enter skips · esc ends" in screen_text(pilot)
        await answers(pilot, "pager.example.com")
        assert "begins with http" in notice(pilot)
        await press(pilot, "home")
        await types(pilot, "https://")
        await press(pilot, "enter", "enter")
        assert "ready: 2 of 14" in screen_text(pilot)
        await press(pilot, "enter")
        assert [row.split("  ")[0] for row in choices(pilot)][:2] == ["On-call engineer", "The schedule's link"]
        await press(pilot, "escape")
        await answers(pilot, "g", "soon")
        assert notice(pilot) == "'soon' is no number of days from 1 to 3660"
        await press(pilot, "ctrl+u")
        await answers(pilot, "30 days")
        assert "30 days left" in screen_text(pilot)
        await answers(pilot, "x", "he left")
        assert "cleared: he left" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert "Goes into: the on-call engineer of the next incident" in screen_text(pilot)
        assert "30 days left" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert " 7 days left" in screen_text(pilot)
        for _ in range(3):
            await press(pilot, "ctrl+z")
        assert "ready: 0 of 14" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "You have done nothing here yet that can be taken back"
        await press(pilot, *["down"] * 2, "c", "down", "c", "enter")
        assert "SEV1 Critical: Full outage" in screen_text(pilot)
        await press(pilot, "escape", *["down"] * 5, "enter")
        await types(pilot, "Search node")
        await press(pilot, "enter")
        await types(pilot, "Certificate")
        await press(pilot, "ctrl+g")
        assert "Known risks: Search node / Certificate" in screen_text(pilot)
        await press(pilot, "escape")
        assert "ready: 3 of 14 · R" in screen_text(pilot)
        console.clock.at += 40 * DAY
        await until(pilot, lambda: "ready: 2 of 14, 1 stale · R" in screen_text(pilot))


async def test_what_was_kept_ready_is_used_by_the_next_incident(console: Console) -> None:
    keep(console, "channel", channel="#incidents")
    keep(console, "on-call", engineer="Marcus, +49 170 5550100", schedule="https://pager.example.com")
    keep(console, "runbook", runbook="https://wiki.example.com/runbook")
    keep(console, "templates", wording="We are on it.", procedure="Lena may\nlog in at status.example.com")
    keep(console, "escalation", path="Lena\nthen the VP")
    keep(console, "distribution", leadership="boss@example.com")
    keep(console, "risks", risks="The certificate of checkout runs out\nOne search node only")
    console.clock.at += 10 * DAY
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await until(pilot, lambda: "Known risk: The certificate of checkout runs out" in screen_text(pilot))
        await press(pilot, "enter", "2", "ctrl+g")
        await press(pilot, "r", "down", "enter")
        assert words_in_line(pilot) == "Marcus, +49 170 5550100"
        assert "kept ready, but checked 10 days ago: stale" in screen_text(pilot)
        await press(pilot, "enter")
        assert console.last().text == "On-call engineer: Marcus (+49 170 5550100)"
        await press(pilot, "r", "down", "down", "enter")
        assert words_in_line(pilot) == ""
        await press(pilot, "escape", "p")
        assert "Somebody asks for the runbook:\nhttps://wiki.example.com/runbook" in screen_text(pilot)
        await press(pilot, "escape", "e")
        assert "Who is told, in this order: Lena / then the VP" in screen_text(pilot)
        await press(pilot, "escape", "f")
        assert "#incidents (kept ready)" in screen_text(pilot)
        assert "https://wiki.example.com/runbook (kept ready)" in screen_text(pilot)
        await press(pilot, "escape", "m", "down", "down", "down", "enter")
        assert composer_values(pilot)["status"] == "We are on it."
        await press(pilot, "escape", "F", "F", "F", "F")
        assert "How the status page is changed: Lena may / log in at status.example.com" in screen_text(pilot)


async def test_a_new_file_asks_once_for_what_is_needed_right_now(console: Console) -> None:
    console.workspace.keep("first start", None)
    console.close()
    by_login = {
        login: Workspace(console.path, now=console.clock, env={**TERMINAL, "LOGNAME": login}, config=console.config)
        for login in ("root", "ubuntu")
    }
    console.workspace = by_login["root"]
    async with console.opened(SMALL) as pilot:
        assert "incident channel; who is on call" in screen_text(pilot)
        await press(pilot, "enter")
        assert "So far the log and every message say root." in screen_text(pilot)
        await answers(pilot, "x" * 201)
        assert "may have at most 200 characters" in notice(pilot)
        await answers(pilot, "ctrl+u", "Dana Reyes")
        assert notice(pilot) == "The log and messages say Dana Reyes from now on"
        await answers(pilot, "#incidents")
        assert console.last().author == "Dana Reyes"
        assert "2 of 5: who is on call" in screen_text(pilot)
        await press(pilot, "enter")
        await answers(pilot, "pager")
        assert "begins with http" in notice(pilot)
        await press(pilot, "ctrl+u", "enter", "enter")
        assert "4 of 5: message templates at hand" in screen_text(pilot)
        await press(pilot, "v")
        assert "Initial acknowledgement" in screen_text(pilot)
        await press(pilot, "escape", "y")
        assert "5 of 5: severity criteria" in screen_text(pilot)
        await press(pilot, "enter")
        assert notice(pilot) == "3 things for right now are left: R on the start screen, whenever you have time"
        assert "ready: 2 of 14 · R" in screen_text(pilot)
        await press(pilot, "R", "b")
        await types(pilot, "Mar")
        await press(pilot, "escape", "down", "enter")
        assert pilot.app.screen.query_one(LogLine).input.value == "Mar"  # typed before, and not lost
        await press(pilot, "escape", "b", "ctrl+u")
        for _ in range(9):
            if "How you sign messages" in screen_text(pilot):
                break
            await press(pilot, "enter")
        assert "So far the log and every message say Dana Reyes." in screen_text(pilot)
        await answers(pilot, "Dana R. Reyes")
        assert console.workspace.author == "Dana R. Reyes"
        await press(pilot, "home", *["down"] * 11, "enter", "escape")
        assert notice(pilot) == "If you have looked at the numbers, press c"
    async with console.opened() as pilot:
        assert "Nothing is open" in screen_text(pilot)
    console.close()
    console.workspace = by_login["ubuntu"]
    console.workspace.open_journal()
    assert (console.workspace.author, console.workspace.is_unsigned) == ("ubuntu", True), (
        "another login is somebody else"
    )


def test_who_is_on_call_by_the_rota_goes_before_what_was_kept(console: Console) -> None:
    keep(console, "on-call", engineer="Marcus, +49 170 5550100", schedule="https://pager.example.com")
    role = console.workspace.playbook.role("on-call")
    assert role is not None
    now, people = console.clock.at, console.workspace.register(ids.REGISTER_PEOPLE)
    page = cast(IncidentPage, SimpleNamespace(playbook=console.workspace.playbook, workspace=console.workspace))
    kept = ("Marcus, +49 170 5550100", "kept ready; enter takes it · https://pager.example.com")
    assert offer(page, role) == kept
    people.append(lambda before: [saved(Person("marcus", "Marcus Lee", phone="0170 / 555 01 00"))], author="Lena")
    assert offer(page, role).text == "Marcus Lee, +49 170 5550100"
    people.append(lambda before: [saved(Person("marcus", "Marcus Lee", phone="+49 30 1234567"))], author="Lena")
    assert offer(page, role) == kept, "it may be another Marcus"
    shifts = [on_call(name, None, f"of {name}", now - HOUR, now + HOUR) for name in ("Priya", "Sam")]
    people.append(lambda before: shifts[:1], author="Lena")
    assert offer(page, role) == ("Priya", "on call now; enter takes it")
    people.append(lambda before: shifts[1:], author="Lena")
    assert offer(page, role) == ("", "several are on call now: ↓ chooses")
    console.clock.at += 2 * HOUR
    assert offer(page, role).text == "Marcus, +49 170 5550100"


async def test_what_can_not_be_saved_at_once_stays_in_the_line(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "R", "enter")
        await types(pilot, "#incidents")
        with closing(sqlite3.connect(console.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await press(pilot, "enter")
            assert notice(pilot).startswith("Not saved: ")
            assert pilot.app.screen.query_one(LogLine).input.value == "#incidents"
            other.execute("ROLLBACK")
        await press(pilot, "enter")
        assert "ready: 1 of 14" in screen_text(pilot)


async def test_an_incident_waits_for_no_question(console: Console) -> None:
    console.workspace.keep("first start", None)
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await press(pilot, "enter", "2", "ctrl+g")
        assert console.last().text == "Declared SEV2: Checkout errors"
    console.workspace.keep("first start", None)
    console.workspace.remember("incident", "")
    async with console.opened() as pilot:  # an incident is there, and nobody asks
        assert "Before the first incident" not in screen_text(pilot)
