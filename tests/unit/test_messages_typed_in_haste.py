"""What people type at three in the morning: it reads as if there had been time, or a hint names what to change."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from warroom.messages.calm import calm
from warroom.messages.hints import hints
from warroom.model import acts
from warroom.model.kinds.milestones import set_milestone
from warroom.model.times import MINUTE

HASTE = [
    ("ppl in london cant pay w/ paypal!!", "people in London can't pay with PayPal."),
    ("use email + password, or o2 & vodafone", "use email and password, or O2 and Vodafone"),
    ("600ish of them, i think", "about 600 of them, I think"),
    ("abt 3k sellers, still counting", "about 3k sellers so far"),
    ("db at 100 cpu since monday", "DB at 100 CPU since Monday"),
    ("print at the office and drive over lol", "print at the office and drive over"),
    ("it wasnt tested, its the tax service :(", "it wasn't tested, it's the tax service"),
    ("yesterdays release in canada", "yesterday's release in Canada"),
    ("its lid, at 10:30 (see :8080)", "its lid, at 10:30 (see :8080)"),
    # what may mean something else, or is quoted, stays
    ("see foo-api.paypal.com/id or “paypal” or stripe.js", "see foo-api.paypal.com/id or “paypal” or stripe.js"),
    ("R & D pays 2 + 2", "R & D pays 2 + 2"),
    ("list of msg-ids, with i/o errors", "list of msg-ids, with i/o errors"),
]


@pytest.mark.parametrize(("typed", "read"), HASTE)
def test_shorthand_is_written_out_and_names_have_their_capitals(typed: str, read: str) -> None:
    assert calm(typed, BOOK.names) == read
    assert calm(read, BOOK.names) == read


def test_a_title_for_colleagues_is_written_out_too() -> None:
    told = Told(2, "ppl cant pay w/ apple pay in berlin").compose("initial", impact="a", status="b")
    assert told.subject == "[SEV2] Incident: People can't pay with Apple Pay in Berlin"


NO_COUNT = [
    ("no idea, 80 tickets in 1h", "No idea, 80 tickets in 1h."),
    ("12k crash reports", "12k crash reports."),
    ("no clue, everyone on mobile i guess", "No clue, everyone on mobile I guess."),
    ("lots", "Lots."),
    ("hard to say", "Hard to say."),
]


@pytest.mark.parametrize(("typed", "read"), NO_COUNT)
def test_words_that_do_not_say_who_is_affected_are_told_as_they_are_and_hinted_at(typed: str, read: str) -> None:
    told = Told().fact("affected", typed).fact("impact", "Search is slow").at(10)
    for kind in ("initial", "update", "escalation"):
        composed = told.compose(kind, status="checking the disks", why="a", what_i_need="b", phone="c")
        assert f"Affected: {read}" in composed.text
        found = hints(KINDS[kind], told.values(kind), told.snapshot, BOOK)
        assert any("does not say who" in hint or "not who is affected" in hint for hint in found), found
    assert "ffected" not in told.compose("customer").text, "what was noted for colleagues is not for customers"
    assert f"Affected: {read}" in told.compose("customer", affected=typed).text
    found = hints(KINDS["customer"], told.values("customer", affected=typed), told.snapshot, BOOK)
    assert any("Say who or how many once it is known" in hint for hint in found), found


@pytest.mark.parametrize(
    ("noted", "read"),
    [
        ("customers who pay by Visa or Mastercard in Germany", "Customers who pay by Visa or Mastercard in Germany"),
        ("all accounts w/ EU data", "All accounts with EU data"),
        ("orders checked by Marco", "Orders checked by Marco"),
        ("viewers with smart TVs from before 2021", "Viewers with smart TVs from before 2021"),
        ("up to 2000 customers with phones of 2019 and 2020", "Up to 2000 customers with phones of 2019 and 2020"),
    ],
)
def test_a_segment_is_told_to_customers(noted: str, read: str) -> None:
    text = Told().fact("impact", "errors").fact("segment", noted).compose("customer").text
    assert f"\nAffected: {read}.\n" in text


CHANGED = [
    ("35 % of card payments fail", "2 % of card payments fail"),
    ("checkout is down", "checkout is slow"),
    ("checkout is slow", "checkout is down"),
    ("payments fail", "payments fail in Germany"),
    ("visits start late", "chat works normally, visits do not start"),
    ("receipts are late", "no receipts arrive any more"),
    ("some orders are late", "no order is late by more than 10 minutes"),
    ("api says 401 for valid keys", "still ~1% of requests"),
]


CLEAR = [
    ("self-checkouts do not start", "No more impact since 10:40 UTC."),
    ("self-checkouts do not start", "none since 11:05 UTC"),
    ("visits do not start", "Nobody is affected any more."),
    ("visits do not start", "Visits start normally"),
    ("visits do not start", "none"),
    ("visits do not start", "Visits work again, and nothing was lost"),
    ("alarms are 25 minutes late", "no alarm has been late since 12:52 UTC"),
    ("bread orders get lost", "no bread order is late"),
    ("labels print blank", "labels print correctly"),
]


@pytest.mark.parametrize(("before", "after"), [*CLEAR, *CHANGED])
def test_an_end_is_told_by_what_was_hit_or_its_sender_says_which_of_several_was_the_worst(
    before: str, after: str
) -> None:
    told = Told().fact("impact", before).at(20).fact("impact", after)
    told.at(60).add(acts.lifecycle.resolve("enlarged the disk")).at(61)
    clear = (before, after) in CLEAR
    for kind in ("resolution", "customer"):
        values = told.values(kind)
        assert values["impact"] == (before if clear else "")
        found = " ".join(hints(KINDS[kind], values, told.snapshot, BOOK))
        assert ("at its worst" in found) is not clear, found


def test_a_guess_about_a_breach_none_really_and_initials_typed_small_are_told_as_what_they_are() -> None:
    told = Told().fact("breach", "dont think so").fact("workaround", "none really").fact("system", "wms").at(10)
    text = told.compose("initial", impact="robots stop", status="a").text
    assert "\nAffected system: WMS.\n" in text
    assert "\nData breach: Not known yet.\nWorkaround: None so far.\n" in text
    asked = "\n".join(hints(KINDS["initial"], told.values("initial"), told.snapshot, BOOK))
    assert "Data breach: “dont think so” is a guess" in asked
    values = told.values("customer", impact="robots stop")
    assert "none really" not in told.compose("customer", impact="robots stop").text.casefold()
    assert "none really" not in "\n".join(hints(KINDS["customer"], values, told.snapshot, BOOK))
    told.add(acts.lifecycle.resolve())
    assert "and WMS works normally again" in told.compose("customer", impact="robots stop").text


def test_colleagues_read_which_customers_and_whether_data_was_lost() -> None:
    told = Told(1).fact("segment", "o2 + vodafone germany").fact("data_loss", "not known yet").at(10)
    for kind in ("initial", "update"):
        text = told.compose(kind, impact="no codes", status="a").text
        assert "\nWho is affected: O2 and Vodafone Germany.\nData loss: Not known yet.\n" in text
    assert "\nData loss: Not known yet.\n" in told.compose("escalation", impact="no codes", status="a").text
    told.fact("affected", "O2 and Vodafone in Germany").fact("data_loss", "no").at(60)
    told.add(acts.lifecycle.resolve("enlarged the disk"))
    text = told.compose("resolution", impact="no codes", root_cause="a").text
    assert "Who is affected" not in text, "it is said already"
    assert "\nData loss: No.\n" in text


TYPED_AS_READ = [
    ("sellers not getting paid, payouts stuck in pending", "Sellers not getting paid, payouts stuck in pending."),
    ("bags piling up, flights leaving w/o bags", "Bags piling up, flights leaving without bags."),
    ("whole site down, maintenance page", "Whole site down, maintenance page."),
    ("numbers too low since monday", "Numbers too low since Monday."),
    ("Parents and carers receive alarms 25 minutes late", "Parents and carers receive alarms 25 minutes late."),
    ("Vets dose animals late", "Vets dose animals late."),
    ("Barges moor late, locks closed", "Barges moor late, locks closed."),
    ("Files growing without limit clog the disk", "Files growing without limit clog the disk."),
    ("the page stays blank", "The page stays blank."),
    ("no confirmation mails sent", "No confirmation mails sent."),
]


def test_no_verb_is_put_into_an_impact() -> None:
    for typed, read in TYPED_AS_READ:
        assert f": {read}\n" in Told().at(10).compose("customer", impact=typed).text, typed


def test_the_resolution_notice_tells_when_it_was_fixed_and_confirmed() -> None:
    told = Told().fact("impact", "Payments fail").at(60).add(acts.lifecycle.resolve("enlarged the disk")).at(61)
    assert "Times:" not in told.compose("resolution", root_cause="a").text, "it began and ended, which is told anyway"
    for minute, name in ((40, "fixed"), (55, "verified")):
        told.add(set_milestone(told.incident, name, told.incident.began + minute * MINUTE))
    assert "\nTimes: Fixed 03:57, confirmed 04:12 CET.\n" in told.compose("resolution", root_cause="a").text


def test_what_only_says_how_many_or_is_a_sign_is_hinted_at() -> None:
    told = Told().at(10)
    for impact, hint in (("still ~1% of requests", "does not say what fails"), ("no codes = no login", "“=” in ")):
        found = hints(KINDS["customer"], told.values("customer", impact=impact), told.snapshot, BOOK)
        assert any(hint in one for one in found), found
    fine = told.values("customer", impact="5 % of card payments fail", status="Restarting the sign-in service")
    assert not any("sign" in one or "what fails" in one for one in hints(KINDS["customer"], fine, told.snapshot, BOOK))


def test_an_amount_in_doubt_is_told_as_one_and_gives_no_odd_cost() -> None:
    told = Told().fact("revenue_per_hour", "5k?").at(60)
    text = told.compose("escalation", impact="a", why="b", what_i_need="c").text
    assert "Revenue at risk per hour: 5k (not confirmed).\nCost so far: ≈ 5,000 (5k (?) per hour" in text


def test_a_supplier_stays_unnamed_to_customers_also_if_it_is_noted_as_the_system() -> None:
    told = Told().fact("system", "stripe").fact("impact", "cant pay by card").at(60)
    told.add(acts.lifecycle.resolve("stripe recovered")).at(61)
    assert "stripe" not in told.compose("customer").text.casefold()
