"""Which strings of an entry a redaction changes, and how it is told that nothing else was changed."""

from __future__ import annotations

import json
from time import process_time

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
    "chat",
    "contact",
    "detected_by",
    "email",
    "fields",
    "hours",
    "label",
    "learned",
    "name",
    "options",
    "owner",
    "phone",
    "reason",
    "remark",
    "replaces",
    "rotation",
    "settled",
    "subject",
    "systems",
    "team",
    "title",
    "to",
    "value",
    "values",
    "words",
    "zone",
}


def test_each_text_of_each_kind_is_either_an_id_or_words_of_people() -> None:
    texts = {
        (kind.tag(), field.encode_name)
        for kind in KINDS
        for field in msgspec.structs.fields(kind)
        if "str" in str(field.type)
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


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (
            "4111 1111 2222",
            [
                "4111  1111 2222",
                "4111\t1111\n2222",
                "4111\u00a01111\u2003 2222",
                "4111 ⏎ 1111 2222",
                "41\u200b11 1111 2222",
            ],
        ),
        ("caféPW", ["caf\u00e9pw", "CAFE\u0301PW", "cafe\u200b\u0301p\u2060w"]),
        ("cafe\u0301PW", ["cafépw", "cafe\u0301pw"]),
        ("password9", ["pass\u200bword9", "pass⟨U+200B⟩word9", "pass\u00adword9\u200d", "PASSWORD9"]),
        ("passwo\u200brd9", ["password9"]),
        ("strasse", ["Straße"]),
        ("a ⏎ b c", ["a\nb c"]),
        ("ạ\u0301bc", ["a\u0301\u0323bc", "á\u0323bc"]),  # the order of the marks can't be seen
    ],
)
def test_what_looks_the_same_is_the_same(words: str, texts: list[str]) -> None:
    wanted = Words(words, "x")
    for text in texts:
        data = json.dumps({"by": f"<{text}>", "kind": text}, ensure_ascii="é" in text)
        assert wanted.redact(f"<{text}>") == f"<{MARK}>"
        assert wanted.are_in(text)
        assert wanted.may_be_in_json(data)
        assert json.loads(wanted.redact_data("note", data)) == {"by": f"<{MARK}>", "kind": text}
        assert wanted.changed("note", data) == [("by", f"<{MARK}>")]
        assert only_redacts(f"<{text}>", wanted.redact(f"<{text}>"), {MARK})


def test_what_only_looks_alike_stays_and_is_told_apart() -> None:
    card = Words("4111 1111 2222", "x")
    for text in ("4111-1111-2222", "411111112222", "4111_1111.2222", "4111 1111 ２２２２"):
        assert card.redact(text) == text
        assert not card.are_in(text)
        assert card.look_like(text)
        assert card.look_like("", json.dumps({"by": text}))
    assert Words("password9", "x").look_like("pаssword9"), "with an а of another alphabet"
    assert not card.look_like("4111 1111 222")
    assert not Words("cat", "x").look_like("c-a-t"), "too short: it is part of too much"
    assert Words("cafe", "x").redact("café") == "café"


def test_hostile_texts_take_no_longer_than_others_of_their_length() -> None:
    def seconds(words: str, text: str) -> float:
        wanted = Words(words, "x")
        began = process_time()
        wanted.redact(text)
        wanted.look_like(text)
        return process_time() - began

    n = 20_000
    usual = min(seconds("a bc", "é bd " * n) for _ in range(3))
    for words, text in (
        ("a bc", "a b" + " " * 5 * n),
        ("a\u0301bc", "a" + "\u0301" * 5 * n),
        ("abc", "ab" + "\u200b" * 5 * n),
        ("e\u0301 e\u0301x", "é " * 2 * n),
        ("aaaab", "a" * 5 * n),
    ):
        assert seconds(words, text) < 10 * usual


def test_words_are_taken_literally() -> None:
    assert Words("a.c\\1", "x\\1").redact("abc a.c\\1") == "abc [redacted: x\\1]"
    with pytest.raises(WrongWords):
        Words("a", "x")
    for words in ("SEV", "sev2", "ev1", "Incident", "severity"):
        with pytest.raises(WrongWords, match="warroom writes itself"):
            Words(words, "x")
    with pytest.raises(WrongWords, match="the very words"):
        Words("4111 1111", "card 4111-1111")


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
