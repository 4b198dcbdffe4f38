"""Replacing words in the file itself: in entries, drafts and the search index, all or nothing.

An entry keeps its place in the hash chain: its digest stays that of what was written first, and the entry `redacted`,
which is chained itself, records the digest of what it says now. `verify` takes no other change for one that was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from warroom.model.kinds.redaction import Record
from warroom.model.kinds.reviews import PostMortemRead
from warroom.model.redaction import Words
from warroom.store.connection import Connection
from warroom.store.digest import FIRST, content_digest
from warroom.store.errors import DiskFull, StoreError
from warroom.store.foreign import Foreign
from warroom.store.redactions import RECORDED, Redactions, link
from warroom.store.search import FULL_BLOCKS
from warroom.text.cleaning import clean, clean_line

_PAGE = 5_000
_DRAFTS = "preferences"
_DRAFTS_FROM = 5
"""The migration since which that table has this name."""


class NotWiped(StoreError):
    """The words are redacted, but unused parts of the file may still have them."""


class Changed(msgspec.Struct, frozen=True):
    """A row of the journal as it will be; `text` and `data` are as the file has them."""

    seq: int
    key: str
    at: int
    kind: str
    text: bytes
    data: bytes
    fields: list[tuple[str, str]] = []
    """What changes in its data, such as a reason: the field, and what it will say."""

    @property
    def shown(self) -> str:
        """Its text, safe to show."""
        return clean(str(self.text, "utf-8", "replace"))

    @property
    def shown_fields(self) -> list[tuple[str, str]]:
        """What changes besides, safe to show on one line each; not what the text says too."""
        rows = [(clean_line(field).replace("_", " "), clean_line(text)) for field, text in self.fields]
        return [row for row in dict.fromkeys(rows) if row[1] != clean_line(self.shown)]


class Found(msgspec.Struct, frozen=True):
    """Where the words are: the incident's entries and this machine's drafts as they will be, and what stays.

    `kept` is the number of entries that have the words as their author's name or in an id; `elsewhere` that of the
    entries of other incidents that have them, by incident. `alike` has the keys of the incident's entries that stay
    although they have the same letters and digits. `learned` are entries of the register of readiness that say what
    somebody takes from the incident's post-mortem. `finished` says that an interrupted redaction was finished.
    """

    entries: list[Changed]
    drafts: dict[str, bytes]
    kept: int = 0
    elsewhere: dict[str, int] = {}
    alike: list[str] = []
    finished: bool = False
    learned: list[Changed] = []

    @property
    def anything(self) -> bool:
        """Whether there is anything to redact."""
        return bool(self.changed or self.drafts)

    @property
    def changed(self) -> list[Changed]:
        """All entries that change: the incident's own, and what somebody takes from its post-mortem."""
        return [*self.entries, *self.learned]


class _Read(msgspec.Struct):
    """What matters here of the data of a `PostMortemRead`."""

    read: str = ""


