"""Decisions as things of their own: what was decided and why, with all that was added to each and became of it."""

from __future__ import annotations

import msgspec

from warroom.model.entries import DecisionContextAdded, DecisionMade, DecisionReviewed
from warroom.model.incident import Incident, Said


class Decided(msgspec.Struct, frozen=True):
    """One decision as it stands; `number` is what people call it by, `outcome` is empty, `confirmed` or `reversed`."""

    number: int
    said: Said
    because: str
    options: str
    by: str
    asked_by: str
    outcome: str = ""
    outcome_because: str = ""
    outcome_at: int | None = None


def decided(incident: Incident) -> tuple[Decided, ...]:
    """Every decision in the order it was written down, which is what numbers it."""
    return tuple(_decided(incident, number, said) for number, said in enumerate(incident.decisions, 1))


def _decided(incident: Incident, number: int, said: Said) -> Decided:
    body = said.entry.body
    assert isinstance(body, DecisionMade)
    known = {"options": body.options, "by": body.by, "asked_by": body.asked_by}
    for added in incident.contexts.get(said.entry.key, ()):
        if isinstance(added.entry.body, DecisionContextAdded):
            known = {name: getattr(added.entry.body, name) or value for name, value in known.items()}
    one = Decided(number, said, body.because, known["options"], known["by"], known["asked_by"])
    ruling = incident.rulings.get(said.entry.key)
    if ruling is None or not isinstance(ruling.entry.body, DecisionReviewed):
        return one
    outcome, why = ruling.entry.body.outcome, ruling.entry.body.because
    return msgspec.structs.replace(one, outcome=outcome, outcome_because=why, outcome_at=ruling.at)
