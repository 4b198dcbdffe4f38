"""`warroom fact`: set or clear a fact."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, on_incident, say
from warroom.cli.parameters import TIME, check_id
from warroom.model import acts
from warroom.model.lines import line
from warroom.text.cleaning import clean


@click.command(
    short_help="Set or clear a fact.",
    help="Set a fact; without a VALUE, clear it. Facts: system, impact, affected, segment, "
    "revenue_per_hour, customers, event, workaround, tickets, channel, runbook, eta, data_loss, breach, known, "
    "unknown.",
    epilog="""\b
Examples:
  warroom fact system checkout
  warroom fact impact payment fails at the last step
  warroom fact eta
""",
)
@click.argument("name")
@click.argument("value", nargs=-1)
@click.option("--at", type=TIME, metavar="TIME", help="Since when it is known (default: now).")
@on_incident
def command(to: Invocation, name: str, value: tuple[str, ...], at: int | None) -> None:
    """Set or clear a fact."""
    session = to.session()
    check_id("fact", name, session.playbook.facts)
    (entry,) = session.apply(acts.facts.fact(session.playbook, name, clean(" ".join(value)), at))
    say(line(entry))
