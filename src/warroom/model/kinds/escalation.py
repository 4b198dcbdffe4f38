"""Escalating, step by step, and the answers to what only a person can say."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook


class TriggerAnswered(Body, frozen=True, tag="trigger"):
    """The answer to a question only a person can answer: whether a reason to escalate holds."""

    trigger: str
    holds: bool

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        known = [row.id for row in playbook.triggers]
        return None if self.trigger in known else f"there is no trigger {self.trigger!r}; they are {', '.join(known)}"


def answer_trigger(playbook: Playbook, trigger: str, holds: bool) -> Draft:
    """Say whether a reason to escalate holds."""
    row = next((row for row in playbook.triggers if row.id == trigger), None)
    words = f"{'Holds' if holds else 'Does not hold'}: {row.text if row else trigger}"
    return Draft(TriggerAnswered(trigger, holds), words)


def last_answers(incident: BaseIncident) -> dict[str, Logged[TriggerAnswered]]:
    """The last answer to each trigger that is asked, by the trigger's id."""
    return {logged.body.trigger: logged for logged in incident.all(TriggerAnswered)}


class EscalationStep(Body, frozen=True, tag="escalation"):
    """A step of escalating. `step` is `told` (the incident commander agrees or objects, `agrees`), `skipped` (step 1
    left out) or `declined` (a decision not to escalate); the latter two with their reason.
    """

    step: str
    agrees: bool = False
    because: str = ""
    triggers: list[str] = []

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.step in ("skipped", "declined") and not self.because.strip():
            return "not doing it is a decision too, and needs its reason"
        return None

    def log_line(self, text: str, playbook: Playbook, *, acknowledged: bool = False) -> tuple[str, str]:
        return self.kind, text.removeprefix("Escalation: ")


def tell_commander(commander: str, agrees: bool, because: str = "", triggers: list[str] | None = None) -> Draft:
    """Step 1 of escalating: the incident commander was told, and agrees or objects."""
    name = commander or "the incident commander"
    words = f"Escalation: {name} told, {'agrees' if agrees else 'objects'}" + (f": {because}" if because else "")
    return Draft(EscalationStep("told", agrees, because.strip(), triggers or []), words)


def skip_commander(because: str, triggers: list[str] | None = None) -> Draft:
    """Escalate without telling the commander first, which takes a reason."""
    words = f"Escalation without telling the commander first: {because.strip()}"
    return Draft(EscalationStep("skipped", False, because.strip(), triggers or []), words)


def decline_escalation(because: str, triggers: list[str] | None = None) -> Draft:
    """Decide not to escalate, which takes a reason too."""
    return Draft(
        EscalationStep("declined", False, because.strip(), triggers or []), f"Not escalating: {because.strip()}"
    )
