"""`warroom close`: close a resolved incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.model import acts
from warroom.text.cleaning import clean


@click.command(
    short_help="Close a resolved incident.",
    help="Close a resolved incident: nothing more can be logged unless it is reopened. TEXT is a last remark.",
    epilog="""\b
Examples:
  warroom close
  warroom -i k7qd close "Post-mortem on Thursday"
""",
)
@click.argument("text", nargs=-1)
@on_incident
def command(to: Invocation, text: tuple[str, ...]) -> None:
    """Close the incident."""
    session = to.session()
    session.apply(acts.lifecycle.close(clean(" ".join(text))))
    say(f"Closed {session.incident.id}")
