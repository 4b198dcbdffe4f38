"""The rows of an incident's timeline as the file has them, for a filter that looks through very many of them."""

from __future__ import annotations

from typing import NamedTuple

from warroom.store.journal import Journal


class Row(NamedTuple):
    """What a filter looks at in a row of the journal, as the file has it."""

    seq: int
    at: int
    hlc: int
    origin: str
    n: int
    author: str
    kind: str
    data: str


def rows_before(
    journal: Journal, incident: str, before: tuple[int, int, str] | None, since: int | None, limit: int
) -> list[Row]:
    """The last rows of an incident's timeline before a place in it (at, hlc, origin), the latest first.

    With `since` (ms UTC), none that happened before then. Raises StoreError.
    """
    place = " AND (at, hlc, origin) < (?, ?, ?)" if before else ""
    bound = " AND at >= ?" if since is not None else ""
    sql = f"WHERE incident = ?{place}{bound} ORDER BY at DESC, hlc DESC, origin DESC LIMIT ?"
    at, hlc, origin = before or (0, 0, "")
    given = [at, hlc, journal.in_file(origin)] if before else []
    return _rows(journal, sql, incident, *given, *([] if since is None else [since]), limit)


def rows_since(journal: Journal, incident: str, seq: int) -> list[Row]:
    """The rows of an incident that arrived after `seq`. Raises StoreError."""
    return _rows(journal, "WHERE +incident = ? AND seq > ? ORDER BY seq", incident, seq)


def _rows(journal: Journal, clauses: str, incident: str, *given: object) -> list[Row]:
    sql = f"SELECT seq, at, hlc, origin, n, author, kind, data FROM journal {clauses}"
    return [Row(*row) for row in journal.connection.rows(sql, journal.in_file(incident), *given)]
