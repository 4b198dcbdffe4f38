"""Blame in the text of a post-mortem, through `check_post_mortem`, on the rules as shipped and on small ones."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_wording import RULES
from warroom.wording import PostMortemFinding, check_post_mortem, checks, compile_post_mortem, load

SENTENCES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("post_mortem_sentences.toml").read_text(encoding="utf-8")
)
GOOD = [entry for name, entries in SENTENCES.items() if name.endswith("good") for entry in entries]
BAD = [entry for name, entries in SENTENCES.items() if name.endswith("bad") for entry in entries]
PEOPLE = ("Priya Shah", "Marcus", "Ana", "Tomasz", "Dana Whitfield", "@joe", "May")
OWN = '[[postmortem]]\nid = "x"\nlabel = "l"\nwhy = "w"\n'


def found(text: str, *, section: str = "", people: tuple[str, ...] = PEOPLE) -> list[str]:
    return [finding.rule for finding in check_post_mortem(text, RULES, people=people, section=section)]


def test_the_system_and_what_people_did_well_are_not_marked() -> None:
    for entry in GOOD:
        assert found(entry["text"], section=entry.get("section", "")) == [], entry["text"]


def test_blame_is_marked_with_a_question_about_the_system() -> None:
    for entry in BAD:
        findings = check_post_mortem(entry["text"], RULES, people=PEOPLE)
        assert {finding.rule for finding in findings} == {entry["rule"]}, entry["text"]
        assert entry.get("words", "") in findings[0].words, entry["text"]
        assert findings[0].rewording == entry.get("rewording", findings[0].rewording), entry["text"]
        assert findings[0].ask.endswith("?"), entry["text"]
        assert findings[0].why, entry["text"]


def test_there_are_many_sentences_and_every_rule_has_some() -> None:
    assert len(GOOD) >= 200
    assert len(BAD) >= 170
    assert {entry["rule"] for entry in BAD} == {rule.id for rule in RULES.post_mortem or ()}


def test_a_rewording_blames_nobody_has_a_gap_and_names_nobody() -> None:
    for entry in BAD:
        for finding in check_post_mortem(entry["text"], RULES, people=PEOPLE):
            assert found(finding.rewording) == []
            assert not finding.rewording or "[" in finding.rewording
            assert not any(name in finding.rewording for name in ("Priya", "Marcus", "Ana", "Tomasz", "Dana"))


def test_findings_point_into_the_text_as_given_in_order() -> None:
    text = "Root cause\n\n- The alert fired.\n- Marcus  forgot to\n  run the migration.\n\nIt’s “human error”."
    first, second = check_post_mortem(text, RULES, people=PEOPLE)
    assert text[first.start : first.end] == first.words == "Marcus  forgot to\n  run the migration"
    assert text[second.start : second.end] == second.words == "human error"
    assert (first.part, second.part) == ("body", "body")
    assert first.rewording == "It was possible to forget to run the migration [what would have noticed?]."
    assert check_post_mortem(text, RULES, people=PEOPLE, dismissed=frozenset({first.key, second.rule})) == ()
    assert check_post_mortem(" \n", RULES) == ()


def test_names_are_known_from_the_incident_by_full_first_name_or_handle() -> None:
    for text in ("Priya Shah broke it.", "Priya broke it.", "@priya broke it.", "@Joe broke it.", "joe broke it."):
        assert found(text) == ["pm-fault"], text
    assert found("Xavier broke the build.") == []
    assert found("Xavier broke the build.", people=("xavier",)) == ["pm-fault"]
    assert found("This may have broken the queue.") == []
    assert found("Anastasia broke the record.") == []
    assert found("C++ (x) broke it.", people=("C++ (x)", "", "[", "42")) == ["pm-fault"]


def test_what_somebody_typed_is_filled_in_once_and_as_it_is() -> None:
    (finding,) = check_post_mortem("Marcus forgot {what} and {who} {{ x }}.", RULES, people=PEOPLE)
    assert "{{" not in finding.rewording
    rules = load(
        OWN
        + "patterns = ['\\bsaw (?P<a>\\S{1,9}) (?P<b>[^;\\s]{1,9})', '\\bsaw']\nrewording = \"{b} by {a} [who?]\"\n",
        file="own.toml",
    )
    assert [finding.rewording for finding in check_post_mortem("saw {b} {a}; saw", rules)] == ["{a} by {b} [who?]", ""]
    assert [finding.ask for finding in check_post_mortem("saw it", rules)] == ["w"]


def test_sections_and_only_if_limit_a_rule() -> None:
    rules = load(OWN + "patterns = ['bad']\nonly_if = ['red']\nexcept_for = [\"thanks\"]\n", file="own.toml")
    text = "So bad. A bad RED one. İİ: red, and bad."
    assert [finding.start for finding in check_post_mortem(text, rules)] == [10, 36]
    assert check_post_mortem(text, rules, section="thanks") == ()
    rules = load(OWN + "patterns = ['bad']\nunless = ['red']\napplies_to = [\"lessons\"]\n", file="own.toml")
    assert [finding.start for finding in check_post_mortem(text, rules, section="lessons")] == [3]
    assert check_post_mortem(text, rules) == ()
    rules = load(OWN + "patterns = ['bad']\nunless_anywhere = ['red']\n", file="own.toml")
    assert check_post_mortem(text, rules) == ()


def test_a_table_that_a_file_leaves_out_comes_from_the_built_in_file() -> None:
    own = load("", file="own.toml")
    assert own.left_out == {"rule", "lane", "postmortem", "kind"}
    assert check_post_mortem("human error", own) == ()
    assert check_post_mortem("human error", own.completed(RULES, file="own.toml")) != ()
    none = load("postmortem = []", file="own.toml").completed(RULES, file="own.toml")
    assert (none.post_mortem, none.lane) == ((), RULES.lane)


def test_a_rule_that_takes_too_long_is_switched_off_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "RULE_LIMIT_S", 0.03)
    monkeypatch.setattr(checks, "too_slow", set())
    rules = load(OWN + "patterns = ['(?:a{1,999}){3}b']\n", file="own.toml", try_patterns=False)
    (finding,) = check_post_mortem("a" * 3000, rules)
    assert "took too long and is switched off" in finding.why
    assert finding.part == "whole"


LONG = " ".join(entry["text"] for entry in GOOD) + "\n"


def test_fifty_thousand_characters_are_checked_while_somebody_types() -> None:
    text = (LONG * 10)[:50_000]
    compile_post_mortem(RULES, PEOPLE)
    begun = time.process_time()
    check_post_mortem(text, RULES, people=PEOPLE)
    assert time.process_time() - begun < 0.5  # several times what it takes


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "\n", "the ", "the team ", "an engineer ", "Marcus ", "because ", "did not ", "forgot to ", "without ",
     "by mistake ", "human ", "should have ", "the big bad ", "a-b/c.", "'s ", "deployed the wrong ", "more careful "],
)  # fmt: skip
def test_ten_thousand_hostile_characters_switch_no_rule_off(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "too_slow", set())
    findings = check_post_mortem((unit * 10_000)[:10_000], RULES, people=PEOPLE)
    assert all(finding.part == "body" for finding in findings)


texts = st.lists(st.sampled_from([entry["text"] for entry in BAD]) | st.text(max_size=12), max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "\n\n- "]).map(lambda glue: glue.join(parts))
)


# Every other set of names compiles all patterns again, 40 ms each time; texts are searched with a few sets only.
@settings(max_examples=100, deadline=None)
@given(text=texts, people=st.sampled_from([(), PEOPLE, ("İ. O'Neill", "a.b*(", "李")]))
def test_any_text_is_checked_and_every_offset_is_in_it(text: str, people: tuple[str, ...]) -> None:
    _assert_offsets(text, people)


@settings(max_examples=30, deadline=None)
@given(text=texts, people=st.lists(st.text(max_size=8), max_size=3).map(tuple))
def test_a_text_is_checked_whatever_people_are_called(text: str, people: tuple[str, ...]) -> None:
    _assert_offsets(text, people)


def _assert_offsets(text: str, people: tuple[str, ...]) -> None:
    findings: tuple[PostMortemFinding, ...] = check_post_mortem(text, RULES, people=people)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.words
        end = finding.end
