"""`warroom declare`: declare an incident."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, invocation, notify, say
from warroom.cli.parameters import LEVEL, TIME, text_of
from warroom.model import acts
from warroom.model.playbook import Affected, Risk
from warroom.text.cleaning import clean, clean_line


@click.command(
    short_help="Declare an incident; prints its reference.",
    help="Declare an incident and print its reference. Say how severe it is, or who is affected.",
    epilog="""\b
Examples:
  warroom declare "Checkout errors" --affected many
  warroom declare "Payments fail" --affected payments
  warroom declare "Login down" --severity 1 --at 03:12 --learned -5m
  warroom declare "Slow search" --severity 3 --detected-by "Latency alert"
  warroom declare "Checkout errors" --affected many --drill
  warroom declare "Database failover" --severity 1 --at 2018-10-21T22:52Z
""",
)
@click.argument("title")
@click.argument("rest", nargs=-1, metavar="")
@click.option("--severity", type=LEVEL, metavar="1-4", help="1 critical, 2 high, 3 medium, 4 low.")
@click.option(
    "--affected",
    metavar="WHO",
    help="Who is affected: none, few, many (degraded), all (outage); or the risk that makes it SEV1 whatever the "
    "count: data_loss, security, payments. Your playbook may have others.",
)
@click.option("--at", type=TIME, metavar="TIME", help="When it began (default: when you learned of it).")
@click.option("--learned", type=TIME, metavar="TIME", help="When you learned of it (default: now).")
@click.option("--detected-by", default="", metavar="TEXT", help="What detected it: an alert, a customer, a person.")
@click.option(
    "--drill",
    is_flag=True,
    help="It is a drill: everything about it says DRILL, and it is counted apart. That can't be changed later.",
)
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
    drill: bool,
) -> None:
    """Declare an incident; the journal is created if there is none."""
    if rest:
        raise click.UsageError(f"The title is one argument; put it in quotes: {' '.join((title, *rest))!r}")
    playbook = to.workspace.playbook
    rows: dict[str, Affected | Risk] = {row.id: row for row in playbook.matrix}
    rows |= {row.id: row for row in playbook.risks if row.id not in rows}
    known = ", ".join(f"{id} → SEV{row.severity}" for id, row in rows.items())
    basis = ""
    if severity is not None and affected is not None:
        raise click.UsageError("Give --severity or --affected, not both: who is affected says how severe it is")
    if affected is not None:
        if affected not in rows:
            raise click.UsageError(
                f"{clean_line(affected)!r} is not who is affected, nor a risk: --affected is one of {known}"
            )
        severity, basis = rows[affected].severity, rows[affected].label
    if severity is None:
        raise click.UsageError(
            f"Give --severity 1-4, or say who is affected or what is at risk with --affected: {known}"
        )
    draft = acts.lifecycle.declare(
        text_of((title,), "The title is empty; say in a few words what users see"),
        severity,
        now=to.now(),
        began=at,
        learned=learned,
        detected_by=clean(detected_by).strip(),
        basis=basis,
        drill=drill,
    )
    to.workspace.open_journal(create=True)
    session = to.workspace.declare(draft)
    if drill:
        notify(f"{session.incident.name}. If it is real, cancel this one, and declare a new one without --drill.")
    say(session.incident.id)
