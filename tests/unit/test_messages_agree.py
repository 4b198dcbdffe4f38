"""A message agrees with itself: its numbers with each other, its sentences with what is known, its recipients."""

from __future__ import annotations

import re

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from warroom.messages.compose import Composed, compose
from warroom.messages.fields import outdated
from warroom.messages.sending import sent_record
from warroom.messages.titles import title_remark
from warroom.model import acts
from warroom.model.times import MINUTE


def lines(text: str) -> dict[str, str]:
    """The labelled lines of a message."""
    return {label: words for label, colon, words in (line.partition(": ") for line in text.split("\n")) if colon}


def test_a_duration_is_the_difference_of_the_times_beside_it() -> None:
    told = Told()
    told.entries.clear()
    told.at(0.9).add(acts.lifecycle.declare("Checkout errors", 2, now=told.now)).fact("revenue_per_hour", "$60k")
    assert "began at 03:17 CET, 10 min ago" in told.at(10.1).compose("initial").text
    assert lines(told.compose("update", status="a").text)["Open since"] == "03:17 CET (10 min so far)."
    assert lines(told.compose("escalation").text)["Cost so far"] == "≈ $10,000."
    assert "- Duration: 10 min so far, since 2026-11-23 03:17 CET" in impact_section(told)
    shown = lines(told.add(acts.lifecycle.resolve()).compose("resolution").text)
    assert shown["Duration"] == "10 min (03:17 to 03:27 CET)."
    assert "10 min" in shown["Cost"]
    assert told.compose("resolution", "sms").text.startswith(
        "[SEV2] Resolved: Checkout errors. It lasted 10 min, until 03:27 CET."
    )


def impact_section(told: Told) -> str:
    section = told.snapshot.post_mortem.section("impact")
    assert section is not None
    return section.text


def test_an_escalation_speaks_of_an_estimate_only_if_there_is_one() -> None:
    told = Told(severity=2)
    assert told.at(121).values("escalation")["why"] == "it has gone on for 2 h 1 min"
    told.fact("eta", "3 hours")
    assert told.values("escalation")["why"] == "the estimated time to fix it is over 2 h"


def test_an_amount_per_hour_says_so_once_and_a_rough_one_costs_a_rough_sum() -> None:
    told = Told().fact("revenue_per_hour", "about 8 k€ per hour").at(136)
    shown = lines(told.compose("escalation").text)
    assert shown["Revenue at risk per hour"] == "About 8 k€."
    assert shown["Cost so far"] == "≈ 18,000 €."
    without = lines(told.compose("escalation", revenue="").text)
    assert without["Cost so far"] == "≈ 18,000 € (about 8 k€ per hour × 2 h 16 min since it began)."
    told.fact("revenue_per_hour", "85000")  # no currency, and one style of numbers
    assert lines(told.compose("escalation").text)["Revenue at risk per hour"] == "85,000."
    assert "(85,000 per hour" in lines(told.compose("escalation", revenue="").text)["Cost so far"]
    typed = lines(told.compose("escalation", revenue="$90,000 per hour").text)
    assert (typed["Revenue at risk per hour"], typed["Cost so far"]) == ("$90,000.", "≈ $200,000.")


def test_the_cost_is_up_to_that_of_everybody_if_a_part_is_affected() -> None:
    for affected, least in (("about 20 % of attempts", "Up to about 18,000 €"), ("all", "≈ 18,000 €"), ("100 %", "≈ ")):
        told = Told().fact("revenue_per_hour", "8 k€").fact("affected", affected).at(136)
        assert lines(told.compose("escalation").text)["Cost so far"].startswith(least)
        told.add(acts.lifecycle.resolve())
        assert lines(told.compose("resolution").text)["Cost"].startswith(least)


