"""The title of a message to customers: what they know the affected system by, not what colleagues call the incident."""

from __future__ import annotations

from collections.abc import Mapping

from warroom.messages.templates import Kind
from warroom.messages.values import headline, is_internal, public_title
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

TITLE = "title"
"""The field with the title that customers read."""


def title_remark(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """What to tell the sender if customers would read a title that was written for colleagues, or ""."""
    field = kind.field(TITLE) if kind.public else None
    if field is None:
        return ""
    names = snapshot.playbook.names
    shown = headline(values.get(TITLE, ""), names) or public_title(snapshot)
    own = clean(snapshot.incident.title)
    if shown.casefold() != headline(own, names).casefold() or not is_internal(own, names):
        return ""
    where = f"the field {field.label} (title)"
    return f"Customers would read the incident's own title, “{shown}”; say what they see in {where}."
