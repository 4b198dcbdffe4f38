"""What may act on a terminal becomes visible, everything else stays as typed."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warroom.text.cleaning import MOST_MARKS, clean, clean_deep, clean_json, clean_line

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\x00b", "a␀b"),
        ("a\x7fb", "a␡b"),
        ("a\x9b31mb", "a⟨U+009B⟩31mb"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("a\u2028b\u2029c", "a⟨U+2028⟩b⟨U+2029⟩c"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("\ufeffa", "⟨U+FEFF⟩a"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\rtwo", "one␍two"),
        ("one\r\r\ntwo", "one␍\ntwo"),
    ],
)
def test_hostile_characters_become_visible(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize("hidden", "\u00ad\u200b\u200c\u200d\u2060\u2064\u206f")
def test_what_nobody_sees_is_removed(hidden: str) -> None:
    assert clean(f"{hidden}pass{hidden}{hidden}word – 9{hidden}\n{hidden}Ω{hidden}") == "password – 9\nΩ"
    assert clean(f"a\u200b{hidden}b\u202e{hidden}") == "ab⟨U+202E⟩"
    assert json.loads(clean_json(json.dumps({f"a{hidden}": f"{hidden}b\n{hidden}"}))) == {"a": "b\n"}


@pytest.mark.parametrize("hidden", BIDI)
def test_nothing_turns_the_direction_of_text(hidden: str) -> None:
    assert clean(f"a{hidden}b") == f"a⟨U+{ord(hidden):04X}⟩b"


@pytest.mark.parametrize(
    "words",
    [
        "plain",
        "a\tb\nc",
        "{{ 7*7 }} [/x] [@click=app.quit]",
        "\U0001f469\u200d\U0001f692 \u2764\ufe0f",
        "Zoë 東京 עברית",
        "می\u200cخواهم क्\u200dष ශ්\u200dරී",  # joiners of Persian, Hindi and Sinhala
        "ភាសា\u200bខ្មែរ",  # the breaks between words of Khmer
        "",
    ],
)
def test_everything_else_stays_as_typed(words: str) -> None:
    assert clean(words) == words


def test_a_line_shows_its_breaks() -> None:
    assert clean_line("one\ntwo\tthree\x1b") == "one ⏎ two three␛"


def test_every_string_in_a_structure_is_cleaned() -> None:
    dirty = {"a\x1b": ["b\x07", ("c\x00", 3, None, True)], "d": {"e": "\u202e"}}
    assert clean_deep(dirty) == {"a␛": ["b␇", ["c␀", 3, None, True]], "d": {"e": "⟨U+202E⟩"}}


@settings(derandomize=True, max_examples=300)
@given(TEXT)
def test_cleaning_twice_changes_nothing_and_lets_nothing_through(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert all(unicodedata.category(c) not in ("Cc", "Cs") for c in once if c not in "\n\t")
    assert not set(BIDI + "\u2028\u2029") & set(once)
    once.encode()


@settings(derandomize=True, max_examples=200)
@given(TEXT)
def test_a_cleaned_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"note"}',
        '{"a": "line\\nbreak \\"quoted\\" \\\\ \\/ \\t"}',
        '{"path":"C:\\\\users\\\\bin\\\\far"}',
        '{"a":"\\u00e9 \\u0041"}',
        '{"a":"\\ud83d\\ude80 \\uD83D\\uDE80"}',
        '{"a":"\\ud83d\\udc69\\u200d\\ud83d\\ude92 \\u06cc\\u200c \u06cc\\u200c"}',
        '{"cut":"off \\',
        "half a sentence",
        "",
    ],
)
def test_json_that_hides_nothing_stays_as_it_is(text: str) -> None:
    assert clean_json(text) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "\\u001b]0;x\\u0007",
        "\\b",
        "\\f",
        "\\r",
        "\\u009b",
        "\\u202E",
        "\\u007f",
        "\\ud800",
        "\\udb40\\udc41",
        "\x9b",
        "\u202e",
        "\x7f",
    ],
)
def test_json_hides_nothing_behind_its_escapes(hidden: str) -> None:
    safe = json.loads(clean_json(f'{{"a{hidden}": ["{hidden}", {{"n": 1.5, "t": true, "z": null}}]}}'))
    assert clean_deep(safe) == safe
    assert list(safe.values()) == [[safe_key[1:] for safe_key in safe] + [{"n": 1.5, "t": True, "z": None}]]


@settings(derandomize=True, max_examples=200)
@given(
    st.recursive(
        TEXT | st.integers() | st.none(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
        max_leaves=12,
    )
)
def test_cleaned_json_is_what_is_in_it_cleaned(value: object) -> None:
    assert json.loads(clean_json(json.dumps(value))) == clean_deep(value)
    safe = json.loads(clean_json(json.dumps(value, ensure_ascii=False)))
    assert safe == clean_deep(value)


def test_hundreds_of_marks_on_one_letter_become_their_number() -> None:
    marked = "e" + "\u0301" * 10_000 + " fine"
    assert clean(marked) == "e" + "\u0301" * MOST_MARKS + "⟨9,970 more marks⟩ fine"
    assert clean(clean(marked)) == clean(marked)
    for kept in ("é́́", "👩‍👩‍👧‍👦" * 40, "─" * 200, "कि" * 100, "日本語" * 30, "\u0301" * MOST_MARKS):
        assert clean(kept) == kept
