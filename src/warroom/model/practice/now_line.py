"""Checks of the NOW line: which of its advice was carried out in time, and which was left until late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from warroom.model import ids, times
from warroom.model.advice import Advice
from warroom.model.drills import DRILL
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised
from warroom.model.promises import PROMISE, late_by, late_from
from warroom.model.scenario_acts import does
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

SOON = 10 * MINUTE
"""Advice that has no deadline is carried out within this time in which the NOW line shows it."""

_OF_A_MESSAGE = (
    ids.RULE_OVERDUE, ids.RULE_ACKNOWLEDGE, ids.RULE_UPDATE_SOON, ids.RULE_CUSTOMER, ids.RULE_RESOLUTION_NOTICE,
    ids.RULE_CUSTOMER_NOTICE,
)  # fmt: skip
_NOT_COUNTED = (
    ids.RULE_STAND_BY, ids.RULE_CARE, ids.RULE_CLOSE, ids.RULE_RECOVERY, ids.RULE_POST_MORTEM, ids.RULE_ACTION_ITEM,
)  # fmt: skip
"""What follows the fix takes days, and standing by asks for nothing."""

Key = tuple[str, str, int]
"""What advice is about: `message` or the rule, its target, and its deadline (ms UTC; 0: none)."""


class _Spell:
    """For how long the NOW line showed one advice."""

    def __init__(self, at: int, advice: Advice, due: int) -> None:
        self.began = at
        self.due = due
        self.last = at
        self.shown = 0
        self.late = False
        self.advice = advice


def now_line(played: Played) -> Iterator[Check]:
    """Each advice that the NOW line gave, carried out in time or not."""
    for practised in played.incidents:
        yield from _of(practised)


def _of(practised: Practised) -> Iterator[Check]:
    spells: dict[Key, _Spell] = {}
    until = practised.played.judged_until
    seen = [one for one in practised.seen if one.at <= until]
    for one, following in zip(seen, [*seen[1:], None], strict=False):  # nothing was seen of one declared later
        advice = one.snapshot.advice
        if advice.rule in _NOT_COUNTED:
            continue
        clock = one.snapshot.clock(advice.clock) if advice.clock else None
        due = clock.due if clock else 0
        of_a_message = advice.rule in _OF_A_MESSAGE
        key = ("message", advice.target, due) if of_a_message else (advice.rule, advice.target, 0)
        spell = spells.setdefault(key, _Spell(one.at, advice, due))
        end = following.at if following else until
        spell.shown += max(end - one.at, 0)
        spell.last = end
        spell.late |= advice.late
    for (family, target, _), spell in spells.items():
        if family == "message":
            yield from _message(practised, target, spell)
        else:
            yield from _judged(practised, family, target, spell)


BETTER = "Do what NOW says before anything else: its key is shown behind it, and it names one thing at a time."


def _message(practised: Practised, target: str, spell: _Spell) -> Iterator[Check]:
    """A message that NOW asked for: it is done when one went out that the clock waits for, whatever NOW said then."""
    if target == ids.MESSAGE_CUSTOMER and practised.incident.cancelled is not None:
        return  # of a false alarm, customers are owed nothing
    played, id = practised.played, spell.advice.clock
    rule = None if not id or id.startswith(PROMISE) else getattr(played.playbook.clocks, id, None)
    sent = practised.incident.sent(rule.answered_by if rule is not None else [target])
    answer = next((logged for logged in sent if logged.at >= spell.began and not logged.body.is_told_of), None)
    words, due = _words(spell.advice), spell.due
    where = Where(_about_message(practised.number, target, due), practised.id, answer.key if answer else "")
    where = where.of_message(practised.number, target, where.entry)
    in_time = answer is not None and (answer.at < late_from(due) if due else answer.at - spell.began <= SOON)
    if answer is not None and due and not in_time:
        late = f"{times.span(late_by(answer.at, due))} late"
        until = f"it was done at {times.clock(answer.at, played.tz)}, {late}"
        yield _failed(due, f"NOW said “{words}”; {until}.", 52, where, f"“{words}”, {late}")
    elif answer is None and spell.late:
        yield _failed(due, f"NOW said “{words}”; it was never done.", 52, where, f"“{words}”, never")
    elif answer is not None and in_time:
        yield Check("now", True, answer.at, f"“{words}” was done in time.", where=where)
    elif not due and spell.shown > SOON:
        until = "nobody did it" if answer is None else "it took so long"
        text = f"NOW said “{words}” for {times.span(spell.shown)}: {until}."
        yield _failed(spell.began, text, 44, where, f"“{words}”, {_after(spell, until)}")


def _failed(at: int, text: str, weight: int, where: Where, brief: str) -> Check:
    return Check("now", False, at, text, BETTER, weight, where=where, group=_LATE, brief=brief)


_LATE = "NOW asked for {} things that were done late or never"


def _after(spell: _Spell, until: str) -> str:
    return f"after {times.span(spell.shown)}" if until == "it took so long" else "never"


def _judged(practised: Practised, family: str, target: str, spell: _Spell) -> Iterator[Check]:
    played, due = practised.played, spell.due
    snapshot = practised.at_the_end
    still = spell.last >= played.judged_until and not _done(snapshot, family, target)
    words = _words(spell.advice)
    where = Where(_about(practised.number, family, target), practised.id)
    shown = times.span(spell.shown)
    if spell.late:
        late = late_by(spell.last, due)
        until = "it was never done" if still else f"it was done {times.span(late)} late"
        brief = f"“{words}”, {'never' if still else f'{times.span(late)} late'}"
        yield _failed(due, f"NOW said “{words}”; {until}.", 52, where, brief)
    elif spell.shown > SOON and not _goes_on(practised, family, target):
        until = "nobody did it" if still or not _done(snapshot, family, target) else "it took so long"
        text = f"NOW said “{words}” for {shown}: {until}."
        yield _failed(spell.began, text, 44, where, f"“{words}”, {_after(spell, until)}")
    elif family == ids.RULE_NO_COMMANDER and _is_somebody_else(practised):
        return  # what the scenario expects says so
    elif not still and _done(snapshot, family, target):
        later = (one for one in practised.seen if one.at >= spell.last)
        at = next((one.at for one in later if _done(one.snapshot, family, target)), spell.last)
        yield Check("now", True, at, f"“{words}” was done in time.", where=where)


def _is_somebody_else(practised: Practised) -> bool:
    """Whether the first commander who was written down is not the one that the scenario has."""
    rows = practised.played.scenario.expected
    told = [row for row in rows if row.who and (row.incident, row.what) == (practised.number, ids.ROLE_COMMANDER)]
    named = next((entry for entry in practised.own if does(entry, "role", ids.ROLE_COMMANDER)), None)
    return named is not None and bool(told) and not any(does(named, "role", row.what, row.who) for row in told)


def _goes_on(practised: Practised, family: str, target: str) -> bool:
    """Whether it is a message that is not due yet: the NOW line may show that for as long as it likes."""
    clock = next((clock for clock in practised.at_the_end.clocks if clock.id == family), None)
    return clock is not None and clock.left >= 0


def _words(advice: Advice) -> str:
    """The advice without the time that was left then."""
    return re.sub(r" by [\d:]+(?=:)|, (?:due )?in [\d:]+$", "", advice.text.removeprefix(f"{DRILL}: "))


def _about_message(number: int, target: str, due: int) -> str:
    once = target in (ids.MESSAGE_INITIAL, ids.MESSAGE_CUSTOMER, ids.MESSAGE_RESOLUTION)
    return f"{number}:{target}" if once else f"{number}:{target}:{due}"


def _about(number: int, family: str, target: str) -> str:
    if family in (ids.RULE_TRIGGER, ids.RULE_ESCALATION_MESSAGE):
        return f"{number}:escalation"
    return f"{number}:fact:{target}" if family == ids.RULE_NEEDED_FACT else f"{number}:{family}:{target}"


def _done(snapshot: Snapshot, family: str, target: str) -> bool:
    """Whether what was advised is done at the end."""
    check = _DONE.get(family)
    return check is None or check(snapshot, target)


def _ticked(snapshot: Snapshot, target: str) -> bool:
    return any(item.done for phase in snapshot.checklist.phases for item in phase.items if item.row.id == target)


_DONE: dict[str, Callable[[Snapshot, str], bool]] = {
    ids.RULE_PHASE_ITEM: _ticked,
    ids.RULE_NEEDED_FACT: lambda snapshot, target: bool(snapshot.incident.fact(target)),
    ids.RULE_NO_COMMANDER: lambda snapshot, target: bool(snapshot.incident.holders(ids.ROLE_COMMANDER)),
    ids.RULE_TRIGGER: lambda snapshot, target: bool(snapshot.escalation.steps),
    ids.RULE_ESCALATION_MESSAGE: lambda snapshot, target: snapshot.escalation.sent is not None,
    ids.RULE_OWN_CLOCK: lambda snapshot, target: snapshot.clock(target) is None,
}
"""How to tell that advice was carried out, by what it is about."""
