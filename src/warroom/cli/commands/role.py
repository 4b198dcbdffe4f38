"""`warroom role`: assign or leave a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from warroom.cli.context import Failed, Invocation, log_and_say, on_incident, say, say_already
from warroom.cli.parameters import TIME, check_id, text_of
from warroom.model import acts
from warroom.model.lines import line
from warroom.text.cleaning import clean_line

if TYPE_CHECKING:
    from warroom.session import Session


@click.command(
    short_help="Assign a role.",
    help="Assign a role; a contact may follow the name after a comma. The new holder takes over from the last one, "
    "unless several people may have the role. With --leave, or without a NAME, the holder leaves it. With --respell, "
    "NAME is how the holder's name is spelt: nobody takes over. Roles: ic, on-call, expert, comms, pm, em.",
    epilog="""\b
Examples:
  warroom role ic "Priya, +1 555 0100"
  warroom role on-call Marcus --at -5m
  warroom role expert Bo
  warroom role expert Bo --leave
  warroom role ic Priya --respell
""",
)
@click.argument("role")
@click.argument("name", nargs=-1)
@click.option("--leave", is_flag=True, help="NAME, or the only holder, leaves the role.")
@click.option("--respell", is_flag=True, help="NAME is the right spelling of the holder's name.")
@click.option("--was", default="", metavar="NAME", help="With --respell: whose name, where several have the role.")
@click.option("--at", type=TIME, metavar="TIME", help="Since when (default: now).")
@on_incident
def command(
    to: Invocation, role: str, name: tuple[str, ...], leave: bool, respell: bool, was: str, at: int | None
) -> None:
    """Assign a role, hand it over, leave it, or correct a name."""
    person = clean_line(text_of(name, "The name is empty; to leave the role: warroom role ROLE --leave")).strip()
    session = to.session()
    playbook, incident = session.playbook, session.incident
    check_id("role", role, playbook.roles)
    if was and not respell:
        raise click.UsageError("--was says whose name is corrected: add --respell")
    if respell:
        if leave or at is not None:
            raise click.UsageError("--respell only corrects a name; give it without --leave and --at")
        _respell(session, role, person, clean_line(was).strip())
        return
    if person and not leave:
        person = to.workspace.people().with_contact(person)
        if at is None and (held := acts.roles.held_already(incident, role, person)) is not None:
            say_already(session, f"{held.body.name} has the role {role}", held.at, held.author)
            return
        draft = acts.roles.assign(playbook, incident, role, person, at)
    else:
        present = incident.holders(role)
        if not present:
            raise Failed(f"nobody has the role {role}")
        if person:
            _holder(role, person, present)
        if not person and len(present) > 1:
            raise click.UsageError(f"Say who leaves the role {role}" + _who(present))
        draft = msgspec.structs.replace(acts.roles.step_back(playbook, incident, role, person), at=at)
    log_and_say(session, draft)


def _respell(session: Session, role: str, person: str, was: str) -> None:
    """Correct the spelling of a holder's name, and print the line that now has it."""
    present = session.incident.holders(role)
    if not present:
        raise Failed(f"nobody has the role {role}")
    if not person:
        raise click.UsageError("Say how the name is spelt: warroom role ic Priya --respell")
    if not was and len(present) > 1:
        raise click.UsageError(f"Say with --was whose name to correct in the role {role}{_who(present)}")
    drafts = acts.roles.respell(session.incident, role, _holder(role, was, present) if was else present[0], person)
    if not drafts:
        raise Failed(f"{person} is how the name is spelt already")
    session.apply(*drafts)
    name = person.partition(",")[0].strip()
    for held in session.incident.roles[role]:
        if held.body.name == name:
            say(line(session.incident.shown(held.entry)))


def _holder(role: str, person: str, present: tuple[str, ...]) -> str:
    """The holder with that name, as it is spelt. Raises a UsageError if there is none."""
    for holder in present:
        if holder.casefold() == person.casefold():
            return holder
    raise click.UsageError(f"{person!r} does not have the role {role}" + _who(present))


def _who(present: tuple[str, ...]) -> str:
    return f"; {', '.join(present)} {'does' if len(present) == 1 else 'do'}" if present else ""
