"""What is known of the incident, set from the command line: severity, roles, facts, the checklist, decisions."""

from __future__ import annotations

import click

from warroom.cli.context import TIME, Invocation, invocation, say
from warroom.cli.lifecycle import LEVEL
from warroom.model import acts
from warroom.model.cleaning import clean, clean_line
from warroom.model.lines import line


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
    help="Seat someone in a role; without a NAME the role becomes vacant. Roles: ic, on-call, expert, comms, pm, em.",
    epilog="""\b
Examples:
  warroom role ic Priya
  warroom role on-call "Marcus (+1 555 0100)" --at -5m
  warroom role expert
""",
)
@click.argument("role")
@click.argument("name", nargs=-1)
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@invocation
def role(to: Invocation, role: str, name: tuple[str, ...], at: int | None) -> None:
    """Assign a role, or hand it over."""
    session = to.session()
    (entry,) = session.apply(acts.assign(to.playbook(), session.incident, role, clean_line(" ".join(name)), at))
    say(line(entry))


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
    help="Write down a decision as a thing of its own: what, why, what else was considered, who decided.",
    epilog="""\b
Examples:
  warroom decide "Roll back payment service to v2.3.1" --because "faster and safer" --by Priya
  warroom decide "Checkout before search" --because "revenue" --options "both at once, search first" --at -5m
""",
)
@click.argument("what", nargs=-1, required=True)
@click.option("--because", required=True, metavar="WHY", help="The reason.")
@click.option("--options", default="", metavar="TEXT", help="What else was considered.")
@click.option("--by", default="", metavar="WHO", help="Who decided.")
@click.option("--asked-by", default="", metavar="WHO", help="Who asked for the decision.")
@click.option("--at", type=TIME, metavar="TIME", help="When it was made (default: now).")
@invocation
def decide(
    to: Invocation, what: tuple[str, ...], because: str, options: str, by: str, asked_by: str, at: int | None
) -> None:
    """Append a decision."""
    session = to.session(needs_playbook=False)
    why, choices, who, asker = map(clean, (because, options, by, asked_by))
    draft = acts.decision(clean(" ".join(what)), why, options=choices, by=who, asked_by=asker, at=at)
    (entry,) = session.apply(draft)
    say(line(entry))


@click.command(
    name="next",
    help="Say the one next thing to do, and why it comes first.",
    epilog="""\b
Examples:
  warroom next
""",
)
@invocation
def following(to: Invocation) -> None:
    """Print the NOW line with its reason."""
    now = to.session().next()
    say(now.text)
    say(now.reason)
