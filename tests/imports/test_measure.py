"""Timelines in many layouts are understood as people meant them: a bound for what is found, for times and for kinds."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.imports.measure import Result, measure, samples

SAMPLES = {sample.name: sample for sample in samples()}


@cache
def measured(name: str) -> Result:
    return measure(SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_is_found_with_its_time_and_words(name: str) -> None:
    counts, differences = measured(name)
    told = [line for line in differences if ": kind " not in line]
    assert (counts["found"], counts["wrong"]) == (counts["there"], 0), told
    assert counts["time"] == counts["precision"] == counts["text"] == counts["there"], told


def test_most_kinds_are_guessed_right() -> None:
    total: Counter[str] = Counter()
    for name in SAMPLES:
        total += measured(name).counts
    assert len(SAMPLES) >= 110
    assert total["kind"] / total["found"] >= 0.92
