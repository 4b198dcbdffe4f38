"""`warroom people add`, `set` and `remove`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from warroom.cli.context import Invocation, invocation, notify, quoted, say
from warroom.cli.parameters import TextCommand, as_typed, text_of
from warroom.cli.people.listing import person_of
from warroom.model.entries import Draft, Entry
from warroom.model.people import FIELDS, Directory, Person
from warroom.model.people_changes import WrongField, new_id, removed, saved, with_fields

_HELPS = {
    "role": "What the person does: VP Engineering, SRE.",
    "team": "The team.",
    "systems": "What the person owns, with commas: payments, ledger.",
    "phone": "The phone number.",
    "email": "The e-mail address.",
    "chat": "The name in your chat: @marcus.",
    "zone": "The time zone: Europe/Berlin.",
    "hours": "When to reach them best: 9-18, never on Friday.",
    "note": "Anything else.",
}


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, text in reversed(_HELPS.items()):
        command = click.option(f"--{name}", metavar=name.upper(), help=text)(command)
    return command


def write(to: Invocation, drafts: Callable[[Directory], Iterator[Draft]]) -> list[Entry]:
    """Write what is made of everybody who is known at that moment, all or none. Raises click.UsageError."""

    def made(there: Directory) -> Iterator[Draft]:
        try:
            yield from drafts(there)
        except WrongField as error:
            raise click.UsageError(f"{str(error)[:1].upper()}{str(error)[1:]}") from None

    to.workspace.open_journal(create=True)
    return to.workspace.change_people(made)


@click.command(
    "add",
    cls=TextCommand,
    short_help="Add a person.",
    help="Add a person. If somebody of that name is there, nothing is added, unless you say that it is --another.",
    epilog='\b\nExamples:\n  warroom people add "Kim Roe" --phone "+1 555 0100" --systems payments\n',
)
@click.argument("name", nargs=-1, required=True)
@_fields
@click.option("--another", is_flag=True, help="Somebody else of the same name.")
@invocation
def add_(to: Invocation, /, name: tuple[str, ...], another: bool, **given: str | None) -> None:
    """Add one person, and print the id."""
    values = {"name": as_typed(" ".join(name))} | {field: text for field, text in given.items() if text is not None}
    added: list[Person] = []

    def drafts(there: Directory) -> Iterator[Draft]:
        person = with_fields(Person(new_id(there.by_id.__contains__), ""), values)
        if not another and (same := there.called(person.name) or there.by_email.get(person.email.casefold())):
            raise click.UsageError(
                f"{same.name} ({same.id}) is there already; change them with: warroom people set {same.id} FIELD "
                f"VALUE, or add somebody else of that name with --another"
            )
        added.append(person)
        yield saved(person)

    write(to, drafts)
    say(f"{added[-1].id}: {added[-1].name}")


@click.command(
    "set",
    cls=TextCommand,
    short_help="Change one field of a person.",
    help=f"Change one FIELD of a person: {', '.join(FIELDS)}. Without a VALUE, it is emptied. NAME is a name, an "
    "e-mail, an id, or enough of a name to be unique; put quotes around one with spaces.",
    epilog='\b\nExamples:\n  warroom people set Marcus phone "+1 555 0199"\n'
    '  warroom people set "Marcus Lee" systems "payments, ledger"\n',
)
@click.argument("name")
@click.argument("field")
@click.argument("value", nargs=-1)
@invocation
def set_(to: Invocation, name: str, field: str, value: tuple[str, ...]) -> None:
    """Change one field."""
    if field not in FIELDS:
        raise click.UsageError(f"There is no field {quoted(field)}; the fields are {', '.join(FIELDS)}")
    text = text_of(value, "The value is empty; leave it out to empty the field")
    done: list[str] = []

    def drafts(there: Directory) -> Iterator[Draft]:
        before = person_of(there, name)
        now = with_fields(before, {field: text})
        if now != before:
            yield saved(now)
        done.append(f"{now.name}: {field} {now.value(field) or 'is empty'}")

    if not write(to, drafts):
        notify("they have that already; nothing is changed.")
    say(done[-1])


@click.command(
    "remove",
    cls=TextCommand,
    short_help="Take a person off, everywhere.",
    help="A person is no longer known, and on no list. What was known stays in the file, where nobody sees it; "
    "warroom people forget erases it.",
    epilog='\b\nExamples:\n  warroom people remove "Marcus Lee"\n',
)
@click.argument("name", nargs=-1, required=True)
@invocation
def remove_(to: Invocation, name: tuple[str, ...]) -> None:
    """Remove one person."""

    def drafts(there: Directory) -> Iterator[Draft]:
        yield removed(person_of(there, " ".join(name)))

    (entry,) = write(to, drafts)
    say(f"{entry.text[:1].upper()}{entry.text[1:]}")
