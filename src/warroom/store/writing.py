"""Appending entries: each gets a number, a time, and a digest that chains it to the entry before."""

from __future__ import annotations

from collections.abc import Callable

from warroom.model.entries import Draft, Entry, cleaned, encode
from warroom.store import identity
from warroom.store.connection import Connection
from warroom.store.reading import EntryReader
from warroom.text.cleaning import clean_line


class Writer:
    """Appends entries within `Journal.writing()`."""

    def __init__(self, connection: Connection, reader: EntryReader, origin: str, now: Callable[[], int]) -> None:
        self._connection = connection
        self._reader = reader
        self._origin = origin
        self._now = now
        self._head: tuple[int, int, bytes] | None = None

    def append(self, incident: str, draft: Draft, *, author: str) -> Entry:
        """Append one entry, cleaned, numbered, timed and chained; it is committed when `writing()` ends."""
        from warroom.store.digest import digest

        n, hlc, previous = self._head or self._read_head()
        recorded = self._now()
        draft = cleaned(draft)
        incident, author = clean_line(incident), clean_line(author)
        n += 1
        hlc = max(hlc + 1, recorded << 16)
        at = recorded if draft.at is None else draft.at
        fields = (
            self._origin,
            n,
            hlc,
            self._reader.in_file(incident),
            at,
            recorded,
            author,
            draft.body.kind,
            draft.text,
            encode(draft.body),
        )
        chained = digest(previous, *fields)
        seq = self._connection.write(_INSERT, *fields, chained)
        self._head = (n, hlc, chained)
        origin = clean_line(self._origin)
        return Entry(seq, origin, n, hlc, incident, at, recorded, author, draft.text, draft.body)

    def new_incident_id(self) -> str:
        """A new incident reference of 6 characters; the first 4 are unique in this file."""
        while True:
            name = identity.new_incident()
            sql = "SELECT 1 FROM journal WHERE incident >= ? AND incident < ? LIMIT 1"
            if not self._connection.rows(sql, name[:4], name[:4] + "{"):
                return name

    def _read_head(self) -> tuple[int, int, bytes]:
        """Read what the next entry continues from: this origin's last number, the file's largest hlc, the last digest.

        Within an origin, hlc grows with n, so the largest is among the origins' last entries, and hlc needs no index.
        """
        from warroom.store.digest import FIRST

        rows = self._connection.rows(_HEADS)
        hlc = max((row[2] for row in rows), default=0)
        for origin, n, _, last in rows:
            if origin == self._origin:
                return n, hlc, last
        return 0, hlc, FIRST


_INSERT = """
INSERT INTO journal (origin, n, hlc, incident, at, recorded, author, kind, text, data, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# One row per origin: its last entry, found by jumping from origin to origin.
_HEADS = """
WITH RECURSIVE origins (name) AS (
    SELECT min(origin) FROM journal
    UNION ALL
    SELECT (SELECT min(origin) FROM journal WHERE origin > name) FROM origins WHERE name IS NOT NULL
)
SELECT j.origin, j.n, j.hlc, j.digest FROM origins
JOIN journal j ON j.origin = name AND j.n = (SELECT max(n) FROM journal WHERE origin = name)
"""
