"""`warroom import`: add an incident that another journal exported, or a timeline that people wrote down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, print_data, say, standard_input
from warroom.cli.parameters import EMPTY_FILE
from warroom.model import times
from warroom.model.kinds.redaction import Redacted
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_deep, clean_line
from warroom.text.counts import counted

if TYPE_CHECKING:
    from warroom.store.foreign import Foreign
    from warroom.store.journal import Journal

MAX_BYTES = 200_000_000
"""The size limit for an exported log, in bytes: more than half a million entries."""


@click.command(
    short_help="Import a timeline, or an incident from another journal.",
    help="Import a timeline as people keep it (a list, a table, a chat, CSV, JSON) from FILE (-: standard input). Look "
    "at it first with --dry-run: each line stands beside what was understood. --new makes an incident of it, "
    "--into adds it to one. All of it is imported, or nothing; what is here already is not added again, so a longer "
    "version may be imported later. An incident that `warroom export log --format json` wrote comes back exactly as it "
    "was.",
    epilog="""\b
Examples:
  warroom import timeline.md --dry-run
  warroom import timeline.md --new "Checkout errors"
  warroom import timeline.md --new "Checkout errors" --ended last
  pbpaste | warroom import - --into k7qd --date 2026-11-23 --zone CET
  warroom import notes.txt --dry-run --date "2026-11-23 03:12" --zone UTC
  warroom --db review.db import incident.json
""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "--date", "day", metavar="DAY", help="The day of the first line, if no line says it; for T+5m, what T is."
)
@click.option(
    "--zone", metavar="ZONE", help="The zone of the times, if no line says it: UTC, CET, Europe/Berlin, +02:00."
)
@click.option("--into", metavar="REF", help="Add it to this incident.")
@click.option("--new", "title", metavar="TITLE", help="Make an incident of it, with this title.")
@click.option("--ended", metavar="WHEN", help="When it was over, if no line says it; last: with the last line.")
@click.option("--dry-run", is_flag=True, help="Only show what would be imported.")
@click.option("--json", "as_json", is_flag=True, help="Show what was understood as JSON.")
@invocation
def command(
    to: Invocation,
    file: str,
    day: str | None,
    zone: str | None,
    into: str | None,
    title: str | None,
    ended: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read the file, add what is new, and say how much that is."""
    from warroom.documents.log_json import is_log

    data, name = _contents(file)
    if is_log(data):
        for option, value in (
            ("--date", day),
            ("--zone", zone),
            ("--into", into),
            ("--new", title),
            ("--ended", ended),
        ):
            if value is not None:
                raise click.UsageError(f"This is an incident that warroom exported, so leave out {option}")
        _import_log(to, data, name, dry_run=dry_run, as_json=as_json)
        return
    from warroom.cli.timeline_import import import_timeline

    import_timeline(
        to,
        data,
        name,
        day=day,
        zone_name=zone,
        into=into,
        title=title,
        ended=ended,
        dry_run=dry_run,
        as_json=as_json,
    )


def _import_log(to: Invocation, data: bytes, name: str, *, dry_run: bool, as_json: bool) -> None:
    from warroom.documents.log_json import read
    from warroom.model.incident import fold

    entries = read(data, name)
    total = counted(len(entries), "entry", "entries")
    if as_json:
        _print_log(entries)
    if dry_run and as_json:
        return
    if dry_run:
        say(f"{total} of incident {entries[0].incident}, which a journal exported; nothing was imported (--dry-run)")
        return
    journal = to.workspace.open_journal(create=True)
    if to.workspace.drill is not None:
        raise Failed("This is a drill's file, in which nothing is real: import it into your own journal.")
    last = journal.last_seq()
    new = journal.import_entries(entries)
    ref = entries[0].incident
    named = f"{ref} “{clean_line(fold(journal.state(ref)).name)}”"
    tell = notify if as_json else say
    if new:
        tell(f"Imported {named}: {total}, {'all' if new == len(entries) else f'{new:,} of them'} new")
    else:
        tell(f"Nothing to import: {named} is here already, with all its {total}")
    _tell_of_similar(journal, ref)
    redacted = [e for e in journal.since(last, ref) if isinstance(e.body, Redacted) and e.origin == journal.origin]
    for entry in redacted:
        tell(f"{entry.text} (they were here already, and are redacted as in the export)")
    if redacted:
        try:
            to.workspace.make_daily_copy(anew=True)
        except StoreError as error:
            raise Failed(f"Daily copies of the file still have the words: {error} Delete them.") from None


def _print_log(entries: Sequence[Foreign]) -> None:
    """Print the entries of an exported log in the form that those of a timeline have, in which no line is guessed."""
    found = [
        {
            "line": None,
            "at": times.iso(entry.at),
            "precision": "exact",
            "kind": entry.kind,
            "text": entry.text,
            "who": entry.author,
        }
        for entry in entries
    ]
    shown = {"entries": found, "not_understood": [], "remarks": []}
    print_data(json.dumps(clean_deep(shown), ensure_ascii=False, indent=2))


def _contents(file: str) -> tuple[bytes, str]:
    """What the file contains, without a byte-order mark, and its name for messages. Raises Mistake."""
    from warroom.documents.saving import expanded
    from warroom.text.files import read_bytes, read_stream

    if file == "-":
        name = "standard input"
        data = read_stream(standard_input(), name, MAX_BYTES)
    else:
        if not file.strip():
            raise click.UsageError(EMPTY_FILE)
        path = expanded(file)
        name = str(path)
        data = read_bytes(path, MAX_BYTES, "a timeline or an exported log (a pipe is read with: warroom import -)")
    return data.removeprefix(b"\xef\xbb\xbf"), name


def _tell_of_similar(journal: Journal, ref: str) -> None:
    """Say so if the four characters that people usually type no longer name one incident."""
    near = [life.incident for life in journal.lifecycles() if life.incident != ref and life.incident[:4] == ref[:4]]
    if near:
        notify(f"the reference {near[0]} here begins with {ref[:4]} too: type more of {ref} to name this incident.")