def test_customers_are_sent_to_check_only_if_nothing_else_is_known() -> None:
    advice, check = "What you can do", "please check "
    told = Told()
    first = "If a payment failed, please check your payments before you pay again."
    assert lines(told.compose("customer", impact="errors when paying").text)[advice] == first
    typed = {"impact": "errors when paying", "meaning": "Nobody was charged"}
    assert advice not in lines(told.compose("customer", **typed).text)
    told.fact("workaround", "pay by invoice")
    assert lines(told.compose("customer", **typed).text)["In the meantime"] == "Pay by invoice."
    assert advice not in lines(told.compose("customer", **typed).text)
    told.at(20).add(acts.lifecycle.resolve())
    assert advice not in lines(told.compose("customer", **typed).text)
    then = first.replace("failed", "failed during this time")
    assert lines(told.compose("customer", impact="errors when paying").text)[advice] == then
    for impact, title, checked in (
        ("Card payments failed", "x", True),
        ("errors", "Checkout errors", True),
        ("orders can't be placed", "x", True),
        ("photo uploads fail at 99 %", "x", False),
        ("checkout is slow and sometimes fails", "x", True),
        ("checkout is slow", "x", False),
        ("Nobody can log in", "Login down at checkout", False),
        ("customers cannot sign in to pay", "x", False),
        ("search takes 8 s", "Search in the shop is slow", False),
        ("the list of orders is empty", "x", False),
        ("reports are empty", "x", False),
        ("invoices show 19 % VAT", "x", False),
        ("the page stays blank", "Website down", False),
        ("uploads of Tuesday are gone", "x", False),
    ):
        for state in ("investigating", "monitoring"):
            said = Told(title=title).compose("customer", impact=impact, state=state)
            assert (check in said.text) == checked, said.text
            said = Told(title=title).compose("customer", impact=impact, state=state, workaround="none")
            assert check not in said.text


def test_a_workaround_is_told_after_the_end_only_if_it_is_new() -> None:
    told = Told().fact("workaround", "use the website").at(5)
    told.send("customer", impact="the app crashes")
    told.at(20).add(acts.lifecycle.resolve()).at(25)
    assert "the website" not in told.compose("customer").text
    for _ in range(2):
        shown = lines(told.compose("customer", workaround="update to 5.2.1").text)
        assert shown["What you can do now"] == "Update to 5.2.1."
        told.send("customer", workaround="update to 5.2.1")
    told.fact("workaround", "clear your cache once")
    assert lines(told.compose("customer").text)["What you can do now"] == "Clear your cache once."


