"""A picture of the incident over time, as SVG for a web page: severity, stages, messages, decisions, cost.

It shows only what is known. It is drawn twice, wide and narrow; the style sheet of the page shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from warroom.documents import drawing, picture_words
from warroom.documents.drawing import NARROW, WIDE, Axis, Rows, Sheet, beside, fitted, text_width
from warroom.documents.history import History, Stretch, history
from warroom.messages.markup import html_words
from warroom.model import times
from warroom.model.entries import Body, Logged
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import Promise
from warroom.model.snapshot import Snapshot
from warroom.model.times import MINUTE

_GAP = 12
"""The space between lanes."""
_LEVEL = 11
"""How much higher a severity is drawn than the one below it."""
_LEAST_WIDTH = 0.3
"""What is narrower is drawn together with what is next to it: thousands of changes would only make the page long."""
_MOST_ROWS = 4
_MOST_AUDIENCES = 6

Moment = TypeVar("Moment", bound=Body)
_Mark = Callable[[float, float], str]
"""Draws a mark at a place."""
_DUE: dict[str, _Mark] = {
    "running": lambda x, y: drawing.dot(x, y, 5, "due"),
    "late": lambda x, y: drawing.diamond(x, y, "late"),
    "missed": lambda x, y: drawing.cross(x, y, "missed"),
}
"""The mark at the time that an update was promised for."""


class _Lane(msgspec.Struct, frozen=True):
    """A lane of the picture: its name, its height, and its shapes, with y from 0 down to the height.

    `middle` is where its name goes, if that is on the left.
    """

    name: str
    height: float
    shapes: list[str]
    middle: float


def picture(snapshot: Snapshot) -> str:
    """The picture as a `figure` element, with a legend, and a description in words for who can't see it."""
    told = history(snapshot)
    sheets = [_Drawing(snapshot, told, sheet) for sheet in (WIDE, NARROW)]
    words = html_words(picture_words.description(snapshot, told))
    drawn = [sheet.svg(words) for sheet in sheets]
    used = set().union(*(sheet.used for sheet in sheets))
    below = [f'<ul class="legend">{"".join(_LEGEND[mark] for mark in _LEGEND if mark in used)}</ul>'] if used else []
    for sheet in sheets:
        if crowded := picture_words.crowded(sum(sheet.left_out.values())):
            below.append(f'<p class="{sheet.sheet.name}">{html_words(crowded)}</p>')
    if outside := picture_words.outside(told):
        below.append(f"<p>{html_words(outside)}</p>")
    caption = f"<figcaption>{''.join(below)}</figcaption>" if below else ""
    return f'<figure class="picture">\n{"".join(drawn)}{caption}\n</figure>'


