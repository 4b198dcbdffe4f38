"""What is known before the incident, as the answer that a question about a fact or a role begins with."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from warroom.model import ids
from warroom.model.getting_ready import FACT, ROLE
from warroom.model.people import Duty
from warroom.model.playbook import Fact, Playbook, Role
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError


class Offer(NamedTuple):
    """The text that the answer begins with, and a hint that says where it comes from; both "" if there is none."""

    text: str = ""
    hint: str = ""


def offer(page: IncidentPage, row: Fact | Role) -> Offer:
    """What to offer for a fact or role that nobody has set.

    For the on-call engineer that is who is on call by the rota, if it says; of several, one is chosen from those
    suggested. Anything else is what was kept ready; somebody who is known goes by their full name.
    """
    standing = page.playbook.standing
    schedule = standing.told("schedule") if row.id == ids.ROLE_ON_CALL else ""
    if row.id == ids.ROLE_ON_CALL and (duties := _on_call(page)):
        first = duties[0]
        answer = f"{first.name}, {first.contact}" if first.contact else first.name
        return (
            Offer(answer, "on call now; enter takes it")
            if len(duties) == 1
            else Offer("", "several are on call now: ↓ chooses")
        )
    if row.usual:
        stale = standing.stale.get(f"{FACT if isinstance(row, Fact) else ROLE}:{row.id}")
        hint = f"kept ready, but {stale}: stale" if stale else "kept ready; enter takes it"
        text = row.usual if isinstance(row, Fact) else _known(page, row.usual)
        return Offer(text, " · ".join(filter(None, (hint, schedule))))
    return Offer("", schedule)


def kept_ready(playbook: Playbook, fact: Fact) -> str:
    """What a fact was kept as before the incident, marked so; "" if it was not."""
    stale = playbook.standing.stale.get(f"{FACT}:{fact.id}")
    return f"{fact.usual} ({', '.join(filter(None, ('kept ready', stale, stale and 'stale')))})" if fact.usual else ""


def _on_call(page: IncidentPage) -> list[Duty]:
    with suppress(StoreError):  # what was kept ready is offered then
        return page.workspace.people().on_call(page.workspace.now())
    return []


def _known(page: IncidentPage, kept: str) -> str:
    """The one who was kept, by the name and contact that the list of people has; as it was kept for a stranger."""
    with suppress(StoreError):
        return page.workspace.people().same_as(kept)
    return kept
