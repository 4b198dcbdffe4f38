"""The menu of a drill, which its key opens on every screen and closes again."""

from __future__ import annotations

from warroom.screens.pick import PickScreen


class DrillMenu(PickScreen):
    """A list to choose from, over whatever is being done; nothing that is typed is lost by it."""

    CSS_PATH = "../pick.tcss"
