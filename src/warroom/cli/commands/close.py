"""`warroom close`: close a resolved incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, notify, on_incident, say
from warroom.cli.parameters import text_of
from warroom.model import acts


@click.command(
    short_help="Close a resolved incident.",
    help="Close a resolved incident: it takes no more entries unless it is reopened, except for recovery, milestones, "
    "the post-mortem and action items. What of these is still owed stays owed, and is named. TEXT is a last remark.",
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
    remark = text_of(text, "The text is empty; give a last remark, or leave it out")
    session = to.session()
    owed = session.snapshot().still_owed
    session.apply(acts.lifecycle.close(remark, owes=bool(owed)))
    say(f"Closed {session.incident.id}")
    if owed:
        notify(f"this stays owed, and its clocks go on: {', '.join(owed)}")
