"""The screen of people, and the people one key away from roles, escalation and the affected system."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual.pilot import Pilot

from tests.console import SMALL, Console, answers, choices, failed, incident_screen, notice, press, screen_text, types
from tests.pilot.conftest import Clipboard
from warroom.model import acts, ids, times
from warroom.model.entries import Draft
from warroom.model.people import Directory, Person
from warroom.model.people_changes import list_changed, on_call, saved
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.people.screen import PeopleScreen
from warroom.screens.start import StartScreen
from warroom.widgets.logline import LogLine
from warroom.widgets.person_rows import PersonRows
from warroom.widgets.suggestions import Suggestions

MARCUS = Person(
    "marcus",
    "Marcus Lee",
    "SRE",
    "Payments",
    ("payments", "ledger"),
    "+1 555 0100",
    "marcus@example.com",
    zone="America/New_York",
)
ANA = Person("anacos", "Ana Costa", "VP Engineering", "Leadership", phone="+351 21 000", zone="Europe/Berlin")
KENJI = Person(
    "kenjit", "Kenji Tanaka", "Database engineer", "Data platform", ("checkout db",), "+81 3 000", chat="@kenji"
)


def know(console: Console, *more: Draft, people: Iterable[Person] = (MARCUS, ANA, KENJI)) -> None:
    """Have people in the file, and what else is to be written."""
    register = console.workspace.register(ids.REGISTER_PEOPLE)
    register.append(lambda before: [*map(saved, people), *more], author="Dana")


def rows(pilot: Pilot[None]) -> list[str]:
    return [row.text for row in pilot.app.screen.query_one(PersonRows).rows]


def suggested(pilot: Pilot[None]) -> list[str]:
    found = pilot.app.screen.query_one(Suggestions)
    return [row.answer for row in found.rows] if found.display else []


def typed(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(LogLine).input.value


async def test_people_are_added_found_and_changed_by_keys_alone(
    console: Console, clipboard: Clipboard, tmp_path: Path
) -> None:
    (cards := tmp_path / "team.csv").write_text("name,phone,lists\nSam Roe,+44 1,leadership\nAna Costa,+351 99,\n,5,\n")
    event = "BEGIN:VEVENT\nSUMMARY:{}\nDTSTART;VALUE=DATE:202611{}\nEND:VEVENT\n"
    days = "".join(event.format(*one) for one in (("Kim", 22), ("Sam Roe - on call", 24), ("Kim", 26)))
    (rota := tmp_path / "rota.ics").write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Payments on-call\n{days}END:VCALENDAR\n")
    async with console.opened(SMALL) as pilot:
        assert isinstance(pilot.app.screen, StartScreen)
        await press(pilot, "at")
        assert isinstance(pilot.app.screen, PeopleScreen)
        assert "Nobody is known yet; a adds somebody" in screen_text(pilot)
        await answers(pilot, "a", "Ana Costa")
        assert notice(pilot) == "Added: Ana Costa"
        await answers(pilot, "VP")
        assert "“VP” is no phone number" in notice(pilot)
        await answers(pilot, "ctrl+u", "+351 21 000")
        await answers(pilot, "not an address")
        assert failed(pilot)
        assert typed(pilot) == "not an address"
        await press(pilot, "ctrl+u", "enter")
        await answers(pilot, "VP Engineering")
        await press(pilot, "escape")
        await answers(pilot, "a", "ana costa")
        assert notice(pilot) == "Ana Costa is there already; / finds them, e changes them"
        await press(pilot, "escape")

        await press(pilot, "e", "down", "down", "down", "enter")
        await answers(pilot, "payments, ledger")
        assert choices(pilot)[3] == "systems  payments, ledger"
        await press(pilot, "escape")
        (ana,) = console.workspace.people().people
        assert (ana.phone, ana.role, ana.systems) == ("+351 21 000", "VP Engineering", ("payments", "ledger"))
        await press(pilot, "L", "enter", "escape", "y")
        assert clipboard.texts == ["Ana Costa, +351 21 000"]
        assert "owns payments, ledger · lists: leadership" in screen_text(pilot)

        await answers(pilot, "I", str(cards))
        assert choices(pilot)[:2] == ["Take them in: 1 new, 1 changed, 0 as they were", "Take in nothing"]
        assert "left out: line 4: 5: there is no name" in screen_text(pilot)
        await press(pilot, "enter")
        assert rows(pilot) == ["Ana Costa", "Sam Roe"]
        await answers(pilot, "slash", "lead")
        assert rows(pilot) == []
        await press(pilot, "escape", "slash")
        await types(pilot, "payments")
        assert rows(pilot) == ["Ana Costa"]
        await press(pilot, "escape", "escape")

        await press(pilot, "o")
        await answers(pilot, "until 2020-01-01")
        assert "that ends before it begins" in notice(pilot)
        await answers(pilot, "ctrl+u", "until 2026-11-30")
        assert notice(pilot) == "Ana Costa is on call"
        await press(pilot, "f", "down", "enter")
        assert rows(pilot) == ["Ana Costa"]
        assert "on call, now and next · 1" in screen_text(pilot)
        await press(pilot, "x")
        assert console.workspace.people().on_call(console.clock()) == []
        await press(pilot, "ctrl+z")
        assert len(console.workspace.people().on_call(console.clock())) == 1
        await answers(pilot, "I", str(rota))
        assert choices(pilot)[0] == "Read 3 times on call for Payments"
        assert "left out: nobody of that name is known yet" in screen_text(pilot)
        await press(pilot, "enter", "f", "enter")
        assert rows(pilot) == ["Ana Costa", "Sam Roe", "Kim"]
        await press(pilot, "ctrl+z")
        assert rows(pilot) == ["Ana Costa"]
        await press(pilot, "f", "down", "enter", "x")
        assert notice(pilot) == "Removed: Ana Costa; ctrl+z brings them back"
        assert rows(pilot) == ["Sam Roe"]
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: Removed: Ana Costa"
        assert rows(pilot) == ["Sam Roe", "Ana Costa"]
        for _ in range(3):
            await press(pilot, "ctrl+z")
        assert [person.name for person in console.workspace.people().people] == ["Ana Costa"]
        await press(pilot, "a", "ctrl+u")
        await answers(pilot, "Half")
        await types(pilot, "+1 55")
    console.start_again()
    async with console.opened(SMALL) as pilot:
        assert {person.name for person in console.workspace.people().people} == {"Ana Costa", "Half"}
        await press(pilot, "at", "escape", "escape")
        assert isinstance(pilot.app.screen, StartScreen)


async def test_roles_escalation_and_owners_have_people_one_key_away(console: Console) -> None:
    console.half_told()
    hour = times.HOUR
    now = console.clock()
    leaders = Directory().lists[0]
    know(
        console,
        on_call(KENJI.name, KENJI, "checkout", now - hour, now + hour),
        on_call("Sam", None, "payments", now - hour, now + hour),
        list_changed(leaders, [ANA]),
    )
    async with console.opened() as pilot:
        await press(pilot, "r", "down", "enter", "enter")
        assert suggested(pilot) == ["Kenji Tanaka, +81 3 000", "Sam"], "who is on call for the affected system first"
        await press(pilot, "tab")
        assert typed(pilot) == "Kenji Tanaka, +81 3 000"
        await press(pilot, "enter")
        assert suggested(pilot) == []
        (held,) = incident_screen(pilot).session.incident.roles["on-call"]
        assert (held.body.name, held.body.contact) == ("Kenji Tanaka", "+81 3 000")

        await press(pilot, "r", "down", "down", "enter")
        assert suggested(pilot)[0] == "Kenji Tanaka, +81 3 000", "the owner of what is affected"
        await types(pilot, "le")
        assert suggested(pilot) == ["Marcus Lee, +1 555 0100", "Ana Costa, +351 21 000"], "the name, then the team"
        await types(pilot, "adership")
        assert suggested(pilot) == ["Ana Costa, +351 21 000"]
        assert "↓ chooses" in screen_text(pilot)
        await press(pilot, "tab")
        assert typed(pilot) == "leadership", "nobody is taken whose name does not have what was typed"
        await press(pilot, "ctrl+u")
        await types(pilot, "check")
        assert suggested(pilot) == ["Kenji Tanaka, +81 3 000"], "what he owns; the name of a rota counts for nothing"
        await press(pilot, "ctrl+u")
        await types(pilot, "pay")
        assert suggested(pilot) == ["Marcus Lee, +1 555 0100"], "not Sam, who is on call for payments"
        await press(pilot, "ctrl+u")
        await types(pilot, "lexx")
        assert "Nobody who is known has these words; enter takes what you typed" in screen_text(pilot)
        await press(pilot, "backspace", "backspace", "down", "enter")
        assert "Subject-matter expert: Marcus Lee (+1 555 0100)" in notice(pilot)
        await answers(pilot, "r", "down", "down", "enter", "enter", "ana costa")
        assert "Subject-matter expert: Ana Costa (+351 21 000)" in notice(pilot)
        await answers(pilot, "r", "down", "down", "enter", "enter", "Ana")
        assert notice(pilot).endswith("Subject-matter expert: Ana"), "half a name is not completed by itself"

        await press(pilot, "e")
        assert "· Ana Costa, VP Engineering, +351 21 000" in screen_text(pilot)
        await press(pilot, "escape", "ctrl+r")
        assert rows(pilot) == ["Kenji Tanaka"]
        assert "who owns checkout · 1" in screen_text(pilot)
        await press(pilot, "slash")
        await types(pilot, "costa")
        assert rows(pilot) == ["Ana Costa"]
        await press(pilot, "escape", "escape")
        assert rows(pilot) == ["Kenji Tanaka"]
        await press(pilot, "f", "enter")
        assert len(rows(pilot)) == 3
        await press(pilot, "escape", "ctrl+r", "escape")
        assert isinstance(pilot.app.screen, IncidentScreen)
        assert incident_screen(pilot).session.playbook.contacts.people == {}
        know(console, people=[Person("danaco", "dana", phone="+1 555 0177")])
        assert incident_screen(pilot).session.playbook.contacts.people == {"Dana": "+1 555 0177"}


async def test_a_crowd_is_narrowed_down_by_every_letter(console: Console) -> None:
    crowd = [
        Person(f"p{n:05}", f"Person{n} Lee", "SRE", f"Team {n % 50}", (f"system{n}",), f"+1 {n}") for n in range(2_000)
    ]
    console.declare()
    know(console, people=crowd)

    async with console.opened(SMALL) as pilot:
        await press(pilot, "at", "end", "slash")
        await types(pilot, "system19")
        assert len(rows(pilot)) == 111
        await press(pilot, "escape", "escape", "escape")
        await press(pilot, "r", "enter")
        await types(pilot, "person177")
        assert len(suggested(pilot)) == 11
        assert suggested(pilot)[0] == "Person177 Lee, +1 177"


async def test_without_people_nothing_is_suggested(console: Console) -> None:
    session = console.declare()
    session.apply(acts.facts.fact(session.playbook, ids.FACT_SYSTEM, "checkout"))
    async with console.opened() as pilot:
        await press(pilot, "r", "enter")
        assert not pilot.app.screen.query_one(Suggestions).display
        await press(pilot, "escape", "ctrl+r")
        assert "Nobody is known to own checkout" in notice(pilot)
