"""Address books of other programs: what is read, what is said about the rest, and none keeps the program busy."""

from __future__ import annotations

import pytest

from warroom.addressbook import tables, vcards
from warroom.addressbook.decoding import decoded
from warroom.model.people import Directory, Person
from warroom.model.people_changes import Merged, merge
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
    assert decoded("Ana,\u202a+1 555\u202c\nBo,\u202e1\u202c".encode(), "x") == "Ana,+1 555\nBo,\u202e1\u202c"
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


def test_address_books_made_to_keep_a_program_busy_do_not() -> None:
    for text in ("BEGIN:VCARD\n" * 20_000, "BEGIN:VCARD\nN:" + "a\\" * 100_000, 'BEGIN:VCARD\nX;A="' + "y" * 100_000):
        vcards.read(text)
