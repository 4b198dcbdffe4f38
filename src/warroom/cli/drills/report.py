"""`warroom drill report`: how a drill went, each finding with its moment and what would have been better."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import click

from warroom.cli.context import Failed, Invocation, invocation
from warroom.cli.documents import content, document_options, form_of, put
from warroom.documents.registry import DRILL

if TYPE_CHECKING:
    from warroom.drilling import Found
    from warroom.workspace import Workspace


@click.command(
    "report",
    short_help="Show the report of a drill.",
    help="Show the report of a drill: what went well, what to do differently, and everything that was checked, each "
    "with its moment and what would have been better, compared with earlier runs of the scenario. RUN is a number or a "
    "name from warroom drill runs; without it, it is the last one. A run that is not finished is judged as far as it "
    "has come.",
    epilog=DRILL.examples,
)
@click.argument("run", required=False)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@document_options(DRILL, "plain text")
@invocation
def command(to: Invocation, run: str | None, as_json: bool, form: str | None, output: str, force: bool) -> None:
    """Find the run, make its report, and write it."""
    from warroom import drill_reports

    if as_json and form not in (None, "json"):
        raise click.UsageError("--json is --format json; leave one of them out")
    form = "json" if as_json else form_of(DRILL, form, output, otherwise="txt")
    real = drill_reports.real_workspace(to.workspace)
    try:
        found = drill_reports.report_of(find(to, real, run), real)
        put(output, content(form, partial(real.drill_report, report=found.report)), to.path, force=force)
    finally:
        real.close()


def find(to: Invocation, real: Workspace, run: str | None) -> Found:
    """The run that was named by number, file or scenario, else the last one. Raises UsageError and Failed."""
    from warroom import drilling

    files = drilling.files(real.database)
    if not files:
        raise Failed("no drill was played yet; begin with: warroom drill list")
    if run is None:
        found = drilling.look(to.path) or _last(real)
        if found is None:
            raise Failed("none of the runs can be read; warroom drill runs says why")
        return found
    name = run.strip().rpartition("/")[2].removesuffix(".db")
    if (
        name.isdecimal()
        and int(name[:6])
        and (numbered := next(islice(drilling.runs(real.database), int(name[:6]) - 1, None), None))
    ):
        return numbered
    if file := next((path for path in files if path.stem == name), None):
        examined = drilling.examine(file)
        if isinstance(examined, drilling.Unreadable):
            raise Failed(examined.why)
        return examined
    if same := next((one for one in drilling.runs(real.database) if one.scenario.id == name), None):
        return same
    from difflib import get_close_matches

    near = get_close_matches(name, [path.stem for path in files], 1)
    hint = f"did you mean {near[0]}?" if near else "warroom drill runs lists them"
    raise click.UsageError(f"There is no run {run!r}; {hint}")


def _last(real: Workspace) -> Found | None:
    """The run that was played last; one that was not begun only if there is no other, None if none can be read."""
    from warroom import drilling

    unbegun = None
    for one in drilling.runs(real.database):
        if one.clock.started:
            return one
        unbegun = unbegun or one
    return unbegun
