"""Milestones set or corrected by hand, such as when it was mitigated."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model import severity_words, times
from warroom.model.entries import BaseIncident, Body, Draft, Logged, Tone
from warroom.model.kinds.lifecycle import Declared, Reopened
from warroom.model.playbook import Playbook
from warroom.model.times import Ms

MILESTONES = {
    "began": "Began",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "declared": "Declared",
    "mitigated": "Mitigated",
    "fixed": "Fixed",
    "verified": "Verified",
    "resolved": "Resolved",
    "closed": "Closed",
}
"""The milestones in their usual order, each with its name."""
ENTRIES = ("began", "resolved")
"""The milestones that an entry of their own states, whose time is corrected with `acts.times.correct_time`."""


SHORT = {"acknowledged": "acked"}
"""The names of milestones that are too long for the timeline's column of kinds."""
_BEFORE_IT_BEGAN = "that is before the incident began; correct when it began first"
ITS_TIMELINE = "its timeline"
"""How a milestone is known that a line of an imported timeline tells; the entry's text is that line."""


class MilestoneSet(Body, frozen=True, tag="milestone"):
    """A milestone was reached at `to` (ms UTC), and how that is known; None: what was set no longer counts.

    `by` is who said so, if that is not the author.
    """

    allowed_when_closed = True
    tone = Tone.ACTIVE

    milestone: str
    to: Ms | None
    because: str = ""
    by: str = ""

    @property
    def kind_label(self) -> str:
        return SHORT.get(self.milestone, self.milestone) if self.because == ITS_TIMELINE else self.kind

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def is_rewordable(self, text: str) -> bool:
        return self.because == ITS_TIMELINE

    def fold(self, incident: BaseIncident, logged: Logged[MilestoneSet]) -> None:
        """If the line said how severe it was, and was corrected, the incident that was made of it follows."""
        if self.because != ITS_TIMELINE or logged.text == logged.entry.text:
            return
        was, level = severity_words.named(logged.entry.text), severity_words.named(logged.text)
        declared = incident.last(Declared)
        (since, first), *changes = incident.severities
        if level is not None and level != was == first and declared is not None and declared.body.imported:
            later = tuple(one for at, one in enumerate(changes) if at or one[1] != level)
            incident.severities = ((since, level), *later)
            incident.severity = incident.severities[-1][1]

    def reworded(self, text: str, at: int) -> MilestoneSet:
        return msgspec.structs.replace(self, to=at)

    def refusal_of_time(self, incident: BaseIncident, key: str, at: int) -> str | None:
        return _BEFORE_IT_BEGAN if at // times.MINUTE < incident.began // times.MINUTE else None

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.milestone not in MILESTONES:
            return f"there is no milestone {self.milestone!r}; it is one of {', '.join(MILESTONES)}"
        if self.milestone in ENTRIES:
            return f"when it {self.milestone} is corrected with the times (B, or warroom correct)"
        if self.to is None:
            return None
        if self.to > now + times.MINUTE:
            return "that time is in the future; a milestone can only have been reached by now"
        if self.to < incident.began:
            return _BEFORE_IT_BEGAN
        if self.milestone == "closed" and incident.state != "closed":
            return f"incident {incident.id} is not closed; close it instead"
        return None


def set_milestone(
    incident: BaseIncident, milestone: str, to: int | None, because: str = "", tz: tzinfo | None = None
) -> Draft:
    """Say when a milestone was reached, with where that is known from; `to` None takes back what was set."""
    name, because = MILESTONES.get(milestone, milestone), because.strip()
    if to is None:
        return Draft(MilestoneSet(milestone, None, because), f"{name}: not set" + (f" – {because}" if because else ""))
    if to < incident.began < to + times.MINUTE:
        to = incident.began  # people type minutes, and mean the one in which it began
    text = f"{name} at {times.clock_zone(to, tz)}" + (f": {because}" if because else "")
    return Draft(MilestoneSet(milestone, to, because), text, to)


def superseded(incident: BaseIncident) -> set[str]:
    """The keys of the milestones that no longer hold: set again later in the same round, or taken back."""
    restarts = [logged.order for logged in incident.all(Reopened) if not logged.body.undoes]
    last: dict[tuple[str, int], Logged[MilestoneSet]] = {}
    found = set()
    for logged in incident.all(MilestoneSet):
        place = (logged.body.milestone, sum(order < logged.order for order in restarts))
        if place in last:
            found.add(last[place].key)
        last[place] = logged
        if logged.body.to is None:
            found.add(logged.key)
    return found


def milestones_set(incident: BaseIncident) -> dict[str, Logged[MilestoneSet]]:
    """The last time each milestone was set by hand; what ends a round counts only since the last recurrence."""
    restarts = [logged.order for logged in incident.all(Reopened) if not logged.body.undoes]
    since = restarts[-1] if restarts else (0, "", 0)
    found = {}
    for logged in incident.all(MilestoneSet):
        if logged.order > since or logged.body.milestone in ("detected", "acknowledged", "declared"):
            found[logged.body.milestone] = logged
    return {name: logged for name, logged in found.items() if logged.body.to is not None}
