"""What is known and who does what, by keys: asked for once, seen everywhere, its history kept."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from tests.console import (
    LARGE,
    MARK_SENT,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    choices,
    composer_values,
    incident_screen,
    message_shown,
    notice,
    press,
    screen_lines,
    screen_text,
    settled,
)
from tests.pilot.conftest import Clipboard
from warroom.model import acts
from warroom.model.kinds.decisions import DecisionContextAdded, DecisionMade, DecisionReviewed
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.roles import RoleAssigned
from warroom.screens.entry import EntryScreen

SIZES = pytest.mark.parametrize("size", [LARGE, SMALL], ids=["120x36", "80x24"])
Size = tuple[int, int]


async def test_an_answer_to_an_item_is_seen_wherever_it_is_wanted(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        assert "lost" not in screen_lines(pilot)[0]
        await press(pilot, "space")
        assert "Business impact:" in screen_text(pilot)
        await answers(pilot, "$32k")
        assert "≈ $15,000 lost" in screen_lines(pilot)[0]
        await press(pilot, "p")
        assert "it costs us $32k an hour. Coming up: [scheduled event?]." in " ".join(screen_text(pilot).split())
        await press(pilot, "escape")
        await answers(pilot, "space", "board demo at 10:00")
        assert "✓ Amplifying event" in screen_text(pilot)
        assert "demo" in screen_text(pilot).split("✓ Amplifying event")[1].split("\n")[0]
        await press(pilot, "m", "end", "enter")
        await answers(pilot, "k", "cannot be reached")
        await press(pilot, "m")
        assert composer_values(pilot)["revenue"] == "$32k"
        assert "Cost so far: ≈ $15,000" in message_shown(pilot)
        await press(pilot, "escape", "escape", "2")
        assert "fact       Revenue per hour: $32k" in screen_text(pilot)
    facts = [entry.body for entry in console.entries() if isinstance(entry.body, FactSet)]
    assert facts[-2:] == [FactSet("revenue_per_hour", "$32k"), FactSet("event", "board demo at 10:00")]


async def test_enter_alone_ticks_and_nothing_is_made_up(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await answers(pilot, "space", "")
        assert notice(pilot) == "Done: Business impact"
        assert "≈" not in screen_text(pilot)
        await press(pilot, "f")
        assert "Revenue per hour" in choices(pilot)
        await answers(pilot, "escape", "f", "down", "down", "down", "down", "enter", "a lot")
        assert "lost" not in screen_lines(pilot)[0], "an amount that is no number is not guessed"
    assert [entry.body for entry in console.entries()[-2:]] == [
        ItemTicked("business", True),
        FactSet("revenue_per_hour", "a lot"),
    ]


async def test_the_cost_grows_with_time_and_stops_at_the_resolution(console: Console) -> None:
    console.half_told().apply(acts.facts.fact(PLAYBOOK, "revenue_per_hour", "6 000 EUR"))
    async with console.opened(SMALL) as pilot:
        screen = incident_screen(pilot)
        console.clock.advance(minutes=30, seconds=19)
        screen.beat()
        await pilot.pause()
        assert "≈ 6,000 EUR lost" in screen_lines(pilot)[0]
        await answers(pilot, "x", "rolled back")
        console.clock.advance(hours=1)
        screen.beat()
        await pilot.pause()
        assert "≈ 6,000 EUR lost" in screen_lines(pilot)[0]


async def test_a_revenue_that_is_no_amount_of_money_is_said_to_show_no_cost(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        revenue = ("f", *["down"] * [fact.id for fact in PLAYBOOK.facts].index("revenue_per_hour"), "enter")
        await answers(pilot, *revenue, "about 12k orders")
        assert notice(pilot).endswith("There is no amount of money in it, so no cost is shown")
        await answers(pilot, *revenue, "ctrl+u", "32k EUR")
        assert "no cost" not in notice(pilot)
        assert "EUR lost" in screen_lines(pilot)[0]


@SIZES
async def test_every_fact_keeps_its_history(console: Console, size: Size) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "f")
        assert [row.split("  ")[0] for row in choices(pilot)] == [fact.label for fact in PLAYBOOK.facts]
        await answers(pilot, "down", "enter", "ctrl+u", "every attempt fails")
        await press(pilot, "f", "down")
        assert choices(pilot)[1] == "User impact  every attempt fails  (2)"
        about = str(pilot.app.screen.query_one("#about", Static).visual)
        assert about == "03:25 errors for about 20 % of attempts → 03:46 every attempt fails"
        await press(pilot, "down")
        assert "about 20 % of attempts" in str(pilot.app.screen.query_one("#about", Static).visual), "the hint"


@SIZES
async def test_roles_are_cards_with_duties_contact_and_since_when(console: Console, size: Size) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "r")
        assert "coordinates, makes the calls, assigns tasks · Priya since 03:24 CET" in screen_text(pilot)
        assert "Communications lead (your role)" in screen_text(pilot)
        console.clock.advance(minutes=5)
        await answers(pilot, "enter", "enter", "Chen, +1 555 0100")
        await press(pilot, "r")
        assert choices(pilot)[0] == "Incident commander  Chen +1 555 0100"
        assert "Chen since 03:51 CET" in screen_text(pilot)
        await press(pilot, "escape", "2")
        assert "Incident commander: Chen, taking over from Priya" in screen_text(pilot)
    entry = console.last()
    assert entry.body == RoleAssigned("ic", "Chen", "Priya", "+1 555 0100")
    assert entry.at == console.clock()


async def test_several_experts_sit_side_by_side_and_step_back_one_by_one(console: Console) -> None:
    console.half_told()
    expert = ("r", "down", "down", "enter")
    async with console.opened(SMALL) as pilot:
        await answers(pilot, *expert, "Ana, @ana")
        await answers(pilot, *expert, "enter", "Bo")
        await press(pilot, "r")
        assert choices(pilot)[2] == "Subject-matter expert  Ana @ana; Bo"
        await press(pilot, "escape", *expert, "down", "enter")
        assert console.last().text == "Subject-matter expert: Ana steps back"
        await answers(pilot, *expert, "enter", "")
        await press(pilot, "r")
        assert choices(pilot)[2] == "Subject-matter expert  Bo"
        await answers(pilot, "down", "down", "enter", "enter", "-Anna")
        assert notice(pilot) == "Anna can't step back: subject-matter expert is Bo"
        assert incident_screen(pilot).page.line.input.text == "-Anna"
        await press(pilot, "escape", "r", "enter", "down", "enter")
        assert "IC not known" in screen_lines(pilot)[0]


async def test_decisions_are_numbered_confirmed_reversed_and_added_to(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await answers(pilot, "d", "Checkout before search")
        await answers(pilot, "it earns the money")
        await press(pilot, "D")
        assert choices(pilot) == ["1. Roll back payment service to v2.3.1", "2. Checkout before search"]
        assert "because rollback is faster and safer; decided by Priya" in screen_text(pilot)
        await press(pilot, "down", "enter")
        assert [row.split("  ")[0] for row in choices(pilot)] == [
            "Confirm it",
            "Reverse it",
            "Options considered",
            "Decided by",
            "Asked for by",
        ]
        await answers(pilot, "o", "both at once; search first")
        await answers(pilot, "D", "down", "enter", "a", "Marcus")
        await answers(pilot, "D", "down", "enter", "b", "Dana")
        await answers(pilot, "D", "enter", "c", "error rate is down")
        console.clock.advance(minutes=1)
        await answers(pilot, "D", "down", "enter", "r", "search is down altogether")
        await press(pilot, "D", "down")
        assert choices(pilot)[0].endswith("  confirmed 03:46 CET")
        assert choices(pilot)[1].endswith("  reversed 03:47 CET")
        told = "because it earns the money; options: both at once; search first; decided by Dana; asked for by Marcus"
        assert told in " ".join(str(pilot.app.screen.query_one("#about", Static).visual).split())
    added, reversed_ = console.entries()[-4], console.last()
    key = next(entry.key for entry in console.entries() if entry.text == "Checkout before search")
    assert added.body == DecisionContextAdded(key, asked_by="Marcus")
    assert reversed_.body == DecisionReviewed(key, "reversed", "search is down altogether")


async def test_a_decision_is_read_with_all_that_was_added_to_it(console: Console) -> None:
    session = console.declare()
    (entry,) = session.apply(acts.decisions.decision("Checkout before search", "it earns the money"))
    session.apply(
        acts.decisions.add_context(entry, options="search first", by="Dana", asked_by="Marcus"),
        acts.decisions.review(entry, "reversed", "search is down altogether"),
    )
    async with console.opened(SMALL) as pilot:
        await press(pilot, "2", "up", "up", "enter")
        assert isinstance(pilot.app.screen, EntryScreen)
        text = screen_text(pilot)
        for words in (
            "Because: it earns the money",
            "Options considered: search first",
            "Decided by: Dana",
            "Asked for by: Marcus",
            "Reversed at 03:17 CET: search is down altogether",
        ):
            assert words in text
    assert isinstance(entry.body, DecisionMade)


async def test_the_role_is_handed_over_in_a_text_to_read_and_copy(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "H")
        assert "Hand-over of your role" in screen_text(pilot)
        assert "Incident commander:  Priya" in screen_text(pilot)
        await press(pilot, "y")
        await settled(pilot)
        assert notice(pilot) == "Copied."
    (text,) = clipboard.texts
    for words in (
        "SEV2 High",
        "Send status update #2",
        "Stakeholder update",
        "03:53 CET",
        "checkout",
        "Roll back",
        "Rollback started",
    ):
        assert words in text


async def test_what_became_of_each_promise_stands_in_the_timeline(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        await press(pilot, "2", "slash")
        await answers(pilot, "Initial acknowledgement")  # from there on, in sight at both sizes
        assert "next update 03:53 CET: promised" in screen_text(pilot)
        console.clock.advance(minutes=6, seconds=50)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "next update 03:53 CET: promised" in screen_text(pilot), "a promise of 03:53 holds to its end"
        console.clock.advance(seconds=40)
        incident_screen(pilot).beat()
        await pilot.pause()
        assert "next update 03:53 CET: MISSED" in screen_text(pilot)
        await press(pilot, "u", "escape", *MARK_SENT, "2")
        assert "next update 03:53 CET: late" in screen_text(pilot)
        console.clock.advance(minutes=5)
        await press(pilot, "m", "home", "down", "enter", "escape", *MARK_SENT, "2", "end")
        assert "next update 04:20 CET: kept" in screen_text(pilot)
