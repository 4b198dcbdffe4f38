"""No pattern of a company's file, however it is written, keeps a check busy: it is refused, or stopped and named."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from tests.wording.measure import shipped_rules
from warroom.wording import (
    MessageText,
    WordingError,
    better_sentence,
    check,
    check_text,
    checks,
    hint,
    load,
    patterns,
)

SLOW = [
    r"(?:a{1,1000}){3}b",
    r"(?:a|aa){30}b",
    r"(?:a|aa){5}(?:a|aa){5}(?:a|aa){5}(?:a|aa){5}(?:a|aa){5}(?:a|aa){5}b",
    r"(?:a{1,9}){5}(?:a{1,9}){5}b",
    r"(?:(?:a{1,5}){5}){5}b",
    r"(?:(?:.{1,5}){5}){5}b",
    r"(?:(?:(?:\w{1,3}){3}){3}){3}b",
    r"\w{1,1000}\w{1,1000}\w{1,1000}b",
    r"\w{1,200}a{1,200}\w{1,200}a{1,200}b",
    r".{1,500}.{1,500}.{1,500}b",
    r".{0,1000}a.{0,1000}a.{0,1000}a.{0,1000}b",
    r"(?:a.{0,99}){5}b",
    r"(?:\w{1,40} ?){5}\w{1,40}b",
    r"(?:\w{1,40} ?){5}(?:\w{1,40} ?){5}b",
    r"(?:a{1,1000}a{1,1000}){2}b",
    r"(?:[ab]{1,30}[a]{1,30}){4}b!",
    r"a{1,900}(?:a{1,900}(?:a{1,900}b))",
    r"(?:(?:a{1,100}|b){1,5}){5}c",
    r"(?:a|[ab]|\w|.){5}(?:a|[ab]|\w|.){5}(?:a|[ab]|\w|.){5}(?:a|[ab]|\w|.){5}b!",
    r"(?:a|a|a|a|a|a|a|a){5}(?:a|a|a|a|a|a|a|a){5}b!",
    r"(?=.{0,900}.{0,900}.{0,900}b!)a",
    r"(?!.{1,900}.{1,900}.{1,900}b!)ab",
    r"(?:a{1,2}){5}(?:a{1,2}){5}(?:a{1,2}){5}(?:a{1,2}){5}(?:a{1,2}){5}(?:a{1,2}){5}b",
    r"(?:\s|\S){1,500}(?:\s|\S){1,500}(?:\s|\S){1,500}b!",
    r"(?:1{1,1000}\d{1,1000}){2}x",
    r"(?:-{1,1000}[-=]{1,1000}){2}x",
    r"(?: {1,1000}\s{1,1000}){2}x",
    r"(?:down{1,100}w?n{1,100}){5}x",
    r"(?:ab{1,500}b{1,500}b{1,500}){3}x",
    r"(?:(?:ab|a|b){5}){5}x",
]
QUICK = [
    r"\b(?:outage|downtime)s?\b",
    r"\bprobably\b.{0,40}\bfixed\b",
    r"\b[A-Z]{2,10}-\d{1,7}\b",
    r"(?:[a-z]{1,20}\.){1,9}internal\b",
    r"\bsorry for (?:any|the) (?:inconvenience|trouble)",
    r"\b\d{1,3}(?:[.,]\d{1,2})? ?%",
    r"\bproject (?:\w{1,20} ){0,2}phoenix\b",
    r"\bcustomers? (?:who|that) (?:pay|paid)\b",
    r"(?:https?://)[\w./-]{3,200}",
    r"\b[\w.]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b",
    r"\b(?:Q[1-4]|H[12]) ?20\d\d\b",
    r"\+\d{1,3}(?: ?\d{2,4}){2,5}",
    r"\bteam (?:red|green|blue)(?:'s)?\b",
    r"!{2,20}",
    r"\b(?:ASAP|urgent(?:ly)?)\b",
    r"\bwe (?:will|shall|'ll) (?:refund|compensate)\b",
    r"\$ ?\d{1,9}(?:,\d{3}){0,4}(?:\.\d\d)?",
    r"\b(?:db|web|app)-\d{1,3}\b",
    r"\bhuman error\b",
    r"\b(?:it|this) (?:was|is) (?:not )?our fault\b",
]
TEXTS = [
    "a" * 4000,
    "ab" * 2000,
    "a " * 2000,
    "1" * 3000,
    "-" * 3000,
    " x" * 2000,
    "down" * 800,
    "abb" * 1300,
    "y" * 4000,
]


def _file(pattern: str) -> str:
    rule = f"id = \"x\"\nlabel = \"l\"\nwhy = \"w\"\npatterns = ['''{pattern}''']\n"
    return f"[[rule]]\n{rule}[[lane]]\n{rule.replace('x', 'y', 1)}"


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less than users do."""
    monkeypatch.setattr(checks, "RULE_LIMIT_S", 0.03)
    monkeypatch.setattr(checks, "too_slow", set())


