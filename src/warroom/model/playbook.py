"""The playbook: what the program knows by heart, typed and checked when loaded, so a company changes data, not code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Annotated

import msgspec

from warroom.model import ids
from warroom.text import toml
from warroom.text.mistakes import Mistake

Minutes = Annotated[int, msgspec.Meta(gt=0, le=366 * 24 * 60)]
"""A length of time in whole minutes, a year at most: a slip of the finger must not lead out of the calendar."""
Words = Annotated[str, msgspec.Meta(min_length=1)]


class PlaybookError(Mistake):
    """A mistake in a playbook file; its text is one sentence naming file, key and what is expected."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the tables of the playbook share: immutable rows, and a misspelt key is a mistake."""


class Severity(_Row, frozen=True):
    """One column of the severity table; a `…_min` left out means that no such clock applies."""

    level: Annotated[int, msgspec.Meta(ge=1, le=4)]
    name: Words
    definition: Words
    examples: list[Words]
    response: Words
    customer: str
    stakeholders: str
    target: str
    pm: Words
    phases: list[str] = []
    customer_within_min: Minutes | None = None
    acknowledge_within_min: Minutes | None = None
    update_every_min: Minutes | None = None
    update_at_most_min: Minutes | None = None
    resolve_within_min: Minutes | None = None

    @property
    def cadence_min(self) -> int | None:
        """How long stakeholders may wait for the next update at most; None where none is owed."""
        return self.update_at_most_min or self.update_every_min

    @property
    def tag(self) -> str:
        """`SEV2`, as messages and the header write it."""
        return f"SEV{self.level}"


class Affected(_Row, frozen=True):
    """One answer to "who is affected?" in the decision matrix, and the severity it means."""

    id: Words
    label: Words
    severity: int


class Risk(_Row, frozen=True):
    """A circumstance that sets the severity whatever the count of users."""

    id: Words
    label: Words
    severity: int


class Stage(_Row, frozen=True):
    """A stage of the incident's life."""

    id: Words
    name: Words
    what: Words


class Role(_Row, frozen=True):
    """A role and its duties; `several` may hold it at once, `mine` marks those this program's user holds."""

    id: Words
    name: Words
    duties: Words
    several: bool = False
    mine: bool = False


class Fact(_Row, frozen=True):
    """Something worth knowing once: its label, and the hint shown while it is asked for."""

    id: Words
    label: Words
    hint: str = ""


class Item(_Row, frozen=True):
    """One line of the checklist; it may ask for a fact, a role, or be done by a message of a kind going out."""

    id: Words
    text: Words
    asks_fact: str = ""
    asks_role: str = ""
    done_by_message: list[str] = []
    hint: str = ""


class Phase(_Row, frozen=True):
    """A phase of the first 30 minutes, in minutes since the user learned of it, with the words to say in it."""

    id: Words
    title: Words
    from_min: Annotated[int, msgspec.Meta(ge=0)]
    until_min: Minutes
    script: Words
    items: list[Item]


class ClockRule(_Row, frozen=True):
    """How one clock is called and which kinds of message answer it."""

    label: Words
    answered_by: list[str] = []


class Clocks(_Row, frozen=True):
    """The five clocks; `soon_min` is when one turns urgent, `act_min` when the NOW line begins to ask for it."""

    acknowledgement: ClockRule
    customer: ClockRule
    update: ClockRule
    phase: ClockRule
    resolution: ClockRule
    soon_min: Minutes = 5
    act_min: Minutes = 10
    snooze_min: Minutes = 10


class NowRule(_Row, frozen=True):
    """One rule of the NOW line: its words with {placeholders}, the action it names, and why it stands where it does."""

    id: Words
    text: Words
    action: str
    reason: Words


class Trigger(_Row, frozen=True):
    """A reason to escalate; the ones the program can compute are named in `escalation.py`, the others are asked."""

    id: Words
    text: Words
    ask: str = ""


class Horizon(_Row, frozen=True):
    """What is owed or had by a certain time: after the fix, or before the next incident."""

    when: Words
    items: list[Words]


class Playbook(_Row, frozen=True):
    """Everything `playbook.toml` holds."""

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
    recovery: list[Horizon]
    readiness: list[Horizon]
    lane_hints: bool = True
    """Whether the console hints, once, at words that debug, press or decide technical matters."""

    def severity(self, level: int) -> Severity:
        """The row of a level; raises KeyError for one the playbook does not have."""
        for row in self.severities:
            if row.level == level:
                return row
        raise KeyError(level)

    def stage(self, id: str) -> Stage | None:
        """The stage of that id."""
        return next((row for row in self.stages if row.id == id), None)

    def role(self, id: str) -> Role | None:
        """The role of that id."""
        return next((row for row in self.roles if row.id == id), None)

    def fact(self, id: str) -> Fact | None:
        """The fact of that id."""
        return next((row for row in self.facts if row.id == id), None)

    def item(self, id: str) -> Item | None:
        """The checklist item of that id."""
        return next((item for phase in self.phases for item in phase.items if item.id == id), None)


_CLOCK = frozenset({"label", "due", "left", "number", "state"})

