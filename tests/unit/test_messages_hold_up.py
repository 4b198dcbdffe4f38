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
def test_at_the_end_the_impact_is_what_it_was_and_not_what_was_left_of_it(first: str, then: str, left: str) -> None:
    story = told().fact("impact", first).at(60).fact("impact", then)
    story.send("update", status="A fix is in place")
    assert story.values("update")["impact"] == then
    assert left not in asked(story, "update"), "it is not over yet"
    story = resolved(story)
    for kind in ("resolution", "customer"):
        assert story.values(kind)["impact"] == first
        assert "says what is left" not in asked(story, kind)
        said = asked(story, kind, impact=then)
        assert f"“{left}” in " in said
        assert "says what is left" in said
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
    "begins", ["after you enter your password", "after you press the button on it", "whenever you open the page again"]
)
def test_a_text_message_is_not_cut_within_a_condition(begins: str) -> None:
    impact = f"You cannot log in; {begins}, the page stays white"
    cut = told("customer portal").compose("customer", "sms", impact=impact, state="monitoring", meaning="").text
    assert "You could not log in. A fix is in place, and" in cut


@pytest.mark.parametrize(
    "status", ["a report was blocking the database, killed it", "a job filled the disk, removed it"]
)
def test_what_we_did_about_a_cause_is_no_part_of_why_it_happened(status: str) -> None:
    story = told()
    story.send("customer", impact="errors", state="identified", status=status)
    text = resolved(story).compose("customer", impact="errors", status="Moved the report").text
    assert "Why it happened" not in text


@pytest.mark.parametrize("form", ["sms", "social"])
def test_what_a_short_text_has_no_room_for_is_named(form: str) -> None:
    status = "a cable was cut during roadworks and the provider is repairing it right now "
    typed = {"impact": "nobody can call us " * 12, "state": "identified"}
    composed = told().compose("customer", form, **typed, status=status)
    assert status.strip().capitalize() in composed.text, "what is new goes before what was known"
    assert "call us" not in composed.text
    assert [field.id for field in composed.shortened] == ["impact"]
    composed = told().compose("customer", form, impact="nobody can call us", state="identified", status=status * 5)
    assert "cable" not in composed.text
    assert "obody can call us." in composed.text
    assert [field.id for field in composed.shortened] == ["status"]


@pytest.mark.parametrize(
    ("unknown", "answer", "left_out"),
    [
        ("Why the login service stopped answering", "Cause found: a certificate expired", True),
        ("the root cause", "The cause is a full disk", True),
        ("Whether more than 14 patients were affected", "The review found 17 patients", True),
        ("Why the alert did not fire", "Cause found: a certificate expired", False),
        ("Whether more than 14 patients were affected", "We have looked at 9 patients", False),
        ("why it stopped", "Not sure whether the cause is a full disk", False),
    ],
)
def test_what_the_message_answers_is_not_told_as_not_known(unknown: str, answer: str, left_out: bool) -> None:
    story = told().fact("unknown", unknown)
    composed = story.compose("update", impact="errors", status="Working on it", progress=answer)
    assert (unknown.casefold() in composed.text.casefold()) is not left_out
    assert ("It is left out" in asked(story, "update", progress=answer)) is left_out


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


@pytest.mark.parametrize("status", ["lines are back, 2 still crackly", "logins work again", "jobs coming in again"])
def test_an_impact_of_before_stands_out_beside_a_status_that_says_it_is_back(status: str) -> None:
    story = told().fact("impact", "nobody can call us")
    assert "is as it was before. Say what is left of it." in asked(story, "update", status=status)
    assert "as it was before" not in asked(story, "update", status=status, impact="two lines are bad")
    assert "as it was before" not in asked(story, "update", status="Rolled back, watching it")
    story = told().fact("impact", "calls are lost")
    for told_now, by_hand in (
        ("All six belts sort again", True),
        ("Sorting is possible again", True),
        ("Five of six belts sort again", False),
        ("prob the belt motor again", False),
        ("the belt motor again", False),
        ("Tested at the site in Hanover, where sorting works again", False),
    ):
        for field in ("status", "progress"):
            said = asked(story, "update", impact="Bags are sorted by hand", **{field: told_now})
            assert (f" says “{told_now}”, and Impact is told as if it went on." in said) is by_hand
            assert ("as if it went on" in said) is by_hand, told_now


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
