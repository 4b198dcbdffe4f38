"""How severe the incident is: each change of severity, and why."""

from __future__ import annotations

import msgspec

from warroom.model import severity_words
from warroom.model.entries import BaseIncident, Body, Draft, Level, Logged, Tone
from warroom.model.playbook import Playbook


class SeveritySet(Body, frozen=True, tag="severity"):
    """A change of severity, 1 (critical) to 4 (low), and why."""

    tone = Tone.ALARM
    offered_for_update = True

    severity: Level
    because: str = ""
    basis: str = ""
    """Who is affected or what is at risk, in the playbook's words, if the severity was chosen by that."""
    by: str = ""
    """Who said so in a timeline that was imported."""

    def details(self) -> tuple[str, ...]:
        return (*((self.basis,) if self.basis else ()), *((f"by {self.by}",) if self.by else ()))

    def is_rewordable(self, text: str) -> bool:
        return text == self.because  # a line of a timeline that was imported, in its own words

    def reworded(self, text: str, at: int) -> SeveritySet:
        level = severity_words.changed_to(text) or severity_words.named(text) or self.severity
        return msgspec.structs.replace(self, because=text, severity=level)

    def fold(self, incident: BaseIncident, logged: Logged[SeveritySet]) -> None:
        since = max(logged.at, incident.learned)
        if not self.is_rewordable(logged.text):  # people changed it here: that holds from now on, whenever it was
            incident.severities += ((since, self.severity),)
        else:
            incident.severities = _inserted(incident.severities, since, self.severity)
        incident.severity = incident.severities[-1][1]

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if reason := unknown_severity(self.severity, playbook):
            return reason
        if self.severity == incident.severity:
            return f"it is already SEV{self.severity}"
        return None if self.because.strip() else "a change of severity needs a reason, because people will ask for it"


def set_severity(level: int, because: str, was: int, at: int | None = None, basis: str = "") -> Draft:
    """Change the severity, with the reason; `was` is the level before, `basis` as for `lifecycle.declare`."""
    because = because.strip()
    text = f"SEV{was} → SEV{level}" + (f": {because}" if because else "")
    return Draft(SeveritySet(level, because, basis), text, at)


def _inserted(severities: tuple[tuple[int, int], ...], since: int, level: int) -> tuple[tuple[int, int], ...]:
    """The severities with one that a line of a timeline tells of, which counts from its time on, not from the last."""
    at = next((at for at, (other, _) in enumerate(severities) if other > since), len(severities))
    found: list[tuple[int, int]] = []
    for one in (*severities[:at], (since, level), *severities[at:]):
        if not found or found[-1][1] != one[1]:
            found.append(one)
    return tuple(found)


def unknown_severity(level: int, playbook: Playbook) -> str | None:
    """Why there is no such severity; None if the playbook has it."""
    if level in {row.level for row in playbook.severities}:
        return None
    return f"there is no severity {level}; it is one of 1, 2, 3 or 4"
