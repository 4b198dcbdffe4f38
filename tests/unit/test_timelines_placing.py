"""Which moment each line of a timeline is at: days that carry on, midnight, order, zones, and what is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from warroom.model import times
from warroom.timelines import Given, Timeline, read, zone

UTC = Given(zone=zone("UTC"))


def moments(timeline: Timeline) -> list[str]:
    """The moments of the entries: `11-03 13:20`, the date alone if only that is known, `-` without one."""
    found = []
    for entry in timeline.entries:
        shown = "-" if entry.at is None else times.iso(entry.at)[5:16].replace("T", " ")
        found.append(shown[:5] if entry.precision == "day" else shown)
    return found


def at(text: str, given: Given = UTC) -> list[str]:
    """The moments of a text's entries."""
    return moments(read(text, given))


def remarks(text: str, given: Given = UTC) -> list[str]:
    """What is remarked on."""
    return [remark.text for remark in read(text, given).remarks]


def test_a_date_carries_on_past_midnight() -> None:
    assert at("2025-11-03 23:50 a\n23:58 b\n00:10 c\n00:20 d") == [
        "11-03 23:50",
        "11-03 23:58",
        "11-04 00:10",
        "11-04 00:20",
    ]


def test_a_date_above_holds_for_the_lines_below() -> None:
    text = "## 2025-11-03\n- 23:50 a\n- 00:10 b\n## 2025-11-05\n- 00:10 c\n- 22:40 d\n"
    assert at(text) == ["11-03 23:50", "11-04 00:10", "11-05 00:10", "11-05 22:40"]


def test_a_line_out_of_order_stays_and_is_remarked_on() -> None:
    text = "2025-11-03 10:00 a\n10:30 b\n10:20 c\n10:40 d"
    assert at(text) == ["11-03 10:00", "11-03 10:30", "11-03 10:20", "11-03 10:40"]
    assert [(r.line, r.text) for r in read(text, UTC).remarks] == [
        (3, "This line is earlier than line 2 before it; it stays as it is.")
    ]


def test_the_newest_line_may_be_at_the_top() -> None:
    text, given = "- 00:10 c\n- 23:50 b\n- 23:40 a\n", Given(day=date(2025, 11, 3), zone=zone("UTC"))
    assert at(text, given) == ["11-04 00:10", "11-03 23:50", "11-03 23:40"]
    assert remarks(text, given) == ["The newest line is at the top, so the lines are read from the bottom up."]


@pytest.mark.parametrize(
    "text",
    [
        "# 2025-11-03\n- 23:50 a\n- 00:20 b\n",
        "# 2025-11-03\n- 23:50–00:10 a\n- 00:20 b\n",
        "Nov 3 2025\n23:50 a\n00:20 b\n",
        "| Time (2025-11-03) | What |\n|--|--|\n| 2025-11-03 23:50 | a |\n| 00:20 | b |\n",
        "Day 1 (2025-11-03)\n23:50 a\nDay 2 (2025-11-04)\n00:20 b\n",
    ],
)
def test_two_lines_over_midnight_are_in_order(text: str) -> None:
    assert at(text) == ["11-03 23:50", "11-04 00:20"]
    assert remarks(text) == []


