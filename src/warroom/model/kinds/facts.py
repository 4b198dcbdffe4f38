"""What is known: each fact once, with all that was ever said of it."""

from __future__ import annotations

from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook


class FactSet(Body, frozen=True, tag="fact"):
    """One thing known about the incident; the latest value of a name counts, an empty one withdraws it."""

    worth_telling = True

    name: str
    value: str

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.fact(self.name):
            return None
        return f"there is no fact {self.name!r}; the facts are {', '.join(row.id for row in playbook.facts)}"


def fact(playbook: Playbook, name: str, value: str, at: int | None = None) -> Draft:
    """Set a fact; an empty value withdraws it."""
    row = playbook.fact(name)
    label, value = (row.label if row else name), value.strip()
    return Draft(FactSet(name, value), f"{label}: {value}" if value else f"{label}: no longer known", at)


def fact_history(incident: BaseIncident) -> dict[str, tuple[Logged[FactSet], ...]]:
    """Everything ever said of each fact, oldest first; the last counts."""
    found: dict[str, list[Logged[FactSet]]] = {}
    for logged in incident.all(FactSet):
        found.setdefault(logged.body.name, []).append(logged)
    return {name: tuple(values) for name, values in found.items()}
