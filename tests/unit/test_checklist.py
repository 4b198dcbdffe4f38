"""The first 30 minutes: what ticks an item, which word counts, which phase is the current one."""

from __future__ import annotations

import pytest

from tests.unit.story import BOOK, Story, message, moment
from warroom import places
from warroom.messages.templates import load_kinds
from warroom.model import acts
from warroom.model.checklist import Checklist, ItemState, checklist, fill_script
from warroom.model.snapshot import Snapshot


def seen(story: Story) -> Checklist:
    """The checklist as things stand."""
    return checklist(story.incident, story.book)


def item(story: Story, id: str) -> ItemState:
    """One line of it."""
    return next(one for phase in seen(story).phases for one in phase.items if one.row.id == id)


def test_nothing_is_done_at_first() -> None:
    found = seen(Story())
    assert (found.done, found.total) == (0, 12)
    assert [phase.done for phase in found.phases] == [0, 0, 0]
    assert found.current is not None
    assert found.current.row.id == "assess"
    assert found.current.open_item is not None
    assert found.current.open_item.row.id == "severity"


def test_a_tick_says_who_when_and_what() -> None:
    story = Story()
    story.tell(2, acts.items.tick(BOOK, "needed", value="now"), author="Ana")
    line = item(story, "needed")
    assert (line.done, line.value, line.at, line.by) == (True, "now", moment(2), "Ana")


def test_an_untick_says_who_and_when_too() -> None:
    story = Story()
    story.tell(2, acts.items.tick(BOOK, "severity"))
    story.tell(3, acts.items.tick(BOOK, "severity", done=False), author="Ana")
    line = item(story, "severity")
    assert (line.done, line.at, line.by) == (False, moment(3), "Ana")


def test_a_fact_answers_the_item_that_asks_for_it() -> None:
    story = Story()
    story.tell(2, acts.facts.fact(BOOK, "system", "checkout"), author="Ana")
    line = item(story, "system")
    assert (line.done, line.value, line.at, line.by) == (True, "checkout", moment(2), "Ana")
    story.tell(3, acts.facts.fact(BOOK, "system", ""))
    assert not item(story, "system").done


def test_a_role_answers_the_item_that_asks_for_it() -> None:
    story = Story()
    story.tell(2, acts.roles.assign(BOOK, story.incident, "ic", "Priya"))
    assert (item(story, "responders").done, item(story, "responders").value) == (True, "Priya")
    story.tell(3, acts.roles.assign(BOOK, story.incident, "ic", ""))
    assert not item(story, "responders").done


@pytest.mark.parametrize(("kind", "number", "value"), [("initial", 1, "sent"), ("update", 2, "#2")])
def test_a_message_answers_the_items_it_is_for(kind: str, number: int, value: str) -> None:
    story = Story()
    sent = story.tell(9, message(kind, number, promise=39))
    for id in ("initial", "next-update"):
        assert (item(story, id).done, item(story, id).value) == (True, value)
    story.tell(10, acts.corrections.retract(sent, "not sent after all"))
    assert not item(story, "initial").done


def test_messages_of_other_kinds_do_not() -> None:
    story = Story()
    story.tell(9, message("customer"))
    assert not item(story, "initial").done


def test_the_last_word_counts() -> None:
    story = Story()
    story.tell(1, acts.facts.fact(BOOK, "system", "checkout"))
    story.tell(2, acts.items.tick(BOOK, "system", done=False))
    assert not item(story, "system").done
    story.tell(3, acts.facts.fact(BOOK, "system", "checkout and login"))
    assert (item(story, "system").done, item(story, "system").value) == (True, "checkout and login")
    story.tell(4, acts.items.tick(BOOK, "system", value="payments"))
    assert item(story, "system").value == "payments"
    story.tell(5, acts.items.tick(BOOK, "system"))
    assert item(story, "system").value == "checkout and login"


def test_a_tick_outlives_the_fact_it_came_with() -> None:
    story = Story()
    story.tell(1, acts.facts.fact(BOOK, "system", "checkout"))
    story.tell(2, acts.items.tick(BOOK, "system"))
    story.tell(3, acts.facts.fact(BOOK, "system", ""))
    assert (item(story, "system").done, item(story, "system").value) == (True, "")


def test_the_current_phase_is_the_first_with_something_to_do() -> None:
    story = Story()
    ids = [[one.id for one in phase.items] for phase in BOOK.phases]
    for id in ids[0] + ids[2]:
        story.tell(1, acts.items.tick(BOOK, id))
    found = seen(story)
    assert found.current is not None
    assert found.current.row.id == "context"
    for id in ids[1]:
        story.tell(2, acts.items.tick(BOOK, id))
    assert seen(story).current is None
    assert seen(story).done == 12


