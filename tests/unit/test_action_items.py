"""Action items: what is added, changed and postponed, how it counts, and that all incidents at once read the same."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest
from msgspec.structs import replace

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK, Story, moment
from warroom.model import acts, times
from warroom.model.action_items import (
    LISTED,
    ActionItem,
    counts,
    days_until,
    due_in_words,
    fold_items,
    items_of,
    limit,
    people,
    reminder,
    sorted_by_due,
    source_name,
    spelt,
    summary,
    tally,
    unknown_owner,
    usual_fields,
)
from warroom.model.entries import Draft, Entry, Logged
from warroom.model.incident import refusal
from warroom.model.kinds.action_items import ActionItemAdded, parse_day
from warroom.model.times import HOUR

DAY = 24 * HOUR
TODAY = "2026-11-23"
"""The day of the story, a Monday."""
add, change = acts.action_items.add, acts.action_items.change


class Items(Story):
    """The story, with short words for what happens to action items."""

    def add(self, minute: float, text: str, **fields: str) -> Entry:
        """Add an item, which must not be refused."""
        return self.accept(minute, add(text, **fields))

    def change(self, minute: float, entry: Entry, **fields: str) -> Entry:
        """Change an item, which must not be refused."""
        return self.accept(minute, change(self.logged(entry), **fields))

    def accept(self, minute: float, draft: Draft) -> Entry:
        """Log an act that must not be refused."""
        assert self.refusal(minute, draft) is None
        return self.tell(minute, draft)

    def refusal(self, minute: float, draft: Draft) -> str | None:
        """Why it can't be logged at that minute."""
        return refusal(self.incident, draft, BOOK, moment(minute))

    def logged(self, entry: Entry) -> Logged[ActionItemAdded]:
        """The entry as it reads now."""
        return next(logged for logged in self.incident.all(ActionItemAdded) if logged.key == entry.key)

    @property
    def items(self) -> tuple[ActionItem, ...]:
        """The items of the incident, which are the same when all incidents are listed."""
        found = items_of(self.incident)
        listed = [entry for entry in self.entries if entry.kind in LISTED]
        assert tuple(fold_items(reversed(listed), {self.incident.id: "Checkout errors"})) == found
        return found


def test_an_item_is_added_changed_done_and_opened_again() -> None:
    story = Items()
    entry = story.add(1, "  Alert on\x1b[2J 5xx ", owner=" Priya ", due="2026-12-01", purpose="detect", priority="high")
    (item,) = story.items
    assert (item.id, item.key, item.text, item.owner) == ("k7qd-1", entry.key, "Alert on␛[2J 5xx", "Priya")
    assert (item.due, item.first_due, item.purpose, item.priority) == ("2026-12-01", "2026-12-01", "detect", "high")
    assert (item.state, item.is_open, item.ended, item.source) == ("open", True, None, "")

    story.change(2, entry, state="doing", owner="Marcus")
    story.change(3, entry, due="2026-11-30", purpose="prevent", priority="low")  # sooner needs no reason
    (item,) = story.items
    assert (item.state, item.is_open, item.owner) == ("doing", True, "Marcus")
    assert (item.due, item.first_due, item.purpose, item.priority) == ("2026-11-30", "2026-12-01", "prevent", "low")

    done = story.change(4, entry, state="done")
    story.change(5, entry, state="done")
    assert (story.items[0].state, story.items[0].ended) == ("done", moment(4))
    story.change(6, entry, state="open")
    assert (story.items[0].is_open, story.items[0].ended) == (True, None)
    story.change(7, entry, state="dropped", because="the service goes away")
    assert (story.items[0].state, story.items[0].because) == ("dropped", "the service goes away")
    story.change(8, entry, state="open")
    assert story.items[0].because == ""
    story.change(9, entry, owner="", due="", because="nobody has time")
    assert (story.items[0].owner, story.items[0].due) == ("", "")
    assert done.text == "done: Alert on␛[2J 5xx"


