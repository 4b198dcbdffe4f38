"""An incident at a point in time, with everything that is computed from it: checklist, clocks, cost, advice."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from warroom.model import clocks as clock_rules
from warroom.model import ids, times
from warroom.model import promises as promise_rules
from warroom.model.checklist import Checklist, checklist
from warroom.model.clocks import TIMER, Clock, is_message_clock
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import Decision, decision_list
from warroom.model.playbook import Playbook
from warroom.model.promises import Promise
from warroom.model.recovery import Recovery, recovery

if TYPE_CHECKING:
    from warroom.model.action_items import ActionItem
    from warroom.model.advice import Advice
    from warroom.model.cost import Cost
    from warroom.model.escalation import Progress, TriggerState
    from warroom.model.milestones import Milestone
    from warroom.model.post_mortem import PostMortem
    from warroom.model.script import Script


class Snapshot:
    """An incident at `now` (ms UTC), for readers in the zone `tz` (None: the machine's own).

    Each property is computed once, when it is first used, and what computes it is imported then: a status bar needs
    the clocks alone. A snapshot never changes. One of the `past` is about what
    went out at `now`, although more has happened since.
    """

    def __init__(
        self, incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None = None, *, past: bool = False
    ) -> None:
        self.incident = incident
        self.playbook = playbook
        self.now = now
        self.tz = tz
        self.past = past

    def at(self, moment: int) -> Snapshot:
        """The same incident, as known now, at another time (ms UTC): what a message of then counts its times from."""
        return Snapshot(self.incident, self.playbook, moment, self.tz, past=True)

    @property
    def severity(self) -> int:
        """The severity at `now`: for one of the past, that of then."""
        incident = self.incident
        if not self.past:
            return incident.severity
        then = (level for at, level in reversed(incident.severities) if at <= self.now)
        return next(then, incident.severities[0][1])

    @cached_property
    def checklist(self) -> Checklist:
        """The checklist of the first 30 minutes."""
        return checklist(self.incident, self.playbook)

    @property
    def script(self) -> str:
        """The script of the current phase; empty once all phases are done or the incident is over."""
        return self.script_with_replies.text

    @cached_property
    def script_with_replies(self) -> Script:
        """The script of the current phase, with replies for what may come up; empty where `script` is."""
        from warroom.model.script import script_for_phase

        return script_for_phase(self.incident, self.playbook, self.checklist.current, self.clock("update"), self.tz)

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Every running clock, the nearest deadline first."""
        return clock_rules.clocks(self.incident, self.playbook, self.now, self.tz, self.checklist, self.recovery)

    @cached_property
    def recovery(self) -> Recovery:
        """What is owed after the fix."""
        return recovery(self.incident, self.playbook)

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """When it began, was detected, mitigated and so on, as far as that is known."""
        from warroom.model.milestones import milestones

        return milestones(self.incident)

    @cached_property
    def post_mortem(self) -> PostMortem:
        """The post-mortem and its sections."""
        from warroom.model.post_mortem import post_mortem
        from warroom.model.prefill import Known

        known = Known(self.incident, self.playbook, self.now, self.tz, self.cost, self.decisions, self.promises)
        return post_mortem(known)

    @cached_property
    def action_items(self) -> tuple[ActionItem, ...]:
        """The action items of this incident, in the order in which they were added."""
        from warroom.model.action_items import items_of

        return items_of(self.incident)

    @property
    def today(self) -> str:
        """The present day, for what is due on a day."""
        return times.day(self.now, self.tz)

    @cached_property
    def still_owed(self) -> tuple[str, ...]:
        """What recovery and the post-mortem still owe, in words; action items are followed up on their own."""
        items = (item for item in self.recovery.owed if item.row.done_by != "post-mortem")
        return (*(item.row.text for item in items), *(["Post-mortem"] if self.post_mortem.owed else []))

    def clock(self, id: str) -> Clock | None:
        """The running clock of that id."""
        return next((clock for clock in self.clocks if clock.id == id), None)

    @cached_property
    def nearest_clock(self) -> Clock | None:
        """The clock to watch: the first that is not snoozed, otherwise the first."""
        return clock_rules.nearest(self.clocks)

    @cached_property
    def clock_to_snooze(self) -> Clock | None:
        """The clock to offer for a snooze: the one that the NOW line is about, else the next that the user answers."""
        about = self.clock(self.advice.clock)
        answered = [clock for clock in self.clocks if is_message_clock(clock.id) or clock.id.startswith(TIMER)]
        return about or clock_rules.nearest(tuple(answered)) or self.nearest_clock

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promised update and whether it came in time, oldest first."""
        return promise_rules.promises(self.incident, self.playbook, self.now)

    @cached_property
    def promise_by_message(self) -> dict[str, Promise]:
        """The promise that each message made, by the message's key."""
        return {promise.key: promise for promise in self.promises}

    @cached_property
    def cost(self) -> Cost | None:
        """The cost so far; None if the revenue per hour is not known."""
        from warroom.model.cost import cost

        return cost(self.incident, self.now)

    @cached_property
    def escalation(self) -> Progress:
        """Which triggers apply, and which escalation steps were taken."""
        from warroom.model.escalation import escalation

        return escalation(self.incident, self.playbook, self.now, self.tz)

    @property
    def active_triggers(self) -> tuple[TriggerState, ...]:
        """The escalation triggers that apply."""
        return self.escalation.active

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in order, each with later additions and its review."""
        return decision_list(self.incident)

    @cached_property
    def advice(self) -> Advice:
        """The NOW line: the one next thing to do."""
        from warroom.model.advice import advise

        return advise(self)

    @cached_property
    def due_message(self) -> str:
        """The kind of message to send next, which the composer opens with: that of the NOW line, if it has one."""
        from warroom.model.advice import due_message

        advice = self.advice
        return advice.target if advice.action == ids.ACTION_UPDATE and advice.target else due_message(self)
