"""The summaries of all incidents: kept in the file, and brought up to date by whoever reads them.

They are derived from the entries and from nothing else. Appending never touches them, so that logging stays as quick
and as safe as it is; `summarized` has the `seq` up to which they are right, and only incidents whose state was changed
by a later entry are folded again. Where they are missing or of another format, all are made anew.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec

from warroom.model.entries import Entry
from warroom.model.incident import fold
from warroom.model.similar import Known
from warroom.model.summary import FORMAT, IncidentSummary, summary, words_of
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.reading import EntryReader, recast_among, recast_targets
from warroom.text.cleaning import clean_json, clean_line

if TYPE_CHECKING:
    from warroom.model.similar import SimilarIncident

_SINCE = 9
"""The migration since which a file has summaries."""
_FAR_BEHIND = 10_000
"""So many entries that changed nothing here may follow before it is stored that they were looked at."""
_MANY = 50
"""From so many incidents on, their entries are read at once."""

_decoder = msgspec.json.Decoder(list[IncidentSummary])
_encode = msgspec.json.Encoder().encode


class SummaryList:
    """Reads the summaries of a whole journal once, and from then on only what is new."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._seq: int | None = None
        self._by_id: dict[str, IncidentSummary] = {}
        self._words: dict[str, str] | None = None
        self._all: tuple[IncidentSummary, ...] = ()

    def read(self) -> tuple[IncidentSummary, ...]:
        """The summary of every incident that is declared, in no particular order; the same object if nothing is new.

        Raises StoreError; the next call reads the same again.
        """
        journal = self._journal
        with journal.connection.same_moment():
            seq = journal.last_seq()
            if seq == self._seq:
                return self._all
            since = self._load() if self._seq is None else self._seq
            changed = journal.changed_since(since)
            histories = self._histories(changed)
        new: dict[str, tuple[IncidentSummary, str]] = {}
        for id, entries in histories:
            with suppress(ValueError):  # nothing readable declares it, which `verify` tells
                incident = fold(entries)
                new[id] = summary(incident), words_of(incident)
        self._by_id |= {id: brief for id, (brief, _) in new.items()}
        if self._words is not None:
            self._words |= {id: words for id, (_, words) in new.items()}
        if new or self._seq is None:
            self._all = tuple(self._by_id.values())
        self._seq = seq
        if changed or seq - since > _FAR_BEHIND:
            self._store(new, seq)
        return self._all

    def known(self) -> dict[str, Known]:
        """What incidents are compared by, by id. Raises StoreError."""
        briefs = self.read()
        if self._words is None:
            journal = self._journal
            self._words = {}
            if journal.connection.version >= _SINCE:
                rows = journal.connection.rows("SELECT incident, words FROM summary")
                self._words = {journal.shown(name): clean_line(words) for name, words in rows}
        for brief in briefs:
            if brief.id not in self._words:
                self._words[brief.id] = words_of(fold(self._journal.state(brief.id)))
        return {brief.id: Known(brief.system, self._words[brief.id].split()) for brief in briefs}

    def similar(self, text: str = "", system: str = "", *, incident: str = "", most: int = 5) -> list[SimilarIncident]:
        """The incidents that resemble a text and an affected system, or an `incident`; see `Workspace.similar`."""
        from warroom.model.similar import SimilarIncident, named_system, similar, telling_words
        from warroom.model.summary import what_resolved_it

        known = self.known()
        briefs = {brief.id: brief for brief in sorted(self.read(), key=lambda brief: brief.newest_first)}
        wanted = known.get(incident) or Known(system, telling_words([text]))
        real = {id: known[id] for id, brief in briefs.items() if not brief.drill}
        if not wanted.system:
            title = briefs[incident].title if incident in briefs else text
            wanted = Known(named_system(title, real.values()), wanted.words)
        others = {id: one for id, one in real.items() if id != incident and briefs[id].state != "cancelled"}
        found = []
        for row in similar(wanted, others, most):
            brief, past = briefs[row.id], fold(self._journal.state(row.id))
            words = what_resolved_it(past)
            found.append(
                SimilarIncident(row, brief.title, brief.severity, brief.began, brief.ended, brief.state, words)
            )
        return found

    def _load(self) -> int:
        """Take what is stored; returns the `seq` up to which that is right: 0 if all has to be made anew."""
        self._by_id = {}
        connection = self._journal.connection
        if connection.version < _SINCE:  # only read, without permission to migrate it
            return 0
        state = connection.rows("SELECT seq FROM summarized WHERE format = ?", FORMAT)
        if not state:
            return 0
        rows = connection.rows("SELECT data FROM summary")
        try:
            with without_collecting():  # decoding one array is far quicker than ten thousand texts
                briefs = _decoder.decode(clean_json(f"[{','.join(row[0] for row in rows)}]"))
        except (msgspec.DecodeError, msgspec.ValidationError):
            return 0  # another program wrote into it, which `verify` tells
        self._by_id = {brief.id: brief for brief in briefs}
        return int(state[0][0])

    def _histories(self, changed: list[str]) -> Iterable[tuple[str, list[Entry]]]:
        """The entries that these incidents are folded from."""
        if len(changed) < _MANY:
            return [(id, self._journal.state(id)) for id in changed]
        wanted = set(changed)
        with without_collecting():
            return [(id, found) for id, found in self._journal.states().items() if id in wanted]

    def _store(self, new: dict[str, tuple[IncidentSummary, str]], seq: int) -> None:
        """Keep what was made, unless somebody writes at this moment: then the next reader does it.

        What could not be kept before is kept with it: the file says itself up to where its summaries are right.
        """
        journal = self._journal
        connection = journal.connection
        if connection.version < _SINCE or connection.sqlite.in_transaction:
            return
        with suppress(StoreError), connection.transaction():
            if journal.last_seq() != seq:
                return
            kept = connection.rows("SELECT seq FROM summarized WHERE format = ?", FORMAT)
            if not kept:
                connection.write("DELETE FROM summary")
            ids = journal.changed_since(int(kept[0][0])) if kept else list(self._by_id)
            briefs = {id: self._by_id[id] for id in ids if id in self._by_id}
            new = {id: new.get(id) or (brief, self._words_of(id)) for id, brief in briefs.items()}
            for id, (brief, words) in new.items():
                connection.write(_KEEP, journal.in_file(id), _encode(brief).decode(), words)
            connection.write("INSERT OR REPLACE INTO summarized VALUES (1, ?, ?)", seq, FORMAT)

    def _words_of(self, id: str) -> str:
        return words_of(fold(self._journal.state(id)))


