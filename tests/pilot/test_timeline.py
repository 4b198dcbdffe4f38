"""The timeline: reading, correcting and taking back lines, searching, what others append, what was sent."""

from __future__ import annotations

import re

from tests.console import (
    LARGE,
    SMALL,
    Console,
    answers,
    choices,
    incident_screen,
    notice,
    press,
    screen_text,
    settled,
    types,
    until,
    words_in_line,
)
from tests.pilot.conftest import Clipboard
from warroom.imports import add
from warroom.model import acts
from warroom.model.kinds.corrections import Amended, Retracted
from warroom.model.times import MINUTE
from warroom.screens.entry import EntryScreen
from warroom.screens.read import ReadScreen
from warroom.timelines import read
from warroom.widgets.timeline import TimelinePane


def shown_number(text: str) -> str:
    """How many entries the timeline's title says there are."""
    return text.split("Timeline · ")[1].split(" ")[0]


async def test_a_line_is_corrected_and_the_original_stays_readable(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "2", "enter")
        assert isinstance(pilot.app.screen, EntryScreen)
        assert "2026-11-23 03:41 CET · note · Dana" in screen_text(pilot)
        await press(pilot, "c")
        assert words_in_line(pilot) == "Error rate down from 20 % to 9 %"
        await press(pilot, "ctrl+u")
        await answers(pilot, "Error rate down from 20 % to 8 %")
        assert isinstance(pilot.app.screen, EntryScreen), "the same keys go on meaning the same"
        assert notice(pilot) == "Corrected: 03:41 CET Error rate down from 20 % to 8 %"
        await press(pilot, "escape")
        shown = screen_text(pilot)
        assert "note       Error rate down from 20 % to 8 % · corrected" in shown
        assert "9 %" not in shown, "it shows once, as it reads now"
        assert shown_number(shown) == "16"
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "03:41 CET Dana: Error rate down from 20 % to 9 %" in shown
        assert "03:46 CET Dana, for 03:41 CET: Error rate down from 20 % to 8 %" in shown
        assert "Take back" in shown, "a correction can be corrected, or all of it taken back"
        await press(pilot, "c", "ctrl+a")
        await types(pilot, "03:30 ")
        await answers(pilot, "")
        await press(pilot, "escape")
        lines = screen_text(pilot).splitlines()
        rows = [line for line in lines if "Error rate" in line or "Initial acknowledgement" in line]
        assert "03:30  note" in rows[0], "it stands where its corrected time puts it"
        assert "Initial" in rows[1]
        await press(pilot, "slash")
        await types(pilot, "9 %")
        words = "Error rate down from 20 % to {} %"
        found = f"2026-11-23 03:30  note  {words.format(8)} … was: {words.format(9)} · corrected"
        assert choices(pilot) == [found]
        await press(pilot, "escape", "2", "home")
        await press(pilot, "slash")
        await types(pilot, "rate")
        await press(pilot, "enter")
        selected = pilot.app.screen.query_one(TimelinePane).selected()
        assert selected is not None
        assert selected.text == "Error rate down from 20 % to 9 %"
    entry = console.last()
    assert isinstance(entry.body, Amended)
    assert (entry.text, console.clock() - entry.at) == ("Error rate down from 20 % to 8 %", 16 * MINUTE + 41_000)


async def test_the_line_just_written_is_seen_wherever_the_timeline_was(console: Console) -> None:
    session = console.declare()
    session.apply(*(acts.log.note(f"note {number}") for number in range(200)))
    async with console.opened() as pilot:
        await press(pilot, "2", "home")
        assert "note 199" not in screen_text(pilot)
        await answers(pilot, "l", "what I just wrote")
        assert "note       what I just wrote" in screen_text(pilot)
        console.clock.advance(minutes=1)
        await answers(pilot, "-1m written down later")
        assert "note       written down later" in screen_text(pilot)


async def test_what_others_add_is_seen_or_counted(console: Console) -> None:
    session = console.declare()
    other = Console(console.folder, console.clock)
    theirs = other.workspace.open(session.incident.id)

    async def theirs_and_a_beat(text: str) -> str:
        theirs.apply(acts.log.note(text))
        incident_screen(pilot).beat()
        await pilot.pause()
        return screen_text(pilot)

    session.apply(*(acts.log.note(f"note {number}") for number in range(5)))
    async with console.opened() as pilot:
        await press(pilot, "2", "home")
        shown = await theirs_and_a_beat("there is room below")
        assert "there is room below" in shown
        assert "new ↓" not in shown
        theirs.apply(*(acts.log.note(f"more {number}") for number in range(60)))
        await theirs_and_a_beat("so many more")
        await press(pilot, "end", "home")
        shown = await theirs_and_a_beat("first unseen")
        assert "first unseen" not in shown
        assert " · 1 new ↓" in shown
        assert " · 2 new ↓" in await theirs_and_a_beat("second unseen")
        await press(pilot, "end")
        assert "second unseen" in screen_text(pilot)
        assert "new ↓" not in screen_text(pilot)
        assert "third" in await theirs_and_a_beat("third")
    other.close()


