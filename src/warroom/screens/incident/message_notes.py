"""What stands below a message while it is composed, but for the remarks on its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from warroom.widgets.message_preview import Note

if TYPE_CHECKING:
    from warroom.messages.compose import Composed
    from warroom.messages.templates import Kind
    from warroom.model.playbook import Playbook
    from warroom.model.snapshot import Snapshot


def notes_on(
    composed: Composed,
    values: Mapping[str, str],
    snapshot: Snapshot,
    playbook: Playbook,
    *,
    typed: Collection[str],
    resolution: Kind | None,
    meanwhile: str,
) -> list[Note]:
    """What keeps the message back or has no room in it, and the hints about it, in the order in which they matter.

    `values` are its fields by id, `typed` the ids of those that the user typed; `resolution` is the kind of
    message that tells colleagues of the end; `meanwhile` says who sent one like it.
    """
    from warroom.messages.hints import hints

    notes = [composed.problem] if composed.problem else []
    warnings = [meanwhile] if meanwhile else []
    if composed.missing:
        notes.append("Still missing: " + ", ".join(field.label for field in composed.missing))
    if composed.length and composed.length.over:
        warnings.append(composed.length.words)
    warnings += filter(None, [composed.left_out_for_room, composed.unsaid_promise])
    if not composed.own_short:  # which shows none of the fields that hints are about
        warnings += hints(
            composed.kind, values, snapshot, playbook, typed=typed, text=composed.text, resolution=resolution
        )
    warnings += filter(None, [composed.wrong_place])
    return [*map(Note, notes), *(Note(f"⚠ {warning}") for warning in warnings)]
