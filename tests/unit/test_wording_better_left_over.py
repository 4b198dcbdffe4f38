"""A better sentence keeps dates whole, and nothing is left over from what went: no article, sign or second fault."""

from __future__ import annotations

from tests.unit.test_wording_better_by_kind import as_expected


def test_a_sign_at_the_end_of_a_password_goes_with_it() -> None:
    as_expected((
        ("customers", "The portal is back; the password is Beetle-77! for both tills.",
         "The portal is back; the password is shared separately for both tills."),
        ("stakeholders", "The wifi password is now Lobster! and works in Hall 2.",
         "The wifi password is shared separately and works in Hall 2."),
    ))  # fmt: skip


def test_what_is_named_before_a_secret_or_said_behind_a_link_stays_alone() -> None:
    as_expected((
        ("customers", "Use the gate code: code is 44-Kilo-71 at the north gate.",
         "Use the gate code at the north gate."),
        ("customers", "The plan of the repair is on https://jira.corp.internal/OPS-4 and changes daily.",
         "The plan of the repair changes daily."),
    ))  # fmt: skip


def test_only_stays_where_it_says_where_the_harm_ended() -> None:
    as_expected((
        ("customers", "Fortunately only the blue line was affected, so you could still take the green line.",
         "Only the blue line was affected, so you could still take the green line."),
        ("customers", "Only a few cards were declined, so you can pay in nearly all shops.",
         "Some cards were declined, so you can pay in nearly all shops."),
    ))  # fmt: skip


def test_no_article_stays_in_front_of_a_comparison() -> None:
    as_expected((
        ("customers", "The gates were a little slower than on other days, and 40 people missed the ferry.",
         "The gates were slower than on other days, and 40 people missed the ferry."),
    ))  # fmt: skip
