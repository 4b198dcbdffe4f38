"""`warroom status`: show the incident's status, for people, for programs, or for the status bar of tmux."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, print_json, say


@click.command(
    short_help="Show the incident's status.",
    help="Show the incident's status: the next thing to do, clocks, checklist, roles, facts, last log lines.",
    epilog="""\b
Examples:
  warroom status
  warroom status --json
  warroom -i k7qd status --line
  tmux set -g status-right '#(warroom status --line)'
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: every field, times in ISO 8601 UTC.")
@click.option("--line", "as_line", is_flag=True, help="One line, for a status bar.")
@on_incident
def command(to: Invocation, as_json: bool, as_line: bool) -> None:
    """Print the status in one of three formats."""
    if as_json and as_line:
        raise click.UsageError("Give --json or --line, not both")
    # A status bar is empty while nothing is open, and nothing is owed after a fix.
    session = to.session(closed=not as_line, owing=True)
    if as_line:
        from warroom.cli.status_line import status_line

        say(status_line(session))
    elif as_json:
        from warroom.documents.status import as_data

        data = as_data(session.snapshot())
        print_json({**data, "entries": session.journal.count(session.incident.id)})
    else:
        from warroom.cli.status_page import status_page

        say(status_page(session))
