"""`warroom cancel`: cancel the incident as a false alarm or a duplicate."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import text_of
from warroom.model import acts


@click.command(
    short_help="Cancel the incident: a false alarm, or a duplicate.",
    help="Cancel the incident, with the reason: it was a false alarm, or with --duplicate-of the same as another "
    "incident. It doesn't count as resolved; whoever was told of it still has to be told.",
    epilog="""\b
Examples:
  warroom cancel "The alert fired on the test environment"
  warroom -i k7qd cancel "Both alerts are about the database" --duplicate-of m3xz
""",
)
@click.argument("reason", nargs=-1, required=True)
@click.option("--duplicate-of", metavar="REF", help="The incident that it is a duplicate of.")
@on_incident
def command(to: Invocation, reason: tuple[str, ...], duplicate_of: str | None) -> None:
    """Cancel the incident, and print what is left to do."""
    from warroom.cli.reference import other

    why = text_of(reason, "The reason is empty; say why it is cancelled, so that nobody wonders later")
    session = to.session()
    same = "" if duplicate_of is None else other(session.journal, session.incident.id, duplicate_of)
    session.apply(acts.lifecycle.cancel(why, same))
    say(f"Cancelled {session.incident.id}: {session.incident.outcome.removeprefix('cancelled: ')}")
    if session.snapshot().advice.target:
        say(session.snapshot().advice.text)
