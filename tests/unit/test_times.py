"""Moments as people type and read them, on the days the clocks change too."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from warroom.model import times
from warroom.model.times import (
    HOUR,
    MINUTE,
    SECOND,
    TimeError,
    parse_future,
    parse_past,
    split_leading_time,
    split_timer,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def utc(text: str) -> int:
    """The ms UTC of an ISO moment, read by the standard library."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


NOW = utc("2026-11-23T03:46:30+01:00")


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's own zone, by its rule, as where no zone data is installed."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("03:41", "2026-11-23T03:41+01:00"),
        ("3:41", "2026-11-23T03:41+01:00"),
        ("03:46", "2026-11-23T03:46+01:00"),
        ("03:46:30", "2026-11-23T03:46:30+01:00"),
        ("03:46:31", "2026-11-22T03:46:31+01:00"),
        ("03:47", "2026-11-22T03:47+01:00"),
        ("23:50", "2026-11-22T23:50+01:00"),
        ("00:00", "2026-11-23T00:00+01:00"),
        ("02:41Z", "2026-11-23T02:41Z"),
        ("02:41z", "2026-11-23T02:41Z"),
        ("02:41 UTC", "2026-11-23T02:41Z"),
        ("02:41 gmt", "2026-11-23T02:41Z"),
        ("03:41Z", "2026-11-22T03:41Z"),
        ("21:41-05:00", "2026-11-22T21:41-05:00"),
        ("21:41-0500", "2026-11-22T21:41-05:00"),
        ("2026-11-23T03:41+01:00", "2026-11-23T02:41Z"),
        ("2026-11-23T02:41Z", "2026-11-23T02:41Z"),
        ("2026-11-23 03:41", "2026-11-23T02:41Z"),
        ("2026-11-23t03:41:20.5", "2026-11-23T02:41:20.5Z"),
        ("-5m", "2026-11-23T03:41:30+01:00"),
        ("-5min", "2026-11-23T03:41:30+01:00"),
        ("-1h20m", "2026-11-23T02:26:30+01:00"),
        ("-2H", "2026-11-23T01:46:30+01:00"),
        ("-30s", "2026-11-23T03:46+01:00"),
        ("-90m", "2026-11-23T02:16:30+01:00"),
        ("-0m", "2026-11-23T03:46:30+01:00"),
        ("now", "2026-11-23T03:46:30+01:00"),
        ("  03:41 ", "2026-11-23T03:41+01:00"),
    ],
)
def test_a_past_moment(text: str, moment: str) -> None:
    assert parse_past(text, NOW, BERLIN) == utc(moment)


@pytest.mark.parametrize(
    ("near", "text", "moment"),
    [
        ("2026-09-14T09:42+02:00", "09:43", "2026-09-14T09:43+02:00"),
        ("2026-09-14T09:42+02:00", "22:00", "2026-09-14T22:00+02:00"),
        ("2026-09-14T09:42+02:00", "07:50Z", "2026-09-14T09:50+02:00"),
        ("2026-09-14T00:10+02:00", "23:50", "2026-09-13T23:50+02:00"),
        ("2026-09-13T23:50+02:00", "00:10", "2026-09-14T00:10+02:00"),
        ("2026-11-23T03:40+01:00", "03:50", "2026-11-22T03:50+01:00"),  # which has not been yet today
        ("2026-11-23T04:40+01:00", "03:41", "2026-11-23T03:41+01:00"),  # a line that another clock has in the future
        ("2026-09-14T09:42+02:00", "-5m", "2026-11-23T03:41:30+01:00"),
        ("2026-09-14T09:42+02:00", "2026-09-15 09:42", "2026-09-15T09:42+02:00"),
    ],
)
def test_a_past_moment_near_another_one(near: str, text: str, moment: str) -> None:
    assert parse_past(text, NOW, BERLIN, near=utc(near)) == utc(moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("04:15", "2026-11-23T04:15+01:00"),
        ("03:46", "2026-11-24T03:46+01:00"),
        ("00:10", "2026-11-24T00:10+01:00"),
        ("03:15Z", "2026-11-23T03:15Z"),
        ("02:15Z", "2026-11-24T02:15Z"),
        ("30m", "2026-11-23T04:16:30+01:00"),
        ("+30m", "2026-11-23T04:16:30+01:00"),
        ("30", "2026-11-23T04:16:30+01:00"),
        ("1h30m", "2026-11-23T05:16:30+01:00"),
        ("2h", "2026-11-23T05:46:30+01:00"),
        ("2026-11-24T10:00+01:00", "2026-11-24T09:00Z"),
    ],
)
def test_a_moment_to_come(text: str, moment: str) -> None:
    assert parse_future(text, NOW, BERLIN) == utc(moment)