def test_numbers_stay_when_an_item_is_taken_back() -> None:
    story = Items()
    first, second, third = (story.add(number, f"item {number}") for number in (1, 2, 3))
    taken = story.accept(4, acts.corrections.retract(first))
    assert [item.id for item in story.items] == ["k7qd-2", "k7qd-3"]
    story.add(5, "item 4")
    assert [item.number for item in story.items] == [2, 3, 4]
    story.accept(6, acts.corrections.retract(taken))  # put back
    assert [item.text for item in story.items] == ["item 1", "item 2", "item 3", "item 4"]
    story.accept(7, acts.corrections.amend(second, "item two"))
    done = story.change(8, second, state="done")
    assert (story.items[1].text, story.items[1].state) == ("item two", "done")
    assert done.text == "done: item two"
    story.accept(9, acts.corrections.retract(done))
    assert story.items[1].state == "open"
    retitled = story.accept(10, acts.lifecycle.retitle("Checkout down"))
    assert {item.title for item in story.items} == {"Checkout down"}
    story.accept(11, acts.corrections.retract(retitled))
    assert {item.title for item in story.items} == {"Checkout errors"}
    assert third.key == story.items[2].key


def test_all_incidents_are_listed_each_with_its_own() -> None:
    """Entries that point into another incident, which only a doctored file has, change nothing there."""
    one, two = Items(), Items()
    item = one.add(1, "Alert")
    two.add(1, "Canary")
    mine = [replace(entry, incident="aaaa") for entry in one.entries]
    theirs = [replace(entry, incident="bbbb", origin="there") for entry in two.entries]
    stray = [
        replace(one.tell(2, change(one.logged(item), state="done")), incident="bbbb"),
        replace(one.tell(3, acts.corrections.retract(item)), incident="bbbb"),
    ]
    titles = {"aaaa": "Checkout", "bbbb": "Search"}
    found = fold_items([entry for entry in (*mine, *theirs, *stray) if entry.kind in LISTED], titles)
    assert [(item.id, item.title, item.text, item.state) for item in found] == [
        ("aaaa-1", "Checkout", "Alert", "open"),
        ("bbbb-1", "Search", "Canary", "open"),
    ]
    assert fold_items(mine, {}) == []


def test_what_is_wrong_is_refused_in_a_sentence() -> None:
    story = Items()
    entry = story.add(1, "Alert on 5xx", due="2026-12-01")
    item = story.logged(entry)
    refused = {
        add(" "): "a few words",
        add("x", due="soon"): "'soon' is not a day",
        add("x", due="2026-02-30"): "'2026-02-30' is not a day",
        add("x", due="2026-11-21"): "2026-11-21 has passed",
        add("x", purpose="guess"): "the kinds are prevent, detect",
        add("x", priority="huge"): "the priorities are high, normal, low",
        add("x", owner="P" * 201): "201 characters are too many for the name of an owner",
        add("x" * 50_001): "50,001 characters are too many here",
        change(item, state="finished"): "it is one of open, doing, done, dropped",
        change(item, state="dropped", because="  "): "dropping an action item needs a reason",
        change(item, due="2026-12-02"): "postponing an action item needs a reason",
        change(item, due=""): "postponing an action item needs a reason",
        change(item, due="tomorrow", because="x"): "'tomorrow' is not a day",
        change(item, owner="P" * 201): "too many for the name of an owner",
        change(item, priority="huge"): "there is no priority 'huge'",
        change(replace(item, entry=replace(item.entry, n=77)), state="done"): "no such action item",
    }
    for draft, words in refused.items():
        assert words in (story.refusal(2, draft) or ""), draft
    assert story.refusal(2, change(item, due="2026-12-02", because="vendor")) is None
    assert story.refusal(2, change(item, due="2026-12-01")) is None
    long = story.logged(story.add(3, "x" * 50_000))
    assert story.refusal(4, change(long, state="done")) is None


def test_postponing_counts_from_the_day_it_has_now() -> None:
    story = Items()
    entry = story.add(1, "Alert on 5xx")
    story.change(2, entry, due="2026-12-01")  # the first day is no later one
    assert story.items[0].first_due == "2026-12-01"
    story.change(3, entry, due="2026-12-10", because="vendor")
    assert story.refusal(4, change(story.logged(entry), due="2026-12-11"))
    assert story.refusal(4, change(story.logged(entry), due="2026-12-09")) is None
    assert (story.items[0].due, story.items[0].because) == ("2026-12-10", "vendor")


