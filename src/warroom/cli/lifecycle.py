"""An incident's beginning and end: declare, resolve, close, reopen."""

from __future__ import annotations

import click

from warroom.cli.context import TIME, Invocation, invocation, say
from warroom.model import acts, times
from warroom.text.cleaning import clean


class _Level(click.ParamType[int]):
    """A severity as people write it: 2, or SEV2."""

    name = "severity"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        level = str(value).strip().upper().removeprefix("SEV").strip("-")
        if level not in ("1", "2", "3", "4"):
            self.fail(f"{value!r} is not a severity: it is 1 (critical), 2 (high), 3 (medium) or 4 (low)", param, ctx)
        return int(level)


LEVEL = _Level()


@click.command(
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
@click.option("--detected-by", default="", metavar="TEXT", help="What noticed it: an alert, a customer, a person.")
@invocation
def declare(
    to: Invocation,
    title: str,
    rest: tuple[str, ...],
    severity: int | None,
    affected: str | None,
    at: int | None,
    learned: int | None,
    detected_by: str,
) -> None:
    """Begin an incident in the journal, which is made if there is none."""
    from warroom.session import Session

    if rest:
        raise click.UsageError(f"The title is one argument; put it in quotes: {' '.join((title, *rest))!r}")
    playbook = to.playbook()
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
    draft = acts.declare(
        clean(title), severity, now=to.now(), began=at, learned=learned, detected_by=clean(detected_by).strip()
    )
    session = Session.declare(to.journal(create=True), playbook, draft, author=to.author, now=to.now)
    say(session.incident.id)


@click.command(
    help="Mark the incident as resolved: the fix is in and verified. TEXT says how.",
    epilog="""\b
Examples:
  warroom resolve "Rolled back to v2.3.1, checkout verified"
  warroom resolve --at 05:32
  warroom -i k7qd resolve "Primaries back in the east" --at -10m
""",
)
@click.argument("text", nargs=-1)
@click.option("--at", type=TIME, metavar="TIME", help="When the users' trouble ended (default: now).")
@invocation
def resolve(to: Invocation, text: tuple[str, ...], at: int | None) -> None:
    """End the users' trouble, and say how long it lasted."""
    session = to.session()
    session.apply(acts.resolve(clean(" ".join(text)), at))
    say(f"Resolved {session.incident.id} after {times.span(session.incident.elapsed(to.now()))}")


@click.command(
    help="Put a resolved incident away. TEXT says what there is to say.",
    epilog="""\b
Examples:
  warroom close
  warroom -i k7qd close "Post-mortem on Thursday"
""",
)
@click.argument("text", nargs=-1)
@invocation
def close(to: Invocation, text: tuple[str, ...]) -> None:
    """Close the incident: from here on it takes no entries unless it is reopened."""
    session = to.session()
    session.apply(acts.close(clean(" ".join(text))))
    say(f"Closed {session.incident.id}")


@click.command(
    help="Take up a resolved or closed incident again.",
    epilog="""\b
Examples:
  warroom reopen --because "Errors are back"
  warroom -i k7qd reopen
""",
)
@click.option("--because", default="", metavar="REASON", help="Why it is not over after all.")
@invocation
def reopen(to: Invocation, because: str) -> None:
    """Reopen the incident; its clocks run again."""
    session = to.session()
    session.apply(acts.reopen(clean(because)))
    say(f"Reopened {session.incident.id}")
