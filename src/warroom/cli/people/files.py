"""`warroom people import` and `export`: CSV and vCard files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, print_json, say, standard_input
from warroom.cli.parameters import EMPTY_FILE
from warroom.cli.people.changing import write
from warroom.model.entries import Draft
from warroom.model.people import Directory, Person
from warroom.model.people_changes import Merged, drafts, merge
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted

_LISTED = 20


@click.command(
    "import",
    short_help="Take people from a CSV or vCard file.",
    help="Take people from a FILE, or from standard input with -: a table (CSV) with headings, such as Google and "
    "Outlook export, or vCards (.vcf). Somebody who is there by id, e-mail or name gets what the file says; what it "
    "leaves out stays as it is, and nobody is there twice. What is not understood is listed. All of it is taken in, or "
    "nothing if the file can't be read.",
    epilog="\b\nExamples:\n  warroom people import contacts.vcf --dry-run\n  warroom people import team.csv\n",
)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="For programs: what is new, what changes, what was left out.")
@invocation
def import_(to: Invocation, file: str, dry_run: bool, as_json: bool) -> None:
    """Import one file."""
    from warroom.addressbook.decoding import MOST_BYTES
    from warroom.addressbook.reading import read_people
    from warroom.text.files import STDIN, read_named, read_stream

    if not file.strip():
        raise click.UsageError(EMPTY_FILE)
    name = STDIN if file == "-" else file
    data = (
        read_stream(standard_input(), STDIN, MOST_BYTES)
        if file == "-"
        else read_named(Path(file).expanduser(), MOST_BYTES)
    )
    read = read_people(data, name)
    merged = Merged()

    def made(there: Directory) -> Iterator[Draft]:
        nonlocal merged
        merged = merge(there, read.found)
        yield from drafts(there, merged)

    if dry_run:
        merged = merge(to.workspace.people(), read.found)
    else:
        write(to, made)
    remarks = [*read.remarks, *merged.left_out]
    if as_json:
        _print_json(merged, remarks, dry_run)
        return
    for number, remark in remarks[:_LISTED]:
        notify(f"{f'line {number}: ' if number else ''}{remark}")
    if len(remarks) > _LISTED:
        notify(f"and {len(remarks) - _LISTED:,} more; --json lists all")
    _tell(merged, dry_run)
    if not read.found:
        raise Failed(f"{name} has nobody in it, or is no vCard or CSV file")


def _tell(merged: Merged, dry_run: bool) -> None:
    for person in merged.new[:_LISTED]:
        say(f"new      {_about(person)}")
    if len(merged.new) > _LISTED:
        say(f"new      … and {len(merged.new) - _LISTED:,} more")
    for before, now, fields in merged.changed[:_LISTED]:
        what = ", ".join(f"{field} {before.value(field) or '–'} → {now.value(field)}" for field in fields)
        say(f"changed  {clean_line(now.name)}: {clean_line(what)}")
    if len(merged.changed) > _LISTED:
        say(f"changed  … and {len(merged.changed) - _LISTED:,} more")
    for name, people in merged.joins.items():
        count = counted(len(people), "person", "people")
        say(f"list     {clean_line(name)}: {count} more")
    counts = f"{len(merged.new):,} new, {len(merged.changed):,} changed, {merged.same:,} as they were"
    say(f"{'Would take in' if dry_run else 'Taken in'}: {counts}")


def _about(person: Person) -> str:
    parts = (person.name, person.role, person.team, person.phone, person.email)
    return ", ".join(clean_line(part) for part in parts if part)


def _print_json(merged: Merged, remarks: list[tuple[int, str]], dry_run: bool) -> None:

    data = {
        "dry_run": dry_run,
        "new": [{"id": person.id, "name": person.name} for person in merged.new],
        "changed": [{"id": now.id, "name": now.name, "fields": fields} for _, now, fields in merged.changed],
        "same": merged.same,
        "lists": {name: [person.id for person in people] for name, people in merged.joins.items()},
        "remarks": [{"line": number, "text": text} for number, text in remarks],
    }
    print_json(data)


@click.command(
    "export",
    short_help="Write everybody to a CSV or vCard file.",
    help="Write everybody to a file that only you can read, or to standard output: a table (CSV), or vCards (vcf) for "
    "a phone. Both can be imported again, and nobody is there twice then. In a table, what a spreadsheet would take "
    "for a formula begins with an apostrophe.",
    epilog="\b\nExamples:\n  warroom people export -o people.csv\n  warroom people export --format vcf -o people.vcf\n",
)
@click.option("--format", "form", type=click.Choice(["csv", "vcf"]), help="csv, unless FILE ends with .vcf.")
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@invocation
def export_(to: Invocation, form: str | None, output: str | None, force: bool) -> None:
    """Write everybody."""
    from warroom.addressbook import tables, vcards
    from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save

    if output is not None and not output.strip():
        raise click.UsageError(EMPTY_FILE)
    there = to.workspace.people()
    lists: dict[str, list[str]] = {}
    for row in there.lists:
        for person in row.members:
            lists.setdefault(person.id, []).append(row.label)
    is_card = form == "vcf" if form else (output or "").lower().endswith((".vcf", ".vcard"))
    pieces = (vcards if is_card else tables).written(there.people, lists)
    if output is None or output == "-":
        for piece in pieces:
            click.echo(piece.encode(), nl=False)
        return
    path = expanded(output)
    try:
        save(path, (piece.encode() for piece in pieces), to.workspace.database, replace=force)
    except AlreadyThere as error:
        raise Failed(f"{error}; --force replaces it") from None
    except NotSaved as error:
        raise Failed(str(error)) from None
    count = counted(len(there.people), "person", "people")
    say(f"Wrote {path} with {count}; only you can read it")
