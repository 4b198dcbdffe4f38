"""Putting a backup in the place of the journal; what was there before is kept beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from warroom.places import make_private_folder
from warroom.store import files, identity
from warroom.store.connection import Connection
from warroom.store.errors import Damaged, Missing, NotAJournal, StoreError, translated
from warroom.store.leftovers import remove_leftovers, unfinished_name
from warroom.store.verify import verify


class Restored(msgspec.Struct, frozen=True):
    """How many entries the journal has now, and where the file is that was there before (None if there was none)."""

    entries: int
    before: Path | None


class Found(msgspec.Struct, frozen=True):
    """What a restore would do: the entries of the backup, and those of the journal that the backup does not have.

    `newer` is None if the journal can't be read, or there is none; `last` is when the latest of them was written (ms
    UTC), and None without any.
    """

    entries: int
    newer: int | None
    last: int | None


def look(source: Path, to: Path) -> Found:
    """Check the backup `source`, and compare it with the journal `to`; changes nothing. Raises StoreError."""
    source, to = source.absolute(), to.absolute()
    if files.file_id_of(source) is not None and files.file_id_of(source) == files.file_id_of(to):
        raise StoreError(f"{source} is the journal itself: name a backup of it.")
    if not os.path.lexists(source):
        raise Missing(f"There is no backup at {source}: check the path.")
    report = verify(source)
    if not report.entries_whole:
        raise StoreError(f"{source} is damaged, so nothing was restored: {report.problems[0]}")
    if not os.path.lexists(to):
        return Found(report.entries, None, None)
    try:
        with closing(files.connect_to_read(to)) as journal, translated(to):
            journal.execute("ATTACH ? AS backup", [f"{source.as_uri()}?mode=ro"])
            newer, last = journal.execute(_NEWER).fetchone()
    except StoreError:  # damaged, or no journal: that is why somebody restores
        return Found(report.entries, None, None)
    return Found(report.entries, newer, last)


_NEWER = """
SELECT count(*), max(recorded) FROM main.journal j
WHERE NOT EXISTS (SELECT 1 FROM backup.journal b WHERE b.origin = j.origin AND b.n = j.n)
"""


def restore(source: Path, to: Path, stamp: str, found: Found | None = None) -> Restored:
    """Put a copy of the backup `source` in the place of the journal `to`; the file that was there is kept beside it.

    `found` is what `look` returned for both, if that has been called. `stamp` is put into that file's name, such as
    `2026-11-23-0341`. The restored file gets an id of its own, as if on another machine: what is logged from now on
    can't be mistaken for what was logged since the backup was made; its summaries are made anew. At no moment is there
    no journal. Raises StoreError with the reason; then nothing was changed.
    """
    source, to = source.absolute(), to.absolute()
    entries = (found or look(source, to)).entries
    part = unfinished_name(to)
    with translated(to):
        make_private_folder(to.parent)
        remove_leftovers(to)
        try:
            _copy(source, part)
            _give_new_id(part)
            before = _replace(to, part, stamp) if os.path.lexists(to) else None
            if before is None:
                part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        files.sync_folder(to.parent)
    return Restored(entries, before)


def _copy(source: Path, part: Path) -> None:
    """Copy the backup, also while somebody uses it; it is not changed itself, whatever version wrote it."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(files.connect_to_read(source)) as original, closing(sqlite3.connect(part)) as copy:
        original.backup(copy)


def _give_new_id(part: Path) -> None:
    with Connection.open(part, create=False) as connection, connection.transaction():
        connection.write("UPDATE origin SET id = ?", identity.new_origin())
        connection.write("DELETE FROM summarized")


def _replace(to: Path, part: Path, stamp: str) -> Path:
    """Put the restored file in the place of the journal, and keep that under another name, which is returned."""
    number = 1
    while os.path.lexists(before := _aside(to, stamp, number)):
        number += 1
    try:
        opened = files.connect(to, create=False, busy_s=5.0)
    except (Damaged, NotAJournal):
        before.hardlink_to(to)
        leftover = to.with_name(f"{to.name}-journal")
        if leftover.exists():  # SQLite would apply it to the restored file
            leftover.replace(before.with_name(f"{before.name}-journal"))
        part.replace(to)
        return before
    with closing(opened.sqlite) as connection:
        # Nobody may be in the middle of writing: what SQLite keeps beside the file then belongs to the old one.
        connection.execute("BEGIN IMMEDIATE")
        before.hardlink_to(to)
        part.replace(to)
        connection.execute("ROLLBACK")
    return before


def _aside(to: Path, stamp: str, number: int) -> Path:
    more = f"-{number}" if number > 1 else ""
    return to.with_name(f"{to.stem}-before-restore-{stamp}{more}{to.suffix}")
