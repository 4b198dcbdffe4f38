"""Opening and creating a journal file, and recognizing one."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warroom.store.errors import Missing, NewerFile, StoreError, gone, is_unwritable, not_a_journal, translated
from warroom.store.leftovers import remove_leftovers, unfinished_name
from warroom.store.words import VIEW
from warroom.text.cleaning import clean_line

APPLICATION_ID = 0x57526F6D  # "WRom", at offset 68 of the file
VERSION = 9
"""The number of migrations this version knows; `PRAGMA user_version` of a file is the number it has had."""

READABLE_FROM = 4
"""A file with at least this many migrations can be read without migrating it, if there is no write permission."""

FileId = tuple[int, int]
"""The identity of a file, whatever its name: device and inode."""


class Opened(NamedTuple):
    """An open file: SQLite's connection to it, which file it is, and how many migrations it has had."""

    sqlite: sqlite3.Connection
    file_id: FileId
    version: int


def connect(path: Path, *, create: bool, busy_s: float) -> Opened:
    """Open the journal at an absolute path and migrate it; if it does not exist and `create` is set, create it.

    Raises StoreError; a file that is not a journal is never touched. A file without write permission opens for reading.
    """
    with translated(path):
        if create and not os.path.lexists(path):
            _create(path)
        file_id = _file_id_of_journal(path)
        remove_leftovers(path)
        connection = _connection(path, busy_s)
        try:
            version = _up_to_date(connection, version_of(connection, path))
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            if file_id_of(path) != file_id:
                raise gone(path)
        except BaseException:
            connection.close()
            raise
        return Opened(connection, file_id, version)


def connect_to_read(path: Path, *, busy_s: float = 5.0) -> sqlite3.Connection:
    """Open the journal at an absolute path for reading only.

    SQLite may still undo an interrupted write, as it does for every reader with permission. Raises StoreError.
    """
    with translated(path):
        _file_id_of_journal(path)
        connection = _connection(path, busy_s)
        try:
            connection.execute("PRAGMA query_only = ON")
            version_of(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def file_id_of(path: Path) -> FileId | None:
    """The identity of the file now at `path`; None if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - polled; pathlib adds as much again
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The number of migrations a journal has had. Raises NotAJournal, or NewerFile."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise not_a_journal(path, "it is a database of another program")
    if version > VERSION:
        raise NewerFile(
            f"{path} was written by a newer warroom (file version {version}, this one supports {VERSION}): update "
            f"warroom, or use another file."
        )
    for kind, name in connection.execute(_NOT_OURS, [VIEW]):
        raise not_a_journal(path, f"another program has put the {kind} {clean_line(name)} into it")
    return int(version)


# A view in the place of a table may have no end, and a trigger may do anything at every entry.
_TABLES = (
    "'journal', 'origin', 'head', 'tally', 'desk', 'preferences', 'imported', 'redaction', 'summary', 'summarized'"
)
_NOT_OURS = f"""
SELECT type, name FROM sqlite_schema
WHERE type = 'view' AND (name IN ({_TABLES}, 'journal_fts') OR name = 'journal_words' AND sql IS NOT ?)
OR type = 'trigger' AND tbl_name = 'journal_words'
OR type = 'trigger' AND tbl_name IN ({_TABLES})
AND name NOT IN ('journal_no_replace', 'journal_no_update', 'journal_no_delete', 'journal_head', 'journal_block')
ORDER BY name = 'journal_words' LIMIT 1
"""


def _up_to_date(connection: sqlite3.Connection, version: int) -> int:
    """Migrate an older file, if there is permission; returns the version it has now."""
    if version == VERSION:
        return version
    from warroom.store.migrations import migrate

    try:
        migrate(connection, VERSION)
    except sqlite3.OperationalError as error:
        if version < READABLE_FROM or not is_unwritable(error):
            raise
        return version
    return VERSION


def _file_id_of_journal(path: Path) -> FileId:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            target = path.readlink()
            raise Missing(
                f"{path} is a link to {target}, which does not exist: mend the link, or name another file."
            ) from None
        raise Missing(f"There is no journal at {path}: check the path, or declare an incident to make one.") from None
    if not stat.S_ISREG(found.st_mode):
        raise not_a_journal(path, "it is not a regular file")
    if found.st_size == 0:
        raise not_a_journal(path, "it is empty, which a journal never is")
    return found.st_dev, found.st_ino


def _connection(path: Path, busy_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=busy_s, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    # Some builds overwrite freed space with zeros. Here only merges of the search index free any, and on an almost full
    # disk a commit would need twice the space. A redaction sets this for itself.
    connection.execute("PRAGMA secure_delete = OFF").fetchall()
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def main_file(path: Path) -> Path | None:
    """The file that SQLite takes a file of this name to belong to, and deletes it with; None if there is none."""
    for ending in ("-journal", "-wal", "-shm"):
        main = path.with_name(path.name.removesuffix(ending) or path.name)
        if main != path and main.exists():
            return main
    return None


def _create(path: Path) -> None:
    """Create the file under a temporary name and link it into place, so that nobody sees an incomplete journal."""
    if (main := main_file(path)) is not None:
        raise StoreError(
            f"{path} is the name of a file that SQLite may delete with {main}: give the journal another one."
        )
    _create_folder(path.parent)
    remove_leftovers(path)
    making = unfinished_name(path)
    try:
        descriptor = os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            os.fchmod(descriptor, 0o600)  # whatever the umask took away
        finally:
            os.close(descriptor)
        connection = _connection(making, busy_s=5.0)
        try:
            from warroom.store.migrations import migrate

            connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            migrate(connection, VERSION)
        finally:
            connection.close()
        with suppress(FileExistsError):  # another process was quicker; its file is as good
            give_name(making, path)
    finally:
        making.unlink(missing_ok=True)
    sync_folder(path.parent)


def give_name(made: Path, path: Path) -> None:
    """Give a file that is whole its name, which no other file may have. Raises FileExistsError, or OSError."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        # A file system without hard links: claim the name, then put the file in its place.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        made.replace(path)


def _create_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _create_folder(folder.parent)
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        return
    folder.chmod(0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, if the folder can be synced."""
    with suppress(OSError):  # no permission, or not supported by the file system: SQLite ignores this too
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
