"""`warroom drill list`: the scenarios to practise on."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from warroom.cli.context import Invocation, invocation, notify, print_json, say

if TYPE_CHECKING:
    from warroom.model.kinds.drills import DrillFinished
    from warroom.workspace import Workspace


@click.command(
    "list",
    short_help="List the scenarios to practise on.",
    help="List the scenarios to practise on, each with what it teaches and how it went last time. Your own are the "
    "files in the folder drills/ of your company's own files; one with a mistake is named at the end, and left out "
    "until it is corrected.",
    epilog="""\b
Examples:
  warroom drill list
  warroom drill list --json
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@invocation
def command(to: Invocation, as_json: bool) -> None:
    """Print each scenario with its lesson, and on stderr the mistakes in the company's own."""
    from warroom.model import times

    workspace = to.workspace
    scenarios, problems = list(workspace.scenarios.values()), list(workspace.scenario_problems.values())
    last = _last_runs(workspace)
    if as_json:
        from warroom.documents.status import iso

        rows: list[dict[str, Any]] = []
        for row in scenarios:
            run = last.get(row.id)
            rows.append(
                {
                    "id": row.id,
                    "title": row.title,
                    "lesson": row.lesson,
                    "minutes": row.minutes,
                    "incidents": row.incidents,
                    "own": row.own,
                    "last_run": run
                    and {
                        "run": run.run,
                        "at": iso(run.at),
                        "finished": run.finished,
                        "held": run.tally.held,
                        "checks": run.tally.checks,
                    },
                }
            )
        print_json(rows)
    else:
        width = max((len(row.id) for row in scenarios), default=0)
        indent = " " * (width + 2)
        for row in scenarios:
            say(f"{row.id:<{width}}  {row.title} · {row.minutes} min{' · your own' if row.own else ''}")
            say(textwrap.fill(row.lesson, 96, initial_indent=indent, subsequent_indent=indent))
            if run := last.get(row.id):
                ended = "" if run.finished else f", ended after {run.minutes} min"
                held = f"{run.tally.held} of {run.tally.checks} checks held"
                say(f"{indent}last time, on {times.day(run.at, workspace.tz)}{ended}: {held}")
        say("\nwarroom drill start NAME begins one.")
    for problem in problems:
        notify(str(problem))


def _last_runs(workspace: Workspace) -> dict[str, DrillFinished]:
    """The last run of each scenario, as far as the journal knows any; that it can't be read is said on stderr."""
    from warroom.drill_reports import last_runs
    from warroom.store.errors import StoreError

    try:
        return last_runs(workspace)
    except StoreError as error:
        notify(f"how earlier drills went is not known: {error}")
        return {}
