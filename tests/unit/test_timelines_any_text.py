"""Any text is read as a timeline, with what becomes of every line: broken, hostile, or very long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_timelines_layouts import LAYOUTS, UTC, check
from warroom.timelines import Given, TimelineEntry, read

PIECES = st.sampled_from(
    [
        "13:20", "~", "2025-11-03", "05/06", "Mon", "T+5m", "??:??", " UTC", " CST", "- ", "# ", "## ", "```", "> ",
        "|", "|---|", "\n", "\n\n", "  ", ": ", " – ", "**", "[", "](", ")", "Priya Sharma", "<priya>", "Root cause",
        "time", "T0 = ", "---", "12:00 PM", "1320", ",", "\t", '"', "{", '{"ts": 1e400, "text": "a"}', "NaN",
        "9999-12-31", "\\|",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join), st.booleans())
def test_any_text_is_read(text: str, zoned: bool) -> None:
    check(text, read(text, UTC if zoned else Given()))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from([*LAYOUTS.values()]), st.integers(0, 300), st.integers(0, 300), PIECES)
def test_any_layout_may_be_broken(text: str, at: int, end: int, piece: str) -> None:
    broken = text[:at] + piece + text[end:]
    check(broken, read(broken, UTC))


MANY = 20_000
HOSTILE = {
    "spaces in a heading": "# a" + " " * MANY + "b",
    "spaces behind a zone": "# UTC" + " " * MANY + "x",
    "signs": "#" * MANY + " " + "#" * MANY + "x",
    "dashes": "- " * MANY + "x",
    "brackets": "[" * MANY + "13:20",
    "ticks in a table": "| time | a |\n|---|---|\n| 13:20 | " + "`x" * MANY + " |",
    "bars": "|" * MANY + "\n" + "|-" * MANY,
    "names": "Priya " * MANY + "13:20",
    "abouts": "about " * MANY + "13:20",
    "digits": "1" * MANY,
    "dots": "13:20 " + "a." * MANY,
    "comments": "<!--" + "-->   x" * MANY,
    "letters": "a" * MANY + "Error x",
    "names and times": "Priya Sharma\n13:20\n" * MANY,
    "times alone": "13:20\n" * MANY,
    "posts": "\n".join("x\n13:20\n" for _ in range(MANY)),
    "dates": "2025-11-03 x\n" * MANY,
    "headings": "# 2025-11-03\n" * MANY,
    "fences": "```\n" * MANY,
    "tables": "| a |\n|---|\n" * MANY,
    "quotes in CSV": 'time,a\n13:20,"' + '""' * MANY,
    "braces": '{"a":' * MANY,
    "JSON": '[{"ts": 1, "text": "' + "\\n" * MANY + '"}' + "," * MANY,
    "words": "13:20 " + "is was are " * MANY,
    "columns": ",".join(f"c{n}" for n in range(MANY * 10)),
    "marks of quotes": "> " * MANY + "13:20",
    "spaces in a page": "<li>13:20 a\n<li>b\n<li>" + " " * MANY + "x",
    "styles of a page": "<li>13:20 a\n<li>b\n<li>" + "<style>a</style>" * MANY,
    "hyphens": "13:20" + "-05:00" * MANY,
    "hours": "13 h " * MANY,
    "times behind": ("x" + " (" * MANY + "13:20)\n") * 3,
    "wide digits": "１" * MANY + "：２０",
    "days that are counted": "2025-11-03 13:20 a\n" + "next day 13:20 b\n" * (MANY // 10),
    "headers of mails": "On " * MANY + "wrote:",
    "gaps": "13:20 a\n" + "\n" * MANY + "b",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_does_not_grow_with_the_square_of_a_hostile_text(name: str) -> None:
    check(HOSTILE[name], read(HOSTILE[name], UTC))  # takes minutes where it does


@pytest.mark.parametrize(
    "text",
    [
        "<ul>" + "<li>13:20 a</li>" * 500,
        "<li>13:20 <a href=" * 500,
        "[" + ",".join(['{"at": "13:20", "text": "a"}'] * 500) + "]",
    ],
    ids=["items", "broken tags", "objects"],
)
def test_entries_on_one_line_are_told_apart(text: str) -> None:
    timeline = read(text, UTC)
    assert [entry.line for entry in timeline.entries] == [1] * 500
    assert not timeline.not_understood


def test_entries_of_a_long_text_are_all_found() -> None:
    text = "# 2025-11-03\n" + "".join(f"- {n // 60 % 24:02}:{n % 60:02} Errors on pod {n}\n" for n in range(2_000))
    entries: tuple[TimelineEntry, ...] = read(text, UTC).entries
    assert len(entries) == 2_000
    assert entries[-1].at is not None
