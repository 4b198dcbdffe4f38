"""`warroom reopen`: reopen a resolved or closed incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.model import acts
from warroom.text.cleaning import clean


@click.command(
    short_help="Reopen a resolved, closed or cancelled incident.",
    help="Reopen a resolved, closed or cancelled incident; its clocks start again.",
    epilog="""\b
Examples:
  warroom reopen --because "Errors are back"
  warroom -i k7qd reopen
""",
)
@click.option("--because", default="", metavar="REASON", help="Why it is reopened.")
@on_incident
def command(to: Invocation, because: str) -> None:
    """Reopen the incident."""
    session = to.session(closed=True)
    session.apply(acts.lifecycle.reopen(clean(because)))
    say(f"Reopened {session.incident.id}")
