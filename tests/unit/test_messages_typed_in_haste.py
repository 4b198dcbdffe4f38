"""What people type at three in the morning: it reads as if there had been time, or a hint names what to change."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from warroom.messages.calm import calm
from warroom.messages.hints import hints
from warroom.messages.readable import scope

HASTE = [
    ("ppl in london cant pay w/ paypal!!", "people in London can't pay with PayPal."),
    ("use email + password, or o2 & vodafone", "use email and password, or o2 and Vodafone"),
    ("600ish of them, i think", "about 600 of them, I think"),
    ("abt 3k sellers, still counting", "about 3k sellers so far"),
    ("db at 100 cpu since monday", "DB at 100 CPU since Monday"),
    ("print at the office and drive over lol", "print at the office and drive over"),
    ("it wasnt tested", "it wasn't tested"),
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
    ("no idea, 80 tickets in 1h", "Not known yet (80 tickets in 1h)."),
    ("12k crash reports", "Not known yet (12k crash reports)."),
    ("no clue, everyone on mobile i guess", "Not known yet."),
    ("lots", "Not known yet."),
]


@pytest.mark.parametrize(("typed", "read"), NO_COUNT)
def test_words_that_do_not_say_who_is_affected_are_told_as_not_known_and_hinted_at(typed: str, read: str) -> None:
    told = Told().fact("affected", typed).fact("impact", "Search is slow").at(10)
    for kind in ("initial", "update", "escalation"):
        composed = told.compose(kind, status="checking the disks", why="a", what_i_need="b", phone="c")
        assert f"Affected: {read}" in composed.text
        found = hints(KINDS[kind], told.values(kind), told.snapshot, BOOK)
        assert any("does not say who" in hint or "not who is affected" in hint for hint in found), found
    assert "ffected" not in told.compose("customer", affected=typed).text, "customers read nothing of it"
    found = hints(KINDS["customer"], told.values("customer", affected=typed), told.snapshot, BOOK)
    assert any("customers do not read it" in hint for hint in found), found


@pytest.mark.parametrize(
    ("noted", "read"),
    [
        ("customers who pay by Visa or Mastercard in Germany", "customers who pay by Visa or Mastercard in Germany"),
        ("all accounts w/ EU data", "all accounts with EU data"),
        ("guests in london, still counting", "guests in London so far"),
        ("orders checked by Marco", ""),
    ],
)
def test_a_group_of_customers_is_told_to_them(noted: str, read: str) -> None:
    assert scope(noted, Told().snapshot).text == read