def test_items_are_followed_up_on_a_closed_incident() -> None:
    story = Items()
    entry = story.add(1, "Alert on 5xx")
    note = story.tell(2, acts.log.note("a note"))
    story.tell(3, acts.lifecycle.resolve("rolled back"))
    story.tell(4, acts.lifecycle.close())
    done = story.change(5, entry, state="done")
    undone = story.accept(6, acts.corrections.retract(done))
    assert story.items[0].state == "open"
    story.accept(7, acts.corrections.retract(undone))
    assert story.items[0].state == "done"
    story.accept(8, acts.corrections.amend(entry, "Alert on 5xx and 429"))
    story.accept(9, acts.corrections.retract(story.add(9, "twice")))
    assert [item.text for item in story.items] == ["Alert on 5xx and 429"]
    assert "is closed" in (story.refusal(10, acts.corrections.amend(note, "another note")) or "")
    round_trip = [acts.corrections.retract(replace(note, n=90)), acts.corrections.retract(replace(note, n=91))]
    first = story.tell(11, round_trip[1])
    story.entries[-1] = replace(first, n=90)
    second = story.tell(12, round_trip[0])
    story.entries[-1] = replace(second, n=91)  # two corrections of each other
    assert "is closed" in (story.refusal(13, acts.corrections.retract(replace(note, n=90))) or "")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-24", "2026-12-24"),
        ("12-24", "2026-12-24"),
        ("1-2", "2027-01-02"),
        ("02-29", "2028-02-29"),
        ("Dec 24", "2026-12-24"),
        ("24 december", "2026-12-24"),
        ("3. feb", "2027-02-03"),
        (" Today ", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("mon", "2026-11-30"),
        ("Friday", "2026-11-27"),
        ("3d", "2026-11-26"),
        ("+1 day", "2026-11-24"),
        ("2 weeks", "2026-12-07"),
        ("0d", "2026-11-23"),
        ("", ""),
        ("none", ""),
        ("-", ""),
    ],
)
def test_days_as_people_type_them(typed: str, day: str) -> None:
    assert parse_day(typed, START, UTC) == day


@pytest.mark.parametrize("typed", ["soon", "fr", "2026-13-01", "13-40", "feb 30", "xyz 3", "1000d", "24.12.2026", "²d"])
def test_a_day_that_cant_be_read_says_what_to_type(typed: str) -> None:
    with pytest.raises(times.TimeError, match=r"can't read .* as a day; try 2026-12-24, dec 24, friday"):
        parse_day(typed, START, UTC)


def test_a_day_that_has_passed_is_refused_where_the_people_are() -> None:
    """At 03:17 UTC it is still Sunday far behind UTC, and far ahead of it Tuesday begins before Monday ends in UTC."""
    behind, ahead = timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))
    story = Items()
    assert parse_day("today", START, behind) == "2026-11-22"
    assert story.refusal(0, add("x", due="2026-11-22")) is None
    assert "has passed" in (story.refusal(0, add("x", due="2026-11-21")) or "")
    evening = START + 9 * HOUR
    assert parse_day("today", evening, ahead) == "2026-11-24"
    with pytest.raises(times.TimeError, match="2026-11-23 has passed; give today or a later day"):
        parse_day("2026-11-23", evening, ahead)
    assert parse_day("11-23", evening, ahead) == "2027-11-23"


def test_the_tally_and_the_share_done_in_time() -> None:
    story = Items()
    late, in_time, undated, dropped, overdue, running = (
        story.add(number, name, due=due)
        for number, (name, due) in enumerate(
            {"a": TODAY, "b": TODAY, "c": "", "d": TODAY, "e": TODAY, "f": "2026-12-01"}.items(), 1
        )
    )
    assert tally(story.items, TODAY).share_in_time is None
    for entry, minute in ((in_time, 20 * 60), (undated, 20 * 60 + 1), (late, 21 * 60)):  # 23:17 and 00:17 UTC
        story.change(minute, entry, state="done")
    story.change(21 * 60, dropped, state="dropped", because="no use")
    found = tally(story.items, "2026-11-24", UTC)
    assert (found.total, found.open, found.overdue, found.done, found.dropped) == (6, 2, 1, 3, 1)
    assert (found.done_in_time, found.done_with_day, found.share_in_time) == (1, 2, 50)
    assert tally(story.items, "2026-11-24", timezone(timedelta(hours=-8))).done_in_time == 2
    assert tally(story.items, "2026-11-24", timezone(timedelta(hours=8))).done_in_time == 0
    assert [item.text for item in sorted_by_due(story.items)] == ["e", "f", "a", "b", "d", "c"]
    assert {overdue.key, running.key} == {item.key for item in story.items if item.is_open}
    assert days_until("2026-12-01", TODAY) == 8
    assert days_until("2026-11-20", TODAY) == -3


