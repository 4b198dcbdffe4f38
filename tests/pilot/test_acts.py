"""What is done on an incident by key: each an entry, seen at once, refused in words, its words never lost."""

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
    screen_text,
    settled,
    types,
    words_in_line,
)
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.lifecycle import Closed, Reopened, Resolved
from warroom.model.kinds.log import ActionTaken
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.kinds.timers import ClockSnoozed
from warroom.model.times import MINUTE
from warroom.widgets.checklist import ChecklistPane


def row_of(text: str, words: str) -> str:
    """The line of the screen that holds the words."""
    return next(line for line in text.split("\n") if words in line)


async def test_space_ticks_and_unticks_with_who_and_when(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "space")
        assert notice(pilot) == "Done: Severity known"
        assert pilot.app.screen.query_one(ChecklistPane).cursor == "responders"
        await press(pilot, "up")
        assert "✓ Severity known" in screen_text(pilot)
        assert row_of(screen_text(pilot), "Severity known").split("┃")[1].rstrip().endswith("03:17 Dana")
        await press(pilot, "space")
        assert notice(pilot) == "Not done: Severity known"
    ticked, unticked = console.entries()[-2:]
    assert (ticked.body, unticked.body) == (ItemTicked("severity", True), ItemTicked("severity", False))
    assert unticked.author == "Dana"


async def test_ticking_what_asks_for_a_fact_takes_it_and_enter_alone_just_ticks(console: Console) -> None:
    console.declare()
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "down", "space", "Priya")
        assert "IC Priya" in screen_text(pilot)
        before = len(console.entries())
        await answers(pilot, "up", "v", "Priya")
        assert notice(pilot) == "Priya has that role already, since 03:17 CET; nothing was logged"
        assert len(console.entries()) == before
        await answers(pilot, "down", "space", "payment fails at the last step")
        assert "payment fails at the last step" in screen_text(pilot)
        await answers(pilot, "v", "now")
        await answers(pilot, "space", "")
        assert notice(pilot) == "Done: Affected system"
    facts = [entry.body for entry in console.entries() if isinstance(entry.body, FactSet)]
    assert facts == [FactSet("impact", "payment fails at the last step")]
    assert RoleAssigned("ic", "Priya") in [entry.body for entry in console.entries()]
    assert console.last().body == ItemTicked("system", True)


