"""Calendars of other programs: who is on call when, what is said about the rest, and none keeps the program busy."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.unit.test_addressbook import MARCUS, Known
from warroom.addressbook import calendars, repeating
from warroom.model.people import Person
from warroom.model.rota import rotation_of, taken

BERLIN = ZoneInfo("Europe/Berlin")
ROTA = """\
BEGIN:VCALENDAR
X-WR-CALNAME:Payments on-call
BEGIN:VTIMEZONE
TZID:Custom
X-LIC-LOCATION:America/New_York
BEGIN:DAYLIGHT
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
SUMMARY:On call - Marcus Lee
DTSTART;TZID=Europe/Berlin:20160104T090000
DTEND;TZID=Europe/Berlin:20160111T090000
RRULE:FREQ=WEEKLY;INTERVAL=2
EXDATE;TZID=Europe/Berlin:20261207T090000
BEGIN:VALARM
TRIGGER:-PT30M
DESCRIPTION:not the event's
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Europe/Berlin:20261123T090000
SUMMARY:swapped with
  Ana
DTSTART;TZID=Europe/Berlin:20261123T100000
DURATION:P6DT23H
ATTENDEE;CN="Costa, Ana";PARTSTAT=ACCEPTED:mailto:ANA@example.com
ATTENDEE;CN=Room 4;CUTYPE=ROOM:mailto:room4@example.com
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Sam (holiday cover)
DTSTART;VALUE=DATE:20261207
DTEND;VALUE=DATE:20261209
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:Kim\\, on call
DTSTART;TZID=Custom:20261209T080000
DTEND;TZID=Custom:20261209T200000
RRULE:FREQ=DAILY;COUNT=3;BYDAY=WE,TH,FR
RDATE;TZID=Custom:20261214T080000,20261215T080000
END:VEVENT
BEGIN:VEVENT
UID:5
STATUS:CANCELLED
SUMMARY:nobody
DTSTART:20261210T000000Z
DTEND:20261211T000000Z
END:VEVENT
BEGIN:VEVENT
UID:6
SUMMARY:until
DTSTART;TZID="W. Europe Standard Time":20261001T090000
DTEND;TZID="W. Europe Standard Time":20261001T100000
RRULE:FREQ=WEEKLY;UNTIL=20261210T080000Z;BYDAY=TH
EXDATE;VALUE=DATE:20261203
END:VEVENT
END:VCALENDAR
"""


def ms(year: int, month: int, day: int) -> int:
    return round(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)


def shown(calendar: calendars.Calendar) -> list[tuple[str, str, str]]:
    def clock(at: int) -> str:
        return f"{datetime.fromtimestamp(at / 1000, UTC):%d %H:%M}"

    return [(event.summary, clock(event.since), clock(event.until)) for event in calendar.events]


def test_a_calendar_with_rules_exceptions_and_moved_times() -> None:
    found = calendars.read(ROTA, ms(2026, 11, 28), ms(2026, 12, 22), BERLIN, now=0)
    assert (found.name, found.total, found.remarks) == ("Payments on-call", 6, [])
    assert shown(found) == [
        ("swapped with Ana", "23 09:00", "30 08:00"),
        ("Sam (holiday cover)", "06 23:00", "08 23:00"),
        ("Kim, on call", "09 13:00", "10 01:00"),
        ("until", "10 08:00", "10 09:00"),
        ("Kim, on call", "10 13:00", "11 01:00"),
        ("Kim, on call", "11 13:00", "12 01:00"),
        ("Kim, on call", "14 13:00", "15 01:00"),
        ("Kim, on call", "15 13:00", "16 01:00"),
        ("On call - Marcus Lee", "21 08:00", "28 08:00"),
    ]
    wrong = calendars.read(
        ROTA.replace("T080000,20261215", "T080000,x,20261215"), ms(2026, 11, 28), ms(2026, 12, 22), BERLIN, now=0
    )
    assert shown(wrong) == shown(found)
    assert wrong.remarks == [(44, "“Kim, on call”: “x” is no time; this one time is left out of RDATE")]
    summer = calendars.read(ROTA, ms(2026, 7, 1), ms(2026, 7, 12), BERLIN, now=0)
    assert ("On call - Marcus Lee", "06 07:00", "13 07:00") in shown(summer)


def test_whom_a_calendar_means() -> None:
    ana = Person("ana123", "Ana Costa", email="ana@example.com")
    there = Known(MARCUS, ana, Person("kim111", "Kim Roe"), Person("kim222", "Kim Poe"))
    rotation = rotation_of("", "Payments on-call")
    assert rotation == "Payments"

    def who(summary: str, *people: tuple[str, str]) -> tuple[str, str]:
        (shift,) = taken(there, rotation, [(0, 1, summary, people)]).shifts
        return shift.name, shift.person

    assert who("swapped", ("Costa, Ana", "ANA@example.com")) == ("Ana Costa", "ana123")
    assert who("Payments: marcus lee (primary)") == ("Marcus Lee", "marcus")
    assert who("On call - Marcus") == ("Marcus Lee", "marcus")
    assert who("Kim is on call") == ("Kim", "")
    assert who("Payments - Sam | on-call shift") == ("Sam", "")
    assert who("Payments", ("", "stranger@example.com")) == ("stranger@example.com", "")
    assert taken(there, rotation, [(0, 1, "On call for Payments", ())]).nobody == ("On call for Payments",)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=WEEKLY;X-EVIL=__import__",
        "FREQ=WEEKLY;BYDAY=99MO,",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTH=13",
        "FREQ=YEARLY;BYSETPOS=400",
        "FREQ=MONTHLY;BYMONTHDAY=1,,2",
        "FREQ=WEEKLY;WKST=XX",
        "RRULE",
        "",
    ],
)
def test_a_rule_that_no_rota_has_is_told_with_its_line(rule: str) -> None:
    text = ROTA.replace("FREQ=WEEKLY;INTERVAL=2", rule)
    found = calendars.read(text, ms(2026, 12, 16), ms(2026, 12, 22), BERLIN, now=0)
    ((line, remark),) = found.remarks
    assert line == 10
    assert remark.startswith(("“On call - Marcus Lee”: its rule ", "“On call - Marcus Lee”: “TOMORROW” is no time"))
    assert "expected" not in remark
    assert shown(found) == [("Kim, on call", "15 13:00", "16 01:00")]


def test_files_made_to_keep_a_program_busy_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeating, "MOST_RULES_OF_PARTS", 1)
    monkeypatch.setattr(repeating, "MOST_STEPS", 10_000)
    event = "BEGIN:VEVENT\nUID:{n}\nSUMMARY:x\nDTSTART:2016010{d}T090000Z\nDURATION:PT1H\nRRULE:{rule}\nEND:VEVENT\n"
    impossible = [event.format(n=n, d=n % 9 + 1, rule="FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30") for n in range(50)]
    endless = [event.format(n=n, d=n % 9 + 1, rule="FREQ=HOURLY;COUNT=90000") for n in range(2)]
    endless += [event.format(n=n, d=n % 9 + 1, rule="FREQ=DAILY;COUNT=90000;BYDAY=MO") for n in range(50)]
    found = calendars.read(
        "BEGIN:VCALENDAR\n" + "".join(impossible + endless), ms(2026, 1, 1), ms(2026, 6, 1), UTC, now=ms(2026, 2, 1)
    )
    told = [remark for _, remark in found.remarks]
    assert "“x”: more than 1 events of this file have such a rule; it is left out" in told
    assert told[-1] == "and 1 more of the kind"
    calendar = calendars.read(
        "BEGIN:VCALENDAR\n" + "".join(endless), ms(2026, 1, 1), ms(2026, 6, 1), UTC, now=ms(2026, 2, 1)
    )
    assert len(calendar.events) == 2000
    assert [remark for _, remark in calendar.remarks] == [
        "the rules of this file repeat too often; the rest is left out",
        f"only the 2,000 times nearest to now are taken, of {calendar.remarks[1][1].rpartition(' ')[2]}",
    ]
    assert ms(2026, 2, 1) in {event.until for event in calendar.events}
    hourly = "".join(event.format(n=n, d=1, rule="FREQ=HOURLY").replace(":x", f":{n}") for n in range(24))
    hourly = hourly.replace("20160101T", "20251201T")
    calendar = calendars.read("BEGIN:VCALENDAR\n" + hourly, ms(2026, 1, 1), ms(2026, 6, 1), UTC, now=ms(2026, 2, 1))
    on_call = {event.summary for event in calendar.events if event.since <= ms(2026, 2, 1) < event.until}
    assert on_call == set(map(str, range(24)))
    assert [remark for _, remark in calendar.remarks] == [
        "the rules of this file repeat too often; only what is between a day ago and a week ahead is read",
        "only the 2,000 times nearest to now are taken, of 4,608",
    ]
    calendars.read("BEGIN:VCALENDAR\n" * 20_000 + "END:VEVENT\n" * 20_000, 0, 1, UTC, now=0)
