"""Timelines as lines, with Markdown tables among them: everything but CSV and JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warroom.timelines import tables
from warroom.timelines.assembling import assembled
from warroom.timelines.behind import times_behind
from warroom.timelines.copies import undone
from warroom.timelines.lines import classified
from warroom.timelines.posts import are_posts, posts
from warroom.timelines.rows import Item

_BARE = re.compile(r"^[^\w\n]{0,6}(?:[01]\d|2[0-3])[0-5]\d(?:[ \t]*[-–—:|](?!\d\d?[-/])|[ \t]+\S)", re.MULTILINE)
"""Four digits at the start of a line that may be a time, 1320; a year is one as well, so it takes several lines."""
_WITH_COLON = re.compile(r"^[^\w\n]{0,6}\d{1,2}[:.]\d\d\b", re.MULTILINE)


def items(text: str) -> list[Item]:
    """What a text says, in the order of its lines."""
    lines = undone(text.split("\n"))
    text = "\n".join(line for _, line in lines)
    four_digits = len(_BARE.findall(text))
    bare = four_digits > max(1, len(_WITH_COLON.findall(text)))
    found: list[Item] = []
    begin = at = 0
    is_code = False
    while at < len(lines):
        line = lines[at][1]
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        if not is_code and at > begin and "|" in lines[at - 1][1] and tables.is_rule(line):
            end = at + 1
            while end < len(lines) and "|" in lines[end][1]:
                end += 1
            found += _lines(lines[begin : at - 1], bare=bare)
            found += tables.table(
                [(number, tables.cells(row)) for number, row in (lines[at - 1], *lines[at + 1 : end])]
            )
            begin = at = end
        else:
            at += 1
    return found + _lines(lines[begin:], bare=bare)


def _lines(numbered: Sequence[tuple[int, str]], *, bare: bool) -> list[Item]:
    lines = [*classified(numbered, bare=bare)]
    times_behind(lines)
    return posts(lines) if are_posts(lines) else assembled(lines)
