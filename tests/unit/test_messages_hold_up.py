"""Messages that would embarrass who sends them: words of another time or purpose, halves, and contradictions."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from tests.unit.test_customers_read import RISKS, remarks, resolved, told
from warroom.messages.hints import hints


def asked(story: Told, kind: str, **typed: str) -> str:
    """The hints on a message of that kind, a line each."""
    return "\n".join(hints(KINDS[kind], story.values(kind, **typed), story.snapshot, BOOK))


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        ("customers can't pay by card", "about 2 % of card payments still fail", "still fail"),
        ("order confirmations arrive late", "1,100 older confirmations have not arrived yet", "not arrived yet"),
        (
            "drivers get no new jobs. old ones still there. customers waiting",
            "some drivers still wait up to 10 min for jobs",
            "still wait up",
        ),
        ("no page loads", "most pages load again, but search is down", "again, but"),
    ],
)
def test_what_is_only_left_of_an_impact_is_not_taken_for_it_at_the_end(first: str, then: str, left: str) -> None:
    story = told().fact("impact", first).at(60).fact("impact", then)
    story.send("update", status="A fix is in place")
    assert story.values("update")["impact"] == then
    assert left not in asked(story, "update"), "it is not over yet"
    story = resolved(story)
    for kind in ("resolution", "customer"):
        assert story.values(kind)["impact"] == ""
        assert "says what is left" not in asked(story, kind)
        assert f"“{first}”, 04:17 CET “{then}”. Say what it was at its worst." in asked(story, kind)
        assert "says what is left" not in asked(story, kind, impact=then), "its sender has just typed it"
    only = resolved(told().fact("impact", then))
    assert f"“{left}” in Impact says what is left" in asked(only, "resolution"), "nothing else is known"


@pytest.mark.parametrize(
    "noted",
    ["no idea, 80 tickets in 1h", "who knows", "no clue, 12 calls", "loads of tickets", "80 complaints", "lots"],
)
def test_what_does_not_say_who_is_affected_is_offered_to_nobody(noted: str) -> None:
    story = told().fact("affected", noted)
    assert noted not in story.compose("customer", impact="errors").text.casefold()
    assert noted not in remarks(story, impact="errors")
    assert "Say who or how many" in asked(story, "initial", impact="errors")


@pytest.mark.parametrize("typed", ["about 20 % of calls", "3 of our 9 shops", "everyone in Spain", "some customers"])
def test_words_that_say_who_is_affected_stay(typed: str) -> None:
    text = told().compose("customer", impact="errors", affected=typed).text
    assert f"\naffected: {typed}.\n".casefold() in text.casefold()
    assert "Say who or how many" not in asked(told().fact("affected", typed), "initial", impact="errors")


@pytest.mark.parametrize(
    "status", ["a report was blocking the database, killed it", "a job filled the disk, removed it"]
)
def test_what_we_did_about_a_cause_is_no_part_of_why_it_happened(status: str) -> None:
    story = told()
    story.send("customer", impact="errors", state="identified", status=status)
    text = resolved(story).compose("customer", impact="errors", status="Moved the report").text
    assert "Why it happened" not in text


@pytest.mark.parametrize(
    ("status", "safe"),
    [
        ("your photos are safe", True),
        ("no files were lost", True),
        ("photos NOT lost, only the list", True),
        ("we are checking whether the photos are safe", False),
        ("all photos exist, the list is broken", True),
        ("the problem still exists", False),
        ("restoring the list", False),
    ],
)
def test_what_is_said_to_be_safe_is_not_asked_about(status: str, safe: bool) -> None:
    story = told("photo storage", basis=RISKS["data_loss"]).fact("data_loss", "not known yet")
    assert ("is still “not known yet”" in asked(story, "update", status=status)) is safe


@pytest.mark.parametrize(
    ("title", "calmed"),
    [
        ("restores fail + backups gone??", "Restores fail and backups gone (not confirmed yet)"),
        ("what is broken??", "What is broken"),
        ("PHOTOS GONE?? users say albums empty", "Photos gone? Users say albums empty"),
        ("Emails not going out AGAIN", "Emails not going out again"),
        ("checkout BROKEN!! for all", "Checkout broken! For all"),
        ("HTTP POST fails on the API", "HTTP POST fails on the API"),
    ],
)
def test_a_title_does_not_shout_at_colleagues(title: str, calmed: str) -> None:
    assert Told(2, title).compose("initial", impact="a", status="b").subject.endswith(calmed)


@pytest.mark.parametrize("title", ["Checkout is 500ing again", "Search returns garbage", "Emails not going out AGAIN"])
def test_customers_do_not_read_a_title_for_colleagues(title: str) -> None:
    composed = Told(2, title).compose("customer", "email", impact="errors")
    assert title.casefold() not in composed.text.casefold()
    assert "Problem with" in composed.subject
