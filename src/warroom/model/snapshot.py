"""What the widgets are shown: one frozen picture of the incident, made once a change or a second and given to all."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model.advice import Now, now_line
from warroom.model.checklist import Checklist, checklist
from warroom.model.clocks import Clock, Promise, clocks, is_promise, promises
from warroom.model.cost import Cost, cost
from warroom.model.escalation import TriggerState, escalation
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook


class Snapshot(msgspec.Struct, frozen=True):
    """An incident at a moment (`now`, ms UTC), with all that is computed from it."""

    incident: Incident
    playbook: Playbook
    checklist: Checklist
    clocks: tuple[Clock, ...]
    next: Now
    promises: dict[str, Promise]
    """What became of each promised update, by the key of the message that made it."""
    cost: Cost | None
    holding: tuple[TriggerState, ...]
    """The reasons to escalate that hold."""
    now: int
    tz: tzinfo | None

    def late_clock(self) -> str:
        """The id of the clock the NOW line complains of, empty where none is late."""
        late = [clock for clock in self.clocks if clock.state == "late" and clock.snoozed_until is None]
        return next((clock.id for clock in late if is_promise(clock.id)), "")


def look(incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None) -> Snapshot:
    """Work out the picture."""
    return Snapshot(
        incident,
        playbook,
        checklist(incident, playbook),
        clocks(incident, playbook, now, tz),
        now_line(incident, playbook, now, tz),
        {promise.key: promise for promise in promises(incident, playbook, now)},
        cost(incident, now),
        escalation(incident, playbook, now, tz).holding,
        now,
        tz,
    )
