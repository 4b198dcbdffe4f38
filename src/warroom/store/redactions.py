"""What the journal's redactions recorded, by which a changed entry is told from one that was redacted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from warroom.store.digest import content_digest, digest

RECORDED = """
SELECT CAST(data AS BLOB), EXISTS (SELECT 1 FROM imported WHERE j.seq BETWEEN first AND last) FROM journal j
WHERE kind = 'redacted' ORDER BY hlc, origin, n
"""
"""The query for `Redactions.read`."""


class _Record(msgspec.Struct):
    """What matters here of the data of a redaction entry."""

    digests: dict[str, str]
    links: dict[str, str] = {}


class Redactions:
    """For each redacted entry, by its key: what it says since the last redaction, and its place in this file's chain.

    `digests` are content digests in hexadecimal. `links` has `link` of the entries that were redacted in this file,
    whose own digest is that of what they said before, so that it no longer ties them to the entry before.
    """

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.links: dict[str, str] = {}

    @classmethod
    def read(cls, rows: Iterable[tuple[str | bytes, bool]]) -> Redactions:
        """Take the rows of the query RECORDED: the data of each redaction, and whether it was imported."""
        found = cls()
        for data, is_imported in rows:
            found.add(data, is_imported=bool(is_imported))
        return found

    def add(self, data: str | bytes, *, is_imported: bool) -> None:
        """Add a later redaction. Data that is none is passed over; `verify` finds that by the entry's own digest."""
        try:
            record = msgspec.json.decode(data, type=_Record)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        self.digests |= record.digests
        if not is_imported:
            self.links |= record.links

    def hold(self, key: str, previous: bytes, fields: Sequence[str | int | bytes], stored: bytes) -> bool:
        """Whether an entry is as it was written or, if it was redacted, as the last redaction left it."""
        known = self.digests.get(key)
        if known is not None and content_digest(*fields).hex() != known:
            return False
        if digest(previous, *fields) == stored:
            return True
        return known is not None and self.links.get(key) == link(previous, stored)


def link(previous: bytes, stored: bytes) -> str:
    """What ties a redacted entry to the one before it: a digest over both their digests, in hexadecimal."""
    return digest(previous, stored).hex()