class Redactor:
    """Finds and replaces words in one file. What changes the file belongs into `Journal.writing()`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, incident: str, words: Words) -> Found:
        """Where the words are; `incident` is as the file spells it."""
        entries: list[Changed] = []
        learned: list[Changed] = []
        kept = 0
        elsewhere: Counter[str] = Counter()
        looks_alike: list[str] = []
        for seq, origin, n, of, at, author, kind, raw_text, raw_data in self._rows():
            text, data = _decoded(raw_text), _decoded(raw_data)
            new_text, new_data = text, data
            if words.are_in(text) or words.may_be_in_json(data):
                new_text, new_data = words.redact(text), words.redact_data(kind, data)
            key = f"{clean_line(origin)}:{n}"
            if (new_text, new_data) != (text, data):
                if of == incident or _is_learned_from(incident, kind, data):
                    fields = words.changed(kind, data)
                    one = Changed(seq, key, at, kind, _encoded(new_text), _encoded(new_data), fields)
                    (entries if of == incident else learned).append(one)
                else:
                    elsewhere[clean_line(of)] += 1
            if of == incident:
                stays = words.are_in(author) or words.are_in(new_data)
                kept += stays
                if not stays and words.look_like(new_text, new_data):
                    looks_alike.append(key)
        return Found(entries, self.drafts(words), kept, dict(elsewhere), looks_alike, learned=learned)

    def _rows(self) -> Iterator[tuple[int, str, int, str, int, str, str, bytes, bytes]]:
        seq = 0
        sql = (
            "SELECT seq, origin, n, incident, at, author, kind, CAST(text AS BLOB), CAST(data AS BLOB) FROM journal "
            "WHERE seq > ? ORDER BY seq LIMIT ?"
        )
        while rows := self._connection.rows(sql, seq, _PAGE):
            yield from rows
            seq = rows[-1][0]

    def drafts(self, words: Words) -> dict[str, bytes]:
        """The drafts that have the words in their name or text, as they will be."""
        found: dict[str, bytes] = {}
        if self._connection.version < _DRAFTS_FROM:  # only read, without permission to migrate it
            return found
        for name, raw in self._connection.rows(f"SELECT name, CAST(value AS BLOB) FROM {_DRAFTS}"):
            value = _decoded(raw)
            changed = words.redact_value(value) if words.may_be_in_json(value) else value
            if changed != value or words.are_in(name):
                found[name] = _encoded(changed)
        return found

    def replace(self, entries: Iterable[Changed], drafts: dict[str, bytes], words: Words | None = None) -> Record:
        """Change these entries and drafts; returns what the redaction must record. `words` are those in drafts' names.

        An entry that was not as written is changed too, but not recorded: `verify` goes on finding it.
        """
        run = self._connection.write
        before = Redactions.read(self._connection.rows(RECORDED))
        digests: dict[str, str] = {}
        links: dict[str, str] = {}
        run("INSERT OR REPLACE INTO redaction VALUES (1, 0)")
        entries = list(entries)
        for entry in entries:
            seq = entry.seq
            previous, stored = (bytes(found or FIRST) for found in self._connection.rows(_LINKS, seq)[0])
            was_intact = before.hold(entry.key, previous, self._fields(seq), stored)
            sql = "UPDATE journal SET text = CAST(? AS TEXT), data = CAST(? AS TEXT) WHERE seq = ?"
            run(sql, entry.text, entry.data, seq)
            if was_intact:
                digests[entry.key] = content_digest(*self._fields(seq)).hex()
                links[entry.key] = link(previous, stored)
        run(_FORGET_SUMMARIES, str([entry.seq for entry in entries]))
        for name, value in drafts.items():
            new = words.redact(name) if words is not None else name  # that of a question has the words it is about
            run(f"UPDATE OR REPLACE {_DRAFTS} SET name = ?, value = CAST(? AS TEXT) WHERE name = ?", new, value, name)
        return Record(len(entries), digests, links)

    def replace_imported(self, entries: Iterable[tuple[int, Foreign]]) -> Record:
        """Change entries, each named by its `seq`, into what they say where they were redacted."""
        return self.replace(
            [Changed(seq, one.key, one.at, one.kind, _encoded(one.text), _encoded(one.data)) for seq, one in entries],
            {},
        )

    def finish(self) -> int:
        """Make the search index anew, once all entries are there; returns what `wipe` needs to know."""
        run = self._connection.write
        run("INSERT INTO journal_fts (journal_fts) VALUES ('delete-all')")
        run(f"INSERT INTO journal_fts (rowid, text) SELECT seq, text FROM journal_words WHERE seq <= {FULL_BLOCKS}")
        run("UPDATE redaction SET entry = (SELECT max(seq) FROM journal)")
        return int(self._connection.rows("SELECT entry FROM redaction")[0][0])

    def unfinished(self) -> int | None:
        """What an interrupted redaction has left for `wipe`; None if there is none."""
        rows = self._connection.rows("SELECT entry FROM redaction")
        return int(rows[0][0]) if rows else None

    def wipe(self, entry: int, again: str = "`warroom redact` again with the same words") -> None:
        """Remove old copies of the words from unused parts of the file.

        Raises NotWiped, which says to run `again` what finishes it.
        """
        try:
            with self._connection.overwriting():
                self._connection.vacuum()
                with self._connection.transaction():
                    self._connection.write("DELETE FROM redaction WHERE entry <= ?", entry)
        except StoreError as error:
            why = "there is no space left. Free some space." if isinstance(error, DiskFull) else str(error)
            raise NotWiped(
                f"The words are redacted, but unused parts of the file may still have them: {why} Then run {again}."
            ) from error

    def _fields(self, seq: int) -> tuple[int | bytes, ...]:
        return tuple(self._connection.rows(f"SELECT {_CHAINED} FROM journal WHERE seq = ?", seq)[0])


# What was summed up may have the words; it is summed up again by whoever reads it next.
_FORGET_SUMMARIES = """
DELETE FROM summary WHERE incident IN (
    SELECT incident FROM journal WHERE seq IN (SELECT value FROM json_each(?))
)
"""

_CHAINED = ", ".join(
    f"CAST({column} AS BLOB)" if column in ("origin", "incident", "author", "kind", "text", "data") else column
    for column in ("origin", "n", "hlc", "incident", "at", "recorded", "author", "kind", "text", "data")
)

# Imported entries are chained in the order of their seq, all others in that of their origin's numbers.
_LINKS = """
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM imported WHERE j.seq BETWEEN first AND last) THEN (
        SELECT p.digest FROM journal p JOIN imported ON p.seq BETWEEN first AND last AND j.seq BETWEEN first AND last
        WHERE p.seq = j.seq - 1
    )
    ELSE (SELECT p.digest FROM journal p WHERE p.origin = j.origin AND p.n = j.n - 1)
END, j.digest FROM journal j WHERE j.seq = ?
"""


def _is_learned_from(incident: str, kind: str, data: str) -> bool:
    """Whether an entry says what somebody takes from the post-mortem of an incident."""
    if kind != PostMortemRead.tag():
        return False
    with suppress(msgspec.DecodeError, msgspec.ValidationError, UnicodeEncodeError):
        return msgspec.json.decode(data.encode(), type=_Read).read in (incident, clean_line(incident))
    return False


def _decoded(raw: bytes) -> str:
    """Text of the file as it stands; bytes that are not UTF-8 survive the way back."""
    return raw.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
