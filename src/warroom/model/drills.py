"""The mark of a drill, an incident that is only practised: so that nobody ever takes one for real."""

from __future__ import annotations

from typing import Protocol, TypeVar

DRILL = "DRILL"
"""The word that stands in front of everything that people see of a drill."""
NOT_REAL = "DRILL. This is an exercise: nothing is broken, and nobody outside it has to act."
"""The first line of everything about a drill that goes out, or is written to a file."""


def marked(text: str, *, drill: bool) -> str:
    """A text about an incident, with `DRILL: ` in front if that is a drill."""
    return f"{DRILL}: {text}" if drill else text


class MayBeDrill(Protocol):
    """An incident, or what belongs to one: it may only be practised."""

    @property
    def drill(self) -> bool: ...


OfDrill = TypeVar("OfDrill", bound=MayBeDrill)
