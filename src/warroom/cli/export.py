"""`warroom export`: an incident as a file to keep or to send on."""

from __future__ import annotations

import heapq
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, complain, invocation
from warroom.model.cleaning import clean
from warroom.model.entries import Amended, Entry
from warroom.session import Session

_PAGE = 2_000


@click.group(
    help="Write an incident out as a document.",
    epilog="""\b
Examples:
  warroom export log -o incident.md
""",
)
def export() -> None:
    """Hold the documents that can be written."""


@export.command(
    help="Write the incident log: header, timeline, decisions, stakeholder updates, resolution, duration.",
    epilog="""\b
Examples:
  warroom export log
  warroom export log --format txt -o incident.txt
  warroom -i k7qd export log --format csv -o timeline.csv
  warroom export log --format json | jq .duration_s
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "txt", "json", "csv"]),
    default="md",
    help="Markdown (default), plain text, or every entry as data.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output).")
@invocation
def log(to: Invocation, form: str, output: str) -> None:
    """Write the log of one incident."""
    from warroom import places
    from warroom.comms import documents

    session = to.session()
    incident, now = session.incident, session.now()
    entries = _in_order(session)
    match form:
        case "json":
            pieces: Iterable[str] = documents.as_json(incident, entries, now=now)
        case "csv":
            pieces = documents.as_csv(entries)
        case _:
            values = documents.values(incident, session.playbook, entries, now=now, tz=session.tz)
            own, shipped = places.config_folder() / "templates" / "documents", places.templates() / "documents"
            pieces = [documents.render(form, values, own=own, shipped=shipped)]
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(clean(piece).encode())
        sys.stdout.buffer.flush()
        return
    path = Path(output).expanduser()
    _write(path, pieces, session.journal.path)
    complain(f"wrote {path}")


def _in_order(session: Session) -> Iterator[Entry]:
    """All entries in the order they happened, corrected times taken into account, read a page at a time."""
    journal, incident = session.journal, session.incident
    moved = {key: change.at for key, change in incident.replaced.items() if isinstance(change.body, Amended)}

    def happened(entry: Entry) -> tuple[int, tuple[int, str, int]]:
        return moved.get(entry.key, entry.at), entry.order

    elsewhere = sorted(filter(None, map(journal.entry, moved)), key=happened)
    in_place = (entry for entry in _pages(session) if entry.key not in moved)
    return heapq.merge(in_place, elsewhere, key=happened)


def _pages(session: Session) -> Iterator[Entry]:
    offset = 0
    while page := session.journal.timeline(session.incident.id, offset, _PAGE):
        yield from page
        offset += len(page)


def _write(path: Path, pieces: Iterable[str], journal: Path) -> None:
    """Put the document in its place whole or not at all, readable by its owner only. Raises Failed."""
    if path.is_dir():
        raise Failed(f"{path} is a folder; name a file in it")
    if path.exists() and path.samefile(journal):
        raise Failed(f"{path} is the journal itself; name another file")
    making = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.new")
    try:
        with os.fdopen(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for piece in pieces:
                file.write(clean(piece).encode())
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
    except OSError as error:
        raise Failed(f"{path} can't be written ({error.strerror}); name another file with -o") from None
    finally:
        making.unlink(missing_ok=True)
