"""The clocks of everything that is promised or due: a row each, or one line on a small terminal."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from warroom.model import ids
from warroom.model.clocks import Clock
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import safe_line, shortened
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line

STYLE = {"ok": "$text-secondary", "soon": "bold $text-warning", "late": "bold $text-error"}
"""The three colours of everything that is due, by the state of its clock."""
_BAR = 6


class ClocksPane(LineWidget):
    """What is due when; a clock that has run out says LATE, and is not only shown in red."""

    BORDER_TITLE = "Clocks"

    view: Snapshot | None = None
    narrow = False
    _rows = 0

    def show(self, view: Snapshot) -> None:
        """Show a new snapshot."""
        self.view = view
        rows = max(len(view.clocks), 1)
        if not self.narrow and rows != self._rows:
            self._rows = rows
            self.styles.height = rows + 2
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        if self.narrow:
            return [self._one_line(width)]
        if not self.view.clocks:
            return [Content.styled("No clock is running", "$text-muted")]
        longest = max(len(clock.countdown) for clock in self.view.clocks)
        labels = max(cell_len(clean_line(clock.label)) for clock in self.view.clocks)
        bar = min(max(width - longest - labels - 2, 1), _BAR)  # a label is worth more than the bar beside it
        return [self._row(clock, longest, bar, width) for clock in self.view.clocks]

    def _row(self, clock: Clock, longest: int, cells: int, width: int) -> Content:
        """Return a row of three columns: the label, the time left in `longest` cells, and a bar of `cells`."""
        full = round(clock.share_left * cells)
        bar = "snooze"[:cells].ljust(cells) if clock.snoozed_until is not None else "█" * full + "░" * (cells - full)
        room = width - longest - cells - 2
        label = safe_line(shortened(clock.label, room))
        face = f" {clock.countdown.rjust(longest)} {bar}"
        return Content.assemble(label, " " * (room - label.cell_length), Content.styled(face, STYLE[clock.state]))

    def _one_line(self, width: int) -> Content:
        """Return as many clocks as fit, the nearest first, and how many more there are."""
        assert self.view is not None
        if not self.view.clocks:
            return Content.styled("No clock is running", "$text-muted")
        gap, faces = Content("  "), [self._face(clock) for clock in self.view.clocks]
        shown = len(faces)
        while shown > 1 and gap.join(self._with_rest(faces, shown)).cell_length > width:
            shown -= 1
        return gap.join(self._with_rest(faces, shown))

    def _with_rest(self, faces: list[Content], shown: int) -> list[Content]:
        rest = len(faces) - shown
        return [*faces[:shown], *([Content.styled(f"+{rest}", "$text-muted")] if rest else [])]

    def _face(self, clock: Clock) -> Content:
        label = shortened(_SHORT.get(clock.id, clock.label), _SHORT_CELLS)
        face = clock.countdown + ("z" if clock.snoozed_until else "")
        return Content.assemble(Content.styled(f"{label} ", "$text-muted"), Content.styled(face, STYLE[clock.state]))


_SHORT_CELLS = 20
"""The most cells of a label on one line, so that a long one doesn't hide the other clocks."""
_SHORT = {
    ids.CLOCK_ACKNOWLEDGEMENT: "Ack",
    ids.CLOCK_CUSTOMER: "Customer",
    ids.CLOCK_UPDATE: "Update",
    ids.CLOCK_PHASE: "Phase",
    ids.CLOCK_RESOLUTION: "Fix",
}
