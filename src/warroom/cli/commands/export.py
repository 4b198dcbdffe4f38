"""`warroom export`: write an incident's log or hand-over as a document."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident
from warroom.documents.registry import DOCUMENTS, Document
from warroom.session import Session
from warroom.text.cleaning import clean


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
    """The group of commands, one per document."""


def _command(document: Document) -> click.Command:
    """The command that writes one document of the registry."""
    default, *_ = document.forms

    @click.command(document.name, help=document.about, epilog=document.examples)
    @click.option(
        "--format",
        "form",
        type=click.Choice(document.forms),
        default=default,
        help="Markdown (default), plain text, a web page to print or send, or data for programs.",
    )
    @click.option(
        "-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output)."
    )
    @on_incident
    def export(to: Invocation, form: str, output: str) -> None:
        session = to.session(closed=True)
        _put(output, to.workspace.document(document, form, session), session)

    return export


for _document in DOCUMENTS.values():
    command.add_command(_command(_document))


def _put(output: str, pieces: Iterable[str], session: Session) -> None:
    """Write the document to a file or to stdout. Raises Failed."""
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(clean(piece).encode())
        sys.stdout.buffer.flush()
        return
    path = Path(output).expanduser()
    _write(path, pieces, session.journal.path)
    notify(f"wrote {path}")


def _write(path: Path, pieces: Iterable[str], journal: Path) -> None:
    """Write the complete document or nothing, readable only by its owner. Raises Failed.

    A link stays a link, and its target is written; a device or a pipe is written to directly.
    """
    if path.is_dir():
        raise Failed(f"{path} is a folder; name a file in it")
    if path.exists() and path.samefile(journal):
        raise Failed(f"{path} is the journal itself; name another file")
    try:
        place = path.resolve()
        if place.exists() and not place.is_file():
            with place.open("wb") as file:
                _write_all(file, pieces)
        else:
            _replace(place, pieces)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to one another
        reason = error.strerror if isinstance(error, OSError) else "its links lead nowhere"
        raise Failed(f"{path} can't be written ({reason}); name another file with -o") from None


def _replace(path: Path, pieces: Iterable[str]) -> None:
    making = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.new")
    try:
        with os.fdopen(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            _write_all(file, pieces)
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def _write_all(file: IO[bytes], pieces: Iterable[str]) -> None:
    for piece in pieces:
        file.write(clean(piece).encode())
