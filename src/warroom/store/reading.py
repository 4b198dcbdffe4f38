"""Turns rows of the file into entries, and makes their text safe to show: another program may have written it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from warroom.model.entries import Body, Entry, Unknown, encode
from warroom.model.kinds import decode
from warroom.model.kinds.log import Noted
from warroom.model.times import MAX_MS, MIN_MS
from warroom.text.cleaning import clean, clean_json, clean_line

_COLUMNS = "j.seq, j.origin, j.n, j.hlc, j.incident, j.at, j.recorded, j.author, j.text, j.kind, j.data"

# The body of nearly every row of a long journal, which needs neither decoding nor cleaning.
_PLAIN: dict[tuple[str, str], Body] = {(Noted().kind, encode(Noted())): Noted()}


def recast_targets(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """What some of these entries change into another kind, each as (key, incident)."""
    return {(key, entry.incident) for entry in entries if (key := entry.body.recasts) is not None}


def recast_among(found: Iterable[Entry], targets: Collection[tuple[str, str]]) -> list[Entry]:
    """The notes and actions among these entries that are targets; any other kind counts for the state anyway."""
    return [entry for entry in found if not entry.body.changes_state and (entry.key, entry.incident) in targets]


class HasRows(Protocol):
    """What runs a query and returns all rows: the connection to a file, or to a copy of one."""

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """Run a statement."""


class EntryReader:
    """Reads entries of one file and cleans them; the file and its digests stay unchanged.

    A cleaned name no longer matches its rows, so the reader remembers how the file spells it.
    """

    def __init__(self, connection: HasRows) -> None:
        self._connection = connection
        self._names = _Names()

    def entries(self, clauses: str, *parameters: object) -> list[Entry]:
        """The entries selected by `clauses` (WHERE, ORDER BY, LIMIT on the table `journal` as `j`)."""
        return self._made(self._rows(clauses, *parameters))

    def with_data(self, clauses: str, *parameters: object) -> list[tuple[Entry, str]]:
        """The entries selected by `clauses`, each with the text of its `data` column, cleaned."""
        rows = self._rows(clauses, *parameters)
        return [(entry, clean_json(row[-1])) for entry, row in zip(self._made(rows), rows, strict=True)]

    def _rows(self, clauses: str, *parameters: object) -> list[Any]:
        return self._connection.rows(f"SELECT {_COLUMNS} FROM journal j {clauses}", *parameters)

    def _made(self, rows: list[Any]) -> list[Entry]:
        names = self._names
        return [
            Entry(
                seq,
                names[origin],
                n,
                hlc,
                names[incident],
                at,
                recorded,
                names[author],
                text if text.isprintable() else clean(text),
                _PLAIN.get((kind, data)) or _body(kind, data),
            )
            if MIN_MS <= at <= MAX_MS and MIN_MS <= recorded <= MAX_MS
            else _unreadable(seq, names[origin], n, hlc, names[incident], at, recorded, names[author], text, kind, data)
            for seq, origin, n, hlc, incident, at, recorded, author, text, kind, data in rows
        ]

    def shown(self, name: str) -> str:
        """An incident's or origin's name that the file has, cleaned."""
        return self._names[name]

    def in_file(self, name: str) -> str:
        """An incident's or origin's name as the file spells it, for use in a query."""
        return self._names.in_file.get(name, name)


class _Names(dict[str, str]):
    """Maps names as the file spells them to cleaned names, each cleaned once; `in_file` maps them back."""

    def __init__(self) -> None:
        super().__init__()
        self.in_file: dict[str, str] = {}

    def __missing__(self, name: str) -> str:
        shown = self[name] = clean_line(name)
        if shown != name:
            self.in_file[shown] = name
        return shown


def _unreadable(
    seq: int,
    origin: str,
    n: int,
    hlc: int,
    incident: str,
    at: int,
    recorded: int,
    author: str,
    text: str,
    kind: str,
    data: str,
) -> Entry:
    """An entry with a time that no calendar has: shown at the nearest time that has, as text that changes nothing."""
    at, recorded = (min(max(ms, MIN_MS), MAX_MS) for ms in (at, recorded))
    body = Unknown(clean_line(kind), clean_json(data))
    return Entry(seq, origin, n, hlc, incident, at, recorded, author, clean(text), body)


def _body(kind: str, data: str) -> Body:
    data = clean_json(data)
    try:
        body = decode(kind, data)
    except RecursionError:  # nested deeper than anything written by this program or a later one
        body = Unknown(kind, data)
    return Unknown(clean_line(kind), body.data) if isinstance(body, Unknown) else body
