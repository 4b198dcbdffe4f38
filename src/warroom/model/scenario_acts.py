"""Which entries of a log do what a scenario expects."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from warroom.model.entries import Entry
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.escalation import EscalationStep, TriggerAnswered
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.items import ItemTicked
from warroom.model.kinds.lifecycle import Closed, Declared, Resolved
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.kinds.timers import TimerStarted
from warroom.model.scenario import Act


def does(entry: Entry, act: Act, what: str = "", who: str = "") -> bool:
    """Whether an entry does that act; `what` and `who` are as in `Expected`. Whose entry it is, is up to the caller."""
    kinds, fits = _ACTS[act]
    return isinstance(entry.body, kinds) and fits(entry.body, what) and (not who or is_called(entry.body.name, who))


def is_called(name: str, who: str) -> bool:
    """Whether a name that was written down may mean somebody: one of its words is enough, `olga` for Olga Petrova."""
    return bool(set(re.findall(r"\w+", who.casefold())) & set(re.findall(r"\w+", name.casefold())))


def _any(body: Any, what: str) -> bool:
    return True


def _is(field: str, what: str) -> bool:
    """Whether it is the one that is asked for; any is, if none is named."""
    return not what or field == what


_ACTS: dict[Act, tuple[tuple[type[Any], ...], Callable[[Any, str], bool]]] = {
    "declare": ((Declared,), _any),
    "severity": ((Declared, SeveritySet), lambda body, what: _is(str(body.severity), what)),
    "message": ((MessageSent,), lambda body, what: _is(body.message, what) and not body.is_told_of),
    "fact": ((FactSet,), lambda body, what: _is(body.name, what) and bool(body.value)),
    "role": ((RoleAssigned,), lambda body, what: _is(body.role, what) and bool(body.name)),
    "item": ((ItemTicked,), lambda body, what: _is(body.item, what) and body.done),
    "log": ((Noted, ActionTaken), _any),
    "decision": ((DecisionMade,), _any),
    "timer": ((TimerStarted,), _any),
    "escalate": ((EscalationStep,), lambda body, what: body.step == "told"),
    "trigger": ((TriggerAnswered,), lambda body, what: _is(body.trigger, what) and body.holds),
    "resolve": ((Resolved,), _any),
    "cancel": ((Closed,), lambda body, what: bool(body.cancelled)),
}
