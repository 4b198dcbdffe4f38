"""The panes of the incident screen: which one is in front, which has the focus, and which keys the footer shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.widget import Widget

from warroom import actions
from warroom.widgets.checklist import ChecklistPane
from warroom.widgets.headline import NowLine
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LogLine
from warroom.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from warroom.screens.incident.screen import IncidentScreen

_KINDS: dict[str, type[Widget]] = {"checklist": ChecklistPane, "timeline": TimelinePane}
_END = {"open": "Resolve", "resolved": "Close", "cancelled": "Reopen", "closed": "Reopen"}
"""The label of the action `close`, by the incident's state."""


class Panes:
    """Checklist, timeline and composer; on a small terminal only the front pane is visible."""

    def __init__(self, screen: IncidentScreen) -> None:
        self._screen = screen
        self.front = "checklist"

    @property
    def order(self) -> list[str]:
        """The present panes, in the order `tab` goes through them."""
        return ["checklist", "timeline"] + (["composer"] if self._screen.composing else [])

    def go(self, pane: str) -> None:
        """Bring a pane to the front and give it the focus."""
        pane = pane if pane in self.order else "timeline"
        self.bring_to_front(pane)
        self._screen.call_later(self._focus, pane)
        self.show_keys()

    def bring_to_front(self, pane: str) -> None:
        """Make a pane the front one, without moving the focus."""
        self.front = pane
        self._screen.set_pane_classes({f"-pane-{name}": name == pane for name in ("checklist", "timeline", "composer")})

    def _focus(self, pane: str) -> None:
        if pane == "composer":
            self._screen.composer.take_focus()
        else:
            self._screen.query_one(_KINDS[pane]).focus()

    def follow_focus(self, widget: Widget) -> None:
        """Follow the focus to another pane, and show its keys."""
        for pane, kind in _KINDS.items():
            if isinstance(widget, kind):
                self.bring_to_front(pane)
        if self._screen.composing and self._screen.composer in widget.ancestors_with_self:
            self.bring_to_front("composer")
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that work where the focus is."""
        self._screen.query_one(KeyBar).show(self._keys())
        self._screen.query_one(NowLine).show_key(self.enter_follows)

    @property
    def enter_follows(self) -> bool:
        """Whether enter does what the NOW line says: not where a list, a field or the log line takes it."""
        focused = self._screen.focused
        return focused is None or isinstance(focused, ChecklistPane)

    def _panes_key(self) -> actions.Action:
        """Say by which keys the other panes are reached, where they can't be seen."""
        digits = " ".join(str(number) for number, _ in enumerate(self.order, 1))
        return replace(actions.BY_ID["next_pane"], key=digits, label="Panes")

    def _keys(self) -> list[actions.Action]:
        if self._screen.query_one(LogLine).input.has_focus:
            return actions.footer("line")
        if self.front == "composer":
            composer = self._screen.composer
            if composer.editing or composer.picking:
                return actions.footer("field" if composer.editing else "picks")
            return self._keys_on_message()
        end = _END[self._screen.session.incident.state]
        keys = actions.footer("incident", "everywhere")
        if self.front == "timeline":
            keys.insert(0, replace(actions.BY_ID["now"], label="Open the line"))
        if self._screen.snapshot.recovery.items:
            keys.insert(1, actions.BY_ID["recovery"])
        if self._screen.has_class("-narrow"):
            keys.append(self._panes_key())
        return [replace(key, label=end) if key.id == "close" else key for key in keys]

    def _keys_on_message(self) -> list[actions.Action]:
        """The keys on a message: those on its remarks come right after copying and sending, as long as they can act."""
        about_remarks = [key for key in actions.footer("compose") if key.feature == "remarks"]
        others = [key for key in actions.footer("compose") if key.feature != "remarks"]
        remarks = self._screen.page.remarks
        return [*others[:2], *(key for key in about_remarks if remarks.can_do(key.id)), *others[2:]]
