"""Whether a screen is that of an incident, asked without loading that screen: until one is opened, nobody needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from warroom.terminal.screens import CellScreen

if TYPE_CHECKING:
    from warroom.actions import Action
    from warroom.model.clocks import Clock
    from warroom.model.entries import Entry
    from warroom.screens.incident.page import IncidentPage
    from warroom.session import Session


class ShowsIncident(CellScreen[None]):
    """What the app and other screens use of an incident's screen, which alone is derived from this."""

    session: Session
    page: IncidentPage

    if TYPE_CHECKING:

        @property
        def open_hint(self) -> str: ...
        def may_switch(self) -> bool: ...
        def switch_to(self, session: Session) -> None: ...
        def go_to_line(self, entry: Entry) -> None: ...
        def perform(self, action: Action) -> None: ...
        def clocks_ran_out(self, clocks: list[Clock]) -> None: ...


def as_incident(screen: Screen[Any]) -> ShowsIncident | None:
    """The screen, if it is that of an incident."""
    return screen if isinstance(screen, ShowsIncident) else None
