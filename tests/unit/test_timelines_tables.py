"""Timelines as tables: of Markdown, of other programs, and as a page of a browser."""

from __future__ import annotations

import pytest

from tests.unit.test_timelines_layouts import UTC, texts, unread
from warroom.model import times
from warroom.timelines import read


def test_a_row_of_a_table_with_only_a_date_gives_the_day() -> None:
    text = "| Time (Pacific) | What |\n|---|---|\n| Nov 3, 2025 | |\n| 9:00 | a |\n| **Nov 4** | - |\n| 8:00 | b |"
    assert [(entry.text, (entry.at or 0) // 3_600_000 % 24) for entry in read(text).entries] == [("a", 17), ("b", 16)]


def test_a_table_keeps_the_cells_of_all_columns() -> None:
    text = "| time | what | link |\n|---|---|---|\n| 13:20 | a \\| `b|c` | http://x |\n| soon | later | |\n"
    assert texts(text) == ["a | `b|c`\nlink: http://x"]
    assert unread(text) == [4]


SAME_TABLES = {
    "semicolons and German names": "Datum;Uhrzeit;Wer;Ereignis\n03.11.2025;18:50;Amy;Down;\n03.11.2025;19:05;;Up\n",
    "names in no language": "foo;bar;baz;qux\n2025-11-03;18:50;Amy;Down\n2025-11-03;19:05;;Up\n",
    "an empty line below the names": "time,what\n\n2025-11-03T18:50Z,Down\n,\n2025-11-03T19:05Z,Up\n",
    "the sign that Excel says": "sep=;\ntime;what;who\n2025-11-03T18:50Z;Down;Amy\n2025-11-03T19:05Z;Up;Amy\n",
    "times in front with no other cells": 'time,what\n""\n2025-11-03T18:50Z,"Down, a"\n2025-11-03T19:05Z,Up\n',
    "a name that ends with at": "what,happened_at\nDown,2025-11-03T18:50Z\nUp,2025-11-03T19:05Z\n",
    "a quotation mark without an end": 'time,what\n2025-11-03T18:50Z,"Down\n2025-11-03T19:05Z,Up\n',
    "a date and a time": '[{"date":"2025-11-03","time":"18:50","text":"Down"},{"happened_at":"19:05","text":"Up"}]',
    "odd elements": '[1,null,["x"],{"at":"2025-11-03T18:50Z","text":"Down"},{"at":"19:05","text":"Up"},{"at":[1]}]',
}


@pytest.mark.parametrize("name", SAME_TABLES)
def test_a_table_of_another_program_is_read(name: str) -> None:
    found = read(SAME_TABLES[name], UTC)
    assert [(times.iso(one.at or 0)[:16], one.text[:4].strip()) for one in found.entries] == [
        ("2025-11-03T18:50", "Down"),
        ("2025-11-03T19:05", "Up"),
    ]
    assert len(found.not_understood) == (4 if name == "odd elements" else 0)
    assert [one.line for one in found.remarks] == ([2] if "quotation" in name else [])


def test_a_table_is_one_also_if_a_cell_is_long_or_the_first_row_has_only_a_time() -> None:
    long = "Down " * 40_000
    found = read(f'time,what\n2025-11-03T18:50Z,"{long}"\n2025-11-03T19:05Z,Up\n', UTC)
    assert ([entry.text for entry in found.entries], found.not_understood) == ([long.strip(), "Up"], ())
    assert unread('time,what\n2025-11-03T18:50Z\n2025-11-03T18:51Z,"a, b"\n') == [2], "it has no words to import"
    assert texts('time,what\n2025-11-03T18:50Z\n2025-11-03T18:51Z,"a, b"\n') == ["a, b"]
    assert texts("- Updated on 3 Nov, 13:20 UTC as a date\n- 13:20, a\n- 13:21, b\n") == ["a", "b"]


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    text = """<p>3 Nov 2025</p>
<ul><li class="a">13:20 <b>Errors</b> &amp; <i>timeouts</i>, see <a href="https://a.example/1">the graph</a></li>
<li>13:30 x &lt; 5</li></ul>"""
    assert [entry.text for entry in read(text, UTC).entries] == [
        "Errors & timeouts, see (https://a.example/1) the graph",
        "x < 5",
    ]
    table = "<table><tr><th>Time (CET)<th>Event</tr><tr><td>2025-11-03 13:20<td>a</tr><tr><td>13:25<td>b</tr></table>"
    table = f"<!doctype html>\n<style>\np {{ margin: 10:00 }}\n</style><p>\n{table}<script>13:26 c</script>"
    assert ([one.text for one in read(table).entries], read(table).not_understood) == (["a", "b"], ())
    assert [entry.text for entry in read("13:20 List<b> grows\n13:25 a <li> is left", UTC).entries] == [
        "List<b> grows",
        "a <li> is left",
    ], "one tag is no page"
