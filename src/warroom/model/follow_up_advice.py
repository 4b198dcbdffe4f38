"""The rules of the NOW line for the time after the fix: recovery, the post-mortem, action items, closing."""

from __future__ import annotations

from warroom.model import ids, times
from warroom.model.clocks import time_left
from warroom.model.situation import Found, Result, Situation, Values, awake


def recovery(situation: Situation) -> Result:
    """The recovery item that is owed and due first, unless that is the post-mortem, which has a rule of its own."""
    if not situation.incident.follow_up_goes_on:
        return None
    for item in situation.recovery.owed:
        if item.row.done_by == "post-mortem":
            if awake(situation, ids.CLOCK_POST_MORTEM):
                return None
            continue
        if (ids.RULE_RECOVERY, item.row.id) in situation.incident.dismissed:
            continue
        clock = situation.clock(f"{ids.CLOCK_RECOVERY}{item.horizon}")
        if clock is not None and not clock.awake:
            continue
        values = {"item": item.row.text, "when": item.when, **_due_values(situation, item.due)}
        text = f"{item.row.text} ({item.when})" if item.due is None else ""
        return Found(values, item.row.id, clock, text=text)
    return None


def post_mortem(situation: Situation) -> Result:
    """A post-mortem that is owed, once everything that is due before it is done."""
    clock = awake(situation, ids.CLOCK_POST_MORTEM)
    if clock is None:
        return None
    return Found({"state": clock.countdown, **_due_values(situation, clock.due)}, ids.CLOCK_POST_MORTEM, clock)


def action_item(situation: Situation) -> Result:
    """The action item of this incident that has been overdue the longest."""
    late = [item for item in situation.action_items if item.overdue(situation.today)]
    if not late or situation.incident.state in ("open", "cancelled"):
        return None
    item = min(late, key=lambda item: (item.due, item.number))
    owner = item.owner or "nobody"
    return Found({"item": item.text, "due": item.due, "owner": owner, "count": str(len(late))}, item.key)


def close(situation: Situation) -> Result:
    """Closing a resolved incident, once nothing is owed that is still to be done: what is snoozed is."""
    incident = situation.incident
    # A playbook without recovery says when it is over itself.
    if incident.state != "resolved" or not situation.playbook.recovery:
        return None
    owed = [item for item in situation.recovery.owed if item.row.done_by != "post-mortem"]
    left = [item for item in owed if (ids.RULE_RECOVERY, item.row.id) not in incident.dismissed]
    if left or situation.clock(ids.CLOCK_POST_MORTEM):
        return None
    return Found({}, text="Close the incident: the rest was set aside" if owed else "")


def _due_values(situation: Situation, due: int | None) -> Values:
    if due is None:
        return {"due": "", "left": ""}
    at = times.clock_zone_day(due, situation.now, situation.tz)
    left = time_left(due, situation.now)
    return {"due": at, "left": f"LATE by {times.span(-left)}" if left < 0 else f"in {times.span(left)}"}
