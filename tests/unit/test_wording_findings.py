"""What a remark on wording points at, on any text, and quickly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_wording import PEOPLE, RULES, SENTENCES, found
from warroom.wording import MessageText, Rule, check, hint


def test_findings_point_into_the_text_as_given_in_order() -> None:
    subject, body = "[SEV2] Update <n>", "• We’ll be  back\n   in 30 minutes.\n• Next: TBD"
    words = MessageText(kind="update", subject=subject, body=body, promises_next=False)
    findings = check(words, RULES)
    assert [(finding.rule, finding.part) for finding in findings] == [
        ("leak", "subject"),
        ("promise", "body"),
        ("leak", "body"),
        ("next-update-missing", "whole"),
    ]
    assert subject[findings[0].start : findings[0].end] == findings[0].words == "<n>"
    assert body[findings[1].start : findings[1].end] == findings[1].words
    assert findings[1].words.endswith("back\n   in 30 minutes")
    assert (findings[3].start, findings[3].end, findings[3].words) == (0, 0, "")
    assert all(finding.label and finding.why for finding in findings)


@pytest.mark.parametrize("between", [". ", "! ", "\n\n", "\n- ", "\n2. ", "\nStatus: "])
def test_what_excuses_one_sentence_does_not_excuse_the_next(between: str) -> None:
    assert found(f"Engineering expects the test to end{between}We will be back in 30 minutes") == ["promise"]


def test_a_line_break_within_a_sentence_does_not_end_it() -> None:
    assert found("Engineering expects, after a long look at it, that\nwe will be back in 30 minutes") == []


def test_one_rule_speaks_about_a_phrase() -> None:
    assert found("We will be back by 10:00.") == ["promise"]  # and not about the missing zone too


def test_dismissing_a_rule_or_only_these_words() -> None:
    words = MessageText(kind="update", body="Owner: TBD. Impact: [impact].")
    first, second = check(words, RULES)
    assert check(words, RULES, frozenset({"leak"})) == ()
    assert check(words, RULES, frozenset({first.key})) == (second,)
    moved = MessageText(kind="update", body="Checkout. Impact: [Impact].")
    assert check(moved, RULES, frozenset({second.key})) == ()


def test_a_message_without_a_body_is_not_judged() -> None:
    assert check(MessageText(kind="customer", subject="[time]", body=" \n"), RULES) == ()


def test_a_companys_own_kind_gets_the_rules_for_every_kind() -> None:
    assert found("Payments are back in 10 minutes.", "regulator") == ["promise"]
    assert found("The pods restarted at 03:41 UTC.", "regulator") == []


# --- Any text, and quickly --------------------------------------------------------------------------------------------

FRAGMENTS = [entry["text"] for entry in SENTENCES["bad"]]
messages = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "\n\n- "]).map(lambda glue: glue.join(parts))
)


@settings(max_examples=150, deadline=None)
@given(
    subject=messages,
    body=messages,
    kind=st.sampled_from(["initial", "update", "resolution", "customer", "escalation", "own"]),
    people=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    promises_next=st.none() | st.booleans(),
)
def test_any_text_is_checked_and_every_offset_is_in_it(
    subject: str, body: str, kind: str, people: tuple[str, ...], promises_next: bool | None
) -> None:
    words = MessageText(
        kind=kind, subject=subject, body=body, to=subject, partial=True, promises_next=promises_next, people=people
    )
    findings = check(words, RULES)
    assert findings == check(words, RULES)
    for finding in findings:
        if finding.part == "whole":
            assert (finding.start, finding.end) == (0, 0)
        else:
            text = subject if finding.part == "subject" else body
            assert 0 <= finding.start < finding.end <= len(text)
            assert text[finding.start : finding.end] == finding.words
            assert finding.first <= finding.start < finding.end <= finding.last
    order = ["subject", "body", "whole"]
    assert [(order.index(f.part), f.start) for f in findings] == sorted(
        (order.index(f.part), f.start) for f in findings
    )
    lane = hint(body, RULES)
    assert lane is None or body[lane.start : lane.end] == lane.words


def repeats(tree: Any, product: int = 1) -> int:
    """The largest number of turns that repeats within repeats of a parsed pattern can take at one position."""
    worst = product
    for op, argument in tree:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            turns = int(high) if high != low else 1
            worst = max(worst, repeats(inner, product * max(turns, 1)))
        elif name == "BRANCH":
            worst = max([worst, *(repeats(branch, product) for branch in argument[1])])
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
            worst = max(worst, repeats(argument[-1], product))
    return worst


def every_pattern(rule: Rule) -> tuple[str, ...]:
    return rule.patterns + rule.only_if + rule.unless + rule.unless_anywhere + rule.requires


@pytest.mark.parametrize("rule", [*RULES.messages, *RULES.lane, *RULES.post_mortem], ids=lambda rule: rule.id)
def test_no_pattern_repeats_without_a_bound(rule: Rule) -> None:
    """Bounded repeats make the work per character bounded, so that a check takes time in proportion to the text."""
    from re import _parser  # type: ignore[attr-defined]  # the one parser that sees patterns as `re` does

    for pattern in every_pattern(rule):
        assert repeats(_parser.parse(pattern, re.IGNORECASE | re.MULTILINE)) <= 1000, pattern


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "\n", "will be ", "password ", "1:", "eyJ", "((", "12 ", "a.b.", "x_y_", "someone ", "probably it ",
     "expect to the fix ", "://a:b:", "aa-bb-", "[a <b {c ", "is down ", "about ", "it must be a ", "by the ",
     "?", "TBD "],
)  # fmt: skip
def test_ten_thousand_hostile_characters_are_checked(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    for kind in ("update", "customer"):
        for finding in check(MessageText(kind=kind, subject=text, body=text, people=PEOPLE, partial=True), RULES):
            assert finding.end <= 10_000
    assert hint(text, RULES) is None
