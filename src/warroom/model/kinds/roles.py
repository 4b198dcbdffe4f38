"""Roles: who does what."""

from __future__ import annotations

import msgspec

from warroom.model import ids
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Correction, Draft, Entry, Logged
from warroom.model.playbook import Playbook

_LEADING = (ids.ROLE_COMMANDER, ids.ROLE_ON_CALL)
"""Once somebody has one of these roles, triage is over."""


class RoleAssigned(Body, frozen=True, tag="role"):
    """Somebody takes a role, or leaves it if `name` is empty.

    `replaces` is who leaves the role, `contact` how to reach the new holder. With `several` the new holder joins the
    others; without it, nobody else keeps the role.
    """

    offered_for_update = True
    most_characters = SHORT_TEXT

    role: str
    name: str
    replaces: str = ""
    contact: str = ""
    several: bool = False
    by: str = ""
    """Who said it in a timeline that was imported."""

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by and self.by != self.name else ()

    def fold(self, incident: BaseIncident, logged: Logged[RoleAssigned]) -> None:
        if self.role in _LEADING and self.name:
            incident.end_triage(logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        row = playbook.role(self.role)
        if row is None:
            return f"there is no role {self.role!r}; the roles are {', '.join(row.id for row in playbook.roles)}"
        held = holders(incident, self.role)
        if not self.name and self.replaces not in held:
            if not held:
                return f"nobody is {row.name.lower()}, so nobody can step back"
            are = "are" if held[1:] else "is"
            return f"{self.replaces} can't step back: {row.name.lower()} {are} {', '.join(held)}"
        return None


class RoleRespelt(Body, frozen=True, tag="respelt"):
    """A name in an assignment (`target`) that was misspelt: nobody took over, and the role is held since as before.

    The three fields replace those of the assignment; this entry's text replaces its text.
    """

    timeline_name = "corrected"

    target: str
    name: str
    replaces: str = ""
    contact: str = ""

    @property
    def corrects(self) -> str:
        return self.target

    def as_correction(self, entry: Entry) -> Correction:
        return Correction(entry, self.target, "", retracted=False)

    def applied_to(self, body: Body) -> Body:
        if not isinstance(body, RoleAssigned):
            return body
        return msgspec.structs.replace(body, name=self.name, replaces=self.replaces, contact=self.contact)

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        if target is None or target.incident != incident.id or not isinstance(target.body, RoleAssigned):
            return "there is no such assignment of a role in this incident"
        return None


def present_holders(incident: BaseIncident) -> dict[str, tuple[Logged[RoleAssigned], ...]]:
    """The current holders by role id, in the order in which they took the role; empty for a vacant role."""
    found: dict[str, dict[str, Logged[RoleAssigned]]] = {}
    for logged in incident.all(RoleAssigned):
        role = logged.body
        holders = found.setdefault(role.role, {})
        holders.pop(role.replaces, None)
        if role.name:
            if not role.several:
                holders.clear()
            holders[role.name] = logged
    return {role: tuple(holders.values()) for role, holders in found.items()}


def holders(incident: BaseIncident, role: str) -> tuple[str, ...]:
    """The names of a role's holders; empty if the role is vacant."""
    return tuple(logged.body.name for logged in present_holders(incident).get(role, ()))


def held_already(incident: BaseIncident, role: str, person: str) -> Logged[RoleAssigned] | None:
    """The assignment by which a person has the role, with the same contact if one is given: `Ana, @ana`; else None."""
    name, _, contact = (part.strip() for part in person.partition(","))
    for held in present_holders(incident).get(role, ()):
        if held.body.name == name and contact in ("", held.body.contact):
            return held
    return None


def respell(incident: BaseIncident, role: str, was: str, name: str) -> list[Draft]:
    """Correct how a holder's name is spelt, in each assignment of the role that names them: nobody hands over.

    A contact may follow the name, as when assigning; without one, the contact stays. Empty if nothing would change.
    """
    name, comma, contact = (part.strip() for part in name.partition(","))
    drafts = []
    for logged in incident.all(RoleAssigned):
        body = logged.body
        if not name or body.role != role or was not in (body.name, body.replaces):
            continue
        is_holder = body.name == was
        new = RoleRespelt(
            logged.key,
            name if is_holder else body.name,
            name if body.replaces == was else body.replaces,
            contact if comma and is_holder else body.contact,
        )
        if (new.name, new.replaces, new.contact) != (body.name, body.replaces, body.contact):
            label = logged.text.removesuffix(_who(body.name, body.replaces, body.contact))
            drafts.append(Draft(new, label + _who(new.name, new.replaces, new.contact), logged.at))
    return drafts


def _who(name: str, replaces: str, contact: str) -> str:
    """What follows a role's name in the text of an assignment."""
    if not name:
        return f"{replaces or 'nobody'} steps back"
    taking_over = f", taking over from {replaces}" if replaces and replaces != name else ""
    return f"{name}{taking_over}" + (f" ({contact})" if contact else "")


def assign(playbook: Playbook, incident: BaseIncident | None, role: str, name: str, at: int | None = None) -> Draft:
    """Assign a role; the new holder replaces the last one, unless several people may have the role.

    A contact may follow the name: `Priya, +1 555 0100`. An empty name removes the last holder.
    """
    row = playbook.role(role)
    label, several = (row.name, row.several) if row else (role, False)
    name, _, contact = (part.strip() for part in name.partition(","))
    held = holders(incident, role) if incident else ()
    replaces = "" if not held or (several and name) else held[-1]
    text = f"{label}: {_who(name, replaces, contact)}"
    return Draft(RoleAssigned(role, name, replaces, contact, several), text, at)


def step_back(playbook: Playbook, incident: BaseIncident, role: str, name: str = "") -> Draft:
    """Let somebody leave a role: the named holder, or without a name whoever took it last; refused for anybody else."""
    held = holders(incident, role)
    wanted = name.strip().casefold()
    last = held[-1] if held else ""
    found = next((holder for holder in held if holder.casefold() == wanted), name.strip() or last)
    row = playbook.role(role)
    return Draft(RoleAssigned(role, "", found), f"{row.name if row else role}: {found or 'nobody'} steps back")