@pytest.mark.parametrize(
    ("now", "text", "moment"),
    [
        # Berlin, 29 March: 02:00 becomes 03:00.
        ("2026-03-29T04:00+02:00", "03:10", "2026-03-29T03:10+02:00"),
        ("2026-03-29T04:00+02:00", "01:59", "2026-03-29T01:59+01:00"),
        ("2026-03-29T01:40+01:00", "02:30", "2026-03-28T02:30+01:00"),
        ("2026-03-30T03:00+02:00", "02:30", "2026-03-30T02:30+02:00"),
        # Berlin, 25 October: 03:00 becomes 02:00, so 02:30 is there twice.
        ("2026-10-25T02:40+02:00", "02:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:20+01:00", "02:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:40+01:00", "02:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T04:00+01:00", "01:30", "2026-10-25T01:30+02:00"),
    ],
)
def test_the_latest_such_moment_where_berlin_changes_its_clocks(now: str, text: str, moment: str) -> None:
    assert parse_past(text, utc(now), BERLIN) == utc(moment)


@pytest.mark.parametrize(
    ("now", "text", "moment"),
    [
        ("2026-03-08T03:30-04:00", "01:30", "2026-03-08T01:30-05:00"),
        ("2026-11-01T01:40-04:00", "01:30", "2026-11-01T01:30-04:00"),
        ("2026-11-01T01:20-05:00", "01:30", "2026-11-01T01:30-04:00"),
        ("2026-11-01T01:40-05:00", "01:30", "2026-11-01T01:30-05:00"),
        ("2026-11-01T02:10-05:00", "00:50", "2026-11-01T00:50-04:00"),
    ],
)
def test_the_latest_such_moment_where_new_york_changes_its_clocks(now: str, text: str, moment: str) -> None:
    assert parse_past(text, utc(now), NEW_YORK) == utc(moment)


