"""Timelines that warroom itself exported: the log and the timeline as Markdown, plain text and CSV.

Each line comes back with the words that were logged, its kind and who, without what the document adds; so it is known
again where it is already, also when words of it were redacted since. An export as a web page is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from warroom.timelines.dates import day_at
from warroom.timelines.rows import DayMark, Doubt, EntryKind, Item, Row, Unread, ZoneMark
from warroom.timelines.stamps import Stamp, stamp_at
from warroom.timelines.zones import zone

COLUMNS = frozenset({"time", "kind", "author", "text", "detail", "recorded", "id"})
"""Columns that only our own table of a log has all of."""
_CALLED = {"acked": "acknowledged", "sent": "message"}
"""Kinds that the timeline calls otherwise."""
_TITLE = re.compile(r"(?:# )?(?P<what>timeline|incident log): ", re.IGNORECASE)
_FACT = re.compile(r"(?:- \*\*)?(?P<name>Reference|Date|Times):(?:\*\*)?\s+(?P<value>.+)")
_DAY = re.compile(r"(?:#{2,3} )?(?P<day>\d{4}-\d\d-\d\d)")
_BEGINS = re.compile(r"(?:## )?timeline", re.IGNORECASE)
_SECTION = re.compile(r"## .+|[A-Z][A-Z ]+")
_LEAD = r"~?\d\d:\d\d|--:--"
_MARKDOWN = re.compile(
    rf"- \*\*(?P<time>\\?(?:{_LEAD})(?: \S+)?)\*\* (?P<kind>[a-z][a-z -]{{0,30}})(?::\s(?P<text>.*))?", re.DOTALL
)
_PLAIN = re.compile(
    rf"(?P<time>(?:{_LEAD})(?: \S+)?)  (?P<kind>[a-z][a-z -]{{0,30}}?)(?:\s{{2,}}(?P<text>.*))?", re.DOTALL
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ADDED = r"(?:pinned|for decision \d{1,6}|corrected(?:, see below)?|added [^();]{1,30} later)"
_REMARK = re.compile(rf" \({_ADDED}(?:; {_ADDED})*\)\Z")
_BY = re.compile(r"(?:, | – )by (?P<who>[^,–\n]{1,60})\Z")
_HEADER_LINES = 14
"""The reference stands within so many lines."""


def items(text: str) -> list[Item] | None:
    """What a document that warroom wrote as Markdown or plain text says; None if the text is none."""
    lines = text.split("\n")
    title = _TITLE.match(lines[0])
    facts = {
        fact["name"]: fact["value"].strip()
        for line in lines[1:_HEADER_LINES]
        if (fact := _FACT.fullmatch(line.rstrip())) is not None
    }
    if title is None or not {"Reference", "Times"} <= facts.keys():
        return None
    is_markdown = lines[0].startswith("# ")
    found: list[Item] = []
    if (named := zone(_unescaped(facts["Times"]))) is not None:
        found.append(ZoneMark(1, named))
    if "Date" in facts and (day := day_at(facts["Date"])) is not None:
        found.append(DayMark(1, day[0]))
    is_inside = title["what"].lower() == "timeline"
    entry: list[str] = []
    begun = 0
    for number, line in enumerate([*lines[1:], ""], 2):
        if entry and line.startswith("    "):
            entry.append(line[4:])
            continue
        if entry:
            found += _entry(begun, "\n".join(entry), is_markdown=is_markdown)
            entry = []
        if not is_inside:
            is_inside = _BEGINS.fullmatch(line) is not None
        elif (dated := _DAY.fullmatch(line)) is not None and (day := day_at(dated["day"])) is not None:
            found.append(DayMark(number, day[0]))
        elif _SECTION.fullmatch(line) is not None:
            is_inside = False
        elif (_MARKDOWN if is_markdown else _PLAIN).match(line) is not None:
            entry, begun = [line], number
        elif line.strip() and _FACT.fullmatch(line.rstrip()) is None and not _is_fact(line):
            found.append(Unread(number, line))
    return found


def _is_fact(line: str) -> bool:
    return re.match(r"- \*\*[A-Z][\w ]+:\*\* |[A-Z][\w ]+:\s{2,}", line) is not None


def _entry(number: int, text: str, *, is_markdown: bool) -> list[Item]:
    found = (_MARKDOWN if is_markdown else _PLAIN).fullmatch(text)
    if found is None:
        return [Unread(number, text)]
    time, kind, words = found["time"].replace("\\", ""), found["kind"], found["text"] or ""
    if is_markdown:
        words = "\n".join(_unescaped(line).replace("\u00a0", "").rstrip(" ") for line in words.split("\n"))
    words, who = _REMARK.sub("", words), ""
    if (by := _BY.search(words)) is not None:
        words, who = words[: by.start()], by["who"]
    if kind == "decision":
        words = words.replace(" – ", " because ", 1)
    stamp = Stamp(unknown=True) if time.startswith("--") else stamp_at(time)
    if stamp is None or not (words or kind):
        return [Unread(number, text)]
    return [Row(number, stamp, words or kind, who, _known(kind))]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _known(kind: str) -> str:
    """The kind of a line as timelines have it; all that is none of these is a note."""
    kind = _CALLED.get(kind, kind)
    return kind if kind in get_args(EntryKind) else "note"


def is_table(head: Sequence[str]) -> bool:
    """Whether the head of a table is that of our own."""
    return COLUMNS.issubset(head)


def table_items(rows: Sequence[tuple[int, list[str]]]) -> list[Item]:
    """What our own table of a log says: numbered rows of cells, the first of which is its head."""
    head = rows[0][1]
    found: list[Item] = []
    for number, row in rows[1:]:
        cell = dict(zip(head, map(_no_quote, row), strict=False))
        stamp = stamp_at(cell["time"])
        if stamp is None or not cell.get("text"):
            found.append(Unread(number, " | ".join(row)))
            continue
        if cell.get("changed", "").startswith("taken back"):
            found.append(Doubt(number, "This line was taken back, so it is left out."))
            continue
        kind, text = _known(cell["kind"]), cell["text"]
        if kind == "decision" and (detail := cell.get("detail", "")).startswith("because "):
            text = f"{text} {detail}"
        who = cell.get("by", "") or (cell["author"] if cell["kind"] == "note" else "")
        found.append(Row(number, stamp, text, who, kind))
    return found


def _no_quote(cell: str) -> str:
    """A cell without the ' that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if re.match(r"'\s*[=+\-@\t\r]", cell) else cell
