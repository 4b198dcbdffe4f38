"""Facts: what is known about the incident, each with its history."""

from __future__ import annotations

from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook


class FactSet(Body, frozen=True, tag="fact"):
    """A fact set or cleared; `name` is the fact's id. The latest value counts; an empty value clears it."""

    offered_for_update = True
    most_characters = SHORT_TEXT

    name: str
    value: str

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.fact(self.name):
            return None
        return f"there is no fact {self.name!r}; the facts are {', '.join(row.id for row in playbook.facts)}"


def fact(playbook: Playbook, name: str, value: str, at: int | None = None) -> Draft:
    """Set a fact; an empty value clears it."""
    row = playbook.fact(name)
    label, value = (row.label if row else name), value.strip()
    return Draft(FactSet(name, value), f"{label}: {value}" if value else f"{label}: no longer known", at)


_UNKNOWN = ("unknown", "unclear", "not known", "not sure", "tbd", "?")


def says_unknown(value: str) -> bool:
    """Whether a value says nothing, or only that it is not known."""
    return not value.strip() or value.strip().lower().startswith(_UNKNOWN)


def fact_history(incident: BaseIncident) -> dict[str, tuple[Logged[FactSet], ...]]:
    """Every value of each fact, oldest first; the last is the current one."""
    found: dict[str, list[Logged[FactSet]]] = {}
    for logged in incident.all(FactSet):
        found.setdefault(logged.body.name, []).append(logged)
    return {name: tuple(values) for name, values in found.items()}
