"""Three short runs of the monkey, and its own plumbing: runs are the same each time, and a failure tells the keys."""

from __future__ import annotations

import random

import pytest

from tests.monkey.__main__ import report, run
from tests.monkey.events import draw
from tests.monkey.timeline import Line, Violation, compare


@pytest.mark.parametrize("number", range(3))
def test_nothing_breaks_whatever_is_pressed(number: int) -> None:
    found = run(13, number, 80)
    assert found.failure is None, report(found.failure, f"python -m tests.monkey --seed 13 --run {number} --keys 80")
    assert found.checked


def test_the_same_seed_gives_the_same_events() -> None:
    assert draw(random.Random(5), 300) == draw(random.Random(5), 300)


LINES = [
    Line("a:1", "03:17", "declared", "2026-11-23", ("DeclaredSEV2",), False),
    Line("a:2", "03:18", "note", "2026-11-23", ("first·corrected", "firstcorrected"), False),
    Line("a:3", "03:19", "note", "2026-11-23", ("second",), False),
]
ROWS = ["03:17  declared   Declared SEV2", "03:18  note       first · corrected", "03:19  note       second"]
TITLE = "╭─ Timeline · 3 · 03:20 CET ─╮"


@pytest.mark.parametrize(
    ("title", "rows", "rule"),
    [
        (TITLE, [ROWS[0], ROWS[2], ""], "not what the file says"),
        (TITLE, [ROWS[0], ROWS[1], ROWS[1], ROWS[2]], "not what the file says"),
        (TITLE, [ROWS[1], ROWS[0], ROWS[2]], "not what the file says"),
        (TITLE, [ROWS[0], ROWS[1], "03:19  note       another"], "not what the file says"),
        (TITLE, [*ROWS[:2], ""], "empty though there is more"),
        (TITLE.replace("3", "4", 1), ROWS, "counts other lines"),
        (TITLE.replace(" ─╮", " · 1 new ↓ ─╮"), ROWS, "called new"),
    ],
)
def test_rows_that_differ_from_the_file_are_found(title: str, rows: list[str], rule: str) -> None:
    compare(TITLE, ROWS, LINES, 80)
    with pytest.raises(Violation, match=rule):
        compare(title, rows, LINES, 80)
