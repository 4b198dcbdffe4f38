"""What "same" stands for in a field (nobody reads "Affected: Same"), and an empty status in the first message."""

from __future__ import annotations

from collections.abc import Mapping

from warroom.messages.answers import says_nothing, says_unchanged
from warroom.messages.field import STATES
from warroom.messages.fields import prefill
from warroom.messages.sources import DOING, STATE, state_now
from warroom.messages.templates import Kind
from warroom.messages.worst import HARM, at_the_end
from warroom.model import ids
from warroom.model.snapshot import Snapshot

_NEWS = ("status", "progress")
"""The fields in which it is news that nothing changed."""


def as_told_last(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Mapping[str, str]:
    """The texts of the fields, by id, with what was told last instead of `same`, `as before` or `no change`.

    A field of which nothing was told keeps its words. Where the end was told in several ways, it is none of them. An
    empty status of the first message says what is being done, by the state of the incident.
    """
    if kind.id == ids.MESSAGE_INITIAL and says_nothing(values.get("status", "x")) and not snapshot.incident.over():
        values = {**values, "status": DOING[state_now(kind, snapshot.incident)]}
    harm = {id: "" for id in HARM if says_unchanged(values.get(id, ""))}
    values = {**values, **at_the_end(kind, harm, snapshot, values.get(STATE, ""))}
    same = [id for id, text in values.items() if id not in _NEWS and says_unchanged(text)]
    if not same:
        return values
    offered, sent = prefill(kind, snapshot, state=STATES[0]), snapshot.incident.sent([kind.id])
    told = {id: offered.get(id, "") for id in same}
    for id in (id for id in same if not told[id].strip()):  # the last message may have left it out
        told[id] = next((text for one in reversed(sent) if (text := one.body.fields.get(id, "")).strip()), "")
    return {**values, **{id: text for id, text in told.items() if text.strip()}}
