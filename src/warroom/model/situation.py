"""What the rules of the NOW line read, and what they find."""

from __future__ import annotations

from datetime import tzinfo
from typing import Protocol

import msgspec

from warroom.model.action_items import ActionItem
from warroom.model.checklist import Checklist
from warroom.model.clocks import Clock
from warroom.model.escalation import Progress
from warroom.model.incident import Incident
from warroom.model.playbook import Playbook
from warroom.model.recovery import Recovery


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
    @property
    def recovery(self) -> Recovery: ...
    @property
    def action_items(self) -> tuple[ActionItem, ...]: ...
    @property
    def today(self) -> str: ...
    def clock(self, id: str) -> Clock | None: ...


def awake(situation: Situation, id: str) -> Clock | None:
    """A running clock that is not snoozed."""
    clock = situation.clock(id)
    return clock if clock and clock.awake else None


Values = dict[str, str]
"""The values for the placeholders of a rule's text."""


class Found(msgspec.Struct, frozen=True):
    """A rule that applies: the values for its placeholders, the target, the clock it is about, and another action.

    `text` and `reason` replace the playbook's, where those would not be true.
    """

    values: Values
    target: str = ""
    clock: Clock | None = None
    action: str = ""
    text: str = ""
    reason: str = ""


Result = Found | None
"""None: the rule does not apply."""