@pytest.mark.parametrize(
    ("now", "text", "moment"),
    [
        ("2026-03-29T01:30+01:00", "03:10", "2026-03-29T03:10+02:00"),
        ("2026-10-25T01:30+02:00", "02:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:40+02:00", "02:30", "2026-10-25T02:30+01:00"),
    ],
)
def test_the_next_such_moment_where_berlin_changes_its_clocks(now: str, text: str, moment: str) -> None:
    assert parse_future(text, utc(now), BERLIN) == utc(moment)


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("now", "text", "moment"),
    [
        ("2026-11-23T03:46+01:00", "03:41", "2026-11-23T03:41+01:00"),
        ("2026-10-25T02:40+01:00", "02:30", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:20+01:00", "02:30", "2026-10-25T02:30+02:00"),
        ("2026-07-01T12:00+02:00", "2026-07-01T11:00", "2026-07-01T11:00+02:00"),
    ],
)
def test_the_machines_own_zone_is_read_the_same_way(now: str, text: str, moment: str) -> None:
    assert parse_past(text, utc(now)) == utc(moment)
    assert times.zone_name(utc(moment)) == ("CEST" if moment.endswith("+02:00") else "CET")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25:00", "'25:00' is not a valid time"),
        ("03:61", "is not a valid time"),
        ("24:00", "is not a valid time"),
        ("2026-02-30T03:41", "is not a valid time"),
        ("2026-11-23T03:41+99:00", "is not a valid time"),
        ("soon", "can't read 'soon' as a time; try 03:41, 03:41Z"),
        ("", "can't read '' as a time"),
        ("5m", "can't read '5m' as a time"),
        ("-5", "can't read '-5' as a time"),
        ("-", "can't read '-' as a time"),
        ("03:41 PST", "can't read"),
        ("3pm", "can't read"),
        ("03:4", "can't read"),
        ("2026-11-23T03:50+01:00", "is in the future; give a time in the past"),
        ("2027-01-01T00:00", "is in the future"),
        ("0001-01-01T00:00Z", "is before 1970"),
        ("1969-12-31T23:59Z", "is before 1970"),
        ("0001-01-01T00:00", "is before 1970"),
        ("9999-12-31T23:59", "is in the future"),
        ("03:17 Priya: errors\n" * 999, "can't read '03:17 Priya: errors ⏎ 03:17 Priya: erro…' as a time; try 03:41"),
    ],
)
def test_what_is_no_past_moment_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(TimeError) as refused:
        parse_past(text, NOW, BERLIN)
    assert words in str(refused.value)
    assert "03:41" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5m", "can't read '-5m' as a time; try 04:15"),
        ("2026-11-23T03:46+01:00", "has passed; give a time in the future"),
        ("0m", "has passed"),
        ("now", "has passed"),
        ("9999-12-31T23:59Z", "is years away"),
        ("9999-12-31T23:59", "is years away"),
        ("0001-01-01T00:00", "has passed"),
        ("26:00", "is not a valid time; try 04:15"),
    ],
)
def test_what_is_no_moment_to_come_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(TimeError) as refused:
        parse_future(text, NOW, BERLIN)
    assert words in str(refused.value)


def test_a_clock_a_minute_ahead_of_this_one_is_let_pass() -> None:
    assert parse_past("2026-11-23T03:47:20+01:00", NOW, BERLIN) == NOW + 50 * SECOND


@pytest.mark.parametrize(
    ("line", "at", "rest"),
    [
        ("-5m rolled back", NOW - 5 * MINUTE, "rolled back"),
        ("-1h20m   rolled back ", NOW - 80 * MINUTE, "rolled back"),
        ("-5min rolled back", NOW - 5 * MINUTE, "rolled back"),
        ("03:41 rolled back", utc("2026-11-23T03:41+01:00"), "rolled back"),
        ("02:41Z rolled back", utc("2026-11-23T02:41Z"), "rolled back"),
        ("02:41 UTC rolled back", utc("2026-11-23T02:41Z"), "rolled back"),
        ("02:41UTC rolled back", utc("2026-11-23T02:41Z"), "rolled back"),
        ("2026-11-22T23:41 rolled back", utc("2026-11-22T22:41Z"), "rolled back"),
        ("2026-11-22 23:41+01:00 rolled back", utc("2026-11-22T22:41Z"), "rolled back"),
        ("03:41 two\nlines", utc("2026-11-23T03:41+01:00"), "two\nlines"),
        ("03:41 04:00 was the promise", utc("2026-11-23T03:41+01:00"), "04:00 was the promise"),
    ],
)
def test_a_time_in_front_back_dates_the_line(line: str, at: int, rest: str) -> None:
    assert split_leading_time(line, NOW, BERLIN) == (at, rest)


@pytest.mark.parametrize(
    "line",
    [
        "rolled back",
        "-5 degrees in the server room",
        "- 5m",
        "-m nothing",
        "--5m",
        "5m later it was back",
        "12:345 is a port",
        "03:41, then rolled back",
        "1:1 with Priya",
        "",
        "   ",
    ],
)
def test_a_line_without_a_time_in_front_stays_whole(line: str) -> None:
    assert split_leading_time(line, NOW, BERLIN) == (None, line)


