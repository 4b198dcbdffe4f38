"""Adding and changing people and lists, and taking in many at once without having anybody twice."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from warroom.model.entries import Draft
from warroom.model.kinds.people import ListChanged, OnCall, PersonRemoved, zone_of
from warroom.model.people import FIELDS, LISTS, Directory, PeopleList, Person, folded
from warroom.text.cleaning import clean_line

MOST_CHARACTERS = {"note": 2_000}
"""The limits for fields that are no line of a table; all others have that of `_LINE`."""
_LINE = 200
MOST_SYSTEMS = 50
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class WrongField(ValueError):
    """What was given can't be kept of a person; the text says what and why, as the end of a sentence."""


def new_id(taken: Callable[[str], bool] = lambda id: False) -> str:
    """A random id for a person, a list or a time on call, which `taken` has not."""
    while True:
        id = "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(6))
        if not taken(id):
            return id


def parsed(field: str, typed: str) -> str | tuple[str, ...]:
    """The value of one of FIELDS as it is kept, of what a person typed. Raises WrongField."""
    text = " ".join(clean_line(typed).split())
    if field == "systems":
        parts = dict.fromkeys(part.strip() for part in re.split(r"[,;|⏎]", text))
        systems = tuple(part for part in parts if part)
        if len(systems) > MOST_SYSTEMS:
            raise WrongField(f"systems has {len(systems):,} names, {MOST_SYSTEMS} at most")
        for one in systems:
            _check_length("systems", one)
        return systems
    _check_length(field, text)
    if field == "name" and not text:
        raise WrongField("the name is empty; give one")
    if field == "name" and "," in text:
        raise WrongField("a name has no comma; put what follows it into the role or the team")
    if field == "phone" and text and not any(sign.isdigit() for sign in text):
        raise WrongField(f"“{text}” is no phone number, such as +1 555 0100; what you know besides goes into the note")
    if field == "email" and text and not _MAIL.fullmatch(text):
        raise WrongField(f"“{text}” is not an e-mail address, such as priya@example.com")
    if field == "zone" and text and zone_of(text) is None:
        raise WrongField(f"“{text}” is not a time zone; give its IANA name, such as Europe/Berlin")
    return text


def _check_length(field: str, text: str) -> None:
    most = MOST_CHARACTERS.get(field, _LINE)
    if len(text) > most:
        raise WrongField(f"{field} has {len(text):,} characters, {most:,} at most")


def with_fields(person: Person, values: dict[str, str]) -> Person:
    """The person with what was typed for some of FIELDS. Raises WrongField."""
    return msgspec.structs.replace(person, **{field: parsed(field, text) for field, text in values.items()})


def saved(person: Person) -> Draft:
    """Keep a person as they are now."""
    return Draft(person, f"person: {person.name}")


def removed(person: Person) -> Draft:
    """A person is no longer known."""
    return Draft(PersonRemoved(person.id), f"removed: {person.name}")


def list_changed(row: PeopleList, joins: Iterable[Person] = (), leaves: Iterable[Person] = ()) -> Draft:
    """Put people on a list, or take them off it; nobody's name is in the text."""
    on, off = tuple(person.id for person in joins), tuple(person.id for person in leaves)
    parts = [*([f"{len(on):,} joined"] if on else []), *([f"{len(off):,} left"] if off else [])]
    return Draft(ListChanged(row.id, row.label, on, off), f"list {row.label}: {', '.join(parts) or 'made'}")


def list_removed(row: PeopleList) -> Draft:
    """A list is gone; its people stay."""
    return Draft(ListChanged(row.id, row.label, removed=True), f"list {row.label}: removed")


def new_list(label: str, there: Directory) -> PeopleList:
    """An empty list of that name. Raises WrongField."""
    text = " ".join(clean_line(label).split())
    id = re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
    if not text or "," in text or len(text) > _LINE:
        raise WrongField("a list needs a short name without a comma")
    if any(row.id == id for row in there.lists) or not id:
        id = f"{id}-{new_id()}".strip("-")
    return PeopleList(id, LISTS.get(id, text), ())


def on_call(name: str, person: Person | None, rotation: str, since: int, until: int, shift: str = "") -> Draft:
    """Somebody is on call from `since` up to `until` (ms UTC); with a `shift`, that one is changed."""
    body = OnCall(shift or new_id(), since, until, name, person.id if person else "", rotation)
    what = f"on call for {rotation}" if rotation else "on call"
    return Draft(body, f"{what}: {name}" if until > since else f"no longer {what}: {name}")


class Found(msgspec.Struct, frozen=True):
    """A person as a file has them: what is known by field, the lists they are on, and the line where that begins.

    A list of `lists` is made if it is not there; one of `labels`, as other programs have them, is left out then.
    """

    line: int
    values: dict[str, str]
    lists: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    id: str = ""

    @property
    def name(self) -> str:
        """The name; "" if the file has none."""
        return self.values.get("name", "")