async def test_a_line_is_taken_back_with_a_reason(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2", "enter", "x")
        await answers(pilot, "measured on one host only")
        assert "taken back: measured on one host only" in screen_text(pilot)
        assert "took back" not in screen_text(pilot)
        assert shown_number(screen_text(pilot)) == "16"
    body = console.last().body
    assert isinstance(body, Retracted)
    assert body.because == "measured on one host only"


async def test_the_beginning_of_an_incident_cannot_be_taken_back(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "2", "enter")
        assert "Correct" not in screen_text(pilot)
        await press(pilot, "x", "c")
        assert isinstance(pilot.app.screen, EntryScreen)
    assert len(console.entries()) == 1


async def test_a_message_taken_back_gives_its_words_back(console: Console) -> None:
    session = console.half_told()
    sent = session.incident.messages[-1]
    async with console.opened() as pilot:
        pane = pilot.app.screen.query_one(TimelinePane)
        pane.go_to(sent.entry)
        await press(pilot, "2", "enter", "x")
        await answers(pilot, "went to the wrong list")
        assert "Its words are a draft again" in notice(pilot)
        now = console.workspace.open(session.incident.id)
        assert now.incident.messages == ()
        assert now.snapshot().clock("update") is None
        assert now.snapshot().clock("acknowledgement") is not None
        await press(pilot, "u")
        composer = incident_screen(pilot).composer
        assert composer.kind == "initial"
        assert composer.values()["status"] == "Engineering is rolling back the payment service"


async def test_times_are_corrected_and_an_incident_is_cancelled(console: Console) -> None:
    other, over = console.declare("Payments are slow", 3), console.declare("Disk is full", 4)
    over.apply(acts.lifecycle.cancel("a test"))
    session = console.half_told()
    async with console.opened(incident=session.incident.id) as pilot:
        await press(pilot, "B")
        assert choices(pilot) == ["Began  03:17 CET", "Learned of it  03:23 CET"]
        await press(pilot, "b")
        await answers(pilot, "03:30")
        assert "after you learned of it" in notice(pilot)
        await answers(pilot, "ctrl+u", "03:05 first errors in the log")
        assert notice(pilot) == "Began at 03:05 CET, not 03:17 CET: first errors in the log"
        assert "T+00:41:41" in screen_text(pilot)
        await press(pilot, "2", "home", "enter")
        assert "2026-11-23 03:05 CET · declared" in screen_text(pilot)
        assert "Began at 03:05 CET, not 03:17 CET: first errors in the log" in screen_text(pilot)
        await press(pilot, "escape", "X", "d")
        assert choices(pilot) == [
            f"{other.incident.id}  Payments are slow  open",
            f"{over.incident.id}  Disk is full  cancelled: false alarm",
        ]
        await press(pilot, "enter")
        await answers(pilot, "")
        assert "needs a reason" in notice(pilot)
        await types(pilot, "both are about the database")
        await press(pilot, "escape", "X", "f")
        assert words_in_line(pilot) == "", "another question does not take the words of this one"
        await press(pilot, "escape", "X", "d", "enter")
        await answers(pilot, "")
        shown = screen_text(pilot)
        assert "CANCELLED" in shown
        assert "Send status update #2: promised for 03:53" in shown, "whoever waits for it is told that it is over"
        await press(pilot, "u")
        composer = incident_screen(pilot).composer
        told = f"This was a duplicate of {other.incident.id}: both are about the database"
        assert (composer.kind, composer.values()["status"]) == ("update", told)
        await press(pilot, "escape", "escape", "o")
        assert any("  Cancelled  " in row for row in choices(pilot))
        assert "One incident is open." in screen_text(pilot)


async def test_an_unchanged_correction_writes_nothing(console: Console) -> None:
    console.half_told()
    before = len(console.entries())
    async with console.opened() as pilot:
        await press(pilot, "2", "enter", "c", "enter", "escape")
        assert incident_screen(pilot).page.line.question.id == "log"
    assert len(console.entries()) == before


async def test_the_cursor_stays_on_its_line_while_others_append(console: Console) -> None:
    session = console.half_told()
    other = Console(console.folder, console.clock)
    console.clock.at = session.incident.began + 30 * MINUTE
    theirs = other.workspace.open(session.incident.id)
    async with console.opened() as pilot:
        await press(pilot, "2", "up", "up")
        pane = pilot.app.screen.query_one(TimelinePane)
        before = pane.selected()
        theirs.apply(acts.log.note("earlier than all", session.incident.began - 20 * MINUTE), acts.log.note("last"))
        incident_screen(pilot).beat()
        await pilot.pause()
        after = pane.selected()
        assert before is not None
        assert after is not None
        assert before.key == after.key
        await press(pilot, "end")
        selected = pane.selected()
        assert selected is not None
        assert selected.text == "last"
    other.close()


async def test_what_another_process_appends_shows_within_one_beat(console: Console) -> None:
    session = console.half_told()
    other = Console(console.folder, console.clock)
    console.clock.at = session.incident.began + 30 * MINUTE
    theirs = other.workspace.open(session.incident.id)
    async with console.opened() as pilot:
        theirs.apply(acts.log.note("seen from another shell"), acts.lifecycle.retitle("Payments fail"))
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "seen from another shell" in screen_text(pilot)
        assert "SEV2  Payments fail" in screen_text(pilot)
        assert shown_number(screen_text(pilot)) == "18"
        await press(pilot, "x")
        await types(pilot, "fixed")
        theirs.apply(acts.lifecycle.resolve("fixed by somebody else"))
        incident_screen(pilot).beat()  # which may come at any moment
        await press(pilot, "enter")
        assert "is already resolved" in notice(pilot)
    other.close()


async def test_a_thousand_notes_are_paged_from_end_to_end(console: Console) -> None:
    session = console.declare()
    session.apply(*(acts.log.note(f"note {number}") for number in range(1000)))
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2")
        assert "note 999" in screen_text(pilot)
        await press(pilot, "home")
        assert "Declared SEV2" in screen_text(pilot)
        await press(pilot, "pagedown", "pagedown")
        assert "note 20" in screen_text(pilot)
        await press(pilot, "end", "pageup")
        assert "note 999" not in screen_text(pilot).split("note 98")[0]
        await press(pilot, "pagedown")
        assert "note 999" in screen_text(pilot)


async def test_an_entry_of_many_lines_is_cut_in_the_timeline_and_read_whole(console: Console) -> None:
    session = console.declare()
    session.apply(acts.log.note("\n".join(f"line {number}" for number in range(60))))
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2")
        assert "… enter shows all of it" in screen_text(pilot)
        await press(pilot, "enter", "end")
        await until(pilot, lambda: "line 59" in screen_text(pilot))


async def test_search_finds_as_one_types_and_goes_to_the_line(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "slash")
        await types(pilot, "payment serv")
        found = choices(pilot)
        assert len(found) == 3
        assert "support … Engineering is rolling back" in found[0], "what was sent is searched too"
        await press(pilot, "down", "down", "enter")
        entry = pilot.app.screen.query_one(TimelinePane).selected()
        assert entry is not None
        assert entry.text == "Errors began with the deploy of payment service v2.4.0"
        assert incident_screen(pilot).panes.front == "timeline"


async def test_search_takes_any_characters_and_says_when_there_is_nothing(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "slash")
        for words in ('"', "eu-west-1", "O'Brien", "*", "NEAR(", "a AND"):
            await press(pilot, "ctrl+u")
            await types(pilot, words)
            assert re.search("Nothing (found yet|in this incident)", screen_text(pilot)), words
        await press(pilot, "enter", "escape")
        assert incident_screen(pilot)


async def test_what_was_sent_is_read_and_copied_again(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "w")
        assert choices(pilot) == ["Initial acknowledgement #1 → leadership, customer success, support  03:31 CET"]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadScreen)
        assert "Status: Engineering is rolling back the payment service" in screen_text(pilot)
        await press(pilot, "y")
        await settled(pilot)
        assert notice(pilot) == "Copied."
    assert clipboard.texts[0].startswith("[SEV2] Incident: Checkout errors affecting users\n\n")
    assert "Next update: 03:53 CET" in clipboard.texts[0]


