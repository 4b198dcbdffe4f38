"""What "same" stands for in a field: the text that was told last, so that nobody reads "Affected: Same"."""

from __future__ import annotations

from collections.abc import Mapping

from warroom.messages.answers import says_unchanged
from warroom.messages.fields import prefill
from warroom.messages.readable import built_in_rules
from warroom.messages.templates import Kind
from warroom.messages.worst import HARM, tells_the_end
from warroom.model.snapshot import Snapshot

_NEWS = ("status", "progress")
"""The fields in which it is news that nothing changed."""


def as_told_last(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Mapping[str, str]:
    """The texts of the fields, by id, with what was told last instead of `same`, `as before` or `no change`.

    A field of which nothing was told keeps its words. At the end, what was told of the harm may be several things: then
    `same` is none of them, and the field is empty.
    """
    same = [id for id, text in values.items() if id not in _NEWS and says_unchanged(text)]
    if not same:
        return values
    told = prefill(kind, snapshot, rules=built_in_rules)
    several = HARM if tells_the_end(kind, snapshot) else ()
    return {**values, **{id: told.get(id, "") for id in same if told.get(id, "").strip() or id in several}}