@pytest.mark.parametrize("pattern", SLOW)
def test_a_slow_pattern_is_refused_or_stopped(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "TRIAL_S", 0.05)
    begun = time.process_time()
    with suppress(WordingError):
        load(_file(pattern), file="own.toml")
    assert time.process_time() - begun < 2
    try:
        rules = load(_file(pattern), file="own.toml", try_patterns=False)
    except WordingError:
        return
    monkeypatch.setattr(checks, "RULE_LIMIT_S", 0.01)
    for text in TEXTS:
        begun = time.process_time()
        check(MessageText("update", body=text), rules)
        hint(text, rules)
        assert time.process_time() - begun < 1


def test_a_rule_that_was_stopped_is_named_and_not_tried_again() -> None:
    rules = load(_file(r"(?:a{1,999}){3}b"), file="own.toml", try_patterns=False)
    (finding,) = check(MessageText("update", body="a" * 3000), rules)
    assert "took too long and is switched off" in finding.why
    begun = time.process_time()
    assert check(MessageText("update", body="a" * 3000), rules) == (finding,)
    assert time.process_time() - begun < 0.1


def test_a_rule_that_was_stopped_on_any_text_is_named_and_a_better_sentence_is_still_offered() -> None:
    kind = """
    [[kind]]
    id = "vague"
    label = "l"
    why = "w"
    audiences = ["log"]
    case = [{ patterns = ["stuff"], better = "Cards fail." }]
    """
    text = _file("(?:a{1,999}){3}b").replace("patterns", 'kind = "leak"\npatterns', 1) + kind
    rules = load(text, file="own.toml", try_patterns=False)
    stopped, found = check_text("stuff " + "a" * 3000, rules, "log")
    assert ("took too long" in stopped.why, stopped.part, found.words) == (True, "whole", "stuff")
    assert better_sentence("stuff", found, MessageText("", audience="log"), rules) == "Cards fail."


def test_a_better_sentence_for_a_long_one_is_there_at_once() -> None:
    text = "The nightly settlement run delayed statements of customers in northern branches by a mere hour or so."
    rules = shipped_rules()
    (finding,) = check_text(text, rules, "customers")
    begun = time.process_time()
    offered = better_sentence(text, finding, MessageText("", body=text, audience="customers"), rules)
    assert (finding.rule, offered) == (
        "minimising",
        "The nightly settlement run delayed statements of customers in northern branches by an hour or so.",
    )
    assert time.process_time() - begun < 2


def test_a_longer_text_gets_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load(_file("(?:ab){3}c"), file="own.toml")
    monkeypatch.setattr(checks, "RULE_LIMIT_S", 0.02)
    assert check(MessageText("update", body="ab" * 500_000), rules) == ()


@pytest.mark.parametrize("pattern", QUICK)
def test_what_a_company_may_well_look_for_is_accepted(pattern: str) -> None:
    rules = load(_file(pattern), file="own.toml")
    for text in TEXTS:
        assert all("switched off" not in finding.why for finding in check(MessageText("update", body=text), rules))


def test_a_long_text_is_checked_in_pieces_as_if_it_were_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TEXT_LIMIT_S", 60)
    rules, lines = (
        shipped_rules(),
        ["Cards will be back by noon.", "Orders fail in Oslo since 02:10 UTC.", "Bob broke it."],
    )
    for between in ("\n\n", "\n", " "):
        text = between.join(lines * 30)
        whole = check_text(text, rules, "stakeholders")
        monkeypatch.setattr(checks, "PIECE", 200)
        pieces = check_text(text, rules, "stakeholders")
        monkeypatch.undo()
        monkeypatch.setattr(checks, "TEXT_LIMIT_S", 60)
        assert len(whole) == 60
        assert pieces == whole
        assert all(text[found.start : found.end] == found.words for found in pieces)
    assert {finding.rule for finding in check_text("a" * 100_000, rules, "customers")} == {"jargon"}


def test_where_a_text_takes_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TEXT_LIMIT_S", -1)
    text = "Orders fail in Oslo since 02:10 UTC.\n\n" * 2_000 + "Cards will be back by noon."
    (said,) = check_text(text, shipped_rules(), "stakeholders")
    assert (said.rule, said.part) == (checks.UNCHECKED, "whole")
    assert said.why.startswith("Only its first 7,")


def test_leaks_are_found_in_what_is_not_checked_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TEXT_LIMIT_S", -1)
    lines = "Orders fail in Oslo since 02:10 UTC\nWrite to kim.berg@shop.example.\n"
    text = lines * 1_000 + "Cards will be back by noon; log in with\tpassword: hunter2x\r\nand call \u201cKim\u201d."
    *leaks, said = check_text(text, shipped_rules(), "customers")
    assert said.rule == checks.UNCHECKED
    assert {finding.rule for finding in leaks} == {"leak"}
    assert len(leaks) == 201, "at most 200 of the addresses, and the password"
    assert leaks[-1].words == "password: hunter2x"
    assert text[leaks[-1].start : leaks[-1].end] == leaks[-1].words
    assert text[leaks[-1].first : leaks[-1].last] == "log in with\tpassword: hunter2x"
