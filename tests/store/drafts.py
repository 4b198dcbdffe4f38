"""What the store's tests write, in this process and in others."""

from __future__ import annotations

from warroom.model.entries import Declared, Draft, Noted

INCIDENT = "ckt234"


def declared(title: str = "Checkout errors") -> Draft:
    """A draft that opens an incident."""
    return Draft(Declared(title=title, severity=2, began=1, learned=2), title)


def note(text: str, at: int | None = None) -> Draft:
    """A draft of a plain line."""
    return Draft(Noted(), text, at)
