"""The playbook: the incident process as data, read from `playbook.toml` and checked; a company may have its own.

This file and those of its tables do without `from __future__ import annotations`: msgspec would have to compile each
annotation of each row at every start.
"""

import re
from collections.abc import Callable, Collection
from typing import Annotated, Any

import msgspec

from warroom.model import after_the_fix
from warroom.model.after_the_fix import ActionItems, PostMortem, RecoveryItem
from warroom.model.contacts import Audience, Contacts
from warroom.model.getting_ready import FACT, Readiness, Standing
from warroom.model.guidance import ClassicMistake, Manners
from warroom.model.names import Names, Repeat
from warroom.model.playbook_mistakes import mistakes
from warroom.text import toml
from warroom.text.cleaning import clean_line
from warroom.text.mistakes import Mistake

Minutes = Annotated[int, msgspec.Meta(gt=0, le=366 * 24 * 60)]
"""A duration in whole minutes, a year at most: a typing error must not produce a date beyond the calendar."""
NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class PlaybookError(Mistake):
    """A mistake in a playbook file; its text is one sentence naming file, key and what is expected."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base class of every table of the playbook: rows are immutable, and an unknown key is a mistake."""


class Severity(_Row, frozen=True):
    """One severity level; without a `…_min` value, that clock does not run at this level."""

    level: Annotated[int, msgspec.Meta(ge=1, le=4)]
    name: NonEmpty
    definition: NonEmpty
    examples: list[NonEmpty]
    response: NonEmpty
    customer: str
    stakeholders: str
    target: str
    pm: NonEmpty
    phases: list[str] = []
    customer_within_min: Minutes | None = None
    acknowledge_within_min: Minutes | None = None
    update_every_min: Minutes | None = None
    update_at_most_min: Minutes | None = None
    resolve_within_min: Minutes | None = None

    @property
    def cadence_min(self) -> int | None:
        """The longest time between updates to stakeholders, in minutes; None if no updates are required."""
        return self.update_at_most_min or self.update_every_min

    @property
    def tag(self) -> str:
        """`SEV2`, as messages and the header write it."""
        return f"SEV{self.level}"


class Affected(_Row, frozen=True):
    """One answer to "Who is affected?", and the severity that follows from it."""

    id: NonEmpty
    label: NonEmpty
    severity: int


class Risk(_Row, frozen=True):
    """A risk that sets the severity, however many users are affected."""

    id: NonEmpty
    label: NonEmpty
    severity: int


class Stage(_Row, frozen=True):
    """A stage of the incident, such as triage or response."""

    id: NonEmpty
    name: NonEmpty
    what: NonEmpty


class Role(_Row, frozen=True):
    """A role and its duties; with `several`, more than one person may have it; `mine` marks the user's own roles.

    `usual` is who usually has it, offered where it is assigned: a name, or a name and how to reach them.
    """

    id: NonEmpty
    name: NonEmpty
    duties: NonEmpty
    several: bool = False
    mine: bool = False
    usual: str = ""


class Fact(_Row, frozen=True):
    """Something to find out about the incident: its label, and the hint shown where it is typed.

    `usual` is what it is in every incident for which nobody says otherwise, such as where the runbook is kept.
    """

    id: NonEmpty
    label: NonEmpty
    hint: str = ""
    usual: str = ""


class Item(_Row, frozen=True):
    """One checklist item; it may ask for a fact or a role, or be ticked when a message of certain kinds is sent.

    `text_if_chosen` takes the place of `text` while the severity is one that was chosen by who is affected or what is
    at risk: it is known then, and what is left is to have it confirmed. {severity} in it is the severity.
    """

    id: NonEmpty
    text: NonEmpty
    text_if_chosen: str = ""
    asks_fact: str = ""
    asks_role: str = ""
    done_by_message: list[str] = []
    hint: str = ""


class Reply(_Row, frozen=True):
    """What to say when something comes up beside the script: `when` it does, and the words."""

    when: NonEmpty
    say: NonEmpty


class Phase(_Row, frozen=True):
    """A phase of the first 30 minutes, with its script; times in minutes since the user learned of the incident."""

    id: NonEmpty
    title: NonEmpty
    from_min: Annotated[int, msgspec.Meta(ge=0)]
    until_min: Minutes
    script: NonEmpty
    items: list[Item]
    replies: list[Reply] = []


class ClockRule(_Row, frozen=True):
    """A clock's label, the kinds of message that stop or restart it, and the facts that such a message states.

    `short` is its label in a narrow column; without one, the label is cut there.
    """

    label: NonEmpty
    short: str = ""
    answered_by: list[str] = []
    needs: list[str] = []


class Clocks(_Row, frozen=True):
    """The five clocks. Times are minutes before the deadline.

    From `soon_min` on a clock is shown as urgent, from `act_min` on the NOW line asks for the message. `snooze_min` is
    how long a snooze lasts by default.
    """

    acknowledgement: ClockRule
    customer: ClockRule
    update: ClockRule
    phase: ClockRule
    resolution: ClockRule
    soon_min: Minutes = 10
    act_min: Minutes = 10
    snooze_min: Minutes = 10


