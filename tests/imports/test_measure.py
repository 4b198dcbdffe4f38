"""Timelines in many layouts are understood as people meant them: a bound for what is found, for times and for kinds."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.imports.measure import Sample, measure, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_every_entry_is_found_with_its_time_and_words(sample: Sample) -> None:
    counts, differences = measure(sample)
    told = [line for line in differences if ": kind " not in line]
    assert (counts["found"], counts["wrong"]) == (counts["there"], 0), told
    assert counts["time"] == counts["precision"] == counts["text"] == counts["there"], told


def test_most_kinds_are_guessed_right() -> None:
    total: Counter[str] = Counter()
    for sample in samples():
        total += measure(sample).counts
    assert len(samples()) >= 30
    assert total["kind"] / total["found"] >= 0.9
