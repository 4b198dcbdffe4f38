"""Which copies of a journal, made by warroom itself and kept beside it, have words that were redacted since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from warroom.model.redaction import Words
from warroom.store import daily_copies, files
from warroom.store.connection import Connection
from warroom.store.errors import StoreError, translated
from warroom.store.leftovers import abandoned
from warroom.store.redacting import Redactor
from warroom.store.redactions import Redactions

_REDACTED = "SELECT origin, n, CAST(data AS BLOB) FROM journal WHERE kind = 'redacted'"
_HAS = "SELECT 1 FROM journal WHERE origin = ? AND n = ?"


def before_restore(journal: Path) -> list[Path]:
    """The journals that were there before a backup was restored; `restore` keeps them beside the journal."""
    with suppress(OSError):
        start = f"{journal.stem}-before-restore-"
        return sorted(
            path
            for path in journal.parent.iterdir()
            if path.name.startswith(start) and path.suffix == journal.suffix and path.is_file()
        )
    return []


def with_words(journal: Path, incident: str, words: Words) -> tuple[list[Path], list[Path]]:
    """The daily copies, and the journals from before a restore, in which the incident's entries or drafts have words.

    `incident` is as the file spells it. A copy that can't be read is left out.
    """

    def has(path: Path) -> bool:
        with suppress(StoreError):
            opened = files.connect_to_read(path.absolute())
            with closing(opened), translated(path):
                connection = Connection(path, files.Opened(opened, (0, 0), files.version_of(opened, path)), 1.0)
                return Redactor(connection).find(incident, words).anything
        return False

    return list(filter(has, daily_copies.copies(journal))), list(filter(has, before_restore(journal)))


def older_than_a_redaction(journal: Path) -> list[Path]:
    """The daily copies with entries that were redacted in the journal since, by what both have logged.

    Raises StoreError if the journal can't be read; a copy that can't be is left out.
    """
    copies = daily_copies.copies(journal)
    if not copies:
        return []
    redactions = list(_redactions(journal))
    return [path for path in copies if redactions and _lacks_one(path, redactions)]


def unfinished(journal: Path) -> list[Path]:
    """Files beside a journal, and among its daily copies, that a killed process began and never finished.

    They may have words that were redacted since. Those of the journal's own backups in other folders are not known.
    """
    return [*abandoned(journal.parent), *daily_copies.unfinished(journal)]


def redact_texts(folder: Path, words: Words) -> tuple[int, list[Path]]:
    """Put the mark in the place of the words in the messages that were saved in a folder when they were copied.

    Returns how many had them, and those that could not be changed.
    """
    changed, left = 0, []
    with suppress(OSError):
        for path in sorted(folder.glob("*.txt")):
            try:
                text = path.read_text("utf-8", "surrogateescape")
            except OSError:
                continue  # as it can't be read, nobody reads the words
            if not words.are_in(text):
                continue
            try:
                path.write_text(words.redact(text), "utf-8", "surrogateescape")
                changed += 1
            except OSError:
                left.append(path)
    return changed, left


def has_redactions(journal: Path) -> bool:
    """Whether anything was ever redacted in a journal. Raises StoreError if it can't be read."""
    return any(True for _ in _redactions(journal))


class _Redaction(msgspec.Struct, frozen=True):
    """The key of the entry that logs a redaction, and those of the entries that it changed."""

    key: tuple[str, int]
    changed: list[tuple[str, int]]


def _redactions(path: Path) -> Iterator[_Redaction]:
    with translated(path), closing(files.connect_to_read(path.absolute())) as connection:
        for origin, n, data in connection.execute(_REDACTED).fetchall():
            found = Redactions()
            found.add(data, is_imported=False)
            keys = (key.rpartition(":") for key in found.digests)
            yield _Redaction((origin, n), [(name, int(number)) for name, _, number in keys if number.isdigit()])


def _lacks_one(path: Path, redactions: list[_Redaction]) -> bool:
    with suppress(StoreError), translated(path), closing(files.connect_to_read(path.absolute())) as connection:

        def has(key: tuple[str, int]) -> bool:
            return bool(connection.execute(_HAS, key).fetchall())

        return any(not has(one.key) and any(map(has, one.changed)) for one in redactions)
    return False
