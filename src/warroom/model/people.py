"""The people one needs at 3 a.m.: found by any word, by what they own, by list, or because they are on call now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from warroom.model.contacts import Audience
from warroom.model.entries import Entry
from warroom.model.kinds.people import ListChanged, OnCall, OnCallRead, PersonRemoved, Shift
from warroom.model.kinds.people import Person as Person
from warroom.model.kinds.people import folded as folded
from warroom.model.kinds.redaction import MARK_BEGINS

FIELDS = ("name", "role", "team", "systems", "phone", "email", "chat", "zone", "hours", "note")
"""What is known of a person, in the order in which it is shown."""
LEADERSHIP = "leadership"
LISTS = {
    LEADERSHIP: "leadership",
    "customer-success": "customer success",
    "support": "support",
    "customers": "customers",
}
"""The lists that are there before anybody makes one, each with its name."""
_MOST_LEADERS = 4
_ASKING = ("who", "who's", "owns", "own", "knows", "is", "the")
"""Words of a question, which are left out if nobody has them: who owns payments?"""
_DIGITS = 7
"""So many digits at the end tell one phone number from another."""


class Duty(msgspec.Struct, frozen=True):
    """Somebody is on call for a rotation from `since` up to `until` (ms UTC); `person` is None for a stranger.

    `shift` is the id of one that was typed, "" for one of a calendar.
    """

    rotation: str
    name: str
    since: int
    until: int
    person: Person | None = None
    shift: str = ""

    @property
    def contact(self) -> str:
        """How to reach them; "" if nobody has said."""
        return self.person.contact if self.person else ""


class PeopleList(msgspec.Struct, frozen=True):
    """A list of people who are told together, in the order in which they were put on it."""

    id: str
    label: str
    members: tuple[Person, ...]


class Directory:
    """Everything that the entries of the register say, read once; nothing in it changes."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        people: dict[str, Person] = {}
        former: dict[str, Person] = {}
        labels = dict(LISTS)
        members: dict[str, dict[str, None]] = {id: {} for id in LISTS}
        typed: dict[str, OnCall] = {}
        read: dict[str, OnCallRead] = {}
        for entry in entries:
            body = entry.body
            if isinstance(body, Person):
                people[body.id] = body
            elif isinstance(body, PersonRemoved):
                if (gone := people.pop(body.person, None)) is not None and not _is_erased(gone.name):
                    former[body.person] = gone
                for on_list in members.values():
                    on_list.pop(body.person, None)
            elif isinstance(body, ListChanged):
                _change(labels, members, body)
            elif isinstance(body, OnCall):
                typed.pop(body.shift, None)  # so that the latest is the last
                typed[body.shift] = body
            elif isinstance(body, OnCallRead):
                read[_key(body.rotation)] = body
        found = sorted(people.values(), key=lambda person: (folded(person.name), person.id))
        self.people: tuple[Person, ...] = tuple(found)
        """All people by name."""
        self.by_id = {person.id: person for person in found}
        self.lists = tuple(
            PeopleList(id, label, tuple(self.by_id[one] for one in members[id] if one in self.by_id))
            for id, label in labels.items()
        )
        self.former = tuple(person for id, person in former.items() if id not in people)
        """Those who were removed, and not forgotten."""
        self._typed = [shift for shift in typed.values() if shift.until > shift.since and not _is_erased(shift.name)]
        self._read = read

    @cached_property
    def by_email(self) -> dict[str, Person]:
        """People by their e-mail in small letters; the first by name, if several share one."""
        return {person.email.casefold(): person for person in reversed(self.people) if person.email}

    @cached_property
    def by_name(self) -> dict[str, list[Person]]:
        """People by their name, as `folded` has it."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(folded(person.name), []).append(person)
        return found

    def called(self, name: str) -> Person | None:
        """The only person of that name or e-mail; None if there is none, or several."""
        wanted = folded(name)
        found = self.by_name.get(wanted, [])
        return found[0] if len(found) == 1 else self.by_email.get(name.strip().casefold())

    def with_contact(self, typed: str) -> str:
        """A name as it was typed, with the contact of whoever is called exactly so, unless one was typed too."""
        person = None if "," in typed else self.called(typed)
        return f"{person.name}, {person.contact}" if person and person.contact else person.name if person else typed

    def same_as(self, kept: str) -> str:
        """A name and contact as they were kept once, such as `Marcus, +1 555 0100`, with the full name of who it is.

        That is the only one whose name has all parts of it, unless both have a phone number and the two differ; of
        several, the one with the same number. What is no such person stays as it was kept.
        """
        name, _, contact = (part.strip() for part in kept.partition(","))
        number, parts = _number(contact), set(folded(name).split())
        found = [
            person
            for person in self.people
            if parts <= set(person.parts) and (not number or _number(person.phone) in ("", number))
        ]
        found = [person for person in found if number and _number(person.phone) == number] or found
        if len(found) != 1 or not (parts or number):
            return kept
        contact = contact or found[0].contact
        return f"{found[0].name}, {contact}" if contact else found[0].name

    def find(self, words: str) -> list[Person]:
        """The people who have all the words anywhere; first those who own what is looked for, then those called so."""
        wanted = folded(words).split()
        if not wanted:
            return list(self.people)
        found = [person for person in self.people if all(word in person.words for word in wanted)]
        if not found and (fewer := [word for word in wanted if word.strip("?") not in _ASKING]) != wanted and fewer:
            return self.find(" ".join(fewer).rstrip("?"))
        return sorted(found, key=lambda person: _rank(person, wanted))

    def named_so(self, words: str) -> list[Person]:
        """The people with a part of the name that begins with each of the words."""
        wanted = folded(words).split()
        return [person for person in self.people if wanted and _begins(person, wanted)]

    def owners(self, system: str) -> list[Person]:
        """The people who own a system, by its name or by one that is in the text; none for no text."""
        text = folded(system)
        if not text.strip():
            return []
        return [person for person in self.people if any(_is_about(folded(own), text) for own in person.systems)]

    def list_called(self, name: str) -> PeopleList | None:
        """The list with that id or label."""
        wanted = folded(name)
        return next((row for row in self.lists if wanted in (row.id, folded(row.label))), None)

    def on_call(self, now: int, rotation: str | None = None) -> list[Duty]:
        """Who is on call at a time (ms UTC), by rotation; what was typed goes before what a calendar says."""
        return [duty for duty in self.duties() if duty.since <= now < duty.until and _is_of(duty, rotation)]

    def next_on_call(self, now: int, rotation: str | None = None) -> list[Duty]:
        """For each rotation, who is on call next after those who are now."""
        found: dict[str, Duty] = {}
        for duty in self.duties():
            if duty.since > now and _is_of(duty, rotation):
                found.setdefault(_key(duty.rotation), duty)
        return list(found.values())

    @cached_property
    def _duties(self) -> list[Duty]:
        typed: dict[str, list[Duty]] = {}
        for body in self._typed:
            duty = self._duty(body.rotation, Shift(body.since, body.until, body.name, body.person), body.shift)
            key = _key(body.rotation)
            kept = [part for other in typed.get(key, []) for part in _without(other, [duty])]
            typed[key] = [*kept, duty]
        found = [duty for duties in typed.values() for duty in duties]
        for key, read in self._read.items():
            over = typed.get(key, [])
            for shift in (one for one in read.shifts if not _is_erased(one.name)):
                found += _without(self._duty(read.rotation, shift), over)
        return sorted(found, key=lambda duty: (duty.since, _key(duty.rotation), folded(duty.name)))

    def duties(self) -> list[Duty]:
        """Everybody's time on call by its beginning; no rotation has two that were typed at the same time."""
        return self._duties

    def _duty(self, rotation: str, shift: Shift, id: str = "") -> Duty:
        person = self.by_id.get(shift.person) or self.called(shift.name)
        return Duty(rotation, person.name if person else shift.name, shift.since, shift.until, person, id)

    def leaders(self) -> list[str]:
        """Whom to call to escalate: the first people of the list of leadership, each with role and contact."""
        row = self.list_called(LEADERSHIP)
        people = row.members[:_MOST_LEADERS] if row else ()
        return [", ".join(filter(None, (person.name, person.role, person.contact))) for person in people]

    def audiences(self, book: Sequence[Audience]) -> list[Audience]:
        """The playbook's audiences, each with the e-mails of the list of that name besides; other lists follow.

        One without any, which is called like a role (`VP Product`), has those of the people who have that role.
        """
        mails = {row.id: [person.email for person in row.members if person.email] for row in self.lists}
        rows = list(book)
        for row in self.lists:
            if not mails[row.id]:
                continue
            names = {row.id, folded(row.label)}
            at = next((at for at, one in enumerate(rows) if names & {folded(one.id), folded(one.label)}), None)
            if at is None:
                rows.append(Audience(row.id, row.label, mails[row.id]))
            else:
                rows[at] = msgspec.structs.replace(rows[at], addresses=_once([*rows[at].addresses, *mails[row.id]]))
        by_role: dict[str, list[str]] = {}
        for person in self.people:
            if person.email and person.role:
                by_role.setdefault(folded(person.role), []).append(person.email)
        return [
            msgspec.structs.replace(row, addresses=by_role[folded(row.label)])
            if not row.addresses and folded(row.label) in by_role
            else row
            for row in rows
        ]


