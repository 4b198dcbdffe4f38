"""`warroom export`: write an incident's log or hand-over as a document."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident
from warroom.documents.pdf import FORM, NotPrinted, printed
from warroom.documents.registry import DOCUMENTS, Document
from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save
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
        type=click.Choice((*document.forms, FORM)),
        default=default,
        help="Markdown (default), plain text, a web page to print or send, data for programs, or PDF, which needs an "
        "installed Chromium, Chrome or Edge.",
    )
    @click.option(
        "-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output)."
    )
    @click.option("--force", is_flag=True, help="Replace FILE if it exists.")
    @on_incident
    def export(to: Invocation, form: str, output: str, force: bool) -> None:
        if form == FORM and output == "-" and sys.stdout.isatty():
            raise click.UsageError("a PDF can't be shown on a terminal; name a file with -o")
        session = to.session(closed=True)
        _put(output, _content(to, document, form, session), session, force=force)

    return export


def _content(to: Invocation, document: Document, form: str, session: Session) -> Iterable[str | bytes]:
    """The document in pieces. Raises Failed if there is no PDF of it."""
    if form != FORM:
        return to.workspace.document(document, form, session)
    try:
        return [printed(to.workspace.document(document, "html", session))]
    except NotPrinted as error:
        raise Failed(str(error)) from None


for _document in DOCUMENTS.values():
    command.add_command(_command(_document))


def _put(output: str, pieces: Iterable[str | bytes], session: Session, *, force: bool) -> None:
    """Write the document to a file or to stdout. Raises Failed."""
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece if isinstance(piece, bytes) else clean(piece).encode())
        sys.stdout.buffer.flush()
        return
    path = expanded(output)
    try:
        save(path, pieces, session.journal.path, replace=force)
    except AlreadyThere as error:
        raise Failed(f"{error}; add --force to replace it, or name another file with -o") from None
    except NotSaved as error:
        more = "" if str(error).startswith(f"{path} is ") else "; name another file with -o"
        raise Failed(f"{error}{more}") from None
    notify(f"wrote {path}")