async def test_a_log_line_is_there_at_once(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await answers(pilot, "l", "Error rate climbs")
        assert "Error rate climbs" in screen_text(pilot)
        assert notice(pilot) == "Logged at 03:17 CET: Error rate climbs"
        assert words_in_line(pilot) == ""
        await answers(pilot, "   ")
        assert (console.last().kind, console.last().text, len(console.entries())) == ("note", "Error rate climbs", 2)


async def test_the_log_line_stays_open_so_that_twenty_lines_are_twenty_enters(console: Console) -> None:
    console.declare()
    lines = [f"quick decisions: {number}" for number in range(20)]
    async with console.opened() as pilot:
        await press(pilot, "l")
        for line in lines:
            await answers(pilot, line)
        assert lines[-1] in screen_text(pilot)
        assert [entry.text for entry in console.entries()][1:] == lines
        await press(pilot, "escape", "d")
        assert "Decision:" in screen_text(pilot)


async def test_a_time_in_front_back_dates_a_line(console: Console) -> None:
    console.half_told()
    now = console.clock()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await types(pilot, "-5m second host done")
        assert "at 03:41 CET, 5 min ago" in screen_text(pilot)
        await press(pilot, "enter")
        assert notice(pilot) == "Logged at 03:41 CET, added 5 min later: second host done"
        assert "added 5 min later" in screen_text(pilot)
        await answers(pilot, "03:20 first ticket")
        assert "03:20  note       first ticket" in screen_text(pilot)
        await answers(pilot, "02:44Z third host done")
        await press(pilot, "escape")
        await answers(pilot, "a", "-2m cache flushed")
    back, first, zulu, did = console.entries()[-4:]
    assert (back.at, back.text, back.recorded) == (now - 5 * MINUTE, "second host done", now)
    assert (first.text, now - first.at) == ("first ticket", 26 * MINUTE + 41_000)
    assert (zulu.text, now - zulu.at) == ("third host done", 2 * MINUTE + 41_000)
    assert (did.kind, did.text, did.at) == ("action", "cache flushed", now - 2 * MINUTE)
    assert isinstance(did.body, ActionTaken)


async def test_a_time_that_cannot_be_meant_is_told_and_the_words_stay(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await types(pilot, "2026-11-24T03:00 tomorrow")
        assert "this time is not in the past" in screen_text(pilot)
        await press(pilot, "enter")
        assert failed(pilot)
        assert "in the future" in notice(pilot)
        assert words_in_line(pilot) == "2026-11-24T03:00 tomorrow"
    assert len(console.entries()) == 1


async def test_words_not_yet_sent_survive_escape_another_question_and_a_crash(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await types(pilot, "half a line")
        await press(pilot, "escape", "d")
        await types(pilot, "roll back")
        await press(pilot, "escape", "l")
        assert words_in_line(pilot) == "half a line"
        console.clock.advance(seconds=1)
        incident_screen(pilot).beat()
    console.start_again()
    async with console.opened() as pilot:
        assert words_in_line(pilot) == "half a line"
        await press(pilot, "d")
        assert words_in_line(pilot) == "roll back"
        await press(pilot, "escape")
        await answers(pilot, "l", "")
        await press(pilot, "escape", "Q", "Q")
    assert console.last().text == "half a line"
    console.start_again()
    async with console.opened() as pilot:
        assert words_in_line(pilot) == ""


async def test_a_decision_asks_for_its_reason(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await answers(pilot, "d", "-1m Roll back payment service to v2.3.1")
        assert "Because:" in screen_text(pilot)
        await answers(pilot, "faster and safer")
        assert "because faster and safer" in screen_text(pilot)
        await press(pilot, "d")
        assert words_in_line(pilot) == ""
    entry = console.last()
    assert (entry.text, entry.body) == ("Roll back payment service to v2.3.1", DecisionMade("faster and safer"))
    assert entry.recorded - entry.at == MINUTE


async def test_a_decision_whose_reason_is_not_given_yet_is_kept(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await answers(pilot, "d", "Roll back")
        await types(pilot, "because it is")
        console.clock.advance(seconds=1)
        incident_screen(pilot).beat()
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "d")
        assert words_in_line(pilot) == "Roll back"
        await press(pilot, "enter")
        assert words_in_line(pilot) == "because it is"
        await press(pilot, "enter")
    assert console.last().body == DecisionMade("because it is")


async def test_roles_are_named_and_handed_over(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "r")
        assert any(row.startswith("Incident commander") and row.endswith("Priya") for row in choices(pilot))
        await answers(pilot, "enter", "enter", "Chen")
        assert "IC Chen" in screen_text(pilot)
        assert "Incident commander: Chen, taking over from Priya" in screen_text(pilot)
        assert console.last().body == RoleAssigned("ic", "Chen", "Priya")
        before = len(console.entries())
        await answers(pilot, "r", "enter", "enter", "Chen")
        assert notice(pilot) == "Chen has that role already, since 03:46 CET; nothing was logged"
        await press(pilot, "r", "enter", "down", "down", "enter")
        assert words_in_line(pilot) == "Chen"
        await answers(pilot, "ctrl+u", "Cheng, +1 555 0100")
        shown = screen_text(pilot)
        assert "IC Cheng" in shown
        assert "Incident commander: Cheng, taking over from Priya" in shown
        assert "corrected" in shown
        assert "Chen," not in shown.replace("Cheng,", "")
    assert len(console.entries()) == before + 1
    assert console.workspace.open(console.last().incident).incident.roles["ic"][0].at == console.entries()[-2].at


async def test_facts_are_corrected_in_place_and_left_alone_when_unchanged(console: Console) -> None:
    console.half_told()
    before = len(console.entries())
    async with console.opened() as pilot:
        await press(pilot, "f")
        assert any(row.startswith("Affected system") and row.endswith("checkout") for row in choices(pilot))
        await press(pilot, "enter")
        assert words_in_line(pilot) == "checkout"
        await press(pilot, "enter")
        assert len(console.entries()) == before
        await answers(pilot, "f", "enter", " and payments")
    assert console.last().body == FactSet("system", "checkout and payments")


async def test_a_change_of_severity_asks_why_and_says_which_clocks_moved(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "S", "1", "enter")
        await answers(pilot, "nobody can pay")
        said = notice(pilot)
        assert said.startswith("SEV2 → SEV1. ")
        assert "Customer message" in said
        assert "Resolution target: as soon as possible" in said
        assert "SEV1  Checkout errors" in screen_text(pilot)
        await press(pilot, "S", "escape")
        await press(pilot, "S", "tab", "enter")
        assert "SEV1 already" in notice(pilot)
    assert console.last().body == SeveritySet(1, "nobody can pay", "All users, complete outage")


async def test_a_stage_is_entered_by_choosing_it(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "g", "home", "down", "down", "down", "down", "enter")
        assert "it is not resolved yet" in notice(pilot)
        await press(pilot, "g", "home", "down", "down", "down", "enter")
        assert "RESOLUTION" in screen_text(pilot)
    assert console.last().text == "Stage: Resolution"


async def test_care_before_the_reminder_is_one_line_and_does_not_answer_the_reminder(console: Console) -> None:
    console.half_told()
    before = len(console.entries())
    async with console.opened() as pilot:
        await answers(pilot, "c", "coffee")
        assert notice(pilot) == "Logged: For the team: coffee"
    assert [entry.text for entry in console.entries()[before:]] == ["For the team: coffee"]


async def test_the_title_is_corrected_in_place(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "T")
        assert words_in_line(pilot) == "Checkout errors affecting users"
        await answers(pilot, " in the EU")
        assert "SEV2  Checkout errors affecting users in the EU" in screen_text(pilot)
        await press(pilot, "T", "ctrl+u", "enter")
        assert "needs a title" in notice(pilot)


async def test_a_snooze_is_of_the_clock_that_now_is_about_and_says_until_when(console: Console) -> None:
    console.half_told()  # at 03:46:41; the phase has been LATE for longer than anything else
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "z", "")
        assert "Snooze Stakeholder update until 04:03, because:" in screen_text(pilot)
        assert "needs a reason" in notice(pilot)
        assert failed(pilot)
        await answers(pilot, "all of it is being gathered")
        await answers(pilot, "z", "support writes it")
        await press(pilot, "z")
        assert "Snooze Phase" not in screen_text(pilot)
    update, customer = console.entries()[-2:]
    assert isinstance(update.body, ClockSnoozed)
    assert isinstance(customer.body, ClockSnoozed)
    assert (update.body.clock, customer.body.clock) == ("update", "customer")
    assert update.body.until == update.body.due + 10 * MINUTE


async def test_resolving_closing_and_reopening(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await answers(pilot, "x", "-4m rolled back to v2.3.1")
        assert notice(pilot).startswith("Resolved after 25 min")
        assert "RESOLUTION   T+00:25:00" in screen_text(pilot)
        assert "Send the resolution notice" in screen_text(pilot)
        await press(pilot, "x", "down", "enter", "enter")  # and asks, while it is not sent
        assert "CLOSED" in screen_text(pilot)
        for key in ("l", "d", "a", "u", "m", "e", "S", "T", "c", "t"):  # refused before anything is typed
            incident_screen(pilot).page.say("")
            await press(pilot, key)
            assert notice(pilot) == "This incident is closed; reopen it first (x)"
            assert failed(pilot)
            assert not incident_screen(pilot).page.line.input.has_focus
            assert not incident_screen(pilot).composing
        await answers(pilot, "x", "errors are back")
        assert "RESPONSE" in screen_text(pilot)
    kinds = [entry.kind for entry in console.entries()[-3:]]
    assert kinds == ["resolved", "closed", "reopened"]
    resolved, closed, reopened = (entry.body for entry in console.entries()[-3:])
    assert (resolved, closed, reopened) == (Resolved(), Closed(owes=True), Reopened("errors are back"))


async def test_what_makes_no_sense_is_refused_in_words_and_written_nowhere(console: Console) -> None:
    console.half_told()
    before = len(console.entries())
    async with console.opened(SMALL) as pilot:
        await answers(pilot, "x", "02:00 fixed")
        assert "can't be resolved before it began" in notice(pilot)
        assert "✗ it can't be resolved before it began" in screen_text(pilot)
        await press(pilot, "escape", "C")
        await settled(pilot)
    assert len(console.entries()) == before


async def test_enter_does_what_the_now_line_says(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        assert "NOW ▸ Send status update #2" in screen_text(pilot)
        await press(pilot, "enter")
        assert "Compose · Status update #2" in screen_text(pilot)
    console.clock.advance(hours=1)
    fresh = console.declare("Search is slow", 3)
    async with console.opened(incident=fresh.incident.id) as pilot:
        assert "NOW ▸ 0–5 Assess: Severity known" in screen_text(pilot)
        await answers(pilot, "enter", "")
    assert console.last().body == ItemTicked("severity", True)