@pytest.mark.parametrize(("severity", "fields"), [(1, ("high", 28)), (2, ("normal", 56)), (3, ("low", 0))])
def test_the_usual_priority_and_day_follow_from_the_severity(severity: int, fields: tuple[str, int]) -> None:
    story = Items(severity)
    priority, days = fields
    later = START + 5 * DAY

    def after(days: int, start: int = START) -> str:
        return times.day(start + days * DAY, UTC) if days else ""

    assert usual_fields(story.incident, BOOK, later) == (priority, after(days, later))
    story.tell(10, acts.lifecycle.resolve("rolled back"))
    assert usual_fields(story.incident, BOOK, later) == (priority, after(days))
    assert usual_fields(story.incident, BOOK, START + 400 * DAY) == (priority, "")
    assert limit(story.incident, BOOK, "nonsense", later) == ""
    assert usual_fields(story.incident, replace(BOOK, action_items=type(BOOK.action_items)()), later) == ("", "")


def test_how_items_stand_in_words() -> None:
    story = Items()
    assert (summary(story.items, TODAY), counts(tally(story.items, TODAY, UTC))) == ("", "nothing open")
    undated = story.add(1, "Runbook")
    assert summary(story.items, TODAY) == "1 open"
    story.add(2, "Alert", due="2026-11-25")
    assert summary(story.items, TODAY) == "2 open, next due 2026-11-25"
    story.add(3, "Canary", due="2026-11-24")
    days = ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26")
    assert [due_in_words(story.items[2], day) for day in days] == [
        "in 2 days",
        "tomorrow",
        "today",
        "LATE 1 day",
        "LATE 2 days",
    ]
    assert summary(story.items, "2026-11-25") == "1 overdue since 2026-11-24"
    assert summary(story.items, "2026-11-26") == "2 overdue, the oldest since 2026-11-24"
    assert due_in_words(story.items[0], TODAY) == ""
    assert counts(tally(story.items, "2026-11-26", UTC)) == "3 open · 2 overdue"
    for item in story.items[1:]:
        story.change(4, item.logged.entry, state="done")
    assert summary(story.items, "2026-11-26") == "1 open"
    story.change(5, undated, state="dropped", because="no use")
    assert summary(story.items, "2026-11-26") == ""
    assert counts(tally(story.items, "2026-11-26", UTC)) == "nothing open · 100 % done in time (of 2 with a day)"


def test_names_are_those_of_people_with_a_role_in_the_incident() -> None:
    story = Items()
    story.tell(1, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Ana"))
    assert people(story.incident) == ["Priya", "Ana"]
    assert (spelt(" priya ", people(story.incident)), spelt("Zoe", people(story.incident))) == ("Priya", "Zoe")
    assert (unknown_owner("Priya", story.incident), unknown_owner("", story.incident)) == ("", "")
    assert unknown_owner("Zoe", story.incident).startswith("Nobody called Zoe has or had a role in this incident")


def test_an_item_says_where_it_came_from() -> None:
    story = Items()
    story.tell(1, acts.decisions.decision("Wait", "unclear"))
    decision = story.tell(2, acts.decisions.decision("Roll back", "safer"))
    assert source_name(story.incident, decision.key) == "decision:2"
    assert source_name(story.incident, "section:root_cause") == "section:root_cause"
    assert (source_name(story.incident, ""), source_name(story.incident, "elsewhere:7")) == ("", "")


def test_a_reminder_has_the_open_items_of_one_owner() -> None:
    story = Items()
    story.add(1, "Alert on 5xx", owner="Priya", due="2026-12-01")
    story.add(2, "Canary", owner="Priya", due="2026-11-24")
    story.add(3, "Runbook", owner="Priya")
    story.add(4, "Retry", owner="Marcus", due="2026-11-24")
    story.change(5, story.add(5, "Done", owner="Priya"), state="done")
    text = reminder("Priya", story.items, "2026-11-25")
    assert text.splitlines() == [
        "Hi Priya, 3 action items from our incidents are open with you, 1 of them past the agreed day:",
        "- Canary (was due 2026-11-24, 1 day ago; k7qd-2, Checkout errors)",
        "- Alert on 5xx (due 2026-12-01; k7qd-1, Checkout errors)",
        "- Runbook (no day agreed; k7qd-3, Checkout errors)",
        "Please tell me for each whether it is done, or which day is realistic and why.",
    ]
    assert reminder("Marcus", story.items, TODAY).startswith(
        "Hi Marcus, 1 action item from our incidents is open with you:\n- Retry (due 2026-11-24;"
    )
