"""Entries of other journals, and what becomes of one that was redacted in one journal and not in the other."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warroom.model.entries import Entry
from warroom.model.redaction import mark, only_redacts, only_redacts_json
from warroom.store.connection import Connection
from warroom.store.digest import content_digest
from warroom.store.errors import StoreError
from warroom.store.redactions import Redactions


class NotImported(StoreError):
    """The entries contradict those in the journal, or each other; nothing was written."""


class Foreign(msgspec.Struct, frozen=True):
    """An entry as journals exchange it; the fields are the columns of the journal. Times in ms UTC."""

    origin: str
    n: int
    hlc: int
    incident: str
    at: int
    recorded: int
    author: str
    kind: str
    text: str
    data: str

    @classmethod
    def of(cls, entry: Entry, data: str) -> Foreign:
        """An entry and the text of its `data` column, in this form."""
        return cls(
            entry.origin,
            entry.n,
            entry.hlc,
            entry.incident,
            entry.at,
            entry.recorded,
            entry.author,
            entry.kind,
            entry.text,
            data,
        )

    @property
    def key(self) -> str:
        """The entry's key, `origin:n`."""
        return f"{self.origin}:{self.n}"

    @property
    def digest(self) -> str:
        """Its content digest, in hexadecimal."""
        return content_digest(*msgspec.structs.astuple(self)).hex()


class BothRedactions:
    """The redactions of an incident, both those logged here and those that come with entries to import."""

    def __init__(self, connection: Connection, entries: Iterable[Foreign]) -> None:
        rows = connection.rows("SELECT hlc, origin, n, data FROM journal WHERE kind = 'redacted'")
        both = {tuple(row[:3]): row[3] for row in rows}
        both |= {(entry.hlc, entry.origin, entry.n): entry.data for entry in entries if entry.kind == "redacted"}
        in_order = [both[order] for order in sorted(both)]
        found = Redactions.read((data, True) for data in in_order)
        self._digests = found.digests
        self._marks = {mark(because) for data in in_order if (because := _reason(data))}

    def take_theirs(self, ours: Foreign, theirs: Foreign) -> bool:
        """Whether an entry that differs must be redacted here as it was there; False if it is ours that was redacted.

        Raises NotImported if they differ in any other way. A log that claims a redaction can't change what an entry
        says: it may only put marks in the place of words.
        """
        if self._redacts(ours, theirs):
            return True
        if self._redacts(theirs, ours):
            return False
        if ours.key in self._digests:
            raise NotImported(
                f"Entry {ours.key} was redacted in only one of the two journals, or differently in each, so nothing "
                f"was imported: redact the same words in both, with the same reason, then export it again."
            )
        raise NotImported(
            f"Entry {ours.key} is already here and says something else, so nothing was imported: one of the "
            f"two was changed, or two copies of one journal were both written to."
        )

    def _redacts(self, before: Foreign, after: Foreign) -> bool:
        return (
            self._digests.get(after.key) == after.digest
            and msgspec.structs.replace(before, text=after.text, data=after.data) == after
            and only_redacts(before.text, after.text, self._marks)
            and only_redacts_json(before.data, after.data, self._marks)
        )

    def check(self, new: Iterable[Foreign]) -> None:
        """Raise NotImported if a new entry does not say what the last redaction of it left."""
        for entry in new:
            if self._digests.get(entry.key, entry.digest) != entry.digest:
                raise NotImported(
                    f"Entry {entry.key} does not say what it said after it was redacted, so nothing was imported: it "
                    f"was changed; export it again, from a journal that `warroom verify` finds intact."
                )


class _Reason(msgspec.Struct):
    because: str = ""


def _reason(data: str) -> str:
    try:
        return msgspec.json.decode(data, type=_Reason).because
    except (msgspec.DecodeError, RecursionError):
        return ""
