"""How the console is noticed from behind other windows: the nearest clock in the terminal's title, and a bell."""

from __future__ import annotations

from warroom.model import times
from warroom.model.clocks import Clock
from warroom.model.snapshot import Snapshot


def title(snapshot: Snapshot) -> str:
    """Return the terminal's title: `SEV2 Stakeholder update 6 min · Checkout errors`."""
    clock = snapshot.nearest_clock
    tag = snapshot.playbook.severity(snapshot.incident.severity).tag
    if clock is None:
        due = str(snapshot.incident.state)
    elif clock.state == "late":
        due = f"{clock.label} LATE"
    else:
        due = f"{clock.label} {max(clock.left // times.MINUTE, 0)} min"
    return f"{tag} {due} · {snapshot.incident.title}"


class Bell:
    """Knows which clocks have rung: once for each deadline, and again when a snooze ends."""

    def __init__(self, snapshot: Snapshot) -> None:
        # Clocks that were late before the screen opened don't ring now.
        self._rung = {(clock.id, clock.due) for clock in snapshot.clocks if clock.state == "late"}

    def newly_late(self, snapshot: Snapshot) -> list[Clock]:
        """Return the clocks that have run out since the last call."""
        found = []
        for clock in snapshot.clocks:
            deadline = (clock.id, clock.due)
            if not clock.awake:
                self._rung.discard(deadline)
            elif clock.state == "late" and deadline not in self._rung:
                self._rung.add(deadline)
                found.append(clock)
        return found
