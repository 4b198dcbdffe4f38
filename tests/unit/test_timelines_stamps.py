"""Times as people write them at the start of a line, and the zones they name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from warroom.timelines.dates import Day, day_at, day_in
from warroom.timelines.stamps import HOUR, MINUTE, SECOND, stamp_at
from warroom.timelines.zones import zone, zone_in_heading, zone_of_all

AT_1320 = 13 * HOUR + 20 * MINUTE


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("13:20 x", AT_1320),
        ("13.20 x", AT_1320),
        ("13h20 x", AT_1320),
        ("13 h 20 x", AT_1320),
        ("13h 20 x", AT_1320),
        ("1:20 PM x", AT_1320),
        ("1:20pm x", AT_1320),
        ("1:20 p.m. x", AT_1320),
        ("1 pm x", 13 * HOUR),
        ("12:05 am x", 5 * MINUTE),
        ("12 pm x", 12 * HOUR),
        ("1320Z x", AT_1320),
        ("1320 UTC x", AT_1320),
        ("13:20:07 x", AT_1320 + 7 * SECOND),
        ("13:20:07.250 x", AT_1320 + 7 * SECOND + 250),
        ("13:20:07,5 x", AT_1320 + 7 * SECOND + 500),
        ("24:00 x", 24 * HOUR),
        ("noon x", 12 * HOUR),
        ("midnight x", 0),
        ("at 13:20 x", AT_1320),
        ("from 13:20 x", AT_1320),
    ],
)
def test_a_clock_time(text: str, clock: int) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.clock, stamp.day, stamp.about, stamp.has_time) == (clock, None, False, True)
    assert text[stamp.end :].lstrip() == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "13",
        "25:00",
        "13:60",
        "13:20:61:2",
        "14 am",
        "2.3.1 is out",
        "1320 x",
        "99999999999",
        "10/10",
        "2 h 30 min of downtime",
        "2h of downtime",
        "10:00+25:00 x",
        "2025-11-03 10:60Z x",
        "2025-11-03T24:01Z x",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert stamp_at(text) is None


def test_four_digits_are_a_time_only_where_that_is_asked_for() -> None:
    assert stamp_at("1320 - deploy", bare=False) is None
    stamp = stamp_at("1320 - deploy", bare=True)
    assert stamp is not None
    assert stamp.clock == AT_1320


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-11-03 13:20", Day(2025, 11, 3)),
        ("2025/11/3 13:20", Day(2025, 11, 3)),
        ("2025-11-03T13:20:00Z", Day(2025, 11, 3)),
        ("20251103T132000Z", Day(2025, 11, 3)),
        ("3 November 2025, 13:20", Day(2025, 11, 3)),
        ("3rd of Nov 2025 at 13:20", Day(2025, 11, 3)),
        ("Nov 3, 2025 – 13:20", Day(2025, 11, 3)),
        ("Monday, 3 Nov 2025 13:20", Day(2025, 11, 3, weekday=0)),
        ("Nov 3 13:20", Day(None, 11, 3)),
        ("03.11.2025 13:20", Day(2025, 11, 3)),
        ("03.11. 13:20", Day(None, 11, 3)),
        ("25/11/2025 13:20", Day(2025, 11, 25, first=25, second=11)),
        ("11/25/25 1:20 PM", Day(2025, 11, 25, first=11, second=25)),
        ("05/06/2025 13:20", Day(2025, first=5, second=6)),
        ("05/06 13:20", Day(None, first=5, second=6)),
        ("13:20 on 3 November 2025", Day(2025, 11, 3)),
        ("13:20 UTC (2025-11-03)", Day(2025, 11, 3)),
    ],
)
def test_a_date_with_a_time(text: str, day: Day) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.day, stamp.clock) == (day, AT_1320)
    assert stamp.end == len(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "31 April 2025", "0/0/2025", "0012-01-01", "9999-01-01"])
def test_what_is_no_date(text: str) -> None:
    assert day_at(text) is None


def test_a_date_alone_has_no_time() -> None:
    stamp = stamp_at("3 November 2025")
    assert stamp is not None
    assert (stamp.day, stamp.clock, stamp.has_time) == (Day(2025, 11, 3), None, False)
    assert day_in("The outage of 3 November 2025, as we saw it") == Day(2025, 11, 3)
    assert day_in("The outage of 3 November") is None


@pytest.mark.parametrize(
    "text",
    [
        "~13:20", "≈13:20", "about 13:20", "approx. 13:20", "around 1:20 pm", "shortly after 13:20", "13:20-ish",
        "13:20? x", "13:20 (approx.)", "c. 13:20", "2025-11-03 ~13:20", "13:20 UTC (approximate)",
    ],
)  # fmt: skip
def test_a_time_that_is_only_about_right(text: str) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.clock, stamp.about) == (AT_1320, True)


@pytest.mark.parametrize("text", ["??:?? x", "13:?? x", "xx:xx x", "--:-- x", "?? x", "1:xx pm x", "2025-11-03 ??:??"])
def test_a_time_that_is_not_known(text: str) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.clock, stamp.unknown, stamp.has_time) == (None, True, True)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("13:20–13:40 x", "13:40"),
        ("13:20 - 13:40 UTC x", "13:40 UTC"),
        ("13:20 UTC to 13:40 x", "13:40"),
        ("13:20 until 1:40 pm x", "1:40 pm"),
        ("2025-11-03 13:20 – 2025-11-04 01:10 x", "2025-11-04 01:10"),
        ("13:20-13:45 x", "13:45"),
        ("13:20-05:00 x", ""),
        ("13:20-00:15 x", "00:15"),
        ("13:20-01:00 am x", "01:00 am"),
        ("2025-11-03 13:20-01:15 x", "01:15"),
        ("2025-11-03 13:20-05:00 x", ""),
        ("13:20:00-01:00 x", ""),
        ("1320-0115 x", "0115"),
        ("13:20-0100 x", ""),
        ("13:20-1500 x", ""),
        ("2025-11-03T13:20-14:00 x", ""),
        ("13:20 – deploy x", ""),
    ],
)
def test_a_range_begins_with_its_time(text: str, until: str) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.clock, stamp.until) == (AT_1320, until)
    assert text[stamp.end :].endswith("x")


def test_of_two_zones_the_first_counts() -> None:
    stamp = stamp_at("04:19 PST (12:19 UTC) x")
    assert stamp is not None
    assert stamp.zone is not None
    assert (stamp.clock, stamp.zone.name, stamp.end) == (4 * HOUR + 19 * MINUTE, "PST", 21)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("T+0 x", 0),
        ("T+5 x", 5 * MINUTE),
        ("T+5m x", 5 * MINUTE),
        ("T-2m x", -2 * MINUTE),
        ("T+1:05 x", HOUR + 5 * MINUTE),
        ("T+01:05:30 x", HOUR + 5 * MINUTE + 30 * SECOND),
        ("T+1h5m x", HOUR + 5 * MINUTE),
        ("T + 1 h 5 min x", HOUR + 5 * MINUTE),
        ("T+2d x", 48 * HOUR),
        ("+90s x", 90 * SECOND),
        ("+15 min x", 15 * MINUTE),
        ("T+1h 5m: x", HOUR + 5 * MINUTE),
        ("T+0: x", 0),
    ],
)
def test_time_since_the_beginning(text: str, after: int) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.after, text[stamp.end :].removeprefix(":")) == (after, " x")


@pytest.mark.parametrize(
    ("text", "ms"),
    [("1762176000 x", 1762176000_000), ("1762176000.250 x", 1762176000_250), ("1762176000250 x", 1762176000_250)],
)
def test_unix_time(text: str, ms: int) -> None:
    stamp = stamp_at(text)
    assert stamp is not None
    assert (stamp.ms, text[stamp.end :]) == (ms, " x")


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("UTC", 0), ("Z", 0), ("GMT", 0), ("CET", 60), ("cest", 120), ("PST", -480), ("JST", 540), ("ET", -240),
        ("Europe/Berlin", 120), ("europe/berlin", 120), ("America/Argentina/Ushuaia", -180), ("UTC+2", 120),
        ("UTC-03:30", -210), ("+02:00", 120), ("+0530", 330), ("Pacific Time", -420), ("Pacific", -420),
        ("mountain", -360), ("Central European Summer Time", 120),
        ("US Eastern Standard Time", -300),
    ],
)  # fmt: skip
def test_zones_as_people_write_them(name: str, minutes: int) -> None:
    known = zone(name)
    assert known is not None
    assert known.tz is not None
    offset = datetime(2025, 7, 1, tzinfo=UTC).astimezone(known.tz).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == minutes * 60


@pytest.mark.parametrize("name", ["", "Mars", "Europe/Atlantis", "+15:00", "XYZ", "Factory"])
def test_what_is_no_zone(name: str) -> None:
    assert zone(name) is None


@pytest.mark.parametrize(
    ("name", "choice"), [("IST", "Asia/Kolkata"), ("CST", "America/Chicago"), ("AST", "Asia/Riyadh")]
)
def test_abbreviations_of_several_zones_stand_for_none(name: str, choice: str) -> None:
    known = zone(name)
    assert known is not None
    assert known.tz is None
    assert choice in known.choices


def test_the_zone_of_all_times() -> None:
    heading, sentence = zone_in_heading("Timeline (all times CET)"), zone_of_all("All times are in Europe/Berlin.")
    assert heading is not None
    assert sentence is not None
    assert (heading.name, sentence.name) == ("CET", "Europe/Berlin")
    assert zone_in_heading("Timeline, UTC:") == zone("UTC")
    assert zone_in_heading("Timeline of the outage") is None
    for said in ("(all times Pacific)", "All times are US Pacific time.", "Time (Pacific)", "timestamps in Pacific"):
        assert zone_in_heading(said) == zone("Pacific"), said
    assert zone_in_heading("Timeline (2026-03-04, America/New_York)") == zone("America/New_York")
    for said in ("Response times in Central Europe", "times out in the Pacific region", "Outage (Central)"):
        assert zone_in_heading(said) is None, said
    assert zone_in_heading("Timeline (all times Central European Time)") == zone("CET")
    both = zone_in_heading("Timeline (all times CET/CEST)")
    assert both is not None
    assert both.tz is not None
    assert [datetime(2025, month, 1, tzinfo=both.tz).tzname() for month in (1, 7)] == ["CET", "CEST"]
