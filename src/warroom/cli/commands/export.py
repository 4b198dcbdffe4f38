"""`warroom export`: write an incident's log or hand-over as a document."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import PurePath

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident
from warroom.documents.pdf import FORM, NotPrinted, printed
from warroom.documents.registry import DOCUMENTS, Document
from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save
from warroom.session import Session
from warroom.text.cleaning import clean


@click.group(
    short_help="Export the log, hand-over, post-mortem or another document.",
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
    forms = (*document.forms, FORM)

    @click.command(document.name, help=document.about, epilog=document.examples)
    @click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=None,
        help="Markdown, plain text, a web page to print or send, data for programs, or PDF, which needs an installed "
        "Chromium, Chrome or Edge. Without it, the ending of FILE says which; else it is Markdown.",
    )
    @click.option(
        "-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output)."
    )
    @click.option("--force", is_flag=True, help="Replace FILE if it exists.")
    @on_incident
    def export(to: Invocation, form: str | None, output: str, force: bool) -> None:
        ending = PurePath(output).suffix.removeprefix(".").lower()
        form = form or (ending if ending in forms else forms[0])
        if form == FORM and output == "-" and sys.stdout.isatty():
            raise click.UsageError("a PDF can't be shown on a terminal; name a file with -o")
        session = to.session(closed=True)
        _put(output, _content(to, document, form, session), session, force=force)

    return export


def _content(to: Invocation, document: Document, form: str, session: Session) -> Iterable[str | bytes]:
    """The document in pieces; a PDF is printed when it is asked for the first. Raises NotPrinted then."""
    if form == FORM:
        yield printed(to.workspace.document(document, "html", session))
    else:
        yield from to.workspace.document(document, form, session)


for _document in DOCUMENTS.values():
    command.add_command(_command(_document))


def _put(output: str, pieces: Iterable[str | bytes], session: Session, *, force: bool) -> None:
    """Write the document to a file or to stdout. Raises Failed."""
    path = expanded(output)
    try:
        if output == "-":
            for piece in pieces:
                sys.stdout.buffer.write(piece if isinstance(piece, bytes) else clean(piece).encode())
            sys.stdout.buffer.flush()
            return
        save(path, pieces, session.journal.path, replace=force)
    except NotPrinted as error:
        raise Failed(str(error)) from None
    except AlreadyThere as error:
        raise Failed(f"{error}; add --force to replace it, or name another file with -o") from None
    except NotSaved as error:
        more = "" if str(error).startswith(f"{path} is ") else "; name another file with -o"
        raise Failed(f"{error}{more}") from None
    notify(f"wrote {path}")
