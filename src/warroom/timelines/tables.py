"""Timelines as tables: Markdown, CSV, TSV, with the column of times anywhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from warroom.timelines.rows import DayMark, Item, Row, Unread, ZoneMark
from warroom.timelines.stamps import Stamp, day_at, stamp_at
from warroom.timelines.zones import zone_in_heading

MOST_COLUMNS = 200
"""Columns of a table that are looked at; nobody keeps a timeline in more."""
_TIME = re.compile(
    r"\b(?:time|times|timestamp|when|at|date[ /_]?time|ts|utc|gmt|created(?:[ _]at)?|clock|hour|started[ _]at|occurred[ _]at|logged[ _]at)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?:date|day)\b", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:who|person|people|by|owner|actor|author|responsible|name|user|username|from|sender|reporter|assignee|participant|engineer|role|team)\b",
    re.IGNORECASE,
)
_KIND = re.compile(r"\b(?:kind|type|category|event[ _]?type|status|phase|tag|label|action[ _]type)\b", re.IGNORECASE)
_TEXT = re.compile(
    r"\b(?:event|what|what happened|description|text|message|msg|body|action|details?|entry|note|notes|summary|activity|update|comment|content|title|happening|observation)\b",
    re.IGNORECASE,
)
_RULE_CELL = re.compile(r"\s*:?-{1,}:?\s*$")
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "N/A", "none", "null", "."})
_ROW = re.compile(r"\s*\|.*\|\s*$|\s*\|.*$|[^|]+(?:\|[^|]*)+$")


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table; a bar within a code span or after a backslash separates none."""
    found, cell, code = [], "", False
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] == "|":
            cell, at = cell + "|", at + 2
            continue
        if sign == "`":
            code = not code and "`" in text[at + 1 :]
        if sign == "|" and not code:
            found.append(cell.strip())
            cell = ""
        else:
            cell += sign
        at += 1
    return [*found, cell.strip()]


def is_rule(line: str) -> bool:
    """Whether a line is the rule under the head of a Markdown table."""
    return "|" in line and "-" in line and all(_RULE_CELL.match(cell) for cell in cells(line))


def table(rows: Sequence[tuple[int, list[str]]], *, bare: bool = True) -> list[Item]:
    """What a table says: numbered rows of cells, the first of which may be its head."""
    rows = [(number, row[:MOST_COLUMNS]) for number, row in rows]
    width = max(len(row) for _, row in rows)
    head = rows[0][1] if not any(_stamp(cell, bare=bare) for cell in rows[0][1]) else []
    body = rows[1:] if head else list(rows)
    layout = _Layout(head, [row for _, row in body], width, bare=bare)
    found: list[Item] = []
    if layout.time is None and layout.day is None:
        return [Unread(number, " | ".join(filter(None, row))) for number, row in rows]
    if head:
        for column in filter(None.__ne__, (layout.time, layout.day)):
            if column < len(head) and (known := zone_in_heading(head[column])) is not None:
                found.append(ZoneMark(rows[0][0], known))
    for number, row in body:
        found += layout.row(number, row)
    return found


