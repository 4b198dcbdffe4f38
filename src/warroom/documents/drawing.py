"""Drawing on a time axis, as SVG text: where a time lies, which clock times to name, and marks that never overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

import msgspec

from warroom.messages.markup import html_words
from warroom.model import times
from warroom.model.times import HOUR, MINUTE
from warroom.text.width import shorten, width

FONT = 12.0
"""The size of the text, in the drawing's own units."""
_CELL = FONT * 0.64
"""The width of a character of the widest font that a browser is likely to use."""
_DAY = 24 * HOUR
_STEPS = [minutes * MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720)]
_DAYS = (1, 2, 7, 14, 28, 91, 182, 365)
_APART = 16


def cells(units: float) -> int:
    """The number of cells of text that fit into a width."""
    return max(int(units / _CELL), 0)


def text_width(text: str) -> float:
    """The width to reserve for a text."""
    return width(text) * _CELL


class Sheet(msgspec.Struct, frozen=True):
    """The measures of a drawing: its width, and where the time axis begins and ends.

    With `names_above`, the name of a lane is above it, for narrow screens; else it is on the left.
    """

    name: str
    width: int
    left: int
    right: int
    names_above: bool


WIDE = Sheet("wide", 860, 116, 850, False)
NARROW = Sheet("narrow", 360, 8, 352, True)


class Axis(msgspec.Struct, frozen=True):
    """The time from `start` to `end` (ms UTC), drawn from `left` to `right`."""

    start: int
    end: int
    left: int
    right: int
    tz: tzinfo | None

    def shows(self, ms: int) -> bool:
        """Whether a time lies on the axis."""
        return self.start <= ms <= self.end

    def x(self, ms: int) -> float:
        """Where a time lies; a time outside lies on the nearer end."""
        share = (min(max(ms, self.start), self.end) - self.start) / (self.end - self.start)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> list[tuple[int, str]]:
        """The times to name, each with its name: clock times, or dates if the axis is very long."""
        step = next((step for step in _STEPS if step * self._scale >= text_width("00:00") + _APART), 0)
        if step:
            return [(ms, times.clock(ms, self.tz)) for ms in self._clock_times(step)]
        room = math.ceil((text_width("2026-01-01") + _APART) / (_DAY * self._scale))
        days = next((days for days in _DAYS if days >= room), room)
        return [(ms, times.day(ms, self.tz)) for ms in self._days(days)]

    @property
    def _scale(self) -> float:
        """The width of a millisecond."""
        return (self.right - self.left) / (self.end - self.start)

    def _clock_times(self, step: int) -> Iterator[int]:
        for midnight in [self._midnight(self.start), *self._days(1)]:
            until = min(self._midnight(midnight, 1), self.end + 1)
            yield from (ms for ms in range(midnight, until, step) if ms >= self.start)

    def midnights(self) -> list[int]:
        """The beginning of each day on the axis but the first; none if they would be too close together."""
        return list(self._days(1)) if _DAY * self._scale >= _APART else []

    def _days(self, step: int) -> Iterator[int]:
        """The beginning of every so many days, without the first day."""
        last = (self.end - self.start) // _DAY + 1
        found = (self._midnight(self.start, count) for count in range(step, last + 1, step))
        return (ms for ms in found if ms <= self.end)

    def _midnight(self, ms: int, days: int = 0) -> int:
        """The beginning of the local day that a time lies in, or of the day so many days later."""
        day = times.local(ms, self.tz).date() + timedelta(days=days)
        naive = datetime(day.year, day.month, day.day)
        return times.to_ms(naive.replace(tzinfo=self.tz) if self.tz else naive.astimezone())


class Rows:
    """Rows that marks are put into one after another, so that none covers another."""

    def __init__(self, sheet: Sheet, most: int) -> None:
        self._most = most
        self._width = sheet.width + 1
        self._taken: list[bytearray] = []
        self.left_out = 0
        """The number of marks that there was no room for."""

    def __len__(self) -> int:
        return len(self._taken)

    def place(self, left: float, right: float) -> int | None:
        """The first row that has room from `left` to `right`, counted from 0; None if none has."""
        first, last = max(int(left), 0), min(int(right) + 2, self._width)
        for number in range(self._most):
            if number == len(self._taken):
                self._taken.append(bytearray(self._width))
            if self._taken[number].find(1, first, last) < 0:
                self._taken[number][first:last] = b"\1" * (last - first)
                return number
        self.left_out += 1
        return None


def beside(x: float, text: str, axis: Axis, room: float = 4) -> tuple[float, float, str]:
    """Where a text next to a mark at `x` goes: its left and right edge, and the SVG anchor.

    It is on the right of the mark if there is room, else on the left.
    """
    size = text_width(text) + room
    return (x, x + size, "start") if x + size <= axis.right + room or x - size < 0 else (x - size, x, "end")


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text whose baseline is at `y`; `kind` is its class."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    drawn = f'<text x="{x:g}" y="{y:g}"{_class(kind)}{at}>{html_words(words)}</text>'
    if kind in _OVER_LINES:
        drawn = drawn.replace(_class(kind), _class(f"{kind} halo"), 1) + drawn
    return drawn


_OVER_LINES = frozenset({"name", "time", "day", "moment", "amount", "late-by", "beside"})
"""The texts that lie over lines: each is drawn on a copy of itself in the colour of the paper."""


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"{_class(kind)}/>'


def box(x: float, y: float, across: float, high: float, kind: str, round_: float = 0) -> str:
    """A rectangle; `round_` is the radius of its corners."""
    corner = f' rx="{round_:g}"' if round_ else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{max(across, 0):g}" height="{high:g}"{corner}{_class(kind)}/>'


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}"{_class(kind)}/>'


def path(steps: str, kind: str) -> str:
    """A path, of SVG's own steps."""
    return f'<path d="{steps}"{_class(kind)}/>'


def diamond(x: float, y: float, kind: str) -> str:
    """A diamond."""
    return path(f"M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z", kind)


def cross(x: float, y: float, kind: str) -> str:
    """A cross."""
    return path(f"M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10", kind)


def tick(x: float, y: float, kind: str) -> str:
    """A check mark."""
    return path(f"M{x - 4:g} {y:g}l3 3l5.5 -7", kind)


def triangle(x: float, y: float, kind: str) -> str:
    """A triangle that points up."""
    return path(f"M{x:g} {y - 6:g}l6.5 11h-13z", kind)


def fitted(words: str, room: float) -> str:
    """A text cut to a width; empty if not even three characters of it fit."""
    most = cells(room)
    if width(words) <= most:
        return words
    return shorten(words, most) if most >= 4 else ""


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
