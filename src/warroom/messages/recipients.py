"""To whom a message goes if nobody says otherwise."""

from __future__ import annotations

from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.text.cleaning import clean


def usual_recipients(kind: Kind, incident: Incident) -> str:
    """The last recipients of this kind of message, otherwise its audience."""
    before = incident.sent([kind.id])
    if kind.id != ids.MESSAGE_RESOLUTION:
        return clean((before[-1].body.to if before else "") or kind.audience).strip()
    # The end is for everyone who was told, such as those to whom it was escalated.
    told = [
        kind.audience,
        *(logged.body.to for logged in incident.messages if logged.body.message != ids.MESSAGE_CUSTOMER),
    ]
    people: dict[str, str] = {}
    for to in told:
        for name in filter(None, map(str.strip, to.split(","))):
            people.setdefault(name.casefold(), name)
    return clean(", ".join(people.values())).strip()
