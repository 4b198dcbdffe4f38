"""The NOW line: the one next thing to do. The playbook's rules are tried in order; the first that applies is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Protocol

import msgspec

from warroom.model import ids, times
from warroom.model.checklist import Checklist
from warroom.model.clocks import PROMISE, TIMER, Clock, is_message_clock
from warroom.model.escalation import Progress
from warroom.model.incident import Incident
from warroom.model.kinds.advice import NEVER_DISMISSED
from warroom.model.playbook import Playbook
from warroom.model.times import HOUR, MINUTE

CARE_AFTER = 2 * HOUR


class Advice(msgspec.Struct, frozen=True):
    """What the NOW line says: the text, the id of the action that does it, the rule it comes from, and the reason.

    `target` is the id of the message kind, checklist item, trigger, role or clock that the action is for; it may be "".
    """

    rule: str
    text: str
    action: str
    reason: str
    target: str = ""
    late: bool = False


class Situation(Protocol):
    """What the rules read; implemented by `Snapshot`."""

    @property
    def incident(self) -> Incident: ...
    @property
    def playbook(self) -> Playbook: ...
    @property
    def now(self) -> int: ...
    @property
    def tz(self) -> tzinfo | None: ...
    @property
    def checklist(self) -> Checklist: ...
    @property
    def clocks(self) -> tuple[Clock, ...]: ...
    @property
    def escalation(self) -> Progress: ...
    def clock(self, id: str) -> Clock | None: ...


def _awake(situation: Situation, id: str) -> Clock | None:
    """A running clock that is not snoozed."""
    clock = situation.clock(id)
    return clock if clock and clock.awake else None


def _due_soon(situation: Situation, id: str) -> Clock | None:
    """A running clock that is late, or due soon enough to act on."""
    clock = _awake(situation, id)
    return clock if clock and clock.left <= situation.playbook.clocks.act_min * MINUTE else None


_Values = dict[str, str]
_Result = tuple[_Values, str] | None
"""The values for the rule's placeholders, and the target; None if the rule does not apply."""


def next_message_number(incident: Incident, kind: str) -> int:
    """The number of the next message of a kind; the initial acknowledgement counts as status update #1."""
    before = len(incident.sent([kind]))
    if kind == ids.MESSAGE_UPDATE:
        return 1 + before + (1 if incident.sent([ids.MESSAGE_INITIAL]) else 0)
    return 1 + before


def advise(situation: Situation) -> Advice:
    """The advice of the first rule that applies; the last rule, stand_by, always does."""
    incident = situation.incident
    for rule in situation.playbook.now:
        found = _RULES[rule.id](situation)
        if found is None:
            continue
        values, target = found
        if rule.id in NEVER_DISMISSED or (rule.id, target) not in incident.dismissed:
            text = _fill(rule.text, values)
            return Advice(rule.id, text, rule.action, rule.reason, target, late="LATE" in values.get("state", ""))
    raise AssertionError("the playbook ends with stand_by, which always applies")


def _fill(text: str, values: _Values) -> str:
    # In one pass, because a value may itself contain braces, and those are not placeholders.
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def _clock_values(situation: Situation, clock: Clock) -> _Values:
    return {
        "label": clock.label,
        "due": times.clock(clock.due, situation.tz),
        "left": times.countdown(clock.left),
        "number": str(next_message_number(situation.incident, ids.MESSAGE_UPDATE)),
        "state": clock.countdown,
    }


def due_message(situation: Situation) -> str:
    """The kind of message to send next, which the composer opens with."""
    incident = situation.incident
    if incident.over() and not incident.resolution_announced():
        return ids.MESSAGE_RESOLUTION
    if not incident.over():
        customer = _awake(situation, ids.CLOCK_CUSTOMER)
        others = [clock for id in (ids.CLOCK_ACKNOWLEDGEMENT, ids.CLOCK_UPDATE) if (clock := _awake(situation, id))]
        if customer and customer.state != "ok" and all(customer.due < other.due for other in others):
            return ids.MESSAGE_CUSTOMER
    acknowledged = incident.sent([ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE])
    return ids.MESSAGE_UPDATE if acknowledged else ids.MESSAGE_INITIAL


_ACTS = {
    ids.MESSAGE_INITIAL: "send the initial acknowledgement",
    ids.MESSAGE_UPDATE: "send status update #{number}",
    ids.MESSAGE_CUSTOMER: "send the customer message",
    ids.MESSAGE_RESOLUTION: "send the resolution notice",
}


def _overdue(situation: Situation) -> _Result:
    late = [clock for clock in situation.clocks if is_message_clock(clock.id) and clock.awake and clock.left < 0]
    if not late:
        return None
    clock = min(late, key=lambda clock: clock.due)
    answered_by = {
        ids.CLOCK_ACKNOWLEDGEMENT: ids.MESSAGE_INITIAL,
        ids.CLOCK_CUSTOMER: ids.MESSAGE_CUSTOMER,
        ids.CLOCK_UPDATE: due_message(situation),
    }
    kind = answered_by.get(clock.id) or clock.id.removeprefix(PROMISE)
    values = _clock_values(situation, clock)
    return {**values, "act": _act(kind, values)}, kind


