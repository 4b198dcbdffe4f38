"""Adding the entries of an incident that another journal exported: with their own numbers, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from warroom.model.entries import Draft, Entry
from warroom.model.kinds import decode
from warroom.model.kinds.redaction import Record, Redacted, redacted
from warroom.store.connection import Connection
from warroom.store.digest import FIRST, digest
from warroom.store.foreign import BothRedactions
from warroom.store.foreign import Foreign as Foreign
from warroom.store.foreign import NotImported as NotImported
from warroom.store.reading import EntryReader

MAX_N, MAX_HLC = 2**53, 2**62
"""The largest number and clock that an entry may come with: the entries after it need some too."""

_PAGE = 2_000


class Importer:
    """Finds out which entries are new to a journal, and adds them."""

    def __init__(self, connection: Connection, reader: EntryReader) -> None:
        self._connection = connection
        self._reader = reader
        self.redacted: list[tuple[int, Foreign]] = []
        """The entries that are here already and were redacted there, each with its `seq` here."""
        self._redactions: list[Foreign] = []

    def new_entries(self, entries: Sequence[Foreign]) -> list[Foreign]:
        """Those of an incident's entries that the journal does not have, in the order of its clock.

        Raises NotImported if the journal has another entry by the same key, or another incident by the same reference.
        """
        for column in ("origin", "incident"):
            for (name,) in self._connection.rows(_NAMES.format(column)):
                if name is not None:
                    self._reader.shown(name)  # the reader remembers how the file spells it
        known: set[str] = set()
        by_key = {entry.key: entry for entry in entries}
        self.redacted = []
        redactions = BothRedactions(self._connection, entries)
        for here, data in self._same_keys(entries):
            ours, theirs = Foreign.of(here, data), by_key[here.key]
            if ours != theirs and redactions.take_theirs(ours, theirs):
                self.redacted.append((here.seq, theirs))
            known.add(here.key)
        incident = entries[0].incident
        if not known and self._has(incident):
            raise NotImported(
                f"There is another incident {incident} here already, which has no entry in common with this one, so "
                f"nothing was imported: import it into another file, with --db FILE."
            )
        new = [entry for entry in entries if entry.key not in known]
        redactions.check(new)
        self._redactions = [entry for entry in entries if entry.kind == Redacted.tag()]
        return sorted(new, key=lambda entry: (entry.hlc, entry.origin, entry.n))

    def as_redacted_there(self, record: Record) -> tuple[Draft, str]:
        """The draft that says what was redacted here, and its author, both as in the last redaction there."""
        if not self._redactions:
            raise NotImported(
                "The log has redacted entries without the one that says so, so nothing was imported: export it again."
            )
        last = max(self._redactions, key=lambda entry: (entry.hlc, entry.origin, entry.n))
        body = decode(last.kind, last.data)
        return redacted(body.because if isinstance(body, Redacted) else "", record), last.author

    def add(self, new: Sequence[Foreign]) -> None:
        """Add entries of one incident, within `Journal.writing()`. Raises NotImported if their clocks can't be true."""
        name = self._reader.in_file
        previous = FIRST
        seqs: list[int] = []
        for entry in new:
            fields = msgspec.structs.astuple(entry)
            fields = (name(entry.origin), *fields[1:3], name(entry.incident), *fields[4:])
            previous = digest(previous, *fields)
            seqs.append(self._connection.write(_INSERT, *fields, previous))
        self._connection.write("INSERT INTO imported VALUES (?, ?, ?)", seqs[0], seqs[-1], name(new[0].incident))
        for origin in {entry.origin for entry in new}:
            for (n,) in self._connection.rows(_BACKWARDS, name(origin), seqs[0], seqs[0]):
                raise NotImported(
                    f"Entry {origin}:{n} is numbered after an entry that was written later, so nothing was imported: "
                    f"two copies of one journal were both written to."
                )

    def _same_keys(self, entries: Sequence[Foreign]) -> Iterable[tuple[Entry, str]]:
        numbers: dict[str, list[int]] = {}
        for entry in entries:
            numbers.setdefault(self._reader.in_file(entry.origin), []).append(entry.n)
        sql = "WHERE j.origin = ? AND j.n IN (SELECT value FROM json_each(?))"
        for origin, ns in numbers.items():
            for first in range(0, len(ns), _PAGE):
                yield from self._reader.with_data(sql, origin, str(ns[first : first + _PAGE]))

    def _has(self, incident: str) -> bool:
        sql = "SELECT 1 FROM journal WHERE incident = ? LIMIT 1"
        return bool(self._connection.rows(sql, self._reader.in_file(incident)))


_INSERT = """
INSERT INTO journal (origin, n, hlc, incident, at, recorded, author, kind, text, data, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# Every origin or incident of the file, found by jumping from one to the next in an index.
_NAMES = """
WITH RECURSIVE names (name) AS (
    SELECT min({0}) FROM journal
    UNION ALL
    SELECT (SELECT min({0}) FROM journal WHERE {0} > name) FROM names WHERE name IS NOT NULL
)
SELECT name FROM names
"""

# Within an origin the clock grows with the number, which the writer relies on. Only new neighbours are looked at: what
# was wrong before is for `verify` to find.
_BACKWARDS = """
SELECT n FROM (
    SELECT n, seq, hlc, lag(hlc) OVER numbered AS hlc_before, lag(seq) OVER numbered AS seq_before
    FROM journal WHERE origin = ? WINDOW numbered AS (ORDER BY n)
) WHERE hlc <= hlc_before AND (seq >= ? OR seq_before >= ?) LIMIT 1
"""
