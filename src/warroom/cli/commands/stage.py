"""`warroom stage`: show or set the stage of the incident."""

from __future__ import annotations

import click
import msgspec

from warroom.cli.context import Failed, Invocation, log_and_say, on_incident, say
from warroom.cli.parameters import REASON, TIME, check_id
from warroom.model import acts, ids


@click.command(
    short_help="Show or set the stage.",
    help="Set the stage of the incident; without a NAME, list the stages, with the present one marked. Going back to "
    "an earlier stage needs a reason; before the fix, a resolved incident has to be reopened for it.",
    epilog="""\b
Examples:
  warroom stage
  warroom stage response
  warroom stage resolution --at -10m
  warroom stage detection --because "it is another service after all"
""",
)
@click.argument("name", required=False)
@click.option("--because", type=REASON, metavar="REASON", help="Why it goes back.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@on_incident
def command(to: Invocation, name: str | None, because: str | None, at: int | None) -> None:
    """List the stages, or set one."""
    session = to.session(closed=name is None)
    incident, stages = session.incident, session.playbook.stages
    if name is None:
        if because or at is not None:
            option = "--because" if because else "--at"
            raise click.UsageError(f"{option} belongs to a stage: warroom stage NAME {option} …")
        now = incident.state if incident.state in ("closed", "cancelled") else incident.stage
        rows = [(row.id, row.what) for row in stages]
        rows.append((now, incident.outcome) if now == "cancelled" else ("closed", "nothing is left to do"))
        widest = max(len(id) for id, _ in rows)
        for id, what in rows:
            say(f"{'●' if id == now else ' '} {id.ljust(widest)}  {what}")
        return
    check_id("stage", name, stages)
    if name == incident.stage and incident.state in ("open", "resolved"):
        raise Failed(f"it is in this stage already: {name}")
    drafts = [acts.stages.set_stage(session.playbook, name, because or "", at)]
    order = [row.id for row in stages]
    if incident.over() and because and order.index(name) < order.index(ids.STAGE_RESOLUTION):
        drafts.insert(0, msgspec.structs.replace(acts.lifecycle.reopen(because), at=at))
    log_and_say(session, *drafts)
