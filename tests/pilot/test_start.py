"""The start screen: what is due in every incident, the most urgent first; finding, sorting and opening incidents."""

from __future__ import annotations

import re

from rich.cells import cell_len

from tests.console import (
    LARGE,
    MARK_SENT,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    choices,
    incident_screen,
    notice,
    own_clock,
    press,
    screen_text,
    second,
    settled,
    types,
)
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.times import HOUR
from warroom.screens.start import StartScreen
from warroom.session import Session


async def test_the_start_screen_shows_what_is_due_next_and_what_is_late_the_most_urgent_first(
    console: Console, bells: list[str]
) -> None:
    own_clock(console, "Search is slow", 12)
    console.declare("Checkout errors affecting many people in Europe", 2)
    other = Console(console.folder, console.clock)
    async with console.opened(LARGE) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        assert ["Checkout" in choices(pilot)[0], "Search" in choices(pilot)[1]] == [True, True]
        console.clock.advance(minutes=1)
        screen.beat()
        await pilot.pause()
        rows = [line for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert "Phase 0–5      04:00" in rows[0]
        assert "Ask the vendor 11:00" in rows[1]
        await press(pilot, "down", "up")
        console.clock.advance(minutes=10, seconds=50)
        screen.beat()
        await pilot.pause()
        assert re.search(r"Ask the vendor +00:10 ", screen_text(pilot))
        console.clock.advance(seconds=40)
        screen.beat()
        await pilot.pause()
        assert re.search(r"Ask the vendor +00:00 ", screen_text(pilot)), "LATE only once the minute is over"
        console.clock.advance(seconds=32)
        screen.beat()
        await pilot.pause()
        rows = [line for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert "Ask the vendor LATE 01:02" in rows[0]
        assert "▸" in rows[1]  # the cursor stays on its incident
        assert {row.index("Triage  2026-11-23  13 min") for row in rows} == {rows[0].index("Triage")}
        assert notice(pilot) == "LATE in “Search is slow” (ck14): Ask the vendor."
        assert len(bells) == 2
        other.workspace.open("ck24mq").apply(acts.severity.set_severity(1, "all payments", 2))
        screen.beat()
        await pilot.pause()
        assert "SEV1" in choices(pilot)[1]
        await press(pilot, "enter")
        await settled(pilot)
        await answers(pilot, "x", "rolled back")
        await press(pilot, "o")
        assert ["Search" in choices(pilot)[0], "Resolved" in choices(pilot)[1]] == [True, True]
    for size in ((80, 24), (60, 16)):
        async with console.opened(size) as pilot:
            await press(pilot, "o")
            assert "LATE 01:0" in screen_text(pilot)
    other.close()


async def test_titles_have_the_room_and_the_columns_fit_what_is_in_view(console: Console) -> None:
    titles = ("Checkout fails for customers who pay by card in the German shop", "決済サービスが東京で" * 4, "🔥" * 60)
    for title in titles:
        own_clock(console, title, 3)
    console.clock.advance(hours=7)
    reported = console.declare("DNS", 2)
    with console.workspace.journal.writing() as writer:
        for number in range(100):
            began = console.clock() - 24 * HOUR + number
            for draft in (
                acts.lifecycle.declare(f"Old {number}" + " of many" * (number == 99), 3, now=began, began=began),
                acts.lifecycle.resolve("fixed", at=began + HOUR),
                acts.lifecycle.close(),
            ):
                writer.append(f"old{number}", draft, author="Dana")
    async with console.opened((60, 16)) as pilot:

        def heads() -> str:
            return next(line for line in screen_text(pilot).splitlines() if "incident  " in line)

        await press(pilot, "o")
        await second(pilot)
        for size, least in (((60, 16), 18), ((80, 24), 28), ((120, 36), 42), ((200, 50), 60)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            at, due = heads().index("incident"), heads().index("due" if size == (60, 16) else "due next")
            assert due - at - 2 >= least
            lines = screen_text(pilot).splitlines()
            rows = [next(line for line in lines if words in line) for words in ("SEV4  Checkout", "SEV4  決済", "🔥")]
            assert all("LATE 6 h" in row and cell_len(row) <= size[0] for row in rows)
            assert len({cell_len(row[: row.index("LATE 6 h")]) for row in rows}) == 1
            whole = titles[0] if size == (200, 50) else titles[0][: least - 1].rstrip()
            assert rows[0][at:].startswith(whole)
            assert any(f" {reported.incident.id}  SEV2  DNS  " in line for line in lines)
            if size == (120, 36):
                assert [word for word in heads().split() if word[0] in "sbl"] == ["stage", "began", "lasted"]

        await press(pilot, "f", "f", "f", "f", "s", "s", "s", "s")  # those that are over, by title
        assert "Over and done with · by title · 100 shown" in screen_text(pilot)
        assert "due" not in heads(), "no column for what no row has"
        narrow = heads().index("stage")
        await press(pilot, "end")
        await pilot.pause()
        assert "Old 99 of many  Closed" in screen_text(pilot)
        assert heads().index("stage") == narrow + len("Old 99 of many") - len("incident")
        await press(pilot, "home")
        assert "Old 0           Closed" in screen_text(pilot), "columns don't get narrower again"


async def test_whoever_has_not_been_told_that_it_is_over_keeps_an_incident_above_the_others(console: Console) -> None:
    console.half_told().apply(acts.lifecycle.cancel("a test that nobody announced"))
    quiet = console.declare("Nobody was told", 3)
    quiet.apply(acts.lifecycle.resolve())
    quiet.apply(acts.lifecycle.close())
    async with console.opened() as pilot:
        rows = [line for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert "Checkout" in rows[0]
        assert "End notice now" in rows[0]
        assert "due next: Tell people it is over now" in screen_text(pilot)
        assert " Cancelled " in rows[0]
        assert "Cancelled: false alarm" in screen_text(pilot)
        assert "End notice" not in rows[1]
        console.clock.advance(minutes=30)
        screen = pilot.app.screen
        assert isinstance(screen, StartScreen)
        screen.beat()
        await pilot.pause()
        rows = [line for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert "LATE" in rows[0]
        assert "End notice" not in rows[0]
        await press(pilot, "enter", "u", "escape", *MARK_SENT)
        await press(pilot, "o")
        assert "Tell people" not in screen_text(pilot)
        assert "End notice" not in screen_text(pilot)


async def test_what_is_owed_after_a_fix_comes_after_the_open_incidents_and_wakes_nobody(
    console: Console, bells: list[str]
) -> None:
    """With one open incident, the first hour of an earlier one that runs out is told, once, and doesn't ring."""

    def over(title: str, severity: int, *, owes: bool | None = None) -> Session:
        session = console.declare(title, severity)
        session.apply(acts.lifecycle.resolve("rolled back"))
        if owes is not None:
            session.apply(acts.lifecycle.close(owes=owes))
        return session

    other = Console(console.folder, console.clock)
    over("Login fails", 1, owes=True)
    console.clock.advance(minutes=5)
    over("Search is slow", 2)
    over("Mail is late", 2, owes=False)
    console.clock.advance(minutes=50)
    mine = console.declare("Checkout errors", 4)
    async with console.opened(LARGE) as pilot:
        await press(pilot, "o")
        rows = [line.split("SEV", 1)[1] for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert [row.split()[1] for row in rows] == ["Checkout", "Login", "Search", "Mail"]
        assert re.search("First hour: 5 open +05:00 +Closed", rows[1])
        assert re.search("First hour: 5 open +10:00 +Resolved", rows[2])
        assert "open " not in rows[3]
    async with console.opened(LARGE, mine.incident.id, toasts=True) as pilot:
        await second(pilot)
        console.clock.advance(minutes=6)
        await second(pilot)
        assert "LATE in “Login fails” (ck14): First hour: 5 open" in screen_text(pilot)
        assert bells == []
        assert "other LATE" not in screen_text(pilot)  # nobody waits for it
        console.clock.advance(hours=1)
        session = console.workspace.open("ck14mq")
        session.apply(*[acts.recovery.set_item(PLAYBOOK, row.id, "done") for row in PLAYBOOK.recovery[0].rows])
        await second(pilot)
        closed_late = other.workspace.open("ck34mq")
        closed_late.apply(acts.lifecycle.reopen("it is back"), acts.lifecycle.resolve("again"))
        closed_late.apply(acts.lifecycle.close(owes=True))
        await press(pilot, "o")
        rows = [line.split("SEV", 1)[1] for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert [row.split()[1] for row in rows] == ["Checkout", "Search", "Mail", "Login"]
        assert "LATE 56:00" in rows[1] or "LATE 1 h" in rows[1]
    other.close()


async def test_incidents_are_found_sorted_searched_reopened_and_opened_at_a_line(console: Console) -> None:
    old = console.declare("Certificate of payment-api expired", 1)
    old.apply(acts.facts.fact(PLAYBOOK, "system", "payment-api"), acts.log.note("the vendor renews it"))
    console.clock.advance(minutes=42)
    old.apply(acts.lifecycle.resolve("Renewed by hand"), acts.lifecycle.close())
    console.clock.advance(hours=5)
    slow = console.declare("Search is slow", 3)
    console.clock.advance(minutes=3)
    mine = console.declare("Checkout errors", 2)
    async with console.opened(SMALL, mine.incident.id) as pilot:
        await press(pilot, "o", "slash")
        await types(pilot, "PAYMENT sev1")
        assert [row.split()[0] for row in choices(pilot)] == [old.incident.id], "by system and severity"
        assert "with “PAYMENT sev1”" in screen_text(pilot)
        await press(pilot, "enter", "f")
        assert choices(pilot) == []
        await press(pilot, "escape")
        assert {row.split()[0] for row in choices(pilot)} == {slow.incident.id, mine.incident.id}, "the open ones"
        await press(pilot, "f", "f", "f", "f", "s", "s")
        assert [row.split()[1] for row in choices(pilot)] == ["SEV1", "SEV2", "SEV3"]

        await press(pilot, "home", "r")
        await answers(pilot, "it expired again")
        assert notice(pilot) == "Reopened: Certificate of payment-api expired"
        assert "3 incidents are open." in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert console.workspace.open(old.incident.id).incident.state == "open", "a reopening stays"
        await press(pilot, "end", "r")
        assert notice(pilot).startswith("Select an incident that is over")

        await press(pilot, "slash", "e")
        await press(pilot, "escape", "S")
        await types(pilot, "vendor")
        assert "the vendor renews it" in screen_text(pilot), "what was found before is only offered"
        await press(pilot, "escape", "slash")
        assert "▸ ck14mq  SEV1" in screen_text(pilot), "the first one that is found"
        await press(pilot, "backspace")
        await types(pilot, "vendor")
        assert "No incident has these words; tab searches all entries" in screen_text(pilot)
        await press(pilot, "tab")
        assert re.search(r"▸ .* ck14 Certificate of payment-a…  note  the vendor renews it\n", screen_text(pilot))
        assert "All incidents: 1 found" in screen_text(pilot)
        (row,) = choices(pilot)
        assert re.search(r"\d\d:\d\d  ck\w\w Certificate of payment-a…  note  the vendor renews it$", row)
        await press(pilot, "enter")
        await settled(pilot)
        screen = incident_screen(pilot)
        assert screen.session.incident.id == old.incident.id
        selected = screen.timeline.selected()
        assert selected is not None
        assert selected.text == "the vendor renews it"

        await press(pilot, "slash")
        await types(pilot, "slow")
        assert choices(pilot) == []
        await press(pilot, "tab")
        assert len(choices(pilot)) == 1, "all incidents"
        await press(pilot, "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.id == slow.incident.id


async def test_similar_incidents_are_shown_while_declaring_on_the_incident_and_beside_the_question(
    console: Console,
) -> None:
    old = console.declare("Certificate of payment-api expired", 1)
    console.clock.advance(minutes=42)
    old.apply(acts.lifecycle.resolve("Renewed by hand"), acts.lifecycle.close())
    async with console.opened() as pilot:
        await press(pilot, "n")
        await types(pilot, "Expired certificate in the shop")
        pilot.app.screen.show_similar()  # type: ignore[attr-defined] # as a moment after the last key
        await pilot.pause()
        shown = screen_text(pilot)
        assert "Similar: ck14 Certificate of payment-api expired – “certificate”, “expired”" in shown
        assert "over after 42 min: Renewed by hand" in shown
        await press(pilot, "tab", "3", "enter")
        await settled(pilot)
        await press(pilot, "ctrl+l")
        assert choices(pilot) == ["ck14mq  Certificate of payment-api expired  “certificate”, “expired”"]
        await press(pilot, "enter")
        await settled(pilot)
        assert incident_screen(pilot).session.incident.id == "ck14mq"
        await press(pilot, "o", "enter", "P")
        for _ in range(20):
            if "Is there a pattern" in screen_text(pilot):
                break
            await press(pilot, "down")
        assert re.search("▸ ck14 Certificate of payment-api expired – “certificate”", screen_text(pilot))


async def test_a_long_list_uses_its_room_tells_how_each_stands_and_shows_the_top_of_an_order(console: Console) -> None:
    now, ids = console.clock(), dict[str, str]()

    def past(title: str, severity: int, days: int, *then: Draft) -> None:
        with console.workspace.journal.writing() as writer:
            ids[title] = writer.new_incident_id()
            began = now - days * 24 * HOUR
            for draft in (acts.lifecycle.declare(title, severity, now=now, began=began, learned=began), *then):
                writer.append(ids[title], draft, author="Dana")

    past("Forgotten", 4, 2959)
    past("Slow", 3, 3)
    past("Down", 1, 40)
    for number in range(30):
        end = now - number * 24 * HOUR - 23 * HOUR
        past(f"Old {number}", 2, number + 1, acts.lifecycle.resolve("fixed", at=end), acts.lifecycle.close())
    past("Minor", 4, 0, acts.lifecycle.resolve("by itself"))
    past("Owing", 1, 0, acts.lifecycle.resolve("rolled back"))
    async with console.opened((60, 16)) as pilot:
        await second(pilot)

        def rows() -> list[str]:
            return [line[2:].split("  ")[2].strip() for line in screen_text(pilot).splitlines() if "  SEV" in line]

        assert "kept" not in screen_text(pilot)
        assert rows()[:3] == ["Down", "Slow", "Forgotten"], "nothing is due in them: the most serious is first"
        assert {row.split("  ")[-1] for row in choices(pilot)} >= {"3 d", "40 d", "2,959 d"}
        states = [line.split()[-1] for line in screen_text(pilot).splitlines() if "  SEV" in line]
        assert set(states) == {"Open", "Resolved", "Closed"}
        assert "\n Open, Triage · began 2026-10-14 04:17 CEST · 40 d so far\n" in screen_text(pilot)
        await press(pilot, "f", "f")
        assert rows() == ["Owing"]
        await press(pilot, "f")
        assert rows() == ["Minor"]
        assert "Resolved, not closed, nothing owed" in screen_text(pilot)
        assert "Resolved, not closed: nothing is owed" in screen_text(pilot)
        await press(pilot, "f", "f", "end", "slash")
        await types(pilot, "old 1")
        assert len(rows()) == 5, "as many as there is room for, though the last one is selected"
        await press(pilot, "enter", "slash")
        await types(pilot, "own")
        assert "with “own”" in screen_text(pilot), "typing replaces what was looked for before"
        assert rows() == ["Down"]
        await press(pilot, "escape", "escape", "end")
        await pilot.resize_terminal(120, 50)
        await settled(pilot)
        assert len(rows()) == 35, "nothing is above the view while there is room below"
        assert {
            line.index(state)
            for line in screen_text(pilot).splitlines()
            if "  SEV" in line
            for state in ("Triage", "Resolved", "Closed")
            if state in line
        } == {screen_text(pilot).splitlines()[6].index("stage")}
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await press(pilot, "end", "s", "s", "s")
        assert "longest first" in screen_text(pilot)
        assert rows()[0] == "Forgotten"
        assert "▸" in next(line for line in screen_text(pilot).splitlines() if "Forgotten" in line)
