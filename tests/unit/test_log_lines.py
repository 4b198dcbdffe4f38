"""Pasted lines become entries: times, days and names are read, and nothing else is changed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from warroom.model import times
from warroom.model.log_lines import read_lines

CET = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """A time in Berlin, ms UTC."""
    return times.parse_past(text, 4_000_000_000_000, CET)


NOW = at("2026-11-23 03:46")


def read(text: str, now: int = NOW) -> list[tuple[str, str, str]]:
    """Day and time, name and text of each line."""
    return [
        (
            f"{times.day(line.at, CET)[5:]} {times.clock(line.at, CET)}" if line.at is not None else "",
            line.by,
            line.text,
        )
        for line in read_lines(text, now, CET)
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("03:41 errors are falling", ("11-23 03:41", "", "errors are falling")),
        ("02:41Z errors are falling", ("11-23 03:41", "", "errors are falling")),
        ("-5m errors are falling", ("11-23 03:41", "", "errors are falling")),
        ("2026-11-22 03:41 errors", ("11-22 03:41", "", "errors")),
        ("[03:41] errors", ("11-23 03:41", "", "errors")),
        ("[2026-11-22 03:41]errors", ("11-22 03:41", "", "errors")),
        ("(03:41) errors", ("11-23 03:41", "", "errors")),
        ("- 03:41 - errors", ("11-23 03:41", "", "errors")),
        ("03:41 – errors - many", ("11-23 03:41", "", "errors - many")),
        ("03:41 Priya: rolling back", ("11-23 03:41", "Priya", "rolling back")),
        ("[03:41] Marcus Webb: ok: done", ("11-23 03:41", "Marcus Webb", "ok: done")),
        ("03:41 - @Zoë: ok", ("11-23 03:41", "Zoë", "ok")),
        ("03:41 Root cause: the deploy", ("11-23 03:41", "", "Root cause: the deploy")),
        ("03:41 ERROR: timeout", ("11-23 03:41", "", "ERROR: timeout")),
        ("04:00 is still ahead, so yesterday", ("11-22 04:00", "", "is still ahead, so yesterday")),
        ("Priya: without a time", ("", "", "Priya: without a time")),
        ("- [x] a list", ("", "", "- [x] a list")),
        ("[INFO] started", ("", "", "[INFO] started")),
    ],
)
def test_a_line_is_read(line: str, wanted: tuple[str, str, str]) -> None:
    assert read(line) == [wanted]


def test_times_before_midnight_are_of_the_day_before_and_lines_without_take_the_time_above() -> None:
    chat = "first\n23:50 Priya: errors\n\n00:10 Marcus: rolling back\nstill going\nPriya: thanks\n23:55 Ana: again\n"
    assert read(chat, at("2026-11-23 23:58")) == [
        ("", "", "first"),
        ("11-22 23:50", "Priya", "errors"),
        ("11-23 00:10", "Marcus", "rolling back"),
        ("11-23 00:10", "", "still going"),
        ("11-23 00:10", "Priya", "thanks"),
        ("11-23 23:55", "Ana", "again"),
    ]
    assert [when for when, _, _ in read("03:41 a\n03:40 b", NOW)] == ["11-23 03:41", "11-23 03:40"]


@pytest.mark.parametrize("line", ["25:10 x", "5:30 pm x", "2026-11-24 03:41 x", "[2026-11-24 03:41] x"])
def test_a_time_that_can_not_be_read_names_its_line(line: str) -> None:
    with pytest.raises(times.TimeError, match=r"^line 3: "):
        read(f"03:41 a\n\n{line}")
