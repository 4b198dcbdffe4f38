"""Who does what."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook

_LEADING = (ids.ROLE_COMMANDER, ids.ROLE_ON_CALL)
"""The roles by which somebody takes the incident on."""


class RoleAssigned(Body, frozen=True, tag="role"):
    """Someone taking a role; an empty name vacates it. `replaces` is who gives it up, `contact` a number.

    With `several` they join those who have it; without it they are the only holder, whoever took it meanwhile.
    """

    worth_telling = True

    role: str
    name: str
    replaces: str = ""
    contact: str = ""
    several: bool = False

    @property
    def acknowledges(self) -> bool:
        return self.role in _LEADING and bool(self.name)

    def fold(self, incident: BaseIncident, logged: Logged[RoleAssigned]) -> None:
        if self.acknowledges:
            incident.take_up()

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.role(self.role):
            return None
        return f"there is no role {self.role!r}; the roles are {', '.join(row.id for row in playbook.roles)}"

    def log_line(self, text: str, playbook: Playbook, *, acknowledged: bool = False) -> tuple[str, str]:
        if not acknowledged:
            return Body.log_line(self, text, playbook)
        row = playbook.role(self.role)
        return "acknowledged", f"by {self.name}" + (f" ({row.name})" if row else "")


def present_holders(incident: BaseIncident) -> dict[str, tuple[Logged[RoleAssigned], ...]]:
    """Present holders by role id, in order of their coming; a role that was vacated has none."""
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
    """The names in a role, none where it is vacant."""
    return tuple(logged.body.name for logged in present_holders(incident).get(role, ()))


def assign(playbook: Playbook, incident: BaseIncident | None, role: str, name: str, at: int | None = None) -> Draft:
    """Assign a role, in the place of whoever holds it unless several may; an empty name vacates it.

    What follows a comma is how to reach them: `Priya, +1 555 0100`.
    """
    row = playbook.role(role)
    label, several = (row.name, row.several) if row else (role, False)
    name, _, contact = (part.strip() for part in name.partition(","))
    held = holders(incident, role) if incident else ()
    replaces = "" if not held or (several and name) else held[-1]
    if not name:
        words = f"{label}: {replaces or 'nobody'} steps back"
    elif replaces and replaces != name:
        words = f"{label}: {name}, taking over from {replaces}"
    else:
        words = f"{label}: {name}"
    return Draft(RoleAssigned(role, name, replaces, contact, several), words + (f" ({contact})" if contact else ""), at)


def step_back(playbook: Playbook, incident: BaseIncident, role: str, name: str = "") -> Draft:
    """Let somebody leave a role; without a name the one who took it last."""
    held = holders(incident, role)
    wanted = name.strip().casefold()
    found = next((holder for holder in held if holder.casefold() == wanted), held[-1] if held else "")
    row = playbook.role(role)
    return Draft(RoleAssigned(role, "", found), f"{row.name if row else role}: {found or 'nobody'} steps back")
