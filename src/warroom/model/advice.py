"""The NOW line: the one next thing to do. The playbook's rules are tried in order; the first that applies is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from warroom.model import follow_up_advice, ids, times
from warroom.model.clocks import PHASE_GRACE, TIMER, Clock, is_message_clock
from warroom.model.drills import marked
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.advice import NEVER_DISMISSED
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import PROMISE
from warroom.model.situation import Found, Result, Situation, Values, awake
from warroom.model.times import HOUR, MINUTE

CARE_AFTER = 2 * HOUR
"""So long after its beginning, the NOW line of a serious incident asks to look after the team, once."""


class Advice(msgspec.Struct, frozen=True):
    """What the NOW line says: the text, the id of the action that does it, the rule it comes from, and the reason.

    `target` is the id of the message kind, checklist item, trigger, role, fact or clock that the action is for; it may
    be "". `clock` is the id of the clock that the advice is about, if any: it can be snoozed.
    """

    rule: str
    text: str
    action: str
    reason: str
    target: str = ""
    late: bool = False
    clock: str = ""


def _due_soon(situation: Situation, id: str) -> Clock | None:
    """A running clock of a message that is due soon enough to act on, unless another message is due before it."""
    clock, limit = awake(situation, id), situation.playbook.clocks.act_min * MINUTE
    if clock is None or clock.left > limit:
        return None
    waiting = (other for other in situation.clocks if is_message_clock(other.id) and other.awake)
    return clock if all(clock.due <= other.due for other in waiting) else None


def next_message_number(incident: Incident, kind: str, at: int | None = None) -> int:
    """The number of the next message of a kind; the initial acknowledgement is status update #1, and says so.

    The number of a message that was taken back is given again only if no later one has gone out. One that went out at
    an earlier time (`at`, ms UTC) has the number that it had then.
    """

    def before_it(*kinds: str) -> list[Logged[MessageSent]]:
        sent = incident.sent(kinds)  # compared by the minute, in which times are typed
        return [logged for logged in sent if at is None or logged.at // MINUTE <= at // MINUTE]

    numbered = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE)  # to the same readers, who count them as one
    sent = before_it(*(numbered if kind in numbered else (kind,)))
    return 1 + max([len(sent), *(logged.body.number for logged in sent)])


def advise(situation: Situation) -> Advice:
    """The advice of the first rule that applies; the last rule, stand_by, always does."""
    incident = situation.incident
    for rule in situation.playbook.now:
        found = _RULES[rule.id](situation)
        if found is None:
            continue
        if rule.id in NEVER_DISMISSED or (rule.id, found.target) not in incident.dismissed:
            text, clock = found.text or _fill(rule.text, found.values), found.clock
            late = clock is not None and clock.state == "late"
            text, action = marked(text, drill=incident.drill), found.action or rule.action
            return Advice(
                rule.id, text, action, found.reason or rule.reason, found.target, late, clock.id if clock else ""
            )
    raise AssertionError("the playbook ends with stand_by, which always applies")


def end_owed(situation: Situation) -> bool:
    """Whether it is over, and somebody who was told of it has not been told that."""
    return any(_RULES[rule](situation) for rule in (ids.RULE_RESOLUTION_NOTICE, ids.RULE_CUSTOMER_NOTICE))


def _fill(text: str, values: Values) -> str:
    # In one pass, because a value may itself contain braces, and those are not placeholders.
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def _clock_values(situation: Situation, clock: Clock) -> Values:
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
        return _end_notice(incident)
    if not incident.over():
        customer = awake(situation, ids.CLOCK_CUSTOMER)
        others = [clock for id in (ids.CLOCK_ACKNOWLEDGEMENT, ids.CLOCK_UPDATE) if (clock := awake(situation, id))]
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


def _overdue(situation: Situation) -> Result:
    late = [clock for clock in situation.clocks if is_message_clock(clock.id) and clock.awake and clock.left < 0]
    if not late:
        return None
    clock = min(late, key=lambda clock: (clock.due, not clock.promised))
    kind = _answer_to(situation, clock)
    values = _clock_values(situation, clock)
    return Found({**values, "act": _act(kind, values)}, kind, clock)


def _answer_to(situation: Situation, clock: Clock) -> str:
    """The kind of message that a clock waits for."""
    answers = {ids.CLOCK_ACKNOWLEDGEMENT: ids.MESSAGE_INITIAL, ids.CLOCK_CUSTOMER: ids.MESSAGE_CUSTOMER}
    if clock.id == ids.CLOCK_UPDATE:
        announces_end = situation.incident.over() and not situation.incident.resolution_announced()
        return _end_notice(situation.incident) if announces_end else ids.MESSAGE_UPDATE
    return answers.get(clock.id) or clock.id.removeprefix(PROMISE)


def _end_notice(incident: Incident) -> str:
    """The kind of message that says that it is over: what was cancelled was never resolved."""
    return ids.MESSAGE_UPDATE if incident.cancelled else ids.MESSAGE_RESOLUTION


def _act(kind: str, values: Values) -> str:
    return _fill(_ACTS.get(kind, "send the next message"), values)


def _own_clock(situation: Situation) -> Result:
    """One of the user's own clocks that has run out."""
    late = [clock for clock in situation.clocks if clock.id.startswith(TIMER) and clock.awake]
    clock = min((clock for clock in late if clock.left <= 0), key=lambda clock: clock.due, default=None)
    return Found(_clock_values(situation, clock), clock.id, clock) if clock else None


