"""Checks of escalating: when the rules asked for it, in the right order, and not when nothing asked for it.

What was told but not written down is a reason too, although no rule could know of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warroom.model import ids, times
from warroom.model.entries import Entry
from warroom.model.escalation import TriggerState, escalation
from warroom.model.incident import fold
from warroom.model.kinds.facts import FactSet
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised, Seen
from warroom.model.scenario import Event
from warroom.model.times import MINUTE

SOON = 15 * MINUTE
"""Within this time after a trigger holds, it is escalated, or decided not to be, with a reason."""


def escalating(played: Played) -> Iterator[Check]:
    """Each trigger that held, with what was done about it; and each escalation without a trigger."""
    for practised in played.incidents:
        told = _told(practised)
        yield from _asked_for(practised)
        yield from _not_asked_for(practised, told)
        yield from _not_written_down(practised, told)


def _asked_for(practised: Practised) -> Iterator[Check]:
    played = practised.played
    found: dict[tuple[str, int | None], tuple[Seen, TriggerState]] = {}
    done: dict[tuple[str, int | None], int] = {}
    for seen in practised.seen:
        pending = None if seen.snapshot.incident.over() else seen.snapshot.escalation.pending
        for key in found.keys() - done.keys():
            if pending is None or (pending.id, pending.since) != key:
                done[key] = seen.at
        if pending is not None:
            done.pop((pending.id, pending.since), None)
            found.setdefault((pending.id, pending.since), (seen, pending))
    for key, (seen, trigger) in found.items():
        began = max(trigger.since or seen.at, practised.incident.learned)
        at = times.clock(began, played.tz)
        where = Where(f"{practised.number}:escalation", practised.id)
        held = f"From {at} the rules asked to escalate ({trigger.reason})"
        better = (
            "Tell the incident commander first and ask for agreement, then send the escalation, or log why it is not "
            "needed: all three are behind one key."
        )
        until = done.get(key)
        step = next((step for step in _steps(practised) if until is not None and began <= step[0] <= until), None)
        if step is None:
            lasted = (until or played.now) - began
            if lasted > SOON:
                yield Check(
                    "escalation", False, began, f"{held}; nothing was sent or decided.", better, 96, where=where
                )
            continue
        when, words, line = step
        where = where.on(line)
        after = times.span(when - began)
        if when - began <= SOON:
            yield Check("escalation", True, began, f"{held}; {words} after {after}.", where=where)
        else:
            yield Check("escalation", False, began, f"{held}; {words} only after {after}.", better, 72, where=where)


def _steps(practised: Practised) -> list[tuple[int, str, str]]:
    """What ends a pending trigger: when, in words, and the key of the entry."""
    incident = practised.incident
    found = [(logged.at, "the escalation was sent", logged.key) for logged in incident.sent([ids.MESSAGE_ESCALATION])]
    found += [
        (logged.at, "it was decided not to, with a reason,", logged.key)
        for logged in incident.escalations
        if logged.body.step == "declined"
    ]
    return sorted(found)


class _Told(msgspec.Struct, frozen=True):
    """A trigger that held by what was told, although nobody had written it down."""

    event: Event
    at: int
    trigger: TriggerState


def _told(practised: Practised) -> _Told | None:
    """The first trigger that held by what was told and by nothing that was written down; None if any held by that."""
    played = practised.played
    if any(seen.snapshot.escalation.active for seen in practised.seen):
        return None
    declared = next(entry for entry in practised.entries if entry.key == practised.incident.declared)
    told: list[Entry] = []
    for event in played.scenario.events:
        at = played.moment(event.at)
        if event.incident != practised.number or not event.tells or at > played.judged_until:
            continue
        told += [
            msgspec.structs.replace(declared, n=-len(told) - number, at=at, recorded=at, body=FactSet(name, value))
            for number, (name, value) in enumerate(event.tells.items(), 1)
        ]
        known = fold([*(entry for entry in practised.entries if entry.recorded <= at or entry is declared), *told])
        active = () if known.over() else escalation(known, played.playbook, at, played.tz).active
        if active:
            return _Told(event, at, active[0])
    return None


def _not_written_down(practised: Practised, told: _Told | None) -> Iterator[Check]:
    """A reason to escalate that was told, and of which no rule could know."""
    played, incident = practised.played, practised.incident
    if told is None or min(played.judged_until, incident.ended_at or played.now) - told.at <= SOON:
        return
    if any(logged.at >= told.at for logged in incident.sent([ids.MESSAGE_ESCALATION])):
        return
    line = next((key for key, row in practised.fed.items() if row is told.event), "")
    where = Where(f"{practised.number}:escalation", practised.id, line)
    text = (
        f"{told.event.by} told you a reason to escalate ({told.trigger.reason}), but you had not written it down, so "
        "no rule asked for it."
    )
    better = "Set what you are told as a fact at once: from then on, NOW asks you to escalate by itself."
    yield Check("escalation", False, told.at, text, better, 76, where=where)


def _not_asked_for(practised: Practised, told: _Told | None) -> Iterator[Check]:
    """Escalations that no rule asked for, and those of which the commander was not told first."""
    incident = practised.incident
    for logged in incident.sent([ids.MESSAGE_ESCALATION]):
        then = practised.snapshot_before(logged.entry)
        about = f"{practised.number}:escalation"
        where = Where(about, practised.id, logged.key)
        if told is not None and told.at <= logged.at:
            text = f"You escalated for what you had been told ({told.trigger.reason}), though it was not written down."
            yield Check("escalation", True, logged.at, text, where=where)
        elif not then.escalation.active:
            text = "You escalated although no rule asked for it."
            better = (
                "Escalate when one of the triggers holds; until then a status update tells leadership what it needs to "
                "know."
            )
            yield Check("escalation", False, logged.at, text, better, 66, where=where)
        agreed = then.escalation.may_send and then.escalation.commander_told is not None
        commander = ", ".join(then.incident.holders(ids.ROLE_COMMANDER))
        if agreed:
            yield Check("escalation", True, logged.at, "The commander was told before you escalated.", where=where)
        elif commander:
            text = f"You escalated without telling the commander, {commander}, first."
            better = f"Ask {commander} first: “I want to escalate, because …; do you agree?” It takes a minute."
            yield Check("escalation", False, logged.at, text, better, 74, where=where)
