"""`warroom people find`, and the table of people."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

import click

from warroom.cli.context import Failed, Invocation, invocation, print_json, quoted, say
from warroom.cli.parameters import SearchCommand, as_typed
from warroom.cli.status_page import terminal_columns
from warroom.model import times
from warroom.model.people import FIELDS, Directory, Person, folded
from warroom.text.cleaning import clean_line
from warroom.text.columns import Columns
from warroom.text.width import shorten, width

_GAP = "  "
_LISTED = 10
_ANY_WIDTH = 1 << 30
_HEADS = ("name", "role", "team", "systems", "phone", "time")
_LEAST = (12, 8, 8, 10, 0, 0)
"""The cells that a column has at least where the terminal is narrow; 0: it is never cut."""


@click.command(
    "find",
    cls=SearchCommand,
    short_help="Find people by name, team, role or what they own.",
    help="Find the people who have all the WORDS in their name, role, team, systems, e-mail, chat or note; first those "
    "who own what you look for.",
    epilog="\b\nExamples:\n  warroom people find payments\n  warroom people find vp engineering --json\n",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="For programs: every field.")
@invocation
def find_(to: Invocation, words: tuple[str, ...], as_json: bool) -> None:
    """Print who was found; fails if nobody was."""
    text = as_typed(" ".join(words))
    found = to.workspace.people().find(text)
    if not found and not as_json:
        raise Failed(f"nobody has {quoted(text)}; warroom people lists everybody")
    print_people(to, found, as_json=as_json)


def print_people(to: Invocation, people: Sequence[Person], *, as_json: bool) -> None:
    """Print people as a table, or all that is known of them as JSON."""
    now, tz = to.now(), to.workspace.tz
    if as_json:
        there = to.workspace.people()
        data = [as_data(there, person, now, tz) for person in people]
        print_json(data)
        return
    for row in table(people, now, tz):
        say(row)
    if not people:
        say('Nobody is known yet; begin with: warroom people add "Marcus Lee" --phone "+1 555 0100" --systems payments')
        say("or take them from a file: warroom people import contacts.vcf --dry-run")


def as_data(there: Directory, person: Person, now: int, tz: tzinfo | None) -> dict[str, Any]:
    """All that is known of a person, for programs; `local_time` is "" if the zone is not known."""
    data: dict[str, Any] = {"id": person.id} | {field: getattr(person, field) for field in FIELDS}
    data["lists"] = [row.id for row in there.lists if person in row.members]
    data["local_time"] = times.local(now, person.tz).isoformat(timespec="minutes") if person.tz else ""
    data["on_call"] = [duty.rotation for duty in there.on_call(now) if duty.person == person]
    return data


def local_time(person: Person, now: int, tz: tzinfo | None) -> str:
    """What time it is now (ms UTC) for a person, with the weekday if that is another one than in the zone `tz`."""
    if person.tz is None:
        return ""
    there, here = times.local(now, person.tz), times.local(now, tz)
    return f"{there:%H:%M}" if there.date() == here.date() else f"{there:%H:%M %a}"


def table(people: Sequence[Person], now: int, tz: tzinfo | None) -> list[str]:
    """One line for each person below the headings, fitted to the terminal; whole where the output goes to a file."""
    if not people:
        return []
    rows = [
        tuple(map(clean_line, (*(person.value(field) for field in _HEADS[:-1]), local_time(person, now, tz))))
        for person in people
    ]
    columns = Columns(_HEADS, _LEAST, (1, 2, 3))
    widths = columns.fitted(rows, terminal_columns() if sys.stdout.isatty() else _ANY_WIDTH)
    return [_line(row, widths) for row in (_HEADS, *rows)]


def _line(row: Sequence[str], widths: list[int]) -> str:
    cells = [(shorten(text, room), room) for text, room in zip(row, widths, strict=True) if room]
    return _GAP.join(text + " " * (room - width(text)) for text, room in cells).rstrip()


def person_of(there: Directory, typed: str, *, erasing: bool = False) -> Person:
    """The person who was meant, by id, e-mail, name or beginnings of its parts that only they have.

    For `erasing`, no beginnings are enough, and it may be one who was removed.

    Raises click.UsageError, with those to choose from.
    """
    name = clean_line(as_typed(typed)).strip()
    if name in there.by_id:
        return there.by_id[name]
    if (only := there.called(name)) is not None:
        return only
    same = [person for person in there.people if _is(person, name)]
    if erasing:
        same += [person for person in there.former if name in (person.id, person.email) or _is(person, name)]
        if not same:
            raise click.UsageError(
                f"Nobody is called exactly {quoted(name)}; give the whole name, the e-mail or the id"
            )
    found = same or there.named_so(name)
    if len(found) == 1:
        return found[0]
    told = f"Several people are {quoted(name)}; give the id of one:"
    if not found:
        found = there.find(name) if name else []
        told = f"Nobody is called {quoted(name)}; give the id of one of these, who have the words:"
    if not found:
        raise click.UsageError(f"Nobody is called {quoted(name)}; warroom people lists everybody")
    rows = [f"  {person.id}  {_about(person)}" for person in found[:_LISTED]]
    more = [f"  … and {len(found) - _LISTED:,} more"] if len(found) > _LISTED else []
    raise click.UsageError("\n".join([told, *rows, *more]))


def _is(person: Person, name: str) -> bool:
    return folded(person.name) == folded(name)


def _about(person: Person) -> str:
    return ", ".join(filter(None, map(clean_line, (person.name, person.role, person.team, person.email))))
