"""One incident as it stands: the fold of its entries, and why an act on it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from warroom.model import times
from warroom.model.entries import (
    ActionTaken,
    AdviceDismissed,
    Amended,
    ClockSnoozed,
    Closed,
    DecisionContextAdded,
    DecisionMade,
    DecisionReviewed,
    Declared,
    Draft,
    Entry,
    EscalationStep,
    FactSet,
    ItemTicked,
    Known,
    MessageSent,
    Noted,
    Reopened,
    Resolved,
    Retitled,
    Retracted,
    RoleAssigned,
    SeveritySet,
    StageSet,
    TimerFinished,
    TimerStarted,
    TriggerAnswered,
)
from warroom.model.playbook import Playbook

RESOLUTION = "resolution"
"""The kind of message that says it is over."""

NEVER_DISMISSED = frozenset({"overdue", "acknowledge", "update_soon", "customer", "stand_by"})
"""Rules of the NOW line that stand for a clock, which can be snoozed, and the one that is always there."""

State = Literal["open", "resolved", "closed"]

# Retracting one of these would unmake the incident or its end without a word: they have acts of their own for that.
_LIFECYCLE = (Declared, Resolved, Closed, Reopened)


class Refused(Exception):
    """An act that makes no sense as things stand; its text says why and what to do instead."""


class Said(msgspec.Struct, frozen=True):
    """A state-changing entry as it reads today, corrections applied, with its body's fields at hand."""

    entry: Entry
    at: int
    text: str

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.entry.author


class Incident(msgspec.Struct):
    """What is known of one incident; a value: `fold` makes it, nothing changes it. Times in ms UTC."""

    id: str
    title: str
    severity: int
    began: int
    learned: int
    detected_by: str = ""
    state: State = "open"
    stage: str = "triage"
    resolved_at: int | None = None
    closed_at: int | None = None
    severities: tuple[tuple[int, int], ...] = ()
    """(since, level) in the order they were set, the last one counts; the first since the user learned of it."""
    roles: dict[str, tuple[Said, ...]] = {}
    """Present holders by role id, in order of their coming."""
    facts: dict[str, tuple[Said, ...]] = {}
    """Everything ever said of a fact, oldest first; the last counts."""
    items: dict[str, Said] = {}
    """The last tick or untick of each checklist item."""
    messages: tuple[Said, ...] = ()
    decisions: tuple[Said, ...] = ()
    snoozes: dict[str, Said] = {}
    timers: dict[str, tuple[Said, int]] = {}
    """The user's own clocks by entry key, with when each is due (ms UTC); one that is done with is gone."""
    dismissed: dict[tuple[str, str], Said] = {}
    """Advice that does not apply here, by rule and what it was about."""
    answers: dict[str, Said] = {}
    """The last answer to each trigger that is asked."""
    escalations: tuple[Said, ...] = ()
    rulings: dict[str, Said] = {}
    """What became of decisions, by the decision's key."""
    contexts: dict[str, tuple[Said, ...]] = {}
    """What was added to decisions, by the decision's key."""
    resolution: Said | None = None
    reopened: Said | None = None
    """The last time it was taken up again: what was said of its end before no longer holds."""
    replaced: dict[str, Entry] = {}
    """By key of the corrected or retracted entry: the entry that did it, the latest."""
    entries: int = 0

    def holders(self, role: str) -> tuple[str, ...]:
        """The names in a role, none where it is vacant."""
        return tuple(
            body.name for said in self.roles.get(role, ()) if isinstance(body := said.entry.body, RoleAssigned)
        )

    def fact(self, name: str) -> str:
        """The present value of a fact, empty where it is not known."""
        history = self.facts.get(name, ())
        return body.value if history and isinstance(body := history[-1].entry.body, FactSet) else ""

    def known_facts(self) -> dict[str, str]:
        """The facts that have a value, by name."""
        return {name: value for name in self.facts if (value := self.fact(name))}

    def sent(self, kinds: Iterable[str]) -> list[Said]:
        """The messages of those kinds that went out, in the order they happened."""
        wanted = set(kinds)
        return [said for said in self.messages if said.entry.body.message in wanted]  # type: ignore[union-attr]

    def end_told(self) -> bool:
        """Whether people have been told that it is over, and it has not been reopened since."""
        since = self.reopened.entry.order if self.reopened else (0, "", 0)
        return any(said.entry.order > since for said in self.sent([RESOLUTION]))

    def over(self) -> bool:
        """Whether the users' trouble has ended."""
        return self.state != "open"

    def elapsed(self, now: int) -> int:
        """How long it has gone on since it began, in ms; stands still once resolved."""
        return max((self.resolved_at if self.resolved_at is not None else now) - self.began, 0)


