"""The question in which zone the times of a timeline are: a few to choose from, or any other, typed at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from warroom import places
from warroom.model import times
from warroom.screens.pick import PickScreen
from warroom.screens.timeline_import.draft import LOCAL_TIME
from warroom.terminal.content import safe_line
from warroom.timelines import NotGiven, given_zone
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.text_input import TextInput
from warroom.workspace import Workspace

_OTHER = "\x00other"
_EXAMPLES = "CET, +02:00, America/New_York …"


class ZoneScreen(PickScreen):
    """Returns the zone, or None; what is typed is another one than those in the list."""

    CSS_PATH = "../pick.tcss"
    rows_above = 2
    has_keys = TextInput

    def __init__(self, rows: Sequence[Choice], *, marked: str) -> None:
        other = Choice(_OTHER, "Another one", about=f"Type it: {_EXAMPLES}")
        super().__init__("Which zone are its times in?", [*rows, other], marked=marked)
        self._before = 0
        """The row that the cursor was on before something was typed."""

    def above(self) -> Iterable[Widget]:
        yield TextInput(placeholder=f"choose below, or type another one: {_EXAMPLES}")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        choices = self.query_one(Choices)
        last = len(choices.rows) - 1
        if event.value.strip() and choices.cursor != last:
            self._before = choices.cursor
        at = last if event.value.strip() else self._before
        choices.action_move(at - choices.cursor)

    def on_key(self, event: events.Key) -> None:
        if self.query_one(Choices).follow_key(event.key):
            event.stop()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Choices).action_choose()

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        event.prevent_default()  # else the list's own way of choosing comes after this
        if event.choice.id != _OTHER:
            self.dismiss(event.choice.id)
            return
        typed = self.query_one(TextInput).text.strip()
        try:
            given_zone(typed)
        except NotGiven as error:
            why = str(error) if typed else f"Type the zone: {_EXAMPLES}"
            self.query_one("#about", Static).update(Content.assemble("✗ ", safe_line(why)))
            return
        self.dismiss(typed)


def zones_to_choose(workspace: Workspace, ambiguous: Sequence[str], chosen: str) -> list[Choice]:
    """The rows: those that an abbreviation may stand for, else UTC and local time; and the one `chosen` before."""
    rows = [Choice(name, name) for name in ambiguous or ("UTC",)]
    name = getattr(workspace.tz, "key", "") if workspace.tz is not None else places.machine_zone(workspace.env)
    own = times.zone_name(workspace.now(), workspace.tz)
    if not ambiguous and (name or own) not in ("UTC", "Etc/UTC"):
        about = "What the clocks there showed on that day, in summer time or not"
        rows.append(Choice(LOCAL_TIME, f"Local time ({name or own})", about=about))
    if chosen and chosen not in [row.id for row in rows]:
        rows.append(Choice(chosen, chosen))
    return rows
