"""Which strings of an entry a redaction changes, and how it is told that nothing else was changed."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.model.kinds import KINDS
from warroom.model.redaction import IDS, IDS_OF_KIND, Words, WrongWords, only_redacts, only_redacts_json

MARK = "[redacted: x]"
WORDS_OF_PEOPLE = {
    "asked_by",
    "because",
    "body",
    "by",
    "contact",
    "detected_by",
    "fields",
    "label",
    "name",
    "options",
    "owner",
    "reason",
    "replaces",
    "subject",
    "title",
    "to",
    "value",
    "words",
}


def test_each_text_of_each_kind_is_either_an_id_or_words_of_people() -> None:
    texts = {
        (kind.tag(), field.name) for kind in KINDS for field in msgspec.structs.fields(kind) if "str" in str(field.type)
    }
    ids = {(tag, name) for tag, name in texts if name in IDS or name in IDS_OF_KIND.get(tag, ())}
    assert {name for _, name in texts - ids} == WORDS_OF_PEOPLE, "a new field is added here, or to IDS"


def test_only_strings_that_are_no_keys_and_no_ids_change() -> None:
    data = (
        '{"by": "Ana abc","kind":"abc","n":1.50,"more":{"abc":["ABC", "\\u0061bc", {"kind":"abc"}]},"target":"abc:1"}'
    )

    assert Words("abc", "x").redact_data("note", data) == (
        '{"by": "Ana [redacted: x]","kind":"abc","n":1.50,'
        '"more":{"abc":["[redacted: x]", "[redacted: x]", {"kind":"[redacted: x]"}]},"target":"abc:1"}'
    )


def test_what_is_no_json_is_redacted_as_text() -> None:
    assert Words("abc", "x").redact_data("note", '{"abc": broken') == f'{{"{MARK}": broken'


def test_words_are_taken_literally() -> None:
    assert Words("a.c\\1", "x\\1").redact("abc a.c\\1") == "abc [redacted: x\\1]"
    with pytest.raises(WrongWords):
        Words("a", "x")


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("a secret b", f"a {MARK} b", True),
        ("secret", MARK, True),
        ("secret and secret", f"{MARK} and {MARK}", True),
        ("a secret b", f"a {MARK}", True),
        ("a secret b", f"a {MARK} c", False),
        ("a secret b", f"not a {MARK} b", False),
        ("a  b", f"a {MARK} b", False),
        ("a secret b", "a b", False),
        ("xyx", f"{MARK}x{MARK}", False),
        ("xyxy", f"{MARK}x{MARK}", True),
    ],
)
def test_a_redaction_only_puts_marks_in_the_place_of_words(before: str, after: str, is_one: bool) -> None:
    assert only_redacts(before, after, {MARK}) is is_one
    assert only_redacts_json(json.dumps({"a": [before]}), json.dumps({"a": [after]}), {MARK}) is is_one
    assert not only_redacts_json(json.dumps({"a": [before, 1]}), json.dumps({"a": [after, 2]}), {MARK})
    assert not only_redacts_json(json.dumps({"a": [before], "b": 1}), json.dumps({"a": [after]}), {MARK})


@given(st.text('abcX\\" ', max_size=30), st.sampled_from(["abc", "X\\X", 'a"b']))
def test_whatever_is_redacted_is_recognized(text: str, secret: str) -> None:
    words = Words(secret, "a reason")
    data = json.dumps({"by": text, "n": [text]})

    after = words.redact_data("note", data)

    assert json.loads(after) == {"by": words.redact(text), "n": [words.redact(text)]}
    assert only_redacts(text, words.redact(text), {words.mark})
    assert only_redacts_json(data, after, {words.mark})