def _acknowledge(situation: Situation) -> Result:
    clock = _due_soon(situation, ids.CLOCK_ACKNOWLEDGEMENT)
    return Found(_clock_values(situation, clock), ids.MESSAGE_INITIAL, clock) if clock else None


def _customer(situation: Situation) -> Result:
    clock = _due_soon(situation, ids.CLOCK_CUSTOMER)
    return Found(_clock_values(situation, clock), ids.MESSAGE_CUSTOMER, clock) if clock else None


def _update_soon(situation: Situation) -> Result:
    """The next update to stakeholders, or what a message of the company's own kind promised."""
    others = [clock.id for clock in situation.clocks if clock.id.startswith(PROMISE)]
    clock = next(filter(None, (_due_soon(situation, id) for id in (ids.CLOCK_UPDATE, *others))), None)
    if clock is None:
        return None
    kind = _answer_to(situation, clock)
    values = _clock_values(situation, clock)
    act = _act(kind, values)
    promised_or_expected = "promised for" if clock.promised else "expected by"
    return Found({**values, "act": act, "Act": act[:1].upper() + act[1:], "owed": promised_or_expected}, kind, clock)


def _resolution_notice(situation: Situation) -> Result:
    """The end is announced to everyone who was told of the incident; where nobody was, no notice is needed."""
    incident = situation.incident
    told = incident.told_here(situation.playbook.clocks.update.answered_by)
    if incident.state not in ("resolved", "cancelled") or not told or incident.resolution_announced():
        return None
    text = f"Tell everyone you told that it was a {incident.cancelled.body.outcome}" if incident.cancelled else ""
    return Found({}, _end_notice(incident), text=text)


def _customer_notice(situation: Situation) -> Result:
    """Customers who were told of the incident are told of its end."""
    incident = situation.incident
    told = incident.told_here(situation.playbook.clocks.customer.answered_by)
    end = incident.resolution if incident.state == "resolved" else incident.cancelled
    if not told or end is None or _says_it_is_over(told[-1], end):
        return None
    text = f"Tell customers that it was a {incident.cancelled.body.outcome}" if incident.cancelled else ""
    return Found({}, ids.MESSAGE_CUSTOMER, text=text)


def _says_it_is_over(message: Logged[MessageSent], end: Logged[Body]) -> bool:
    """Whether a message went out after the end; one that is only logged after it does not tell of it."""
    return message.order > end.order and message.at >= end.at - MINUTE


def _escalation_message(situation: Situation) -> Result:
    """Step 2 of escalating: due once the commander has agreed, or was left out with a reason."""
    pending, steps = situation.escalation.pending, situation.escalation
    agreed = steps.commander_agrees or steps.commander_skipped is not None
    if situation.incident.over() or pending is None or not (agreed and steps.may_send):
        return None
    return Found({"trigger": pending.reason, "why": pending.why}, ids.MESSAGE_ESCALATION)


def _no_commander(situation: Situation) -> Result:
    """Needed where people have to be told, and for escalating, which begins with asking the commander."""
    incident, pending = situation.incident, situation.escalation.pending
    must_acknowledge = situation.playbook.severity(incident.severity).acknowledge_within_min
    if incident.over() or incident.is_from_the_past or incident.holders(ids.ROLE_COMMANDER):
        return None
    if not (must_acknowledge or pending):
        return None
    return Found({"purpose": f", to escalate: {pending.reason}" if pending else ""}, ids.ROLE_COMMANDER)


def _trigger(situation: Situation) -> Result:
    """An active escalation trigger that nobody has acted on; never shown once the incident is resolved."""
    pending, told = situation.escalation.pending, situation.escalation.commander_told
    if situation.incident.over() or situation.incident.is_from_the_past or pending is None:
        return None
    asked = told is not None and situation.escalation.may_send
    step = "The commander has not agreed: decide on escalating" if asked else "Ask the commander to agree to escalate"
    return Found({"trigger": pending.reason, "why": pending.why, "step": step}, pending.id)


