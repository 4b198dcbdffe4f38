"""Roles: who does what."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged
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

    def fold(self, incident: BaseIncident, logged: Logged[RoleAssigned]) -> None:
        if self.role in _LEADING and self.name:
            incident.end_triage()

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.role(self.role):
            return None
        return f"there is no role {self.role!r}; the roles are {', '.join(row.id for row in playbook.roles)}"


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


def assign(playbook: Playbook, incident: BaseIncident | None, role: str, name: str, at: int | None = None) -> Draft:
    """Assign a role; the new holder replaces the last one, unless several people may have the role.

    A contact may follow the name: `Priya, +1 555 0100`. An empty name removes the last holder.
    """
    row = playbook.role(role)
    label, several = (row.name, row.several) if row else (role, False)
    name, _, contact = (part.strip() for part in name.partition(","))
    held = holders(incident, role) if incident else ()
    replaces = "" if not held or (several and name) else held[-1]
    if not name:
        text = f"{label}: {replaces or 'nobody'} steps back"
    elif replaces and replaces != name:
        text = f"{label}: {name}, taking over from {replaces}"
    else:
        text = f"{label}: {name}"
    return Draft(RoleAssigned(role, name, replaces, contact, several), text + (f" ({contact})" if contact else ""), at)


def step_back(playbook: Playbook, incident: BaseIncident, role: str, name: str = "") -> Draft:
    """Let somebody leave a role: the named holder, or without a name whoever took it last."""
    held = holders(incident, role)
    wanted = name.strip().casefold()
    found = next((holder for holder in held if holder.casefold() == wanted), held[-1] if held else "")
    row = playbook.role(role)
    return Draft(RoleAssigned(role, "", found), f"{row.name if row else role}: {found or 'nobody'} steps back")
