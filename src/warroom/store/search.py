"""Full-text search over entries."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import Entry
from warroom.store.connection import Connection
from warroom.store.reading import EntryReader
from warroom.store.words import WORDS
from warroom.text.cleaning import clean

TOKENIZER = "unicode61 remove_diacritics 2"
"""How text is split into words; it must be the same as in the file's index, see `migrations.m003_blocks`."""

_LONGEST, _MOST_WORDS = 500, 40
"""A search takes time for each word; no more characters and words are searched for."""

_SHORTEST_PREFIX = 3

_ANY = "j.incident NOT IN (" + ", ".join(f"'{name}'" for name in ids.REGISTERS) + ")"

_ALL = 2**62
_LONG = 100_000

FULL_BLOCKS = "(SELECT max(seq) FROM journal) / 64 * 64"
"""The last `seq` that the file's index and tally cover; at most 63 entries came after it."""


def match(words: str) -> str:
    """Turn words into an FTS5 query for entries that contain all of them, the last one as a prefix; "" without words.

    Each word is quoted, so `eu-west-1`, `O'Brien`, `AND` and `*` are words and never syntax. One or two letters are no
    prefix: too much begins with them, and FTS5 would collect it all before it returns the first.
    """
    found = words_in(words)
    terms = ['"' + word.replace('"', '""') + '"' for word in found]
    return " ".join(terms) + ("*" if is_prefix(found[-1]) else "") if terms else ""


def words_in(words: str) -> list[str]:
    """The words of what somebody typed that are searched for: at most 40, with a letter or a digit in each."""
    return [word for word in clean(words[:_LONGEST]).split() if any(map(str.isalnum, word))][:_MOST_WORDS]


def is_prefix(word: str) -> bool:
    """Whether the last word that was typed also finds longer words."""
    return len(word) >= _SHORTEST_PREFIX or not word.isascii()


def search(connection: Connection, reader: EntryReader, words: str, incident: str | None, limit: int) -> list[Entry]:
    """Find entries that contain all the words, the last one as a prefix; the latest arrival first.

    What is searched of an entry is in `store.words`. `incident` (as the file spells it) limits the search to that one;
    otherwise all incidents are searched, and no register.
    Raises StoreError.
    """
    query = match(words)
    if not query:
        return []
    found: list[Entry] = []
    with connection.same_moment():
        first, last = (0, _ALL) if incident is None else _extent(connection, incident)
        _index_tail(connection)
        for index in ("tail", "journal_fts"):
            found += reader.entries(
                f"JOIN {index} f ON f.rowid = j.seq WHERE f.{index} MATCH ? AND f.rowid BETWEEN ? AND ? "
                f"AND ifnull(j.incident = ?, {_ANY}) ORDER BY f.rowid DESC LIMIT ?",
                query,
                first,
                last,
                incident,
                limit - len(found),
            )
    return found


def _extent(connection: Connection, incident: str) -> tuple[int, int]:
    """The first and the last `seq` of an incident: most often few others lie between, which need not be read then.

    Of a very long one it takes longer to find that than to pass the others over.
    """
    kept = connection.rows("SELECT entries FROM tally WHERE incident = ?", incident)
    if kept and kept[0][0] > _LONG:
        return 0, _ALL
    sql = "SELECT ifnull(min(seq), 0), ifnull(max(seq), 0) FROM journal WHERE incident = ?"
    first, last = connection.rows(sql, incident)[0]
    return int(first), int(last)


def _index_tail(connection: Connection) -> None:
    """Index the entries after the last full block in memory, in the same way as the file's own index."""
    connection.rows(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.tail USING fts5(text, tokenize = '{TOKENIZER}')")
    connection.rows("DELETE FROM temp.tail")
    connection.rows(f"INSERT INTO temp.tail (rowid, text) SELECT seq, {WORDS} FROM journal WHERE seq > {FULL_BLOCKS}")
