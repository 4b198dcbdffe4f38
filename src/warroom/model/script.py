"""The script to read out in the current phase of the first 30 minutes, filled in with what is known."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import times
from warroom.model.checklist import PhaseState, fill_script
from warroom.model.clocks import Clock
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook


def script_for_phase(
    incident: Incident, playbook: Playbook, phase: PhaseState | None, update: Clock | None, tz: tzinfo | None
) -> str:
    """A phase's script, filled in; empty if there is no phase or the incident is over.

    `update` is the clock of the next update.
    """
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
    return fill_script(phase.row, values, playbook)
