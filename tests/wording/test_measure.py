"""How many of the labelled sentences get the remarks that they should: a bound for each kind, on both halves."""

from __future__ import annotations

import pytest

from tests.wording.measure import FOLDER, Figures, measure, sentences, shipped_rules
from warroom.wording import KINDS


@pytest.fixture(scope="module")
def halves() -> dict[int, Figures]:
    """What was found in each half; the words of the second are never printed, so that no rule is fitted to them."""
    rules, found = shipped_rules(), sentences()
    return {half: measure([sentence for sentence in found if sentence.half == half], rules) for half in (1, 2)}


def test_the_halves_are_as_large_as_they_claim_and_have_every_kind() -> None:
    found = sentences()
    for half in (1, 2):
        chosen = [sentence for sentence in found if sentence.half == half]
        assert len(chosen) >= 300
        assert all(sum(kind in sentence.kinds for sentence in chosen) >= 15 for kind in KINDS)
        assert sum(not sentence.kinds for sentence in chosen) >= 100


@pytest.mark.parametrize("half", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_most_of_each_kind_is_found(halves: dict[int, Figures], half: int, kind: str) -> None:
    assert halves[half].recall(kind) >= 0.85


@pytest.mark.parametrize("half", [1, 2])
def test_most_is_found_and_nearly_all_that_is_found_is_right(halves: dict[int, Figures], half: int) -> None:
    figures = halves[half]
    assert figures.recall() >= 0.9
    assert figures.precision() >= 0.95, figures.errors if half == 1 else "some remarks are wrong"


def test_what_was_in_view_stays_right() -> None:
    figures = measure(sentences(FOLDER / "seen.toml"), shipped_rules())
    assert figures.recall() >= 0.98, figures.errors
    assert figures.precision() >= 0.98, figures.errors
