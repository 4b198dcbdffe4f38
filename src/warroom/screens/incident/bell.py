"""How the console speaks from behind other windows: the nearest clock in the terminal's title, and a bell."""

from __future__ import annotations

from warroom.model import times
from warroom.model.snapshot import Snapshot


def title(snapshot: Snapshot) -> str:
    """`SEV2 Stakeholder update 6 min · Checkout errors`, for the terminal's title."""
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
    """Tells when a clock has run out, once for each deadline; a snooze that ends makes it ring again."""

    def __init__(self, snapshot: Snapshot) -> None:
        # What was late before the screen was opened has rung, or nobody was there to hear it.
        self._rung = {(clock.id, clock.due) for clock in snapshot.clocks if clock.state == "late"}

    def run_out(self, snapshot: Snapshot) -> int:
        """How many clocks have run out since the last look."""
        count = 0
        for clock in snapshot.clocks:
            deadline = (clock.id, clock.due)
            if not clock.awake:
                self._rung.discard(deadline)
            elif clock.state == "late" and deadline not in self._rung:
                self._rung.add(deadline)
                count += 1
        return count