def fold(entries: Iterable[Entry]) -> Incident:
    """Make the incident of its state-changing entries, in any order of arrival; ValueError if none declares it."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    replaced = {entry.body.target: entry for entry in ordered if isinstance(entry.body, (Amended, Retracted))}
    declared = next((entry for entry in ordered if isinstance(entry.body, Declared)), None)
    if declared is None or not isinstance(declared.body, Declared):
        raise ValueError("these entries declare no incident")
    body = declared.body
    incident = Incident(
        id=declared.incident,
        title=body.title,
        severity=body.severity,
        began=body.began,
        learned=body.learned,
        detected_by=body.detected_by,
        severities=((body.learned, body.severity),),
        roles={},
        facts={},
        items={},
        snoozes={},
        timers={},
        dismissed={},
        answers={},
        rulings={},
        contexts={},
        replaced=replaced,
        entries=len(ordered),
    )
    for entry in ordered:
        change = replaced.get(entry.key)
        if change is None:
            _take(incident, Said(entry, entry.at, entry.text))
        elif isinstance(change.body, Amended):
            _take(incident, Said(entry, change.at, change.text))
    # In the order they went out; where a clock was set back in between, its time is no measure of that.
    incident.messages = tuple(sorted(incident.messages, key=lambda said: (said.at + said.entry.skew, said.entry.order)))
    return incident


def _take(incident: Incident, said: Said) -> None:
    """Let one entry have its effect on the incident being folded."""
    match said.entry.body:
        case Retitled(title=title):
            incident.title = title
        case SeveritySet(severity=level):
            incident.severity = level
            incident.severities += ((max(said.at, incident.learned), level),)
        case StageSet(stage=stage):
            incident.stage = stage
        case RoleAssigned() as role:
            _seat(incident, said, role)
        case FactSet(name=name):
            incident.facts[name] = (*incident.facts.get(name, ()), said)
        case ItemTicked(item=item):
            incident.items[item] = said
        case DecisionMade():
            incident.decisions += (said,)
            _respond(incident)
        case MessageSent():
            incident.messages += (said,)
        case ClockSnoozed(clock=clock):
            incident.snoozes[clock] = said
        case TimerStarted() | TimerFinished():
            _wind(incident, said)
        case AdviceDismissed(rule=rule, about=about):
            incident.dismissed[rule, about] = said
        case TriggerAnswered(trigger=trigger):
            incident.answers[trigger] = said
        case EscalationStep():
            incident.escalations += (said,)
        case DecisionReviewed(target=target):
            incident.rulings[target] = said
        case DecisionContextAdded(target=target):
            incident.contexts[target] = (*incident.contexts.get(target, ()), said)
        case Resolved():
            incident.state, incident.stage = "resolved", "resolution"
            incident.resolved_at, incident.resolution = said.at, said
        case Closed():
            incident.state, incident.closed_at = "closed", said.at
        case Reopened():
            incident.state, incident.stage = "open", "response"
            incident.resolved_at = incident.closed_at = incident.resolution = None
            incident.reopened = said
        case _:
            pass


def _respond(incident: Incident) -> None:
    """Triage is over once somebody holds the wheel or a decision is made."""
    if incident.stage in ("detection", "triage") and incident.state == "open":
        incident.stage = "response"


def _seat(incident: Incident, said: Said, role: RoleAssigned) -> None:
    """Seat a holder, in the place of whoever is there unless several may be; an empty name leaves a seat vacant."""
    present = incident.roles.get(role.role, ())
    names = {name.name: other for other in present if isinstance(name := other.entry.body, RoleAssigned)}
    names.pop(role.replaces, None)
    if role.name:
        if not role.several:
            names.clear()
        names[role.name] = said
        if role.role in ("ic", "on-call"):
            _respond(incident)
    incident.roles[role.role] = tuple(names.values())


def _wind(incident: Incident, said: Said) -> None:
    """Start an own clock; one dealt with goes on to its next time or is gone."""
    body = said.entry.body
    if isinstance(body, TimerStarted):
        incident.timers[said.entry.key] = (said, body.due)
    elif isinstance(body, TimerFinished) and (found := incident.timers.pop(body.target, None)) and body.due:
        incident.timers[body.target] = (found[0], body.due)


def refusal(incident: Incident | None, draft: Draft, playbook: Playbook, now: int) -> str | None:
    """Why this act can't be taken as things stand, as a sentence for the user; None if it can."""
    body, at = draft.body, draft.at
    if at is not None and at > now + times.MINUTE:
        return "that time is in the future; only what has happened can be logged"
    if isinstance(body, Declared):
        return _refuse_declaring(incident, body, playbook, now)
    if incident is None:
        return "there is no such incident; declare one first"
    if incident.state == "closed" and not isinstance(body, Reopened):
        return f"incident {incident.id} is closed; reopen it first if it is not over"
    return _refuse_lifecycle(incident, body, at if at is not None else now) or _refuse_content(
        incident, draft, playbook, now
    )


