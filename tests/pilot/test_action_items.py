"""The list of action items: opened from an incident or the start screen, changed with single keys and short answers."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from tests.console import (
    SMALL,
    Console,
    answers,
    choices,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    types,
)
from tests.pilot.conftest import Clipboard
from warroom.model import acts
from warroom.model.action_items import ActionItem, items_of
from warroom.model.incident import fold
from warroom.screens.action_item import ActionItemScreen
from warroom.screens.action_items import ActionItemsScreen
from warroom.screens.incident.screen import IncidentScreen
from warroom.screens.start import StartScreen
from warroom.session import Session
from warroom.widgets.item_rows import ItemRows
from warroom.widgets.logline import LogLine


def items(session: Session) -> tuple[ActionItem, ...]:
    """The action items of an incident as the file has them."""
    return items_of(fold(session.journal.state(session.incident.id)))


def rows(pilot: Pilot[None]) -> list[str]:
    """The texts of the items that are listed."""
    return [row.text for row in pilot.app.screen.query_one(ItemRows).rows]


def line(pilot: Pilot[None]) -> str:
    """What stands in the line for questions."""
    return pilot.app.screen.query_one(LogLine).input.value


def asked(pilot: Pilot[None]) -> str:
    """What the line asks for."""
    return pilot.app.screen.query_one(LogLine).question.label


def beat(pilot: Pilot[None]) -> None:
    """Let the screen do what it does once a second."""
    screen: Any = pilot.app.screen
    screen.beat()


def incident_screen_below(pilot: Pilot[None]) -> IncidentScreen:
    """The incident screen under the list."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, IncidentScreen))


def with_items(console: Console) -> tuple[Session, Session]:
    """An old incident with two items, one of them overdue, and the checkout incident of tonight with one."""
    old = console.declare("Search is slow", 3)
    old.apply(
        acts.action_items.add("Cache the index", owner="Bo", due="2026-11-24", purpose="mitigate"),
        acts.action_items.add("Tell support sooner"),
    )
    mine = console.half_told()
    mine.apply(acts.action_items.add("Alert on 5xx", owner="Priya", due="2026-12-01", purpose="detect"))
    console.workspace.remember("incident", mine.incident.id)
    console.clock.advance(hours=48)
    return old, mine


async def test_an_item_is_added_in_a_straight_line_and_taken_back(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, ActionItemsScreen)
        assert "Nothing is open here; a adds an action item" in screen_text(pilot)
        await press(pilot, "space")
        assert notice(pilot) == "No action item is selected; a adds one"
        await answers(pilot, "a", "Rehearse the rollback")
        assert [row.split("  ")[0] for row in choices(pilot)] == ["Marcus", "Priya", "Somebody else", "Nobody yet"]
        await press(pilot, "down", "enter")
        assert line(pilot) == "2027-01-18", "the day that the usual priority allows"
        assert "new · Priya" in screen_text(pilot)
        await press(pilot, "ctrl+u")
        await answers(pilot, "never")
        assert "can't read 'never' as a day; try 2026-12-24" in notice(pilot)
        assert line(pilot) == "never"
        await press(pilot, "ctrl+u")
        await answers(pilot, "friday")
        assert choices(pilot)[0] == "Prevent  so that it can't happen again"
        await press(pilot, "enter")
        (item,) = items(session)
        assert (item.text, item.owner, item.due) == ("Rehearse the rollback", "Priya", "2026-11-27")
        assert (item.purpose, item.priority) == ("prevent", "normal")
        assert rows(pilot) == ["Rehearse the rollback"]
        assert "1 open · none overdue" in screen_text(pilot)

        await answers(pilot, "a", "Twice")
        await press(pilot, "down", "down", "enter")
        await answers(pilot, "Zoe")
        await press(pilot, "enter", "end", "enter")
        assert notice(pilot) == ("Nobody called Zoe has or had a role in this incident; the name is kept as it is")
        assert items(session)[1].owner == "Zoe"
        await press(pilot, "ctrl+z")
        assert notice(pilot) == "Taken back: Twice"
        assert [item.text for item in items(session)] == ["Rehearse the rollback"]
        await press(pilot, "escape")
        assert incident_screen(pilot)
        await press(pilot, "ctrl+z")
        assert items(session) == (), "on the incident itself, the last act that stands is taken back"