def delimited(text: str, mark: str) -> list[Item]:
    """What a text with a comma, semicolon or tab between its cells says. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append((before + 1, [cell.strip() for cell in row]))
        before = reader.line_num
    return table(rows) if rows else []


def delimiter(text: str) -> str:
    """The sign between the cells of a text that is a table with a head; "" if it is none."""
    first, _, rest = text.lstrip("\ufeff\n").partition("\n")
    second = rest.split("\n", 1)[0]
    for mark in ("\t", ",", ";"):
        if mark not in first or (rest.strip() and mark not in second and '"' not in second):
            continue
        try:
            names = next(csv.reader([first[:20_000]], delimiter=mark))
        except (csv.Error, StopIteration):
            continue
        known = [name for name in names[:MOST_COLUMNS] if len(name) <= 40 and (_TIME.search(name) or _DAY.search(name))]
        short = all(len(name) <= 60 for name in names)
        if known and short and len(names) > 1 and not any(_stamp(name) for name in names[:MOST_COLUMNS]):
            return mark
        if mark == "\t" and _stamp(names[0]) and len(names) > 1:
            return mark
    return ""


def _stamp(cell: str, *, bare: bool = True) -> Stamp | None:
    """The time that a cell is, if it is nothing else."""
    text = cell.strip().strip("*_`[]() ")
    found = stamp_at(text, bare=bare)
    return found if found is not None and not text[found.end :].strip(" .:)]*_`") else None


class _Layout:
    """Which column holds what."""

    def __init__(self, head: list[str], body: list[list[str]], width: int, *, bare: bool) -> None:
        self._head, self._bare = head, bare
        times, days = [0] * width, [0] * width
        for row in body[:200]:
            for at, cell in enumerate(row):
                if (stamp := _stamp(cell, bare=bare)) is not None:
                    times[at] += stamp.has_time
                    days[at] += not stamp.has_time
        named = [self._first(pattern) for pattern in (_TIME, _DAY)]
        self.time = self._most(times, named[0])
        self.day = self._most(days, named[1], but=self.time)
        if self.time is None and named[0] is not None and named[0] != self.day and self.day is not None:
            self.time = named[0]
        taken = {self.time, self.day}
        self.who = self._first(_WHO, taken)
        self.kind = self._first(_KIND, taken | {self.who})
        self.text = self._first(_TEXT, taken | {self.who, self.kind})
        if self.text is None:
            lengths = [
                (sum(len(row[at]) for row in body[:200] if at < len(row)), at)
                for at in range(width)
                if at not in taken | {self.who, self.kind}
            ]
            self.text = max(lengths)[1] if lengths else self.kind if self.kind is not None else self.who
            self.kind = None if self.text == self.kind else self.kind
            self.who = None if self.text == self.who else self.who

    def _first(self, pattern: re.Pattern[str], but: set[int | None] | None = None) -> int | None:
        return next((at for at, name in enumerate(self._head) if at not in (but or ()) and pattern.search(name)), None)

    @staticmethod
    def _most(counts: list[int], named: int | None, but: int | None = None) -> int | None:
        if named is not None and named != but and counts[named]:
            return named
        best = max(range(len(counts)), key=lambda at: (counts[at], -at), default=None)
        return best if best is not None and counts[best] and best != but else None

    def row(self, number: int, row: list[str]) -> list[Item]:
        """What one row says: an entry with the rest of its cells, or a day for those below."""
        cell = {at: text for at, text in enumerate(row) if text.strip() not in _EMPTY}
        stamp = _stamp(cell.get(self.time, ""), bare=self._bare) if self.time is not None else None
        day = None
        if self.day is not None:
            day = day_at(cell.get(self.day, "").strip("*_ "))
        used = {self.time, self.day, self.who, self.kind, self.text}
        text = cell.get(self.text, "") if self.text is not None else ""
        more = [
            f"{self._head[at]}: {words}" if at < len(self._head) and self._head[at] else words
            for at, words in cell.items()
            if at not in used
        ]
        found: list[Item] = []
        if day is not None:
            found.append(DayMark(number, day[0]))
        if not text and not more and stamp is None:
            alone = [words for words in cell.values()]
            if len(alone) == 1 and (only := day_at(alone[0].strip("*_ "))) is not None:
                return [DayMark(number, only[0])]
            return found or ([Unread(number, " | ".join(alone))] if alone else [])
        if stamp is None:
            if self.time is not None and cell.get(self.time):
                return [*found, Unread(number, " | ".join(cell.values()))]
            stamp = Stamp(unknown=True) if day is None or self.time is not None else Stamp(day=day[0])
        words = "\n".join(filter(None, [re.sub(r"\s*<br\s*/?>\s*", "\n", text), *more]))
        who, kind = (
            cell.get(self.who, "") if self.who is not None else "",
            cell.get(self.kind, "") if self.kind is not None else "",
        )
        return [*found, Row(number, stamp, words, who.strip("@*_ "), kind.strip().lower())]
