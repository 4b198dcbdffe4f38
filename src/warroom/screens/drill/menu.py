"""The menu of a drill, which its key opens on every screen and closes again, and the questions that wait."""

from __future__ import annotations

from warroom.screens.pick import PickScreen
from warroom.screens.read import ReadScreen


class DrillMenu(PickScreen):
    """A list to choose from, over whatever is being done; nothing that is typed is lost by it."""

    CSS_PATH = "../pick.tcss"


class QuestionsScreen(ReadScreen):
    """The questions that were asked in a drill, to read; the drill waits meanwhile."""

    CSS_PATH = "../read.tcss"
