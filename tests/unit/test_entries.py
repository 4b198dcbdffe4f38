"""The codec of the journal's data column: every kind goes in and comes out, and what is not known is kept."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories import NARRATIVE
from warroom.model.entries import Body, Draft, Entry, Precision, Unknown, cleaned, encode
from warroom.model.kinds import KINDS, decode
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.drills import Tally
from warroom.model.kinds.escalation import EscalationStep
from warroom.model.kinds.log import Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.people import Shift
from warroom.model.kinds.severity import SeveritySet
from warroom.model.kinds.timers import ClockSnoozed
from warroom.model.times import MAX_MS, MIN_MS
from warroom.text.cleaning import clean_deep


def entry(at: int = 0, recorded: int = 0, hlc: int = 0, body: Body | None = None) -> Entry:
    """An entry of which only the times matter."""
    return Entry(7, "here", 3, hlc, "k7qd3f", at, recorded, "Sam", "words", body or Noted())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.tag())
@settings(derandomize=True, max_examples=15)
@given(data=st.data())
def test_every_kind_goes_in_and_comes_out(kind: type[Any], data: st.DataObject) -> None:
    text = st.text("abcé {}[]\"'\\\n", max_size=8)
    field_types = {
        "int": st.integers(-(2**53), 2**53),
        "Level": st.integers(1, 4),
        "Precision": st.sampled_from(get_args(Precision)),
        "Ms": st.integers(MIN_MS, MAX_MS),
        "Ms | None": st.none() | st.integers(0, MAX_MS),
        "bool": st.booleans(),
        "str": text,
        "int | None": st.none() | st.integers(0, 2**53),
        "dict[str, str]": st.dictionaries(text, text, max_size=3),
        "list[str]": st.lists(text, max_size=3),
        "tuple[str, ...]": st.lists(text, max_size=3).map(tuple),
        "str | None": st.none() | text,
        "tuple[tuple[int | None, str], ...]": st.lists(st.tuples(st.none() | st.integers(), text), max_size=3).map(
            tuple
        ),
        "dict[str, Tally]": st.dictionaries(text, st.builds(Tally, st.integers(), st.integers()), max_size=3),
        "tuple[Shift, ...]": st.lists(st.builds(Shift, st.integers(), st.integers(), text, text)).map(tuple),
    }
    body = kind(**{name: data.draw(field_types[type], name) for name, type in kind.__annotations__.items()})
    assert decode(body.kind, encode(body)) == body
    assert json.loads(encode(body))["kind"] == body.kind


def test_every_kind_has_a_name_of_its_own() -> None:
    names = [kind.tag() for kind in KINDS]
    assert len(set(names)) == len(names)
    assert set(names) >= NARRATIVE


def test_fields_left_at_their_default_take_no_room_and_the_order_is_fixed() -> None:
    assert encode(Noted()) == '{"kind":"note"}'
    assert encode(SeveritySet(2, "worse")) == '{"because":"worse","kind":"severity","severity":2}'


def test_a_kind_from_a_newer_version_is_kept_to_the_letter() -> None:
    data = '{"kind": "weather",  "rain": [1, 2.50], "x": null}'
    body = decode("weather", data)
    assert body == Unknown("weather", data)
    assert encode(body) == data
    assert body.kind == "weather"
    assert entry(body=body).kind == "weather"


def test_newer_fields_of_a_known_kind_do_not_hide_the_known_ones() -> None:
    assert decode("severity", '{"kind":"severity","severity":1,"because":"b","mood":"grim"}') == SeveritySet(1, "b")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("severity", '{"kind":"severity"}'),
        ("severity", '{"kind":"severity","severity":"two"}'),
        ("severity", '{"kind":"note"}'),
        ("severity", "{}"),
        ("severity", "[]"),
        ("severity", "not JSON"),
        ("severity", ""),
        ("severity", '{"kind":"severity","severity":1'),
    ],
)
def test_a_shape_that_is_not_known_is_kept_too(kind: str, data: str) -> None:
    assert decode(kind, data) == Unknown(kind, data)
    assert encode(decode(kind, data)) == data


def test_what_is_encoded_is_clean_everywhere() -> None:
    body = MessageSent("initial", 1, "to\x1b", "s\x07", "b\u202e", fields={"k\x00": "v\x9b"})
    assert decode("message", encode(body)) == msgspec.convert(clean_deep(msgspec.to_builtins(body)), MessageSent)
    assert "\\u001b" not in encode(body)


def test_a_cleaned_draft_keeps_its_kind_and_its_time() -> None:
    draft = cleaned(Draft(DecisionMade("why\x1b", by="Priya"), "what\x07\r\nelse", at=5))
    assert draft == Draft(DecisionMade("why␛", by="Priya"), "what␇\nelse", at=5)
    escalation = cleaned(Draft(EscalationStep("told", True, triggers=["sev1", "\x00"]), "told"))
    assert escalation.body == EscalationStep("told", True, triggers=["sev1", "␀"])
    assert cleaned(Draft(ClockSnoozed("update", 5, "b"), "t")).body == ClockSnoozed("update", 5, "b")


def test_an_entry_is_named_and_ordered_the_same_everywhere() -> None:
    one = entry(hlc=9)
    assert one.key == "here:3"
    assert one.order == (9, "here", 3)
    assert one.kind == "note"


@pytest.mark.parametrize(("recorded", "late"), [(0, 0), (59_999, 0), (60_000, 60_000), (-60_000, 0)])
def test_an_entry_written_a_minute_after_it_happened_counts_as_added_late(recorded: int, late: int) -> None:
    assert entry(at=0, recorded=recorded).added_late == late


def test_a_clock_set_back_shows_as_skew() -> None:
    hour = 3_600_000
    assert entry(recorded=5 * hour, hlc=(5 * hour) << 16).skew == 0
    assert entry(recorded=4 * hour, hlc=((5 * hour) << 16) + 1).skew == hour
    assert entry(recorded=5 * hour, hlc=1).skew == 0
