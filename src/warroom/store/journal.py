"""The journal: the append-only list of entries in one file.

Only one thread may use a journal at a time; any number of processes may have the same file open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from warroom.model import ids
from warroom.model.entries import Draft, Entry
from warroom.model.kinds.lifecycle import declared_by
from warroom.store.connection import Connection
from warroom.store.errors import gone
from warroom.store.files import file_id_of
from warroom.store.lifecycles import Lifecycle, lifecycles
from warroom.store.reading import EntryReader, recast_among, recast_targets
from warroom.store.search import FULL_BLOCKS, search
from warroom.store.writing import Writer
from warroom.text.cleaning import clean_line

if TYPE_CHECKING:
    from warroom.model.redaction import Words
    from warroom.store.files import FileId
    from warroom.store.importing import Foreign
    from warroom.store.redacting import Found

# SQLite uses a partial index only for a query that repeats the index's condition exactly.
_STATE = "kind NOT IN ('action', 'note')"
_NO_REGISTER = "incident NOT IN (" + ", ".join(f"'{name}'" for name in ids.REGISTERS) + ")"
_ACTION_ITEMS = "kind IN ('action-item', 'action-item-changed', 'amended', 'retracted', 'title')"
_NEAR = 2000
_OWN = 50


class Journal:
    """Reads and writes the entries of one file. Every append is a transaction; errors are StoreErrors.

    Everything it returns is safe to show, even if the file was tampered with; see `EntryReader`.
    """

    def __init__(self, connection: Connection, *, now: Callable[[], int]) -> None:
        """Work on an open file; `now` gives ms UTC. Raises StoreError."""
        self.connection = connection
        self._now = now
        self._reader = EntryReader(connection)
        self.origin = str(connection.rows("SELECT id FROM origin")[0][0])
        self._data_version = connection.data_version()
        self.has_written = False
        """Whether anything was committed since it was opened."""
        self.seen: int | None = None
        """What `last_seq` said last, which costs nothing to know; None if something was written here since then."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Callable[[], int],
        create: bool = True,
        busy_s: float = 5.0,
        only: FileId | None = None,
    ) -> Journal:
        """Open the journal at `path`; if it does not exist and `create` is set, create it; see `Connection.open`.

        `now` gives ms UTC; `busy_s` is how many seconds to wait for other writers; `only` is the file it has to be.
        Raises Missing, NotAJournal, NewerFile, Unwritable, Busy, DiskFull, Damaged, or Gone if it is not that file.
        """
        if only is not None and file_id_of(path) != only:
            raise gone(path.absolute())
        connection = Connection.open(path, create=create, busy_s=busy_s)
        try:
            if only is not None and connection.file_id != only:  # it was replaced just now
                raise gone(connection.path)
            return cls(connection, now=now)
        except BaseException:
            connection.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.connection.path

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # Writing

    @contextmanager
    def writing(self, recorded: int | None = None) -> Iterator[Writer]:
        """Put several appends, and the reads they depend on, into one transaction: all are committed, or none.

        With `recorded` (ms UTC), they are all recorded at that time, which tells what was imported together. Raises
        Busy. Raises Gone, and commits nothing, if the file at `path` is no longer the one that was opened.
        """
        try:
            with self.connection.transaction():
                now = self._now if recorded is None else lambda: recorded
                yield Writer(self.connection, self._reader, self.origin, now)
        finally:
            self.seen = None
        self.has_written = True

    def append(self, incident: str, *drafts: Draft, author: str) -> list[Entry]:
        """Commit drafts to an incident in one transaction, and return the new entries."""
        with self.writing() as writer:
            return [writer.append(incident, draft, author=author) for draft in drafts]

    def import_entries(self, entries: Sequence[Foreign]) -> int:
        """Commit those entries of another journal's incident that are new to this one; returns how many they are.

        What was redacted there is redacted here too, and an entry says so.
        Raises NotImported if they contradict what is here, or StoreError; in both cases nothing was written.
        """
        from warroom.store.importing import Importer
        from warroom.store.redacting import Redactor

        importer = Importer(self.connection, self._reader)
        if not importer.new_entries(entries):
            return 0
        redactor, left = Redactor(self.connection), None
        with self.connection.overwriting(), self.writing() as writer:
            new = importer.new_entries(entries)  # again: another process may have added some meanwhile
            record = redactor.replace_imported(importer.redacted) if importer.redacted else None
            if new:
                importer.add(new)
            if record is not None:
                draft, author = importer.as_redacted_there(record)
                writer.append(entries[0].incident, draft, author=author)
                left = redactor.finish()
        if left is not None:
            redactor.wipe(left)
        return len(new)

    def find_words(self, incident: str, words: Words) -> Found:
        """Where words are that are to be redacted; nothing is changed."""
        from warroom.store.redacting import Redactor

        with self.connection.same_moment():
            return Redactor(self.connection).find(self._reader.in_file(incident), words)

    def redact(self, incident: str, words: Words, *, author: str) -> Found:
        """Replace words in all entries of an incident and in the drafts, and log that; returns what was replaced.

        Raises StoreError, and NotWiped if all of that is done, but old copies may be left in unused parts of the file.
        """
        from warroom.model.kinds.redaction import redacted
        from warroom.store.redacting import Redactor

        redactor = Redactor(self.connection)
        with self.connection.overwriting(), self.writing() as writer:
            found = redactor.find(self._reader.in_file(incident), words)
            left = redactor.unfinished()
            if found.anything:
                record = redactor.replace(found.entries, found.drafts, words)
                if record.entries:
                    writer.append(incident, redacted(words.because, record), author=author)
                if found.learned:
                    learned = redactor.replace(found.learned, {})
                    writer.append(ids.REGISTER_READINESS, redacted(words.because, learned), author=author)
                left = redactor.finish()
        if left is None:
            return found
        redactor.wipe(left)
        return msgspec.structs.replace(found, finished=not found.anything)

    # Reading

    def shown(self, name: str) -> str:
        """An incident's reference that the file has, safe to show; `in_file` is the way back."""
        return self._reader.shown(name)

    def in_file(self, name: str) -> str:
        """An incident's reference as the file spells it, for use in a query."""
        return self._reader.in_file(name)

    def version(self) -> int:
        """Return a number that changes when another connection commits; each caller keeps its own. Raises Gone."""
        return self.connection.data_version()

    def changed(self) -> bool:
        """Whether another connection has committed since the last call; cheap enough to poll. Raises Gone."""
        before, self._data_version = self._data_version, self.version()
        return self._data_version != before

    def last_seq(self) -> int:
        """The `seq` of the last entry to arrive; 0 in an empty journal."""
        self.seen = int(self.connection.rows("SELECT coalesce(max(seq), 0) FROM journal")[0][0])
        return self.seen

    def since(self, seq: int, incident: str | None = None) -> list[Entry]:
        """The entries that arrived after `seq`, in order of arrival."""
        name = None if incident is None else self._reader.in_file(incident)
        return self._reader.entries("WHERE j.seq > ? AND ifnull(j.incident = ?, 1) ORDER BY j.seq", seq, name)

    def changed_since(self, seq: int) -> list[str]:
        """The incidents whose state was changed by entries that arrived after `seq`; their entries are not read.

        Registers are none.
        """
        rows = self.connection.rows(_CHANGED_SINCE, seq) if seq else self.connection.rows(_WITH_STATE)
        return [self._reader.shown(name) for (name,) in rows]

    def state(self, incident: str) -> list[Entry]:
        """All entries to fold an incident from, ordered by (hlc, origin, n); no notes and actions but `recast`."""
        sql = f"WHERE j.incident = ? AND j.{_STATE} ORDER BY j.hlc, j.origin, j.n"
        found = self._reader.entries(sql, self._reader.in_file(incident))
        recast = self.recast(found)
        return sorted([*found, *recast], key=lambda entry: entry.order) if recast else found

    def recast(self, entries: Iterable[Entry]) -> list[Entry]:
        """The notes and actions that some of these entries change into another kind, which may change the state."""
        targets = recast_targets(entries)
        return recast_among(self.entries(key for key, _ in targets), targets) if targets else []

    def histories(self, kinds: Iterable[str]) -> dict[str, list[Entry]]:
        """The entries of these kinds by incident, read at once, to fold every incident that is declared.

        Only kinds that change the state are found.
        """
        sql = f"WHERE j.{_STATE} AND j.kind IN (SELECT value FROM json_each(?))"
        found: dict[str, list[Entry]] = {}
        for entry in self._reader.entries(sql, msgspec.json.encode(list(kinds)).decode()):
            found.setdefault(entry.incident, []).append(entry)
        return {incident: entries for incident, entries in found.items() if any(map(declared_by, entries))}

    def states(self) -> dict[str, list[Entry]]:
        """All entries to fold every incident from, by incident; no notes and actions but `recast`."""
        found: dict[str, list[Entry]] = {}
        entries = self._reader.entries(f"WHERE j.{_STATE} AND j.{_NO_REGISTER}")
        for entry in (*entries, *self.recast(entries)):
            found.setdefault(entry.incident, []).append(entry)
        return found

    def of_action_items(self) -> list[Entry]:
        """All entries that the action items of all incidents are folded from, in no particular order."""
        return self._reader.entries(f"WHERE j.{_ACTION_ITEMS}")

    def of_action_items_since(self, seq: int) -> list[Entry]:
        """Those of them that arrived after `seq`; cheap if that is not long ago."""
        return self._reader.entries(f"WHERE j.seq > ? AND +j.{_ACTION_ITEMS}", seq)

    def has_redacted_since(self, seq: int) -> bool:
        """Whether entries that arrived after `seq` say that earlier ones were changed; cheap if `seq` is recent."""
        return bool(self.connection.rows("SELECT 1 FROM journal WHERE seq > ? AND +kind = 'redacted' LIMIT 1", seq))

    def lifecycles(self, state: str | None = None) -> list[Lifecycle]:
        """The state of every incident, or of those in one state, the latest declaration first; nothing is folded."""
        return lifecycles(self.connection, self._reader, state)

    def count(self, incident: str) -> int:
        """The number of an incident's entries: its stored tally, and those after the last full block of 64."""
        name = self._reader.in_file(incident)
        return int(self.connection.rows(_COUNT, name, name)[0][0])

    def timeline(self, incident: str, offset: int, limit: int, hidden: Collection[int] = ()) -> list[Entry]:
        """Part of an incident's timeline, ordered by (at, hlc, origin): at most `limit` entries from `offset` on.

        The entries whose `seq` is in `hidden` (all of this incident) are left out and not counted.
        """
        with self.connection.same_moment():
            total = self.count(incident) - len(hidden)
            limit = min(limit, total - offset)
            if limit <= 0:
                return []
            found = (self._reader.in_file(incident), *_listed(hidden))
            sql = f"WHERE j.incident = ?{_unless(hidden)} "
            sql += "ORDER BY j.at {0}, j.hlc {0}, j.origin {0} LIMIT ? OFFSET ?"
            if offset <= total // 2:
                return self._reader.entries(sql.format("ASC"), *found, limit, offset)
            return self._reader.entries(sql.format("DESC"), *found, limit, total - offset - limit)[::-1]

    def stored(self, incident: str, limit: int, after: Entry | None = None) -> list[tuple[Entry, str]]:
        """At most `limit` entries in the timeline's order, those that come `after` one, each with its `data` column.

        No entry comes twice, even if others are added between two calls.
        """
        sql = "WHERE j.incident = ?{} ORDER BY j.at, j.hlc, j.origin, j.n LIMIT ?"
        name = self._reader.in_file(incident)
        if after is None:
            return self._reader.with_data(sql.format(""), name, limit)
        since = " AND (j.at, j.hlc, j.origin, j.n) > (SELECT at, hlc, origin, n FROM journal WHERE seq = ?)"
        return self._reader.with_data(sql.format(since), name, after.seq, limit)

    def position(self, incident: str, entry: Entry, hidden: Collection[int] = ()) -> int:
        """The offset of an entry in the incident's timeline, without the `hidden` ones."""
        where = f"FROM journal j WHERE incident = ? AND (at, hlc, origin) {{}} (?, ?, ?){_unless(hidden)}"
        key = (self._reader.in_file(incident), entry.at, entry.hlc, self._reader.in_file(entry.origin))
        found = (*key, *_listed(hidden))
        with self.connection.same_moment():
            # Most often it is near the end, so look there first.
            sql = f"SELECT count(*) FROM (SELECT 1 {where.format('>')} LIMIT {_NEAR})"
            after = int(self.connection.rows(sql, *found)[0][0])
            if after < _NEAR:
                return self.count(incident) - len(hidden) - after - 1
            return int(self.connection.rows(f"SELECT count(*) {where.format('<')}", *found)[0][0])

    def position_at(self, incident: str, at: int, hidden: Collection[int] = ()) -> int:
        """How many entries of an incident happened before a time (ms UTC), without the `hidden` ones."""
        sql = f"SELECT count(*) FROM journal j WHERE incident = ? AND at < ?{_unless(hidden)}"
        return int(self.connection.rows(sql, self._reader.in_file(incident), at, *_listed(hidden))[0][0])

    def by_seq(self, seqs: Collection[int]) -> list[Entry]:
        """The entries with these `seq`, in no particular order."""
        return self._reader.entries("WHERE j.seq IN (SELECT value FROM json_each(?))", str(list(seqs)))

    def authors(self, incident: str, limit: int) -> list[str]:
        """Who wrote the last entries of an incident's timeline, at most `limit` of these are looked at."""
        sql = (
            "SELECT DISTINCT author FROM (SELECT author FROM journal WHERE incident = ? "
            "ORDER BY at DESC, hlc DESC, origin DESC LIMIT ?)"
        )
        return [clean_line(name) for (name,) in self.connection.rows(sql, self._reader.in_file(incident), limit)]

    def entry(self, key: str) -> Entry | None:
        """Find an entry by its key, `origin:n`."""
        found = self.entries([key])
        return found[0] if found else None

    def entries(self, keys: Iterable[str]) -> list[Entry]:
        """Find entries by their keys, `origin:n`, in no particular order; keys of no entry are passed over."""
        numbers: dict[str, list[int]] = {}
        for key in keys:
            origin, _, n = key.rpartition(":")
            if n.isascii() and n.isdigit() and len(n) < 19:
                numbers.setdefault(self._reader.in_file(clean_line(origin)), []).append(int(n))
        sql = "WHERE j.origin = ? AND j.n IN (SELECT value FROM json_each(?))"
        return [entry for origin, some in numbers.items() for entry in self._reader.entries(sql, origin, str(some))]

    def own(self, incident: str, author: str) -> Iterator[Entry]:
        """What an author has written to an incident in this file, the latest first, read as it is needed."""
        sql = "WHERE j.origin = ? AND j.incident = ? AND j.author = ? AND j.n < ? ORDER BY j.n DESC LIMIT ?"
        name, below = self._reader.in_file(incident), 1 << 62
        while found := self._reader.entries(sql, self.origin, name, clean_line(author), below, _OWN):
            yield from found
            below = found[-1].n

    def search(self, words: str, incident: str | None = None, limit: int = 200) -> list[Entry]:
        """Find entries whose text contains all the words, the last one as a prefix; the latest arrival first."""
        name = None if incident is None else self._reader.in_file(incident)
        return search(self.connection, self._reader, words, name, limit)


def _unless(hidden: Collection[int]) -> str:
    """The condition that leaves entries out, whose `seq` the index has; nothing to check where there are none."""
    return " AND j.seq NOT IN (SELECT value FROM json_each(?))" if hidden else ""


def _listed(hidden: Collection[int]) -> tuple[str, ...]:
    """The parameter of that condition."""
    return (str(list(hidden)),) if hidden else ()


# From the beginning on, incidents are found in an index. After the last few entries none is of use, and each would be
# read whole; the pluses keep SQLite from that.
_WITH_STATE = f"SELECT DISTINCT incident FROM journal WHERE {_STATE} AND {_NO_REGISTER}"
_CHANGED_SINCE = f"SELECT DISTINCT +incident FROM journal WHERE seq > ? AND +{_STATE} AND +{_NO_REGISTER}"

# The plus keeps SQLite from using the timeline's index, which would read the whole incident to find these few rows.
_COUNT = f"""
SELECT coalesce((SELECT entries FROM tally WHERE incident = ?), 0) + count(*) FROM journal
WHERE +incident = ? AND seq > {FULL_BLOCKS}
"""
