"""Every correction by key: time, kind, link, pin, and what the history and the exports then say."""

from __future__ import annotations

from tests.console import (
    Console,
    answers,
    choices,
    footer,
    incident_screen,
    notice,
    press,
    screen_text,
    types,
    words_in_line,
)
from warroom.documents.registry import DOCUMENTS
from warroom.imports import add
from warroom.model import acts
from warroom.model.times import MINUTE
from warroom.store.timeline import Timeline
from warroom.timelines import Given, read
from warroom.widgets.timeline import TimelinePane


async def test_time_kind_and_link_are_corrected_and_undone_and_redone(console: Console) -> None:
    session = console.declare()
    clock = console.clock
    clock.advance(minutes=1)
    session.apply(acts.decisions.decision("Wait for the vendor", "they know more"))
    clock.advance(minutes=5)
    [line] = session.apply(acts.log.note("Roll back to v2.3.1", by="Priya"))
    clock.advance(minutes=5)
    async with console.opened() as pilot:
        await press(pilot, "2", "end")
        await answers(pilot, "enter", "t", "03:20")
        assert notice(pilot) == "Corrected: 03:20 CET Roll back to v2.3.1"
        await press(pilot, "k", "d")
        await answers(pilot, "faster and safer")
        assert notice(pilot) == "Now a decision: Roll back to v2.3.1"
        await press(pilot, "escape")
        now = incident_screen(pilot).session.incident
        assert [one.text for one in now.decisions] == ["Wait for the vendor", "Roll back to v2.3.1"]
        assert now.decisions[1].body.because == "faster and safer"
        assert now.decisions[1].body.by == "Priya"
        shown = screen_text(pilot)
        assert "03:20  decision   Roll back to v2.3.1 · corrected" in shown
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "Because: faster and safer" in shown
        assert "03:23 CET Dana: Roll back to v2.3.1" in shown
        assert "Dana, for 03:20 CET: Roll back to v2.3.1 (decision)" in shown
        # A decision can be linked to another one, and shows that; a pin is one key away here too.
        await press(pilot, "d")
        await types(pilot, "x1")
        assert "no row begins with x1: enter leaves, ↑↓ go on" in screen_text(pilot)
        await press(pilot, "enter")
        assert not console.workspace.open(session.incident.id).incident.links, (
            "what was typed for something else chooses nothing"
        )
        await press(pilot, "d", "x", "up", "1")
        assert notice(pilot) == "Linked to decision “Wait for the vendor”: Roll back to v2.3.1"
        await press(pilot, "escape")
        assert "for decision 1: Wait for the vendor" in screen_text(pilot)
        await press(pilot, "enter", "asterisk")
        assert "· pinned" in screen_text(pilot)
        await press(pilot, "t")
        assert notice(pilot) == "", "what was told before a question is gone"
        asked_about = incident_screen(pilot).timeline.selected()
        assert asked_about is not None
        assert asked_about.key == line.key, "a pin, which is no line, moves nothing"
        await press(pilot, "escape", "escape")
        assert "● Roll back" in screen_text(pilot)
        await press(pilot, "enter")
        assert "For decision 1: Wait for the vendor" in screen_text(pilot)
        await press(pilot, "escape", "up", "enter")
        assert "Lines linked to this decision:" in screen_text(pilot)
        await press(pilot, "escape")
        # Everything is undone in order, and done again in the opposite order.
        said = []
        for key in ("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y"):
            await press(pilot, key)
            said.append(notice(pilot))
            if key == "ctrl+z" and len(said) == 4:
                raw = incident_screen(pilot).session.incident
                assert (len(raw.decisions), raw.links, raw.pinned) == (1, {}, frozenset())
                assert raw.shown(line).at == line.at
        assert said == [
            "Taken back: Pinned: Roll back to v2.3.1",
            "Taken back: Linked to decision “Wait for the vendor”: Roll back to v2.3.1",
            "Taken back; its kind is note again: Roll back to v2.3.1",
            "Taken back; its time is 03:23 CET again: Roll back to v2.3.1",
            "Corrected again: Roll back to v2.3.1",
            "Corrected again: Roll back to v2.3.1",
            "Done again: Linked to decision “Wait for the vendor”: Roll back to v2.3.1",
            "Done again: Pinned: Roll back to v2.3.1",
            "There is nothing that you took back and could do again",
        ]
        # A word that is typed where no text goes changes nothing, however slowly: after a letter that is no key, all
        # others are off until esc goes back, and the footer says so.
        count = len(console.entries())
        await press(pilot, "home", "enter", "t")
        assert notice(pilot).startswith("a “declared” line can't be corrected or taken back. After esc: T gives")
        await press(pilot, "w")
        assert footer(pilot) == ["back"]
        for letter in "*xrQ ":
            clock.advance(seconds=2)
            await types(pilot, letter)
            assert notice(pilot) == "Nothing can be typed here, so the other keys are off; esc goes back"
        assert len(console.entries()) == count
        await press(pilot, "escape", "enter", "w")
        assert notice(pilot).startswith("w does nothing here; ? shows the keys. Nothing can be typed here")
        assert footer(pilot) == ["back"]
        await press(pilot, "escape", "enter", "ctrl+z")
        assert notice(pilot) == "Press esc first; then ctrl+z works on what you did last"
        await press(pilot, "asterisk")
        assert "Pinned" in notice(pilot)
        await press(pilot, "ctrl+f")
        await types(pilot, "roll")
        assert (words_in_line(pilot), incident_screen(pilot).timeline.total) == ("roll", 1)
        await press(pilot, "escape", "enter", "slash")
        await types(pilot, "roll")
        assert len(choices(pilot)) == 1
        await press(pilot, "enter")
        assert len(console.entries()) == count + 1
        await press(pilot, "ctrl+z")
        again = incident_screen(pilot).session.incident
        assert (again.decisions, set(again.links), set(again.pinned)) == (now.decisions, {line.key}, {line.key})
        assert Timeline(session.journal).count(again) == 3
    for words in ("Roll back", "Roll it back"):
        clock.advance(minutes=1)
        session.apply(acts.corrections.amend(session.incident.shown(line), words))
    step = session.undo_step()
    assert step is not None
    assert step.done == "Taken back; it reads again: Roll back"


