"""Who is known, who is found, who is told, and who is on call, as the entries of the register say."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warroom.model import ids
from warroom.model.contacts import Audience, addresses
from warroom.model.entries import Draft, Entry
from warroom.model.kinds import decode
from warroom.model.kinds.people import OnCallRead, Shift
from warroom.model.people import Directory, Person, members, on_call
from warroom.model.people_changes import list_changed, list_removed, new_list, removed, saved
from warroom.model.people_changes import on_call as put_on_call

HOUR = 3_600_000
MARCUS = Person(
    "marcus", "Marcus Lee", "SRE", "Payments", ("payments", "ledger"), "+1 555 0100", "marcus@example.com", zone="UTC"
)
ANA = Person("anacos", "Ana Costa", "VP Engineering", "Leadership", email="ana@example.com", note="payments sponsor")
JOSE = Person("josega", "José García", "Support lead", chat="@jose")


def entries(drafts: Iterable[Draft]) -> list[Entry]:
    return [
        Entry(n, "origin", n, n << 16, ids.REGISTER_PEOPLE, n, n, "Priya", draft.text, draft.body)
        for n, draft in enumerate(drafts, 1)
    ]


def directory(*drafts: Draft) -> Directory:
    return Directory(entries([*map(saved, (MARCUS, ANA, JOSE)), *drafts]))


def test_the_latest_that_was_said_of_a_person_counts() -> None:
    there = directory(saved(Person(ANA.id, "Ana Costa Lima", phone="1")), removed(JOSE))
    assert [person.name for person in there.people] == ["Ana Costa Lima", "Marcus Lee"]
    assert there.by_id[ANA.id].email == ""
    assert there.called("JOSÉ garcia") is None


def test_a_file_has_a_person_under_the_names_that_its_fields_had_at_first() -> None:
    text = '{"kind":"person","person":"a","name":"Ana","title":"VP","hours":"days","remark":"sponsor"}'
    person = Person("a", "Ana", "VP", hours="days", note="sponsor")
    assert (decode("person", text), msgspec.json.encode(person).decode()) == (person, text)


def test_who_owns_what_is_looked_for_comes_first_and_accents_do_not_matter() -> None:
    there = directory()
    assert there.find("payments") == [MARCUS, ANA]
    assert there.find("jose SUPPORT") == [JOSE]
    assert there.find("payments nobody") == []
    assert there.find("Who owns payments?") == [MARCUS, ANA]
    assert there.find("who owns") == there.find("who owns nothing") == []
    assert there.owners("Payments API (checkout)") == [MARCUS]
    assert there.owners("repayments") == there.owners("") == []
    assert directory(saved(Person("x", "X", systems=("payments api",)))).owners("payments")[-1].name == "X"


def test_a_message_to_an_audience_goes_to_those_on_the_list_of_that_name_too() -> None:
    lists = directory().lists
    own = new_list("Board & friends", directory())
    there = directory(list_changed(lists[0], [ANA, JOSE]), list_changed(own, [MARCUS]))
    leaders = Audience("leadership", "Leadership", ["boss@example.com", "ANA@example.com"])
    book = [leaders, Audience("support", "support")]
    found = there.audiences(book)
    assert addresses("leadership, Board & friends, support", found) == (
        "boss@example.com, ANA@example.com, marcus@example.com, support"
    )
    assert directory().audiences(book) == book
    titles = [Audience("vp-eng", "VP engineering"), Audience("vp-product", "VP Product"), leaders]
    assert addresses("VP Engineering, VP Product", directory().audiences(titles)) == "ana@example.com, VP Product"
    boss = Audience("vp-eng", "VP Engineering", ["boss@example.com"])
    assert directory().audiences([boss]) == [boss], "the company's own address goes first"
    history = entries([*map(saved, (MARCUS, ANA)), list_changed(lists[0], [ANA, MARCUS]), removed(MARCUS)])
    assert members(history, "LEADERSHIP") == (ANA,)
    assert members(history, "nothing") == ()
    gone = directory(list_changed(own, [MARCUS]), list_removed(own))
    assert gone.list_called("Board & friends") is None


def test_what_was_typed_goes_before_the_calendar_for_its_time_only() -> None:
    calendar = Draft(OnCallRead("payments", (Shift(0, 10 * HOUR, "Ana Costa"), Shift(10 * HOUR, 20 * HOUR, "Sam"))), "")
    typed = put_on_call("marcus lee", None, "Payments", 2 * HOUR, 4 * HOUR)
    history = entries([*map(saved, (MARCUS, ANA)), calendar, typed])

    def names(hour: int) -> list[tuple[str, str]]:
        return [(duty.name, duty.contact) for duty in on_call(history, hour * HOUR)]

    assert names(1) == names(4) == [("Ana Costa", "ana@example.com")]
    assert names(2) == [("Marcus Lee", "+1 555 0100")]
    assert names(10) == [("Sam", "")]
    assert names(20) == []
    there = Directory(history)
    assert [(duty.name, duty.since) for duty in there.next_on_call(3 * HOUR)] == [("Ana Costa", 4 * HOUR)]
    assert there.on_call(HOUR, "database") == []
    again = Draft(OnCallRead("Payments", (Shift(0, HOUR, "José"),)), "")
    taken_back = put_on_call("marcus lee", None, "Payments", 2 * HOUR, 0, shift=there.on_call(2 * HOUR)[0].shift)
    assert on_call([*history, *entries([again, taken_back])], 2 * HOUR) == []


def test_a_later_time_on_call_replaces_an_earlier_one_where_both_are() -> None:
    first, second = put_on_call("Ana", None, "", 0, 10 * HOUR), put_on_call("Sam", None, "", 4 * HOUR, 6 * HOUR)
    found = Directory(entries([first, second])).duties()
    assert [(duty.name, duty.since // HOUR, duty.until // HOUR) for duty in found] == [
        ("Ana", 0, 4),
        ("Sam", 4, 6),
        ("Ana", 6, 10),
    ]
