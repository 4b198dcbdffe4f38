"""`warroom people lists` and `list`: who is told together."""

from __future__ import annotations

from collections.abc import Iterator

import click

from warroom.cli.context import Invocation, invocation, print_json, quoted, say
from warroom.cli.parameters import TextCommand, as_typed
from warroom.cli.people.changing import write
from warroom.cli.people.listing import person_of, print_people
from warroom.model.entries import Draft
from warroom.model.people import Directory, PeopleList
from warroom.model.people_changes import list_changed, list_removed, new_list

_ACTS = ("add", "remove", "delete")


@click.command(
    "lists",
    short_help="The lists of people who are told together.",
    help="The lists of people who are told together: leadership, customer success, support, customers, and your own. A "
    "message to the audience of that name goes to their e-mail addresses.",
    epilog="\b\nExamples:\n  warroom people lists\n",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: the ids of the members.")
@invocation
def lists_(to: Invocation, as_json: bool) -> None:
    """Print each list with its members."""
    rows = to.workspace.people().lists
    if as_json:
        data = [{"id": row.id, "label": row.label, "members": [person.id for person in row.members]} for row in rows]
        print_json(data)
        return
    for row in rows:
        say(f"{row.label}: {', '.join(person.name for person in row.members) or 'nobody yet'}")


@click.command(
    "list",
    cls=TextCommand,
    short_help="Show a list, or put people on it or take them off.",
    help="Show the list NAME. With add or remove, put a PERSON on it or take them off it; adding to a list that is not "
    "there makes it. With delete, the list is gone, and its people stay. Put quotes around a name with spaces.",
    epilog='\b\nExamples:\n  warroom people list leadership add "Dana Cole"\n'
    '  warroom people list "customer success" remove Ana\n  warroom people list leadership\n',
)
@click.argument("name")
@click.argument("act", required=False, metavar="[add|remove|delete]")
@click.argument("people", nargs=-1, metavar="[PERSON]…")
@click.option("--json", "as_json", is_flag=True, help="For programs: every field of the members.")
@invocation
def list_(to: Invocation, name: str, act: str | None, people: tuple[str, ...], as_json: bool) -> None:
    """Show a list, or change it."""
    name = as_typed(name)
    if act is None:
        row = _there(to.workspace.people(), name)
        if not row.members and not as_json:
            say(f'Nobody is on it yet; add somebody with: warroom people list {row.id} add "Dana Cole"')
            return
        print_people(to, row.members, as_json=as_json)
        return
    if act not in _ACTS:
        raise click.UsageError(f"{quoted(act)} is none of add, remove and delete")
    if people and act == "delete":
        raise click.UsageError("delete takes no PERSON; remove takes people off the list")
    if not people and act != "delete":
        raise click.UsageError(f"Say who: warroom people list NAME {act} PERSON")
    said: list[str] = []

    def drafts(there: Directory) -> Iterator[Draft]:
        row = there.list_called(name)
        if row is None and act == "add":
            row = new_list(name, there)
        row = row or _there(there, name)
        if act == "delete":
            yield list_removed(row)
            said.append(f"{row.label}: deleted")
            return
        found = [person_of(there, one) for one in people]
        if act == "add":
            changed = [person for person in found if person not in row.members]
            if changed:
                yield list_changed(row, joins=changed)
        else:
            changed = [person for person in found if person in row.members]
            if changed:
                yield list_changed(row, leaves=changed)
        for person in found:
            if act == "add":
                mail = "" if person.email else ", without an e-mail address yet"
                said.append(f"{row.label}: {person.name} is on it{mail}")
            else:
                said.append(f"{row.label}: {person.name} is not on it{' any more' if person in changed else ''}")

    write(to, drafts)
    for line in said:
        say(line)


def _there(there: Directory, name: str) -> PeopleList:
    row = there.list_called(name)
    if row is None:
        known = ", ".join(row.label for row in there.lists)
        raise click.UsageError(f"There is no list {quoted(name)}; the lists are {known}")
    return row
