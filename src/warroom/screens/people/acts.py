"""What is done on the screen of people: asking in its line, writing to the register, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from warroom.model.entries import Draft, Entry
from warroom.model.kinds.people import OnCall
from warroom.model.people import FIELDS, Directory, Duty, PeopleList, Person
from warroom.model.people_changes import (
    WrongField,
    list_changed,
    new_id,
    new_list,
    on_call,
    parsed,
    removed,
    saved,
    with_fields,
)
from warroom.screens.page import Page
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.screens.people.screen import PeopleScreen

HINTS = {
    "name": "first and last name",
    "role": "VP Engineering, SRE, …",
    "team": "Payments, Search, …",
    "systems": "what they own, with commas: payments, ledger",
    "phone": "+1 555 0100",
    "email": "marcus@example.com",
    "chat": "@marcus",
    "zone": "Europe/Berlin",
    "hours": "9-18, never on Friday",
    "note": "anything else",
}
_ASKED_AT_FIRST = ("phone", "email", "role", "team", "systems", "zone")
"""What is asked after the name, each skipped with enter."""
_NEW = "\x00new"

Made = Callable[[Directory], Iterator[Draft]]


class PeopleActs:
    """The acts of one screen, and how each is taken back."""

    def __init__(self, screen: PeopleScreen) -> None:
        self._screen = screen
        self._undoing: list[tuple[str, Made]] = []
        """What takes back each act done here, the last one last: how that is told, and what it writes."""

    @property
    def page(self) -> Page:
        """The page of the screen."""
        return self._screen.page

    def write(self, made: Made, done: str, *, undo: Made | None = None, then: str = "") -> list[Entry] | None:
        """Write what is made of everybody there is now; None, with a notice why, if it can't be.

        `then` is said behind what was done, and not again when that is taken back.
        """
        workspace = self._screen.workspace
        try:
            entries = workspace.change_people(made)
        except WrongField as error:
            self.page.say(str(error), failed=True)
            return None
        except StoreError as error:
            self.page.say(f"Not saved: {error}", failed=True)
            return None
        if undo is not None and entries:
            self._undoing.append((done, undo))
        self._screen.reload()
        self.page.say(f"{done}; {then}" if then else done)
        return entries

    def undo(self) -> None:
        """Take back what was done last here."""
        if not self._undoing:
            self.page.say("You have done nothing here yet that can be taken back", mark="▸")
            return
        told, made = self._undoing.pop()
        if self.write(made, f"Taken back: {told}") is None:
            self._undoing.append((told, made))

    # People

    async def add(self, name: str = "") -> None:
        """Ask for a name, then for all else; what is answered is kept at once."""
        ask = self._screen.page.ask
        person: Person | None = None

        def take(text: str) -> bool:
            nonlocal person
            if not text.strip():
                return True
            made: list[Person] = []

            def drafts(there: Directory) -> Iterator[Draft]:
                new = with_fields(Person(new_id(there.by_id.__contains__), ""), {"name": text})
                if (same := there.called(new.name)) is not None:
                    raise WrongField(f"{same.name} is there already; / finds them, e changes them")
                made.append(new)
                yield saved(new)

            if (
                self.write(drafts, f"Added: {clean_line(text).strip()}", undo=lambda there: _removed(there, made))
                is None
            ):
                return False
            person = made[-1]
            self._screen.select(person.id)
            return True

        await ask("", "people:name", "New: name", start=name, placeholder=HINTS["name"], hint="esc leaves", take=take)
        for field in _ASKED_AT_FIRST:
            if person is None:
                return
            label = f"{person.name}: {field}"
            hint = "enter skips, esc ends"
            answer = await ask(
                "",
                f"people:new:{field}",
                label,
                placeholder=HINTS[field],
                hint=hint,
                take=self._setting(person.id, field),
            )
            if answer is None:
                return

    def _setting(self, id: str, field: str, *, empties: bool = False) -> Callable[[str], bool]:
        """Take an answer as the value of a field; an empty one changes nothing unless it `empties`."""

        def take(text: str) -> bool:
            if not text.strip() and not empties:
                return True
            before: list[Person] = []

            def drafts(there: Directory) -> Iterator[Draft]:
                if (person := there.by_id.get(id)) is None:
                    raise WrongField("somebody has removed this person meanwhile")
                before.append(person)
                if (now := with_fields(person, {field: text})) != person:
                    yield saved(now)

            done = f"Kept: {field} {clean_line(text).strip() or 'emptied'}"
            return self.write(drafts, done, undo=lambda there: _as_before(there, before)) is not None

        return take

    async def edit(self, person: Person) -> None:
        """Choose a field and change it, until nothing is chosen."""
        chosen: str | None = FIELDS[0]
        while True:
            current = self._screen.there.by_id.get(person.id)
            if current is None:
                return
            rows = [Choice(field, field, current.value(field) or "–") for field in FIELDS]
            chosen = await self.page.pick(f"{current.name}: what to change", rows, start=chosen or "")
            if chosen is None:
                return
            await self._screen.page.ask(
                "",
                f"people:{person.id}:{chosen}",
                f"{current.name}: {chosen}",
                placeholder=HINTS[chosen],
                hint="empty = nothing known" if chosen != "name" else "",
                start=current.value(chosen),
                take=self._setting(person.id, chosen, empties=True),
            )

    def remove(self, person: Person) -> None:
        """Take a person off, everywhere."""
        on = [row for row in self._screen.there.lists if person in row.members]

        def back(there: Directory) -> Iterator[Draft]:
            yield saved(person)
            for row in on:
                if (now := there.list_called(row.id)) is not None:
                    yield list_changed(now, joins=[person])

        def made(there: Directory) -> Iterator[Draft]:
            if person.id in there.by_id:
                yield removed(person)

        self.write(made, f"Removed: {person.name}", undo=back, then="ctrl+z brings them back")

    # Lists and times on call

    async def lists(self, person: Person) -> None:
        """Put a person on lists or take them off, until nothing is chosen."""
        start = ""
        while True:
            rows = []
            for row in self._screen.there.lists:
                is_on = any(member.id == person.id for member in row.members)
                count = len(row.members)
                rows.append(Choice(row.id, row.label, f"{count:,} on it", tag="on " if is_on else "off"))
            rows.append(Choice(_NEW, "a new list", tag="   "))
            chosen = await self.page.pick(f"{person.name}: lists", rows, start=start)
            if chosen is None:
                return
            start = chosen
            if chosen == _NEW:
                await self._screen.page.ask(
                    "",
                    "people:list",
                    "Name of the list",
                    placeholder="board",
                    take=lambda text: self._join(person, text),
                )
            else:
                self._toggle(person, chosen)

    def _join(self, person: Person, label: str) -> bool:
        if not label.strip():
            return True
        return (
            self.write(
                lambda there: iter([list_changed(there.list_called(label) or new_list(label, there), joins=[person])]),
                f"{clean_line(label).strip()}: {person.name} is on it",
                undo=lambda there: _off(there, label, person),
            )
            is not None
        )

    def _toggle(self, person: Person, id: str) -> None:
        def made(there: Directory) -> Iterator[Draft]:
            if (row := there.list_called(id)) is not None:
                yield _turned(row, person)

        row = self._screen.there.list_called(id)
        if row is not None:
            is_on = person.id in {member.id for member in row.members}
            said = f"{row.label}: {person.name} is {'not on it any more' if is_on else 'on it'}"
            self.write(made, said if person.email or is_on else f"{said}, without an e-mail address yet", undo=made)

    async def on_call(self, person: Person) -> None:
        """Put a person on call, for a rotation and until a day."""
        from warroom.model.on_call_spans import span

        workspace = self._screen.workspace
        rotations = list(dict.fromkeys(duty.rotation for duty in self._screen.there.duties()))
        rotation: str | None = rotations[0] if rotations else ""
        if len(rotations) > 1:
            rows = [Choice(name, name or "without a name") for name in rotations]
            rotation = await self.page.pick(f"{person.name}: on call for", rows)
            if rotation is None:
                return
        name = rotation or ""

        def take(text: str) -> bool:
            try:
                since, until = span(text, workspace.now(), workspace.tz)
                parsed("team", name)
            except WrongField as error:
                self.page.say(str(error), failed=True)
                return False
            draft = on_call(person.name, person, name, since, until)
            shift = draft.body.shift if isinstance(draft.body, OnCall) else ""
            back = on_call(person.name, person, name, since, since - 1, shift)
            done = f"{person.name} is on call{f' for {name}' if name else ''}"
            return self.write(lambda there: iter([draft]), done, undo=lambda there: iter([back])) is not None

        await self._screen.page.ask(
            "",
            "people:on-call",
            f"{person.name} is on call",
            placeholder="until monday · 2026-W49 · 2026-12-01 until 2026-12-08",
            hint="empty = a week from now",
            take=take,
        )

    def take_off(self, duty: Duty) -> None:
        """Take a typed time on call back."""
        draft = on_call(duty.name, duty.person, duty.rotation, duty.since, duty.since - 1, duty.shift)
        back = on_call(duty.name, duty.person, duty.rotation, duty.since, duty.until, duty.shift)
        self.write(lambda there: iter([draft]), f"No longer on call: {duty.name}", undo=lambda there: iter([back]))


def _removed(there: Directory, people: list[Person]) -> Iterator[Draft]:
    return (removed(person) for person in people[-1:] if person.id in there.by_id)


def _as_before(there: Directory, people: list[Person]) -> Iterator[Draft]:
    return (saved(person) for person in people[-1:])


def _off(there: Directory, label: str, person: Person) -> Iterator[Draft]:
    row = there.list_called(label)
    return iter([list_changed(row, leaves=[person])] if row is not None else [])


def _turned(row: PeopleList, person: Person) -> Draft:
    is_on = person.id in {member.id for member in row.members}
    return list_changed(row, leaves=[person]) if is_on else list_changed(row, joins=[person])
