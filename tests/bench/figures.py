"""What was measured, and how it reads: each figure beside its floor, its bound and a verdict."""

from __future__ import annotations

import json
from statistics import median, quantiles
from typing import Literal

import msgspec

Verdict = Literal["ok", "over", ""]


class Figure(msgspec.Struct, frozen=True):
    """One row of the table.

    `measured` and `floor` are samples in `unit`, taken in turns. With a floor the bound is on their ratio, unless it
    `grows`: then the floor is the same on a tenth of the data, their ratio says how it grows, and the bound is on the
    measure itself, as it is without a floor. Without a bound the row is there for orientation. `at` says which of the
    samples counts.
    """

    name: str
    unit: str
    measured: tuple[float, ...]
    floor: tuple[float, ...] = ()
    bound: float | None = None
    at: Literal["median", "p95"] = "median"
    against: str = ""
    grows: bool = False

    def of(self, samples: tuple[float, ...]) -> float:
        """The one number that stands for some samples."""
        return p95(samples) if self.at == "p95" else median(samples)

    @property
    def value(self) -> float:
        """What is held against the bound."""
        return self.ratio if self.floor and not self.grows else self.of(self.measured)

    @property
    def ratio(self) -> float:
        """The measure as so many times its floor."""
        return self.of(self.measured) / self.of(self.floor)

    @property
    def verdict(self) -> Verdict:
        """Whether the bound holds."""
        if self.bound is None:
            return ""
        return "ok" if self.value <= self.bound else "over"


def p95(samples: tuple[float, ...]) -> float:
    """The value that 95 of 100 samples stay under."""
    return samples[0] if len(samples) == 1 else quantiles(samples, n=20, method="inclusive")[-1]


HEADINGS = ("figure", "against", "floor", "measured (min–max)", "ratio", "bound", "")


def table(figures: list[Figure]) -> str:
    """Lay the figures out for reading."""
    rows = [HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in (0, 1, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths if width))
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    least, most = min(figure.measured), max(figure.measured)
    spread = f" ({_number(least)}–{_number(most)})" if len(figure.measured) > 1 else ""
    bound = (
        ""
        if figure.bound is None
        else f"{figure.bound:g}" + ("" if figure.floor and not figure.grows else f" {figure.unit}")
    )
    return (
        figure.name,
        figure.against,
        f"{_number(figure.of(figure.floor))} {figure.unit}" if figure.floor else "",
        f"{_number(figure.of(figure.measured))}{spread} {figure.unit}",
        f"{figure.ratio:.2f}" if figure.floor else "",
        bound,
        figure.verdict,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def as_json(figures: list[Figure]) -> str:
    """The same for programs: every sample, and what came of it."""
    return json.dumps(
        [
            {**msgspec.to_builtins(figure), "value": round(figure.value, 4), "verdict": figure.verdict}
            for figure in figures
        ],
        indent=1,
        ensure_ascii=False,
    )
