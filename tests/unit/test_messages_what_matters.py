"""What a sentence of a short text says decides whether it stays: harm first, and good news with what is left."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import Told
from tests.unit.test_customers_read import told
from tests.unit.test_messages_short import fits, left_out
from warroom.messages.matters import harms, reassures

HARM = (
    "Before that, some members saw the name and class bookings of another member.",
    "We are checking whether names and bookings were shown to other members.",
    "A user reports seeing the income of another person, which may be a data breach.",
    "Your card number may have been stolen.",
    "Photos of some customers were deleted.",
    "The dose may be ten times too high.",
    "Some patients got the wrong medicine.",
    "Parents saw the grades of other children.",
    "Payslips were sent to the wrong employees.",
    "A worker was hurt when the gate closed.",
)
NO_HARM_DONE = (
    "Payment data was not shown.",
    "We checked the report about another person's data: no data was shown to the wrong person.",
    "Each member sees only their own bookings.",
    "Nobody was hurt.",
    "No card numbers were seen by others.",
)
NEITHER = (
    "Some returns are not accepted when you press Submit.",
    "The numbers on the dashboard are shown late.",
    "You can see your invoice in the other app.",
    "Please use another card.",
    "Patients cannot see their results.",
    "The orders of the other shops are shown as usual.",
    "Drafts of earlier years were never deleted.",
    "Two cranes at Berth 3 are still slow.",
)


def test_harm_is_told_from_its_denial_and_from_what_only_sounds_like_it() -> None:
    assert [text for text in HARM if not harms(text) or reassures(text)] == []
    assert [text for text in NO_HARM_DONE if harms(text) or not reassures(text)] == []
    assert [text for text in NEITHER if harms(text) or reassures(text)] == []


SEEN = "Before that, some members saw the name and class bookings of another member."


@pytest.mark.parametrize("form", ["sms", "social"])
def test_what_was_seen_is_never_left_out_for_what_was_not(form: str) -> None:
    status = "We have found the cause and are removing the change that led to it. Payment data was not shown."
    story = told("our app").fact("workaround", "Please show your membership card at the front desk.")
    story.send("customer", impact="The app may not work as usual.", state="investigating")
    typed = {"impact": f"The app is switched off. {SEEN}", "status": status, "state": "identified"}
    text = fits(story.compose("customer", form, **typed))
    assert f"he app is switched off. {SEEN}" in text, "with the sentence that it refers to"


def test_an_old_request_goes_before_the_news_that_it_is_safe() -> None:
    story, wait = told("our tax app"), "Please do not submit your return until we say that it is safe."
    typed = {"impact": "About 40 % of returns are not accepted when you press Submit.", "workaround": wait}
    story.send("customer", **typed, state="investigating")
    safe = "We checked the report about another person's data: no data was shown to the wrong person."
    status = f"We have found the cause and are adding storage space. {safe}"
    composed = story.compose("customer", "sms", **typed, state="identified", status=status)
    assert safe in fits(composed)
    assert "workaround" in left_out(composed)


def test_good_news_keeps_what_is_left_and_a_clause_is_cut_only_if_the_rest_says_the_same() -> None:
    story = told("the job list").fact("workaround", "Ask the control desk for each move on radio channel 12.")
    story.send("customer", impact="Loading is slower than planned.", state="identified")
    left = "Two cranes at Berth 3 are still slow."
    news = f"Berth 4 works at normal speed again. {left}"
    text = fits(story.compose("customer", "sms", impact="Loading is slow.", state="monitoring", status=news))
    assert news in text
    story = Told(title="Something is wrong with the member app").fact("impact", "no bookings")
    news = "The change was removed, and the app is on again since 02:00 CET"
    typed = {"status": f"{news}. We are watching it.", "progress": "200 test logins showed the right member."}
    assert news in fits(story.compose("update", "sms", **typed))
    looked = "We are checking the storage of drafts, which may be the cause of both problems of this morning"
    composed = story.compose("update", "sms", status=f"{looked}.", progress="The connection to the tax office works.")
    assert looked.split(",")[0] in fits(composed)
    assert "which may be the cause of both problems of this morning." in composed.lost, "only what is missing"


def test_colleagues_read_in_a_text_message_that_a_breach_is_suspected() -> None:
    said = "one user reports seeing the income of another person in a draft"
    story = Told(title="Tax returns fail").fact("breach", f"suspected: {said}").fact("impact", "errors")
    status = "We are checking the drafts."
    assert f"Data breach suspected. {said.capitalize()}." in fits(story.compose("update", "sms", status=status))
    composed = story.compose("update", "sms", status=f"The connection {'to the tax office ' * 6}works.")
    assert "breach" not in fits(composed)
    assert f"{said.capitalize()}." in composed.lost, "its sender is told"
    composed = story.compose("update", "sms", status=f"The connection {'to the tax office ' * 3}works.")
    assert f"{said.capitalize()}." in fits(composed), "the words say more than that it is suspected"


def test_a_status_that_has_no_room_beside_the_title_goes_without_the_title() -> None:
    story = Told(title="Something is wrong with the member app").fact("impact", "no bookings")
    status = "The cause is found: a change in how pages are stored mixed up the pages of different members of the club"
    text = fits(story.compose("update", "sms", status=status, next_update="47m"))
    assert text.startswith(f"[SEV2] Update #1: {status}. ")
    assert "update: 04:04 CET." in text