class Merged(msgspec.Struct):
    """What taking in a file does: new people, changed ones with the fields that change, and what can't be taken in."""

    new: list[Person] = []
    changed: list[tuple[Person, Person, tuple[str, ...]]] = []
    """Each before and after, and the fields that differ."""
    same: int = 0
    joins: dict[str, list[Person]] = {}
    """Who is put on which list, by its name as the file has it."""
    left_out: list[tuple[int, str]] = []
    """The line of the file, and why it is not taken in."""

    @property
    def anything(self) -> bool:
        """Whether anything would be written."""
        return bool(self.new or self.changed or any(self.joins.values()))


class _Merging:
    """Takes in one person after the other, and knows those that came before."""

    def __init__(self, there: Directory) -> None:
        self.there = there
        self.before: dict[str, Person] = dict(there.by_id)
        self.now: dict[str, Person] = dict(there.by_id)
        self.mails = {mail: person.id for mail, person in there.by_email.items()}
        self.names: dict[str, list[str]] = {
            name: [person.id for person in people] for name, people in there.by_name.items()
        }

    def take(self, found: Found) -> tuple[str, list[str]]:
        """The id of the person that it is, known before or new, and what of it can't be kept.

        Raises WrongField with why it can't be told who it is.
        """
        values, problems = _usable(found)
        mail, name = values.get("email", "").strip().casefold(), folded(clean_line(values.get("name", "")))
        id = found.id if found.id in self.now else self.mails.get(mail, "") if mail else ""
        if not id and name:
            id = self._named(name, mail)
        if not id:
            if not name:
                raise WrongField("there is no name")
            id = found.id if re.fullmatch(r"[a-z0-9]{6}", found.id) else new_id(self.now.__contains__)
            person = with_fields(Person(id, ""), values)
        else:
            person = with_fields(self.now[id], values)
        self._keep(person)
        return id, problems

    def _named(self, name: str, mail: str) -> str:
        """The one who has this name, if that is sure; "" if nobody has it."""
        same = self.names.get(name, [])
        if len(same) > 1:
            raise WrongField(f"there are {len(same)} people of this name already; give the e-mail of the one it is")
        if same and mail and (other := self.now[same[0]].email) and other.casefold() != mail:
            raise WrongField(
                f"somebody of this name is there with another e-mail, {other}; if it is somebody else, "
                "add them with warroom people add --another"
            )
        return same[0] if same else ""

    def _keep(self, person: Person) -> None:
        before = self.now.get(person.id)
        if before is None or folded(before.name) != folded(person.name):
            self.names.setdefault(folded(person.name), []).append(person.id)
        if before is not None and folded(before.name) != folded(person.name):
            self.names[folded(before.name)].remove(person.id)
        if person.email:
            self.mails.setdefault(person.email.casefold(), person.id)
        self.now[person.id] = person


def _usable(found: Found) -> tuple[dict[str, str], list[str]]:
    """What a file says of a person that can be kept, and why the rest can't; what is said of the name is told later."""
    values, problems = {}, []
    for field, text in found.values.items():
        if field in FIELDS and text.strip():
            try:
                parsed(field, text)
            except WrongField as error:
                if field != "name":
                    problems.append(str(error))
                    continue
            values[field] = text
    return values, problems


def merge(there: Directory, found: Iterable[Found]) -> Merged:
    """Take people in who may be there already, by id, e-mail or name; what a file leaves out stays as it is."""
    merging, merged = _Merging(there), Merged()
    seen: dict[str, None] = {}
    joins: dict[str, dict[str, None]] = {}
    for one in found:
        try:
            id, problems = merging.take(one)
        except WrongField as error:
            merged.left_out.append((one.line, f"{_called(one)}: {error}"))
            continue
        merged.left_out += [(one.line, f"{_called(one)}: {problem}; the rest is taken in") for problem in problems]
        seen[id] = None
        for name in (*one.lists, *(label for label in one.labels if there.list_called(label))):
            on_list = there.list_called(name)
            if on_list is None or all(person.id != id for person in on_list.members):
                joins.setdefault(on_list.label if on_list else name, {})[id] = None
    for id in seen:
        before, now = there.by_id.get(id), merging.now[id]
        if before is None:
            merged.new.append(now)
        elif before == now:
            merged.same += 1
        else:
            differ = tuple(field for field in FIELDS if getattr(before, field) != getattr(now, field))
            merged.changed.append((before, now, differ))
    merged.joins = {name: [merging.now[id] for id in ids] for name, ids in joins.items()}
    return merged


def _called(found: Found) -> str:
    for value in (found.name, found.values.get("email", ""), found.values.get("phone", "")):
        if text := clean_line(value).strip():
            return text if len(text) <= 60 else f"{text[:59]}…"
    return "somebody"


def drafts(there: Directory, merged: Merged) -> Iterator[Draft]:
    """The entries that take it in, all in one transaction."""
    for person in merged.new:
        yield saved(person)
    for _, now, _ in merged.changed:
        yield saved(now)
    for name, people in merged.joins.items():
        yield list_changed(there.list_called(name) or new_list(name, there), people)
