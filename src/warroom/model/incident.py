"""One incident: its current state, folded from its entries, and why an act on it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from warroom.model import ids, times
from warroom.model.ends import undone_ends
from warroom.model.entries import PAST, BaseIncident, Body, Correction, Draft, Entry, Logged
from warroom.model.kinds.advice import AdviceDismissed, dismissed_advice
from warroom.model.kinds.corrections import Amended
from warroom.model.kinds.decisions import Decision, DecisionMade
from warroom.model.kinds.escalation import EscalationStep, TriggerAnswered, last_answers
from warroom.model.kinds.facts import FactSet, fact_history
from warroom.model.kinds.items import ItemTicked, last_ticks
from warroom.model.kinds.lifecycle import (
    Closed,
    Reopened,
    Resolved,
    cancellation,
    declaration,
    last_resolution,
)
from warroom.model.kinds.links import linked_decisions
from warroom.model.kinds.messages import MessageSent, messages_sent
from warroom.model.kinds.pins import pinned_keys
from warroom.model.kinds.roles import RoleAssigned, present_holders
from warroom.model.kinds.timers import ClockSnoozed, TimerStarted, last_snoozes, running_timers
from warroom.model.kinds.times import corrected_times
from warroom.model.playbook import Playbook


class Refused(Exception):
    """An act that makes no sense in the incident's current state; its text says why and what to do instead."""