def test_everybody_hears_the_furthest_state_that_anybody_was_told() -> None:
    told = Told().fact("impact", "payments fail").at(5)
    assert told.values("initial")["status"] == "Investigating the cause"
    assert "\nStatus: Investigating the cause.\n" in told.compose("initial", status="").text
    assert "\nCurrent status: [Current status?]\n" in told.compose("update", status="").text
    told.send("initial")
    told.at(10).send("customer", state="identified")
    assert "\nStatus: Cause found, working on a fix.\n" in told.compose("initial", status="").text
    for kind in ("initial", "update", "escalation"):
        assert told.values(kind)["status"] == "Cause found, working on a fix", kind
    assert told.values("customer")["state"] == "identified"
    told.at(12).send("customer", state="investigating")
    assert told.values("customer")["state"] == "investigating", "it was another cause after all"
    told.at(15).send("customer", state="monitoring")
    told.add(acts.lifecycle.resolve()).at(20).add(acts.lifecycle.reopen("again"))
    assert told.values("customer")["state"] == "investigating", "what was told is of before it came back"
    for known, state in (
        ("Cause: the certificate has expired", "identified"),
        ("The root cause is an expired certificate", "identified"),
        ("The cause is not known", "investigating"),
        ("The cause is probably the certificate", "investigating"),
        ("Only the EU", "investigating"),
    ):
        assert Told().fact("known", known).values("customer")["state"] == state, known


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ("checkout", "checkout"),
        ("click-and-collect", "our click-and-collect"),
        ("Payments", "payments"),
        ("the web shop", "the web shop"),
        ("payment service", "our payment service"),
        ("", "our service"),
        ("payment-api (eu-1)", "our service"),
        ("PostgreSQL primary", "our service"),
        ("Stripe", "our service"),
        ("customer portal", "our customer portal"),
        ("Dashboard", "our dashboard"),
        ("public api", "our public API"),
        ("our API", "our API"),
        ("e-mail notifications", "e-mail notifications"),
        ("checkout, login", "checkout and login"),
        ("Website + blog", "our website and blog"),
        ("orders database", "our service"),
        ("not known yet", "our service"),
        ("baggage sorting in Terminal 3", "baggage sorting in Terminal 3"),
        ("the permit desk in Hall B", "the permit desk in Hall B"),
        ("node 3", "our service"),
        ("unlock", "unlocking"),
        ("Loan desk", "our loan desk"),
        ("Check-in", "our check-in"),
        ("Berlin store", "our Berlin store"),
        ("log in", "logging in"),
    ],
)
def test_customers_read_what_fails_if_it_has_a_name_for_them(system: str, told: str) -> None:
    text = Told().fact("system", system).compose("customer", impact="errors when paying").text
    assert f"We have had a problem with {told} since 02:17 UTC." in text


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Payment Failures At Checkout!!", "Payment Failures At Checkout"),
        ("Is checkout down?!", "Is checkout down"),
        ("Checkout fails...", "Checkout fails"),
        ("Errors at Acme Inc.", "Errors at Acme Inc."),
        ("!!!", "!!!"),
    ],
)
def test_the_marks_behind_a_title_stay_out_of_sentences_and_subjects(title: str, told: str) -> None:
    incident = Told(title=title).at(121)
    assert incident.compose("update").subject == f"[SEV2] Update #1: {told}"
    escalation = incident.compose("escalation").text
    assert escalation.count(told) == 1, "it is the subject, and need not be read twice"
    assert "\nOpen since: 03:17 CET.\n" in escalation
    incident.add(acts.lifecycle.resolve())
    assert "\nDuration: 2 h 1 min (03:17 to 05:18 CET).\n" in incident.compose("escalation").text


SAME_DAY = r"\(\d\d? November, \d\d:\d\d to \d\d:\d\d CET\)"


def test_of_two_times_both_have_their_date_or_none() -> None:
    story = Told(title="App crashes since 5.2").fact("impact", "x")
    for minute in (30, 25 * 60, 78 * 60 + 55):
        story.at(minute)
        texts = [story.compose(kind, status="a").text for kind in ("initial", "update", "escalation")]
        ended = Told(title="App crashes since 5.2").fact("impact", "x").at(minute).add(acts.lifecycle.resolve())
        for later in (0, 5, 24 * 60):
            ended.at(minute + later)
            texts += [ended.compose(kind, root_cause="a", resolution="b").text for kind in ("resolution", "escalation")]
        for text in texts:
            for line in re.split(r"\n+(?!This is)", text):
                times, dates = re.findall(r"\d\d:\d\d", line), re.findall(r"\d\d? November", line)
                assert "Next update" in line or not times or len(dates) in (0, len(times)) or re.search(SAME_DAY, line)
                assert not re.search(r"\d{4}-\d\d-\d\d|\b2026\b", line), line
                assert len(re.findall(r"\bsince\b", line)) < 2, line
    assert "Duration: 3 days and 7 hours (03:17 on 23 November to 10:12 CET on 26 November)." in texts[-2]


def test_dates_are_written_as_people_write_them() -> None:
    told = Told(title="Checkout errors").fact("impact", "payments fail").at(20).add(acts.lifecycle.resolve())
    typed = {"root_cause": "a", "resolution": "b"}
    told.at(27 * 60)
    assert "Duration: 20 min (23 November, 03:17 to 03:37 CET)." in told.compose("resolution", **typed).text
    told.at(60 * 24 * 60)
    assert "Duration: 20 min (23 November 2026, 03:17 to 03:37 CET)." in told.compose("resolution", **typed).text
    told = Told(title="Checkout errors").fact("impact", "payments fail").at(26 * 60)
    assert "began at 03:17 CET on 23 November, 1 day and " in told.compose("initial").text
    assert "Open since: 03:17 CET on 23 November (1 day and 2 hours so far)." in told.compose("update", status="a").text


