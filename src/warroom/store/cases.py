"""What is measured of each incident of a journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.model.cases import READ, cases
from warroom.model.incident import fold
from warroom.store.journal import Journal
from warroom.store.summaries import without_collecting

if TYPE_CHECKING:
    from warroom.model.cases import Case
    from warroom.model.playbook import Playbook


def cases_of(journal: Journal, playbook: Playbook, now: int) -> tuple[Case, ...]:
    """What is measured at `now` (ms UTC) of each incident, for the numbers over all of them. Raises StoreError."""
    with without_collecting():
        found = journal.histories(READ)
        return cases(map(fold, found.values()), playbook, now)