class NowRule(_Row, frozen=True):
    """One rule of the NOW line: its text with {placeholders}, the id of the action it offers, and the reason."""

    id: NonEmpty
    text: NonEmpty
    action: str
    reason: NonEmpty


class Trigger(_Row, frozen=True):
    """A reason to escalate; `escalation.py` computes some triggers, for the others the user answers `ask`."""

    id: NonEmpty
    text: NonEmpty
    ask: str = ""


class Playbook(_Row, frozen=True):
    """The contents of `playbook.toml`."""

    severities: list[Severity]
    matrix: list[Affected]
    risks: list[Risk]
    stages: list[Stage]
    roles: list[Role]
    facts: list[Fact]
    phases: list[Phase]
    clocks: Clocks
    now: list[NowRule]
    triggers: list[Trigger]
    recovery: list[after_the_fix.Horizon]
    readiness: list[Readiness]
    post_mortem: PostMortem = PostMortem()
    action_items: ActionItems = ActionItems()
    audiences: list[Audience] = []
    contacts: Contacts = Contacts()
    names: Names = Names()
    repeats: list[Repeat] = []
    mistakes: list[ClassicMistake] = []
    manners: Manners = Manners()
    standing: Standing = Standing()
    lane_hints: bool = True
    """Whether the console hints, once for each kind of mistake, where one is being made."""

    def severity(self, level: int) -> Severity:
        """The row of a severity level. Raises KeyError for an unknown level."""
        for row in self.severities:
            if row.level == level:
                return row
        raise KeyError(level)

    def stage(self, id: str) -> Stage | None:
        """The stage with that id, if there is one."""
        return next((row for row in self.stages if row.id == id), None)

    def role(self, id: str) -> Role | None:
        """The role with that id, if there is one."""
        return next((row for row in self.roles if row.id == id), None)

    def fact(self, id: str) -> Fact | None:
        """The fact with that id, if there is one."""
        return next((row for row in self.facts if row.id == id), None)

    def usual(self, fact: str) -> str:
        """What a fact usually is, marked if that is stale; "" if nobody has said so before the incident."""
        row = self.fact(fact)
        return self.standing.marked(f"{FACT}:{fact}", row.usual) if row else ""

    def mistake(self, id: str) -> ClassicMistake | None:
        """The classic mistake with that id, if there is one."""
        return next((row for row in self.mistakes if row.id == id), None)

    def item(self, id: str) -> Item | None:
        """The checklist item with that id, if there is one."""
        return next((item for phase in self.phases for item in phase.items if item.id == id), None)

    def recovery_item(self, id: str) -> RecoveryItem | None:
        """The recovery item with that id, if there is one."""
        return next((item for horizon in self.recovery for item in horizon.rows if item.id == id), None)


_LATER = frozenset({"post_mortem", "action_items", "audiences", "contacts", "names", "repeats"})


def load(
    text: str,
    *,
    file: str,
    actions: Collection[str] | None = None,
    built_in: Callable[[], Playbook] | None = None,
) -> Playbook:
    """Read a playbook from TOML; `actions` are the action ids that a rule of the NOW line may name (None: any).

    The tables of a later version that the text does not have, such as the post-mortem and the contacts, and the lists
    of names, are taken from `built_in`. Raises PlaybookError, which names `file`, the key and what is expected.
    """
    data: dict[str, Any] = {}
    try:
        data = toml.parse(text, file=file)
        playbook = toml.convert(data, Playbook, file=file)
        partly = set(Names.__struct_fields__) - set(data.get("names", ()))
        if built_in is not None and ((absent := _LATER - data.keys()) or partly):
            given = built_in()
            kept = {name: getattr(given.names, name) for name in partly}
            own = msgspec.structs.replace(playbook.names, **kept)
            playbook = msgspec.structs.replace(
                playbook, **{"names": own} | {name: getattr(given, name) for name in absent}
            )
    except Mistake as mistake:
        where = mistake.where if isinstance(mistake.where, int) else _place(mistake.where, data)
        raise PlaybookError(mistake.file, where, mistake.reason) from None
    for key, expected in mistakes(playbook, actions):
        raise PlaybookError(file, key, expected)
    return playbook


def _place(path: str, data: dict[str, Any]) -> str:
    """Name each row in a path by its own id, which a person can search for: `severities[level 2].name`.

    A row without one is counted from 1: `now[number 3].text`.
    """
    named = ""
    value: Any = data
    for name, index in re.findall(r"\.?([^.\[\]]+)(?:\[(\d+)\])?", path):
        value = value.get(name) if isinstance(value, dict) else None
        named += f".{name}" if named else name
        if index:
            value = value[int(index)] if isinstance(value, list) else None
            row = value if isinstance(value, dict) else {}
            id, level = row.get("id"), row.get("level")
            named += (
                f".{id}"
                if isinstance(id, str)
                else f"[level {level}]"
                if isinstance(level, int)
                else f"[number {int(index) + 1}]"
            )
    return clean_line(named)
