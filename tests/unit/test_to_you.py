"""What is said of customers in a message to them stays as it was typed, and its sender is asked to say `you`."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import Told
from tests.unit.test_customers_read import remarks


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Customers can buy the label online", True),
        ("Please wait; users cannot sign in with a code", True),
        ("- Our clients need not do anything", True),
        ("Customers can use their card", True),
        ("Customers with a tag can use lane 3", False),
        ("Donors can give by bank transfer", False),
        ("If customers can wait, please call later", False),
        ("Customers are called today", False),
    ],
)
def test_what_customers_can_do_is_to_be_said_to_them(typed: str, asked: bool) -> None:
    told = Told().fact("impact", "errors").fact("workaround", typed).at(10)
    read = typed.removeprefix("- ")
    assert f"\nIn the meantime: {read}.\n" in told.compose("customer").text
    assert ("speaks of customers, and they read it: say “you” in Workaround." in remarks(told)) is asked
    assert f"\nWhat this means for you: {read}.\n" in told.compose("customer", meaning=typed, workaround="").text
