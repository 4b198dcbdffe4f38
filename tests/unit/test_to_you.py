"""What is said of customers is said to them in a message to them, and as it was typed to colleagues."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import Told
from tests.unit.test_customers_read import remarks


@pytest.mark.parametrize(
    ("typed", "read", "asked"),
    [
        ("Customers can buy the label online.", "You can buy the label online.", False),
        (
            "users cannot sign in with a code; users can use a PIN",
            "You cannot sign in with a code; you can",
            False,
        ),
        ("Our clients need not do anything", "You need not do anything.", False),
        ("Customers can use their card", "Customers can use their card.", True),
        ("Customers with a tag can use lane 3", "Customers with a tag can use lane 3.", False),
        ("Donors can give by bank transfer", "Donors can give by bank transfer.", False),
        ("If customers can wait, please call later", "If customers can wait, please call later.", False),
        ("Customers are called today", "Customers are called today.", False),
    ],
)
def test_what_customers_can_do_is_said_to_them_where_that_is_sure_and_asked_for_elsewhere(
    typed: str, read: str, asked: bool
) -> None:
    told = Told().fact("impact", "errors").fact("workaround", typed).at(10)
    assert f"\nIn the meantime: {read}" in told.compose("customer").text
    assert ("speaks of customers, and they read it: say “you” in Workaround." in remarks(told)) is asked
    assert f"\nWhat this means for you: {read}" in told.compose("customer", meaning=typed, workaround="").text
    assert typed[1:].rstrip(".") in told.compose("update", status="moving").text
