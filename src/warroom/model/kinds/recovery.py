"""Recovery: what was done after the fix, what is not done and why, and who does it."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged, Tone
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean_line

OPEN, DONE, SKIPPED = "open", "done", "skipped"
"""The states of a recovery item."""


class RecoverySet(Body, frozen=True, tag="recovery"):
    """A recovery item is done, is skipped with a reason, is open again, or gets an owner.

    An empty `state` and an `owner` of None leave each as it was; an empty owner means nobody.
    """

    allowed_when_closed = True
    tone = Tone.ACTIVE
    most_characters = SHORT_TEXT

    item: str
    state: str = ""
    because: str = ""
    owner: str | None = None

    def fold(self, incident: BaseIncident, logged: Logged[RecoverySet]) -> None:
        if self.state == DONE and incident.state == "resolved" and incident.stage == ids.STAGE_RESOLUTION:
            incident.enter_stage(ids.STAGE_RECOVERY, logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        row = playbook.recovery_item(self.item)
        if row is None:
            known = ", ".join(row.id for horizon in playbook.recovery for row in horizon.rows)
            return f"there is no recovery item {self.item!r}; the items are {known}"
        if self.state and row.done_by == "post-mortem":
            return "this item is ticked once the post-mortem is done or waived (P, or warroom postmortem)"
        if self.state not in ("", OPEN, DONE, SKIPPED):
            return f"a recovery item can't be {self.state!r}; it is open, done or skipped"
        if incident.state == "open":
            return "recovery begins once the incident is resolved; resolve it first"
        if incident.state == "cancelled":
            return "a cancelled incident has no recovery: nothing was fixed"
        if self.state == SKIPPED and not self.because.strip():
            return "skipping it needs a reason, so that it is a choice and not an oversight"
        return None


def set_item(playbook: Playbook, item: str, state: str, note: str = "") -> Draft:
    """Mark a recovery item as done, as skipped with the reason in `note`, or as open again."""
    row, note = playbook.recovery_item(item), note.strip()
    label = row.text if row else item
    words = {DONE: "✓ ", SKIPPED: "not doing: "}.get(state, "open again: ")
    return Draft(RecoverySet(item, state, note), f"{words}{label}" + (f" – {note}" if note else ""))


def assign(playbook: Playbook, item: str, owner: str) -> Draft:
    """Say who does a recovery item; an empty owner means nobody."""
    row, owner = playbook.recovery_item(item), clean_line(owner).strip()
    label = row.text if row else item
    return Draft(RecoverySet(item, owner=owner), f"{label}: {owner or 'nobody'} does it")
