"""Whether a fact that was written down in a drill says what was told."""

from __future__ import annotations

import pytest

from warroom.model.practice.agreeing import agreement
from warroom.own_files import OwnFiles


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("about 20 % of attempts", "20%"),
        ("about 20 % of attempts", "one in five"),
        ("about 20 % of attempts", "around 1 in 5 checkouts"),
        ("about a third of photos", "30 %"),
        ("about half of the customers", "50% of customers"),
        ("about 20 % of attempts", "many attempts"),
        ("$32k", "$32,000 per hour"),
        ("$32k", "about 30k"),
        ("payment fails at the last step", "Users can't pay: failing payments"),
        ("nobody can pay", "payments down"),
        ("checkout", "the checkout service"),
        ("log-in", "Login"),
        ("#inc-pay", "inc-pay"),
        ("none", "0"),
        ("none", "no tickets so far"),
        ("none: only the monitoring was blind", "no impact, probes were blind"),
        ("no", "none"),
        ("yes, reproduced by Tomas", "confirmed"),
        ("unknown, Mei is checking", "possible, Mei checks"),
        ("unknown, Mei is checking", "not known yet"),
        ("Northwind, Alpine Sports and Bergmann", "3 premium customers"),
        ("Northwind, Alpine Sports and Bergmann", "Bergmann + others"),
        ("212 downloads of 140 customers", "140 customers"),
        ("15 min until the queue is empty, a guess of Marcus", "15 min"),
        ("all customers", "everybody"),
        ("search takes 8 seconds or fails", "search fails for 30 % of requests"),
        ("15 min until the queue is empty, a guess of Marcus", "about 16 minutes"),
    ],
)
def test_what_was_written_down_says_what_was_told(told: str, written: str) -> None:
    assert agreement(told, written) == "agrees"


@pytest.mark.parametrize(
    ("told", "written", "found"),
    [
        ("none: only the monitoring was blind", "Booking fails for users in Europe", "contradicts"),
        ("payment fails at the last step", "none", "contradicts"),
        ("payment fails at the last step", "payment works normally", "contradicts"),
        ("about 20 % of attempts", "60 % of attempts", "contradicts"),
        ("61", "37", "contradicts"),
        ("37", "61 tickets", "contradicts"),
        ("15 min until the queue is empty, a guess of Marcus", "40 minutes", "contradicts"),
        ("no", "yes", "contradicts"),
        ("unknown, Mei is checking", "no data lost", "contradicts"),
        ("#inc-pay", "#inc-search", "contradicts"),
        ("about 20 % of attempts", "unknown", "differs"),
        ("checkout", "warehouse", "differs"),
        ("Northwind, Alpine Sports and Bergmann", "Halden Logistics", "differs"),
    ],
)
def test_what_was_written_down_says_something_else(told: str, written: str, found: str) -> None:
    assert agreement(told, written) == found


def test_what_each_scenario_tells_agrees_with_itself() -> None:
    told = [value for one in OwnFiles(None).scenarios.values() for row in one.events for value in row.tells.values()]
    assert len(told) > 30
    assert all(agreement(value, f"{value}, as we know now") == "agrees" for value in told)
