"""What every command that writes a document shares: in which format, where, and how it is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any

import click

from warroom.cli.context import Failed, notify, quoted
from warroom.cli.parameters import EMPTY_FILE
from warroom.documents.pdf import FORM, NotPrinted, printed
from warroom.documents.registry import DocumentOf
from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save
from warroom.text.cleaning import clean


def document_options(
    document: DocumentOf[Any], otherwise: str = "Markdown"
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that all documents have: in which format, which is `otherwise` if nothing says which, and where."""

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
                "installed Chromium, Chrome or Edge. Without it, the ending of FILE says which; else it is "
                f"{otherwise}.",
            ),
        ):
            function = option(function)
        return function

    return add


def form_of(document: DocumentOf[Any], form: str | None, output: str, *, otherwise: str = "") -> str:
    """The format that was asked for, else that of the file's ending, else `otherwise`, or the document's first.

    What the ending does not say is said on stderr. Raises click.UsageError for a PDF on a screen.
    """
    forms = (*document.forms, FORM)
    ending = PurePath(output).suffix.removeprefix(".").lower()
    if not form and ending in forms:
        form = ending
    elif not form:
        form = otherwise or forms[0]
        if ending:
            name = quoted(PurePath(output).name)
            notify(f"{name} has none of the endings {', '.join(forms)}, so it is {form}; or give --format.")
    if form == FORM and output == "-" and sys.stdout.isatty():
        raise click.UsageError("a PDF can't be shown on a terminal; name a file with -o")
    return form


def content(form: str, page: Callable[[str], Iterable[str]]) -> Iterable[str | bytes]:
    """The document in pieces; a PDF is printed when it is asked for the first. Raises NotPrinted then."""
    if form == FORM:
        yield printed(page("html"))
    else:
        yield from page(form)


def put(output: str, pieces: Iterable[str | bytes], journal: Path, *, force: bool) -> None:
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
