"""The strip on top of every screen of a drill: that it is one, its time and speed, and what waits longest."""

from __future__ import annotations

import msgspec
from textual.content import Content

from warroom.actions import key_of
from warroom.model.drills import DRILL
from warroom.terminal.content import safe_line, shortened, spread
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.text.width import width as cells


class Standing(msgspec.Struct, frozen=True):
    """What the strip tells: the time by the drill's clock, how far it is, how fast, and the sentence that matters most.

    `since` says for how long the sentence has been true; it is never cut off. `rings` is what asks for an incident to
    be declared; it takes a row of its own. `new` is how much was said that was
    not on the screen yet; what is behind a comma is left out where the sentence needs the room, unless it is a `calm`
    one: which drill it is.
    """

    time: str = ""
    far: str = ""
    speed: str = ""
    says: str = ""
    since: str = ""
    rings: str = ""
    new: str = ""
    calm: bool = False


class DrillStrip(LineWidget):
    """One row, drawn inverted, which stands out without colours too; a second one while something rings."""

    DEFAULT_CSS = """
    DrillStrip { dock: top; height: 1; color: $error; background: $background; text-style: bold reverse; }
    """

    standing = Standing()

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing

    def on_mount(self) -> None:
        self.styles.height = self._rows

    @property
    def _rows(self) -> int:
        return 2 if self.standing.rings else 1

    def show(self, standing: Standing) -> None:
        """Show how the drill stands now."""
        if standing != self.standing:
            rows = self._rows
            self.standing = standing
            if rows != self._rows:
                self.styles.height = self._rows
            self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        now, room = self.standing, width - 2
        right = f"{key_of('drill', 'everywhere')} menu"
        left = f"{DRILL}  {now.time}  {now.speed}"
        words, since = clean_line(now.says), f" · {now.since}" if now.since else ""
        if now.new:
            brief, _, _ = now.new.partition(",")
            fits = now.calm or len(left) + cells(words) + len(since) + len(now.new) + len(right) + 9 <= room
            right = f"{now.new if fits else brief} · {right}"
        taken = len(since) + len(right) + 4
        if now.far and len(left) + len(now.far) + cells(words) + taken + 2 <= room:
            left = f"{left}  {now.far}"
        says = shortened(words, max(room - len(left) - taken, 1))
        rows = [_row(f"{left}  {says}{since}", right, room)]
        if now.rings:
            key = f"{key_of('declare')} declares it"
            rows.append(_row(shortened(clean_line(now.rings), max(room - len(key) - 2, 1)), key, room))
        return rows


def _row(left: str, right: str, width: int) -> Content:
    return Content.assemble(" ", spread(safe_line(left), Content(right), width), " ")
