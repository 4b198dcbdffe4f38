"""`warroom declare`: declare an incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, say
from warroom.cli.parameters import LEVEL, TIME
from warroom.model import acts
from warroom.text.cleaning import clean


@click.command(
    short_help="Declare an incident; prints its reference.",
    help="Declare an incident and print its reference. Say how severe it is, or who is affected.",
    epilog="""\b
Examples:
  warroom declare "Checkout errors" --affected many
  warroom declare "Login down" --severity 1 --at 03:12 --learned -5m
  warroom declare "Slow search" --severity 3 --detected-by "Latency alert"
  warroom declare "Database failover" --severity 1 --at 2018-10-21T22:52Z
""",
)
@click.argument("title")
@click.argument("rest", nargs=-1, metavar="")
@click.option("--severity", type=LEVEL, metavar="1-4", help="1 critical, 2 high, 3 medium, 4 low.")
@click.option(
    "--affected", metavar="none|few|many|all", help="Who is affected: nobody, a small number, many degraded, all."
)
@click.option("--at", type=TIME, metavar="TIME", help="When it began (default: when you learned of it).")
@click.option("--learned", type=TIME, metavar="TIME", help="When you learned of it (default: now).")
@click.option("--detected-by", default="", metavar="TEXT", help="What detected it: an alert, a customer, a person.")
@invocation
def command(
    to: Invocation,
    title: str,
    rest: tuple[str, ...],
    severity: int | None,
    affected: str | None,
    at: int | None,
    learned: int | None,
    detected_by: str,
) -> None:
    """Declare an incident; the journal is created if there is none."""
    if rest:
        raise click.UsageError(f"The title is one argument; put it in quotes: {' '.join((title, *rest))!r}")
    playbook = to.workspace.playbook
    matrix = {row.id: row for row in playbook.matrix}
    if severity is not None and affected is not None:
        raise click.UsageError("Give --severity or --affected, not both: who is affected says how severe it is")
    if affected is not None:
        if affected not in matrix:
            raise click.UsageError(f"--affected is one of {', '.join(matrix)}, not {affected!r}")
        severity = matrix[affected].severity
    if severity is None:
        choices = ", ".join(f"{row.id} → SEV{row.severity}" for row in playbook.matrix)
        raise click.UsageError(f"Say who is affected with --affected ({choices}), or give --severity 1-4")
    draft = acts.lifecycle.declare(
        clean(title), severity, now=to.now(), began=at, learned=learned, detected_by=clean(detected_by).strip()
    )
    to.workspace.open_journal(create=True)
    session = to.workspace.declare(draft)
    say(session.incident.id)
