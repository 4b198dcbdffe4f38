"""Whether each incident is open, resolved or closed, read from the few entries that change that."""

from __future__ import annotations

import msgspec

from warroom.model.entries import Entry
from warroom.model.kinds import LEADS_TO
from warroom.model.kinds.lifecycle import Declared, declared_by
from warroom.store.connection import Connection
from warroom.store.reading import EntryReader

# SQLite uses a partial index only for a query that repeats the index's condition exactly.
_LIFECYCLE = "kind IN ('declared', 'resolved', 'closed', 'reopened')"


class Lifecycle(msgspec.Struct, frozen=True):
    """Whether an incident is open, resolved or closed, without folding all its entries."""

    incident: str
    declared: Entry
    declaration: Declared
    """The body of the entry `declared`."""
    state: str
    owes: bool = False
    """Whether it was closed while recovery or the post-mortem was still owed."""


def lifecycles(connection: Connection, reader: EntryReader, state: str | None = None) -> list[Lifecycle]:
    """The state of every incident, or of those in one state, the latest declaration first.

    For a declaration that can't be read, see `declared_by`; `verify` reports it.
    """
    declared, last = _ends(connection)
    wanted = {seq: name for name, seq in declared.items() if state is None or last[name][0] == state}
    owing = _owing(connection, [last[name] for name in wanted.values()])
    entries = reader.entries("WHERE j.seq IN (SELECT value FROM json_each(?))", str(list(wanted)))
    entries.sort(key=lambda entry: entry.order, reverse=True)
    return [
        Lifecycle(entry.incident, entry, body, last[name][0], last[name][1] in owing)
        for entry in entries
        if (body := declared_by(entry)) is not None and (name := wanted[entry.seq])
    ]


def _ends(connection: Connection) -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """By incident as the file spells it: the `seq` of its declaration; its state, and the `seq` that led to it."""
    rows = connection.rows(
        f"SELECT incident, kind, seq FROM journal WHERE {_LIFECYCLE} ORDER BY incident, hlc, origin, n"
    )
    put_back = _put_back(connection, {incident for incident, kind, _ in rows if kind == "reopened"})
    declared: dict[str, int] = {}
    last: dict[str, tuple[str, int]] = {}
    for incident, kind, seq in rows:
        if seq in put_back:
            continue
        last[incident] = (LEADS_TO[kind], seq)
        if kind == "declared":
            declared.setdefault(incident, seq)
    return declared, last


def _put_back(connection: Connection, incidents: set[str]) -> set[int]:
    """The `seq` of each entry that undid an end or a beginning and was taken back, and of those that took them back.

    `incidents` are those that were reopened: nothing is undone in others.
    """
    if not incidents:
        return set()
    target = "CASE WHEN json_valid(data) THEN json_extract(data, '$.target') END"
    rows = connection.rows(
        f"SELECT seq, origin || ':' || n, {target} FROM journal WHERE {_LIFECYCLE}"
        " AND incident IN (SELECT value FROM json_each(?))",
        msgspec.json.encode([*incidents]).decode(),
    )
    targets = {target for *_, target in rows if target}
    return {seq for seq, key, target in rows if target or key in targets}


def _owing(connection: Connection, last: list[tuple[str, int]]) -> set[int]:
    """The `seq` of each closing that left something owed."""
    closed = [seq for state, seq in last if state == "closed"]
    if not closed:
        return set()
    # The CASE keeps SQLite from looking into data that is no JSON, which another program may have written.
    found = "CASE WHEN json_valid(data) THEN json_extract(data, '$.owes') END"
    sql = f"SELECT seq FROM journal WHERE seq IN (SELECT value FROM json_each(?)) AND {found} = 1"
    return {seq for (seq,) in connection.rows(sql, str(closed))}
