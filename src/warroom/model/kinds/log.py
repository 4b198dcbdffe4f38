"""What happened and what was done: the lines people write themselves, which change nothing else."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model.entries import BaseIncident, Body, Draft, Entry, Tone
from warroom.model.playbook import Playbook

NOTHING_TO_LOG = "there is nothing to log yet; write what happened"


class Noted(Body, frozen=True, tag="note"):
    """Something that happened or was learned; the words are the entry's text."""

    changes_state = False
    may_be_reworded = True
    worth_telling = True

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if draft.text.strip() else NOTHING_TO_LOG


def note(text: str, at: int | None = None) -> Draft:
    """Write down what happened."""
    return Draft(Noted(), text.strip(), at)


class ActionTaken(Body, frozen=True, tag="action"):
    """Something that was done, and by whom; what was done is the entry's text."""

    changes_state = False
    may_be_reworded = True
    tone = Tone.ACTIVE
    worth_telling = True

    by: str = ""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if draft.text.strip() else NOTHING_TO_LOG

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        return [f"By: {self.by}"] if self.by else []


def action(text: str, by: str = "", at: int | None = None) -> Draft:
    """Write down what was done, and by whom."""
    return Draft(ActionTaken(by.strip()), text.strip(), at)
