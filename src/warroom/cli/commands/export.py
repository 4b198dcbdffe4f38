"""`warroom export`: write an incident's log or hand-over as a document."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, on_incident
from warroom.cli.parameters import BY, EMPTY_FILE, SINCE, SINCE_HELP, Once
from warroom.documents.pdf import FORM, NotPrinted, printed
from warroom.documents.registry import DOCUMENTS, REVIEW, Document, DocumentOf
from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save
from warroom.model.metrics import By
from warroom.text.cleaning import clean


@click.group(
    short_help="Export the log, hand-over, post-mortem or another document.",
    help="Export an incident as a document, or a review of all of them.",
    epilog="""\b
Examples:
  warroom export log -o incident.md
  warroom export handoff --format txt
  warroom export review --since 90d -o review.html
""",
)
def command() -> None:
    """The group of commands, one per document."""


def _options(document: DocumentOf[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that all documents have: in which format, and where."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option("--force", is_flag=True, help="Replace FILE if it exists."),
            click.option(
                "-o", "--output", metavar="FILE", default="-", help="Where to write it (default: -, standard output)."
            ),
            click.option(
                "--format",
                "form",
                type=click.Choice((*document.forms, FORM)),
                default=None,
                help="Markdown, plain text, a web page to print or send, data for programs, or PDF, which needs an "
                "installed Chromium, Chrome or Edge. Without it, the ending of FILE says which; else it is Markdown.",
            ),
        ):
            function = option(function)
        return function

    return add


def _form(document: DocumentOf[Any], form: str | None, output: str) -> str:
    """The format that was asked for, else that of the file's ending. Raises click.UsageError for a PDF on a screen."""
    forms = (*document.forms, FORM)
    ending = PurePath(output).suffix.removeprefix(".").lower()
    form = form or (ending if ending in forms else forms[0])
    if form == FORM and output == "-" and sys.stdout.isatty():
        raise click.UsageError("a PDF can't be shown on a terminal; name a file with -o")
    return form


def _command(document: Document) -> click.Command:
    """The command that writes one document of the registry."""

    @click.command(document.name, help=document.about, epilog=document.examples)
    @_options(document)
    @on_incident
    def export(to: Invocation, form: str | None, output: str, force: bool) -> None:
        form = _form(document, form, output)
        session = to.session(closed=True)
        page = partial(to.workspace.document, document, session=session)
        _put(output, _content(form, page), session.journal.path, force=force)

    return export


@command.command(REVIEW.name, help=REVIEW.about, epilog=REVIEW.examples)
@click.option("--since", type=SINCE, metavar="WHEN", help=SINCE_HELP)
@click.option("--by", cls=Once, type=click.Choice(BY), default="month", help="What to compare (default: month).")
@_options(REVIEW)
@invocation
def review(to: Invocation, since: int | None, by: By, form: str | None, output: str, force: bool) -> None:
    """Write the review of many incidents."""
    form = _form(REVIEW, form, output)
    page = partial(to.workspace.review, since=since, by=by)
    _put(output, _content(form, page), to.workspace.journal.path, force=force)
    to.workspace.reviewed()


def _content(form: str, page: Callable[[str], Iterable[str]]) -> Iterable[str | bytes]:
    """The document in pieces; a PDF is printed when it is asked for the first. Raises NotPrinted then."""
    if form == FORM:
        yield printed(page("html"))
    else:
        yield from page(form)


for _document in DOCUMENTS.values():
    command.add_command(_command(_document))


def _put(output: str, pieces: Iterable[str | bytes], journal: Path, *, force: bool) -> None:
    """Write the document to a file or to stdout. Raises Failed."""
    if not output.strip():
        raise click.UsageError(EMPTY_FILE)
    path = expanded(output)
    try:
        if output == "-":
            for piece in pieces:
                sys.stdout.buffer.write(piece if isinstance(piece, bytes) else clean(piece).encode())
            sys.stdout.buffer.flush()
            return
        save(path, pieces, journal, replace=force)
    except NotPrinted as error:
        raise Failed(str(error)) from None
    except AlreadyThere as error:
        raise Failed(f"{error}; add --force to replace it, or name another file with -o") from None
    except NotSaved as error:
        more = "" if str(error).startswith(f"{path} is ") else "; name another file with -o"
        raise Failed(f"{error}{more}") from None
    notify(f"wrote {path}")
