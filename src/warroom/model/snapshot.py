"""An incident at a moment: the one place where everything that follows from it is worked out, each part once."""

from __future__ import annotations

from datetime import tzinfo
from functools import cached_property

from warroom.model import clocks as clock_rules
from warroom.model.advice import Advice, advise, due_message
from warroom.model.checklist import Checklist, checklist
from warroom.model.clocks import Clock, Promise, is_promise
from warroom.model.cost import Cost, cost
from warroom.model.escalation import Progress, TriggerState, escalation
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import Decision, decided
from warroom.model.playbook import Playbook
from warroom.model.script import words_to_say


class Snapshot:
    """An incident as it stands at `now` (ms UTC), for readers in the zone `tz` (None: the machine's own).

    Nothing is computed before it is asked for, and nothing twice; a snapshot never changes.
    """

    def __init__(self, incident: Incident, playbook: Playbook, now: int, tz: tzinfo | None = None) -> None:
        self.incident = incident
        self.playbook = playbook
        self.now = now
        self.tz = tz

    @cached_property
    def checklist(self) -> Checklist:
        """The first 30 minutes: what is done, and which phase is the current one."""
        return checklist(self.incident, self.playbook)

    @cached_property
    def script(self) -> str:
        """The words to say in the current phase; empty once all phases are done, or it is resolved."""
        return words_to_say(self.incident, self.playbook, self.checklist.current, self.clock("update"), self.tz)

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock that runs, the nearest first."""
        return clock_rules.clocks(self.incident, self.playbook, self.now, self.tz, self.checklist)

    def clock(self, id: str) -> Clock | None:
        """The running clock of that id."""
        return next((clock for clock in self.clocks if clock.id == id), None)

    @cached_property
    def nearest_clock(self) -> Clock | None:
        """The clock to watch: the first not snoozed, else the first."""
        return clock_rules.nearest(self.clocks)

    @cached_property
    def late_message_clock(self) -> Clock | None:
        """The clock of a message that is late and not snoozed."""
        return next(
            (clock for clock in self.clocks if clock.state == "late" and clock.awake and is_promise(clock.id)), None
        )

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every next update that was promised and what became of it, oldest first."""
        return clock_rules.promises(self.incident, self.playbook, self.now)

    @cached_property
    def promise_of(self) -> dict[str, Promise]:
        """What became of a promise, by the key of the message that made it."""
        return {promise.key: promise for promise in self.promises}

    @cached_property
    def cost(self) -> Cost | None:
        """The cost so far; None where the revenue per hour is not known."""
        return cost(self.incident, self.now)

    @cached_property
    def escalation(self) -> Progress:
        """Which triggers hold, and how far escalating has come."""
        return escalation(self.incident, self.playbook, self.now, self.tz)

    @property
    def holding(self) -> tuple[TriggerState, ...]:
        """The reasons to escalate that hold."""
        return self.escalation.holding

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in order, with what was added to each and became of it."""
        return decided(self.incident)

    @cached_property
    def advice(self) -> Advice:
        """The NOW line: the one next thing to do."""
        return advise(self)

    @cached_property
    def due_message(self) -> str:
        """The kind of message that is due: what the composer opens on."""
        return due_message(self)
