"""Facts: what is known about the incident, each with its history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from unicodedata import category

from warroom.model import ids
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook
from warroom.model.times import HOUR
from warroom.text.cleaning import clean_line
from warroom.text.sentences import within


class FactSet(Body, frozen=True, tag="fact"):
    """A fact set or cleared; `name` is the fact's id. The value of the latest time counts.

    An empty value clears it.
    """

    offered_for_update = True
    most_characters = SHORT_TEXT

    name: str
    value: str

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.fact(self.name):
            return no_value(self.name, self.value, playbook) or too_early(incident, draft.at)
        return f"there is no fact {self.name!r}; the facts are {', '.join(row.id for row in playbook.facts)}"


def no_value(fact: str, value: str, playbook: Playbook) -> str | None:
    """Why a value can't be that of a fact, by its id: it is only marks, or no figure of what is counted."""
    if reason := _only_marks(value):
        return reason
    row = playbook.fact(fact)
    if row is None or fact not in _COUNTED or not _is_no_figure(value):
        return None
    example = f"; {clean_line(row.hint)}" if row.hint else ""
    return f"“{within(value)}” can't be “{row.label}”: write a figure that is not below zero{example}"


_COUNTED = (ids.FACT_REVENUE, ids.FACT_CUSTOMERS, ids.FACT_TICKETS)
_BELOW_ZERO = r"[^\s\w]?[-−–][^\s\w]?\d"
"""What a value begins with, as `-5` or `-$5k`; a dash with a space behind it is that of a list."""


def _is_no_figure(value: str) -> bool:
    """Whether it begins as a figure below zero, or is none that can be counted with, such as `NaN` or `1e400`."""
    if re.match(_BELOW_ZERO, value.strip()):
        return True
    try:
        return not isfinite(float(value))
    except ValueError:
        return False


def _only_marks(value: str) -> str | None:
    """Why a value such as `-` is no fact: it would tick off a question that nobody has answered."""
    bare = "".join(value.split())
    if not bare or "?" in bare or not all(category(char).startswith("P") for char in bare):
        return None
    return f"“{bare[:_SHOWN]}” says nothing; write what is known, or ? if nobody knows"


_SHOWN = 10
"""Characters of it."""


def too_early(incident: BaseIncident, at: int | None) -> str | None:
    """Why a fact can't be known since that time (ms UTC), which must be a slip: the incident began long after it.

    The first signs may be older than when it is thought to have begun, which nobody knows exactly at first.
    """
    if at is None or at >= incident.began - _FIRST_SIGNS:
        return None
    return "that time is more than a day before the incident began; give the time since when it is known"


_FIRST_SIGNS = 24 * HOUR


def fact(playbook: Playbook, name: str, value: str, at: int | None = None) -> Draft:
    """Set a fact; an empty value clears it."""
    row = playbook.fact(name)
    label, value = (row.label if row else name), value.strip()
    return Draft(FactSet(name, value), f"{label}: {value}" if value else f"{label}: no longer known", at)


def fact_history(incident: BaseIncident) -> dict[str, tuple[Logged[FactSet], ...]]:
    """Every value of each fact, oldest first; the last is the current one.

    In the order in which they came about, like messages: what is logged late undoes nothing that was set after it. Of
    the same time, the later entry is the last.
    """
    found: dict[str, list[Logged[FactSet]]] = {}
    for logged in sorted(incident.all(FactSet), key=lambda logged: logged.when):
        found.setdefault(logged.body.name, []).append(logged)
    return {name: tuple(values) for name, values in found.items()}


def in_force(drafts: Iterable[Draft], facts: Mapping[str, tuple[Logged[FactSet], ...]]) -> list[Draft]:
    """The drafts without those that set a fact which has a newer value in `facts`, its history."""
    return [
        draft
        for draft in drafts
        if not isinstance(draft.body, FactSet) or draft.at is None or draft.at >= _since(facts.get(draft.body.name, ()))
    ]


def _since(history: tuple[Logged[FactSet], ...]) -> int:
    return history[-1].when[0] if history else 0
