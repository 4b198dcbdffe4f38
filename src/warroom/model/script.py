"""The words to say in the current phase of the first 30 minutes, filled from what is known."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.checklist import PhaseState, script
from warroom.model.clocks import Clock
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook


def words_to_say(
    incident: Incident, playbook: Playbook, phase: PhaseState | None, update: Clock | None, tz: tzinfo | None
) -> str:
    """The script of a phase; empty without one, or once it is resolved. `update` is the clock of the next update."""
    if phase is None or incident.over():
        return ""
    values = {
        **incident.known_facts(),
        **{role.id: ", ".join(incident.holders(role.id)) for role in playbook.roles},
        "severity": playbook.severity(incident.severity).tag,
        "title": incident.title,
    }
    if update is not None:
        values["next_update"] = times.clock_zone(update.due, tz)
        values["minutes"] = str(max(update.left // times.MINUTE, 0))
    return script(phase.row, values, playbook)
