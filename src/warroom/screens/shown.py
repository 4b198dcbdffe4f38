"""Whether a screen is that of an incident, asked without loading that screen: until one is opened, nobody needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from warroom.screens.incident.screen import IncidentScreen


def as_incident(screen: Screen[Any]) -> IncidentScreen | None:
    """The screen, if it is that of an incident, which alone has an incident's keys."""
    return cast("IncidentScreen", screen) if "incident" in getattr(screen, "PLACES", ()) else None
