"""From the telephone call to a running console: the start screen, declaring, and coming back."""

from __future__ import annotations

from tests.console import (
    SMALL,
    Console,
    answers,
    choices,
    failed,
    incident_screen,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
    types,
    words_in_line,
)
from tests.pilot.conftest import Clipboard
from warroom.model import acts
from warroom.model.kinds.lifecycle import Declared
from warroom.model.times import MINUTE
from warroom.screens.declare import DeclareScreen
from warroom.screens.start import StartScreen
from warroom.widgets.severity_panel import SeverityPanel
from warroom.widgets.text_input import TextInput


async def test_declaring_by_keys_alone(console: Console) -> None:
    async with console.opened() as pilot:
        assert "when something breaks, press n" in screen_text(pilot)
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await press(pilot, "enter", "2", "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.title == "Checkout errors"
        assert "SEV2  Checkout errors" in screen_text(pilot)
        assert "Commander confirms SEV2" in screen_text(pilot)
    body = console.last().body
    assert isinstance(body, Declared)
    assert body.basis == "Many users, degraded"
    assert (body.severity, body.began, body.learned) == (2, console.clock(), console.clock())


async def test_declaring_back_dated_with_who_detected_it(console: Console) -> None:
    now = console.clock()
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout errors")
        await press(pilot, "enter", "2")
        await answers(pilot, "tab", "-10m")
        await answers(pilot, "03:02")
        await answers(pilot, "a customer")
        await press(pilot, "enter")
        await settled(pilot)
        assert "T+00:15:00" in screen_text(pilot)
    body = console.last().body
    assert isinstance(body, Declared)
    assert (body.learned, body.began, body.detected_by) == (now - 10 * MINUTE, now - 15 * MINUTE, "a customer")


async def test_the_matrix_and_the_risks_give_the_severity(console: Console) -> None:
    found = {}
    async with console.opened(SMALL) as pilot:
        await press(pilot, "n")
        panel = pilot.app.screen.query_one(SeverityPanel)
        await press(pilot, "x", "enter")
        for key in "1234567":
            await press(pilot, key, key)
            assert panel.severity is not None
            found[key] = panel.severity.level
        assert isinstance(pilot.app.screen, DeclareScreen)
    assert found == {"1": 1, "2": 2, "3": 3, "4": 4, "5": 1, "6": 1, "7": 1}, "a digit is the severity of that number"


async def test_the_severity_can_be_changed_before_declaring(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "n", "x", "enter", "2", "plus")
        assert "SEV1 Critical" in screen_text(pilot)
        await press(pilot, "plus", "minus", "minus", "minus", "minus")
        assert "SEV4 Low" in screen_text(pilot)
        await press(pilot, "plus", "plus", "plus", "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.severity == 1


async def test_a_reflex_of_enter_declares_nothing(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout")
        await press(pilot, *["enter"] * 6)
        assert notice(pilot).startswith("Who is affected? Choose a row by its number or with ↑ ↓")
        assert isinstance(pilot.app.screen, DeclareScreen)
        await press(pilot, "down", "enter")
        assert notice(pilot) == "", "a row is chosen"
        await press(pilot, "down", "enter", "enter")  # chosen anew, declared
        await settled(pilot)
        assert incident_screen(pilot).session.incident.severity == 2


async def test_each_field_follows_the_one_above_it_and_keeps_its_own_words(console: Console) -> None:
    async with console.opened(SMALL) as pilot:
        await press(pilot, "n")
        for text in ("Checkout", "2", "-10m", "-25m", "an alert"):
            await types(pilot, text)
            await press(pilot, "tab")
        values = {field.id: field.value for field in pilot.app.screen.query(TextInput)}
        assert values == {"title": "Checkout", "learned": "-10m", "began": "-25m", "detected": "an alert", "drill": ""}
        assert "DRILL" not in screen_text(pilot)
        await types(pilot, "dril")
        await press(pilot, "ctrl+g")
        assert "Type drill if you only practise" in notice(pilot)
        await types(pilot, "l")
        assert "DRILL  Declare a drill" in screen_text(pilot)
        title = pilot.app.screen.query_one("#title", TextInput)
        title.value = ""
        await pilot.pause()
        assert "DRILL" not in screen_text(pilot), "without a title all begins anew"
        title.value = "Checkout"
        pilot.app.screen.query_one("#drill", TextInput).value = "Drill"
        assert pilot.app.focused is pilot.app.screen.query_one("#drill")
        await press(pilot, "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.severity == 2
        assert incident_screen(pilot).session.incident.drill
        assert screen_lines(pilot)[0].split()[:3] == ["DRILL", "SEV2", "Checkout"]
        assert "NOW ▸ DRILL: " in screen_lines(pilot)[1]


async def test_what_is_missing_or_impossible_is_said_and_keeps_every_word(console: Console) -> None:
    async with console.opened(SMALL) as pilot:
        await press(pilot, "n", "ctrl+g")
        assert "Who is affected?" in notice(pilot)
        await press(pilot, "tab", "2", "enter")
        await pilot.pause()
        assert "needs a title" in notice(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#title")
        await types(pilot, "Checkout")
        pilot.app.screen.query_one("#learned", TextInput).value = "04:99"
        await press(pilot, "ctrl+g")
        assert failed(pilot)
        assert "04:99" in notice(pilot)
        pilot.app.screen.query_one("#learned", TextInput).value = "-1h"
        pilot.app.screen.query_one("#began", TextInput).value = "-10m"
        await press(pilot, "ctrl+g")
        assert "before it began" in notice(pilot)
        assert pilot.app.screen.query_one("#title", TextInput).value == "Checkout"
        assert isinstance(pilot.app.screen, DeclareScreen)
    assert console.entries() == []


async def test_a_declaration_half_typed_survives_a_crash(console: Console) -> None:
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Checkout er")
        screen = pilot.app.screen
        assert isinstance(screen, DeclareScreen)
        screen.save_drafts()
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "n")
        await pilot.pause()
        assert pilot.app.screen.query_one("#title", TextInput).value == "Checkout er"


async def test_at_most_twenty_keys_to_a_copied_acknowledgement(console: Console, clipboard: Clipboard) -> None:
    keys = 0
    async with console.opened() as pilot:

        async def counted(*names: str) -> None:
            nonlocal keys
            keys += len(names)
            await press(pilot, *names)

        await counted("n")
        await types(pilot, "Checkout is broken")
        await counted("enter", "2", "enter")
        await counted("u")
        await types(pilot, "payment fails for a fifth of customers")
        await counted("escape", "y")
        await settled(pilot)
        assert notice(pilot).startswith("Copied.")
    assert keys <= 20
    assert clipboard.texts[0].startswith("[SEV2] Incident: Checkout is broken\n")
    assert "Impact: Payment fails for a fifth of customers" in clipboard.texts[0]


async def test_update_2_with_two_picked_entries_takes_at_most_eight_keys(
    console: Console, clipboard: Clipboard
) -> None:
    console.half_told()
    keys = ("u", "shift+tab", "space", "down", "space", "escape", "y", "s")
    assert len(keys) <= 8
    async with console.opened() as pilot:
        await press(pilot, *keys)
        await settled(pilot)
    assert clipboard.texts[0].startswith("[SEV2] Update #2: Checkout errors affecting users\n")
    assert "- Rollback started, one host at a time\n- Error rate down from 20 % to 9 %" in clipboard.texts[0]
    assert console.last().text.startswith("Status update #2 → ")


async def test_several_incidents_are_listed_open_ones_first_and_switched_between(console: Console) -> None:
    began = console.clock()
    console.clock.advance(minutes=5)
    second = console.declare("Checkout errors", 2)
    console.clock.advance(minutes=1)
    # Declared last, but shown with when it began, by which the list is sorted.
    slow = acts.lifecycle.declare("Search is slow", 3, now=console.clock(), began=began, learned=began)
    first = console.workspace.declare(slow)
    async with console.opened() as pilot:
        assert isinstance(pilot.app.screen, StartScreen)
        assert "2 incidents are open" in screen_text(pilot)
        assert ["Checkout" in choices(pilot)[0], "Search" in choices(pilot)[1]] == [True, True]
        await press(pilot, "enter")
        await pilot.pause()
        assert incident_screen(pilot).session.incident.id == second.incident.id
        await answers(pilot, "l", "about checkout")
        await types(pilot, "half a word")
        await press(pilot, "escape", "o", "down", "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.id == first.incident.id
        assert words_in_line(pilot) == ""
        assert "about checkout" not in screen_text(pilot)
        await press(pilot, "o", "up", "enter")
        await settled(pilot)
        assert words_in_line(pilot) == "half a word"
        assert "about checkout" in screen_text(pilot)


async def test_escape_on_the_start_screen_goes_back_to_the_incident(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "o", "escape")
        await pilot.pause()
        assert incident_screen(pilot).session.incident.id == session.incident.id


async def test_it_reopens_on_the_incident_and_pane_that_were_left(console: Console) -> None:
    console.declare("Search is slow", 3)
    left = console.half_told()
    async with console.opened() as pilot:
        assert isinstance(pilot.app.screen, StartScreen)
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "2")
        console.clock.advance(seconds=1)
        await press(pilot, "Q", "Q")
    console.start_again()
    async with console.opened(SMALL) as pilot:
        assert incident_screen(pilot).session.incident.id == left.incident.id
        assert incident_screen(pilot).panes.front == "timeline"
        assert "Timeline · 16" in screen_text(pilot)


async def test_resolved_and_closed_incidents_stay_listed_with_how_long_they_took(console: Console) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "x", "rolled back")
        await press(pilot, "o")
        await pilot.pause()
        assert "Nothing is open." in screen_text(pilot)
        assert "Resolved  2026-11-23  29 min" in choices(pilot)[0]
        await press(pilot, "enter")
        await pilot.pause()
        assert incident_screen(pilot).session.incident.id == session.incident.id


async def test_an_incident_declared_by_another_process_shows_on_the_start_screen(console: Console) -> None:
    other = Console(console.folder, console.clock)
    async with console.opened() as pilot:
        other.declare("Search is slow", 3)
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        screen.beat()
        await pilot.pause()
        assert "Search is slow" in screen_text(pilot)
    other.close()
