"""Checks of escalating: when the rules asked for it, in the right order, and not when nothing asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.model import ids, times
from warroom.model.escalation import TriggerState
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised, Seen
from warroom.model.times import MINUTE

SOON = 15 * MINUTE
"""Within this time after a trigger holds, it is escalated, or decided not to be, with a reason."""


def escalating(played: Played) -> Iterator[Check]:
    """Each trigger that held, with what was done about it; and each escalation without a trigger."""
    for practised in played.incidents:
        yield from _asked_for(practised)
        yield from _not_asked_for(practised)


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


def _not_asked_for(practised: Practised) -> Iterator[Check]:
    """Escalations that no rule asked for, and those of which the commander was not told first."""
    incident = practised.incident
    for logged in incident.sent([ids.MESSAGE_ESCALATION]):
        then = practised.snapshot_before(logged.entry)
        about = f"{practised.number}:escalation"
        where = Where(about, practised.id, logged.key)
        if not then.escalation.active:
            text = "You escalated although no rule asked for it."
            better = (
                "Escalate when one of the triggers holds; until then a status update tells leadership what it needs to "
                "know."
            )
            yield Check("escalation", False, logged.at, text, better, 66, where=where)
        told = then.escalation.may_send and then.escalation.commander_told is not None
        commander = ", ".join(then.incident.holders(ids.ROLE_COMMANDER))
        if told:
            yield Check("escalation", True, logged.at, "The commander was told before you escalated.", where=where)
        elif commander:
            text = f"You escalated without telling the commander, {commander}, first."
            better = f"Ask {commander} first: “I want to escalate, because …; do you agree?” It takes a minute."
            yield Check("escalation", False, logged.at, text, better, 74, where=where)