def _phase_item(situation: Situation) -> Result:
    """The next item of the first 30 minutes; those of a phase that is long over can still be ticked in the list."""
    incident = situation.incident
    if incident.over():
        return None
    since = situation.now - incident.learned
    for phase in situation.checklist.phases:
        item = phase.open_item
        if phase.required and item and since < phase.row.until_min * MINUTE + PHASE_GRACE:
            name = f"{phase.row.from_min}–{phase.row.until_min} {phase.row.title}"
            return Found({"phase": name, "item": item.row.text}, item.row.id)
    return None


def _needed_fact(situation: Situation) -> Result:
    """Something that the message due next will state, and that nobody has found out yet."""
    incident, book = situation.incident, situation.playbook
    for clock in situation.clocks:
        row = getattr(book.clocks, clock.id, None) if is_message_clock(clock.id) else None
        if incident.over() or row is None:
            continue
        for fact in row.needs:
            if not incident.fact(fact) and (ids.RULE_NEEDED_FACT, fact) not in incident.dismissed:
                label = next(known.label for known in book.facts if known.id == fact)
                return Found({**_clock_values(situation, clock), "fact": label}, fact)
        return None
    return None


def _care(situation: Situation) -> Result:
    """A reminder, after two hours, that people need food and relief; shown until it is set aside."""
    incident = situation.incident
    calm = not situation.playbook.severity(incident.severity).acknowledge_within_min
    if incident.over() or incident.is_from_the_past or calm or incident.elapsed(situation.now) < CARE_AFTER:
        return None
    return Found({"length": times.span(incident.length(situation.now))})


def _stand_by(situation: Situation) -> Result:
    closed = situation.incident.state == "closed"
    if situation.incident.state == "cancelled" or (closed and not situation.clocks):
        # Nothing is left to do here; to reopen it must never be one key away.
        return Found(
            {"next": f"; the incident is {situation.incident.outcome}"},
            action=ids.ACTION_SWITCH,
            reason="Nothing is owed to anybody here.",
        )
    if situation.incident.is_from_the_past and not situation.incident.over():
        return Found(
            {"next": "; if this past incident is over, resolve it, with the time it was"},
            action=ids.ACTION_CLOSE,
            reason="It was known for more than a day before it was written down.",
        )
    running = [
        clock for clock in situation.clocks if clock.id != ids.CLOCK_PHASE and (clock.left >= 0 or not clock.awake)
    ]
    waiting = [clock for clock in running if clock.id != ids.CLOCK_RESOLUTION] or running
    clock = min(waiting, key=lambda clock: (not clock.awake, clock.snoozed_until or clock.due), default=None)
    if clock is None:
        return Found({"next": "; keep the log"})
    if clock.snoozed_until is not None:
        until = times.clock_zone(clock.snoozed_until, situation.tz)
        action, reason = (ids.ACTION_SWITCH, "What is owed here is snoozed.") if closed else ("", "")
        return Found({"next": f"; {clock.label} is snoozed until {until}"}, action=action, reason=reason)
    return Found({"next": f"; next is {clock.label} at {times.clock_zone(clock.due, situation.tz)}"})


_RULES: dict[str, Callable[[Situation], Result]] = {
    ids.RULE_OVERDUE: _overdue,
    ids.RULE_OWN_CLOCK: _own_clock,
    ids.RULE_ACKNOWLEDGE: _acknowledge,
    ids.RULE_UPDATE_SOON: _update_soon,
    ids.RULE_CUSTOMER: _customer,
    ids.RULE_RESOLUTION_NOTICE: _resolution_notice,
    ids.RULE_CUSTOMER_NOTICE: _customer_notice,
    ids.RULE_ESCALATION_MESSAGE: _escalation_message,
    ids.RULE_NO_COMMANDER: _no_commander,
    ids.RULE_TRIGGER: _trigger,
    ids.RULE_PHASE_ITEM: _phase_item,
    ids.RULE_NEEDED_FACT: _needed_fact,
    ids.RULE_CARE: _care,
    ids.RULE_RECOVERY: follow_up_advice.recovery,
    ids.RULE_POST_MORTEM: follow_up_advice.post_mortem,
    ids.RULE_ACTION_ITEM: follow_up_advice.action_item,
    ids.RULE_CLOSE: follow_up_advice.close,
    ids.RULE_STAND_BY: _stand_by,
}
