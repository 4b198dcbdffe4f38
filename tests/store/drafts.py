"""What the store's tests write, in this process and in others."""

from __future__ import annotations

from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Declared
from warroom.model.kinds.log import Noted

INCIDENT = "ckt234"


def declared(title: str = "Checkout errors") -> Draft:
    """A draft that opens an incident."""
    return Draft(Declared(title=title, severity=2, began=1, learned=2), title)


def note(text: str, at: int | None = None) -> Draft:
    """A draft of a plain line."""
    return Draft(Noted(), text, at)
