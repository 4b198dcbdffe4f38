"""Full-text search over entries."""

from __future__ import annotations

from warroom.model.entries import Entry
from warroom.store.connection import Connection
from warroom.store.reading import EntryReader
from warroom.text.cleaning import clean

TOKENIZER = "unicode61 remove_diacritics 2"
"""How text is split into words; it must be the same as in the file's index, see `migrations.m003_blocks`."""

FULL_BLOCKS = "(SELECT max(seq) FROM journal) / 64 * 64"
"""The last `seq` that the file's index and tally cover; at most 63 entries came after it."""


def match(words: str) -> str:
    """Turn words into an FTS5 query for entries that contain all of them, the last one as a prefix; "" without words.

    Each word is quoted, so `eu-west-1`, `O'Brien`, `AND` and `*` are words and never syntax.
    """
    terms = ['"' + word.replace('"', '""') + '"' for word in clean(words).split() if any(map(str.isalnum, word))]
    return " ".join(terms) + "*" if terms else ""


def search(connection: Connection, reader: EntryReader, words: str, incident: str | None, limit: int) -> list[Entry]:
    """Find entries whose text contains all the words, the last one as a prefix; the latest arrival first.

    `incident` (as the file spells it) limits the search to that incident. Raises StoreError.
    """
    query = match(words)
    if not query:
        return []
    found: list[Entry] = []
    with connection.same_moment():
        _index_tail(connection)
        for index in ("tail", "journal_fts"):
            found += reader.entries(
                f"JOIN {index} f ON f.rowid = j.seq WHERE f.{index} MATCH ? AND ifnull(j.incident = ?, 1) "
                "ORDER BY f.rowid DESC LIMIT ?",
                query,
                incident,
                limit - len(found),
            )
    return found


def _index_tail(connection: Connection) -> None:
    """Index the entries after the last full block in memory, in the same way as the file's own index."""
    connection.rows(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.tail USING fts5(text, tokenize = '{TOKENIZER}')")
    connection.rows("DELETE FROM temp.tail")
    connection.rows(f"INSERT INTO temp.tail (rowid, text) SELECT seq, text FROM journal WHERE seq > {FULL_BLOCKS}")