@pytest.mark.parametrize(
    ("level", "asked"), [(1, [True] * 3), (2, [True] * 3), (3, [True, True, False]), (4, [False] * 3)]
)
def test_a_severity_asks_for_its_own_phases(level: int, asked: list[bool]) -> None:
    assert [phase.required for phase in seen(Story(level)).phases] == asked


def test_an_item_set_aside_stays_open_and_is_not_asked_for() -> None:
    story = Story()
    story.tell(1, acts.advice.dismiss("phase_item", "severity", "Severity known", "no table of ours fits"))
    found = seen(story).phases[0]
    assert (found.items[0].done, found.items[0].aside) == (False, True)
    assert found.open_item is not None
    assert found.open_item.row.id == "responders"
    for one in found.items[1:]:
        story.tell(2, acts.items.tick(BOOK, one.row.id))
    current = seen(story).current
    assert current is not None
    assert current.row.id == "context"


def test_a_script_is_filled_with_what_is_known_and_shows_what_is_not() -> None:
    values = {"title": "Checkout {impact}", "severity": "SEV2", "ic": "", "impact": "payment fails"}
    words = fill_script(BOOK.phases[0].script, values, BOOK)
    assert "Checkout {impact}" in words
    assert "payment fails" in words
    assert "[incident commander?]" in words
    later = fill_script(BOOK.phases[2].script, {}, BOOK)
    assert "[channel or bridge?]" in later
    assert "[next update?]" in later


@pytest.mark.parametrize(
    ("impact", "asked", "said"),
    [
        ("Payment fails.", "What do users see: Payment fails? Do", "for customers: Payment fails."),
        ("Payment fails!", "What do users see: Payment fails? Do", "for customers: Payment fails."),
        ("Is it only Europe?", "What do users see: Is it only Europe? Do", "for customers: Is it only Europe?"),
        ("- Payment fails.\n- No mail.", "see: Payment fails; No mail? Do", "customers: Payment fails; No mail."),
    ],
)
def test_a_script_reads_well_however_a_fact_ends(impact: str, asked: str, said: str) -> None:
    story = Story(2)
    story.tell(1, acts.facts.fact(BOOK, "impact", impact))
    page = Snapshot(story.incident, BOOK, moment(1)).script_with_replies.page
    assert asked in page
    assert page.endswith(said)


def test_a_script_says_per_hour_once_and_keeps_a_doubt_within_a_sentence() -> None:
    story = Story(2)
    for item in BOOK.phases[0].items:
        story.tell(1, acts.items.tick(BOOK, item.id))
    for name, value in (("system", "checkout?"), ("revenue_per_hour", "$32k per hour."), ("event", "demo at 10:00.")):
        story.tell(2, acts.facts.fact(BOOK, name, value))
    assert Snapshot(story.incident, BOOK, moment(2)).script.startswith(
        "What is affected is checkout (?), and it costs us $32k an hour. Coming up: demo at 10:00. I am"
    )


def test_the_first_script_has_replies_for_being_woken_and_for_being_asked_to_make_the_call() -> None:
    story = Story(2)
    story.tell(1, acts.facts.fact(BOOK, "impact", "cards are declined"))
    snapshot = Snapshot(story.incident, BOOK, moment(1))
    page = snapshot.script_with_replies.page
    assert page.startswith(snapshot.script)
    assert "Give me five minutes to get my bearings." in page
    assert "don't wait for me" in page
    assert "what it means for customers: cards are declined" in page
    assert "bearings" not in snapshot.script


def test_a_hint_reads_as_an_example_or_a_question_and_fits_beside_its_label() -> None:
    hints = [fact.hint for fact in BOOK.facts] + [item.hint for phase in BOOK.phases for item in phase.items]
    described = {
        "",
        "in engineering's own words, and whose",
        "major customers affected, by name or number",
        "where it is kept",
        "yes, no or unknown",
        "the commander's name",
        "who, how many, what they see",
        "answer now, or later",
        "revenue per hour, if known",
    }
    assert [hint for hint in hints if not hint.startswith("for example: ") and hint not in described] == []
    beside = len(" enter = tick without an answer ") + len(" : ")
    for phase in BOOK.phases:
        for item in phase.items:
            assert len(item.text) + len(item.hint) + beside <= 80, item.id
    for kind in load_kinds(places.templates() / "messages", None).values():
        for field in kind.fields:
            assert len(field.hint) <= 56, f"{kind.id}.{field.id}"
