"""One incident as it stands: the fold of its entries, and why an act on it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from warroom.model import ids, times
from warroom.model.entries import BaseIncident, Draft, Entry, Logged
from warroom.model.kinds.advice import AdviceDismissed, dismissed_advice
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.escalation import EscalationStep, TriggerAnswered, last_answers
from warroom.model.kinds.facts import FactSet, fact_history
from warroom.model.kinds.items import ItemTicked, last_ticks
from warroom.model.kinds.lifecycle import Reopened, Resolved, declaration, last_resolution
from warroom.model.kinds.messages import MessageSent, messages_sent
from warroom.model.kinds.roles import RoleAssigned, present_holders
from warroom.model.kinds.timers import ClockSnoozed, TimerStarted, last_snoozes, running_timers
from warroom.model.playbook import Playbook


class Refused(Exception):
    """An act that makes no sense as things stand; its text says why and what to do instead."""


class Incident(BaseIncident):
    """What is known of one incident; a value: `fold` makes it, nothing changes it afterwards. Times in ms UTC.

    What the kinds can tell about it is worked out when first asked for. A kind that is not named here is had by
    `incident.all(ThatKind)`.
    """

    @cached_property
    def roles(self) -> dict[str, tuple[Logged[RoleAssigned], ...]]:
        """Present holders by role id, in order of their coming."""
        return present_holders(self)

    @cached_property
    def facts(self) -> dict[str, tuple[Logged[FactSet], ...]]:
        """Everything ever said of a fact, oldest first; the last counts."""
        return fact_history(self)

    @cached_property
    def items(self) -> dict[str, Logged[ItemTicked]]:
        """The last tick or untick of each checklist item."""
        return last_ticks(self)

    @cached_property
    def messages(self) -> tuple[Logged[MessageSent], ...]:
        """Every message in the order it went out."""
        return messages_sent(self)

    @cached_property
    def decisions(self) -> tuple[Logged[DecisionMade], ...]:
        """Every decision in the order it was written down."""
        return self.all(DecisionMade)

    @cached_property
    def snoozes(self) -> dict[str, Logged[ClockSnoozed]]:
        """The last snooze of each clock."""
        return last_snoozes(self)

    @cached_property
    def timers(self) -> dict[str, tuple[Logged[TimerStarted], int]]:
        """The user's own clocks by entry key, with when each is due; one that is done with is gone."""
        return running_timers(self)

    @cached_property
    def dismissed(self) -> dict[tuple[str, str], Logged[AdviceDismissed]]:
        """Advice that does not apply here, by rule and what it was about."""
        return dismissed_advice(self)

    @cached_property
    def answers(self) -> dict[str, Logged[TriggerAnswered]]:
        """The last answer to each trigger that is asked."""
        return last_answers(self)

    @cached_property
    def escalations(self) -> tuple[Logged[EscalationStep], ...]:
        """Every step of escalating but the messages."""
        return self.all(EscalationStep)

    @cached_property
    def resolution(self) -> Logged[Resolved] | None:
        """How it was resolved."""
        return last_resolution(self)

    @cached_property
    def reopened(self) -> Logged[Reopened] | None:
        """The last time it was taken up again: what was said of its end before no longer holds."""
        return self.last(Reopened)

    def holders(self, role: str) -> tuple[str, ...]:
        """The names in a role, none where it is vacant."""
        return tuple(logged.body.name for logged in self.roles.get(role, ()))

    def fact(self, name: str) -> str:
        """The present value of a fact, empty where it is not known."""
        history = self.facts.get(name)
        return history[-1].body.value if history else ""

    def known_facts(self) -> dict[str, str]:
        """The facts that have a value, by name."""
        return {name: value for name in self.facts if (value := self.fact(name))}

    def sent(self, kinds: Iterable[str]) -> list[Logged[MessageSent]]:
        """The messages of those kinds that went out, in the order they happened."""
        wanted = set(kinds)
        return [logged for logged in self.messages if logged.body.message in wanted]

    def end_told(self) -> bool:
        """Whether people have been told that it is over, and it has not been reopened since."""
        since = self.reopened.order if self.reopened else (0, "", 0)
        return any(logged.order > since for logged in self.sent([ids.MESSAGE_RESOLUTION]))

    def over(self) -> bool:
        """Whether the users' trouble has ended."""
        return self.state != "open"

    def elapsed(self, now: int) -> int:
        """How long it has gone on since it began, in ms; stands still once resolved."""
        return max((self.resolved_at if self.resolved_at is not None else now) - self.began, 0)


def fold(entries: Iterable[Entry]) -> Incident:
    """Make the incident of its state-changing entries, in any order of arrival; ValueError if none declares it."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    declared, body = declaration(ordered)
    incident = Incident(
        id=declared.incident,
        title=body.title,
        severity=body.severity,
        began=body.began,
        learned=body.learned,
        detected_by=body.detected_by,
        severities=((body.learned, body.severity),),
        replaced={
            change.target: change for entry in ordered if (change := entry.body.as_correction(entry)) is not None
        },
        by_kind={},
    )
    for entry in ordered:
        change = incident.replaced.get(entry.key)
        if not entry.body.changes_state or entry.body.corrects is not None or (change and change.retracted):
            continue
        logged = Logged(entry, change.at if change else entry.at, change.text if change else entry.text, entry.body)
        incident.by_kind.setdefault(type(entry.body), []).append(logged)
        entry.body.fold(incident, logged)
    return incident


def refusal(incident: Incident | None, draft: Draft, playbook: Playbook, now: int) -> str | None:
    """Why this act can't be taken as things stand, as a sentence for the user; None if it can. `now` in ms UTC."""
    if draft.at is not None and draft.at > now + times.MINUTE:
        return "that time is in the future; only what has happened can be logged"
    if incident is None:
        return draft.body.refusal_at_start(playbook, now)
    if incident.state == "closed" and not draft.body.allowed_when_closed:
        return f"incident {incident.id} is closed; reopen it first if it is not over"
    return draft.body.refusal(incident, draft, playbook, now)
