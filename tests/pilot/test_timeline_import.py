"""A timeline that is pasted: how each line is understood is shown, corrected and imported."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.console import (
    CET,
    SMALL,
    Console,
    answers,
    choices,
    failed,
    footer,
    notice,
    pastes,
    press,
    screen_text,
    settled,
    types,
    until,
)
from tests.stories import half_told
from warroom.documents.registry import DOCUMENTS
from warroom.imports import add
from warroom.model.kinds.lifecycle import Resolved
from warroom.model.redaction import Words
from warroom.screens.pick import PickScreen
from warroom.timelines import Given, read

TIMELINE = """Notes of that night

18:50 PagerDuty alert: login 5xx
~19:00 Priya: customers report that login fails
19:12 Decided to roll back because it is faster
??:?? somebody restarted the cache
19:40 Rolled back to v2.3.1
19:30 Support told by mail
19:55 All services back to normal
"""


def at(clock: str) -> int:
    """A time of that evening, in ms UTC."""
    return int(datetime.fromisoformat(f"2025-11-03T{clock}").replace(tzinfo=CET).timestamp() * 1000)


async def imports(pilot: Pilot[None]) -> None:
    """Ask to import, and say yes once the question is there: what would be new is read in a thread before it."""
    await press(pilot, "ctrl+g")
    await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
    await press(pilot, "i")


async def test_a_pasted_timeline_is_shown_corrected_and_becomes_an_incident(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "I")
        await pastes(pilot, TIMELINE)
        await settled(pilot)
        assert "7 entries · 1 not understood" in screen_text(pilot)
        assert "not understood: Notes of that night" in screen_text(pilot)
        assert "Press d: which day was it? The timeline doesn't say" in screen_text(pilot)
        assert console.entries() == []

        await press(pilot, "d")
        await types(pilot, "2025-13-03")
        await press(pilot, "enter")
        assert "is not a day" in screen_text(pilot)
        await press(pilot, *["backspace"] * 10)
        await types(pilot, "2025-11-03")
        await press(pilot, "enter")
        assert "Press z: which zone are its times in?" in screen_text(pilot)
        assert "zone not known" in screen_text(pilot)
        await press(pilot, "u")
        assert notice(pilot).startswith("Press z: which zone are its times in?")
        await press(pilot, "home")
        await press(pilot, "z")
        assert choices(pilot) == ["UTC", "Local time (Europe/Berlin)", "Another one"]
        await types(pilot, "nowhere")
        await press(pilot, "enter")
        assert "'nowhere' is not a known zone" in screen_text(pilot)
        await press(pilot, *["backspace"] * len("nowhere"), "down", "enter")
        await press(pilot, "z")
        assert "● Local time" in screen_text(pilot), "the present one is marked"
        await press(pilot, "escape")
        shown = screen_text(pilot)
        assert "times in CET" in shown
        assert "2025-11-03  18:50  detected?" in shown
        assert "2025-11-03 ~19:00  detected?   Priya  customers report" in shown
        assert "no time            action?            somebody restarted" in shown

        await press(pilot, "u", "t")  # the time that is about right
        assert "Time of line 4, not 2025-11-03 ~19:00 CET but" in screen_text(pilot)
        await types(pilot, "nonsense")
        await press(pilot, "enter")
        assert "This time could not be read" in screen_text(pilot)
        await press(pilot, *["backspace"] * 8)
        await types(pilot, "18:52")
        await press(pilot, "enter", "u", "k", "up", "up", "enter")  # the unknown time: role
        assert "a role" not in screen_text(pilot)
        await press(pilot, "r", "w")  # as it was read; who
        await types(pilot, "Marcus")
        await press(pilot, "enter", "u")
        assert "line 8" in screen_text(pilot)  # the one out of order
        await press(pilot, "enter", "x")  # left out
        assert "6 entries · 1 not understood · 1 left out" in screen_text(pilot)
        await press(pilot, "u", "space")  # round to the first line: taken in
        await press(pilot, "escape", "escape")

    console.start_again()  # nothing of this is lost
    async with console.opened() as pilot:
        await press(pilot, "I")
        assert "it is not imported yet" in notice(pilot)
        await press(pilot, "ctrl+g")
        assert "7 entries · 1 left out" in screen_text(pilot)
        await press(pilot, "ctrl+g", "enter")
        assert "An incident needs a title" in screen_text(pilot)
        await types(pilot, "Login errors")
        await press(pilot, "enter")
        await until(pilot, lambda: "Imported 7 entries, all new. How severe it was isn't said" in notice(pilot))
        await until(pilot, lambda: "Login errors" in screen_text(pilot))
        await press(pilot, "o", "I")
        assert "Notes of that night" not in screen_text(pilot)

    found = {entry.text: entry for entry in console.entries()}
    assert found["customers report that login fails"].at == at("18:52")
    assert found["somebody restarted the cache"].body.by == "Marcus"  # type: ignore[attr-defined]
    assert isinstance(found["All services back to normal"].body, Resolved)
    assert "Support told by mail" not in found
    assert "Notes of that night" in found
    assert "Timeline imported; 3 lines corrected, 1 line left out" in found
    console.workspace.open("ck14mq").redact(Words("PagerDuty", "a name"))

    async with console.opened() as pilot:  # the same again, with a line more: what was corrected or left out stays so
        await press(pilot, "I")
        await pastes(pilot, "All times in CET, 2025-11-03\n" + TIMELINE + "20:15 Post-mortem planned\n")
        await settled(pilot)
        assert "8 entries · 1 of them new" in screen_text(pilot)
        await press(pilot, "ctrl+g", "ctrl+g")  # the second one by mistake
        assert "Import 1 line into “Login errors”?" in screen_text(pilot)
        await press(pilot, "enter")
        assert "Nothing is imported yet" in notice(pilot), "one looks first"
        await imports(pilot)
        await until(pilot, lambda: "Imported 8 entries, 1 of them new" in notice(pilot))
        assert len(console.entries()) == len(found) + 2, "the line, and that words were redacted"

        await press(pilot, "o", "I")  # another one, of which no line says that it was over
        disk = "\u200e2025-11-04 10:00 CET Disk full\u202810:30 Told support\r10:30 Told support\n10:40 Kim acks it\n"
        await pastes(pilot, "2025-11-03 18:50 CET PagerDuty alert: login 5xx\n" + disk)
        await settled(pilot)
        told = "It has words that were redacted in ck14mq “Login errors”; [redacted: a name] goes in instead"
        assert told in " ".join(screen_text(pilot).split())
        await press(pilot, "home", "space")
        await press(pilot, "u")
        assert "A line above says the same at the same time" in screen_text(pilot)
        await press(pilot, "ctrl+g")
        await types(pilot, "login errors")
        await press(pilot, "enter")
        assert "No line says that it was over. Is it?" in screen_text(pilot)
        await press(pilot, "o")
        await press(pilot, *["backspace"] * len("10:40 CET"))
        await types(pilot, "09:00")
        await press(pilot, "enter")
        assert "Give a time between its first line and now" in screen_text(pilot)
        await press(pilot, *["backspace"] * 5)
        await types(pilot, "11:15")
        await press(pilot, "enter")
        said = "Imported 3 of 4 entries, all new; 1 line says the same as one above."
        await until(pilot, lambda: notice(pilot).startswith(said))
        await until(pilot, lambda: "11:15  resolved" in screen_text(pilot))
        assert "has the same title" not in notice(pilot), "of another day: it may well have come again"

        await press(pilot, "o", "I")  # one of which a line says about when it was over
        await pastes(pilot, "2025-11-05 10:00 CET Queue is full\n~10:30 Resolved\n10:50 Review planned\n")
        await settled(pilot)
        await press(pilot, "ctrl+g")
        await types(pilot, "full queue")
        await press(pilot, "enter")
        assert "as line 2 says: ~2025-11-05 10:30 CET" in screen_text(pilot)
        await press(pilot, "a")
        await until(pilot, lambda: "10:30  resolved" in screen_text(pilot))


async def test_more_of_a_timeline_goes_into_the_incident_that_is_open(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    session = half_told(console.workspace, console.clock)
    file = tmp_path / "notes.md"
    old = "2026-11-23 03:40 CET The load balancer was restarted\n"
    lines = (f"2026-11-23 03:41:{n % 60:02} CET Hôte {n} looks fine\n" for n in range(1500))
    file.write_text(old + "".join(lines), encoding="cp1252")
    async with console.opened(incident=session.incident.id) as pilot:
        await press(pilot, "I")
        await pastes(pilot, old)
        assert "The load balancer was restarted" in screen_text(pilot)
        await press(pilot, "ctrl+g")
        console.clock.advance(minutes=20)
        pilot.app.watch_clocks()  # type: ignore[attr-defined]
        assert notice(pilot).startswith("LATE in “Checkout errors"), "where it covers no line"
        await imports(pilot)
        await until(pilot, lambda: "Imported 1 entry, all new" in notice(pilot))

        await answers(pilot, "I", "ctrl+o", "none.md")
        assert "does not exist" in screen_text(pilot)
        await press(pilot, *["backspace"] * len("none.md"))
        await types(pilot, "notes.md")
        await press(pilot, "enter")  # too long to be shown as text
        await settled(pilot)
        assert "Line 2 is not UTF-8, so the file is read as Windows-1252" in screen_text(pilot)
        assert "1,501 entries · 1,500 of them new" in screen_text(pilot)
        assert "=    1  2026-11-23  03:40" in screen_text(pilot)
        await press(pilot, "escape")
        assert "notes.md: 1,502 lines, too long to show here" in screen_text(pilot)
        await press(pilot, "ctrl+g")
        await settled(pilot)
        await imports(pilot)
        await until(pilot, lambda: "Imported 1,501 entries, 1,500 of them new" in notice(pilot))
    assert sum("looks fine" in entry.text for entry in console.entries()) == 1500


async def test_what_can_not_be_imported_says_so_and_stays(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Console(tmp_path / "other", console.clock)
    exported = "".join(other.workspace.document(DOCUMENTS["log"], "json", other.half_told()))
    other.close()
    async with console.opened() as pilot:
        await press(pilot, "I", "ctrl+g")
        assert failed(pilot)
        assert "There is nothing to read yet" in notice(pilot)
        await pastes(pilot, "no time\nanywhere in it\n")
        await settled(pilot)
        await press(pilot, "ctrl+g")
        assert "no line has a time" in notice(pilot)
        await press(pilot, "escape", "ctrl+l")
        await pastes(pilot, exported)
        await settled(pilot)
        assert "An incident that warroom exported" in screen_text(pilot)
        await press(pilot, "n")
        assert console.entries() == []
        await imports(pilot)
        await settled(pilot)
        assert "Checkout errors" in screen_text(pilot)
        assert len(console.entries()) > 10

        # The file is replaced: nothing goes into the new one, and the text is named before it is lost.
        await press(pilot, "I")
        await pastes(pilot, "2025-11-04 10:00 CET Disk full\n10:30 Disk grown\n")
        await settled(pilot)
        db, aside = console.workspace.database, tmp_path / "aside.db"
        db.rename(aside)
        shutil.copy(aside, db)
        before = db.read_bytes()
        await imports(pilot)
        await until(
            pilot, lambda: "was replaced while it was open" in notice(pilot)
        )  # by the import, or a timer before
        await settled(pilot)
        assert db.read_bytes() == before
        pilot.app.leaving.ask()  # type: ignore[attr-defined]
        await settled(pilot)
        assert notice(pilot).startswith("Q again quits and loses “2025-11-04 10:00 CET Disk ful…”")
        db.unlink()
        await imports(pilot)
        await until(pilot, lambda: "was deleted or moved while" in notice(pilot))
        aside.rename(db)


PAST = "2026-09-14 09:42 CEST Errors on the login page\n2026-09-14 10:31 CEST Resolved, all back to normal\n"
LATER = f"""09:42 Errors on the login page
09:50 Looked at it {" and looked at it" * 9}, to no avail
10:31 Resolved, all back to normal
"""


async def test_no_time_is_imported_that_was_not_shown_and_what_is_filled_in_stays(console: Console) -> None:
    ref = add(console.workspace, read(PAST, Given()).entries, title="Login fails").incident.id
    there = len(console.entries())
    async with console.opened(SMALL, ref) as pilot:
        await press(pilot, "I")
        assert "help" not in footer(pilot), "? is typed into the text here"
        await pastes(pilot, LATER)
        assert {"zone", "day"} <= set(footer(pilot))
        await answers(pilot, "ctrl+g", "2026-09-14")
        await answers(pilot, "UTC")
        assert notice(pilot) == "Look at the times now; ctrl+g imports them"
        assert "3 entries · 3 of them new · read as UTC, shown in CEST" in screen_text(pilot)
        await press(pilot, "ctrl+g")
        assert "2 lines have the same words 2 h earlier" in screen_text(pilot)
        await press(pilot, "enter", "z")
        assert "● UTC" in screen_text(pilot)
        await press(pilot, "down", "enter")
        assert "3 entries · 1 of them new" in screen_text(pilot), "the zone of the console is that of the day"

        await answers(pilot, "down", "e", " (EU)")
        await press(pilot, "e")
        assert "Looked at it" in screen_text(pilot)
        assert "to no avail (EU)" in screen_text(pilot), "all of it is shown, in several lines"
        await press(pilot, "escape", "x")
        assert notice(pilot) == "x does nothing here; ? shows the keys"
        await press(pilot, "ctrl+o")
        assert "There is a text here with 1 corrected line" in screen_text(pilot)
        await press(pilot, "enter")
        assert "Looked at it" in screen_text(pilot)
    assert len(console.entries()) == there

    console.start_again()
    async with console.opened(SMALL, ref) as pilot:
        assert notice(pilot) == "A timeline for this incident is not imported yet; I goes on with it"
        await press(pilot, "I", "ctrl+g")
        await imports(pilot)
        await until(pilot, lambda: "Imported 3 entries, 1 of them new" in notice(pilot))
        await press(pilot, "I")
        await pastes(pilot, "10:40 Told support\n10:50 Told sales\n")
        assert "2026-09-14  10:40" in screen_text(pilot), "zone and day are those of the first time"
        await press(pilot, "escape", "ctrl+l", "escape")
        await press(pilot, "o", "I")
        await pastes(pilot, "a new one\n10:40 Told support\n")
    added = console.entries()[there:]
    assert added[0].text.endswith(", to no avail (EU)")

    console.start_again()
    async with console.opened(incident=ref) as pilot:
        assert notice(pilot) == "A timeline is not imported yet, as a new incident; o, then I, goes on with it"
