"""`warroom stats`: the numbers over all incidents: how long things took, what was kept, what is owed."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, print_json, say
from warroom.cli.parameters import BY, SINCE, SINCE_HELP, Once
from warroom.model import times
from warroom.model.metrics import By


@click.command(
    short_help="Show the numbers over all incidents.",
    help="Show the numbers over all incidents: how long it took to detect, acknowledge, tell people, mitigate and "
    "resolve; which promised updates came in time; escalations, cost, post-mortems, action items, and what happens "
    "again and again. What is not known is left out, and counted.",
    epilog="""\b
Examples:
  warroom stats
  warroom stats --since 90d --by month
  warroom stats --since 2026-01-01 --by system
  warroom stats --json | jq .all.times.resolve.median_s
""",
)
@click.option("--since", type=SINCE, metavar="WHEN", help=SINCE_HELP)
@click.option("--by", cls=Once, type=click.Choice(BY), help="Show the figures of each as well.")
@click.option("--json", "as_json", is_flag=True, help="For programs: every figure; durations (…_s) in seconds.")
@invocation
def command(to: Invocation, since: int | None, by: By | None, as_json: bool) -> None:
    """Print the numbers in one of two formats."""
    workspace, now = to.workspace, to.now()
    report = workspace.report(now, since=since, by=by)
    if as_json:
        from warroom.documents.metrics import as_data

        print_json(as_data(report, now, since, by))
        return
    day = "" if since is None else times.day(since, workspace.tz)
    if not report.all.incidents:
        say(f"No incident began since {day}." if day else "No incident yet, so there are no numbers.")
        if report.drills:
            from warroom.documents.figure_words import drill_words

            say(f"Drills: {drill_words(report.drills)}")
        return
    from warroom.cli.status_page import terminal_columns
    from warroom.documents.figure_page import stats_page
    from warroom.terminal.characters import charts

    columns = min(max(terminal_columns(), 40), 80)
    say(stats_page(report, day, by, columns, charts(workspace.env).full))