async def test_items_are_changed_with_a_key_each(console: Console) -> None:
    old, mine = with_items(console)
    async with console.opened() as pilot:
        await press(pilot, "A")
        assert rows(pilot) == ["Alert on 5xx", "Cache the index", "Tell support sooner"]
        await press(pilot, "space")
        assert items(mine)[0].state == "done"
        assert rows(pilot)[0] == "Alert on 5xx", "what was changed here stays in view"
        assert "✓ done" in screen_text(pilot)
        await press(pilot, "space")
        assert items(mine)[0].is_open
        await press(pilot, "space", "ctrl+z")
        assert items(mine)[0].is_open
        await press(pilot, "down", "d")
        assert items(old)[0].state == "doing"
        assert items(mine)[0].state == "open"
        await press(pilot, "d")
        assert items(old)[0].state == "open"

        await answers(pilot, "p", "nonsense")
        assert "can't read 'nonsense' as a day" in notice(pilot)
        await press(pilot, "ctrl+u")
        await answers(pilot, "2w")
        assert asked(pilot) == "2026-12-09, because"
        await press(pilot, "enter")
        assert "postponing an action item needs a reason" in notice(pilot)
        await answers(pilot, "the vendor is late")
        assert (items(old)[0].due, items(old)[0].because) == ("2026-12-09", "the vendor is late")
        await answers(pilot, "p", "2026-12-09")
        assert notice(pilot) == "It has that day already; nothing was logged"
        await answers(pilot, "p", "tomorrow")
        assert items(old)[0].due == "2026-11-26"

        await press(pilot, "e", "ctrl+u")
        await answers(pilot, "Cache the search index")
        assert items(old)[0].text == "Cache the search index"
        await press(pilot, "K", "enter")
        assert items(old)[0].purpose == "prevent"
        entries = len(console.entries())
        await press(pilot, "K", "enter")
        assert notice(pilot) == "It has that kind already; nothing was logged"
        await press(pilot, "e", "enter")
        assert notice(pilot) == "It has those words already; nothing was logged"
        await press(pilot, "w", "enter")
        assert notice(pilot) == "It is with Bo already; nothing was logged"
        assert len(console.entries()) == entries
        await press(pilot, "K", "end", "enter")
        assert items(old)[0].priority == "low"
        await press(pilot, "w")
        assert "Priya" in " ".join(choices(pilot)), "somebody who owns another item"
        await press(pilot, "end", "up", "up", "enter")
        assert items(old)[0].owner == "Priya"
        await press(pilot, "x", "enter")
        assert "dropping an action item needs a reason" in notice(pilot)
        await answers(pilot, "the service goes away")
        assert items(old)[0].state == "dropped"
        await press(pilot, "x")
        assert notice(pilot) == "It is dropped already; space opens it again"
        await press(pilot, "ctrl+z", "ctrl+z")
        assert (items(old)[0].state, items(old)[0].owner) == ("open", "Bo")
        await press(pilot, "escape", "ctrl+z")
        assert "Cache" not in notice(pilot), "an act on another incident is not taken back here"


async def test_everything_about_an_item_and_the_way_to_its_incident(console: Console, clipboard: Clipboard) -> None:
    old, mine = with_items(console)
    (decision,) = old.apply(acts.decisions.decision("Restart one by one", "safer"))
    old.apply(acts.action_items.add("Test the restart", source=decision.key))
    old.apply(acts.action_items.change(items(old)[0].logged, due="2026-12-24", because="vendor"))
    old.apply(acts.lifecycle.resolve("index rebuilt"))
    async with console.opened() as pilot:
        await press(pilot, "A", "i")
        assert rows(pilot) == ["Alert on 5xx"]
        await press(pilot, "i", "down", "enter")
        assert isinstance(pilot.app.screen, ActionItemScreen)
        text = screen_text(pilot)
        for words in (
            "Action item ck14-1 · open",
            "Due       2026-12-24, in 29 days (first 2026-11-24)",
            "Kind      Mitigate, so that it hurts less",
            "Because   vendor",
            "Incident  Search is slow (ck14mq, resolved)",
            "2026-11-23 03:17 CET Dana: added: Cache the index",
            "Dana: due 2026-12-24, because vendor",
        ):
            assert words in text
        await press(pilot, "y")
        assert clipboard.texts[0].startswith("Cache the index\n\nState     open")
        await press(pilot, "end", "enter")
        assert "From      decision 1, Restart one by one" in screen_text(pilot)
        await press(pilot, "o")
        assert incident_screen(pilot).session.incident.id == old.incident.id
        await press(pilot, "A")
        assert rows(pilot)[-1] == "Alert on 5xx"
        await press(pilot, "end", "o")
        assert incident_screen(pilot).session.incident.id == mine.incident.id


