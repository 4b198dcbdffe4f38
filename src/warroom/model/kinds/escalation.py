"""The steps of escalating, and the user's answers to triggers that the program can't compute."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook


class TriggerAnswered(Body, frozen=True, tag="trigger"):
    """The user's answer to whether a trigger applies (`holds`)."""

    trigger: str
    holds: bool

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        known = [row.id for row in playbook.triggers]
        return None if self.trigger in known else f"there is no trigger {self.trigger!r}; they are {', '.join(known)}"


def answer_trigger(playbook: Playbook, trigger: str, holds: bool) -> Draft:
    """Answer whether a trigger applies."""
    row = next((row for row in playbook.triggers if row.id == trigger), None)
    text = f"{'Applies' if holds else 'Does not apply'}: {row.text if row else trigger}"
    return Draft(TriggerAnswered(trigger, holds), text)


def last_answers(incident: BaseIncident) -> dict[str, Logged[TriggerAnswered]]:
    """The last answer to each trigger question, by the trigger's id."""
    return {logged.body.trigger: logged for logged in incident.all(TriggerAnswered)}


class EscalationStep(Body, frozen=True, tag="escalation"):
    """A step of escalating: `step` is `told`, `skipped` or `declined`.

    `told`: the incident commander was told, and agrees or objects (`agrees`). `skipped`: the message goes out without
    telling the commander. `declined`: a decision not to escalate. The last two need a reason (`because`). `triggers`
    are the ids of those that applied at the time.
    """

    step: str
    agrees: bool = False
    because: str = ""
    triggers: list[str] = []

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.step in ("skipped", "declined") and not self.because.strip():
            return "skipping the commander, or not escalating, needs a reason"
        return None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.kind, text.removeprefix("Escalation: ")


def tell_commander(commander: str, agrees: bool, because: str = "", triggers: list[str] | None = None) -> Draft:
    """Log step 1 of escalating: the incident commander was told, and agrees or objects."""
    name = commander or "the incident commander"
    text = f"Escalation: {name} told, {'agrees' if agrees else 'objects'}" + (f": {because}" if because else "")
    return Draft(EscalationStep("told", agrees, because.strip(), triggers or []), text)


def skip_commander(because: str, triggers: list[str] | None = None) -> Draft:
    """Escalate without telling the commander first, for a reason."""
    text = f"Escalation without telling the commander first: {because.strip()}"
    return Draft(EscalationStep("skipped", False, because.strip(), triggers or []), text)


def decline_escalation(because: str, triggers: list[str] | None = None) -> Draft:
    """Decide not to escalate, for a reason."""
    return Draft(
        EscalationStep("declined", False, because.strip(), triggers or []), f"Not escalating: {because.strip()}"
    )
