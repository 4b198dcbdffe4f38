"""Hints: each is true, quotes what it is about, and ends once its sender has done what it says or typed that anew."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import BOOK, KINDS, RULES, Told
from tests.unit.test_customers_read import resolved, told
from warroom.messages.checking import findings
from warroom.messages.contradictions import says_it_works
from warroom.messages.hints import hints
from warroom.messages.sending import sent_record
from warroom.model import acts


def asked(story: Told, kind: str, **typed: str) -> str:
    """The hints on a message of that kind, a line each."""
    values = story.values(kind, **typed)
    return "\n".join(hints(KINDS[kind], values, story.snapshot, BOOK, typed=typed))


# What stands as before beside something new

BETTER = [
    "lines are back, 2 still crackly",
    "jobs coming in again",
    "New filings have arrived complete since 07:15 CST",
    "Large attachments are accepted again",
    "Channels 1 and 2 with subtitles again since 13:39 UTC, Channel 5 without",
    "All 44 firms were called. 41 have filed again.",
    "The delay is down from 4 minutes to 50 seconds.",
    "Trains are now 20 minutes late.",
    "5 of 14 plazas restored by 03:40",
    "Both antennas have recorded every runner since 04:05 CET, and we compare their lists",
    "Both antennas have recorded every runner since 03:06 UTC",
    "It was connected at 04:05, and has recorded 212 runners since then",
    "The first batch has been delivered",
    "200 activations without an error since 04:02 CET",
]
NO_BETTER = [
    "Rolled back, watching it",
    "We are working on a fix",
    "The provider is looking for the cause",
    "No lawyer has filed since 03:20 CET",
]


@pytest.mark.parametrize("status", [*BETTER, *NO_BETTER])
def test_what_fails_is_asked_about_if_something_is_better_and_it_stands_as_it_was_sent(status: str) -> None:
    story = told().fact("impact", "lawyers cannot file").fact("affected", "31 of 118 filings")
    better = status in BETTER
    noted = "Impact and Affected are as noted before. Do they still hold? If not, say how it is now."
    assert (noted in asked(story, "update", status=status)) is better
    story.at(47).send("initial", status="We are looking for the cause")
    story.at(50)
    both = "Impact and Affected are as you sent them at 04:04 CET. Do they still hold? If not, say how it is now."
    assert (both in asked(story, "update", status=status)) is better
    assert (both in asked(story, "update", progress=status)) is better
    one = "Affected is as you sent it at 04:04 CET. Does it still hold?"
    assert (one in asked(story, "update", status=status, impact="some lawyers cannot file")) is better
    typed = {"impact": "lawyers cannot file", "affected": "31 of 118 filings"}
    assert "hold?" not in asked(story, "update", status=status, **typed), "typed anew, it holds"
    story.send("update", status=status)
    assert "hold?" not in asked(story, "update"), "nothing is new"
    story.fact("impact", "lawyers cannot file").fact("affected", "31 of 118 filings")
    assert "hold?" not in asked(story, "update", status=status), "noted anew, it holds"


def test_a_message_whose_text_had_no_room_for_a_field_did_not_send_it() -> None:
    story = told().fact("impact", "lawyers cannot file").fact("affected", "31 of 118 filings")
    composed = story.at(47).compose("initial", "sms", status="a", short="Filing trouble. More at 04:30 CET.")
    story.add(acts.messages.send(sent_record(composed, story.values("initial", status="a")), "Initial"))
    works = {"status": "Filing works again"}
    assert "Impact and Affected are as noted before. Do they still hold?" in asked(story.at(50), "update", **works)
    story.send("update", status="b")
    story.add(acts.messages.send(sent_record(composed, story.values("initial", status="a")), "Initial"))
    assert "are as you sent them at 04:07 CET. Do" in asked(story.at(60), "update", **works), "that one showed them"


def test_who_is_affected_is_asked_about_once_the_impact_or_the_share_is_another() -> None:
    story = told().fact("impact", "no weight at 5 sites").fact("segment", "farmers who deliver to Brandon or Virden")
    story.send("customer", status="a")
    story.at(50).send("update", status="a")
    noted = "as noted at 03:57 CET: “farmers who deliver to Brandon or Virden”."
    hint = f"Who is affected is {noted} Does it still hold? If not"
    clears = f'{hint}: warroom fact segment "…" (in the console: f).'
    assert hint not in asked(story, "update", status="b") + asked(story, "customer", status="b")
    assert clears in asked(story, "update", impact="no weight at Virden"), "typed just now"
    assert f"{hint}, say how it is." in asked(story, "customer", impact="no weight at Virden")
    story.at(55).fact("impact", "no weight at Virden")
    assert clears in asked(story, "update", status="b")
    assert hint in asked(story, "customer", status="b")
    assert hint not in asked(story, "customer", affected="farmers who deliver to Virden")
    story.send("update", status="b")
    assert hint not in asked(story, "update", status="c"), "it was asked once"
    was = f"Who was affected is {noted} Was it so? If not: warroom fact"
    assert was in asked(resolved(story), "resolution")
    story.send("resolution", impact="no weight at 5 sites", root_cause="a", resolution="b")
    assert was not in asked(story, "resolution"), "it was asked once"
    anew = told().fact("impact", "no weight at 5 sites").fact("segment", "farmers who deliver to Brandon or Virden")
    anew = resolved(anew.at(55).fact("impact", "no weight at Virden"))
    assert was in asked(anew, "resolution")
    assert "Who was affected" not in asked(anew.fact("segment", "farmers who deliver to Virden"), "resolution")


def test_a_fix_that_is_in_place_asks_without_any_word_for_it() -> None:
    story = told().fact("impact", "lawyers cannot file")
    story.send("initial")
    story.at(50).add(acts.stages.set_stage(BOOK, "recovery"))
    holds = "Impact is as you sent it at 03:57 CET. Does it still hold?"
    assert holds in asked(story, "update", status="Watching it")
    story.at(60).fact("impact", "some lawyers still cannot file").send("update", status="Watching it")
    assert "hold?" not in asked(story.at(70), "update", status="Watching it"), "it tells what is left"
    assert "hold?" in asked(story, "update", status="All can file again")
    assert "hold?" not in asked(resolved(story), "update", status="All can file again")


def test_an_impact_that_customers_would_read_in_the_present_after_the_fix_is_asked_about() -> None:
    story, works = told().fact("impact", "Doctors still see results 20 minutes late"), "All results come in time again"
    assert "is as noted before. Does it still hold?" in asked(story, "customer", state="monitoring", status=works)
    assert "hold?" not in asked(
        story, "customer", state="monitoring", status=works, impact="Doctors still see them late"
    )
    past = told().fact("impact", "errors when paying")
    assert "hold?" not in asked(past, "customer", state="monitoring", status=works), "customers read it in the past"


WORKS = [  # a text, and whether all of it works again by it
    ("logins work again", True),
    ("All six belts sort again", True),
    ("Sorting is possible again", True),
    ("Quarterly returns have been accepted again since 12:58 UTC.", True),
    ("Trams have been running on time again since noon.", True),
    ("The lifts are fully back", True),
    ("Trains are back to normal", True),
    ("All 14 sites are back online", True),
    ("All auctions run again, without delays.", True),
    ("One site is back, the other is not", False),
    ("Five of six belts sort again", False),
    ("prob the belt motor again", False),
    ("the belt motor again", False),
    ("Tested at the site in Hanover, where sorting works again", False),
    ("Returns have been rejected again since 12:58 UTC.", False),
    ("Alarms have been arriving late again since 9:10 UTC.", False),
    ("Some parcels have been moving again since 9:10 UTC.", False),
    ("We are taking back the release of 08:00 UTC.", False),
    ("Staff are writing back to parents", False),
    ("The samples are brought back to the lab", False),
    ("We are getting back to normal", False),
    ("The import of the rota: running it again", False),
    ("We found the visit without an address. The import runs again.", False),
    ("Clock 3 works again. Clock 5 is being tested.", False),
]


@pytest.mark.parametrize(("text", "works"), WORKS)
def test_what_is_started_again_taken_back_or_works_in_part_does_not_work_again(text: str, works: bool) -> None:
    assert bool(says_it_works(text)) is works


def test_what_works_again_is_quoted_with_what_it_is_said_of() -> None:
    assert says_it_works("We replaced a cable. Clock 3 works again, and we are watching it.") == "Clock 3 works again"


# What is noted and perhaps needed no more


def test_a_workaround_stays_until_somebody_clears_it_and_a_hint_says_how() -> None:
    story = told().fact("impact", "gates stay shut").fact("workaround", "drivers take a ticket")
    story.send("initial")
    story.at(50)
    hint = (
        "Colleagues still read the workaround “drivers take a ticket”, and Current status says “all gates open again”. "
        "If nobody needs it any more: warroom fact workaround --clear (in the console: f)."
    )
    works = {"status": "all gates open again"}
    assert hint in asked(story, "update", **works)
    assert "Workaround: Drivers take a ticket.\n" in story.compose("update", **works).text
    assert "read the workaround" not in asked(story, "update", status="5 of 14 gates open again")
    story.send("update", **works)
    assert "read the workaround" not in asked(story, "update", progress="called the drivers"), "it was asked once"
    again = {"progress": "All gates work again"}
    assert "read the workaround" in asked(story, "update", **again)
    story.fact("workaround", "drivers take a ticket")
    assert "read the workaround" not in asked(story, "update", **again), "noted anew"
    story.fact("workaround", "").send("update", **again)
    assert "orkaround" not in asked(story, "update", **again) + story.compose("update", **again).text


ANSWERS = [  # what is noted as not known, what the message says, and the words that seem to answer it, or ""
    ("whether monthly donations are affected", "Monthly donations are not affected.", "Monthly donations are not affe"),
    ("whether any document was downloaded", "no download by anyone else, by the logs", "no download by anyone else"),
    ("whether seats were sold twice", "We looked. No seat was sold twice in row 4", "No seat was sold twice in row 4"),
    ("how many orders are affected", "212 orders are affected", "212 orders are affected"),
    ("Why the login service stopped answering", "Cause found: a certificate expired", "Cause found: a certificate"),
    ("the root cause", "The cause is a full disk", "The cause is a full disk"),
    ("Why the alert did not fire", "Cause found: a certificate expired", ""),
    ("why it stopped", "Not sure whether the cause is a full disk", ""),
    ("whether any document was downloaded", "access logs of 20 to 28 November secured", ""),
    ("whether any document was downloaded", "We are still checking whether any document was downloaded", ""),
    ("whether monthly donations are affected", "52 donations were charged once each", ""),
    ("whether the tank leaked", "The tank was refilled", ""),
]


@pytest.mark.parametrize(("unknown", "progress", "answer"), ANSWERS)
def test_what_is_not_known_stays_as_it_is_noted_and_its_answer_is_asked_about(
    unknown: str, progress: str, answer: str
) -> None:
    story = told().fact("impact", "errors").fact("unknown", unknown).at(50)
    assert "What we don't know yet: " in story.compose("update", status="moving", progress=progress).text
    still = f"“{unknown}” is still noted as not known, and “{answer}"
    does = "seems to answer it. If it does: warroom fact unknown --clear (in the console: f)."
    said = asked(story, "update", status="moving", progress=progress)
    assert (still in said and does in said) is bool(answer)
    story.send("update", status=progress)
    assert "noted as not known" not in asked(story, "update", progress="a"), "only what is new is asked about"
    story.fact("known", progress)
    assert (still in asked(story, "update")) is bool(answer), "it was noted since"
    story.fact("unknown", unknown)
    assert "noted as not known" not in asked(story, "update"), "that was noted anew"


def test_none_that_is_not_known_is_nothing_to_tell_and_nothing_to_ask() -> None:
    for word in ("none", "no", "nothing", "None.", "nil", "n/a"):
        story = told().fact("impact", "errors").fact("unknown", word).at(50)
        typed = {"status": "Nothing works", "progress": "nothing was lost, and no data was seen"}
        over = resolved(told().fact("impact", "errors").fact("unknown", word))
        for text in (story.compose("update", **typed).text, over.compose("resolution", root_cause="a").text):
            assert "know yet" not in text, word
        for said in (asked(story, "update", **typed), asked(over, "resolution", root_cause="nothing new")):
            assert "not known" not in said, word
    over.fact("unknown", "whether seats were sold twice")
    still = "“whether seats were sold twice” is still noted as not known, and colleagues read so here. If it is known"
    assert still in asked(over, "resolution")
    assert "not known" not in asked(over.fact("unknown", ""), "resolution")


# What the sender has just typed


def test_what_its_sender_typed_in_this_message_is_not_called_old() -> None:
    story = told().fact("impact", "errors").fact("eta", "about an hour")
    story.send("update", status="Restarting it")
    story.at(60)
    for field, text, hint in (
        ("status", "Restarting it", "is word for word what you sent"),
        ("eta", "about an hour", "readers count it from now"),
    ):
        assert hint in asked(story, "update")
        assert hint not in asked(story, "update", **{field: text})
    story.send("customer", impact="You may see errors", meaning="You were not charged")
    story.fact("impact", "nobody can pay")
    hint = "Since then, “nobody can pay” is known"
    assert hint in asked(story, "customer")
    assert hint not in asked(story, "customer", impact="You may see errors")


def test_what_is_left_is_not_called_unfinished_where_the_message_tells_it() -> None:
    story = told().fact("impact", "bids are not counted").at(60).add(acts.lifecycle.resolve("Lots are being reviewed"))
    hint = "sounds as if it were not over"
    assert f"“are being” in how it was resolved {hint}" in asked(story, "customer")
    meaning = "We are reviewing the lots, and we will write to every buyer whose bid was not counted."
    assert hint not in asked(story, "customer", status="All auctions work again", meaning=meaning)
    story.send("customer", status="All auctions work again", meaning=meaning)
    assert f"in What it means for them {hint}" in asked(story, "customer"), "it is that of before"
    assert hint not in asked(story, "customer", status="All auctions work again", meaning=meaning)


def test_whether_data_is_affected_is_answered_by_whatever_it_is_said_to_mean_until_harm_is_noted_anew() -> None:
    story = told().fact("impact", "employers see others").fact("breach", "14 CVs were read by others")
    hint = "Customers will ask whether their data is affected"
    assert hint in asked(story, "customer")
    meaning = "14 CVs were opened by employers to whom the candidates did not apply"
    assert hint not in asked(story, "customer", meaning=meaning)
    story.send("customer", meaning=meaning)
    assert hint not in asked(story, "customer"), "they have read it"
    story.fact("breach", "31 CVs were read by others")
    assert hint in asked(story, "customer")
    assert hint not in asked(story, "customer", meaning=meaning)


def test_another_end_is_proposed_until_something_was_sent_after_the_end() -> None:
    story = told().fact("impact", "doors do not open")
    story.send("customer", state="monitoring", status="All doors open again since 03:00 UTC")
    story = resolved(story, "Restarted it")
    assert "correct resolved 03:00Z" in asked(story, "customer", status="a")
    assert "correct resolved" in asked(story, "resolution", resolution="b", root_cause="c")
    for left in (
        "All but gate 2 open again since 03:00 UTC",
        "Doors open again since 03:00 UTC. Gate 2 is not back yet.",
    ):
        assert "correct resolved" not in asked(story, "customer", status=left)
    story.send("customer", status="All doors open")
    assert "correct resolved" not in asked(story, "resolution", resolution="b", root_cause="c")


def test_a_state_that_customers_do_not_read_once_it_is_over_asks_for_it_to_be_reopened() -> None:
    story = told().fact("impact", "errors")
    assert "reopen" not in asked(story, "customer", state="monitoring")
    over = resolved(story)
    hint = "The incident is resolved, so customers read it as resolved, not as monitoring. If it is not over, reopen it"
    assert f"{hint} first: warroom -i {story.incident.id} reopen" in asked(over, "customer", state="monitoring")
    assert "reopen it" not in asked(over, "customer", state="resolved") + asked(over, "customer")


def test_the_reason_for_a_severity_is_not_remarked_on_as_no_field_can_mend_it() -> None:
    story = told(severity=2).fact("impact", "errors")
    story.send("initial")
    story.at(50).add(acts.severity.set_severity(1, "Personal data may have been shown to others.", was=2))
    for status, remarked in (("Trays are right", []), ("It may be the printer", ["may be the"])):
        values, composed = story.values("update", status=status), story.compose("update", status=status)
        assert "Personal data may have been shown to others" in composed.text
        assert [one.words for one in findings(composed, values, story.snapshot, RULES)] == remarked


def test_an_impact_that_says_since_when_is_asked_until_when_once_it_is_over() -> None:
    story = told().fact("impact", "no collection codes since 03:20 UTC")
    said = "“since 03:20 UTC” in Impact sounds as if it went on, and the incident is resolved. Say until when."
    assert said not in asked(story, "update")
    assert said in asked(resolved(story), "resolution")
    assert said not in asked(resolved(story), "resolution", impact="no collection codes from 03:20 to 04:05 UTC")


def test_same_takes_over_what_they_read_last_also_if_the_message_since_has_left_it_out() -> None:
    story = told().fact("impact", "errors when paying")
    story.send("customer", state="identified", meaning="You were not charged.")
    story.send("customer", state="monitoring", status="Payments work again")
    over = resolved(story)
    assert "What this means for you: You were not charged.\n" in over.compose("customer", meaning="same").text
    assert "What this means for you" not in over.compose("customer").text
