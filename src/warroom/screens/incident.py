"""The screen of an open incident: everything the night needs, on one page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from warroom import actions
from warroom.screens.incident_acts import Acts
from warroom.screens.incident_base import SMALLEST
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.clocks import ClocksPane
from warroom.widgets.headline import Headline, NowLine
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LogLine, Notice
from warroom.widgets.timeline import TimelinePane


class IncidentScreen(Acts):
    """One incident. Widgets post what the user wants, `act` appends it, and the new picture goes to all of them."""

    CSS_PATH = "incident.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            ",".join((action.key, *action.keys)), action.id, action.label, show=False, tooltip=action.help, id=action.id
        )
        for action in actions.scope("incident")
    ]

    def compose(self) -> ComposeResult:
        yield Headline()
        yield NowLine()
        clocks = ClocksPane(id="narrow-clocks")
        clocks.narrow = True
        yield clocks
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield ChecklistPane()
                yield ClocksPane(id="wide-clocks")
            with Vertical(id="right"):
                yield TimelinePane(self.session.journal)
        yield Static(Content(f"warroom needs at least {SMALLEST[0]}×{SMALLEST[1]} cells"), id="small")
        yield Notice()
        yield LogLine(self.log_question(), self.workspace.now, self.workspace.tz)
        yield KeyBar()
