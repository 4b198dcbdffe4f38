"""The playbook with what was kept ready before the incident, in the places of which nobody said anything else."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from warroom.model.getting_ready import AUDIENCE, CONTACT, FACT, ROLE, STANDING
from warroom.model.playbook import Playbook
from warroom.model.readiness import Ready, ago


def filled(playbook: Playbook, items: Iterable[Ready], now: int) -> Playbook:
    """The playbook with what the items hold; the same object if they hold nothing.

    `now` (ms UTC) says which of it is stale: it is used all the same, and `standing.stale` says so.
    """
    found: dict[str, str] = {}
    stale: dict[str, str] = {}
    for item in items:
        for field in item.row.fields:
            if field.fills and (text := item.values.get(field.id)):
                found[field.fills] = text
                if item.at is not None and item.stale_at is not None and now >= item.stale_at:
                    stale[field.fills] = f"checked {ago(now - item.at)}"
    if not found:
        return playbook

    def of(what: str, id: str, otherwise: str) -> str:
        return found.get(f"{what}:{id}", otherwise)

    contacts, standing = playbook.contacts, playbook.standing
    return replace(
        playbook,
        facts=[replace(row, usual=of(FACT, row.id, row.usual)) for row in playbook.facts],
        roles=[replace(row, usual=of(ROLE, row.id, row.usual)) for row in playbook.roles],
        contacts=replace(
            contacts,
            support=of(CONTACT, "support", contacts.support),
            status_page=of(CONTACT, "status_page", contacts.status_page),
            channel=of(CONTACT, "channel", of(FACT, "channel", contacts.channel)),
        ),
        audiences=[
            replace(row, addresses=found[name].split("\n")) if (name := f"{AUDIENCE}:{row.id}") in found else row
            for row in playbook.audiences
        ],
        standing=replace(
            standing,
            stale=stale,
            customer_wording=of(STANDING, "customer_wording", standing.customer_wording),
            status_page=of(STANDING, "status_page", standing.status_page),
            escalation=of(STANDING, "escalation", standing.escalation),
            risks=of(STANDING, "risks", standing.risks),
            schedule=of(STANDING, "schedule", standing.schedule),
        ),
    )


def texts(playbook: Playbook, fills: str) -> list[str]:
    """What the playbook has where something `fills` it, such as `contact:support`; of an audience each address."""
    what, _, id = fills.partition(":")
    if what in (FACT, ROLE):
        row = playbook.fact(id) if what == FACT else playbook.role(id)
        return [row.usual] if row else []
    if what == AUDIENCE:
        return next((row.addresses for row in playbook.audiences if row.id == id), [])
    return [str(getattr(playbook.contacts if what == CONTACT else playbook.standing, id, ""))]
