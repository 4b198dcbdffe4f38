"""`warroom drill list`: the scenarios to practise on."""

from __future__ import annotations

import textwrap
from typing import Any

import click
import msgspec

from warroom.cli.context import Invocation, invocation, notify, print_data, say


@click.command(
    "list",
    short_help="List the scenarios to practise on.",
    help="List the scenarios to practise on, each with what it teaches. Your own are the files in the folder drills/ "
    "of your company's own files; one with a mistake is named at the end, and left out until it is corrected.",
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
    workspace = to.workspace
    scenarios, problems = list(workspace.scenarios.values()), list(workspace.scenario_problems.values())
    if as_json:
        rows: list[dict[str, Any]] = [
            {
                "id": row.id,
                "title": row.title,
                "lesson": row.lesson,
                "minutes": row.minutes,
                "incidents": row.incidents,
                "own": row.own,
            }
            for row in scenarios
        ]
        print_data(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    else:
        width = max((len(row.id) for row in scenarios), default=0)
        for row in scenarios:
            own = " · your own" if row.own else ""
            say(f"{row.id:<{width}}  {row.title} · {row.minutes} min{own}")
            indent = " " * (width + 2)
            say(textwrap.fill(row.lesson, 96, initial_indent=indent, subsequent_indent=indent))
        say("\nwarroom drill start NAME begins one.")
    for problem in problems:
        notify(str(problem))
