"""Notes and actions: lines that people write themselves, which don't change the incident's state."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model.entries import BaseIncident, Body, Draft, Entry, Precision, Tone
from warroom.model.playbook import Playbook

NOTHING_TO_LOG = "there is nothing to log yet; write what happened"


class Noted(Body, frozen=True, tag="note"):
    """Something that happened or was learned; the entry's text says what."""

    changes_state = False
    may_be_reworded = True
    offered_for_update = True

    by: str = ""
    """Who said it, if that is not the author."""
    called: str = ""
    """What it is called in the timeline, if it was a line of a timeline written elsewhere: detected, message, …"""
    precision: Precision = "exact"

    @property
    def kind_label(self) -> str:
        return self.called or self.kind

    @property
    def time_precision(self) -> Precision:
        return self.precision

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if draft.text.strip() else NOTHING_TO_LOG

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        return [f"By: {self.by}"] if self.by else []


def note(text: str, at: int | None = None, by: str = "", *, called: str = "", precision: Precision = "exact") -> Draft:
    """Log what happened, and who said so if that is not the author.

    `called` and `precision` are for a line of a timeline that was written elsewhere.
    """
    return Draft(Noted(by.strip(), called, precision), text.strip(), at)


class ActionTaken(Body, frozen=True, tag="action"):
    """Something that was done, and who did it; the entry's text says what."""

    changes_state = False
    may_be_reworded = True
    tone = Tone.ACTIVE
    offered_for_update = True

    by: str = ""
    precision: Precision = "exact"

    @property
    def time_precision(self) -> Precision:
        return self.precision

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if draft.text.strip() else NOTHING_TO_LOG

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        return [f"By: {self.by}"] if self.by else []


def action(text: str, by: str = "", at: int | None = None, *, precision: Precision = "exact") -> Draft:
    """Log what was done, and who did it."""
    return Draft(ActionTaken(by.strip(), precision), text.strip(), at)
