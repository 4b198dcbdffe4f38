"""Decisions: what was decided and why, what was added later, and whether it was confirmed or reversed."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model import times
from warroom.model.entries import BaseIncident, Body, Draft, Entry, Logged, Precision, Tone
from warroom.model.kinds.log import NOTHING_TO_LOG
from warroom.model.playbook import Playbook
from warroom.text.sentences import within

NO_SUCH_DECISION = "there is no such decision in this incident"


class DecisionMade(Body, frozen=True, tag="decision"):
    """A decision with its reason; what was decided is the entry's text."""

    may_be_reworded = True
    tone = Tone.STRONG
    offered_for_update = True

    because: str = ""
    options: str = ""
    by: str = ""
    asked_by: str = ""
    precision: Precision = "exact"

    @property
    def time_precision(self) -> Precision:
        return self.precision

    def fold(self, incident: BaseIncident, logged: Logged[DecisionMade]) -> None:
        incident.end_triage(logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if draft.text.strip() else NOTHING_TO_LOG

    def details(self) -> tuple[str, ...]:
        parts = (f"because {within(self.because)}" if self.because else "", f"by {self.by}" if self.by else "")
        return tuple(filter(None, parts))

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        """Everything known about the decision, including what was added later."""
        found = next((decision for decision in decision_list(incident) if decision.logged.key == entry.key), None)
        if found is None:  # it was taken back
            return [f"Because: {self.because}"] if self.because else []
        known = {
            "Because": found.because,
            "Options considered": found.options,
            "Decided by": found.by,
            "Asked for by": found.asked_by,
        }
        paragraphs = [f"{name}: {value}" for name, value in known.items() if value]
        if found.outcome and found.outcome_at is not None:
            why = f": {found.outcome_because}" if found.outcome_because else ""
            paragraphs.append(f"{found.outcome.capitalize()} at {times.clock_zone(found.outcome_at, tz)}{why}")
        return paragraphs


def decision(
    what: str,
    because: str = "",
    *,
    options: str = "",
    by: str = "",
    asked_by: str = "",
    at: int | None = None,
    precision: Precision = "exact",
) -> Draft:
    """Log a decision with its reason."""
    body = DecisionMade(because.strip(), options.strip(), by.strip(), asked_by.strip(), precision)
    return Draft(body, what.strip(), at)


class DecisionReviewed(Body, frozen=True, tag="ruling"):
    """A later review of a decision: `outcome` is `confirmed` or `reversed`."""

    timeline_name = "decision"

    target: str
    outcome: str
    because: str = ""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if _is_decision(incident, self.target) else NO_SUCH_DECISION

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.timeline_name, text.removeprefix("Decision ")


def review(decision: Entry, outcome: str, because: str) -> Draft:
    """Confirm or reverse an earlier decision; `outcome` is `confirmed` or `reversed`."""
    text = f"Decision {outcome}: {decision.text}" + (f" – {because.strip()}" if because.strip() else "")
    return Draft(DecisionReviewed(decision.key, outcome, because.strip()), text)


class DecisionContextAdded(Body, frozen=True, tag="context"):
    """Details added to a decision after it was logged; an empty field keeps the earlier value."""

    timeline_name = "decision"

    target: str
    options: str = ""
    by: str = ""
    asked_by: str = ""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if _is_decision(incident, self.target) else NO_SUCH_DECISION


def add_context(decision: Entry, *, options: str = "", by: str = "", asked_by: str = "") -> Draft:
    """Add to a decision which options were considered, who decided, or who asked for it."""
    parts = {"options": options.strip(), "decided by": by.strip(), "asked by": asked_by.strip()}
    details = "; ".join(f"{name}: {value}" for name, value in parts.items() if value)
    return Draft(
        DecisionContextAdded(decision.key, options.strip(), by.strip(), asked_by.strip()), f"{decision.text}: {details}"
    )


def _is_decision(incident: BaseIncident, key: str) -> bool:
    return any(logged.key == key for logged in incident.all(DecisionMade))


class Decision(msgspec.Struct, frozen=True):
    """One decision with additions and review; `outcome` is empty, `confirmed` or `reversed`.

    `number` is how people refer to it, counted from 1.
    """

    number: int
    logged: Logged[DecisionMade]
    because: str
    options: str
    by: str
    asked_by: str
    outcome: str = ""
    outcome_because: str = ""
    outcome_at: int | None = None


def decision_list(incident: BaseIncident) -> tuple[Decision, ...]:
    """Every decision in the order in which they were logged and are numbered."""
    contexts: dict[str, list[DecisionContextAdded]] = {}
    for added in incident.all(DecisionContextAdded):
        contexts.setdefault(added.body.target, []).append(added.body)
    reviews = {review.body.target: review for review in incident.all(DecisionReviewed)}
    return tuple(
        _decision(number, logged, contexts.get(logged.key, []), reviews.get(logged.key))
        for number, logged in enumerate(incident.all(DecisionMade), 1)
    )


def _decision(
    number: int,
    logged: Logged[DecisionMade],
    contexts: list[DecisionContextAdded],
    review: Logged[DecisionReviewed] | None,
) -> Decision:
    options, by, asked_by = logged.body.options, logged.body.by, logged.body.asked_by
    for added in contexts:
        options, by, asked_by = added.options or options, added.by or by, added.asked_by or asked_by
    return Decision(
        number,
        logged,
        logged.body.because,
        options,
        by,
        asked_by,
        outcome=review.body.outcome if review else "",
        outcome_because=review.body.because if review else "",
        outcome_at=review.at if review else None,
    )