def test_lines_that_fall_are_newest_first_also_below_one_date() -> None:
    assert at("# 2025-11-03\n- 20:00 c\n- 07:00 b\n- 06:00 a\n") == ["11-03 20:00", "11-03 07:00", "11-03 06:00"]
    assert at("# Nov 4 2025\n- 00:20 c\n# Nov 3 2025\n- 23:50 b\n") == ["11-04 00:20", "11-03 23:50"]


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        (
            "2025-02-28\n10:00 a\n2025-02-29 11:00 b\n2025-03-01 12:00 c",
            ["02-28 10:00", "03-01 12:00"],
            "no 2025-02-29",
        ),
        ("time,text\n2025-06-30 10:00,a\n2025-13-01 11:00,b", ["06-30 10:00"], "There is no 2025-13-01."),
        (
            "| When | What |\n|--|--|\n| 30/06/2025 11:00 | a |\n| 31/06/2025 10:00 | b |",
            ["06-30 11:00"],
            "31/06/2025.",
        ),
        (
            '[{"at":"2025-02-28T10:00Z","text":"a"},{"at":"2025-02-30T10:00Z","text":"b"}]',
            ["02-28 10:00"],
            "2025-02-30.",
        ),
        ("2025-02-28 10:00 a\nFeb 29 11:00 b", ["02-28 10:00", "-"], "There is no Feb 29 in that year;"),
        (
            "2025-02-28 10:00 a\n1950-01-01 11:00 b",
            ["02-28 10:00"],
            "Only the years 1970 to 2199 are read, not 1950-01-01.",
        ),
        ("# Outage of 9999-12-31\n10:00 a", ["-"], "Only the years 1970 to 2199 are read, not 9999-12-31."),
        ("2025-11-03\n10:00 a\n25:61 b\n10:10 c", ["11-03 10:00", "11-03 10:10"], "There is no 25:61."),
        ("2025-02-28 10:00 a\n10:05 on 2025-02-30 b", ["02-28 10:00"], "There is no 2025-02-30."),
        ("2025-02-28 10:00 a\n30 Feb 11:00 b", ["02-28 10:00"], "There is no 30 Feb."),
        ("2025-02-28 10:00 a\n14:00 AM b", ["02-28 10:00"], "There is no 14:00 AM."),
        ("2025-11-03 10:00 a\n2025-11-03 10:60Z b", ["11-03 10:00"], "There is no 10:60."),
        ("time,text\n2025-11-03 24:01,a\n2025-11-03 10:00,b", ["11-03 10:00"], "There is no 24:01."),
        ("2025-11-03 10:00 a\n2025-11-03 11:00+25:00 b", ["11-03 10:00"], "No zone is +25:00 from UTC."),
        ("# 2025-11-03\n10:00 a\n11:00+25:00 b", ["11-03 10:00"], "No zone is +25:00 from UTC."),
        ("2025-11-03 10:00 a\n2025-11-03T11:00+25:00 b", ["11-03 10:00"], "No zone is +25:00 from UTC."),
    ],
)
def test_what_can_not_be_a_time_becomes_none_and_the_reason_is_given(
    text: str, expected: list[str], remark: str
) -> None:
    assert at(text) == expected
    (only,) = remarks(text)
    assert remark in only


def test_the_day_the_zone_and_the_start_may_be_given() -> None:
    given = Given(day=date(2025, 7, 1), zone=zone("Europe/Berlin"))
    assert at("10:00 a\n09:00 UTC b", given) == ["07-01 08:00", "07-01 09:00"]
    assert at("T+0 a\nT+5m b\nT-1m c", Given(start=1_762_176_000_000)) == ["11-03 13:20", "11-03 13:25", "11-03 13:19"]
    assert at("T0 = 2025-11-03 13:20 UTC\nT+0 a\nT+5m b") == ["11-03 13:20", "11-03 13:25"]
    assert at("T0: 2025-11-03 13:20 UTC pager\nT+5m b\nT-30m c") == ["11-03 13:20", "11-03 13:25", "11-03 12:50"]
    assert at("# 2025-11-03\n- T+0 (13:20 UTC): pager\n- T+00:05 b") == ["11-03 13:20", "11-03 13:25"]
    assert at("# 2025-11-03 (CET)\nT0 = 13:20\nT+5 b") == ["11-03 12:25"]
    assert at("Mon 10:00 a\nWed 09:00 b", Given(day=date(2025, 11, 3), zone=zone("UTC"))) == [
        "11-03 10:00",
        "11-05 09:00",
    ]


@pytest.mark.parametrize(
    ("text", "given", "missing"),
    [
        ("10:00 a", UTC, {"date"}),
        ("5 May 10:00 a", UTC, {"year"}),
        ("2025-11-03 10:00 a", Given(), {"zone"}),
        ("2025-11-03 10:00 IST a", UTC, {"zone"}),
        ("2025-11-03 10:00 IST a", Given(zone=zone("Asia/Kolkata")), set()),
        ("2025-11-03 10:00 IST a", Given(zone=zone("+05:30")), set()),
        ("2025-11-03 10:00 IST (UTC+5:30) a", Given(), set()),
        ("2025-11-03 10:00 IST, we wait", Given(), {"zone"}),
        ("All times IST (India), 2025-11-03\n10:00 a", Given(), set()),
        ("2025-11-03 10:00 IST - India wakes up", Given(), {"zone"}),
        ("T+5m a", UTC, {"start"}),
        ("10:00 a", Given(), {"date"}),
        ("5 May 2025\n10:00 UTC a", Given(), set()),
    ],
)
def test_what_is_missing_is_named_and_never_made_up(text: str, given: Given, missing: set[str]) -> None:
    timeline = read(text, given)
    assert timeline.missing == missing
    assert [entry.at is None for entry in timeline.entries] == [bool(missing)]


