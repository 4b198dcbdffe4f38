"""Timelines as tables: Markdown, CSV, TSV, with the column of times anywhere."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from warroom.timelines import own
from warroom.timelines.dates import day_at, day_in
from warroom.timelines.rows import AboutMark, DayMark, Doubt, Item, Row, Unread, ZoneMark
from warroom.timelines.stamps import Stamp, stamp_at
from warroom.timelines.zones import are_all_about, zone_in_heading

csv.field_size_limit(20_000_000)
"""Characters of one cell, as many as a whole timeline may have."""

MOST_COLUMNS = 200
"""Columns of a table that are looked at; nobody keeps a timeline in more."""
_LOOKED_AT = 200
"""Rows of a table that are looked at to tell which column holds what."""
_SHORT_ROWS = 20
"""Rows with nothing but a time that may stand below the head of a table."""
_SEPARATOR = re.compile(r'"?sep=(?P<mark>\\t|[^\w\s"]|\t)"?(?=\n)', re.IGNORECASE)
_BULLET = re.compile(r"\s*[-*+•]\s")
_HEAD = 20_000
"""Characters of the first line that are looked at to tell whether it is the head of a table."""
_LONGEST_NAME_OF_TIMES, _LONGEST_NAME = 40, 60
"""Characters of the name of a column; what is longer is a sentence."""


def _names(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split(', '))})\b", re.IGNORECASE)


# What the head of a column says that it holds.
_TIME = _names(
    "time, times, timestamp, when, at, date[ /_]?time, ts, utc, gmt, created(?:[ _]at)?, clock, hour, started[ _]at, "
    "[a-z]+[ _]?at, zeit, uhrzeit, zeitpunkt, zeitstempel, datum, wann, heure, hora, tijd, tijdstip"
)
_DAY = _names("date, day, datum, tag, fecha, jour, giorno")
_WHO = _names(
    "who, person, people, by, owner, actor, author, responsible, name, user, username, from, sender, reporter, "
    "assignee, participant, engineer, role, team, wer, verantwortlich, benutzer, autor, qui, quién, quem, auteur"
)
_KIND = _names("kind, type, category, event[ _]?type, status, phase, tag, label, action[ _]type, art, typ, kategorie")
_TEXT = _names(
    "event, what, what happened, description, text, message, msg, body, action, details?, entry, note, notes, summary, "
    "activity, update, comment, content, title, happening, observation, ereignis, was, beschreibung, nachricht, "
    "bemerkung, notiz, meldung, maßnahme, événement, evénement, evento, descripción, descrição, descrizione, "
    "gebeurtenis, omschrijving"
)
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_RULE_CELL = re.compile(r"\s*:?-{1,}:?\s*$")
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "N/A", "none", "null", "."})


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table; a bar within a code span or after a backslash separates none."""
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    last_tick = text.rfind("`")
    found, cell, is_code = [], "", False
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] == "|":
            cell, at = cell + "|", at + 2
            continue
        if sign == "`":
            is_code = not is_code and at < last_tick
        if sign == "|" and not is_code:
            found.append(cell.strip())
            cell = ""
        else:
            cell += sign
        at += 1
    return [*found, cell.strip()]


def is_rule(line: str) -> bool:
    """Whether a line is the rule under the head of a Markdown table."""
    return "|" in line and "-" in line and all(_RULE_CELL.match(cell) for cell in cells(line))


def table(rows: Sequence[tuple[int, list[str]]]) -> list[Item]:
    """What a table says: numbered rows of cells, the first of which may be its head."""
    rows = [(number, row[:MOST_COLUMNS]) for number, row in rows]
    number, first = rows[0]
    head = [] if any(_stamp(cell) for cell in first) else first
    body = rows[1:] if head else rows
    layout = _Layout(head, [row for _, row in body], max(len(row) for _, row in rows))
    if layout.time is None and layout.day is None:
        return [Unread(number, " | ".join(filter(None, row))) for number, row in rows]
    zones = (zone_in_heading(head[at]) for at in (layout.time, layout.day) if at is not None and at < len(head))
    found: list[Item] = [ZoneMark(number, zone) for zone in zones if zone is not None]
    for at in (layout.time, layout.day):
        if at is not None and at < len(head) and (day := day_in(head[at])) is not None:
            found.append(DayMark(number, day))
    if any(are_all_about(name) for name in head):
        found.append(AboutMark(number))
    for number, row in body:
        found += layout.items(number, row)
    return found


