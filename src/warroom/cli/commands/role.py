"""`warroom role`: assign or leave a role."""

from __future__ import annotations

import click
import msgspec

from warroom.cli.context import Failed, Invocation, on_incident, say
from warroom.cli.parameters import TIME, check_id
from warroom.model import acts
from warroom.model.lines import line
from warroom.text.cleaning import clean_line


@click.command(
    short_help="Assign a role.",
    help="Assign a role; a contact may follow the name after a comma. The new holder takes over from the last one, "
    "unless several people may have the role. With --leave, or without a NAME, the holder leaves it. Roles: ic, "
    "on-call, expert, comms, pm, em.",
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
@on_incident
def command(to: Invocation, role: str, name: tuple[str, ...], leave: bool, at: int | None) -> None:
    """Assign a role, hand it over, or leave it."""
    session = to.session()
    playbook, incident = session.playbook, session.incident
    check_id("role", role, playbook.roles)
    person = clean_line(" ".join(name)).strip()
    if person and not leave:
        draft = acts.roles.assign(playbook, incident, role, person, at)
    else:
        present = incident.holders(role)
        if not present:
            raise Failed(f"nobody has the role {role}")
        if person and person.casefold() not in [holder.casefold() for holder in present]:
            raise click.UsageError(f"{person!r} does not have the role {role}" + _who(present))
        if not person and len(present) > 1:
            raise click.UsageError(f"Say who leaves the role {role}" + _who(present))
        draft = msgspec.structs.replace(acts.roles.step_back(playbook, incident, role, person), at=at)
    (entry,) = session.apply(draft)
    say(line(entry))


def _who(present: tuple[str, ...]) -> str:
    return f"; {', '.join(present)} {'does' if len(present) == 1 else 'do'}" if present else ""