class _Drawing:
    """One drawing on a sheet; `used` are the kinds of mark on it, `left_out` the marks without room, by lane."""

    def __init__(self, snapshot: Snapshot, told: History, sheet: Sheet) -> None:
        self.snapshot = snapshot
        self.told = told
        self.sheet = sheet
        self.axis = Axis(told.start, told.end, sheet.left, sheet.right, snapshot.tz)
        self.used: set[str] = set()
        self.left_out: dict[str, int] = {}
        self._axis_y = 0.0
        self._rule_tops: dict[float, float] = {}

    def svg(self, description: str) -> str:
        """The drawing, with its description (already escaped)."""
        lanes = [self._severity(), self._stages(), *self._messages(), self._decisions(), self._escalation()]
        lanes.append(self._cost())
        pieces: list[str] = []
        top = y = self._head(pieces)
        for lane in filter(None, lanes):
            y += _GAP
            if self.sheet.names_above:
                pieces.append(drawing.text(self.sheet.left, y + 10, lane.name, "name"))
                y += 17
            else:
                middle = y + lane.middle + 4
                pieces.append(drawing.text(0, middle, fitted(lane.name, self.sheet.left - 8), "name"))
            pieces.append(f'<g transform="translate(0 {y:g})">{"".join(lane.shapes)}</g>')
            y += lane.height
        bottom = y + _GAP
        name = f"picture-{self.sheet.name}"
        return (
            f'<svg class="{self.sheet.name}" viewBox="0 0 {self.sheet.width} {bottom:g}" role="img" '
            f'aria-labelledby="{name}-title" aria-describedby="{name}-words">'
            f'<title id="{name}-title">The incident over time</title><desc id="{name}-words">{description}</desc>\n'
            f"{self._rules(top, bottom)}\n" + "\n".join(pieces) + "</svg>\n"
        )

    # The time axis and the moments

    def _head(self, pieces: list[str]) -> float:
        """Draw the axis and the names of the moments; returns where they end."""
        y = 12.0
        days, ticks = self.axis.midnights(), self.axis.ticks()
        clock_times = not ticks or ":" in ticks[0][1]
        if days and clock_times:
            row = Rows(self.sheet, 1)
            for ms in [self.axis.start, *days]:
                label, x = times.day(ms, self.snapshot.tz), self.axis.x(ms)
                if x + text_width(label) <= self.axis.right and row.place(x, x + text_width(label) + 8) is not None:
                    pieces.append(drawing.text(x, y, label, "day"))
            y += 17
        zone = picture_words.zones(self.axis)
        if self.sheet.names_above:
            pieces.append(drawing.text(self.axis.left, y, f"Time ({zone})", "name"))
            y += 17
        else:
            pieces.append(drawing.text(0, y, fitted(f"Time ({zone})", self.sheet.left - 24), "name"))
        row = Rows(self.sheet, 1)
        for ms, label in ticks:
            x, half = self.axis.x(ms), text_width(label) / 2
            if x - half >= self.axis.left - 24 and x + half <= self.sheet.width and row.place(x - half, x + half) == 0:
                pieces.append(drawing.text(x, y, label, "time", "middle"))
        self._axis_y = y + 6
        pieces.append(drawing.line(self.axis.left, y + 6, self.axis.right, y + 6, "axis"))
        y += 22
        rows = Rows(self.sheet, _MOST_ROWS)
        for moment in reversed(self.told.moments):  # so that the line of an earlier one passes a later one's name
            x, words = self.axis.x(moment.at), f"{moment.what} {times.clock(moment.at, self.snapshot.tz)}"
            left, right, anchor = beside(x, words, self.axis, 8)
            if (place := rows.place(left, right)) is not None:
                edge = x + (4 if anchor == "start" else -4)
                pieces.append(drawing.text(edge, y + place * 15, words, "moment", anchor))
                self._rule_tops[x] = y + place * 15 - 11
        if rows.left_out:
            self.left_out["moments"] = rows.left_out
        return y + max(len(rows) - 1, 0) * 15 + 2

    def _rules(self, top: float, bottom: float) -> str:
        """The vertical lines: at each time named, at midnight, and at each moment."""
        axis, days = self.axis, set(self.axis.midnights())
        found = [
            drawing.line(axis.x(ms), self._axis_y, axis.x(ms), bottom, "grid")
            for ms, _ in axis.ticks()
            if ms not in days
        ]
        found += [drawing.line(axis.x(ms), 0, axis.x(ms), bottom, "midnight") for ms in sorted(days)]
        found += [drawing.line(x, y, x, bottom, "rule") for x, y in self._rule_tops.items()]
        return "".join(found)

    # Severity and stages

    def _severity(self) -> _Lane:
        shapes = []
        lowest = max((row.level for row in self.snapshot.playbook.severities), default=4)
        height = 16 + _LEVEL * (lowest - 1)
        for stretch in self._visible(self.told.severities, min):  # the most serious level
            left, right, level = self.axis.x(stretch.since), self.axis.x(stretch.until), int(stretch.what)
            high = 16 + _LEVEL * (lowest - level)
            shapes.append(drawing.box(left, height - high, right - left, high, f"sev sev{level}"))
            shapes.append(drawing.line(left, height - high, right, height - high, f"step sev{level}"))
            label = next((name for name in (f"SEV{level}", f"{level}") if text_width(name) + 6 <= right - left), "")
            if label:
                shapes.append(drawing.text(left + 5, height - 4, label, "inside"))
        shapes.append(drawing.line(self.axis.left, height, self.axis.right, height, "base"))
        return _Lane("Severity", height, shapes, height - 10)

    def _stages(self) -> _Lane:
        """A box for each stage; a name that does not fit into its box stands below, with a line up to it."""
        shapes, rows = [], Rows(self.sheet, 2)
        stretches = self._visible(self.told.stages, lambda stages: stages[-1])
        for stretch in reversed(stretches):  # so that the stem of an earlier one passes a later one's name
            left, right = self.axis.x(stretch.since), self.axis.x(stretch.until)
            shapes.append(drawing.box(left, 0, right - left, 22, "stage"))
            name = self._stage_name(stretch)
            if text_width(name) + 8 <= right - left:
                shapes.append(drawing.text(left + 6, 15, name, "inside"))
                continue
            start, end, anchor = beside(left + 2, name, self.axis, 8)
            if (place := rows.place(start, end)) is not None:
                y = 37 + place * 15
                shapes.append(drawing.line(left + 1, 22, left + 1, y, "stem"))
                shapes.append(drawing.text(left + (5 if anchor == "start" else -3), y, name, "beside", anchor))
        return _Lane("Stage", 22 + 16 * len(rows), shapes, 11)

    def _visible(self, stretches: list[Stretch], shown: Callable[[list[str]], str]) -> list[Stretch]:
        """Stretches wide enough to see; those too narrow are drawn together, as the one of them that is `shown`."""
        found: list[Stretch] = []
        narrow: list[Stretch] = []
        for stretch in stretches:
            if self._width(stretch.since, stretch.until) >= _LEAST_WIDTH:
                found += [*_as_one(narrow, shown), stretch]
                narrow = []
                continue
            narrow.append(stretch)
            if self._width(narrow[0].since, stretch.until) >= _LEAST_WIDTH:
                found += _as_one(narrow, shown)
                narrow = []
        return [*found, *_as_one(narrow, shown)]

    def _width(self, since: int, until: int) -> float:
        return self.axis.x(until) - self.axis.x(since)

    def _stage_name(self, stretch: Stretch) -> str:
        row = self.snapshot.playbook.stage(stretch.what)
        return fitted(row.name if row else stretch.what, 160)

    # Messages and promises

    def _messages(self) -> list[_Lane]:
        lanes = [self._audience(name, sent) for name, sent in self.told.audiences[:_MOST_AUDIENCES]]
        for name, sent in self.told.audiences[_MOST_AUDIENCES:]:
            self.left_out[name] = len(sent)
        return [lane for lane in lanes if lane is not None]

    def _audience(self, name: str, sent: Sequence[Logged[MessageSent]]) -> _Lane | None:
        """The messages to one audience, and the time until each promised update; marks that would touch are stacked."""
        rows, words = Rows(self.sheet, _MOST_ROWS), Rows(self.sheet, 1)
        lines: list[str] = []
        marks: list[tuple[float, int, _Mark]] = []
        notes: list[tuple[float, _Mark]] = []
        placed = [
            (message, place) for message in self._shown(sent) if (place := self._place(rows, message.at)) is not None
        ]
        for message, place in placed:
            marks.append((self.axis.x(message.at), place, lambda x, y: drawing.dot(x, y, 5, "message")))
            promise = self.snapshot.promise_by_message.get(message.key)
            if promise is not None:
                self._promise(promise, rows, words, lines, marks, notes)
        if rows.left_out:
            self.left_out[name] = rows.left_out
        if not placed:
            return None
        self.used.add("message")
        base = 13 * len(rows) - 6 + (16 if notes else 0)
        stems = (drawing.line(x, 0, x, -13 * place, "stem") for x, place, _ in marks if place)
        shapes = [*lines, *stems, *(mark(x, -13 * place) for x, place, mark in marks)]
        shapes += [note(x, -13 * len(rows) + (4 if len(rows) == 1 else 1)) for x, note in notes]
        return _Lane(name, base + 6, [f'<g transform="translate(0 {base})">', *shapes, "</g>"], base)

    def _place(self, rows: Rows, at: int) -> int | None:
        x = self.axis.x(at)
        return rows.place(x - 6, x + 6)

    def _promise(
        self,
        promise: Promise,
        rows: Rows,
        words: Rows,
        lines: list[str],
        marks: list[tuple[float, int, _Mark]],
        notes: list[tuple[float, _Mark]],
    ) -> None:
        """From a message to the next one: a solid line while there was time, a dashed one once it was late."""
        axis, over = self.axis, self.told.now if promise.answered is None else promise.answered
        made, due, until = axis.x(promise.made), axis.x(promise.due), axis.x(over)
        self.used.add(promise.state)
        if promise.state == "kept":
            lines.append(drawing.line(made, 0, until, 0, "kept"))
            middle = (made + until) / 2
            if until - made >= 28 and words.place(middle - 6, middle + 6) is not None:
                notes.append((middle, lambda x, y: drawing.tick(x, y + 1, "check")))
            return
        lines.append(drawing.line(made, 0, due, 0, "waiting" if promise.state == "running" else "kept"))
        if promise.state != "running":
            lines.append(drawing.line(due, 0, until, 0, "overdue"))
        if not axis.shows(promise.due):
            return
        if (place := self._place(rows, promise.due)) is not None:
            marks.append((due, place, _DUE[promise.state]))
        if promise.state == "running":
            return
        note = "missed" if promise.state == "missed" else f"{times.span(over - promise.due // MINUTE * MINUTE)} late"
        left, right, anchor = beside(due - 6, note, axis)
        if words.place(left, right) is not None:
            notes.append((due - 6, lambda x, y: drawing.text(x, y + 2, note, "late-by", anchor)))

    # Decisions, escalation and cost

    def _decisions(self) -> _Lane | None:
        rows = Rows(self.sheet, _MOST_ROWS)
        shapes: list[str] = []
        for decision in self.snapshot.decisions:
            x, number = self.axis.x(decision.logged.at), str(decision.number)
            half = max(text_width(number) / 2 + 4, 9)
            if not self.axis.shows(decision.logged.at) or (place := rows.place(x - half, x + half)) is None:
                continue
            y = 10 + place * 22
            undone = decision.outcome == "reversed"
            self.used |= {"decision", *(["reversed"] if undone else [])}
            if place:
                shapes.insert(0, drawing.line(x, 0, x, y, "stem"))
            shapes.append(drawing.box(x - half, y - 9, half * 2, 18, "undone" if undone else "decision", 9))
            shapes.append(drawing.text(x, y + 4, number, "number", "middle"))
        if rows.left_out:
            self.left_out["Decisions"] = rows.left_out
        return _Lane("Decisions", len(rows) * 22 - 2, shapes, 10) if shapes else None

    def _escalation(self) -> _Lane | None:
        rows = Rows(self.sheet, _MOST_ROWS)
        shapes: list[str] = []
        for at, words in reversed(self.told.escalation):
            x = self.axis.x(at)
            left, right, anchor = beside(x, words, self.axis, 14)
            if not self.axis.shows(at) or (place := rows.place(min(left, x - 7), max(right, x + 7))) is None:
                continue
            y = 9 + place * 18
            shapes.append(drawing.triangle(x, y, "escalation"))
            shapes.append(drawing.text(x + (10 if anchor == "start" else -10), y + 5, words, "beside", anchor))
        if rows.left_out:
            self.left_out["Escalation"] = rows.left_out
        return _Lane("Escalation", len(rows) * 18, shapes, 9) if shapes else None

    def _cost(self) -> _Lane | None:
        """The estimate grows evenly, because it is so much per hour."""
        if self.snapshot.cost is None:
            return None
        left, right = self.axis.x(self.told.start_of_cost), self.axis.x(self.told.end_of_cost)
        words = self.snapshot.cost.text
        begin, _, anchor = beside(right, words, self.axis, 0)
        if right - text_width(words) >= self.axis.left:
            begin, anchor = right, "end"
        x = right if anchor == "end" else begin
        shapes = [
            drawing.path(f"M{left:g} 46L{right:g} 18V46z", "cost"),
            drawing.line(left, 46, right, 18, "slope"),
            drawing.line(self.axis.left, 46, self.axis.right, 46, "base"),
            drawing.text(x, 12, words, "amount", anchor),
        ]
        return _Lane("Cost", 46, shapes, 34)

    def _shown(self, logged: Iterable[Logged[Moment]]) -> list[Logged[Moment]]:
        return [one for one in logged if self.axis.shows(one.at)]


