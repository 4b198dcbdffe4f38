"""`warroom reopen`: reopen a resolved or closed incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import REASON
from warroom.model import acts


@click.command(
    short_help="Reopen a resolved, closed or cancelled incident.",
    help="Reopen a resolved, closed or cancelled incident; its clocks start again.",
    epilog="""\b
Examples:
  warroom reopen --because "Errors are back"
  warroom -i k7qd reopen
""",
)
@click.option("--because", type=REASON, metavar="REASON", help="Why it is reopened.")
@on_incident
def command(to: Invocation, because: str | None) -> None:
    """Reopen the incident."""
    session = to.session(closed=True)
    session.apply(acts.lifecycle.reopen(because or ""))
    say(f"Reopened {session.incident.id}")
