"""`warroom import`: add an incident that another journal exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Invocation, invocation, notify, say, standard_input
from warroom.model.kinds.redaction import Redacted
from warroom.text.cleaning import clean_line

if TYPE_CHECKING:
    from warroom.store.journal import Journal

MAX_BYTES = 200_000_000
"""The size limit for an exported log, in bytes: more than half a million entries."""


@click.command(
    short_help="Import an incident from another journal.",
    help="Import an incident that `warroom export log --format json` wrote to FILE (-: standard input), from another "
    "journal or an older copy of this one. Entries that are here already are not added again, so an export may be "
    "imported as often as you like. All of it is imported, or nothing.",
    epilog="""\b
Examples:
  warroom import incident.json
  warroom --db review.db import incident.json
  ssh laptop warroom export log --format json | warroom import -
""",
)
@click.argument("file", metavar="FILE")
@invocation
def command(to: Invocation, file: str) -> None:
    """Read the file, add what is new, and say how much that is."""
    from warroom.documents.log_json import read
    from warroom.model.incident import fold

    entries = read(*_contents(file))
    journal = to.workspace.open_journal(create=True)
    last = journal.last_seq()
    new = journal.import_entries(entries)
    ref = entries[0].incident
    name = f"{ref} “{clean_line(fold(journal.state(ref)).title)}”"
    total = f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}"
    if new:
        say(f"Imported {name}: {total}, {'all' if new == len(entries) else f'{new:,} of them'} new")
    else:
        say(f"Nothing to import: {name} is here already, with all its {total}")
    for entry in journal.since(last, ref):
        if isinstance(entry.body, Redacted) and entry.origin == journal.origin:
            say(f"{entry.text} (they were here already, and are redacted as in the export)")
    _tell_of_similar(journal, ref)


def _contents(file: str) -> tuple[bytes, str]:
    """What the file contains, without a byte-order mark, and its name for messages. Raises Mistake."""
    from warroom.documents.saving import expanded
    from warroom.text.files import read_bytes, read_stream

    if file == "-":
        name = "standard input"
        data = read_stream(standard_input(), name, MAX_BYTES)
    else:
        path = expanded(file)
        name = str(path)
        data = read_bytes(path, MAX_BYTES, "an exported log (a pipe is read with: warroom import -)")
    return data.removeprefix(b"\xef\xbb\xbf"), name


def _tell_of_similar(journal: Journal, ref: str) -> None:
    """Say so if the four characters that people usually type no longer name one incident."""
    near = [life.incident for life in journal.lifecycles() if life.incident != ref and life.incident[:4] == ref[:4]]
    if near:
        notify(f"the reference {near[0]} here begins with {ref[:4]} too: type more of {ref} to name this incident.")
