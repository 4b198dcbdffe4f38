"""`warroom export`: an incident as a file to keep or to send on."""

from __future__ import annotations

import heapq
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, complain, invocation
from warroom.documents.status import encoded
from warroom.model.entries import Entry
from warroom.session import Session
from warroom.text.cleaning import clean

_PAGE = 2_000
_LOOK_BACK = 50


@click.group(
    short_help="Export the incident log, or your hand-over.",
    help="Export an incident as a document.",
    epilog="""\b
Examples:
  warroom export log -o incident.md
  warroom export handoff --format txt
""",
)
def command() -> None:
    """Group the documents that can be exported."""


_output = click.option(
    "-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output)."
)


@command.command(
    short_help="Export the incident log.",
    help="Export the incident log: header, timeline, decisions, stakeholder updates, resolution, duration.",
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
@_output
@invocation
def log(to: Invocation, form: str, output: str) -> None:
    """Export the log of one incident."""
    from warroom.documents import incident_log

    session = to.session()
    incident, now = session.incident, session.now()
    entries = _in_order(session)
    match form:
        case "json":
            pieces: Iterable[str] = incident_log.as_json(incident, session.playbook, entries, now=now)
        case "csv":
            pieces = incident_log.as_csv(entries)
        case _:
            values = incident_log.values(incident, session.playbook, entries, now=now, tz=session.tz)
            pieces = [to.workspace.document("log", form, values)]
    _put(output, pieces, session)


@command.command(
    short_help="Export your hand-over.",
    help="Export your hand-over: where it stands, what is known, who has been told what and when, the "
    "promises and running clocks, what is open, what is next.",
    epilog="""\b
Examples:
  warroom export handoff
  warroom export handoff --format txt -o handoff.txt
  warroom export handoff --format json | jq .contacts
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "txt", "json"]),
    default="md",
    help="Markdown (default), plain text, or data.",
)
@_output
@invocation
def handoff(to: Invocation, form: str, output: str) -> None:
    """Write the hand-over as it stands now."""
    from warroom.documents import handover as seat

    session = to.session()
    journal, incident = session.journal, session.incident
    # More than are shown: corrections among them are not lines of their own.
    entries = journal.timeline(incident.id, max(journal.count(incident.id) - _LOOK_BACK, 0), _LOOK_BACK)
    make = seat.as_data if form == "json" else seat.values
    values = make(incident, session.playbook, entries, author=session.author, now=session.now(), tz=session.tz)
    text = f"{encoded(values)}\n" if form == "json" else to.workspace.document("handoff", form, values)
    _put(output, [text], session)


def _put(output: str, pieces: Iterable[str], session: Session) -> None:
    """Write the document where it was asked for. Raises Failed."""
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
    moved = {key: change.at for key, change in incident.replaced.items() if not change.retracted}

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
