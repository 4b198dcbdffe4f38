"""What colleagues noted about an end: the sender of the message to customers is asked what these may know of it."""

from __future__ import annotations

import re

from warroom.messages.answers import says_none, says_nothing
from warroom.messages.sources import known_cause, last_value
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.incident import Incident
from warroom.text.cleaning import clean
from warroom.text.not_known import says_not_known, says_unknown

CAUSE, PREVENTION, STATUS = "cause", "prevention", "status"
"""The fields of a message to customers that say why it happened, what will prevent it, and how it was resolved."""


def noted_at_the_end(kind: Kind, incident: Incident, resolution: Kind | None = None) -> dict[str, tuple[str, str]]:
    """What colleagues read (its label, the text) of what a field of `kind`, by id, could tell customers; by field id.

    What says nothing, or only that it is not known, is left out, and so are the next steps that a message of the kind
    `resolution` starts from.
    """
    end = incident.resolution
    how = "" if end is None or end.text == "Resolved" else end.text
    if incident.cancelled:
        return {STATUS: ("Reason", incident.cancelled.body.because)}
    found = {
        CAUSE: ("Root cause", _said("root_cause", kind, incident) or known_cause(incident)),
        STATUS: ("Resolution", _said("resolution", kind, incident) or how),
        PREVENTION: ("Next steps", _typed_steps(_said(_NEXT_STEPS, kind, incident), resolution)),
    }
    texts = {id: (label, clean(text).strip()) for id, (label, text) in found.items()}
    return {id: told for id, told in texts.items() if not _says_nothing(told[1])}


def _typed_steps(steps: str, resolution: Kind | None) -> str:
    """The lines of the next steps that somebody typed: not those of the template, with their times."""
    field = resolution.field(_NEXT_STEPS) if resolution else None
    starts = [line for source in field.source for line in source.partition(":")[2].splitlines()] if field else []
    ours = ["[^\n]+".join(map(re.escape, _TIME.split(line))) for line in starts]
    return "\n".join(line for line in steps.splitlines() if not any(re.fullmatch(one, line.strip()) for one in ours))


_NEXT_STEPS = "next_steps"
_TIME = re.compile(r"\{[^{}]*\}")
"""What stands for a time in a template: `{24 h}`."""


def _said(field: str, kind: Kind, incident: Incident) -> str:
    """What the resolution notice of this end said in a field; "" if nothing was sent."""
    found = last_value(f"last:{ids.MESSAGE_RESOLUTION}", field, kind, incident)
    return "" if found is None or _says_nothing(found[1]) else found[1]


def _says_nothing(text: str) -> bool:
    return says_nothing(text) or says_none(text) or says_unknown(text) or says_not_known(text)
