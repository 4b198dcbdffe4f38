"""`warroom decide`: log a decision, or confirm or reverse an earlier one."""

from __future__ import annotations

import click
import msgspec

from warroom.cli.context import Invocation, log_and_say, on_incident
from warroom.cli.parameters import REASON, TIME, text_of
from warroom.model import acts
from warroom.model.entries import Entry
from warroom.model.kinds.decisions import Decision, decision_list
from warroom.session import Session
from warroom.text.cleaning import clean, clean_line


@click.command(
    short_help="Log a decision, or confirm or reverse one.",
    help="Log a decision: what, why, what else was considered, who decided, who asked for it. Or confirm or reverse "
    "an earlier decision, by its number.",
    epilog="""\b
Examples:
  warroom decide "Roll back payment service to v2.3.1" --because "faster and safer" --by Priya
  warroom decide "Checkout before search" --because "revenue" --options "both at once, search first" --at -5m
  warroom decide --confirm 1 --because "errors are falling"
  warroom decide --reverse 1 --because "the rollback made it worse"
""",
)
@click.argument("what", nargs=-1)
@click.option("--because", type=REASON, required=True, metavar="WHY", help="The reason.")
@click.option("--options", default="", metavar="TEXT", help="What else was considered.")
@click.option("--by", default="", metavar="WHO", help="Who decided.")
@click.option("--asked-by", default="", metavar="WHO", help="Who asked for the decision.")
@click.option("--at", type=TIME, metavar="TIME", help="When it was made (default: now).")
@click.option("--confirm", type=int, metavar="N", help="Confirm decision N after a review.")
@click.option("--reverse", type=int, metavar="N", help="Reverse decision N.")
@on_incident
def command(
    to: Invocation,
    what: tuple[str, ...],
    because: str,
    options: str,
    by: str,
    asked_by: str,
    at: int | None,
    confirm: int | None,
    reverse: int | None,
) -> None:
    """Log a decision, or the review of an earlier decision."""
    number = confirm if confirm is not None else reverse
    _check_options(what, number, both=None not in (confirm, reverse), more=bool(options or by or asked_by or at))
    decided = text_of(what, "The decision is empty; say what was decided")
    session = to.session()
    choices, who, asker = map(clean, (options, by, asked_by))
    if number is not None:
        outcome = "confirmed" if confirm is not None else "reversed"
        draft = acts.decisions.review(_find(session, number), outcome, because)
    else:
        draft = acts.decisions.decision(decided, because, options=choices, by=who, asked_by=asker, at=at)
    log_and_say(session, draft)


def _check_options(what: tuple[str, ...], number: int | None, *, both: bool, more: bool) -> None:
    """Refuse options that mix a new decision with the review of an earlier decision."""
    if both:
        raise click.UsageError("Give --confirm or --reverse, not both")
    if number is None and not what:
        raise click.UsageError("Say what was decided, or give --confirm N or --reverse N for an earlier decision")
    if number is not None and what:
        raise click.UsageError("--confirm and --reverse are for an earlier decision; say why with --because")
    if number is not None and more:
        raise click.UsageError("--options, --by, --asked-by and --at belong to a new decision")


def _find(session: Session, number: int) -> Entry:
    """The entry of the decision with that number, with its corrected text."""
    known: tuple[Decision, ...] = decision_list(session.incident)
    for decision in known:
        if decision.number == number:
            return msgspec.structs.replace(decision.logged.entry, text=decision.logged.text)
    listed = "\n".join(f"  {decision.number}. {clean_line(decision.logged.text)}" for decision in known)
    raise click.UsageError(f"There is no decision {number}" + (f"; there are\n{listed}" if known else " yet"))
