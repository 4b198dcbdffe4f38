"""Correcting an entry and taking an entry back; the original stays readable."""

from __future__ import annotations

import msgspec

from warroom.model.entries import BaseIncident, Body, Correction, Draft, Entry
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.text.sentences import within

KINDS = {kind.tag(): kind for kind in (Noted, ActionTaken, DecisionMade)}
"""The kinds that a line can be changed into, by their tags; see `may_become_another` for which lines can."""

_TAKEN_BACK = "that line has already been taken back"
_NO_SUCH_LINE = "there is no such line in this incident"


class Amended(Body, frozen=True, tag="amended"):
    """A correction: this entry's text and `at` replace the target's; the original stays readable."""

    timeline_name = "corrected"

    target: str
    because: str = ""
    becomes: str = ""
    """The kind that the target is from now on, one of KINDS; empty if that stays as it is."""
    reason: str = ""
    """The reason for the decision, if it becomes one."""

    @property
    def corrects(self) -> str:
        return self.target

    @property
    def recasts(self) -> str | None:
        return self.target if self.becomes else None

    def as_correction(self, entry: Entry) -> Correction:
        return Correction(entry, self.target, self.because, retracted=False, recast=self if self.becomes else None)

    def applied_to(self, body: Body) -> Body:
        if isinstance(body, MessageSent) and body.is_told_of and self.becomes:
            body = Noted()
        if not isinstance(body, (Noted, ActionTaken, DecisionMade)):
            return body
        match self.becomes:
            case "note":
                return Noted(body.by, precision=body.precision)
            case "action":
                return ActionTaken(body.by, body.precision)
            case "decision" if isinstance(body, DecisionMade):
                return msgspec.structs.replace(body, because=self.reason or body.because)
            case "decision":
                return DecisionMade(self.reason, by=body.by, precision=body.precision)
        return body

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if _is_taken_back(incident, self.target):
            return _TAKEN_BACK
        if not draft.text.strip():
            return "write the corrected text; to remove the line, take it back instead"
        if self.becomes and self.becomes not in KINDS:
            return f"a line can't become {self.becomes!r}; it is one of {', '.join(KINDS)}"
        return None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        if target is None or target.incident != incident.id:
            return _NO_SUCH_LINE
        rewordable = target.body.is_rewordable(target.text)
        if self.becomes and not may_become_another(target.body) and (rewordable or target.body.may_be_retracted):
            return why_not_recast(target.body)
        if not rewordable:
            return why_not_reworded(target.body)
        if draft.at is None or draft.at == incident.shown(target).at:
            return None
        return target.body.refusal_of_time(incident, target.key, draft.at)


def amend(entry: Entry, text: str, at: int | None = None, because: str = "") -> Draft:
    """Correct the text or the time of an entry; the original stays readable."""
    return Draft(Amended(entry.key, because.strip()), text.strip(), entry.at if at is None else at)


def recast(entry: Entry, becomes: str, because: str = "") -> Draft:
    """Change a line into a note, an action or a decision (a tag of KINDS); `entry` is the line as it reads now.

    `because` is the reason for a decision. The reason of what is no decision any more goes on in its words.
    """
    because, text, reason = because.strip(), entry.text, getattr(entry.body, "because", "")
    if reason and becomes != DecisionMade.tag():
        text += f" – because {within(reason)}"
    return Draft(Amended(entry.key, becomes=becomes, reason=because), text, entry.at)


class Retracted(Body, frozen=True, tag="retracted"):
    """An entry taken back: it no longer counts, and stays readable."""

    timeline_name = "took back"

    target: str
    because: str = ""
    how: str = ""
    """"undo" or "redo" if that is how it came about, then `together` is how many entries that act has."""
    together: int = 0

    @property
    def corrects(self) -> str:
        return self.target

    @property
    def undo_step(self) -> str:
        return self.how

    def as_correction(self, entry: Entry) -> Correction:
        return Correction(entry, self.target, self.because, retracted=True)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return _TAKEN_BACK if _is_taken_back(incident, self.target) else None

    def refusal_of_target(self, incident: BaseIncident, target: Entry | None, draft: Draft) -> str | None:
        if target is None or target.incident != incident.id:
            return _NO_SUCH_LINE
        return None if target.body.may_be_retracted else why_not_corrected(target.body)


def retract(entry: Entry, because: str = "", *, how: str = "", together: int = 0) -> Draft:
    """Take an entry back; it stays readable and no longer counts. What had been taken back is put back that way."""
    because = because.strip()
    words, verb = entry.text, "Taken back"
    if isinstance(entry.body, Retracted):
        words, verb = words.removeprefix("Taken back: "), "Put back"
    return Draft(
        Retracted(entry.key, because, how, together), f"{verb}: {words}" + (f" ({because})" if because else "")
    )


def _is_taken_back(incident: BaseIncident, target: str) -> bool:
    change = incident.replaced.get(target)
    return change is not None and change.retracted


def may_become_another(body: Body) -> bool:
    """Whether a line can become a note, an action or a decision: one of these, or a message that was only told of."""
    return isinstance(body, tuple(KINDS.values())) or (isinstance(body, MessageSent) and body.is_told_of)


def why_not_corrected(body: Body) -> str:
    """Why a line of a kind that stays can't be taken back, nor corrected unless it may be reworded; and what to do."""
    what = "taken back" if body.may_be_reworded else "corrected or taken back"
    return f"a “{body.kind_label}” line can't be {what}; {body.instead}"


def why_not_reworded(body: Body) -> str:
    """Why the words and the time of a line can't be corrected, and what to do."""
    if not body.may_be_retracted:
        return why_not_corrected(body)
    again = "log it again, or take it back with x on the line, or with warroom correct retract"
    return f"a “{body.kind_label}” line can't be reworded; {again}"


def why_not_recast(body: Body) -> str:
    """Why a line can't become a note, an action or a decision."""
    can = "only notes, actions and decisions can become another of these"
    if body.may_be_retracted:
        can += "; take it back with x on the line, or with warroom correct retract, and log it again"
    return f"a “{body.kind_label}” line stays one; {can}"
