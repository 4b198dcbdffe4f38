"""Correcting an entry and taking an entry back; the original stays readable."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model.entries import BaseIncident, Body, Correction, Draft, Entry
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.lifecycle import Declared, Reopened, Resolved
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import ITS_TIMELINE, MilestoneSet
from warroom.model.kinds.times import correct_time
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE
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
        if self.becomes and isinstance(body, MessageSent | MilestoneSet | Resolved) and may_become_another(body):
            body = Noted(body.by)
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
        if self.becomes and isinstance(target.body, Resolved):
            return why_not_recast(target.body)
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


def move(incident: BaseIncident, entry: Entry, at: int, because: str = "", tz: tzinfo | None = None) -> list[Draft]:
    """Correct the time of an entry; `entry` is the line as it reads now.

    If it is the line of an imported timeline with which the incident began, and that was earlier, the beginning is
    corrected with it.
    """
    moved, declared = amend(entry, entry.text, at, because), incident.last(Declared)
    is_first = entry.at // MINUTE == incident.began // MINUTE and at < incident.began
    if declared is None or not declared.body.imported or not is_first:
        return [moved]
    return [correct_time(incident, "began", at, because, tz), moved]


def recast(entry: Entry, becomes: str, because: str = "", incident: BaseIncident | None = None) -> Draft:
    """Change a line into a note, an action or a decision (a tag of KINDS); `entry` is the line as it reads now.

    `because` is the reason for a decision. The reason of what is no decision any more goes on in its words, unless
    making it one had added that: the corrections in `incident` tell. The line that resolved the incident reopens it.
    """
    because, text = because.strip(), entry.text
    if isinstance(entry.body, Resolved):
        body = Reopened(undoes=True, of=entry.key, becomes=becomes)
        return Draft(body, f"Reopened: the line that resolved it is {'an action' if becomes == 'action' else 'a note'}")
    reason = entry.body.because if isinstance(entry.body, DecisionMade) else ""
    changes = incident.changes.get(entry.key, ()) if incident is not None else ()
    was_added = any(isinstance(one.entry.body, Amended) and one.entry.body.reason == reason for one in changes)
    if reason and becomes != DecisionMade.tag() and not was_added:
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
        if isinstance(target.body, Resolved):  # lists of incidents look only at what reopens them
            return "the line that resolved the incident is taken back by reopening it"
        return None if target.body.may_be_retracted else why_not_corrected(target.body)


def retract(entry: Entry, because: str = "", *, how: str = "", together: int = 0) -> Draft:
    """Take an entry back; it stays readable and no longer counts. What had been taken back is put back that way.

    The line that resolved the incident reopens it, as if it had not been there.
    """
    because = because.strip()
    if isinstance(entry.body, Resolved):
        said = "Reopened: the line that resolved it was taken back" + (f" ({because})" if because else "")
        return Draft(Reopened(because, undoes=True, of=entry.key), said)
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
    """Whether a line can become a note, an action or a decision.

    One of these can, and a line of a timeline that tells of a message or a milestone. The line that resolved the
    incident can become a note or an action.
    """
    if isinstance(body, MessageSent):
        return body.is_told_of
    if isinstance(body, MilestoneSet):
        return body.because == ITS_TIMELINE
    return isinstance(body, (*KINDS.values(), Resolved))


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
