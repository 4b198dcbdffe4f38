"""Putting a backup in the place of the journal; what was there before is kept beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from warroom.places import make_private_folder
from warroom.store import files, identity
from warroom.store.backup import backup
from warroom.store.connection import Connection
from warroom.store.errors import StoreError, translated
from warroom.store.verify import verify


class Restored(msgspec.Struct, frozen=True):
    """How many entries the journal has now, and where the file is that was there before (None if there was none)."""

    entries: int
    before: Path | None


def restore(source: Path, to: Path, stamp: str) -> Restored:
    """Put a copy of the backup `source` in the place of the journal `to`; the file that was there is kept beside it.

    `stamp` is put into that file's name, such as `2026-11-23-0341`. The restored file gets an id of its own, as if on
    another machine: what is logged from now on can't be mistaken for what was logged since the backup was made. At no
    moment is there no journal. Raises StoreError with the reason; then nothing was changed.
    """
    source, to = source.absolute(), to.absolute()
    if files.file_id_of(source) is not None and files.file_id_of(source) == files.file_id_of(to):
        raise StoreError(f"{source} is the journal itself: name a backup of it.")
    report = verify(source)
    if report.problems:
        raise StoreError(f"{source} is damaged, so nothing was restored: {report.problems[0]}")
    part = to.with_name(f".{to.name}.{os.getpid()}.restoring")
    before: Path | None = None
    with translated(to):
        make_private_folder(to.parent)
        part.unlink(missing_ok=True)
        try:
            with Connection.open(source, create=False) as connection:
                backup(connection, part)
            _give_new_id(part)
            if os.path.lexists(to):
                before = _put_aside(to, stamp)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        files.sync_folder(to.parent)
    return Restored(report.entries, before)


def _give_new_id(part: Path) -> None:
    with Connection.open(part, create=False) as connection, connection.transaction():
        connection.write("UPDATE origin SET id = ?", identity.new_origin())


def _put_aside(to: Path, stamp: str) -> Path:
    """Give the journal another name too, once nobody is writing to it."""
    number = 1
    while os.path.lexists(before := _aside(to, stamp, number)):
        number += 1
    try:
        with Connection.open(to, create=False) as connection, connection.transaction():
            before.hardlink_to(to)  # nobody is in the middle of writing
    except (StoreError, sqlite3.Error):
        if os.path.lexists(before):
            raise
        _move_damaged(to, before)
    return before


def _aside(to: Path, stamp: str, number: int) -> Path:
    more = f"-{number}" if number > 1 else ""
    return to.with_name(f"{to.stem}-before-restore-{stamp}{more}{to.suffix}")


def _move_damaged(to: Path, before: Path) -> None:
    """Keep a file that can't be opened any more, with what SQLite left beside it."""
    before.hardlink_to(to)
    leftover = to.with_name(f"{to.name}-journal")
    if leftover.exists():
        leftover.replace(before.with_name(f"{before.name}-journal"))
