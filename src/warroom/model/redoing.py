"""How an end of the incident that was undone is put back: what undid it is taken back, so that the first end holds."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Correction, Draft, Entry


class Redoing(Body, frozen=True, kw_only=True):
    """The base class of the kinds that open or end an incident and can be undone."""

    again: bool = False
    """Whether it puts back what was undone."""
    target: str = ""
    """The key of the entry that had undone it, which this takes back; then it is no line of its own.

    Earlier versions left it empty, and wrote an end that counts once more beside the first.
    """

    @property
    def corrects(self) -> str | None:
        return self.target or None

    def as_correction(self, entry: Entry) -> Correction | None:
        return Correction(entry, self.target, "", retracted=True) if self.target else None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        if target is None or target.incident != incident.id or not target.body.is_undoing:
            return "there is nothing there that was undone and could be put back"
        change = incident.replaced.get(target.key)
        return "that has been put back already" if change is not None and change.retracted else None
