"""Files of other programs: what is read of them, what is said about the rest, and that none keeps the program busy."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from warroom.addressbook import calendars, repeating, tables, vcards
from warroom.addressbook.decoding import decoded
from warroom.model.people import Directory, Person
from warroom.model.people_changes import Merged, merge
from warroom.model.rota import rotation_of, taken
from warroom.text.mistakes import Mistake

VCARDS = """\
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Garc=C3=ADa;Jos=C3=A9;;;
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jos=E9 Garc=EDa
TEL;WORK;FAX:+34 600 111 999
TEL;HOME:+34 600 111 000
TEL;CELL;PREF:+34 600 111 222
NOTE;ENCODING=QUOTED-PRINTABLE:deputy of Marcus =
on Fridays
PHOTO;ENCODING=BASE64;JPEG:
 /9j/4AAQSkZJRgABAQ
AAAAAAAA==

EMAIL;INTERNET:jose@example.com
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Lee\\, Marcus
ORG:Example Inc.;Payments
TITLE:SRE
item1.TEL;type=CELL;type=pref:+1 555 0100
item1.X-ABLabel:_$!<Mobile>!$_
EMAIL;type=WORK:marcus@exam
 ple.com
CATEGORIES:myContacts,Support
BDAY:1990-01-01
END:VCARD
this is no line of a card
BEGIN:VCARD
VERSION:4.0
FN:Ana 🚀 Costa
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+1-555-0199;ext=5
EMAIL:mailto:ana@example.com
TZ:Europe/Lisbon
IMPP:slack:@ana
END:VCARD
BEGIN:VCARD
KIND:group
FN:Everybody
END:VCARD
BEGIN:VCARD
TEL:1
"""
MARCUS = Person("marcus", "Marcus Lee", "SRE", "Payments", ("payments",), "+1 555 0100", "marcus@example.com")


def taken_in(text: str, there: Directory, name: str = "a.csv") -> Merged:
    return merge(there, (vcards.read(text) if text.startswith("BEGIN") else tables.read(text, name)).found)


class Known(Directory):
    """These people, as if the register had them."""

    def __init__(self, *people: Person) -> None:
        super().__init__()
        self.people = people
        self.by_id = {person.id: person for person in people}


def test_vcards_of_three_versions() -> None:
    read = vcards.read(VCARDS)
    jose, marcus, ana, nameless = read.found
    assert jose.values == {
        "name": "José García",
        "phone": "+34 600 111 222",
        "email": "jose@example.com",
        "note": "deputy of Marcus on Fridays",
    }
    assert marcus.values == {
        "name": "Marcus Lee",
        "role": "SRE",
        "team": "Payments",
        "phone": "+1 555 0100",
        "email": "marcus@example.com",
    }
    assert marcus.labels == ("myContacts", "Support")
    assert ana.values == {
        "name": "Ana 🚀 Costa",
        "phone": "+1-555-0199 ext. 5",
        "email": "ana@example.com",
        "chat": "@ana",
        "zone": "Europe/Lisbon",
    }
    assert nameless.values == {"name": "", "phone": "1"}
    assert read.remarks == [
        (28, "not understood: “this is no line of a card”"),
        (37, "this card is a group of others, and left out"),
        (41, "this card has no end; what it has is taken"),
        (0, "left out, there is no place for it: BDAY"),
    ]


GOOGLE = """\
First Name,Middle Name,Last Name,Organization Name,Organization Title,Organization Department,Birthday,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value
Marcus,,Lee,Example Inc.,SRE,Payments,1990-01-01,* myContacts ::: Support,* Work,marcus@example.com ::: m@home.example,\
Mobile,+1 555 0100
"""
OUTLOOK = """\
Title;First Name;Last Name;Company;Department;Job Title;Business Phone;Mobile Phone;E-mail Address;Notes
Mr;"Marcus";Lee;"Example; Inc.";Payments;SRE;+1 555 0199;+1 555 0100;marcus@example.com;"two
lines"
"""
OURS = """\
name\tsystems\tphone\ttime zone\tshoe size
"Lee, Marcus"\tpayments; ledger\t+1 555 0100\tEurope/Berlin\t
\t\t\t\t
"""


@pytest.mark.parametrize(
    ("text", "values", "remarks"),
    [
        (
            GOOGLE,
            {"role": "SRE", "team": "Payments", "phone": "+1 555 0100", "email": "marcus@example.com"},
            [
                "left out, there is no place for it: Organization Name, Birthday, E-mail 1 - Label, Phone 1 - Label",
            ],
        ),
        (
            OUTLOOK,
            {
                "role": "SRE",
                "team": "Payments",
                "phone": "+1 555 0100",
                "email": "marcus@example.com",
                "note": "two\nlines",
            },
            ["left out, there is no place for it: Title, Company, Business Phone"],
        ),
        (OURS, {"systems": "payments; ledger", "phone": "+1 555 0100", "zone": "Europe/Berlin"}, []),
    ],
    ids=["google", "outlook", "ours"],
)
def test_tables_with_the_headings_of_other_programs(text: str, values: dict[str, str], remarks: list[str]) -> None:
    read = tables.read(text)
    (found,) = read.found
    assert found.values == {"name": "Marcus Lee", **values}
    assert [remark for _, remark in read.remarks] == remarks
    assert found.line == 2


def test_a_title_is_a_role_only_where_no_other_column_is_one() -> None:
    assert [found.values.get("role") for found in tables.read("name,title\nAna Costa,VP\n").found] == ["VP"]
    (ana,) = tables.read("name,title,job title\nAna Costa,Ms,\n").found
    assert "role" not in ana.values


@pytest.mark.parametrize("text", ["", "\n\n", "1,2,3\n4,5,6", '"', "name\n" + '"' + "x" * 200_000])
def test_what_is_no_table_of_people_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(Mistake, match=r"a\.csv"):
        taken_in(text, Directory())


def test_letters_of_other_programs_are_read() -> None:
    assert decoded("José".encode("utf-16"), "x") == decoded("José".encode("cp1252"), "x") == "José"
    assert decoded("\ufeffa\r\nb\rc".encode(), "x") == "a\nb\nc"
    with pytest.raises(Mistake, match="NUL"):
        decoded(b"a\nb\0", "x")


def test_nobody_is_there_twice_and_what_a_file_leaves_out_stays() -> None:
    there = Known(MARCUS, Person("ana123", "Ana Costa", email="ana@example.com"), Person("ana456", "Ana Costa"))
    text = (
        "name,email,phone,team,zone,lists\n"
        "M. Lee,MARCUS@example.com,+1 555 0199,,,\n"  # by e-mail; the name is corrected
        "ana costa,,1,,,\n"  # two have the name
        "Sam,,2,,,support\n"
        "SAM,,,Search,,board\n"  # the same again
        "Marcus Lee,,3,,,\n"  # the name is nobody's any more
        "Kim,no address,4,,Mars,\n"
        ",,5,,,\n"
    )
    merged = taken_in(text, there)
    assert [(person.name, person.phone, person.team) for person in merged.new] == [
        ("SAM", "2", "Search"),
        ("Marcus Lee", "3", ""),
        ("Kim", "4", ""),
    ]
    ((before, now, fields),) = merged.changed
    assert (before, now.name, now.phone, now.team, fields) == (
        MARCUS,
        "M. Lee",
        "+1 555 0199",
        "Payments",
        ("name", "phone", "email"),
    )
    assert {name: [person.name for person in people] for name, people in merged.joins.items()} == {
        "support": ["SAM"],
        "board": ["SAM"],
    }
    assert [line for line, _ in merged.left_out] == [3, 7, 7, 8]
    assert "there are 2 people of this name already" in merged.left_out[0][1]
    other = taken_in("name,email\nMarcus Lee,other@example.com\n", there)
    assert not other.anything
    assert "is there with another e-mail, marcus@example.com" in other.left_out[0][1]


def test_labels_of_other_programs_make_no_lists() -> None:
    merged = taken_in(VCARDS, Directory())
    assert list(merged.joins) == ["support"]


def test_what_is_written_is_read_again_as_it_was() -> None:
    hostile = [
        MARCUS,
        Person("abc234", "=cmd|'/C calc'!A0", role="+1+1", team="-2+3", phone="-12 34", note="'=already"),
        Person("bcd345", 'a "quoted" name', role="semi; colon, comma \\ back", systems=("a", "b c"), hours="@noon"),
        Person(
            "cde456",
            f"Zoë {'🚀' * 30} Ünal",
            chat="@zoe",
            zone="Europe/Berlin",
            email="z@x.de",
            phone="+49 30 1234; mobile +49 170 1, ::: 2",
        ),
    ]
    lists = {"marcus": ["support", "My list", "back\\", "slash"]}
    table = "".join(tables.written(hostile, lists))
    cards = "".join(vcards.written(hostile, lists))
    for text in (table, cards.replace("\r\n", "\n")):
        merged = taken_in(text, Directory())
        assert merged.left_out == []
        assert merged.new == hostile
        assert merged.joins == {name: [MARCUS] for name in lists["marcus"]}
    cells = [cell for row in table.splitlines() for cell in row.replace('"', "").split(",")]
    assert {cell for cell in cells if cell[:1] in "=+-@"} - {"", "+1 555 0100", "-12 34"} == set()
    assert all(len(line.encode()) <= 75 for line in cards.split("\r\n"))


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
    for text in ("BEGIN:VCARD\n" * 20_000, "BEGIN:VCARD\nN:" + "a\\" * 100_000, 'BEGIN:VCARD\nX;A="' + "y" * 100_000):
        vcards.read(text)
    calendars.read("BEGIN:VCALENDAR\n" * 20_000 + "END:VEVENT\n" * 20_000, 0, 1, UTC, now=0)
