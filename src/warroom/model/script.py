"""The script to read out in the current phase of the first 30 minutes, filled in with what is known."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model import ids, times
from warroom.model.checklist import PhaseState, fill_script
from warroom.model.clocks import Clock
from warroom.model.cost import without_per_hour
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook


class Script(msgspec.Struct, frozen=True):
    """What to say in a phase, and the replies for what may come up: pairs of the occasion and the words."""

    text: str = ""
    replies: tuple[tuple[str, str], ...] = ()

    @property
    def page(self) -> str:
        """The script and its replies, to read aloud."""
        return "\n\n".join([self.text, *(f"{when}:\n{words}" for when, words in self.replies)])


def script_for_phase(
    incident: Incident, playbook: Playbook, phase: PhaseState | None, update: Clock | None, tz: tzinfo | None
) -> Script:
    """A phase's script, filled in; empty if there is no phase or the incident is over.

    `update` is the clock of the next update.
    """
    if phase is None or incident.over():
        return Script()
    values = {
        **{row.id: usual for row in playbook.facts if (usual := playbook.usual(row.id))},
        **incident.known_facts(),
        **{role.id: ", ".join(incident.holders(role.id)) for role in playbook.roles},
        ids.FACT_REVENUE: without_per_hour(incident.fact(ids.FACT_REVENUE)),
        "severity": playbook.severity(incident.severity).tag,
        "title": incident.name,
    }
    if update is not None:
        values["next_update"] = times.clock_zone(update.due, tz)
        values["minutes"] = str(max(update.left // times.MINUTE, 0))
    replies = [(reply.when, fill_script(reply.say, values, playbook)) for reply in phase.row.replies]
    if runbook := values.get(ids.FACT_RUNBOOK):
        replies.append(("Somebody asks for the runbook", runbook))
    return Script(fill_script(phase.row.script, values, playbook), tuple(replies))