def _refuse_declaring(incident: Incident | None, body: Declared, playbook: Playbook, now: int) -> str | None:
    if incident is not None:
        return f"incident {incident.id} is declared already; declare another one of its own"
    if not body.title.strip():
        return "an incident needs a title: a few words on what users see"
    if body.severity not in {row.level for row in playbook.severities}:
        return f"there is no severity {body.severity}; it is one of 1, 2, 3 or 4"
    if max(body.began, body.learned) > now + times.MINUTE:
        return "an incident can't begin in the future"
    if body.learned < body.began:
        return "you can't have learned of it before it began; move the beginning back"
    return None


def _refuse_lifecycle(incident: Incident, body: Known, at: int) -> str | None:
    """Resolve, close and reopen follow on from one another."""
    match body:
        case Resolved() if incident.state == "resolved":
            return f"incident {incident.id} is already resolved; reopen it first if it came back"
        case Resolved() if at < incident.began:
            return "it can't be resolved before it began; check the time"
        case Closed() if incident.state == "open":
            return f"incident {incident.id} is not resolved yet; resolve it before closing it"
        case Reopened() if incident.state == "open":
            return f"incident {incident.id} is open"
        case MessageSent(promise=int(promise)) if promise <= at:
            return "the next update can't be promised for a time before the message itself; give a later one"
        case MessageSent(message=kind) if kind == RESOLUTION and incident.state == "open":
            return "it is not resolved yet; resolve the incident before telling people that it is"
    return None


def _refuse_content(incident: Incident, draft: Draft, playbook: Playbook, now: int) -> str | None:
    """Names must be the playbook's, and words must be there."""
    match draft.body:
        case Noted() | ActionTaken() | DecisionMade() if not draft.text.strip():
            return "there is nothing to log yet; write what happened"
        case Retitled(title=title) if not title.strip():
            return "an incident needs a title"
        case SeveritySet(severity=level) if level not in {row.level for row in playbook.severities}:
            return f"there is no severity {level}; it is one of 1, 2, 3 or 4"
        case SeveritySet(severity=level) if level == incident.severity:
            return f"it is SEV{level} already"
        case StageSet(stage=stage) if not playbook.stage(stage):
            return f"there is no stage {stage!r}; the stages are {', '.join(row.id for row in playbook.stages)}"
        case RoleAssigned(role=role) if not playbook.role(role):
            return f"there is no role {role!r}; the roles are {', '.join(row.id for row in playbook.roles)}"
        case FactSet(name=name) if not playbook.fact(name):
            return f"there is no fact {name!r}; the facts are {', '.join(row.id for row in playbook.facts)}"
        case ItemTicked(item=item) if not playbook.item(item):
            ids = ", ".join(item.id for phase in playbook.phases for item in phase.items)
            return f"there is no checklist item {item!r}; the items are {ids}"
        case TimerStarted(label=label) if not label.strip():
            return "a clock of your own needs a label, such as: check with the commander"
        case TimerStarted(due=due) if due <= now:
            return "that time has passed; give a moment to come"
        case TimerFinished(target=target) if target not in incident.timers:
            return "that clock is no longer running"
        case AdviceDismissed(rule=rule) if rule in NEVER_DISMISSED:
            return "a message that is due can't be set aside; snooze its clock, with a reason"
        case AdviceDismissed(because=because) if not because.strip():
            return "setting advice aside needs a reason, so that it is a choice and not an oversight"
        case TriggerAnswered(trigger=trigger) if trigger not in {row.id for row in playbook.triggers}:
            return f"there is no trigger {trigger!r}; they are {', '.join(row.id for row in playbook.triggers)}"
        case EscalationStep(step="skipped" | "declined", because=because) if not because.strip():
            return "not doing it is a decision too, and needs its reason"
        case DecisionReviewed(target=target) | DecisionContextAdded(target=target) if target not in {
            said.entry.key for said in incident.decisions
        }:
            return "there is no such decision in this incident"
        case ClockSnoozed(until=until) if until <= now:
            return "a clock can only be snoozed until a time to come"
        case ClockSnoozed(because=because) if not because.strip():
            return "a snooze needs a reason, so that silence is a choice and not an oversight"
        case Amended(target=target) | Retracted(target=target):
            return _refuse_correction(incident, target, draft)
    return None


def _refuse_correction(incident: Incident, target: str, draft: Draft) -> str | None:
    change = incident.replaced.get(target)
    if change is not None and isinstance(change.body, Retracted):
        return "that line was taken back already"
    if isinstance(draft.body, Amended) and not draft.text.strip():
        return "a correction needs words; to remove the line, take it back instead"
    return None


def correctable(entry: Entry) -> bool:
    """Whether an entry may be taken back; the incident's beginning and end have acts of their own."""
    return not isinstance(entry.body, (*_LIFECYCLE, Amended, Retracted))


def rewordable(entry: Entry) -> bool:
    """Whether an entry's words or time may be corrected: where they are all there is to it. A fact or a role is set
    again instead, and a message stays as it went out.
    """
    return isinstance(entry.body, (Noted, ActionTaken, DecisionMade))
