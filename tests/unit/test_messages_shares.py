"""How many are affected, and how badly: the worst that was told, what changed, and what a status says of it by now."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import KINDS, Told
from tests.unit.test_customers_read import resolved, told
from warroom.messages.compose import compose

WORST = [  # what was told first, then, and what the end says of both
    ("all 800 meters", "60 of 800 meters", "All 800 meters (60 towards the end)."),
    ("all eleven hospitals", "three of eleven hospitals", "All eleven hospitals (three towards the end)."),
    ("33% of zones", "~8% of zones", "33% of zones (about 8% towards the end)."),
    ("about a third of payments", "5 % of payments", "About a third of payments (5 % towards the end)."),
    (
        "About 640 of 2,100 fast chargers",
        "about 230 of 2,100 fast chargers",
        "About 640 of 2,100 fast chargers (about 230 towards the end).",
    ),
    ("212 claims", "212 claims", "212 claims."),
    ("2,700 orders are waiting", "800 orders are waiting", "2,700 orders were waiting."),
    ("everyone", "customers in Spain", "Everyone; customers in Spain towards the end."),
    (
        "everyone who files online",
        "people with a smart card",
        "Everyone who files online; people with a smart card towards the end.",
    ),
    ("customers in Europe", "customers in Germany", "Customers in Europe; customers in Germany towards the end."),
    ("about 20 % of orders", "about 35 % of orders", "About 35 % of orders."),
    ("all customers", "none", "All customers."),
    ("flights on Airbus A320", "none", "Flights on Airbus A320."),
    ("some customers", "about 20 % of orders", "About 20 % of orders."),
    ("customers in Spain", "customers in Spain who pay by card", "Customers in Spain who pay by card."),
    (
        "65 % of returns",
        "57 % of the returns that were rejected",
        "65 % of returns; towards the end, 57 % of the returns that were rejected.",
    ),
    ("all app users", "now down to about 30 % of app users", "All app users (about 30 % towards the end)."),
    ("14 of 14 cranes", "2 of 14 cranes by now", "14 of 14 cranes (2 towards the end)."),
    ("all ferries", "all ferries but 2", "All ferries; all ferries but 2 towards the end."),
    ("8 hotels", "hotels in Rome only", "8 hotels; hotels in Rome towards the end."),
    ("1 in 5 calls", "1 in 50 calls", "1 in 5 calls; 1 in 50 calls towards the end."),
    ("all but 3 of 90 pumps", "3 of 90 pumps", "All but 3 of 90 pumps (3 towards the end)."),
    ("about 20 % of calls", "only calls from Spain", "About 20 % of calls; towards the end, calls from Spain."),
    ("8 lifts", "no more than 3 lifts", "8 lifts; no more than 3 lifts towards the end."),
    (
        "40 % of the alarms that parents get",
        "none of the alarms that parents get",
        "40 % of the alarms that parents get.",
    ),
    *(
        ("30 of 410 stations", none, "30 of 410 stations.")
        for none in (
            "no stations",
            "no station since 02:50 UTC",
            "0 of 410 stations",
            "zero stations",
            "not a single station any more",
            "no longer any station",
            "nobody any more",
            "no stations are affected now",
            "none so far today",
            "no stations left",
            "stations in Lille until 02:50 UTC, none since",
            "all stations work again",
        )
    ),
]


def two_shares(field: str, first: str, then: str) -> Told:
    """An incident whose share was told to colleagues and to customers, and then another one to colleagues."""
    story = told().fact(field, first)
    story.send("initial", impact="cards fail")
    story.send("customer", impact="cards fail")
    story.at(60).fact(field, then)
    story.send("update", status="Restarting the terminals")
    return story.at(70)


@pytest.mark.parametrize(("first", "then", "end"), WORST)
def test_at_the_end_the_share_is_the_worst_one_that_was_told(first: str, then: str, end: str) -> None:
    story = two_shares("affected", first, then)
    assert "towards the end" not in story.compose("update").text
    story = resolved(story, "Restarted the link")
    assert f"\nAffected: {end}\n" in story.compose("resolution", root_cause="A link").text
    alone = end.partition(";")[0].partition(" (")[0].rstrip(".")
    alone = "All customers" if alone == "Everyone" else alone
    assert f"ffected: {alone}.\n" in story.compose("customer").text, "customers read only the worst of it"
    story.send("resolution", root_cause="A link")
    assert f"\nAffected: {end}\n" in story.compose("resolution", root_cause="A link").text, "once, and not again"


@pytest.mark.parametrize(
    ("customers", "again"), [("310", False), ("about 310", False), ("12", True), ("310 staff", True)]
)
def test_a_figure_that_the_worst_share_has_is_not_told_again_as_that_of_customers(customers: str, again: bool) -> None:
    story = two_shares("affected", "About 310 of 1,900 farms in 12 towns", "about 40 of 1,900 farms")
    text = resolved(story.fact("customers", customers)).compose("resolution", root_cause="A link").text
    assert "\nAffected: About 310 of 1,900 farms in 12 towns (about 40 towards the end).\n" in text
    assert ("\nCustomers affected: " in text) is again


def test_what_nobody_can_do_is_no_share_of_nobody() -> None:
    for worst, read in (("nobody can pay", "Nobody could pay"), ("none of the tills print", "None of the tills print")):
        story = resolved(two_shares("affected", "about 5 % of tills", worst), "Restarted the link")
        assert f"\nAffected: {read}.\n" in story.compose("resolution", root_cause="A link").text


def test_nobody_any_more_is_told_beside_the_number_at_first_and_never_as_a_part_of_it() -> None:
    story = told().fact("affected", "40 % of the alarms to followers").fact("customers", "about 18,000 followers")
    story.send("initial", impact="alarms are late")
    story.at(60).fact("affected", "none of the alarms to followers")
    now = story.compose("update").text
    assert "Affected: None of the alarms to followers.\nCustomers affected: About 18,000 followers at first.\n" in now
    story.send("update", status="Watching the alarms")
    for state in ("identified", "monitoring"):
        assert "ffected:" not in story.compose("customer", state=state, status="Alarms work again").text, state
    end = resolved(story.at(70), "Restarted the link").compose("resolution", root_cause="A link").text
    assert "\nAffected: 40 % of the alarms to followers (about 18,000 followers).\n" in end


def test_a_share_that_is_typed_for_customers_is_what_they_read_at_every_state() -> None:
    story = two_shares("affected", "all 620 cold stores", "30 of 620 cold stores")
    for state in ("investigating", "identified", "monitoring"):
        for share in ("30 of 620 cold stores", "All 620 cold stores", "12 of 620 cold stores", "no cold store"):
            text = story.compose(
                "customer", state=state, status="Most sensors send readings again", affected=share
            ).text
            assert f"\nAffected: {share[0].upper()}{share[1:]}.\n" in text


def test_a_share_that_nobody_was_told_was_a_mistake_and_one_that_got_better_is_the_first() -> None:
    story = told().fact("affected", "all 800 meters").fact("affected", "60 of 800 meters")
    story.send("initial", impact="cards fail")
    assert "Affected: 60 of 800 meters.\n" in resolved(story).compose("resolution", root_cause="A link").text
    story = told().fact("impact", "no internet").fact("affected", "Leeds and Bradford").fact("customers", "22k homes")
    story.send("initial")
    story.fact("impact", "Leeds still has no internet").fact("affected", "9k homes").fact("customers", "9k homes")
    text = resolved(story).compose("resolution", root_cause="A cable").text
    assert "Affected: Leeds and Bradford; 9k homes towards the end.\n" in text
    assert "Customers affected: 22k homes; 9k homes towards the end.\n" in text


def test_what_is_left_is_never_told_as_if_it_were_the_whole() -> None:
    story = told().fact("impact", "locks do not open").fact("customers", "about 61,000 households")
    story.send("initial")
    story.at(60).fact("affected", "about half of the households")
    assert "Affected: About half of the households, of about 61,000 at first.\n" in story.compose("update").text
    story = resolved(story, "Restarted the link")
    said = story.compose("resolution", root_cause="A cable").text
    assert "Customers affected: About 61,000 households; about half of the households towards the end.\n" in said
    assert "Affected: About half of the households towards the end.\n" in story.compose("customer").text
    both = told().fact("customers", "1,200 customers").fact("affected", "about 20 % of customers")
    both.send("initial", impact="errors")
    assert "Affected: About 20 % of customers (1,200 customers).\n" in both.compose("update").text


@pytest.mark.parametrize(
    ("first", "then", "change"),
    [
        (
            "all 800 meters",
            "60 of 800 meters",
            "- Affected now: 60 of 800 meters; before: all 800 meters",
        ),
        (
            "5 % of orders",
            "20 % of orders",
            "- Affected now: 20 % of orders; before: 5 % of orders",
        ),
        ("shops in Spain", "shops in Portugal", "- Affected now: shops in Portugal; before: shops in Spain"),
        ("flights to Rome", "none", "- Affected now: none; before: flights to Rome"),
        ("5 % of orders", "5 % of orders", ""),
        ("40ish% of visits", "40ish% of visits", ""),
        ("abt 200 ppl", "abt 200 ppl", ""),
        ("abt 200 ppl", "200 visits", "- Affected now: 200 visits; before: about 200 people"),
        ("", "5 % of orders", "- Affected now: 5 % of orders; before: not known"),
        ("unknown, 11 have called", "37 members", "- Affected now: 37 members; before: unknown, 11 have called"),
    ],
)
def test_an_update_says_that_the_share_changed(first: str, then: str, change: str) -> None:
    story = told().fact("impact", "cards fail").fact("affected", first or "not known yet")
    story.send("initial")
    story.fact("affected", then)
    text = story.compose("update", progress="The link was restarted").text
    assert (change in text) if change else "Affected now" not in text
    assert "Affected now" not in story.compose("update", progress=f"Affected: {then}").text
    values, moment = story.values("update", progress="The link was restarted"), story.now
    story.at(60).send("update", status="Restarting")
    logged_late = compose(KINDS["update"], values, story.snapshot.at(moment), author="Dana").text
    assert logged_late.count(change or "Affected now") == bool(change), "as of when it went out"


def test_a_number_that_was_told_beside_a_larger_share_is_not_told_as_that_of_the_smaller_one() -> None:
    story = told().fact("affected", "all 24 counters").fact("customers", "about 1,300 passengers")
    story.send("initial", impact="labels are wrong")
    story.send("customer", impact="labels are wrong")
    story.fact("affected", "six counters")
    text = story.compose("update").text
    assert "Affected: Six counters.\nCustomers affected: About 1,300 passengers at first.\n" in text
    assert "Affected: Six counters.\n" in story.compose("customer", state="identified").text
    works = story.compose("customer", state="monitoring", status="All counters print correct labels again").text
    assert "Affected: Six counters.\n" in works, "what is known, or was typed, is what is shown"
    story.fact("customers", "about 200 passengers")
    assert "Affected: Six counters (about 200 passengers).\n" in story.compose("update").text
    story = told().fact("affected", "all 24 counters").fact("customers", "about 1,300 drivers since 07:00")
    story.send("initial", impact="labels are wrong")
    story.fact("affected", "six counters")
    assert "\nCustomers affected: About 1,300 drivers since 07:00.\n" in story.compose("update").text


def test_customers_read_the_same_worst_once_a_fix_is_in_place_as_at_the_end() -> None:
    story = told().fact("impact", "tags are not read at 14 of 86 plazas")
    story.send("customer", state="investigating")
    story.fact("impact", "tags are not read at 9 of 86 plazas")
    works = {"state": "monitoring", "status": "Tags have been read again at all plazas since 04:10 UTC"}
    worst = "What happened: Tags were not read at 14 of 86 plazas.\n"
    assert worst in story.compose("customer", **works).text
    assert "tags are not read at 9 of 86 plazas" in story.compose("update", status="Two are left").text.casefold()
    assert worst in resolved(story).compose("customer").text
    story.fact("impact", "receipts are wrong at 3 plazas")
    assert "What happened: Receipts were wrong at 3 plazas.\n" in story.compose("customer", **works).text


def test_what_it_was_before_it_got_better_is_never_told_as_if_it_went_on() -> None:
    story = told().fact("impact", "All lifts stand still")
    story.send("customer", impact="All lifts stand still")
    text = story.at(40).compose("customer", state="monitoring", impact="All lifts run again", status="Most move").text
    assert "\nThe problem: All lifts stand still.\n" in text