async def test_the_words_to_say_are_filled_in_and_copied(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await press(pilot, "p")
        assert "What is affected is checkout" in screen_text(pilot)
        await press(pilot, "y")
        await settled(pilot)
    assert clipboard.texts[0].startswith("What is affected is checkout")


async def test_an_entry_is_copied_whole(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "slash")
        await answers(pilot, "roll back payment")
        await press(pilot, "enter", "y")
        await settled(pilot)
    assert clipboard.texts == [
        "Roll back payment service to v2.3.1\n\nBecause: rollback is faster and safer\n\nDecided by: Priya"
    ]


async def test_an_imported_timeline_shows_how_well_its_times_are_known(console: Console) -> None:
    lines = ("18:50 Alert fired", "~19:00 Users complain", "??:?? The cache was restarted", "19:40 It rains")
    text = "\n- ".join(("# 2025-11-03 (CET)", *lines))
    add(console.workspace, read(text).entries, title="Login errors")
    async with console.opened() as pilot:
        shown = screen_text(pilot)
        assert "18:50  detected   Alert fired" in shown
        assert "~19:00 detected   Users complain" in shown
        assert "--:--  action     The cache was restarted" in shown
        assert "added" not in shown
        await press(pilot, "2", "up", "up", "enter")
        assert "2025-11-03 ~19:00 CET · detected · Dana" in screen_text(pilot)
        await press(pilot, "escape")
        assert " · 2025-11-03 CET" in screen_text(pilot).split("Timeline · ")[1][:30], (
            "the day in view, not today's time"
        )
