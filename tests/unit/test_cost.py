"""What the incident has cost so far: only where one number is known, and never without what it rests on."""

from __future__ import annotations

import pytest

from tests.conftest import THREE_SEVENTEEN as START
from warroom import places
from warroom.model import acts
from warroom.model.cost import cost, money
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, fold
from warroom.model.playbook import load
from warroom.model.times import HOUR, MINUTE

PLAYBOOK = load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")


def incident(*drafts: Draft, began: int = START) -> Incident:
    """An incident declared at 03:17, each act a minute after the other."""
    all_ = (acts.lifecycle.declare("Checkout errors", 2, now=START, began=began), *drafts)
    return fold(
        Entry(n, "here", n, n, "k7qd3f", draft.at or START + n * MINUTE, START, "Sam", draft.text, draft.body)
        for n, draft in enumerate(all_, 1)
    )


def rate(words: str) -> Draft:
    return acts.facts.fact(PLAYBOOK, "revenue_per_hour", words)


@pytest.mark.parametrize(
    ("text", "amount", "before", "after"),
    [
        ("$32k", 32_000, "$", ""),
        ("$32K per hour", 32_000, "$", ""),
        ("4 500 EUR", 4_500, "", " EUR"),
        ("4\u202f500\u00a0EUR", 4_500, "", " EUR"),
        ("€1.2m", 1_200_000, "€", ""),
        ("1.5 million euros", 1_500_000, "", " euros"),
        ("32,000.50 USD/hour", 32_000.5, "", " USD"),
        ("12.345,67 €", 12_345.67, "", " €"),
        ("CHF 1'200", 1_200, "CHF ", ""),
        ("CHF 1’200", 1_200, "CHF ", ""),
        ("1.200 EUR", 1_200, "", " EUR"),
        ("1,5k", 1_500, "", ""),
        ("US$ 40k", 40_000, "US$", ""),
        ("kr 500", 500, "kr ", ""),
        ("500 kr", 500, "", " kr"),
        ("about 32k", 32_000, "", ""),
        ("roughly $32k", 32_000, "$", ""),
        ("around 500 GBP", 500, "", " GBP"),
        ("~$32k", 32_000, "$", ""),
        ("up to $10k an hour", 10_000, "$", ""),
        ("32k USD lost per hour", 32_000, "", " USD"),
        ("10 000 000 JPY", 10_000_000, "", " JPY"),
        ("- $32k", 32_000, "$", ""),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: float, before: str, after: str) -> None:
    assert money(text) == (amount, before, after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "two thousand",
        "100 to 200",
        "$30-40k",
        "$32k in EU, $5k in US",
        "$32k per day",
        "32k per minute",
        "5 orders",
        "30%",
        "20 min",
        "₹4,00,000",
        "1.2.3,4,5",
        "-5",
        "-12k per hour",
        "about -$5k",
        "$-5k",
        "−5k",
        "-USD 5k",
    ],
)
def test_what_is_not_one_amount_of_money_is_not_guessed_at(text: str) -> None:
    assert money(text) is None
    assert cost(incident(rate(text or "?")), START + HOUR) is None


def test_the_cost_counts_from_the_beginning_and_says_what_it_rests_on() -> None:
    known = cost(incident(rate("$32k/hour"), began=START - 4 * MINUTE), START + 26 * MINUTE)
    assert known is not None
    assert (known.amount, known.text, known.basis) == (16_000, "≈ $16,000", "$32k per hour × 30 min since it began")


@pytest.mark.parametrize("seconds", [0, 1, 59])
def test_the_amount_is_what_its_basis_says(seconds: int) -> None:
    known = cost(incident(rate("18k")), START + 20 * MINUTE + seconds * 1000)
    assert known is not None
    assert (known.text, known.basis) == ("≈ 6,000", "18k per hour × 20 min since it began")


@pytest.mark.parametrize("digits", [30, 400])
def test_an_amount_beyond_all_money_costs_nothing(digits: int) -> None:
    assert cost(incident(rate("9" * digits)), START + 20 * MINUTE) is None


def test_the_currency_stays_where_it_was_written() -> None:
    known = cost(incident(rate("4 500 EUR")), START + 2 * HOUR)
    assert known is not None
    assert (known.text, known.basis) == ("≈ 9,000 EUR", "4 500 EUR per hour × 2 h since it began")


def test_it_stands_still_once_resolved_and_goes_on_when_reopened() -> None:
    until = START + HOUR
    over = [rate("$1000"), acts.lifecycle.resolve("fixed", until)]
    ended = cost(incident(*over), START + 5 * HOUR)
    again = cost(incident(*over, acts.lifecycle.reopen("back")), START + 5 * HOUR)
    assert ended is not None
    assert again is not None
    assert (ended.amount, again.amount) == (1_000, 5_000)
    assert ended.basis == "$1000 per hour × 1 h until it was resolved"


def test_the_last_word_counts_and_a_withdrawn_one_leaves_nothing() -> None:
    known = cost(incident(rate("$1000"), rate("$2000")), START + HOUR)
    assert known is not None
    assert known.amount == 2_000
    assert cost(incident(rate("$1000"), rate("")), START + HOUR) is None
    assert cost(incident(), START + HOUR) is None


def test_its_basis_reads_well_if_the_fact_ends_with_a_full_stop() -> None:
    found = cost(incident(rate("about $32k per hour.")), START + HOUR)
    assert found is not None
    assert found.basis == "about $32k per hour × 1 h since it began"
