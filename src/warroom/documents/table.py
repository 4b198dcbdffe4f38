"""Tables for a spreadsheet: rows of texts as CSV, in which nothing is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from warroom.model.drills import DRILL

_FORMULA = re.compile(r"\s*[=+@-]|[\t\r]")


def no_formula(text: str) -> str:
    """The text for a cell of a spreadsheet, with a ' in front if it would be run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def of_a_drill(pieces: Iterable[str]) -> Iterator[str]:
    """A table about a drill: with a column in front that says so in every row. `pieces` are whole rows."""
    column = "drill"
    for piece in pieces:
        buffer = io.StringIO()
        writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in csv.reader(io.StringIO(piece, newline="")):
            writer.writerow([column, *row])
            column = DRILL
        yield buffer.getvalue()


def as_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A short table as CSV, every cell quoted; a long one is better written in pieces, as the log is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([no_formula(cell) for cell in row] for row in rows)
    return buffer.getvalue()