def _as_one(stretches: list[Stretch], shown: Callable[[list[str]], str]) -> list[Stretch]:
    if not stretches:
        return []
    return [Stretch(stretches[0].since, stretches[-1].until, shown([one.what for one in stretches]))]


def _key(shape: str, words: str) -> str:
    return f'<li><svg class="key" viewBox="0 0 34 16" aria-hidden="true">{shape}</svg>{words}</li>'


_LEGEND = {
    "message": _key(drawing.dot(17, 8, 5, "message"), "message sent"),
    "kept": _key(drawing.line(0, 11, 34, 11, "kept") + drawing.tick(16, 4, "check"), "promised update came in time"),
    "late": _key(
        drawing.line(0, 8, 12, 8, "kept") + drawing.line(12, 8, 34, 8, "overdue") + drawing.diamond(12, 8, "late"),
        "promised for then, came late",
    ),
    "missed": _key(
        drawing.line(0, 8, 12, 8, "kept") + drawing.line(12, 8, 34, 8, "overdue") + drawing.cross(12, 8, "missed"),
        "promised for then, never came",
    ),
    "running": _key(drawing.line(0, 8, 23, 8, "waiting") + drawing.dot(23, 8, 5, "due"), "promised, still to come"),
    "decision": _key(
        drawing.box(8, 0, 18, 16, "decision", 8) + drawing.text(17, 12, "1", "number", "middle"),
        "decision, with its number",
    ),
    "reversed": _key(
        drawing.box(8, 1, 18, 14, "undone", 7) + drawing.text(17, 12, "1", "number", "middle"),
        "decision, reversed later",
    ),
}
"""What each mark means, in the order of the legend."""
