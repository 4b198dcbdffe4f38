"""The two lines that are always on top: a summary of the incident, and the next thing to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from warroom.actions import key_of
from warroom.model import ids, times
from warroom.model.clocks import Clock
from warroom.model.drills import DRILL
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import fit, safe_line, shortened, spread, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.widgets.clocks import STYLE

SEVERITY_STYLE = {1: "bold $text-error", 2: "bold $text-warning", 3: "bold $text-accent", 4: "bold $text-success"}


class Headline(LineWidget):
    """Severity, title, stage, time since it began, incident commander, cost."""

    DEFAULT_CSS = "Headline { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    view: Snapshot | None = None

    late_elsewhere = 0
    """In how many other incidents something is late."""

    def show(self, view: Snapshot, late_elsewhere: int = 0) -> None:
        """Show a new snapshot, and in how many other incidents something is late."""
        self.view, self.late_elsewhere = view, late_elsewhere
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        incident, playbook = self.view.incident, self.view.playbook
        stage = playbook.stage(incident.stage)
        named = stage.name if stage else incident.stage
        state = incident.state if incident.state in ("closed", "cancelled") else named
        commander = incident.holders(ids.ROLE_COMMANDER)
        parts = {
            "stage": Content.styled(state.upper(), "bold"),
            "elapsed": Content.styled(f"T+{times.elapsed(incident.elapsed(self.view.now))}", self._elapsed_style()),
            "commander": safe_line(
                f"IC {commander[-1]}" if commander else "IC not known", "" if commander else "$text-muted"
            ),
        }
        if self.view.cost is not None:
            parts["cost"] = safe_line(f"{self.view.cost.text} lost")
        if self.late_elsewhere:
            words = f"{self.late_elsewhere} other LATE (o)" if width >= _ROOMY else f"o: {self.late_elsewhere} LATE"
            parts["late"] = Content.styled(words, "bold $text-error")
        severity = playbook.severity(incident.severity)
        drill = Content.styled(DRILL, "bold $text-error reverse") + " " if incident.drill else Content("")
        taken = len(severity.tag) + drill.cell_length
        right = _joined(parts.values(), width)
        for part in _LEFT_OUT:
            if width - right.cell_length - taken < _TITLE_CELLS:
                parts.pop(part, None)
                right = _joined(parts.values(), width)
        left = Content.assemble(
            drill,
            Content.styled(f"{severity.tag}", SEVERITY_STYLE[severity.level] + " reverse"),
            "  ",
            safe_line(shortened(incident.title, max(width - right.cell_length - taken - 3, 1)), "bold"),
        )
        return [spread(left, right, width)]

    def _elapsed_style(self) -> str:
        """The color of the clock for the resolution target, if one runs."""
        clock = self.view.clock(ids.CLOCK_RESOLUTION) if self.view else None
        return STYLE[clock.state] if clock and clock.state != "ok" else ""


_TITLE_CELLS = 30
"""The least room for the title, as long as something else can be left out."""
_ROOMY = 76
"""The cells from which on it is said in full that another incident is late."""
_LEFT_OUT = ("stage", "cost")
"""What is left out for the title on a small terminal, in this order; never that another incident is late."""


_LEAST = 16
"""The most cells of a part of the headline on a small terminal."""


def _joined(parts: Iterable[Content], width: int) -> Content:
    return Content("   ").join(fit(part, max(width // 4, _LEAST)) for part in parts)


class NowLine(LineWidget):
    """The next thing to do, whether it is due or late, and the key that does it: the strongest band on the screen.

    It is drawn inverted, which stands out without color too. A text that doesn't fit takes a second row.
    """

    DEFAULT_CSS = """
    NowLine { height: 1; color: $secondary; background: $background; text-style: bold reverse; }
    NowLine.-soon { color: $warning; }
    NowLine.-late { color: $error; }
    """

    enter = True
    """Whether that key is enter; `ctrl+n` always works."""

    with_keys = True
    """Whether it shows the key at all."""

    view: Snapshot | None = None

    class Pressed(Message):
        """The line was clicked: do what it says."""

    def show(self, view: Snapshot, enter: bool = True) -> None:
        """Show a new snapshot; `enter` says whether enter does what the line says, where the focus is."""
        self.view, self.enter = view, enter
        self._fit_height()
        self.redraw()

    def show_key(self, enter: bool) -> None:
        """Show the key that does what the line says, after the focus has moved."""
        if enter != self.enter:
            self.enter = enter
            if self.view is not None:
                self._fit_height()
            self.redraw()

    _rows = 1
    _state = "ok"

    def _fit_height(self) -> None:
        """Take the color of the clock that the line is about, and as many rows as the text needs."""
        clock = self._clock()
        if self._state != (state := clock.state if clock else "ok"):
            self.remove_class(f"-{self._state}").add_class(f"-{state}")
            self._state = state
        rows = len(self._lines_for(self.size.width or self.app.size.width))
        if rows != self._rows:
            self._rows = rows
            self.styles.height = rows

    def _clock(self) -> Clock | None:
        return self.view.clock(self.view.advice.clock) if self.view else None

    def _due(self) -> str:
        """Return in words what the color says: `LATE 6 min`, `DUE 03:53 (6 min)`; empty if the text says so already."""
        clock = self._clock()
        if self.view is None or clock is None or clock.state == "ok" or "LATE" in self.view.advice.text:
            return ""
        if clock.state == "late":
            return f"LATE {times.span(-clock.left)}"
        return f"DUE {times.clock(clock.due, self.view.tz)} ({times.span(clock.left)})"

    def draw(self, width: int, height: int) -> list[Content]:
        return self._lines_for(width) if self.view is not None else []

    def _lines_for(self, width: int) -> list[Content]:
        """Return the line; or two, with the text wrapped, what is due on the first and the keys on the second."""
        assert self.view is not None
        due, keys = self._due(), self._keys()
        words = clean_line(self.view.advice.text)
        text, room = f"NOW ▸ {_COUNTDOWN.sub('', words) if due else words}", width - 2
        right = "   ".join(filter(None, (due, keys)))
        if cell_len(text) + cell_len(right) + 2 > room and (same := re.match(r"DUE (\d\d:\d\d)", due)):
            text = re.sub(rf": due {same[1]}(?: \S+)?$", "", text)  # said twice, it would cost a row
        if cell_len(text) + cell_len(right) + 2 <= room:
            return [_row(text, right, room)]
        first = wrapped(text, room - cell_len(due) - 2)[0]
        rest = shortened(text.removeprefix(first), room - cell_len(keys) - _MARK - 2)
        return [_row(first, due, room), _row(" " * _MARK + rest.lstrip(), keys, room)]

    def _keys(self) -> str:
        advice = self.view.advice if self.view else None
        key = key_of(advice.action) if advice else ""
        if not self.with_keys:
            return ""
        does_it = "enter" if self.enter else key_of("follow")
        return does_it if not key or key.isdigit() else f"{does_it}  {key}"  # a digit only goes to a pane

    def on_resize(self, event: events.Resize) -> None:
        if self.view is not None:
            self._fit_height()
        super().on_resize(event)

    def on_click(self) -> None:
        self.post_message(self.Pressed())


_MARK = len("NOW ▸ ")
_COUNTDOWN = re.compile(r",? (?:due )?in [\d:]+$|: due [^,]*, in [\dhmin ]+$")
"""The end of a text that the words at the right say as well."""


def _row(left: str, right: str, width: int) -> Content:
    """Return a row of the band, with a space at both ends."""
    return Content.assemble(" ", spread(Content(left), Content(right), width), " ")