def test_the_zones_that_an_abbreviation_may_be_are_named() -> None:
    assert read("2025-11-03 10:00 CST a").choices == ("America/Chicago", "Asia/Shanghai", "America/Havana")
    assert read("2025-11-03 10:00 CET a").choices == ()


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("05/06/2025 10:00 a", UTC, ["05-06 10:00"]),
        ("Thu 05/06/2025 10:00 a", UTC, ["06-05 10:00"]),
        (
            "05/06/2025 10:00 a\n06/06/2025 10:00 b\n07/06/2025 10:00 c",
            UTC,
            ["06-05 10:00", "06-06 10:00", "06-07 10:00"],
        ),
        ("05/06/2025 10:00 a", Given(day=date(2025, 6, 5), zone=zone("UTC")), ["06-05 10:00"]),
        ("05/06 10:00 a", Given(day=date(2025, 5, 6), zone=zone("UTC")), ["05-06 10:00"]),
        ("05/06/2025 10:00 a\n25/06/2025 10:00 b", UTC, ["06-05 10:00", "06-25 10:00"]),
        ("# Outage of June 5, 2025\n05/06/2025 10:00 a", UTC, ["06-05 10:00"]),
        ("05/06/2025 23:50 a\nJune 6 2025 00:10 b", UTC, ["06-05 23:50", "06-06 00:10"]),
        ("05/06/2025 23:50 a", Given(day=date(2025, 6, 4), zone=zone("UTC")), ["06-05 23:50"]),
        ("12/05/2025 23:58 a\n13/05/2025 00:10 b", UTC, ["05-12 23:58", "05-13 00:10"]),
        ("date,time,what\n31/10/2025,23:58,a\n01/11/2025,00:02,b", UTC, ["10-31 23:58", "11-01 00:02"]),
        ("[31/10/25, 23:58:02] Ana: a\n[01/11/25, 00:02:10] Ana: b", UTC, ["10-31 23:58", "11-01 00:02"]),
        ("## 10/31/2025\n- 23:58 a\n## 11/01/2025\n- 00:02 b", UTC, ["10-31 23:58", "11-01 00:02"]),
    ],
)
def test_a_date_that_may_be_two_is_told_by_the_others(text: str, given: Given, expected: list[str]) -> None:
    assert at(text, given) == expected
    says = "The date is read as May 6, but it may be June 5: --date 2025-06-05, or d on the screen, says so."
    assert [remark for remark in remarks(text, given) if "may be" in remark] == [says] * (
        text == "05/06/2025 10:00 a" and given == UTC
    )


def test_a_year_may_be_given_by_another_line_and_ends_with_december() -> None:
    assert at("# Outage of 31 December 2025\n31 Dec 23:50 a\n") == ["12-31 23:50"]
    timeline = read("31 Dec 23:50 a\n1 Jan 00:10 b\n", Given(day=date(2025, 12, 31), zone=zone("UTC")))
    assert [times.iso(entry.at or 0)[:4] for entry in timeline.entries] == ["2025", "2026"]


def test_a_weekday_that_does_not_fit_is_remarked_on() -> None:
    assert remarks("Tuesday 2025-11-03 10:00 a") == ["2025-11-03 is a Monday, not a Tuesday."]
    assert remarks("Monday 2025-11-03 10:00 a") == []


def test_a_name_of_summer_time_in_winter_is_remarked_on_once() -> None:
    text = "2025-11-03 10:00 CEST a\n2025-11-03 10:05 CEST b"
    assert at(text) == ["11-03 08:00", "11-03 08:05"]
    says = "CEST was not in use on 2025-11-03, when clocks showed CET; it is read as it says, CEST."
    assert remarks(text) == [says]


def test_a_time_that_clocks_went_over_is_remarked_on() -> None:
    berlin = Given(zone=zone("Europe/Berlin"))
    assert remarks("2025-03-30 02:30 a", berlin) == [
        "There was no 02:30 on 2025-03-30: the clocks went forward over it."
    ]
    assert at("2025-03-30 03:30 a", berlin) == ["03-30 01:30"]


def test_a_time_that_clocks_showed_twice_is_remarked_on_and_follows_the_line_before() -> None:
    berlin = Given(zone=zone("Europe/Berlin"))
    text = "2025-10-26\n01:30 a\n02:10 b\n02:50 c\n02:20 d\n02:19 e\n03:10 f"
    found = ["10-25 23:30", "10-26 00:10", "10-26 00:50", "10-26 01:20", "10-26 01:19", "10-26 02:10"]
    assert at(text, berlin) == found
    assert remarks(text, berlin)[0].startswith("Clocks showed 02:10 twice on 2025-10-26, when they went back.")
    assert remarks("2025-10-26\n02:10 CEST a\n02:10 CET b", berlin) == []