def _is_erased(name: str) -> bool:
    """Whether nothing is left of a name but the mark of an erased person."""
    return name.startswith(MARK_BEGINS) and name.endswith("]")


def on_call(entries: Iterable[Entry], now: int) -> list[Duty]:
    """Who is on call at a time (ms UTC), by the entries of the register."""
    return Directory(entries).on_call(now)


def members(entries: Iterable[Entry], name: str) -> tuple[Person, ...]:
    """The people on a list, by its id or label; none if there is no such list."""
    found = Directory(entries).list_called(name)
    return found.members if found else ()


def _change(labels: dict[str, str], members: dict[str, dict[str, None]], body: ListChanged) -> None:
    if body.removed:
        labels.pop(body.group, None)
        members.pop(body.group, None)
        return
    labels[body.group] = body.label or labels.get(body.group, body.group)
    on_list = members.setdefault(body.group, {})
    for person in body.leaves:
        on_list.pop(person, None)
    on_list.update(dict.fromkeys(body.joins))


def _rank(person: Person, words: list[str]) -> int:
    if all(word in person.owned for word in words):
        return 0
    return 1 if _begins(person, words) else 2


def _begins(person: Person, words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in person.parts) for word in words)


def _number(phone: str) -> str:
    """The last digits of a phone number, by which two are the same with and without the country's; "" if it has few."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits[-_DIGITS:] if len(digits) >= _DIGITS else ""


def _is_about(own: str, text: str) -> bool:
    """Whether the name of what somebody owns stands in a text as words, or the text in it."""
    if not own or (own not in text and text not in own):
        return False
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other) for one, other in ((own, text), (text, own)))


def _key(rotation: str) -> str:
    return folded(rotation)


def _is_of(duty: Duty, rotation: str | None) -> bool:
    return rotation is None or _key(duty.rotation) == _key(rotation)


def _without(duty: Duty, over: list[Duty]) -> list[Duty]:
    """What is left of a time on call where others go before it."""
    parts = [duty]
    for other in over:
        parts = (
            [
                msgspec.structs.replace(part, since=since, until=until)
                for part in parts
                for since, until in (
                    (part.since, min(part.until, max(other.since, part.since))),
                    (max(part.since, min(other.until, part.until)), part.until),
                )
                if since < until
            ]
            if other.since < duty.until and other.until > duty.since
            else parts
        )
    return parts


def _once(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return list(found.values())
