"""Correcting an entry and taking an entry back; the original stays readable."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Correction, Draft, Entry
from warroom.model.playbook import Playbook

_TAKEN_BACK = "that line has already been taken back"


class Amended(Body, frozen=True, tag="amended"):
    """A correction: this entry's text and `at` replace the target's; the original stays readable."""

    timeline_name = "corrected"

    target: str
    because: str = ""

    @property
    def corrects(self) -> str:
        return self.target

    def as_correction(self, entry: Entry) -> Correction:
        return Correction(entry, self.target, self.because, retracted=False)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if _is_taken_back(incident, self.target):
            return _TAKEN_BACK
        if not draft.text.strip():
            return "write the corrected text; to remove the line, take it back instead"
        return None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None) -> str | None:
        if reason := _refusal_of_target(incident, target):
            return reason
        if target is not None and not target.body.may_be_reworded:
            return f"a “{target.kind}” line can't be reworded; log it again, or take it back"
        return None


def amend(entry: Entry, text: str, at: int | None = None, because: str = "") -> Draft:
    """Correct the text or the time of an entry; the original stays readable."""
    return Draft(Amended(entry.key, because.strip()), text.strip(), entry.at if at is None else at)


class Retracted(Body, frozen=True, tag="retracted"):
    """An entry taken back: it no longer counts, and stays readable."""

    timeline_name = "took back"

    target: str
    because: str = ""

    @property
    def corrects(self) -> str:
        return self.target

    def as_correction(self, entry: Entry) -> Correction:
        return Correction(entry, self.target, self.because, retracted=True)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return _TAKEN_BACK if _is_taken_back(incident, self.target) else None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None) -> str | None:
        return _refusal_of_target(incident, target)


def retract(entry: Entry, because: str = "") -> Draft:
    """Take an entry back; it stays readable and no longer counts."""
    because = because.strip()
    return Draft(Retracted(entry.key, because), f"Taken back: {entry.text}" + (f" ({because})" if because else ""))


def _is_taken_back(incident: BaseIncident, target: str) -> bool:
    change = incident.replaced.get(target)
    return change is not None and change.retracted


def _refusal_of_target(incident: BaseIncident, target: Entry | None) -> str | None:
    if target is None or target.incident != incident.id:
        return "there is no such line in this incident"
    if not target.body.may_be_retracted:
        return f"a “{target.kind}” line can't be corrected or taken back; log what is right instead"
    return None