def test_of_one_that_came_back_each_time_is_told() -> None:
    told = Told().fact("impact", "payments fail").at(20).add(acts.lifecycle.resolve())
    told.at(30).add(acts.lifecycle.reopen("by mistake", undoes=True)).at(40).add(acts.lifecycle.resolve())
    told.at(60).add(acts.lifecycle.reopen("errors are back")).at(75).add(acts.lifecycle.resolve())
    shown = lines(told.compose("resolution", root_cause="a", resolution="b").text)
    assert (
        shown["Duration"]
        == "1 h 15 min (03:17 to 03:57 CET, and again 04:17 to 04:32 CET; the time in between counts too)."
    )
    told.at(28 * 60).add(acts.lifecycle.reopen("again")).at(28 * 60 + 10).add(acts.lifecycle.resolve())
    shown = lines(told.compose("resolution", root_cause="a", resolution="b").text)
    assert shown["Duration"].startswith("1 day and 4 hours (23 November, 03:17 to 03:57 CET, 23 November, 04:17 to ")
    assert shown["Duration"].endswith(", and again 24 November, 07:17 to 07:27 CET; the time in between counts too).")


def test_what_follows_a_label_in_a_short_text_begins_small_if_it_is_no_name() -> None:
    told = Told().at(14)
    need = {"impact": "Payments fail", "phone": "555", "why": "it is SEV1", "name": "Dana"}
    text = told.compose("escalation", "sms", what_i_need="Someone to call", **need).text
    assert text.endswith("Needed: someone to call. Dana, 555.")
    asked = "Please call EU legal and decide by 12:45 CET whether we stop"
    assert f"It is SEV1. {asked}. Dana" in told.compose("escalation", "sms", what_i_need=asked, **need).text
    assert "Needed: EU legal to call." in told.compose("escalation", "sms", what_i_need="EU legal to call", **need).text
    assert "since 02:17 UTC: payments fail. We are" in told.compose("customer", "social", impact="Payments fail").text
    assert (
        "since 02:17 UTC: iPhone users see nothing!"
        in told.compose("customer", "social", impact="iPhone users see nothing!").text
    )
    told.at(20).add(acts.lifecycle.resolve())
    assert "(02:17-02:37 UTC): errors." in told.compose("customer", "sms", impact="Errors").text


@pytest.mark.parametrize("known", ["", "Payment fails"])
def test_an_update_about_a_false_alarm_says_that_and_no_more(known: str) -> None:
    told = Told().fact("impact", known).fact("affected", "20 %")
    composed = told.at(20).add(acts.lifecycle.cancel("the probe was broken")).compose("update")
    assert composed.ready
    assert composed.text.splitlines() == [
        "[SEV2] Cancelled: Checkout errors affecting users",
        "",
        "This was a false alarm: the probe was broken.",
        "The incident is closed, so this update is the last.",
        "",
        "Dana",
    ]
    assert told.compose("update", "sms").text.startswith("[SEV2] Cancelled: Checkout errors affecting users. ")


def late(told: Told, minute: float, **typed: str) -> Composed:
    """A status update that went out at a minute and is logged now."""
    at = told.now + round((minute - told.minute) * MINUTE)
    snapshot = told.snapshot.at(at)
    composed = compose(KINDS["update"], told.values("update", **typed), snapshot, author="Dana")
    told.add(acts.messages.send(sent_record(composed, told.values("update", **typed)), "Status update", at))
    return composed


def test_a_message_that_is_logged_late_has_the_number_of_its_time() -> None:
    told = Told().fact("impact", "payment fails")
    told.at(10).send("initial")
    told.at(40).send("update", status="rolling back")
    told.at(45)
    first = late(told, 25, status="looking at the release")
    assert (first.number, first.subject) == (2, "[SEV2] Update #2: Checkout errors affecting users")
    assert [sent.body.number for sent in told.incident.messages] == [1, 2, 2]
    assert told.at(70).compose("update").number == 4
    assert late(told, 69, status="rolled back").number == 4