_KEEP = """
INSERT INTO summary VALUES (?, ?, ?)
ON CONFLICT (incident) DO UPDATE SET data = excluded.data, words = excluded.words
"""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Switch garbage collection off: it would look through all entries again and again, and none of them is garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Rows:
    """A connection of `verify`, as an `EntryReader` needs one."""

    def __init__(self, copy: sqlite3.Connection) -> None:
        self._copy = copy

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        self._copy.text_factory = lambda raw: raw.decode(errors="replace")
        try:
            return self._copy.execute(sql, parameters).fetchall()
        finally:
            self._copy.text_factory = bytes


def wrong_summaries(copy: sqlite3.Connection) -> list[str]:
    """A sentence for each stored summary that differs from what the entries say up to where it was kept.

    One that is missing is wrong too, unless a later entry has made it necessary to sum the incident up again.
    """
    rows = _Rows(copy)
    state = rows.rows("SELECT seq FROM summarized WHERE format = ?", FORMAT)
    if not state:
        return []
    (seq,) = state[0]
    reader = EntryReader(rows)
    stored = {reader.shown(name): (data, words) for name, data, words in rows.rows(_STORED)}
    later = {reader.shown(name) for (name,) in rows.rows(_CHANGED_AFTER, seq)}
    histories: dict[str, list[Entry]] = {}
    entries = reader.entries("WHERE j.seq <= ? AND j.kind NOT IN ('action', 'note')", seq)
    targets = recast_targets(entries)
    recast = reader.entries(_RECAST, seq, _encode([key for key, _ in targets]).decode()) if targets else []
    for entry in (*entries, *recast_among(recast, targets)):
        histories.setdefault(entry.incident, []).append(entry)
    wrong = set(stored) - set(histories)
    for id, entries in histories.items():
        with suppress(ValueError):
            incident = fold(entries)
            right = _encode(summary(incident)).decode(), words_of(incident)
            if stored.get(id, right if id in later else None) != right:
                wrong.add(id)
    return [f"The stored summary of incident {name} does not match its entries." for name in sorted(wrong)]


_RECAST = """
WHERE j.seq <= ? AND j.kind IN ('action', 'note') AND j.origin || ':' || j.n IN (SELECT value FROM json_each(?))
"""
"""Notes and actions that count for the state since another entry has changed their kind."""
_STORED = "SELECT incident, data, words FROM summary"
_CHANGED_AFTER = "SELECT DISTINCT incident FROM journal WHERE seq > ? AND kind NOT IN ('action', 'note')"
