"""What customers read at the end: how and why, by whose rules, and what is asked of the sender before."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from tests.unit.test_customers_read import remarks, resolved, told
from warroom.messages.hints import hints
from warroom.model import acts
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE


def test_a_short_text_says_how_and_why_where_there_is_room() -> None:
    story, cause = resolved(told(), "Renewed it"), "A certificate expired"
    said = story.compose("customer", "sms", impact="errors", status="We renewed it", workaround="n/a", cause=cause).text
    assert said.endswith("errors. We renewed it. Why it happened: A certificate expired. We are sorry.")
    for cause in ("", "A disk failed"):  # its label stands in front of nothing else
        permits = {"impact": "errors", "status": "Permits work again. Check your drafts.", "cause": cause}
        said = resolved(told("permits")).compose("customer", "social", **permits).text
        why = f" Why it happened: {cause}." * bool(cause)
        assert f" It is resolved. Permits work again. Check your drafts.{why} We are sorry." in said, "once"
    story = resolved(told("permits"))
    long = "You could not change, cancel or print any permit that you had applied for in the last twelve months at all"
    kept = "All that you had sent us is there. All that you had drawn is there."
    said = story.compose("customer", "social", impact=long, status="", meaning=kept).text
    assert " permits work normally again. " in said
    assert "It is now resolved" not in said, "once, and with its name"
    doing = {"impact": "errors", "state": "identified", "status": "A certificate expired. We are renewing it"}
    assert (
        "errors. A certificate expired. We are renewing it. If a" in told().compose("customer", "social", **doing).text
    )
    found = "We have found the cause and are delivering what waits"
    for form in ("plain", "social", "sms"):
        said = told().compose("customer", form, impact="errors", state="identified", status=found).text
        assert said.count("the cause") + said.count("Cause") == 1, said
    told_to_do = "If your file is missing, we will write to you today, and send you the file again by noon UTC"
    cut = told().compose("customer", "sms", impact="some files were shown to nobody", meaning=told_to_do).text
    assert "is missing" not in cut, "all of it, or nothing"


def test_what_customers_ask_at_the_end_is_asked_of_the_sender() -> None:
    asked = "Customers will ask whether they were charged for what failed: say in What it means for them what is known."
    assert asked in remarks(resolved(told()), impact="Payment fails at the last step")
    assert asked not in remarks(told(), impact="Payment fails at the last step"), "it is not over"
    assert asked not in remarks(resolved(told()), impact="Payment fails", meaning="You were not charged")
    assert asked not in remarks(resolved(told("search")), impact="search fails")
    for typed, shown in (("12 customers so far", "Affected: 12 customers."), ("not known", "")):
        text = resolved(told()).compose("customer", impact="errors", affected=typed).text
        assert (shown in text) if shown else "ffected:" not in text


def test_what_is_written_out_for_its_readers_is_no_change_of_the_impact() -> None:
    story = told().fact("impact", "customers can't pay w/ card")
    story.send("initial", status="a")
    assert "The impact has changed" not in story.at(50).compose("update", status="b").text


def test_nobody_is_told_to_check_a_payment_where_only_a_price_was_shown_wrong() -> None:
    assert "please check" not in told().compose("customer", impact="Prices at checkout do not include tax").text
    assert "please check" in told().compose("customer", impact="Payments do not go through").text


ENDS = (  # how it was resolved, what it means for customers, and the words by which it is not over, "" if it is
    ("all zones signed again, error rate back to 0.01%", "", ""),
    ("Restarted the signer, errors fell to 0.02 %", "", ""),
    ("Restarted the signer, errors fell to 5 %", "", "5 %"),
    ("Went back on all TVs, confirmed by error rates below 0.2 %", "", ""),
    ("Enlarged the database by 20 %, its memory is at 40 %", "", ""),
    ("Restarted the signer, fewer than 1 % of orders fail", "", "1 %"),
    ("Sent all invitations", "You don't need to send them again.", ""),
    ("Sent all invitations", "Your entries are saved, and nothing is lost.", ""),
    ("Sent all invitations", "Seats that you had reserved are still yours.", ""),
    ("Sent all invitations", "If you paid more, we will refund the difference.", ""),
    ("Sent all invitations", "You will be refunded.", ""),
    ("Sent all invitations", "We will restore the rest.", "We will"),
    ("Sent all invitations", "Some seats are still missing.", "are still"),
    ("Sent all invitations", "You have to send yours again.", "have to"),
    ("parties off, the store is stable", "", "parties off"),
)


@pytest.mark.parametrize(("how", "meaning", "left"), ENDS)
def test_the_end_says_that_it_works_normally_again_or_a_hint_says_why_not(how: str, meaning: str, left: str) -> None:
    story = resolved(told("name service"), how)
    assert ("works normally again" in story.compose("customer", impact="errors", meaning=meaning).text) is (not left)
    assert ("sounds as if it were not over" in remarks(story, impact="errors")) is (bool(left) and not meaning)
    assert "sounds as if" not in remarks(story, impact="errors", status="a", meaning=meaning), "it was just typed"


def test_a_hint_says_why_customers_do_not_read_that_it_works_again() -> None:
    story = resolved(told(), "Read all balances once more")
    for impact, why in (
        ("wrong prices were shown", "what was wrong before the end may still be wrong"),
        ("errors", ""),
    ):
        assert ("works normally again" in story.compose("customer", impact=impact).text) is (not why)
        said = f"Customers do not read that it works normally again: {why}. Say what is right again."
        assert (said in remarks(story, impact=impact)) is bool(why)
        assert said not in remarks(story, impact=impact, status="All prices are correct again")


def test_what_could_not_be_done_is_told_in_the_past_whatever_it_was() -> None:
    for impact, over in (
        ("Patients cannot book, change or cancel a visit", "Patients could not book, change or cancel a visit."),
        (
            "users can't log in, reset it or sign up, and mails are late",
            "Users couldn't log in, reset it or sign up, and m",
        ),
        ("guests are unable to open, lock, or share a door", "Guests were unable to open, lock, or share a door."),
        ("shops do not receive orders that people have paid", "Shops did not receive orders that people had paid."),
        ("people do not receive, open or see bills", "People did not receive, open or see bills."),
    ):
        story = resolved(told().fact("impact", impact), "Restarted it")
        assert f"What happened: {over}" in story.compose("customer").text
        assert f"Impact while it lasted: {over}" in story.compose("resolution", root_cause="A disk").text


@pytest.mark.parametrize(
    ("state", "status", "first"),
    [
        ("investigating", "We have stopped sending certificates and are investigating.", ""),
        ("investigating", "Our supplier and we are still looking for the fault at 3 sites.", ""),
        ("investigating", "sending stopped at 12:53 UTC, search for the cause", ""),
        ("investigating", "We are not investigating the tills, which work.", " We are investigating the cause."),
        ("investigating", "We are checking the bid servers.", " We are investigating the cause."),
        ("identified", "We have found the cause. We are repairing the pumps.", " We have found the cause."),
        ("identified", "We are changing the size limit back.", " We have found the cause."),
        ("identified", "The cause is found: a full disk.", " We are working on a fix."),
        ("identified", "We have found the cause of 3 faults and are repairing the stations one by one.", ""),
        ("identified", "We are calling 40 residents.", " We have found the cause and are working on a fix."),
        ("monitoring", "A fix is in place since 14:10 UTC, and we are watching the queue.", ""),
        ("monitoring", "A fix has been applied at 2 sites.", " We are checking that it works."),
        ("monitoring", "We are testing 40 more pumps.", " A fix is in place."),
        ("monitoring", "All pumps work.", " A fix is in place, and we are checking that it works."),
    ],
)
def test_what_the_status_says_of_the_state_is_said_once_and_in_its_words(state: str, status: str, first: str) -> None:
    text = told().compose("customer", impact="prices are wrong", state=state, status=status).text
    assert f"since 02:17 UTC.{first}\n\nWhat " in text
    typed = status.removeprefix("We have found the cause. ").rstrip(".")
    assert f"{typed[0].upper()}{typed[1:]}.\n" in text


def test_that_the_cause_is_known_or_looked_for_is_told_once() -> None:
    for known in ("We know the cause.", "We have identified the cause.", "Cause found."):
        text = told().compose("customer", impact="prices are wrong", state="identified", status=f"{known} a").text
        assert "We have found the cause and are working on a fix." in text, "it is said once, and never lost"
        assert len(re.findall(r"\bcause\b", text, re.IGNORECASE)) == 1
    for status, state in (
        ("We have found out why prices are wrong, and we are restoring them.", "identified"),
        ("The cause is known: a faulty update.", "identified"),
        ("We have found the cause. Orders from before 10:15 UTC may still be wrong.", "identified"),
        ("We are investigating why 18 % of prices are wrong.", "investigating"),
    ):
        text = told().compose("customer", impact="prices are wrong", state=state, status=status).text
        assert status in text
        assert len(re.findall("found|known|investigating", text)) == 1, "not twice"


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("Tags have been read again at all plazas since 04:00 CET.", True),
        ("Tags have been read again at all plazas since 04:00 EST.", False),
        ("Tags have been read again at all plazas since 03:00 UTC.", True),
        ("We took it back, and all doors open again since 04:00.", True),
        ("The portal has been working normally since 03:52 UTC", False),
        ("Doors have been opening again at two of three sites since 03:00 UTC", False),
        ("Bids work again since 03:00 UTC, except in the auction of roses", False),
        ("Channels 1 and 2 work again since 03:00 UTC, Channel 5 without subtitles", False),
        ("A new certificate has been in place since 03:00 UTC", False),
        ("Cards have been failing since 03:00 UTC", False),
    ],
)
def test_an_end_well_after_what_was_told_of_it_is_asked_about(status: str, asked: bool) -> None:
    story = told().fact("impact", "doors do not open")
    story.send("customer", state="monitoring", status=status)
    story = resolved(story, "Restarted it")
    hint = "lasts until 04:55 CET" if "UTC" not in status else "lasts until 03:55 UTC"
    for kind in ("customer", "resolution"):
        found = "\n".join(hints(KINDS[kind], story.values(kind, status="a", resolution="b"), story.snapshot, BOOK))
        assert (hint in found and "correct resolved 03:00Z" in found) is asked, found


def test_that_it_worked_before_it_broke_anew_asks_for_no_other_end() -> None:
    story = told().fact("impact", "doors do not open")
    story.send("customer", state="monitoring", status="All doors open again since 03:00 UTC")
    story.at(50).send("customer", state="identified", status="They have stopped again")
    assert "correct resolved" not in remarks(resolved(story, "Restarted it"))


def test_a_hint_asks_for_what_customers_can_do_where_only_colleagues_were_told() -> None:
    story = told().fact("impact", "bags are late").fact("workaround", "hand loading on the big ones")
    asked = "“hand loading on the big ones” is how colleagues noted it"
    assert asked in remarks(story)
    assert asked not in remarks(story, workaround="Please keep medicine in your hand luggage.")
    assert asked not in remarks(story.fact("workaround", "hand luggage works as usual"))


def test_the_end_says_when_customers_read_of_each_state() -> None:
    story = told().fact("impact", "errors")
    story.at(4).send("customer")
    assert "Our updates:" not in story.compose("customer", state="resolved").text, "one state is no course of events"
    story.at(30).send("customer", state="identified")
    story.at(35).send("customer", state="identified", status="We are testing the fix.")
    story.at(60).send("customer", state="monitoring", status="Payments work again.")
    assert "Our updates:" not in story.compose("customer").text
    story = resolved(story)
    line = "Our updates: First reported 02:21, cause found 02:47, fix in place 03:17 UTC.\n"
    assert line in story.compose("customer").text
    assert "Our updates:" not in story.compose("customer", "status").text, "a status page shows what was posted before"
    story.at(100).add(acts.times.correct_time(story.incident, "resolved", story.incident.began + 50 * MINUTE))
    assert "Our updates:" not in story.compose("customer").text, "nobody reads of a fix after the end"


def test_who_have_already_done_something_and_since_when_tell_of_what_is_over() -> None:
    impact = "Guests who have already paid are asked to pay again"
    story = resolved(told().fact("impact", impact))
    assert "What happened: Guests who had already paid were asked to pay again.\n" in story.compose("customer").text
    story = told().fact("impact", "Since an update on Tuesday, the map has shown old positions")
    assert "What is happening: Since an update on Tuesday, the map" in story.compose("customer").text
    status = "All lines in Leipzig scan parcels again, and we are watching them closely."
    assert f"\n\n{status}\n\n" in story.compose("customer", state="monitoring", status=status).text
    affected, story = "orders placed since 02:20 UTC", resolved(story)
    for kind in ("customer", "resolution"):
        shown = story.compose(kind, affected=affected, root_cause="a").text
        assert "Orders placed from 02:20 UTC on.\n" in shown, "it is over"


def test_a_hint_asks_for_what_works_by_now_for_one_zone_and_for_the_answer_about_data() -> None:
    story = told().fact("impact", "since 03:20 CET, the map is old").fact("data_loss", "being checked")
    works = "not what works again by now"
    assert works in remarks(story, state="monitoring")
    assert works not in remarks(story, state="monitoring", status="The map is right again.")
    zone = "“03:20 CET” in What they may have seen is in your zone"
    assert f"{zone}, and the other times of this message are in UTC. Write 02:20 UTC, or both." in remarks(story)
    assert "in your zone" not in remarks(story, impact="since 03:20 CET (02:20 UTC), the map is old")
    assert "in your zone" not in remarks(story, impact="since 02:20 UTC (03:20 CET), the map is old")
    mixed = {"impact": "from 03:20 to 03:35 CET, the map was old", "meaning": "Trips of 03:25 CET count till 02:30 UTC"}
    both = "What they may have seen and What it means for them are in your zone, and the other times of this message"
    every = (
        f"“03:20 to 03:35 CET” and “03:25 CET” in {both} are in UTC. Write 02:20 to 02:35 UTC and 02:25 UTC, or both."
    )
    assert every in remarks(story, **mixed)
    values = story.values("customer", **mixed)
    shown = hints(KINDS["customer"], values, story.snapshot, BOOK, text="Trips of 03:25 CET count.")
    assert "“03:25 CET” in What it means for them is in your zone" in "\n".join(shown), "no other has room in the text"
    london = Snapshot(story.incident, BOOK, story.now, ZoneInfo("Europe/London"))
    values = story.values("customer", impact="since 02:20 GMT and 02:40 GMT, the map is old", meaning="02:40 UTC")
    gmt = "“02:20 GMT” and “02:40 GMT” in What they may have seen are 02:20 UTC and 02:40 UTC: write UTC, as in"
    assert gmt in "\n".join(hints(KINDS["customer"], values, london, BOOK))
    story = resolved(story, "Loaded the map again")
    open_still = "Data loss is still “being checked”, and the incident is resolved"
    assert open_still in "\n".join(hints(KINDS["resolution"], story.values("resolution"), story.snapshot, BOOK))
    story.fact("data_loss", "no")
    assert open_still not in "\n".join(hints(KINDS["resolution"], story.values("resolution"), story.snapshot, BOOK))


def test_a_title_in_two_halves_is_for_colleagues_and_none_really_is_none() -> None:
    story = Told(title="bag belts down T2 - no bags loading").fact("impact", "bags are late")
    assert story.compose("customer").text.startswith("Problem with our service\n")
    assert "meantime" not in story.compose("customer", workaround="none really").text
    assert "and WMS works normally again" in resolved(told("wms").fact("impact", "errors")).compose("customer").text


def test_a_hint_names_an_estimate_that_is_told_again_as_if_it_counted_from_now() -> None:
    story, again = told().fact("impact", "errors").fact("eta", "about an hour"), "readers count it from now"
    assert again not in "\n".join(hints(KINDS["update"], story.values("update"), story.snapshot, BOOK))
    story.send("update", status="Restarting it")
    story.at(60)
    for typed, old in (
        ({}, True),
        ({"eta": "04:30 CET, not confirmed"}, False),
        ({"eta": "done in half an hour"}, False),
    ):
        asked = "\n".join(hints(KINDS["update"], story.values("update", **typed), story.snapshot, BOOK))
        assert (again in asked) is old


def test_a_thing_behind_a_preposition_is_no_verb_at_the_end() -> None:
    for impact, at_the_end in (
        ("wrong documents in claim files", "wrong documents in claim files"),
        ("Members see wrong documents in claim files", "members saw wrong documents in claim files"),
        ("users who log in see errors", "users who logged in saw errors"),
    ):
        story = told().fact("impact", impact)
        assert at_the_end in resolved(story).compose("resolution", root_cause="A disk").text.casefold()