PAST = """2026-09-14 09:42 CEST Errors on the login page
2026-09-14 09:50 CEST Roll back to v2.3.1
2026-09-14 10:16 CEST Customers told
2026-09-14 10:31 CEST All services back to normal, resolved
"""


async def test_an_incident_of_the_past_keeps_its_day_and_its_import_is_undone_and_redone(console: Console) -> None:
    ref = add(console.workspace, read(PAST, Given()).entries, title="Login fails").incident.id
    console.clock.advance(minutes=1)
    async with console.opened(incident=ref) as pilot:
        pane = pilot.app.screen.query_one(TimelinePane)
        await press(pilot, "2")
        await answers(pilot, "ctrl+g", "10:16")
        selected = pane.selected()
        assert selected is not None
        assert selected.text == "Customers told", "a time without a day is one of the log's"
        await answers(pilot, "ctrl+g", "23:30")
        assert notice(pilot) == (
            "No line is at 23:30, or in the 12 hours after that; the last one is at 2026-09-14 10:31 CEST"
        )
        await press(pilot, "escape", "enter", "t")
        assert "It happened at (not 2026-09-14 10:16 CEST)" in screen_text(pilot)
        await answers(pilot, "10:17")
        assert notice(pilot) == "Corrected: 2026-09-14 10:17 CEST Customers told"
        assert "Dana, for 2026-09-14 10:17 CEST: Customers told" in screen_text(pilot)
        await press(pilot, "k", "n", "c", "home")
        await answers(pilot, "10:18 ")
        assert notice(pilot) == "Corrected: 2026-09-14 10:18 CEST Customers told"
        await press(pilot, "escape", "end", "enter", "t")
        await answers(pilot, "10:30")
        await press(pilot, "c", "end")
        await answers(pilot, ", we think")
        assert notice(pilot) == "Corrected: 2026-09-14 10:30 CEST All services back to normal, resolved, we think"
        await press(pilot, "t")
        await answers(pilot, "09:00")
        assert "it can't be resolved before it began" in notice(pilot)
        await press(pilot, "escape", "escape")
        moved = incident_screen(pilot).session.incident
        assert moved.resolved_at == moved.began + 48 * MINUTE
        await press(pilot, "ctrl+z", "ctrl+z")
        exported = "".join(console.workspace.document(DOCUMENTS["log"], "md", incident_screen(pilot).session))
        assert "Dana corrected the line of 2026-09-14 10:16 CEST: Customers told → 2026-09-14 10:17 CEST" in exported

        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert "Undo the import that made this incident, with 4 lines?" in screen_text(pilot)
        await pilot.resize_terminal(60, 16)
        assert "Take the lines back; the incident is then open" in screen_text(pilot)
        await pilot.resize_terminal(120, 36)
        await press(pilot, "enter")

        assert notice(pilot) == "Import undone: 4 lines taken back, and the incident is cancelled"
        now = incident_screen(pilot).session.incident
        assert (now.state, now.outcome) == ("cancelled", "cancelled: mistaken import")
        await press(pilot, "l")
        assert words_in_line(pilot) == "", "no line of the import was typed here"
        await press(pilot, "escape", "ctrl+y")
        assert notice(pilot).startswith("Done again: Errors on the login page; ")
        again = incident_screen(pilot).session.incident
        assert (again.state, again.resolved_at) == ("resolved", now.began + 49 * MINUTE)
        await press(pilot, "ctrl+z", "l")
        assert incident_screen(pilot).session.incident.state == "open"
        assert notice(pilot).startswith("Import undone: 4 lines taken back. X cancels the incident")
        await press(pilot, "ctrl+y")
        assert incident_screen(pilot).session.incident.state == "resolved"
