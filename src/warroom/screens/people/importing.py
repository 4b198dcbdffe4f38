"""Taking people from a file on the screen: what would change is shown first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from warroom.addressbook.decoding import MOST_BYTES
from warroom.addressbook.reading import read_people
from warroom.addressbook.vcards import Read
from warroom.model.entries import Draft
from warroom.model.people import Directory
from warroom.model.people_changes import Found, Merged, drafts, list_changed, merge, removed, saved
from warroom.text.cleaning import clean_line
from warroom.text.files import read_bytes
from warroom.text.mistakes import Mistake
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.screens.people.acts import PeopleActs
    from warroom.screens.people.screen import PeopleScreen

_SHOWN = 200


async def import_file(screen: PeopleScreen, acts: PeopleActs) -> None:
    """Ask for a file, show what it would change, and take that in."""
    read: list[Read] = []

    def take(typed: str) -> bool:
        if not typed.strip():
            return True
        try:
            read[:] = [read_people(read_bytes(Path(typed.strip()).expanduser(), MOST_BYTES), typed.strip())]
        except Mistake as mistake:
            screen.page.say(str(mistake), failed=True)
            return False
        return True

    await screen.page.ask(
        "", "people:file", "Take people from", placeholder="contacts.vcf or people.csv", hint="a file", take=take
    )
    if not read:
        return
    found, remarks = read[0].found, read[0].remarks
    merged = merge(screen.there, found)
    rows = _rows(merged, [*remarks, *merged.left_out])
    counts = f"{len(merged.new):,} new, {len(merged.changed):,} changed"
    if not merged.anything:
        rows.insert(0, Choice("no", "Nothing is new in it; go back"))
    else:
        rows.insert(0, Choice("yes", f"Take them in: {counts}, {merged.same:,} as they were"))
        rows.insert(1, Choice("no", "Take in nothing"))
    if await screen.page.pick(f"{len(found):,} people in this file", rows) == "yes":
        _take_in(screen, acts, found, counts)


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
    return [Choice(f"row{number}", clean_line(text), heading=True) for number, text in enumerate(texts)]
