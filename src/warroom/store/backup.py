"""Copying a journal file while it is in use."""

from __future__ import annotations

import os
from pathlib import Path

from warroom.store.connection import Connection
from warroom.store.errors import DiskFull, StoreError, disk_full, translated
from warroom.store.files import sync_folder
from warroom.text.cleaning import clean, clean_line


def backup(connection: Connection, to: Path) -> None:
    """Write a consistent single-file copy (mode 0600), even while others write. Raises StoreError if `to` exists."""
    to = to.absolute()
    if not str(to).isprintable() and clean(str(to)) != str(to):
        raise StoreError(f"{clean_line(str(to))} is not a name that SQLite can write to: give the backup another name.")
    with translated(to):
        try:
            descriptor = os.open(to, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except FileExistsError:
            raise StoreError(f"{to} already exists: name another file for the backup.") from None
        try:
            try:
                connection.rows("VACUUM INTO ?", str(to))
            except DiskFull:
                raise disk_full(to) from None
            os.fsync(descriptor)
        except BaseException:
            to.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        sync_folder(to.parent)
