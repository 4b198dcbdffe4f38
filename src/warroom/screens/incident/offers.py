"""What was kept ready before the incident, as the answer that a question about a fact or a role begins with."""

from __future__ import annotations

from typing import NamedTuple

from warroom.model import ids
from warroom.model.getting_ready import FACT, ROLE
from warroom.model.playbook import Fact, Playbook, Role


class Offer(NamedTuple):
    """The text that the answer begins with, and a hint that says where it comes from; both "" if there is none."""

    text: str = ""
    hint: str = ""


def offer(playbook: Playbook, row: Fact | Role) -> Offer:
    """What to offer for a fact or role that nobody has set."""
    what = FACT if isinstance(row, Fact) else ROLE
    if row.usual:
        stale = playbook.standing.stale.get(f"{what}:{row.id}")
        return Offer(row.usual, f"kept ready, but {stale}: stale" if stale else "kept ready; enter takes it")
    return Offer("", playbook.standing.told("schedule")) if row.id == ids.ROLE_ON_CALL else Offer()