NOW_RULES = {
    ids.RULE_OVERDUE: _CLOCK | {"act"},
    ids.RULE_ACKNOWLEDGE: _CLOCK,
    ids.RULE_UPDATE_SOON: _CLOCK | {"act", "Act", "owed"},
    ids.RULE_OWN_CLOCK: _CLOCK,
    ids.RULE_RESOLUTION_NOTICE: frozenset[str](),
    ids.RULE_PHASE_ITEM: frozenset({"phase", "item"}),
    ids.RULE_TRIGGER: frozenset({"trigger", "why"}),
    ids.RULE_NO_COMMANDER: frozenset[str](),
    ids.RULE_CUSTOMER: _CLOCK,
    ids.RULE_CARE: frozenset({"length"}),
    ids.RULE_RECOVERY: frozenset({"item"}),
    ids.RULE_STAND_BY: frozenset({"next"}),
}
"""The rules of the NOW line, each with what may stand in braces in its words."""


NEEDED_STAGES = (
    ids.STAGE_TRIAGE,
    ids.STAGE_RESPONSE,
    ids.STAGE_RESOLUTION,
    ids.STAGE_RECOVERY,
    ids.STAGE_POST_MORTEM,
)
"""The stages that an incident enters by what is done, besides the company's own."""


def load(text: str, *, file: str, actions: Collection[str] | None = None) -> Playbook:
    """Read a playbook from TOML; `actions` are the ids that a rule of the NOW line may name (None: any).

    Raises PlaybookError naming `file`, the key and what is expected.
    """
    try:
        playbook = toml.convert(toml.parse(text, file=file), Playbook, file=file)
    except Mistake as mistake:
        raise PlaybookError(mistake.file, mistake.where, mistake.reason) from None
    for key, expected in _mistakes(playbook, actions):
        raise PlaybookError(file, key, expected)
    return playbook


def _duplicate(ids: Iterable[object]) -> object | None:
    seen: set[object] = set()
    for id in ids:
        if id in seen:
            return id
        seen.add(id)
    return None


def _mistakes(book: Playbook, actions: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """What types can't say, each as key and expectation: unique ids, valid references, phases in order."""
    levels = [row.level for row in book.severities]
    if sorted(levels) != [1, 2, 3, 4]:
        yield "severities", f"expected the levels 1, 2, 3 and 4, once each, found {levels}"
    for name in ("matrix", "phases"):
        if not getattr(book, name):
            yield name, "expected at least one"
    for name in ("matrix", "risks"):
        for row in getattr(book, name):
            if row.severity not in levels:
                yield f"{name}.{row.id}.severity", f"expected one of 1 to 4, found {row.severity}"
    for name in ("matrix", "risks", "stages", "roles", "facts", "phases", "now", "triggers"):
        if twice := _duplicate(row.id for row in getattr(book, name)):
            yield name, f"expected every id once, found {twice!r} twice"
    if twice := _duplicate(item.id for phase in book.phases for item in phase.items):
        yield "phases.items", f"expected every id once, found {twice!r} twice"
    yield from _phase_mistakes(book)
    yield from _severity_mistakes(book)
    yield from _now_mistakes(book, actions)
    stages = {row.id for row in book.stages}
    for needed in NEEDED_STAGES:
        if needed not in stages:
            yield "stages", f"expected a stage with the id {needed!r}"


def _phase_mistakes(book: Playbook) -> Iterator[tuple[str, str]]:
    before = 0
    for phase in book.phases:
        if phase.from_min != before or phase.until_min <= phase.from_min:
            yield f"phases.{phase.id}", f"expected from_min = {before} and a later until_min"
        before = phase.until_min
        for item in phase.items:
            key = f"phases.{phase.id}.items.{item.id}"
            if item.asks_fact and not book.fact(item.asks_fact):
                yield f"{key}.asks_fact", f"expected the id of a fact, found {item.asks_fact!r}"
            if item.asks_role and not book.role(item.asks_role):
                yield f"{key}.asks_role", f"expected the id of a role, found {item.asks_role!r}"


def _severity_mistakes(book: Playbook) -> Iterator[tuple[str, str]]:
    phases = {phase.id for phase in book.phases}
    for row in book.severities:
        key = f"severities[level {row.level}]"
        for id in row.phases:
            if id not in phases:
                yield f"{key}.phases", f"expected ids of phases, found {id!r}"
        if (row.update_every_min or 0) > (row.update_at_most_min or row.update_every_min or 0):
            yield f"{key}.update_at_most_min", "expected at least update_every_min"


def _now_mistakes(book: Playbook, actions: Collection[str] | None) -> Iterator[tuple[str, str]]:
    for rule in book.now:
        if rule.id not in NOW_RULES:
            yield "now", f"expected rules out of {', '.join(NOW_RULES)}, found {rule.id!r}"
            continue
        if stray := set(re.findall(r"\{(.*?)\}", rule.text)) - NOW_RULES[rule.id]:
            known = ", ".join(f"{{{name}}}" for name in sorted(NOW_RULES[rule.id])) or "nothing in braces"
            yield f"now.{rule.id}.text", f"expected {known}, found {{{min(stray)}}}"
        if actions is not None and rule.action not in actions:
            from difflib import get_close_matches

            near = get_close_matches(rule.action, actions, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"now.{rule.id}.action", f"the console has no action {rule.action!r}{hint}"
    if not book.now or book.now[-1].id != ids.RULE_STAND_BY:
        yield "now", "expected the rule stand_by at the end, for when nothing else holds"
