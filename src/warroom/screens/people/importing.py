"""Taking people from a file on the screen: what would change is shown first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from warroom.addressbook.decoding import MOST_BYTES
from warroom.addressbook.reading import read_people
from warroom.addressbook.rotas import Rota, is_calendar, read_rota
from warroom.addressbook.vcards import Read
from warroom.model import ids
from warroom.model.entries import Body, Draft
from warroom.model.kinds.people import OnCallRead
from warroom.model.people import Directory, folded
from warroom.model.people_changes import Found, Merged, drafts, list_changed, merge, removed, saved
from warroom.screens.people.words import when_of
from warroom.text.cleaning import clean_line
from warroom.text.files import read_bytes
from warroom.text.mistakes import Mistake
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.screens.people.acts import PeopleActs
    from warroom.screens.people.screen import PeopleScreen

_SHOWN = 200


async def import_file(screen: PeopleScreen, acts: PeopleActs) -> None:
    """Ask for a file of people or of who is on call, show what it would change, and take that in."""
    workspace = screen.workspace
    read: list[Read | Rota] = []

    def take(typed: str) -> bool:
        name = typed.strip()
        if not name:
            return True
        try:
            data = read_bytes(Path(name).expanduser(), MOST_BYTES)
            if is_calendar(data, name):
                read[:] = [read_rota(data, name, "", workspace.now(), workspace.tz)]
            else:
                read[:] = [read_people(data, name)]
        except Mistake as mistake:
            screen.page.say(str(mistake), failed=True)
            return False
        return True

    await screen.page.ask(
        "",
        "people:file",
        "Read a file",
        placeholder="contacts.vcf, people.csv, or rota.ics for who is on call",
        take=take,
    )
    for found in read:
        if isinstance(found, Rota):
            await _import_rota(screen, acts, found)
        else:
            await _import_people(screen, acts, found)


async def _import_people(screen: PeopleScreen, acts: PeopleActs, read: Read) -> None:
    merged = merge(screen.there, read.found)
    rows = _rows(merged, [*read.remarks, *merged.left_out])
    counts = f"{len(merged.new):,} new, {len(merged.changed):,} changed"
    if not merged.anything:
        rows.insert(0, Choice("no", "Nothing is new in it; go back"))
    else:
        rows.insert(0, Choice("yes", f"Take them in: {counts}, {merged.same:,} as they were"))
        rows.insert(1, Choice("no", "Take in nothing"))
    if await screen.page.pick(f"{len(read.found):,} people in this file", rows) == "yes":
        _take_in(screen, acts, read.found, counts)


async def _import_rota(screen: PeopleScreen, acts: PeopleActs, rota: Rota) -> None:
    found, tz = rota.taken(screen.there), screen.workspace.tz
    count = f"{len(found.shifts):,} {'time' if len(found.shifts) == 1 else 'times'} on call for {rota.rotation}"
    texts = [f"left out: {f'line {line}: ' if line else ''}{text}" for line, text in rota.remarks(found)]
    texts += [f"{shift.name}: {when_of(shift.since, tz)} – {when_of(shift.until, tz)}" for shift in found.shifts]
    rows = [Choice("yes", f"Read {count}")] if found.shifts else []
    rows.append(Choice("no", "Read nothing"))
    if await screen.page.pick(count, [*rows, *_to_read(texts[:_SHOWN])]) != "yes":
        return
    entries = screen.workspace.register(ids.REGISTER_PEOPLE).read()
    before = [entry.body for entry in entries if _is_of(entry.body, rota)]
    empty = Draft(OnCallRead(rota.rotation), f"on call for {rota.rotation}: nothing of a calendar")
    back = Draft(before[-1], f"on call for {rota.rotation}: as it was read before") if before else empty
    done = f"Read: {count}; f shows them"
    acts.write(lambda there: iter([rota.taken(there).draft]), done, undo=lambda there: iter([back]))


def _is_of(body: Body, rota: Rota) -> bool:
    return isinstance(body, OnCallRead) and folded(body.rotation) == folded(rota.rotation)


def _take_in(screen: PeopleScreen, acts: PeopleActs, found: list[Found], counts: str) -> None:
    merged = Merged()

    def made(there: Directory) -> Iterator[Draft]:
        nonlocal merged
        merged = merge(there, found)
        yield from drafts(there, merged)

    def back(there: Directory) -> Iterator[Draft]:
        for person in merged.new:
            yield removed(person)
        for before, _, _ in merged.changed:
            yield saved(before)
        for name, people in merged.joins.items():
            if (row := there.list_called(name)) is not None:
                yield list_changed(row, leaves=people)

    acts.write(made, f"Taken in: {counts}", undo=back)


def _rows(merged: Merged, remarks: list[tuple[int, str]]) -> list[Choice]:
    """What the file says, to look through before it is taken in; none of these rows can be chosen."""
    texts = [f"new: {person.name} {person.contact}" for person in merged.new[:_SHOWN]]
    texts += [f"changed: {now.name}: {', '.join(fields)}" for _, now, fields in merged.changed[:_SHOWN]]
    texts += [f"left out: {f'line {line}: ' if line else ''}{text}" for line, text in remarks[:_SHOWN]]
    return _to_read(texts)


def _to_read(texts: list[str]) -> list[Choice]:
    return [Choice(f"row{number}", clean_line(text), heading=True) for number, text in enumerate(texts)]
