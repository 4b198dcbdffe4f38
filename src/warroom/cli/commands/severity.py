"""`warroom severity`: change the severity."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import LEVEL, REASON, TIME


@click.command(
    short_help="Change the severity, with the reason.",
    help="Change the severity, with the reason; also prints how the clocks change.",
    epilog="""\b
Examples:
  warroom severity 1 --because "Payments are down for everyone"
  warroom severity 3 --because "Only the mobile app" --at -5m
""",
)
@click.argument("level", type=LEVEL, metavar="1-4")
@click.option("--because", type=REASON, required=True, metavar="REASON", help="Why the severity changes.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@on_incident
def command(to: Invocation, level: int, because: str, at: int | None) -> None:
    """Change the severity and print how the clocks changed."""
    session = to.session()
    was = session.incident.severity
    changes = session.change_severity(level, because, at)
    say(f"SEV{was} → SEV{session.incident.severity}")
    for change in changes:
        say(change)
