"""`warroom export`: write an incident's log or hand-over as a document."""

from __future__ import annotations

from functools import partial

import click

from warroom.cli.context import Invocation, invocation, on_incident
from warroom.cli.documents import content, document_options, form_of, put
from warroom.cli.parameters import BY, SINCE, SINCE_HELP, Once
from warroom.documents.registry import DOCUMENTS, REVIEW, Document
from warroom.model.metrics import By


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


def _command(document: Document) -> click.Command:
    """The command that writes one document of the registry."""

    @click.command(document.name, help=document.about, epilog=document.examples)
    @document_options(document)
    @on_incident
    def export(to: Invocation, form: str | None, output: str, force: bool) -> None:
        form = form_of(document, form, output)
        session = to.session(closed=True)
        page = partial(to.workspace.document, document, session=session)
        put(output, content(form, page), session.journal.path, force=force)

    return export


@command.command(REVIEW.name, help=REVIEW.about, epilog=REVIEW.examples)
@click.option("--since", type=SINCE, metavar="WHEN", help=SINCE_HELP)
@click.option("--by", cls=Once, type=click.Choice(BY), default="month", help="What to compare (default: month).")
@document_options(REVIEW)
@invocation
def review(to: Invocation, since: int | None, by: By, form: str | None, output: str, force: bool) -> None:
    """Write the review of many incidents."""
    form = form_of(REVIEW, form, output)
    page = partial(to.workspace.review, since=since, by=by)
    put(output, content(form, page), to.workspace.journal.path, force=force)
    to.workspace.reviewed()


for _document in DOCUMENTS.values():
    command.add_command(_command(_document))