def test_a_zone_that_is_only_given_below_is_remarked_on() -> None:
    text = "2025-11-03\n10:00 a\n10:05 CET b\n10:10 c"
    assert at(text, Given()) == ["11-03 09:00", "11-03 09:05", "11-03 09:10"]
    assert remarks(text, Given()) == ["No zone is given here; it is read as CET, as below."]
    assert at(text) == ["11-03 10:00", "11-03 09:05", "11-03 10:10"]


def test_how_well_a_time_is_known() -> None:
    timeline = read("- 2025-11-03 10:00 a\n- ~10:10 b\n- ??:?? c\n- 2025-11-04: d\n", UTC)
    assert [entry.precision for entry in timeline.entries] == ["exact", "approximate", "unknown", "day"]
    assert moments(timeline) == ["11-03 10:00", "11-03 10:10", "-", "11-04"]
    for said in (
        "## Timeline (all times approximate)",
        "Timeline (times are approximate, UTC):",
        "All times are rough.",
    ):
        found = read(f"{said}\n- 2025-11-03 10:00 a\n- 10:10 b", UTC).entries
        assert [entry.precision for entry in found] == ["approximate"] * 2, said


def test_times_that_lost_their_am_or_pm_are_near_the_ones_before() -> None:
    assert at("2025-11-03 11:50 AM a\n- 11:58 AM b\n- 12:02 PM c\n- 1:15 d\n")[-1] == "11-03 13:15"


def test_days_do_not_run_out_of_the_calendar() -> None:
    text = "2199-12-20 10:00 a\n" + "Sun 10:00 b\nMon 10:00 c\n" * 10
    assert "date" in read(text, UTC).missing


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("# Day 1 (2025-11-03)\n- 22:00 a\n# Day 3: the end\n- 09:00 b", ["11-03 22:00", "11-05 09:00"]),
        ("2025-11-03\n18:00 a\nThe next day:\n19:00 b", ["11-03 18:00", "11-04 19:00"]),
        ("2025-11-03 18:00 a\nnext day 09:00 b\nnext day 10:00 c", ["11-03 18:00", "11-04 09:00", "11-04 10:00"]),
        ("2025-11-03 22:00 – 00:30 (next day) a\n23:00 b", ["11-03 22:00", "11-03 23:00"]),
        ("2025-11-03 10:00 a\n+1d 02:10 b\n03:00 (+2d) c", ["11-03 10:00", "11-04 02:10", "11-05 03:00"]),
        ("- 2025-11-03 10:00 a until the\n  next day 09:00 came\n- 11:00 b", ["11-03 10:00", "11-03 11:00"]),
        ("Yesterday at 16:10 a\nToday at 17:00 b", ["11-03 16:10", "11-04 17:00"]),
        ("2025-11-03 22:00 a\n01:00 b\n23:00 c\n00:30 d", ["11-03 22:00", "11-04 01:00", "11-04 23:00", "11-05 00:30"]),
        ("2025-11-03 23:50 a\n00:10 b\n23:58 c", ["11-03 23:50", "11-04 00:10", "11-03 23:58"]),
        ("Sent: Tuesday, November 4, 2025 8:05 AM\nMonday, November 3\n20:10 a", ["11-03 20:10"]),
        ("On Tue, 4 Nov 2025 at 08:05, Ana <a@b.example> wrote:\n> 2025-11-03 20:10 a", ["11-03 20:10"]),
        ("３ novembre 2025\n１０：１８　a", ["11-03 10:18"]),
        ("Lundi 3 novembre 2025 à 10h18 : a\n4. November 2025 um 9:00 Uhr b", ["11-03 10:18", "11-04 09:00"]),
    ],
)
def test_a_day_may_be_counted_from_another_one_or_stand_in_another_language(text: str, moments: list[str]) -> None:
    assert at(text, Given(day=date(2025, 11, 3), zone=zone("UTC"))) == moments


def test_nothing_is_counted_from_a_day_that_is_not_known() -> None:
    for text in ("Day 2\n10:00 a", "Yesterday at 10:00 a", "The next day\n10:00 a"):
        timeline = read(text, Given(zone=zone("UTC")))
        assert timeline.missing == {"date"}, text
        assert [(entry.at, entry.text) for entry in timeline.entries] == [(None, "a")], text


def test_a_long_step_to_a_time_without_a_date_is_told() -> None:
    (remark,) = read("2025-11-03 22:00 a\n01:00 b\n23:00 c", UTC).remarks
    assert (remark.line, remark.text[:41]) == (3, "This is read as 22 hours after the line b")
