"""Whom a calendar means: the person who takes part in an event, or whose name stands in its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from warroom.model.entries import Draft
from warroom.model.kinds.people import OnCallRead, Shift
from warroom.model.people import Directory, Person, folded
from warroom.text.counts import counted

_ON_CALL = re.compile(r"(?i)\b(?:is )?on[- ]?call\b(?: (?:for|shift|rotation|schedule)\b)?|\bshift\b")
_PARTS = re.compile(r"\s+[-–—|/]\s+|[:;,()\[\]]|\s+=>\s+")
_LONGEST = 100
_ROTATION = 60


class Known:
    """Who is known, to be found in many titles; each title is looked at once."""

    def __init__(self, there: Directory, rotation: str) -> None:
        self._there, self._rotation = there, folded(rotation)
        self._names = sorted(there.by_name, key=len, reverse=True)
        self._found: dict[str, tuple[str, str]] = {}

    def who(self, summary: str, people: Iterable[tuple[str, str]]) -> tuple[str, str]:
        """The name of who is meant, and the person's id, "" for a stranger; ("", "") if the event names nobody."""
        strangers = []
        for name, mail in people:
            person = self._there.by_email.get(mail.casefold()) or self._there.called(name) if mail or name else None
            if person is not None:
                return person.name, person.id
            strangers.append(name or mail)
        if summary not in self._found:
            self._found[summary] = self._in_title(summary)
        name, id = self._found[summary]
        if strangers and not id:
            return strangers[0][:_LONGEST], ""
        return name, id

    def _in_title(self, summary: str) -> tuple[str, str]:
        text = folded(summary)
        for name in self._names:
            if len(name) > 2 and name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                same = self._there.by_name[name]
                return same[0].name, same[0].id if len(same) == 1 else ""
        parts = [" ".join(_ON_CALL.sub(" ", part).split()) for part in _PARTS.split(summary)]
        named = [part for part in parts if part and folded(part) != self._rotation]
        for part in named:
            if (person := self._first_name(part)) is not None:
                return person.name, person.id
        return (named[0][:_LONGEST], "") if named else ("", "")

    def _first_name(self, text: str) -> Person | None:
        """The only person whose first name or whose first and further names it is."""
        wanted = folded(text)
        found = [name for name in self._names if name == wanted or name.startswith(f"{wanted} ")]
        people = [person for name in found for person in self._there.by_name[name]]
        return people[0] if len(people) == 1 else None


class Taken(msgspec.Struct, frozen=True):
    """What a calendar says of a rotation: its shifts, and the titles of events that name nobody."""

    rotation: str
    shifts: tuple[Shift, ...]
    nobody: tuple[str, ...] = ()

    @property
    def draft(self) -> Draft:
        """The entry that keeps it."""
        times = counted(len(self.shifts), "time")
        return Draft(OnCallRead(self.rotation, self.shifts), f"on call for {self.rotation}: {times} of a calendar")


def rotation_of(*names: str) -> str:
    """The name of a rotation: the first that is given, on one line and not too long."""
    found = (" ".join(_ON_CALL.sub(" ", name).replace("@", " ").split()).strip(" -–—:|()") for name in names)
    return next((name[:_ROTATION] for name in found if name), "on call")


def taken(
    there: Directory, rotation: str, events: Iterable[tuple[int, int, str, tuple[tuple[str, str], ...]]]
) -> Taken:
    """The shifts of events: since, until (ms UTC), title, and who takes part by name and e-mail."""
    known = Known(there, rotation)
    shifts: dict[Shift, None] = {}
    nobody: dict[str, None] = {}
    for since, until, summary, people in events:
        name, id = known.who(summary, people)
        if name:
            shifts[Shift(since, until, name, id)] = None
        else:
            nobody[summary or "an event without a title"] = None
    return Taken(rotation, tuple(shifts), tuple(nobody))