def _act(kind: str, values: _Values) -> str:
    return _fill(_ACTS.get(kind, "send the next message"), values)


def _acknowledge(situation: Situation) -> _Result:
    """Shown when the acknowledgement is due soon, or as soon as the first phase of the checklist is done."""
    clock = _awake(situation, ids.CLOCK_ACKNOWLEDGEMENT)
    if clock is None:
        return None
    first = situation.checklist.phases[0]
    if not _due_soon(situation, ids.CLOCK_ACKNOWLEDGEMENT) and first.open_item and first.required:
        return None
    return _clock_values(situation, clock), ids.MESSAGE_INITIAL


def _update_soon(situation: Situation) -> _Result:
    clock = _due_soon(situation, ids.CLOCK_UPDATE)
    if clock is None:
        return None
    due = due_message(situation)
    kind = due if due == ids.MESSAGE_RESOLUTION else ids.MESSAGE_UPDATE
    values = _clock_values(situation, clock)
    act = _act(kind, values)
    promised_or_expected = "promised for" if clock.promised else "expected by"
    return {**values, "act": act, "Act": act[:1].upper() + act[1:], "owed": promised_or_expected}, kind


def _resolution_notice(situation: Situation) -> _Result:
    incident = situation.incident
    updates = incident.sent(situation.playbook.clocks.update.answered_by)
    if incident.state != "resolved" or not updates or incident.resolution_announced():
        return None
    return {}, ids.MESSAGE_RESOLUTION


def _phase_item(situation: Situation) -> _Result:
    current = situation.checklist.current
    if situation.incident.over() or current is None or current.open_item is None:
        return None
    phase = f"{current.row.from_min}–{current.row.until_min} {current.row.title}"
    return {"phase": phase, "item": current.open_item.row.text}, current.open_item.row.id


def _trigger(situation: Situation) -> _Result:
    """An active escalation trigger that nobody has acted on; never shown once the incident is resolved."""
    if situation.incident.over():
        return None
    pending = situation.escalation.pending
    return ({"trigger": pending.text, "why": pending.why}, pending.id) if pending else None


def _own_clock(situation: Situation) -> _Result:
    """One of the user's own clocks that has run out."""
    late = [clock for clock in situation.clocks if clock.id.startswith(TIMER) and clock.awake]
    clock = min((clock for clock in late if clock.left <= 0), key=lambda clock: clock.due, default=None)
    return (_clock_values(situation, clock), clock.id) if clock else None


def _care(situation: Situation) -> _Result:
    """A reminder, after two hours, that people need food and relief; shown until it is set aside."""
    incident = situation.incident
    if incident.over() or incident.elapsed(situation.now) < CARE_AFTER:
        return None
    return {"length": times.span(incident.elapsed(situation.now))}, ""


def _no_commander(situation: Situation) -> _Result:
    incident = situation.incident
    must_acknowledge = situation.playbook.severity(incident.severity).acknowledge_within_min
    if incident.over() or incident.holders(ids.ROLE_COMMANDER) or not must_acknowledge:
        return None
    return {}, ids.ROLE_COMMANDER


def _customer(situation: Situation) -> _Result:
    clock = _awake(situation, ids.CLOCK_CUSTOMER)
    return (_clock_values(situation, clock), ids.MESSAGE_CUSTOMER) if clock else None


def _recovery(situation: Situation) -> _Result:
    if situation.incident.state != "resolved" or not situation.playbook.recovery:
        return None
    return {"item": ", ".join(situation.playbook.recovery[0].items[:2])}, ""


def _stand_by(situation: Situation) -> _Result:
    clock = situation.clock(ids.CLOCK_UPDATE)
    if situation.incident.state == "closed":
        return {"next": "; the incident is closed"}, ""
    if clock is None:
        return {"next": "; keep the log"}, ""
    if clock.snoozed_until is not None:
        return {"next": f"; {clock.label} is snoozed until {times.clock_zone(clock.snoozed_until, situation.tz)}"}, ""
    return {"next": f"; next update {times.clock_zone(clock.due, situation.tz)}"}, ""


_RULES: dict[str, Callable[[Situation], _Result]] = {
    ids.RULE_OVERDUE: _overdue,
    ids.RULE_ACKNOWLEDGE: _acknowledge,
    ids.RULE_UPDATE_SOON: _update_soon,
    ids.RULE_RESOLUTION_NOTICE: _resolution_notice,
    ids.RULE_PHASE_ITEM: _phase_item,
    ids.RULE_TRIGGER: _trigger,
    ids.RULE_OWN_CLOCK: _own_clock,
    ids.RULE_CARE: _care,
    ids.RULE_NO_COMMANDER: _no_commander,
    ids.RULE_CUSTOMER: _customer,
    ids.RULE_RECOVERY: _recovery,
    ids.RULE_STAND_BY: _stand_by,
}