@pytest.mark.parametrize("line", ["25:00 rolled back", "2026-11-24T03:41 rolled back", "-123456h rolled back"])
def test_a_time_in_front_that_can_not_be_meant_is_refused(line: str) -> None:
    with pytest.raises(TimeError, match=r"time|future"):
        split_leading_time(line, NOW, BERLIN)


@pytest.mark.parametrize(
    ("text", "label", "length", "every"),
    [
        ("check with the commander 10m", "check with the commander", 10 * MINUTE, 0),
        ("check with the commander in 10m", "check with the commander", 10 * MINUTE, 0),
        ("look at the graphs every 15m", "look at the graphs", 15 * MINUTE, 15 * MINUTE),
        ("demo at 04:16:30", "demo", 30 * MINUTE, 0),
    ],
)
def test_an_own_clock_is_read_from_its_end(text: str, label: str, length: int, every: int) -> None:
    assert split_timer(text, NOW, BERLIN) == (label, NOW + length, every)


@pytest.mark.parametrize(
    ("text", "words"), [("", "what for"), ("10m", "what the clock is for"), ("demo", "can't read")]
)
def test_an_own_clock_needs_a_label_and_a_moment(text: str, words: str) -> None:
    with pytest.raises(TimeError, match=words):
        split_timer(text, NOW, BERLIN)


def test_how_moments_read() -> None:
    summer = utc("2026-07-01T23:30Z")
    assert times.clock_zone(NOW, BERLIN) == "03:46 CET"
    assert times.clock_zone(summer, BERLIN) == "01:30 CEST"
    assert times.day(summer, BERLIN) == "2026-07-02"
    assert times.clock_zone(summer, UTC) == "23:30 UTC"
    assert times.zone_name(NOW, timezone(timedelta(hours=3))) == "UTC+03:00"
    assert times.zone_name(NOW, ZoneInfo("America/Sao_Paulo")) == "UTC-03"
    assert times.iso(NOW) == "2026-11-23T02:46:30Z"
    assert times.iso(NOW + 7) == "2026-11-23T02:46:30.007Z"


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (-1, "under 1 min"),
        (59 * SECOND, "under 1 min"),
        (MINUTE, "1 min"),
        (59 * MINUTE + 59 * SECOND, "59 min"),
        (HOUR, "1 h"),
        (24 * HOUR + 11 * MINUTE, "24 h 11 min"),
        (168 * HOUR - MINUTE, "167 h 59 min"),
        (168 * HOUR, "7 d"),
        (359 * 24 * HOUR + 20 * HOUR + 59 * MINUTE, "359 d 20 h"),
    ],
)
def test_a_length_of_time_in_words(ms: int, words: str) -> None:
    assert times.span(ms) == words


def test_the_faces_of_clocks() -> None:
    assert times.countdown(6 * MINUTE + 19 * SECOND) == "06:19"
    assert times.countdown(-(2 * MINUTE + 11 * SECOND)) == "02:11"
    assert times.countdown(HOUR + 36 * MINUTE + 19 * SECOND) == "1:36:19"
    assert times.countdown(999) == "00:00"
    assert times.countdown(167 * HOUR + 59 * MINUTE) == "167:59:00"
    assert times.countdown(-8636 * HOUR) == "359 d 20 h"
    assert times.elapsed(23 * MINUTE + 41 * SECOND) == "00:23:41"
    assert times.elapsed(24 * HOUR + 11 * MINUTE) == "24:11:00"
    assert times.elapsed(-5) == "00:00:00"


