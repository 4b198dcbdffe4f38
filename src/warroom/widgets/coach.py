"""The box of the guided tour: what there is to do, what to press, and why."""

from __future__ import annotations

from textual.content import Content

from warroom.actions import key_of
from warroom.model.tour import Tour
from warroom.terminal.content import fit, safe_line, spread
from warroom.terminal.line_widget import LineWidget

_OVER = (
    "That was the tour. This is the report that each drill ends with.",
    "esc (leaves; this drill is deleted then)",
    "The next one to practise on: warroom drill start checkout",
)


class CoachBox(LineWidget):
    """Three rows, with a bar in front that stands out without colours too."""

    DEFAULT_CSS = """
    CoachBox { height: 3; color: $text; background: $panel; }
    CoachBox.-docked { dock: bottom; }
    """

    def __init__(self, tour: Tour, *, docked: bool = False) -> None:
        super().__init__(classes="-docked" if docked else None)
        self._tour = tour

    def draw(self, width: int, height: int) -> list[Content]:
        tour, room = self._tour, max(width - 4, 1)
        step = tour.step
        say, press, why = _OVER if step is None else (step.say, step.press, step.why)
        number = "" if step is None else f"{tour.number}/{len(tour.steps)}"
        skip = "" if step is None else f"{key_of('skip_step', 'tour')} skips"
        rows = (
            spread(safe_line(say), Content(number), room),
            fit(safe_line(f"▸ {press}", "bold"), room),
            spread(safe_line(why, "dim"), Content.styled(skip, "dim"), room),
        )
        bar = Content.styled(" ┃ ", "bold")
        return [Content.assemble(bar, row) for row in rows][:height]
