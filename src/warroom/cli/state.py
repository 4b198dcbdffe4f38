"""What is known of the incident, set from the command line: severity, roles, facts, the checklist; what is next."""

from __future__ import annotations

import click
import msgspec

from warroom.cli.context import TIME, Failed, Invocation, hand_over, invocation, say
from warroom.cli.lifecycle import LEVEL
from warroom.model import acts
from warroom.model.lines import line
from warroom.text.cleaning import clean, clean_line


@click.command(
    help="Change the severity, with the reason; says what that does to the clocks.",
    epilog="""\b
Examples:
  warroom severity 1 --because "Payments are down for everyone"
  warroom severity 3 --because "Only the mobile app" --at -5m
""",
)
@click.argument("level", type=LEVEL, metavar="1-4")
@click.option("--because", required=True, metavar="REASON", help="Why it is more, or less, severe than thought.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@invocation
def severity(to: Invocation, level: int, because: str, at: int | None) -> None:
    """Change the severity and print what changed."""
    session = to.session()
    was = session.incident.severity
    changed = session.change_severity(level, clean(because), at)
    say(f"SEV{was} → SEV{session.incident.severity}")
    for words in changed:
        say(words)


@click.command(
    help="Seat someone in a role; what follows a comma is how to reach them. Who holds the role hands it over, unless "
    "several may. With --leave, or without a NAME, somebody leaves it. Roles: ic, on-call, expert, comms, pm, em.",
    epilog="""\b
Examples:
  warroom role ic "Priya, +1 555 0100"
  warroom role on-call Marcus --at -5m
  warroom role expert Bo
  warroom role expert Bo --leave
""",
)
@click.argument("role")
@click.argument("name", nargs=-1)
@click.option("--leave", is_flag=True, help="NAME, or the only holder, leaves the role.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@invocation
def role(to: Invocation, role: str, name: tuple[str, ...], leave: bool, at: int | None) -> None:
    """Assign a role, hand it over, or leave it."""
    session = to.session()
    playbook, incident = session.playbook, session.incident
    words = clean_line(" ".join(name)).strip()
    if words and not leave:
        draft = acts.assign(playbook, incident, role, words, at)
    else:
        present = incident.holders(role)
        if playbook.role(role) and not present:
            raise Failed(f"nobody holds the role {role}")
        if words and words.casefold() not in [one.casefold() for one in present]:
            raise click.UsageError(f"{words!r} does not hold the role {role}" + _who(present))
        if not words and len(present) > 1:
            raise click.UsageError(f"Say who leaves the role {role}" + _who(present))
        draft = msgspec.structs.replace(acts.step_back(playbook, incident, role, words), at=at)
    (entry,) = session.apply(draft)
    say(line(entry))


def _who(present: tuple[str, ...]) -> str:
    return f"; {', '.join(present)} {'does' if len(present) == 1 else 'do'}" if present else ""


@click.command(
    help="Set a fact; without a VALUE it is no longer known. Facts: system, impact, affected, segment, "
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
@invocation
def fact(to: Invocation, name: str, value: tuple[str, ...], at: int | None) -> None:
    """Set or withdraw a fact."""
    session = to.session()
    (entry,) = session.apply(acts.fact(to.playbook(), name, clean(" ".join(value)), at))
    say(line(entry))


@click.command(
    help="Tick an item of the checklist, with the answer it asks for if there is one; see the items with "
    "warroom status --json.",
    epilog="""\b
Examples:
  warroom tick severity
  warroom tick audience leadership, customer success
  warroom tick severity --undo
""",
)
@click.argument("item")
@click.argument("value", nargs=-1)
@click.option("--undo", is_flag=True, help="Untick it.")
@invocation
def tick(to: Invocation, item: str, value: tuple[str, ...], undo: bool) -> None:
    """Tick or untick an item; an answer to a question about a fact or a role becomes that fact or role."""
    playbook, session = to.playbook(), to.session()
    answer = clean(" ".join(value))
    if undo:
        draft = acts.tick(playbook, item, done=False, value=answer)
    else:
        draft = acts.answer_item(playbook, session.incident, item, answer)
    for entry in session.apply(draft):
        say(line(entry))


@click.command(
    name="next",
    help="Say the one next thing to do, and why it comes first.",
    epilog="""\b
Examples:
  warroom next
  warroom next --json
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: text, action, reason, and what it is about.")
@invocation
def following(to: Invocation, as_json: bool) -> None:
    """Print the NOW line with its reason."""
    now = to.session().snapshot().advice
    if as_json:
        from warroom.documents.status import encoded

        data = {"text": now.text, "action": now.action, "reason": now.reason, "rule": now.rule, "target": now.target}
        hand_over(encoded(data))
        return
    say(now.text)
    say(now.reason)
