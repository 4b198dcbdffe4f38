"""Advice of the NOW line that the user set aside."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook

NEVER_DISMISSED = frozenset(
    {ids.RULE_OVERDUE, ids.RULE_ACKNOWLEDGE, ids.RULE_UPDATE_SOON, ids.RULE_CUSTOMER, ids.RULE_STAND_BY}
)
"""Rules that can't be set aside: those for a clock, which can be snoozed instead, and stand_by, the last rule."""


AFTER_THE_FIX = frozenset({ids.RULE_RECOVERY, ids.RULE_POST_MORTEM, ids.RULE_ACTION_ITEM})
"""Rules that go on after the incident is closed, as long as something is owed."""


class AdviceDismissed(Body, frozen=True, tag="dismissed"):
    """Advice that does not apply to this incident, and why; it is not shown again. `about` is the advice's target."""

    timeline_name = "set aside"
    allowed_when_closed = True

    rule: str
    about: str
    because: str

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if incident.closed_for_now and self.rule not in AFTER_THE_FIX:
            return incident.closed_for_now
        if self.rule in NEVER_DISMISSED:
            return "a message that is due can't be set aside; snooze its clock, with a reason"
        if not self.because.strip():
            return "setting advice aside needs a reason, so that it is a choice and not an oversight"
        return None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.timeline_name, text.removeprefix("Set aside: ")


def dismiss(rule: str, about: str, text: str, because: str) -> Draft:
    """Set advice of the NOW line aside, with the reason; `text` is the text of the advice."""
    return Draft(AdviceDismissed(rule, about, because.strip()), f"Set aside: {text} – {because.strip()}")


def dismissed_advice(incident: BaseIncident) -> dict[tuple[str, str], Logged[AdviceDismissed]]:
    """Advice that was set aside, by rule and target."""
    return {(logged.body.rule, logged.body.about): logged for logged in incident.all(AdviceDismissed)}
