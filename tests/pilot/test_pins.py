"""A line of the timeline is pinned with a key, shows that, and no other line comes of it."""

from __future__ import annotations

from tests.console import Console, answers, incident_screen, notice, press, screen_text
from warroom.model import acts
from warroom.model.entries import Entry
from warroom.store.timeline import Timeline
from warroom.widgets.timeline import TimelinePane


def lines(console: Console, incident: str) -> list[Entry]:
    """The lines of the timeline."""
    session = console.workspace.open(incident)
    timeline = Timeline(session.journal)
    return timeline.page(session.incident, 0, 1000)


async def test_a_line_is_pinned_and_unpinned(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "2", "home")
        pane = incident_screen(pilot).query_one(TimelinePane)
        pinned, total = pane.selected(), pane.total
        assert pinned is not None
        before = lines(console, session.incident.id)
        assert "●" not in screen_text(pilot)
        await press(pilot, "asterisk")
        assert notice(pilot) == f"Pinned: {pinned.text}"
        assert f"● {pinned.text[:20]}" in screen_text(pilot)
        assert (pane.total, pane.selected()) == (total, pinned)
        assert lines(console, session.incident.id) == before
        assert console.last().kind == "pinned"
        await press(pilot, "enter")
        assert "· pinned" in screen_text(pilot)
        await press(pilot, "escape", "asterisk")
        assert notice(pilot).startswith("No longer pinned: ")
        assert "●" not in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert "●" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert "●" not in screen_text(pilot)


async def test_it_is_said_where_the_key_works(console: Console) -> None:
    console.half_told()
    before = len(console.entries())
    async with console.opened() as pilot:
        await press(pilot, "1", "asterisk")
        assert notice(pilot).startswith("Go to a line of the timeline first")
        assert len(console.entries()) == before


async def test_pins_are_in_no_search_and_survive_a_correction_but_not_on_a_line_taken_back(console: Console) -> None:
    session = console.half_told()
    [line] = session.apply(acts.log.note("zebra crossing"))
    async with console.opened() as pilot:
        await press(pilot, "2", "end", "asterisk")
        await press(pilot, "enter", "c", "end")
        await answers(pilot, " is blocked")
        await press(pilot, "escape")
        assert "● zebra crossing is blocked" in screen_text(pilot)
        incident = incident_screen(pilot).session.incident
        assert [found.key for found in Timeline(session.journal).search(incident, "zebra")] == [line.key]
        await press(pilot, "end", "asterisk", "enter", "x")
        await answers(pilot, "wrong")
        await press(pilot, "asterisk")
        assert "taken back, so it can't be pinned" in notice(pilot)
