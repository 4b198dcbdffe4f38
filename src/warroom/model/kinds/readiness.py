"""What is ready before the next incident: entries of a register, which belong to no incident."""

from __future__ import annotations

from collections.abc import Mapping

from warroom.model.entries import SHORT_TEXT, Body, Draft, Tone
from warroom.model.getting_ready import ReadyItem
from warroom.text.cleaning import clean

HOLDS, CHECKED, CLEARED = "holds", "checked", "cleared"
"""What was done to an item: it holds something, it is still right, or it is not ready any more."""


class ReadySet(Body, frozen=True, tag="ready"):
    """An item holds these `values` by field id, was checked and left as it is, or was cleared with a reason.

    Each time it counts as checked then. `good_for_days` is the item's own; None leaves it as it was, 0 is that of the
    playbook.
    """

    in_incident = False

    tone = Tone.ACTIVE
    most_characters = SHORT_TEXT

    item: str
    state: str
    values: dict[str, str] = {}
    good_for_days: int | None = None
    because: str = ""

    def details(self) -> tuple[str, ...]:
        return (f"because {self.because}",) if self.because else ()


class ReadyUndone(Body, frozen=True, tag="ready-undone"):
    """An entry about what is ready does not count any more, as if it had never been made; `target` is its key."""

    in_incident = False

    target: str


def hold(row: ReadyItem, values: Mapping[str, str], good_for_days: int | None = None) -> Draft:
    """An item holds these values, by field id; those that are empty are left out."""
    kept = {id: clean(text).strip() for id, text in values.items() if text.strip()}
    said = "; ".join(" ".join(text.split()) for text in kept.values())
    return Draft(ReadySet(row.id, HOLDS, kept, good_for_days), f"{row.text}: {said}" if said else row.text)


def check(row: ReadyItem, good_for_days: int | None = None, *, seen: str = "still right") -> Draft:
    """An item was looked at and is still right; `seen` says by what that was seen."""
    return Draft(ReadySet(row.id, CHECKED, good_for_days=good_for_days), f"{row.text}: {seen}")


def clear(row: ReadyItem, because: str) -> Draft:
    """An item is not ready any more, and what it held is wrong."""
    because = clean(because).strip()
    return Draft(ReadySet(row.id, CLEARED, because=because), f"{row.text}: not ready any more")


def undo(key: str, text: str) -> Draft:
    """What one entry said about an item does not count."""
    return Draft(ReadyUndone(key), f"Taken back: {text}")