async def test_what_is_shown_and_in_which_order(console: Console) -> None:
    old, mine = with_items(console)
    mine.apply(acts.action_items.change(items(mine)[0].logged, state="done"))
    old.apply(acts.action_items.change(items(old)[1].logged, owner="Ana"))
    async with console.opened() as pilot:
        await press(pilot, "A")
        assert rows(pilot) == ["Cache the index", "Tell support sooner"]
        assert "all incidents · open · by due day · 2 shown" in screen_text(pilot)
        assert "2 open · 1 overdue · 100 % done in time (of 1 with a day)" in screen_text(pilot)
        assert "LATE 1 day" in screen_text(pilot)
        await press(pilot, "f")
        assert rows(pilot) == ["Cache the index"]
        await press(pilot, "f")
        assert rows(pilot) == ["Alert on 5xx", "Cache the index", "Tell support sooner"]
        await press(pilot, "s")
        assert rows(pilot) == ["Tell support sooner", "Cache the index", "Alert on 5xx"]
        await press(pilot, "s", "s", "O", "down", "enter")
        assert rows(pilot) == ["Tell support sooner"]
        assert "1 open · none overdue" in screen_text(pilot)
        await press(pilot, "O", "home", "enter", "slash")
        await types(pilot, "INDEX bo")
        assert rows(pilot) == ["Cache the index"]
        await press(pilot, "enter", "space")
        assert not items(old)[0].is_open
        assert "with “INDEX bo”" in screen_text(pilot)
        await press(pilot, "slash")
        await types(pilot, "zzz")
        assert "Nothing has these words; esc shows all" in screen_text(pilot)
        await press(pilot, "escape", "escape")
        assert len(rows(pilot)) == 3
        await press(pilot, "escape")
        assert incident_screen(pilot)


async def test_a_reminder_for_the_owner_can_be_copied(console: Console, clipboard: Clipboard) -> None:
    with_items(console)
    async with console.opened() as pilot:
        await press(pilot, "A", "down", "r")
        assert "Hi Bo, 1 action item from our incidents is open with you, 1 of them past" in screen_text(pilot)
        await press(pilot, "y")
        assert clipboard.texts[0].splitlines()[1] == (
            "- Cache the index (was due 2026-11-24, 1 day ago; ck14-1, Search is slow)"
        )
        await press(pilot, "down", "r")
        assert notice(pilot) == "Nobody owns it, so nobody can be reminded; w gives it to somebody"


async def test_the_start_screen_says_how_they_stand_and_leads_to_them(console: Console) -> None:
    session = console.declare("Search is slow", 3)
    async with console.opened(SMALL) as pilot:
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, StartScreen)
        assert "Action items" not in screen_text(pilot).split("Declare an incident")[0]
        for due, words in (
            ("2026-12-01", "1 open, next due 2026-12-01 · A"),
            ("2026-11-23", "2 open, next due 2026-11-23 · A"),
        ):
            session.apply(acts.action_items.add("Cache the index", due=due))
            beat(pilot)
            await pilot.pause()
            assert f"Action items: {words}" in screen_text(pilot)
        console.clock.advance(hours=24)
        beat(pilot)
        await pilot.pause()
        shown = [line.strip() for line in screen_lines(pilot)]
        assert "Action items: 1 overdue since 2026-11-23 · A" in shown
        console.clock.advance(hours=24 * 10)
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, ActionItemsScreen)
        assert rows(pilot) == ["Cache the index"] * 2
        await press(pilot, "i")
        assert "these are the action items of all incidents" in notice(pilot)
        await answers(pilot, "a", "Tell support")
        await press(pilot, "down", "enter", "ctrl+u")
        await answers(pilot, "none")
        await press(pilot, "end", "enter")
        assert [item.text for item in items(session)][-1] == "Tell support"
        assert rows(pilot) == ["Cache the index", "Cache the index", "Tell support"]
        await press(pilot, "home", "space")
        assert "▸ ✓ done" in screen_lines(pilot)[2], "what was changed here stays where it was"
        await press(pilot, "escape")
        beat(pilot)
        await pilot.pause()
        assert "Action items: 1 overdue since 2026-12-01 · A" in screen_text(pilot)


async def test_what_others_add_is_shown_and_the_cursor_stays(console: Console) -> None:
    old, mine = with_items(console)
    async with console.opened() as pilot:
        await press(pilot, "A", "down")
        mine.apply(acts.action_items.add("Another", due="2026-11-26"))
        beat(pilot)
        assert rows(pilot)[:2] == ["Another", "Alert on 5xx"]
        row = pilot.app.screen.query_one(ItemRows).current()
        assert row is not None
        assert row.text == "Cache the index"
        old.apply(acts.corrections.retract(items(old)[0].logged.entry))
        beat(pilot)
        assert "Cache the index" not in rows(pilot)


async def test_the_item_that_it_is_opened_for_is_selected_though_it_is_done(console: Console) -> None:
    old, mine = with_items(console)
    old.apply(acts.action_items.change(items(old)[0].logged, state="done"))
    async with console.opened() as pilot:
        screen = ActionItemsScreen(console.workspace, incident=mine.incident.id, select=items(old)[0].key)
        pilot.app.push_screen(screen)
        await pilot.pause()
        row = screen.query_one(ItemRows).current()
        assert row is not None
        assert row.text == "Cache the index"
