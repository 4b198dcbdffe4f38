"""What a sender is told of what was kept ready before the incident: what may be out of date, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.messages.compose import Composed
from warroom.model.filled import texts
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean

_LONGEST = 60


def kept_ready(composed: Composed, snapshot: Snapshot) -> Iterator[str]:
    """Each a sentence: what in the message is stale, then how the status page is changed, where that is for it."""
    book = snapshot.playbook
    shown = f"{composed.rendered.to}\n{composed.text}"
    for fills, checked in book.standing.stale.items():
        for text in texts(book, fills):
            words = clean(text).strip()
            if words and words in shown:
                brief = " ".join(words.split())
                brief = brief if len(brief) <= _LONGEST else f"{brief[: _LONGEST - 1]}…"
                yield f"“{brief}” was kept ready, but {checked}: is it still right?"
                break
    steps = book.standing.told("status_page")
    if composed.kind.public and composed.form == "status" and steps:
        yield f"How the status page is changed: {steps}"