class Incident(BaseIncident):
    """The current state of one incident; made by `fold` and never changed afterwards. Times in ms UTC.

    Each property is computed when it is first used. Entries of a kind without a property here: `incident.all(Kind)`.
    """

    @cached_property
    def roles(self) -> dict[str, tuple[Logged[RoleAssigned], ...]]:
        """The current holders by role id, in the order in which they took the role."""
        return present_holders(self)

    @cached_property
    def facts(self) -> dict[str, tuple[Logged[FactSet], ...]]:
        """Every value of each fact, oldest first; the last is the current one."""
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
        """Every decision in the order it was logged."""
        return self.all(DecisionMade)

    @cached_property
    def snoozes(self) -> dict[str, Logged[ClockSnoozed]]:
        """The last snooze of each clock."""
        return last_snoozes(self)

    @cached_property
    def timers(self) -> dict[str, tuple[Logged[TimerStarted], int]]:
        """The user's own running clocks by entry key, each with when it is due."""
        return running_timers(self)

    @cached_property
    def dismissed(self) -> dict[tuple[str, str], Logged[AdviceDismissed]]:
        """Advice that was set aside, by rule and target."""
        return dismissed_advice(self)

    @cached_property
    def answers(self) -> dict[str, Logged[TriggerAnswered]]:
        """The last answer to each trigger question, by the trigger's id."""
        return last_answers(self)

    @cached_property
    def escalations(self) -> tuple[Logged[EscalationStep], ...]:
        """Every escalation step except the messages."""
        return self.all(EscalationStep)

    @cached_property
    def pinned(self) -> frozenset[str]:
        """The keys of the lines of the timeline that are pinned."""
        return pinned_keys(self)

    @cached_property
    def links(self) -> dict[str, Decision]:
        """The decision that each linked line of the timeline belongs to, by the line's key."""
        return linked_decisions(self)

    @cached_property
    def resolution(self) -> Logged[Resolved] | None:
        """The entry that resolved it; None while it is open."""
        return last_resolution(self)

    @cached_property
    def cancelled(self) -> Logged[Closed] | None:
        """The entry that cancelled it, as a false alarm or a duplicate; None unless it is cancelled now."""
        return cancellation(self)

    @property
    def outcome(self) -> str:
        """How it stands, in words: its state, or `cancelled: false alarm`."""
        return f"cancelled: {self.cancelled.body.outcome}" if self.cancelled else self.state

    @property
    def ended_at(self) -> int | None:
        """When it was over: resolved, or cancelled; None while it is open."""
        return self.closed_at if self.resolved_at is None else self.resolved_at

    @cached_property
    def reopened(self) -> Logged[Reopened] | None:
        """The last time it was reopened; a resolution notice sent before then no longer counts."""
        return self.last(Reopened)

    @cached_property
    def restarted(self) -> Logged[Reopened] | None:
        """The last time it was reopened after it had really ended: its deadlines began anew then."""
        return next((logged for logged in reversed(self.all(Reopened)) if not logged.body.undoes), None)

    @property
    def reopenings(self) -> tuple[Logged[Reopened], ...]:
        """Every time it was reopened, in order."""
        return self.all(Reopened)

    @property
    def follow_up_goes_on(self) -> bool:
        """Whether what is owed after the fix still has its clocks: resolved, or closed while something was owed."""
        closed = self.last(Closed)
        return self.state == "resolved" or (self.state == "closed" and closed is not None and closed.body.owes)

    @property
    def was_history(self) -> bool:
        """Whether it was over before it was written down, as an old timeline that is imported."""
        return self.ended_at is not None and self.ended_at // times.MINUTE < self.declared_at // times.MINUTE

    @property
    def is_from_the_past(self) -> bool:
        """Whether nobody worked on it with this log: it was over, or known for a day, before it was written down."""
        return self.was_history or self.declared_at - self.learned >= PAST

    def came_too_early(self, due: int) -> bool:
        """Whether a deadline was over before the incident was written down, so that nobody could have kept it here."""
        return self.is_from_the_past and due // times.MINUTE < self.declared_at // times.MINUTE

    def told_here(self, kinds: Iterable[str]) -> list[Logged[MessageSent]]:
        """The messages of these kinds without those of a past incident that went out before it was written down."""
        return [logged for logged in self.sent(kinds) if not self.came_too_early(logged.at)]

    def holders(self, role: str) -> tuple[str, ...]:
        """The names of a role's holders; empty if the role is vacant."""
        return tuple(logged.body.name for logged in self.roles.get(role, ()))

    def fact(self, name: str) -> str:
        """The current value of a fact; empty if it is not known."""
        history = self.facts.get(name)
        return history[-1].body.value if history else ""

    def known_facts(self) -> dict[str, str]:
        """The facts that have a value, by name."""
        return {name: value for name in self.facts if (value := self.fact(name))}

    def sent(self, kinds: Iterable[str]) -> list[Logged[MessageSent]]:
        """The messages of these kinds, in the order they were sent."""
        wanted = set(kinds)
        return [logged for logged in self.messages if logged.body.message in wanted]

    def resolution_announced(self) -> bool:
        """Whether a resolution notice was sent, and the incident has not been reopened since.

        Of a cancelled incident: whether a status update went out after it was cancelled, to say so.
        """
        if self.cancelled:
            return any(logged.order > self.cancelled.order for logged in self.sent([ids.MESSAGE_UPDATE]))
        since = self.reopened.order if self.reopened else (0, "", 0)
        return any(logged.order > since for logged in self.sent([ids.MESSAGE_RESOLUTION]))

    def over(self) -> bool:
        """Whether it is resolved, cancelled or closed."""
        return self.state != "open"

    def elapsed(self, now: int) -> int:
        """How long it has lasted, in ms: from when it began until `now`, or until it was over."""
        return max(now - self.began, 0) if self.ended_at is None else self.length(now)

    def length(self, now: int) -> int:
        """How long it has lasted, as people are told beside the two times, in ms; see `times.between`."""
        return times.between(self.began, now if self.ended_at is None else self.ended_at)


