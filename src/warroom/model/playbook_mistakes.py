"""Mistakes in a playbook that its types can't catch: duplicate ids, unknown references, gaps between phases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from warroom.model import after_the_fix, contacts, getting_ready, ids, names

if TYPE_CHECKING:
    from warroom.model.playbook import Playbook

_CLOCK = frozenset({"label", "due", "left", "number", "state"})

NOW_RULES = {
    ids.RULE_OVERDUE: _CLOCK | {"act"},
    ids.RULE_ACKNOWLEDGE: _CLOCK,
    ids.RULE_UPDATE_SOON: _CLOCK | {"act", "Act", "owed"},
    ids.RULE_OWN_CLOCK: _CLOCK,
    ids.RULE_RESOLUTION_NOTICE: frozenset[str](),
    ids.RULE_PHASE_ITEM: frozenset({"phase", "item"}),
    ids.RULE_CUSTOMER_NOTICE: frozenset[str](),
    ids.RULE_ESCALATION_MESSAGE: frozenset({"trigger", "why"}),
    ids.RULE_TRIGGER: frozenset({"trigger", "why", "step"}),
    ids.RULE_NO_COMMANDER: frozenset({"purpose"}),
    ids.RULE_NEEDED_FACT: _CLOCK | {"fact"},
    ids.RULE_CUSTOMER: _CLOCK,
    ids.RULE_CARE: frozenset({"length"}),
    ids.RULE_RECOVERY: frozenset({"item", "when", "due", "left"}),
    ids.RULE_POST_MORTEM: frozenset({"due", "left", "state"}),
    ids.RULE_ACTION_ITEM: frozenset({"item", "due", "owner", "count"}),
    ids.RULE_CLOSE: frozenset[str](),
    ids.RULE_STAND_BY: frozenset({"next"}),
}
"""The rules of the NOW line, each with the placeholders its text may use."""

NEEDED_STAGES = (
    ids.STAGE_TRIAGE,
    ids.STAGE_RESPONSE,
    ids.STAGE_RESOLUTION,
    ids.STAGE_RECOVERY,
    ids.STAGE_POST_MORTEM,
)
"""The stages that the program itself moves an incident to; a company may add others."""


def _duplicate(ids: Iterable[object]) -> object | None:
    seen: set[object] = set()
    for id in ids:
        if id in seen:
            return id
        seen.add(id)
    return None


def mistakes(book: Playbook, actions: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected): duplicate ids, unknown references, gaps."""
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
    for name in ("matrix", "risks", "stages", "roles", "facts", "phases", "now", "triggers", "mistakes"):
        if twice := _duplicate(row.id for row in getattr(book, name)):
            yield name, f"expected every id once, found {twice!r} twice"
    if twice := _duplicate(item.id for phase in book.phases for item in phase.items):
        yield "phases.items", f"expected every id once, found {twice!r} twice"
    yield from _phase_mistakes(book)
    yield from _severity_mistakes(book)
    yield from _clock_mistakes(book)
    yield from _now_mistakes(book, actions)
    yield from after_the_fix.mistakes(book.recovery, book.post_mortem, book.action_items)
    yield from contacts.mistakes(book.audiences, book.contacts)
    yield from names.mistakes(book.names, book.repeats)
    yield from getting_ready.mistakes(book)
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


def _clock_mistakes(book: Playbook) -> Iterator[tuple[str, str]]:
    for name in ("acknowledgement", "customer", "update", "phase", "resolution"):
        for fact in getattr(book.clocks, name).needs:
            if not book.fact(fact):
                yield f"clocks.{name}.needs", f"expected ids of facts, found {fact!r}"


def _now_mistakes(book: Playbook, actions: Collection[str] | None) -> Iterator[tuple[str, str]]:
    for rule in book.now:
        if rule.id not in NOW_RULES:
            yield "now", f"expected one of the rules {', '.join(NOW_RULES)}, found {rule.id!r}"
            continue
        if stray := set(re.findall(r"\{(.*?)\}", rule.text)) - NOW_RULES[rule.id]:
            known = ", ".join(f"{{{name}}}" for name in sorted(NOW_RULES[rule.id])) or "nothing in braces"
            yield f"now.{rule.id}.text", f"expected {known}, found {{{min(stray)}}}"
        if actions is not None and rule.action not in actions:
            from difflib import get_close_matches

            near = get_close_matches(rule.action, actions, 1)
            hint = f"did you mean {near[0]!r}?" if near else "some of its actions are 'update', 'roles' and 'log'"
            yield f"now.{rule.id}.action", f"the console has no action {rule.action!r}; {hint}"
    if not book.now or book.now[-1].id != ids.RULE_STAND_BY:
        yield "now", "expected the rule stand_by at the end, for when no other rule applies"
