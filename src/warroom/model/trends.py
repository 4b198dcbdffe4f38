"""Whether the numbers get better or worse: a period against the one before it, and values in the order of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from warroom.model.cases import Case
from warroom.model.figures import FEW, Figure, Promises, median
from warroom.model.times import HOUR, MINUTE

Verdict = Literal["better", "worse", "about the same"]
CLOSE = 0.1
"""A change by no more than this share is none; nor is one by a minute, or by a single promise."""
_WEEK = 7 * 24 * HOUR
_WEEKS = (1, 2, 3, 4, 6, 8, 13, 26, 52)
"""How many weeks a slice of time may have."""


def of_times(now: Figure, before: Figure | None) -> Verdict | None:
    """How the medians compare; None if there is none, because one of them is of too few."""
    if before is None or now.summary.median is None or before.summary.median is None:
        return None
    return _compared(now.summary.median, before.summary.median, MINUTE)


def of_promises(now: Promises, before: Promises | None) -> Verdict | None:
    """How the shares of broken promises compare; None if either is of too few."""
    if before is None or min(now.judged, before.judged) < FEW:
        return None
    return _compared(now.broken / now.judged, before.broken / before.judged, 1 / min(now.judged, before.judged))


def _compared(now: float, before: float, least: float) -> Verdict:
    if abs(now - before) <= max(CLOSE * before, least):
        return "about the same"
    return "worse" if now > before else "better"


class Series(msgspec.Struct, frozen=True):
    """Values in the order of time, the oldest first; `each` says what each of them stands for: `a week`."""

    values: tuple[int, ...]
    each: str


def in_order(found: Sequence[Case], measure: int, most: int) -> Series:
    """How long something took in one incident after the other; `measure` is the place in MEASURES.

    More than `most` are put together, the same number for each value but for one, and never fewer than FEW: of those,
    the medians.
    """
    values = [took for case in found if not case.incident.cancelled and isinstance(took := case.spans[measure], int)]
    count = len(values)
    if count <= most:
        return Series(tuple(values), "an incident")
    groups = min(most, max(count // FEW, 1))
    edges = [number * count // groups for number in range(groups + 1)]
    medians = tuple(median(values[first:last]) for first, last in pairwise(edges))
    size = str(count // groups) + (f" or {count // groups + 1}" if count % groups else "")
    return Series(medians, f"the median of {size}")


def over_time(moments: Sequence[int], since: int, now: int, most: int) -> Series:
    """How many of the moments (ms UTC) are in each slice of the time from `since` to `now`.

    Slices have whole weeks, counted back from now; the oldest may reach back further than `since`. There are at most
    `most` of them, unless the time is longer than so many years.
    """
    length = max(now - since, 1)
    weeks = next((weeks for weeks in _WEEKS if length <= most * weeks * _WEEK), _WEEKS[-1])
    count = math.ceil(length / (weeks * _WEEK))
    found = [0] * count
    for moment in moments:
        found[max(count - 1 - max(now - moment, 0) // (weeks * _WEEK), 0)] += 1
    return Series(tuple(found[-most:]), "a week" if weeks == 1 else f"{weeks} weeks")