def test_the_words_of_a_message_logged_late_are_not_the_last_ones() -> None:
    told = Told().fact("impact", "payment fails")
    told.at(10).send("initial")
    told.at(40).fact("impact", "cards fail").at(45)
    late(told, 25, impact="login is slow", status="looking at the release")
    assert told.values("update")["impact"] == "cards fail"
    assert told.values("update")["status"] == "looking at the release"


def test_customers_read_a_title_of_their_own() -> None:
    internal = "Payments failing w/ 502 on checkout"
    told = Told(title=internal)
    assert told.compose("customer", impact="errors").subject == "Problem with our service"
    assert title_remark(KINDS["customer"], told.values("customer"), told.snapshot) == ""
    remark = title_remark(KINDS["customer"], told.values("customer", title=internal), told.snapshot)
    assert remark.startswith("Customers would read the incident's own title, “Payments failing with 502 on checkout”")
    assert title_remark(KINDS["initial"], told.values("initial"), told.snapshot) == ""
    for title in ("DATA LOSS uploads from tuesday gone", "AWS eu-west-1 down", "Possible account takeover"):
        assert Told(title=title).compose("customer", impact="errors").subject == "Problem with our service"
        assert title_remark(KINDS["customer"], {"title": title}, Told(title=title).snapshot), title
    for title in ("Checkout errors affecting users", "iOS app crashes on start since 5.2", "Login down"):
        assert Told(title=title).compose("customer", impact="errors").subject == title
    told.fact("system", "payment-api")
    assert told.compose("customer", impact="errors").subject == "Problem with our service", "no name that they know"
    told.fact("system", "payment service")
    for values in ({}, {"title": ""}):
        assert told.compose("customer", impact="errors", **values).subject == "Problem with our payment service"
    told.send("customer", impact="errors")
    told.fact("system", "card payments")
    assert told.compose("customer").subject == "Problem with card payments", "it follows the facts"
    assert title_remark(KINDS["customer"], told.values("customer"), told.snapshot) == ""
    assert told.compose("customer", title="Till problem").subject == "Till problem"
    told.send("customer", impact="errors", title="Problems when paying.")
    told.fact("system", "tills")
    assert told.compose("customer", "status").text.startswith("Problems when paying\nInvestigating\n")
    assert title_remark(KINDS["customer"], told.values("customer"), told.snapshot) == ""
    told.at(20).add(acts.lifecycle.resolve())
    assert told.compose("customer").subject == "Resolved: Problems when paying"


def test_what_customers_read_is_outdated_only_by_what_is_newer() -> None:
    told = Told().at(10)
    told.send("customer", impact="errors when paying")
    told.at(20).add(acts.facts.fact(BOOK, "impact", "login is slow", told.now - 15 * MINUTE))
    assert outdated(KINDS["customer"], told.values("customer"), told.snapshot, BOOK) == []
    told.fact("impact", "cards fail")
    assert "“cards fail” is known" in outdated(KINDS["customer"], told.values("customer"), told.snapshot, BOOK)[0]


def test_customers_are_not_told_of_the_end_by_a_message_of_before() -> None:
    told = Told().fact("impact", "payment fails").at(10)
    told.send("customer", impact="errors when paying")
    told.at(30).add(acts.lifecycle.resolve()).at(40)
    message = sent_record(told.compose("customer", impact="errors"), told.values("customer", state="investigating"))
    told.add(acts.messages.send(message, "Customer message", told.now - 20 * MINUTE))
    assert told.snapshot.advice.rule == "customer_notice"


@pytest.mark.parametrize("kind", ["initial", "escalation"])
def test_a_false_alarm_had_no_impact_while_it_lasted(kind: str) -> None:
    told = Told().fact("impact", "payment fails").at(20).add(acts.lifecycle.cancel("the probe was broken"))
    composed = told.compose(kind)
    assert "\nWhat we reported: Payment fails.\n" in composed.text
    assert "while it lasted" not in composed.text
    assert kind != "initial" or composed.subject == "[SEV2] Cancelled: Checkout errors affecting users"
