"""The journal: one file that is only ever added to, and everything read from it.

A journal is used by one thread at a time; any number of processes may have the same file open.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import msgspec

from warroom.model.entries import Draft, Entry, cleaned, encode
from warroom.model.kinds import LEADS_TO, decode
from warroom.store import files, identity
from warroom.store.errors import DiskFull, StoreError, disk_full, gone, translated
from warroom.store.search import TOKENIZER, match
from warroom.store.write_lock import WriteLock
from warroom.text.cleaning import clean

_COLUMNS = "j.seq, j.origin, j.n, j.hlc, j.incident, j.at, j.recorded, j.author, j.text, j.kind, j.data"
# The two partial indexes serve a query only if it repeats their condition to the letter.
_STATE = "kind NOT IN ('action', 'note')"
_LIFECYCLE = "kind IN ('declared', 'resolved', 'closed', 'reopened')"
_NEAR = 2000


class Lifecycle(msgspec.Struct, frozen=True):
    """Where an incident stands in its life: "open", "resolved" or "closed", by the last entry that says so."""

    incident: str
    declared: Entry
    state: str


class Journal:
    """The one door to a journal file: appends are transactions, reads are complete, errors are StoreErrors."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        place: files.Place,
        now: Callable[[], int],
        busy_s: float,
    ) -> None:
        self.path = path
        self._connection = connection
        self._place = place
        self._now = now
        self._turn = WriteLock(connection, busy_s)
        with translated(path):
            self.origin: str = connection.execute("SELECT id FROM origin").fetchone()[0]
            self._data_version = self._read_data_version()

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], int], create: bool = True, busy_s: float = 5.0) -> Journal:
        """Open the journal at `path`, made first (0600, new folders 0700) if nothing is there and `create` allows.

        `now` gives ms UTC; `busy_s` is how long to wait for other writers. A file that may not be written opens for
        reading. Raises Missing, NotAJournal, NewerFile, Unwritable, Busy, DiskFull or Damaged.
        """
        path = path.absolute()
        connection, place = files.connect(path, create=create, busy_s=busy_s)
        try:
            return cls(path, connection, place, now, busy_s)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # Writing

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Make several appends, and what is read to decide on them, one act: all of it is committed or none.

        Raises Gone, and commits nothing, if the file at `path` is no longer the one that was opened.
        """
        connection = self._connection
        with translated(self.path):
            self._must_be_in_place()
            self._turn.take()
        try:
            yield Writer(self)
            with translated(self.path):
                self._must_be_in_place()
                connection.execute("COMMIT")
            self._turn.ended()
        except BaseException:
            # Some errors (a full disk) have rolled back already; one while rolling back must not hide the first.
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise

    def append(self, incident: str, *drafts: Draft, author: str) -> list[Entry]:
        """Commit drafts to an incident in one transaction, and return them as they now stand in the file."""
        with self.writing() as writer:
            return [writer.append(incident, draft, author=author) for draft in drafts]

    def keep(self, name: str, value: str | None) -> None:
        """Leave something on the desk for the next start (a draft, the pane that was open); None clears it."""
        with translated(self.path):
            self._must_be_in_place()
            if value is None:
                self._connection.execute("DELETE FROM desk WHERE name = ?", [clean(name)])
            else:
                self._connection.execute("INSERT OR REPLACE INTO desk VALUES (?, ?)", [clean(name), clean(value)])

    def backup(self, to: Path) -> None:
        """Write a consistent single-file copy (0600), while others write; refuses to overwrite."""
        to = to.absolute()
        with translated(to):
            try:
                descriptor = os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            except FileExistsError:
                raise StoreError(f"{to} exists and is not overwritten: name another file for the backup.") from None
            try:
                try:
                    with translated(self.path):
                        self._connection.execute("VACUUM INTO ?", [str(to)])
                except DiskFull:
                    raise disk_full(to) from None
                os.fsync(descriptor)
            except BaseException:
                to.unlink(missing_ok=True)
                raise
            finally:
                os.close(descriptor)
            files.sync_folder(to.parent)

    # Reading

    def version(self) -> int:
        """Give a number that moves when another connection commits, for several readers to compare. Raises Gone."""
        with translated(self.path):
            self._must_be_in_place()
            return self._read_data_version()

    def changed(self) -> bool:
        """Tell whether another connection has committed since the last call; cheap enough to poll. Raises Gone."""
        before, self._data_version = self._data_version, self.version()
        return self._data_version != before

    def last_seq(self) -> int:
        """Give the `seq` of the last entry to arrive; 0 in an empty journal."""
        with translated(self.path):
            return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])

    def since(self, seq: int, incident: str | None = None) -> list[Entry]:
        """Give what arrived after `seq`, in order of arrival."""
        return self._entries("WHERE j.seq > ? AND ifnull(j.incident = ?, 1) ORDER BY j.seq", seq, incident)

    def state(self, incident: str) -> list[Entry]:
        """Give all entries to fold an incident from, however many notes lie between them, by (hlc, origin, n)."""
        return self._entries(f"WHERE j.incident = ? AND j.{_STATE} ORDER BY j.hlc, j.origin, j.n", incident)

    def lifecycles(self, state: str | None = None) -> list[Lifecycle]:
        """Give where each incident stands, or only those in one state, the one declared last first."""
        rows = self._rows(
            f"SELECT incident, kind, seq FROM journal WHERE {_LIFECYCLE} ORDER BY incident, hlc, origin, n"
        )
        declared: dict[str, int] = {}
        last: dict[str, str] = {}
        for incident, kind, seq in rows:
            last[incident] = LEADS_TO[kind]
            if kind == "declared":
                declared.setdefault(incident, seq)
        wanted = [seq for incident, seq in declared.items() if state is None or last[incident] == state]
        entries = self._entries("WHERE j.seq IN (SELECT value FROM json_each(?))", str(wanted))
        entries.sort(key=lambda entry: entry.order, reverse=True)
        return [Lifecycle(entry.incident, entry, last[entry.incident]) for entry in entries]

    def count(self, incident: str) -> int:
        """Count an incident's entries: its tally, and those that arrived since the last full block."""
        return int(self._rows(_COUNT, incident, incident)[0][0])

    def timeline(self, incident: str, offset: int, limit: int) -> list[Entry]:
        """Give a screenful of an incident in the order things happened: by (at, hlc, origin), from `offset` on."""
        with self._snapshot():
            total = self.count(incident)
            limit = min(limit, total - offset)
            if limit <= 0:
                return []
            sql = "WHERE j.incident = ? ORDER BY j.at {0}, j.hlc {0}, j.origin {0} LIMIT ? OFFSET ?"
            if offset <= total // 2:
                return self._entries(sql.format("ASC"), incident, limit, offset)
            return self._entries(sql.format("DESC"), incident, limit, total - offset - limit)[::-1]

    def position(self, incident: str, entry: Entry) -> int:
        """Give the offset at which `timeline` has an entry of this incident."""
        where = "FROM journal WHERE incident = ? AND (at, hlc, origin) {} (?, ?, ?)"
        key = (incident, entry.at, entry.hlc, entry.origin)
        with self._snapshot():
            # Mostly it is near the end, so that is looked at first.
            after = self._rows(f"SELECT count(*) FROM (SELECT 1 {where.format('>')} LIMIT {_NEAR})", *key)[0][0]
            if after < _NEAR:
                return self.count(incident) - int(after) - 1
            return int(self._rows(f"SELECT count(*) {where.format('<')}", *key)[0][0])

    def entry(self, key: str) -> Entry | None:
        """Find an entry by the name it has on every machine, "origin:n"."""
        origin, _, n = key.rpartition(":")
        if not (n.isascii() and n.isdigit() and len(n) < 19):
            return None
        found = self._entries("WHERE j.origin = ? AND j.n = ?", clean(origin), int(n))
        return found[0] if found else None

    def search(self, words: str, incident: str | None = None, limit: int = 200) -> list[Entry]:
        """Find entries whose text holds all the words, the last one as a beginning; newest arrival first."""
        query = match(words)
        if not query:
            return []
        found: list[Entry] = []
        with self._snapshot():
            self._index_tail()
            for index in ("tail", "journal_fts"):
                found += self._entries(
                    f"JOIN {index} f ON f.rowid = j.seq WHERE f.{index} MATCH ? AND ifnull(j.incident = ?, 1) "
                    "ORDER BY f.rowid DESC LIMIT ?",
                    query,
                    incident,
                    limit - len(found),
                )
        return found

    def kept(self, name: str) -> str | None:
        """Give what was left on the desk under this name."""
        rows = self._rows("SELECT value FROM desk WHERE name = ?", clean(name))
        return str(rows[0][0]) if rows else None

    # Inside

    def _index_tail(self) -> None:
        """Index what came since the last full block, in memory, the same way as the file does with the rest."""
        self._rows(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.tail USING fts5(text, tokenize = '{TOKENIZER}')")
        self._rows("DELETE FROM temp.tail")
        self._rows(f"INSERT INTO temp.tail (rowid, text) SELECT seq, text FROM journal WHERE seq > {_FULL_BLOCKS}")

    def _entries(self, clauses: str, *parameters: object) -> list[Entry]:
        rows = self._rows(f"SELECT {_COLUMNS} FROM journal j {clauses}", *parameters)
        return [
            Entry(seq, origin, n, hlc, incident, at, recorded, author, text, decode(kind, data))
            for seq, origin, n, hlc, incident, at, recorded, author, text, kind, data in rows
        ]

    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        with translated(self.path):
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if hasattr(error, "sqlite_errorcode"):
                    raise
            # Text that is not UTF-8: a damaged byte must not hide the rest of the entry, nor the other entries.
            try:
                self._connection.text_factory = _as_far_as_readable
                return self._connection.execute(sql, parameters).fetchall()
            finally:
                self._connection.text_factory = str

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Let several reads see the same moment."""
        if self._connection.in_transaction:
            yield
            return
        with translated(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with translated(self.path):
                if self._connection.in_transaction:  # an I/O error has ended it already
                    self._connection.execute("COMMIT")

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _must_be_in_place(self) -> None:
        if files.place_of(self.path) != self._place:
            raise gone(self.path)


class Writer:
    """The right to append, held inside `Journal.writing()`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._head: tuple[int, int, bytes] | None = None

    def append(self, incident: str, draft: Draft, *, author: str) -> Entry:
        """Add one entry: cleaned, numbered, timed and chained to the one before; it counts once `writing()` ends."""
        from warroom.store.digest import digest

        journal = self._journal
        if not journal._connection.in_transaction:
            raise RuntimeError("a Writer is good only until its writing() ends or fails")
        n, hlc, previous = self._head or self._read_head()
        recorded = journal._now()
        draft = cleaned(draft)
        n += 1
        hlc = max(hlc + 1, recorded << 16)
        fields = (
            journal.origin,
            n,
            hlc,
            clean(incident),
            recorded if draft.at is None else draft.at,
            recorded,
            clean(author),
            draft.body.kind,
            draft.text,
            encode(draft.body),
        )
        chained = digest(previous, *fields)
        with translated(journal.path):
            seq = cast(int, journal._connection.execute(_INSERT, (*fields, chained)).lastrowid)
        self._head = (n, hlc, chained)
        return Entry(seq, *fields[:7], text=draft.text, body=draft.body)

    def new_incident_id(self) -> str:
        """Name an incident in 6 typeable characters, of which the first 4 are enough to tell it in this file."""
        while True:
            name = identity.new_incident()
            sql = "SELECT 1 FROM journal WHERE incident >= ? AND incident < ? LIMIT 1"
            if not self._journal._rows(sql, name[:4], name[:4] + "{"):
                return name

    def _read_head(self) -> tuple[int, int, bytes]:
        """Read where the chain goes on: this origin's last number, the file's largest hlc, the last digest.

        Within an origin hlc grows with n, so the largest is among the origins' last entries: no index over hlc is kept.
        """
        from warroom.store.digest import FIRST

        rows = self._journal._rows(_HEADS)
        hlc = max((row[2] for row in rows), default=0)
        for origin, n, _, last in rows:
            if origin == self._journal.origin:
                return n, hlc, last
        return 0, hlc, FIRST


def _as_far_as_readable(raw: bytes) -> str:
    return raw.decode(errors="replace")


# The last `seq` that the file's own index and tally cover; at most 63 entries came after.
_FULL_BLOCKS = "(SELECT max(seq) FROM journal) / 64 * 64"

# The plus keeps to the order of arrival: those few rows, where the timeline's index would go through the incident.
_COUNT = f"""
SELECT coalesce((SELECT entries FROM tally WHERE incident = ?), 0) + count(*) FROM journal
WHERE +incident = ? AND seq > {_FULL_BLOCKS}
"""

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
