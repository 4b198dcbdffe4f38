"""Linking a line of the timeline to the decision that it led to, or that it carries out."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Draft, Entry
from warroom.model.kinds.decisions import NO_SUCH_DECISION, Decision, DecisionMade, decision_list
from warroom.model.playbook import Playbook


class Linked(Body, frozen=True, tag="linked"):
    """The line `target` belongs to `decision` (its key), or to none if that is empty; this is no line itself."""

    allowed_when_closed = True

    target: str
    decision: str = ""

    @property
    def marks(self) -> str:
        return self.target

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        change = incident.replaced.get(self.target)
        if change is not None and change.retracted:
            return "that line was taken back, so it can't be linked"
        before = last_links(incident).get(self.target, "")
        if not self.decision:
            return None if before else "that line is not linked to a decision"
        if self.target == self.decision:
            return "a decision can't be linked to itself"
        if before == self.decision:
            return "that line is linked to this decision already"
        return None if any(one.key == self.decision for one in incident.all(DecisionMade)) else NO_SUCH_DECISION


def link(entry: Entry, decision: Decision) -> Draft:
    """Link a line to a decision instead of any other; `entry` is the line as it reads now."""
    text = f"Linked to decision “{_words(decision.logged.text)}”: {_words(entry.text)}"
    return Draft(Linked(entry.key, decision.logged.key), text)


def unlink(entry: Entry) -> Draft:
    """Take a line's link to a decision away; `entry` is the line as it reads now."""
    return Draft(Linked(entry.key), f"No longer linked to a decision: {_words(entry.text)}")


def _words(text: str) -> str:
    return text.partition("\n")[0]


def last_links(incident: BaseIncident) -> dict[str, str]:
    """The key of the decision that each line was linked to last, by the line's key; empty if that was taken away."""
    return {logged.body.target: logged.body.decision for logged in incident.all(Linked)}


def linked_decisions(incident: BaseIncident) -> dict[str, Decision]:
    """The decision that each line belongs to, by the line's key; a decision that was taken back has no lines."""
    links = last_links(incident)
    if not links:
        return {}
    decisions = {one.logged.key: one for one in decision_list(incident)}
    return {line: decisions[key] for line, key in links.items() if key in decisions}
