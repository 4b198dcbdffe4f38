"""`warroom status`: all there is to know now, for a person, a program, or the status bar of tmux."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, hand_over, invocation, say


@click.command(
    help="Say all there is to know now: the next thing to do, the clocks, the checklist, who and what.",
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
@invocation
def status(to: Invocation, as_json: bool, as_line: bool) -> None:
    """Print one of three views of the incident as it stands."""
    if as_json and as_line:
        raise click.UsageError("Give --json or --line, not both")
    session = to.session()
    if as_line:
        from warroom.cli.statusline import statusline

        say(statusline(session))
    elif as_json:
        from warroom.documents.status import as_data, encoded

        data = as_data(session.snapshot())
        hand_over(encoded({**data, "entries": session.journal.count(session.incident.id)}))
    else:
        from warroom.cli.overview import overview

        say(overview(session))
