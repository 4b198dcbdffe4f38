"""Checking a journal file, without trusting its contents and without writing to it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warroom.store.digest import FIRST
from warroom.store.errors import Damaged, StoreError, translated
from warroom.store.files import connect_to_read, version_of
from warroom.store.redactions import RECORDED, Redactions
from warroom.store.summaries import wrong_summaries
from warroom.text.cleaning import clean_line

_INDEXED_FROM = 3
"""The migration since which a file has everything that is checked here besides the entries: heads, index, tally."""

_IMPORTS_FROM = 6
"""The migration since which a file may have imported entries."""

_REDACTIONS_FROM = 8
"""The migration since which entries may have been redacted."""

_SUMMARIES_FROM = 9
"""The migration since which the index has all words of entries, and incidents have summaries."""

_ADVICE = "Keep a copy of {path} as it is, then put your last backup in its place (a file that `warroom backup` wrote)."


class Report(msgspec.Struct, frozen=True):
    """The result of `verify`: the number of entries and origins, and one sentence per problem.

    `entries_whole` means that only summaries are wrong, which restoring makes anew from the entries.
    """

    entries: int
    origins: int
    problems: list[str]
    entries_whole: bool = True

    @property
    def ok(self) -> bool:
        """Whether there are no problems."""
        return not self.problems


def verify(path: Path) -> Report:
    """Check a journal's structure, numbering and hash chain, and everything that is derived from the entries.

    That is the search index, the counts, the last numbers, and the summaries with their words. What is in unused parts
    of the file doesn't matter.
    Problems with the content are reported, not raised. Raises StoreError for a file that cannot be read at all.
    The checks work on a private copy: writers don't have to wait, and nothing is written to the file.
    """
    path = path.absolute()
    try:
        source = connect_to_read(path)
    except Damaged as error:
        why = f"{path} is damaged or cut short ({error.why}), and nothing in it can be read"
        raise Damaged(f"{why}. {_ADVICE.format(path=path)}") from None
    copy = sqlite3.connect("")  # a temporary file that SQLite deletes; in memory while it is small
    problems: list[str] = []
    entries = origins = 0
    wrong: list[str] = []
    try:
        version = version_of(source, path)
        try:
            with translated(path):
                source.backup(copy)
            copy.text_factory = bytes
            problems += _structure(copy)
            if version >= _INDEXED_FROM:
                problems += _index(copy, version) + _tally(copy) + _ends(copy)
            imports = _imports(copy) if version >= _IMPORTS_FROM else []
            redactions = Redactions.read(copy.execute(RECORDED) if version >= _REDACTIONS_FROM else ())
            entries, origins, chain = _chain(copy, imports, redactions)
            problems += chain
            for found in imports:
                problems += _import_chain(copy, found, redactions)
            if version >= _REDACTIONS_FROM:
                problems += _unfinished_redaction(copy)
            if version >= _SUMMARIES_FROM:
                wrong = wrong_summaries(copy)
        except Damaged as error:
            problems.append(clean_line(f"{path} is damaged or cut short ({error.why})."))
            problems += _what_to_do(path, source)
        except StoreError as error:
            problems.append(str(error))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            why = "text in it is broken" if isinstance(error, UnicodeDecodeError) else str(error)
            problems.append(clean_line(f"The file is damaged: {why}."))
            problems += _what_to_do(path, source)
    finally:
        copy.close()
        source.close()
    if wrong and not problems:
        wrong.append("All entries are intact; restoring a backup of this file makes its summaries anew.")
    return Report(entries, origins, [*problems, *wrong], not problems)


def _readable(raw: bytes) -> str:
    return clean_line(str(raw, "utf-8", "replace"))


def _what_to_do(path: Path, source: sqlite3.Connection) -> list[str]:
    """How much of a damaged file can still be read, and what to do with it."""
    count, last = 0, None
    source.text_factory = bytes
    with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
        for row in source.execute("SELECT seq, text FROM journal ORDER BY seq"):
            count, last = count + 1, row[0]
    readable = f"{count:,} entries can still be read" + (f", up to number {last}" if last is not None else "")
    return [
        f"{readable if count else 'No entries can be read any more'}.",
        _ADVICE.format(path=path),
    ]


def _structure(copy: sqlite3.Connection) -> list[str]:
    found = [_readable(row[0]) for row in copy.execute("PRAGMA integrity_check(20)").fetchall()]
    return [f"The file's structure is damaged: {line}." for line in found if line != "ok"]


def _index(copy: sqlite3.Connection, version: int) -> list[str]:
    content = "journal_words" if version >= _SUMMARIES_FROM else "journal"
    try:
        copy.execute(
            "INSERT INTO journal_fts (rowid, text) "
            f"SELECT seq, text FROM {content} WHERE seq > (SELECT max(seq) FROM journal) / 64 * 64"
        )
        copy.execute("INSERT INTO journal_fts (journal_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return ["The search index does not match the entries: some entries were changed or removed."]
    finally:
        copy.rollback()
    return []


def _tally(copy: sqlite3.Connection) -> list[str]:
    wrong = copy.execute(
        """
        WITH block (last) AS (SELECT coalesce(max(seq), 0) / 64 * 64 FROM journal),
        counted (incident, entries) AS (
            SELECT incident, count(*) FROM journal WHERE seq <= (SELECT last FROM block) GROUP BY incident
        )
        SELECT incident FROM (SELECT * FROM counted EXCEPT SELECT * FROM tally)
        UNION
        SELECT incident FROM (SELECT * FROM tally EXCEPT SELECT * FROM counted)
        """
    ).fetchall()
    return [f"The stored number of entries of incident {_readable(name)} is wrong." for (name,) in wrong]


def _ends(copy: sqlite3.Connection) -> list[str]:
    cut = copy.execute(
        "SELECT h.origin, coalesce(max(j.n), 0), h.n FROM head h LEFT JOIN journal j ON j.origin = h.origin "
        "GROUP BY h.origin HAVING h.n > coalesce(max(j.n), 0)"
    ).fetchall()
    behind = copy.execute(
        "SELECT h.origin FROM head h JOIN journal j ON j.origin = h.origin GROUP BY h.origin HAVING h.n < max(j.n)"
    ).fetchall()
    return [_missing(_readable(origin), last + 1, head) for origin, last, head in cut] + [
        f"The stored number of the last entry of origin {_readable(origin)} is wrong." for (origin,) in behind
    ]


def _missing(origin: str, first: int, last: int) -> str:
    if first == last:
        return f"Entry {origin}:{first} is missing."
    return f"Entries {origin}:{first} to {origin}:{last} are missing."


class _Import(NamedTuple):
    """The entries of one import: their first and last `seq`, and their incident."""

    first: int
    last: int
    incident: bytes


def _imports(copy: sqlite3.Connection) -> list[_Import]:
    return [_Import(*row) for row in copy.execute("SELECT first, last, incident FROM imported ORDER BY first")]


_FIELDS = "seq, origin, n, hlc, incident, at, recorded, author, kind, text, data, digest"


def _unfinished_redaction(copy: sqlite3.Connection) -> list[str]:
    if not copy.execute("SELECT 1 FROM redaction").fetchall():
        return []
    return [
        "A redaction was interrupted: unused parts of the file may still have the words. Run `warroom redact` again "
        "with the same words."
    ]


def _key(fields: list[Any]) -> str:
    return f"{_readable(fields[0])}:{fields[1]}"


def _import_chain(copy: sqlite3.Connection, found: _Import, redactions: Redactions) -> list[str]:
    """The problems of the entries of one import, which form a chain in the order of their `seq`."""
    rows = copy.execute(f"SELECT {_FIELDS} FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq", found[:2])
    problems: list[str] = []
    last, previous, count = found.first - 1, FIRST, 0
    for seq, *fields, stored in rows:
        count += 1
        if seq == last + 1 and not redactions.hold(_key(fields), previous, fields, stored):
            problems.append(_changed(_readable(fields[0]), fields[1]))
        last, previous = seq, stored
    missing = found.last - found.first + 1 - count
    if missing:
        entries = "entry" if missing == 1 else "entries"
        verb = "is" if missing == 1 else "are"
        problems.append(f"{missing:,} imported {entries} of incident {_readable(found.incident)} {verb} missing.")
    return problems


def _changed(origin: str, n: int) -> str:
    return f"Entry {origin}:{n} was changed after it was written: it does not match its digest."


def _chain(copy: sqlite3.Connection, imports: list[_Import], redactions: Redactions) -> tuple[int, int, list[str]]:
    """Count entries and origins, and check the chain of each origin; entries that were imported are not part of it."""
    rows = copy.execute(f"SELECT {_FIELDS} FROM journal ORDER BY origin, n")
    starts = [found.first for found in imports]
    entries = origins = 0
    problems: list[str] = []
    origin, last, clock, previous = b"", 0, 0, FIRST
    for seq, *fields, stored in rows:
        entries += 1
        place = bisect_right(starts, seq) - 1
        is_imported = place >= 0 and seq <= imports[place].last
        if origins == 0 or fields[0] != origin:
            origins += 1
            origin, last, clock, previous = fields[0], 0, 0, FIRST
        n, hlc = fields[1], fields[2]
        name = _readable(origin)
        if not is_imported:
            if n != last + 1:
                problems.append(_missing(name, last + 1, n - 1))
            elif not redactions.hold(_key(fields), previous, fields, stored):
                problems.append(_changed(name, n))
        if hlc <= clock:
            problems.append(f"Entry {name}:{n} is earlier than the entry before it: its clock went back.")
        last, clock, previous = n, hlc, stored
    return entries, origins, problems
