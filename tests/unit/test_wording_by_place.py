"""`ur` is "your" or "you're", and `2` and `4` are numbers or words: what stands beside them tells."""

from __future__ import annotations

import pytest

from tests.unit.test_wording_chat import AUDIENCES, RULES, typed, written_out
from warroom.wording import MessageText, better_sentence, check_text


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("ur not charged for the extra time", "You're not charged for the extra time"),
        ("ur bike is ok and ur not billed", "Your bike is ok and you're not billed"),
        ("Ur late fee is waived if ur waiting outside", "Your late fee is waived if you're waiting outside"),
        ("If ur locked out, ask for ur locked bike", "If you're locked out, ask for your locked bike"),
        ("billing still 2 fix", "Billing still to fix"),
        ("unlocks back 2 normal", "Unlocks back to normal"),
        ("waiting 4 engineer", "Waiting for engineer"),
        ("someone senior 2 ring them, if we need 2 report", "Someone senior to ring them, if we need to report"),
    ],
)
def test_it_is_written_out_as_its_place_tells(text: str, better: str) -> None:
    for audience in AUDIENCES:
        assert written_out(text, audience) == better


@pytest.mark.parametrize("text", ["Reload ur charging session in the app.", "Is this ur?"])
def test_what_could_be_both_is_named_and_stays(text: str) -> None:
    assert typed(text) == ["ur"]
    assert written_out(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "We wait 4 trains, and 2 of 14 are down.",
        "We need 2 people in Leeds, and still 2 open shops.",
        "Terminal 2 reports it, line 4 is closed, and only 2 move.",
        "They are waiting 4 hours and looking 4 times.",
    ],
)
def test_a_number_is_a_number(text: str) -> None:
    for audience in AUDIENCES:
        assert typed(text, audience) == []


def test_a_digit_for_a_word_is_no_figure_to_keep() -> None:
    text = "Jonas used wrong data 4 fuel planning."
    finding = next(one for one in check_text(text, RULES, "leadership") if one.rule == "blame")
    better = better_sentence(text, finding, MessageText("", body=text, audience="leadership"), RULES)
    assert better
    assert "4" not in better
