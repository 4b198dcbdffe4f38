"""What a message to customers would take over from before a fix or an end: nobody but its sender knows if it holds."""

from __future__ import annotations

from warroom.messages.at_the_end import CAUSE, PREVENTION
from warroom.messages.field import Field
from warroom.messages.sources import STATE
from warroom.messages.templates import Kind
from warroom.model.incident import Incident
from warroom.model.kinds.stages import StageSet
from warroom.text.cleaning import clean
from warroom.text.sentences import same_words

WORKAROUND, MEANING = "workaround", "meaning"
_IN_QUESTION = (WORKAROUND, MEANING, CAUSE, PREVENTION)
"""The fields of which a fix or an end may have changed everything."""
_FIXED = ("monitoring", "resolved")
_STAGES = ("resolution", "recovery")
"""The stages in which a fix is in place."""


def is_of_before(kind: Kind, field: Field, text: str, incident: Incident, state: str) -> bool:
    """Whether a text that a field would start from was last sent or noted before this `state`, a fix or an end."""
    if field.id not in _IN_QUESTION or state not in _FIXED or not kind.public or not text.strip():
        return False
    begun = _begun(kind, incident, state)
    facts = (source.partition(":")[2] for source in field.source if source.startswith("fact:"))
    said = [(fact.order, fact.body.value) for name in facts for fact in incident.facts.get(name, ())]
    said += [(sent.order, sent.body.fields.get(field.id, "")) for sent in incident.sent([kind.id])]
    return begun is None or all(order < begun for order, words in said if same_words(clean(words), text))


def _begun(kind: Kind, incident: Incident, state: str) -> tuple[int, str, int] | None:
    """The place in the log at which a fix was in place, or the end came; None if only this message says so."""
    if state == "resolved":
        return incident.resolution.order if incident.over() and incident.resolution else None
    again = incident.restarted
    stages = [logged.order for logged in incident.all(StageSet) if logged.body.stage in _STAGES]
    told = [sent.order for sent in incident.sent([kind.id]) if sent.body.fields.get(STATE, "") in _FIXED]
    return min((order for order in stages + told if again is None or order > again.order), default=None)
