"""`warroom resolve`: resolve the incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, notify, on_incident, say
from warroom.cli.parameters import TIME, text_of
from warroom.model import acts, times


@click.command(
    short_help="Resolve the incident.",
    help="Resolve the incident: the fix is in and verified. TEXT says how.",
    epilog="""\b
Examples:
  warroom resolve "Rolled back to v2.3.1, checkout verified"
  warroom resolve --at 05:32
  warroom -i k7qd resolve "Primaries back in the east" --at -10m
""",
)
@click.argument("text", nargs=-1)
@click.option("--at", type=TIME, metavar="TIME", help="When users stopped being affected (default: now).")
@on_incident
def command(to: Invocation, text: tuple[str, ...], at: int | None) -> None:
    """Resolve the incident, and print how long it lasted, and whether words that were told say that it was less."""
    from warroom.messages.worked_since import ended_before

    how = text_of(text, "The text is empty; say how it was resolved, or leave it out")
    session = to.session()
    session.apply(acts.lifecycle.resolve(how, at))
    say(f"Resolved {session.incident.id} after {times.span(session.incident.length(to.now()))}")
    if hint := ended_before(session.incident, session.tz):
        notify(hint)
