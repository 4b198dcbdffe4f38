"""Corrections of a reading: they hold for their line, whatever is changed around it."""

from __future__ import annotations

import pytest

from warroom.timelines import Given, NotGiven, given_day, given_zone, read
from warroom.timelines.corrections import Correction, entries, lines

TEXT = """Notes
2025-11-03 18:50Z Alert
2025-11-03 19:00Z Alert
2025-11-03 19:12Z Rolled back
"""


def test_a_correction_changes_one_line_and_holds_when_others_are_added() -> None:
    read_first = lines(read(TEXT), {})
    assert [(line.number, line.unread) for line in read_first if line.entry is None] == [(1, "Notes")]
    second = read_first[2]
    said = {
        second.key: Correction(at=5, precision="approximate", kind="declared", text="Page", who="Ana"),
        read_first[0].key: Correction(precision="unknown"),
        read_first[3].key: Correction(left_out=True),
    }

    found = lines(read("Title\n" + TEXT), said)

    by_number = {line.number: line for line in found}
    changed = by_number[4].entry
    assert changed is not None
    assert (changed.at, changed.precision, changed.kind, changed.text, changed.who, changed.sure) == (
        5, "approximate", "declared", "Page", "Ana", True,
    )  # fmt: skip
    assert by_number[3].entry == read("Title\n" + TEXT).entries[0]
    assert not by_number[3].corrected
    taken_in = by_number[2].entry
    assert taken_in is not None
    assert (taken_in.text, taken_in.at, taken_in.precision) == ("Notes", None, "unknown")
    assert by_number[5].left_out
    assert [entry.line for entry in entries(found)] == [2, 3, 4]


def test_what_is_said_beside_a_timeline_is_a_zone_and_a_day_or_the_moment_of_its_start() -> None:
    berlin = given_zone(" Europe/Berlin ")
    assert given_day("2025-11-03", berlin) == Given(day=given_day("2025-11-03").day, zone=berlin)
    assert given_day("2025-11-03T13:00", berlin).start == given_day("2025-11-03T12:00Z").start
    for zone, why in {"Nowhere": "not a known zone", "IST": "give one of Asia/Kolkata"}.items():
        with pytest.raises(NotGiven, match=why):
            given_zone(zone)
    days = {
        "2025-11-03T13:00": "say its zone too",
        "2025-13-03": "is not a day",
        "": "is not a day",
        "0001-01-01": "not a",
    }
    for day, why in days.items():
        with pytest.raises(NotGiven, match=why):
            given_day(day)
