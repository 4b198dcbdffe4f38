"""`warroom fact`: set, show or clear a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warroom.cli.context import Invocation, log_and_say, notify, on_incident, say
from warroom.cli.parameters import TIME, ValueCommand, check_id, text_of
from warroom.model import acts, ids, times
from warroom.model.kinds.facts import no_value, too_early
from warroom.text.cleaning import clean_line
from warroom.text.not_known import says_unknown

if TYPE_CHECKING:
    from warroom.session import Session


@click.command(
    cls=ValueCommand,
    short_help="Set, show or clear a fact.",
    help="Set a fact; without a VALUE, show it; without a NAME, show all; with --clear, it is no longer known. "
    "Facts: system, impact, affected, "
    "segment, revenue_per_hour, customers, event, workaround, tickets, channel, runbook, eta, data_loss, breach, "
    "known, unknown.",
    epilog="""\b
Examples:
  warroom fact system checkout
  warroom fact impact payment fails at the last step
  warroom fact impact
  warroom fact
  warroom fact eta --clear
""",
)
@click.argument("name", required=False)
@click.argument("value", nargs=-1)
@click.option("--clear", is_flag=True, help="It is no longer known.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when it is known (default: now).")
@on_incident
def command(to: Invocation, name: str | None, value: tuple[str, ...], clear: bool, at: int | None) -> None:
    """Set, show or clear a fact."""
    text = text_of(value, "The value is empty; use --clear if it is no longer known")
    if clear and text:
        raise click.UsageError("--clear says that a fact is no longer known: leave out the VALUE, or --clear")
    if clear and name is None:
        raise click.UsageError("say which fact is no longer known: warroom fact NAME --clear")
    session = to.session(closed=not (text or clear))
    if name is None:
        widest = max(len(fact.id) for fact in session.playbook.facts)
        for fact in session.playbook.facts:
            known = clean_line(session.incident.fact(fact.id)) or _not_known(session, fact.id)
            say(f"{fact.id.ljust(widest)}  {known}")
        return
    check_id("fact", name, session.playbook.facts)
    if not (text or clear):
        say(session.incident.fact(name) or _not_known(session, name))
        return
    if reason := no_value(name, text, session.playbook) or too_early(session.incident, at):
        raise click.UsageError(reason)
    (entry,) = log_and_say(session, acts.facts.fact(session.playbook, name, text, at))
    if name == ids.FACT_REVENUE and text and not says_unknown(text) and session.snapshot().cost is None:
        notify("there is no amount of money in it, so no cost is shown.")
    current = session.incident.facts[name][-1]
    if current.key != entry.key:
        words = f"“{clean_line(current.body.value)}”" if current.body.value else "no longer known"
        notify(f"{name} stays as it is: since {times.clock_zone(current.at, session.tz)} it is {words}.")


def _not_known(session: Session, name: str) -> str:
    """What is printed of a fact that nobody has set: what was kept ready of it, if anything was."""
    usual = session.playbook.usual(name)
    return f"not known; kept ready: {clean_line(usual)}" if usual else "not known"
