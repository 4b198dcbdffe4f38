"""`warroom incidents`: list the incidents of the journal, how each stands and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Invocation, invocation, print_json, say
from warroom.cli.parameters import LEVEL, SINCE, one_of

if TYPE_CHECKING:
    from warroom.model.listing import Which


@click.command(
    short_help="List all incidents.",
    help="List all incidents: how each stands, when it began and how long it lasted, what is due next, how soon "
    "stakeholders were told, how many promised updates were kept, the post-mortem and open action items. The open ones "
    "come first, the most urgent on top.",
    epilog="""\b
Examples:
  warroom incidents
  warroom incidents --open
  warroom incidents --since 90d --severity 1 --severity 2
  warroom incidents --system payment-api --json | jq '.[].title'
""",
)
@one_of(
    "which",
    "all",
    all="All of them (the default).",
    open="Those that are open.",
    owed="Those that are over, and in which something is owed.",
    unclosed="Those resolved, not closed, with nothing owed.",
    over="Those that are over and done with.",
)
@click.option("--since", type=SINCE, metavar="WHEN", help="What began since then: 2026-01-31, 2026-01, 90d or 12w.")
@click.option("--severity", type=LEVEL, multiple=True, metavar="1-4", help="Of this severity; may be repeated.")
@click.option("--system", default="", metavar="NAME", help="With this affected system.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="For programs: every field, times in ISO 8601 UTC.")
@invocation
def command(
    to: Invocation,
    which: Which,
    since: int | None,
    severity: tuple[int, ...],
    system: str,
    limit: int | None,
    as_json: bool,
) -> None:
    """Print a table, or an array of objects."""
    from warroom.cli.incident_list import as_data, due_of, table, urgency
    from warroom.model.listing import is_listed

    workspace = to.workspace
    briefs = workspace.summaries()
    wanted = " ".join(system.casefold().split())
    found = [
        brief
        for brief in briefs
        if (since is None or brief.began >= since)
        and (not severity or brief.severity in severity)
        and (not wanted or brief.system.casefold() == wanted)
    ]
    due, owing = due_of(workspace, found)
    found = [brief for brief in found if is_listed(brief, which, owes=brief.id in owing)]
    found.sort(key=lambda brief: urgency(brief, due, owing, workspace.playbook))
    shown = found[:limit] if limit else found
    if as_json:
        print_json(as_data(workspace, shown, due))
        return
    if not briefs:
        say("No incident yet; declare one with: warroom declare TITLE --affected none|few|many|all")
        return
    for line in table(workspace, shown, due):
        say(line)
    if not shown:
        say("No incident is like that.")
    elif len(found) > len(shown):
        say(f"… and {len(found) - len(shown):,} more")
