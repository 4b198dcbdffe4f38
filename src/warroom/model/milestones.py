"""The milestones of an incident, each with where it is known from; what is missing or out of order is said."""

from __future__ import annotations

from collections.abc import Container

import msgspec

from warroom.model import ids, times
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import Declared
from warroom.model.kinds.milestones import ITS_TIMELINE, MILESTONES, milestones_set
from warroom.model.kinds.recovery import DONE, RecoverySet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.times import TimeCorrected

_AFTER = {
    "detected": ("began",),
    "acknowledged": ("detected", "began"),
    "declared": ("began",),
    "mitigated": ("detected", "began"),
    "fixed": ("mitigated", "began"),
    "verified": ("fixed", "mitigated"),
    "resolved": ("mitigated", "began"),
    "closed": ("verified", "resolved"),
}
"""What each milestone can't come before."""


class Milestone(msgspec.Struct, frozen=True):
    """A milestone: when it was reached (ms UTC; None: not known), where that is known from, and what is odd about it.

    `set` is whether it was set or corrected by hand.
    """

    id: str
    name: str
    at: int | None
    source: str = ""
    problem: str = ""
    set: bool = False


def milestones(incident: Incident, wanted: Container[str] = MILESTONES) -> tuple[Milestone, ...]:
    """The milestones, or those whose ids are `wanted`, in their usual order, also those that are not known."""
    found = _known(incident)
    for id, logged in milestones_set(incident).items():
        source = logged.body.because or "set by hand"
        found[id] = Milestone(id, MILESTONES[id], logged.body.to, f"{source}, {logged.author}", set=True)
    return tuple(
        _checked(found.get(id) or Milestone(id, name, None), found) for id, name in MILESTONES.items() if id in wanted
    )


def day_meant(incident: Incident, milestone: Milestone) -> int | None:
    """A moment (ms UTC) near which a time without a day is meant for a milestone; None if it is the latest such time.

    It is that of the milestone, if that is known; else the middle of the incident's first day, unless the incident
    goes on.
    """
    if milestone.at is not None or not (incident.over() or incident.is_from_the_past):
        return milestone.at
    lasted = (incident.ended_at or incident.began) - incident.began
    return incident.began + min(max(lasted, 0), 24 * times.HOUR) // 2


def _known(incident: Incident) -> dict[str, Milestone]:
    """The milestones that other entries of the log state."""
    found: dict[str, Milestone] = {}

    def know(id: str, at: int | None, source: str) -> None:
        if at is not None:
            found[id] = Milestone(id, MILESTONES[id], at, source)

    declared = incident.last(Declared)
    is_imported = declared is not None and declared.body.imported
    source = ITS_TIMELINE if is_imported else "the declaration"
    know("began", incident.began, _correction(incident, incident.declared) or source)
    first = min(
        (logged for logged in incident.all(RoleAssigned) if logged.body.role in _RESPONDERS and logged.body.name),
        key=lambda logged: (logged.at, logged.order),
        default=None,
    )
    if first is not None:
        contact = first.body.contact
        know("acknowledged", first.at, first.text.replace(f" ({contact})", "") if contact else first.text)
    if not (is_imported or incident.is_from_the_past):  # of those, it is when it was written down
        know("declared", incident.declared_at, "the declaration")
    since = incident.restarted.order if incident.restarted else (0, "", 0)
    ticks = [logged for logged in incident.all(RecoverySet) if logged.body.item == "verified" and logged.body.state]
    if ticks and ticks[-1].order > since and ticks[-1].body.state == DONE:
        know("verified", ticks[-1].at, "the recovery checklist")
    if incident.resolution is not None:
        resolution = incident.resolution
        know("resolved", incident.resolved_at, _correction(incident, resolution.key) or resolution.text)
    if incident.state == "closed":
        know("closed", incident.closed_at, "the closing")
    return found


def _correction(incident: Incident, key: str) -> str:
    """How the corrected time of an entry is known, and who corrected it; "" if it was not corrected."""
    change = incident.replaced.get(key)
    if change is None or not isinstance(change.entry.body, TimeCorrected):
        return ""
    return f"{change.because}, {change.author}" if change.because else f"corrected by {change.author}"


_RESPONDERS = (ids.ROLE_COMMANDER, ids.ROLE_ON_CALL)
"""The roles whose first holder acknowledged the incident."""


def _checked(milestone: Milestone, found: dict[str, Milestone]) -> Milestone:
    """The milestone with what is odd about it: that it comes before one that it can't come before."""
    for id in _AFTER.get(milestone.id, ()):
        before = found.get(id)
        if (
            milestone.at is not None
            and before is not None
            and before.at is not None
            and _minute(milestone.at) < _minute(before.at)
        ):
            return msgspec.structs.replace(milestone, problem=f"before “{before.name}”")
    return milestone


def _minute(ms: int) -> int:
    """The minute of a time: people give times in minutes, so seconds say nothing about the order."""
    return ms // times.MINUTE