def fold(entries: Iterable[Entry]) -> Incident:
    """Build the incident from its state-changing entries, in any order. Raises ValueError if none declares it."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    declared, body = declaration(ordered)
    changes: dict[str, list[Correction]] = {}
    for entry in ordered:
        if (change := entry.body.as_correction(entry)) is not None:
            changes.setdefault(change.target, []).append(change)
    replaced = corrections_in_force(changes)
    began, learned = corrected_times(ordered, declared, body, replaced)
    incident = Incident(
        id=declared.incident,
        title=body.title,
        severity=body.severity,
        began=began,
        learned=learned,
        detected_by=body.detected_by,
        drill=body.drill,
        severities=((learned, body.severity),),
        stages=((learned, ids.STAGE_TRIAGE),),
        declared=declared.key,
        declared_at=declared.recorded,
        replaced=replaced,
        changes=changes,
        marks=[entry for entry in ordered if entry.body.marks is not None],
        by_kind={},
        numbered={},
        addable_when_closed=set(),
    )
    for entry in sorted((entry for entry in ordered if entry.body.keeps_number), key=lambda entry: entry.seq):
        incident.numbered.setdefault(type(entry.body), []).append(entry.key)
    for entry in ordered:
        if entry.body.allowed_when_closed:
            incident.addable_when_closed.add(entry.key)
        change = replaced.get(entry.key)
        if entry.body.corrects is not None or (change and change.retracted):
            continue
        now = entry.corrected(change)
        if not now.body.changes_state:
            continue
        logged = Logged(entry, now.at, now.text, now.body)
        incident.by_kind.setdefault(type(now.body), []).append(logged)
        now.body.fold(incident, logged)
    ends = {logged.key: logged for kind in (Resolved, Closed) for logged in incident.all(kind)}
    for key, undid in undone_ends(incident).items():
        replaced[key] = _of_end(undid, ends[key], replaced.get(key))
    return incident


def _of_end(undid: Logged[Reopened], end: Logged[Body], before: Correction | None) -> Correction:
    """What the entry that undid an end does to the line of it: it was taken back, or is of another kind."""
    body = undid.body
    if not body.becomes:
        return Correction(undid.entry, end.key, body.because, retracted=True, before=before)
    entry = msgspec.structs.replace(undid.entry, at=end.at, text=end.text)
    return Correction(entry, end.key, "", retracted=False, recast=Amended(end.key, becomes=body.becomes))


def corrections_in_force(changes: Mapping[str, list[Correction]]) -> dict[str, Correction]:
    """The last correction of each entry that was not taken back itself; of which kind it is may an earlier one say."""
    withdrawn: set[str] = set()

    def standing(target: str) -> list[Correction]:
        return [change for change in changes.get(target, ()) if change.key not in withdrawn]

    every = (change for found in changes.values() for change in found)
    for change in sorted(every, key=lambda change: change.entry.order, reverse=True):
        # The later ones are settled: whatever takes this one back was written after it.
        if (found := standing(change.key)) and found[-1].retracted:
            withdrawn.add(change.key)
    return {target: _in_all(found) for target in changes if (found := standing(target))}


def _in_all(standing: list[Correction]) -> Correction:
    """The last correction, with the kind and the words that earlier ones have given the entry, if it gives none."""
    last = standing[-1]
    if last.retracted:
        given = [change for change in standing if not change.retracted]
        return msgspec.structs.replace(last, before=_in_all(given)) if given else last
    if len(standing) == 1:
        return last
    recast = next((change.recast for change in reversed(standing) if change.recast is not None), None)
    worded = next((change.text for change in reversed(standing) if not change.keeps_text), "")
    if recast is last.recast and not (last.keeps_text and worded):
        return last
    return msgspec.structs.replace(last, recast=recast, worded=worded)


def refusal(incident: Incident | None, draft: Draft, playbook: Playbook, now: int) -> str | None:
    """Why this draft can't be logged now, as a sentence for the user; None if it can. `now` is in ms UTC."""
    if draft.at is not None and draft.at > now + times.MINUTE:
        return "that time is in the future; only what has happened can be logged"
    if (most := draft.body.most_characters) and (length := len(draft.text)) > most:
        return f"{length:,} characters are too many here ({most:,} at most); say it briefly, and log the whole text"
    if incident is None:
        return draft.body.refusal_at_start(playbook, now)
    if incident.closed_for_now and not (draft.body.allowed_when_closed or _corrects_later_work(incident, draft)):
        return incident.closed_for_now
    return draft.body.refusal(incident, draft, playbook, now)


def _corrects_later_work(incident: Incident, draft: Draft) -> bool:
    """Whether it corrects, or takes back, an entry that may be added to a closed incident, or such a correction."""
    target = draft.body.corrects
    corrected = {change.key: change.target for found in incident.changes.values() for change in found}
    while target not in incident.addable_when_closed and target in corrected:
        target = corrected.pop(target)  # each once, whatever a file says that another program has written
    return target in incident.addable_when_closed
