"""Navigation: to another incident, a new one, or the next pane."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Navigation."""

    def switch(self) -> None:
        self.page.console.show_start()

    def declare(self) -> None:
        self.page.console.show_declare()

    def next_pane(self) -> None:
        panes = self.page.panes
        self.page.go(panes[(panes.index(self.page.pane) + 1) % len(panes)])