def test_a_twelve_hour_time_in_front_is_asked_for_in_24_hours_and_not_misread() -> None:
    with pytest.raises(times.TimeError, match="24 hours"):
        times.split_leading_time("5:30 pm Rolled back", 1_795_400_000_000)
    assert times.split_leading_time("05:30 pmon restarted", 1_795_400_000_000)[1] == "pmon restarted"


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("tz", [BERLIN, None], ids=["a zone given", "the machine's zone"])
@pytest.mark.parametrize("text", ["02:30", "02:00", "2026-03-29T02:30", "2026-03-29 02:59:59"])
@pytest.mark.parametrize("read", [parse_past, parse_future])
def test_a_time_that_no_clock_showed_that_night_is_refused(
    read: Callable[[str, int, tzinfo | None], int], text: str, tz: tzinfo | None
) -> None:
    now = utc("2026-03-29T04:00+02:00" if read is parse_past else "2026-03-29T01:30+01:00")
    with pytest.raises(TimeError, match=r"there was no 02:\d\d on 2026-03-29: the clocks went forward over it"):
        read(text, now, tz)
    assert read("2026-03-29T01:30Z" if read is parse_past else "00:45Z", now, tz)


def test_a_time_on_another_day_is_shown_with_its_day() -> None:
    at = utc("2026-11-22T23:50+01:00")
    assert times.clock_zone_day(at, utc("2026-11-23T00:10+01:00"), BERLIN) == "2026-11-22 23:50 CET"
    assert times.clock_zone_day(at, utc("2026-11-22T23:55+01:00"), BERLIN) == "23:50 CET"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", "2026-01-31T00:00+01:00"),
        ("2026-07", "2026-07-01T00:00+02:00"),
        ("90d", "2026-08-25T00:00+02:00"),
        ("1 day", "2026-11-22T00:00+01:00"),
        ("12W", "2026-08-31T00:00+02:00"),
    ],
)
def test_since_which_day(text: str, day: str) -> None:
    now = times.to_ms(datetime.fromisoformat("2026-11-23T03:17+01:00"))
    assert times.parse_since(text, now, ZoneInfo("Europe/Berlin")) == times.to_ms(datetime.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-24", "'2026-11-24' is in the future; give a day that has begun, such as 2026-01-31"),
        ("2026-02-30", "there is no day '2026-02-30'; try 2026-01-31, 2026-01, 90d or 12w"),
        ("2026-13", "there is no day"),
        ("0000-01-01", "there is no day"),
        ("yesterday", "can't read 'yesterday' as a day; try 2026-01-31, 2026-01, 90d or 12w"),
        ("3m", "can't read"),
        ("0d", "can't read"),
        ("-5d", "can't read"),
        ("", "can't read"),
    ],
)
def test_since_no_such_day_is_refused_in_a_sentence(text: str, words: str) -> None:
    now = times.to_ms(datetime.fromisoformat("2026-11-23T03:17+00:00"))
    with pytest.raises(times.TimeError, match="^" + re.escape(words)):
        times.parse_since(text, now, UTC)


@pytest.mark.usefixtures("berlin")
def test_the_machine_s_own_zone_is_a_zone_with_its_summer_time() -> None:
    zone = times.MachineZone()
    for shown, name in (("2026-10-14T09:42", "CEST"), ("2026-11-27T09:42", "CET")):
        moment = datetime.fromisoformat(shown).replace(tzinfo=zone)
        assert (moment.tzname(), times.to_ms(moment)) == (name, times.to_ms(datetime.fromisoformat(shown)))
        assert moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == datetime.fromisoformat(shown)


def test_a_clock_time_on_some_days_is_only_one_that_a_clock_showed() -> None:
    days = [datetime(2026, 3, day).date() for day in (28, 29)]
    assert times.at_clock("02:30", BERLIN, days) == [utc("2026-03-28T02:30+01:00")]
    assert times.at_clock("01:30 UTC", BERLIN, days) == [utc("2026-03-28T01:30Z"), utc("2026-03-29T01:30Z")]
    for typed in ("25:70", "-5m", "2026-03-28 02:30", "x"):
        assert times.at_clock(typed, BERLIN, days) == []
