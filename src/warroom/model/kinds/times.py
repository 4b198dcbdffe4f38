"""Correcting when the incident began, when the user learned of it, and when it was resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from warroom.model import times
from warroom.model.entries import BaseIncident, Body, Correction, Draft, Entry, Tone
from warroom.model.kinds.lifecycle import Declared, Reopened, last_resolution
from warroom.model.playbook import Playbook
from warroom.model.times import Ms

NAMES = {"began": "Began", "learned": "Learned of it", "resolved": "Resolved"}
"""The times that can be corrected, each with its name."""


class TimeCorrected(Body, frozen=True, tag="time"):
    """The incident began, was learned of or was resolved (`which`) at another time: `to`, in ms UTC.

    The line that declares or resolves the incident (`target`) then stands at that time; no line says when the user
    learned of it, so there the correction is a line of its own.
    """

    allowed_when_closed = True
    timeline_name = "corrected"
    tone = Tone.ACTIVE

    which: str
    to: Ms
    target: str = ""
    because: str = ""

    @property
    def corrects(self) -> str | None:
        return self.target or None

    def as_correction(self, entry: Entry) -> Correction | None:
        if not self.target:
            return None
        return Correction(entry, self.target, self.because, retracted=False, keeps_text=True)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        began, learned, resolved, to = incident.began, incident.learned, incident.resolved_at, self.to
        if self.which not in NAMES:
            return f"there is no time {self.which!r} to correct; it is one of {', '.join(NAMES)}"
        if to > now + times.MINUTE:
            return "that time is in the future; it can only have happened by now"
        if to == {"began": began, "learned": learned, "resolved": resolved}[self.which]:
            return "that is the time it has already"
        match self.which:
            case "began" if to > learned:
                return "it can't have begun after you learned of it; correct when you learned of it first"
            case "began" if resolved is not None and to > resolved:
                return "it can't have begun after it was resolved; correct when it was resolved first"
            case "learned" if to < began:
                return "you can't have learned of it before it began; correct when it began first"
            case "resolved":
                return self._refusal_of_end(incident)
        return None

    def _refusal_of_end(self, incident: BaseIncident) -> str | None:
        again = incident.last(Reopened)
        if incident.resolved_at is None:
            return "it is not resolved yet; resolve it, and say there when that was"
        if self.to < incident.began:
            return "it can't be resolved before it began; correct when it began first"
        if again is not None and self.to < again.at:
            return "it was reopened after that time; it can't have been resolved for good before then"
        if incident.closed_at is not None and self.to > incident.closed_at:
            return "it can't have been resolved after it was closed; give an earlier time"
        return None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        known = {"began": incident.declared, "resolved": _resolution_key(incident)}
        if target is None or target.key != known.get(self.which):
            return "that is not the line that says so; correct the time of this incident"
        return None

    def log_line(self, text: str, playbook: Playbook, *, acknowledged: bool = False) -> tuple[str, str]:
        return self.timeline_name, text


def correct_time(incident: BaseIncident, which: str, to: int, because: str = "", tz: tzinfo | None = None) -> Draft:
    """Correct when the incident `began`, was `learned` of or was `resolved` (`which`): at `to`, ms UTC."""
    if which != "began" and to < incident.began < to + times.MINUTE:
        to = incident.began  # people type minutes, and mean the one in which it began
    before = {"began": incident.began, "learned": incident.learned, "resolved": incident.resolved_at}.get(which)
    target = {"began": incident.declared, "resolved": _resolution_key(incident)}.get(which, "")
    because = because.strip()
    text = f"{NAMES.get(which, which)} at {_moment(to, before, tz)}"
    if before is not None and _moment(before, to, tz) != _moment(to, before, tz):
        text += f", not {_moment(before, to, tz)}"
    text += f": {because}" if because else ""
    return Draft(TimeCorrected(which, to, target, because), text, to if target else None)


def _moment(ms: int, other: int | None, tz: tzinfo | None) -> str:
    """A clock time, with its date if the other time is on another day."""
    dated = other is not None and times.day(ms, tz) != times.day(other, tz)
    return f"{times.day(ms, tz)} {times.clock_zone(ms, tz)}" if dated else times.clock_zone(ms, tz)


def _resolution_key(incident: BaseIncident) -> str:
    found = last_resolution(incident)
    return found.key if found else ""


def corrected_times(
    entries: Iterable[Entry], declared: Entry, declaration: Declared, replaced: Mapping[str, Correction]
) -> tuple[int, int]:
    """When the incident began and when the user learned of it, corrections applied; `entries` are in order."""
    began, learned = declaration.began, declaration.learned
    change = replaced.get(declared.key)
    if change is not None and isinstance(change.entry.body, TimeCorrected):
        began = change.entry.body.to
    for entry in entries:
        withdrawn = entry.key in replaced and replaced[entry.key].retracted
        if isinstance(entry.body, TimeCorrected) and entry.body.which == "learned" and not withdrawn:
            learned = entry.body.to
    return began, learned
