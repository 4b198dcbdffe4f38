"""Copying a journal file while it is in use."""

from __future__ import annotations

import os
from pathlib import Path

from warroom.store import daily_copies
from warroom.store.connection import Connection
from warroom.store.errors import DiskFull, StoreError, disk_full, translated
from warroom.store.files import give_name, main_file, sync_folder
from warroom.store.leftovers import is_unfinished_name, remove_leftovers, unfinished_name
from warroom.text.cleaning import clean, clean_line


def backup(connection: Connection, to: Path) -> None:
    """Write a consistent single-file copy (mode 0600), even while others write.

    The file gets its name when it is whole. Raises StoreError if `to` exists, or has a name of files that SQLite
    or warroom delete.
    """
    to = to.absolute()
    if not str(to).isprintable() and clean(str(to)) != str(to):
        raise StoreError(f"{clean_line(str(to))} is not a name that SQLite can write to: give the backup another name.")
    with translated(to):
        _check_name(connection.path, to)
        remove_leftovers(to, others=True)
        part = unfinished_name(to)
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            try:
                connection.rows("VACUUM INTO ?", str(part))
            except DiskFull:
                raise disk_full(to) from None
            os.fsync(descriptor)
            give_name(part, to)
        except FileExistsError:
            raise _exists(to) from None
        finally:
            os.close(descriptor)
            part.unlink(missing_ok=True)
        sync_folder(to.parent)


def _check_name(journal: Path, to: Path) -> None:
    if os.path.lexists(to):
        raise _exists(to)
    if (main := main_file(to)) is not None:
        raise StoreError(f"{to} is the name of a file that SQLite deletes with {main}: give the backup another name.")
    if daily_copies.is_name_of_copy(journal, to) or is_unfinished_name(to.name):
        raise StoreError(f"{to} is a name of files that warroom deletes later: give the backup another name.")


def _exists(to: Path) -> StoreError:
    return StoreError(f"{to} already exists: name another file for the backup.")
