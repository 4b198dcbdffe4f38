"""`warroom drill runs`: the drills that were played, and those that wait."""

from __future__ import annotations

from contextlib import suppress

import click

from warroom.cli.context import Invocation, invocation, notify, print_json, say


@click.command(
    "runs",
    short_help="List the drills that were played, and those that wait.",
    help="List the drills that were played, and those that wait, the last one first: its number, when it was begun, "
    "which scenario, how far it has come, and how it went. A file that can't be read is named on stderr. warroom "
    "drill report NUMBER shows the report of one.",
    epilog="""\b
Examples:
  warroom drill runs
  warroom drill runs --json | jq '.[0].held'
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@invocation
def command(to: Invocation, as_json: bool) -> None:
    """Print a line for each run, and on stderr which files can't be read."""
    from warroom.drill_reports import PlayedRun, keep_finished, real_workspace, runs_played
    from warroom.drilling import Unreadable
    from warroom.model import times
    from warroom.store.errors import StoreError

    real = real_workspace(to.workspace)
    try:
        with suppress(StoreError):  # of what can't be kept now, the list says that it ended
            keep_finished(real)
        all_files = list(runs_played(real))
    finally:
        real.close()
    for one in all_files:
        if isinstance(one, Unreadable):
            notify(one.why)
    found = [one for one in all_files if isinstance(one, PlayedRun)]
    if as_json:
        from warroom.documents.status import iso

        rows = [
            {
                "number": number,
                "run": one.run.path.stem,
                "scenario": one.run.scenario.id,
                "title": one.run.scenario.title,
                "begun_at": iso(one.run.kept.made),
                "minute": one.run.minute,
                "minutes": one.run.scenario.minutes,
                "finished": one.run.finished,
                "held": one.kept.tally.held if one.kept else None,
                "checks": one.kept.tally.checks if one.kept else None,
            }
            for number, one in enumerate(found, 1)
        ]
        print_json(rows)
        return
    if not all_files:
        say("No drill was played yet. Begin with: warroom drill list")
        return
    width = max((len(one.run.scenario.id) for one in found), default=0)
    for number, one in enumerate(found, 1):
        when = f"{times.day(one.run.kept.made, real.tz)} {times.clock(one.run.kept.made, real.tz)}"
        say(f"{number:>2}  {when}  {one.run.scenario.id:<{width}}  {one.run.how_far} · {one.words}")