def delimited(text: str, mark: str) -> list[Item]:
    """What a text with a comma, semicolon or tab between its cells says. Raises csv.Error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    lines: list[str] = []
    is_odd = text.count('"') % 2 == 1
    rows: list[tuple[int, list[str]]] = []
    doubts: list[Item] = []
    before = 0
    for row in reader:
        if reader.line_num - before > 1 and any("\n" in cell for cell in row):
            lines = lines or text.split("\n")
            begun = [
                number for number in range(before + 2, reader.line_num + 1) if _begins_row(lines[number - 1], mark)
            ]
            if begun and is_odd:
                doubts.append(Doubt(before + 1, "A quotation mark has no end here, so each line is a row of its own."))
                for number in range(before + 1, reader.line_num + 1):
                    cells_of = next(csv.reader([lines[number - 1].replace('"', "")], delimiter=mark), [])
                    rows.append((number, [cell.strip() for cell in cells_of]))
                before = reader.line_num
                continue
            doubts += [
                Doubt(before + 1, f"Line {number} is within quotation marks here, and no row.") for number in begun[:1]
            ]
        rows.append((before + 1, [cell.strip() for cell in row]))
        before = reader.line_num
    rows = [(number, row) for number, row in rows if any(row)]
    if rows and own.is_table(rows[0][1]):
        return [*own.table_items(rows), *doubts]
    return [*table(rows), *doubts] if rows else []


def _begins_row(line: str, mark: str) -> bool:
    """Whether a line begins with a time and the sign between cells."""
    cell, found, _ = line.partition(mark)
    return bool(found) and _stamp(cell) is not None


def named_delimiter(text: str) -> tuple[str, str]:
    """The sign that Excel says in a first line is between the cells, `sep=;`, and the text without that line's words.

    The sign is "" if no line says it.
    """
    found = _SEPARATOR.match(text)
    return (found["mark"].replace("\\t", "\t"), text[found.end() :]) if found is not None else ("", text)


def delimiter(text: str) -> str:
    """The sign between the cells of a text that is a table with a head; "" if it is none."""
    first, _, rest = text.lstrip("\n").partition("\n")
    if _BULLET.match(first):
        return ""
    second = _first_full_row(rest)
    for mark in ("\t", ",", ";"):
        if mark not in first or (rest.strip() and mark not in second and '"' not in second):
            continue
        try:
            names = next(csv.reader([first[:_HEAD]], delimiter=mark))
        except (csv.Error, StopIteration):
            continue
        if len(names) < 2:
            continue
        if mark == "\t" and _stamp(names[0]):
            return mark
        if max(len(name) for name in names) <= _LONGEST_NAME and (
            is_head(names[:MOST_COLUMNS]) or _is_head_of(names[:MOST_COLUMNS], second[:_HEAD].split(mark))
        ):
            return mark
    return ""


def _first_full_row(rest: str) -> str:
    """The first of the rows below a head that is more than a time: of the ones above, the other cells are not there."""
    row = ""
    for row in islice(filter(str.strip, io.StringIO(rest)), _SHORT_ROWS):
        if _stamp(row) is None:
            break
    return row.strip("\n \t")


def is_head(names: Sequence[str]) -> bool:
    """Whether one of some cells is the name of a column of times, and none is a time."""
    short = (name for name in names if len(name) <= _LONGEST_NAME_OF_TIMES)
    return any(_TIME.search(name) or _DAY.search(name) for name in short) and not any(_stamp(name) for name in names)


def _is_head_of(names: Sequence[str], row: Sequence[str]) -> bool:
    """Whether some cells, in whatever language, stand above a row that has as many, a time among them."""
    is_named = all(re.search(r"[^\W\d]", name) for name in names) and not any(_stamp(name) for name in names)
    return is_named and len(names) == len(row) > 2 and any(_stamp(cell) for cell in row)


def _stamp(cell: str) -> Stamp | None:
    """The time that a cell is, if it is nothing else."""
    text = cell.strip().strip("*_`[]() ")
    found = stamp_at(text, bare=True)
    return found if found is not None and not text[found.end :].strip(" .:)]*_`") else None


class _Layout:
    """Which column holds what, from 0; None where there is none."""

    def __init__(self, head: list[str], body: list[list[str]], width: int) -> None:
        self._head = head
        self._body = body[:_LOOKED_AT]
        times, days = [0] * width, [0] * width
        for row in self._body:
            for at, cell in enumerate(row):
                if (stamp := _stamp(cell)) is not None:
                    times[at] += stamp.has_time
                    days[at] += not stamp.has_time
        named_time = self._named(_TIME)
        self.time = _fullest(times, named_time)
        self.day = _fullest(days, self._named(_DAY), but=self.time)
        if self.time is None and self.day is not None and named_time != self.day:
            self.time = named_time  # of which every cell is empty
        taken = {self.time, self.day}
        self.who = self._named(_WHO, taken)
        self.kind = self._named(_KIND, taken | {self.who})
        self.text = self._named(_TEXT, taken | {self.who, self.kind})
        if self.text is None:
            self._find_text({*range(width)} - taken)

    def _named(self, pattern: re.Pattern[str], but: Collection[int | None] = ()) -> int | None:
        return next((at for at, name in enumerate(self._head) if at not in but and pattern.search(name)), None)

    def _find_text(self, free: set[int]) -> None:
        """Take the column with the longest cells for the text; that of the kind or of who, if there is no other."""
        lengths = Counter(dict.fromkeys(free - {self.who, self.kind}, 0))
        for row in self._body:
            lengths.update({at: len(row[at]) for at in lengths if at < len(row)})
        if lengths:
            self.text = max(lengths, key=lambda at: (lengths[at], at))
        elif self.kind is not None:
            self.text, self.kind = self.kind, None
        else:
            self.text, self.who = self.who, None

    def items(self, number: int, row: list[str]) -> list[Item]:
        """What one row says: an entry with the rest of its cells, a day for those below, or nothing."""
        cell = {at: text for at, text in enumerate(row) if text not in _EMPTY}
        time, text, who, kind = (
            cell.get(at, "") if at is not None else "" for at in (self.time, self.text, self.who, self.kind)
        )
        stamp = _stamp(time)
        dated = day_at(cell.get(self.day, "").strip("*_ ")) if self.day is not None else None
        found: list[Item] = [] if dated is None else [DayMark(number, dated[0])]
        more = self._more(cell)
        if not text and not more and (stamp is None or not (stamp.has_time or who or kind)):
            return self._without_words(number, [*cell.values()], found)
        if stamp is None and time:
            return [*found, Unread(number, " | ".join(cell.values()))]
        if stamp is None:
            stamp = Stamp(unknown=True) if dated is None or self.time is not None else Stamp(day=dated[0])
        words = "\n".join(filter(None, [_BREAK.sub("\n", text), *more]))
        return [*found, Row(number, stamp, words, who.strip("@*_ "), kind.strip().lower())]

    def _more(self, cell: dict[int, str]) -> list[str]:
        """The cells of columns that are no part of every timeline, with the names of these."""
        names = dict(enumerate(self._head))
        used = {self.time, self.day, self.who, self.kind, self.text}
        return [f"{names[at]}: {words}" if names.get(at) else words for at, words in cell.items() if at not in used]

    @staticmethod
    def _without_words(number: int, words: list[str], days: list[Item]) -> list[Item]:
        """What a row without a text says: the date of the rows below, in whatever column it stands."""
        if len(words) == 1 and (only := day_at(words[0].strip("*_ "))) is not None:
            return [DayMark(number, only[0])]
        return days or ([Unread(number, " | ".join(words))] if words else [])


def _fullest(counts: list[int], named: int | None, but: int | None = None) -> int | None:
    """The column with most: that of the name, if it has any, else the first that no other has more than."""
    if named is not None and named != but and counts[named]:
        return named
    best = max(range(len(counts)), key=lambda at: (counts[at], -at), default=None)
    return best if best is not None and counts[best] and best != but else None
