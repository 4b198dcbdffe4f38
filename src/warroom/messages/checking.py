"""A message as the wording checks need it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING

from warroom.messages.compose import Composed
from warroom.messages.fields import cadence
from warroom.messages.length import SHORT_FORMS
from warroom.model import ids, times
from warroom.model.contacts import contact
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean_line

if TYPE_CHECKING:
    from warroom.wording import Audience, MessageText


def message_to_check(composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> MessageText:
    """The message as the wording checks need it; `Composed.spans` maps their findings to `Composed.text`."""
    from warroom.wording import Facts, MessageText

    kind, incident = composed.kind, snapshot.incident
    promises: bool | None = None
    if composed.kind.promises and cadence(snapshot):
        promises = composed.promise is not None
    people = {name: None for role in incident.roles for name in incident.holders(role)}
    readers: Audience = "stakeholders"
    if kind.public:
        readers = "customers"
    elif kind.id == ids.MESSAGE_ESCALATION:
        readers = "leadership"
    promise = times.clock_zone(composed.promise, UTC if kind.public else snapshot.tz) if composed.promise else ""
    return MessageText(
        kind=kind.id,
        subject="" if composed.form in SHORT_FORMS else composed.subject,
        body=composed.body,
        to=composed.to,
        partial=incident.severity > 1,
        promises_next=promises,
        short=composed.form in SHORT_FORMS,
        people=tuple(people),
        needs=values.get("what_i_need", ""),
        audience=readers,
        facts=Facts(
            people=tuple(people),
            systems=tuple(filter(None, [incident.fact(ids.FACT_SYSTEM)])),
            impact=clean_line(values.get("impact", "")),
            next_update=promise,
            contacts=tuple(
                filter(
                    None,
                    (
                        clean_line(values.get("help", "")) if kind.public else "",
                        *(contact(snapshot.playbook.contacts, incident, name) for name in _PUBLIC),
                    ),
                )
            ),
        ),
    )


_PUBLIC = ("support", "status_page")
"""The contacts that everybody may have."""
