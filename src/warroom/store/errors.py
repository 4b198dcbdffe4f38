"""The errors of the store, each with one sentence for the user; the only place that translates sqlite3's errors."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warroom.text.cleaning import clean_line


class StoreError(Exception):
    """A journal file could not be read or written; str() says what happened and what to do about it.

    SQLite's messages may quote text from the file, so they are cleaned like everything that is read from it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(clean_line(sentence))


class Missing(StoreError):
    """There is no file where a journal was expected."""


class NotAJournal(StoreError):
    """The file belongs to another program, or is empty; it is left untouched."""


class NewerFile(StoreError):
    """The file was written by a newer version of the program."""


class Unwritable(StoreError):
    """The file or its folder lacks the permission that is needed."""


class DiskFull(StoreError):
    """There was no space for the write; it was undone completely."""


class Busy(StoreError):
    """Another process kept the file locked for longer than `busy_s`."""


class Gone(StoreError):
    """The file was deleted, moved or replaced while it was open."""


class Damaged(StoreError):
    """The file's structure is broken; `why` says how, in SQLite's words."""

    def __init__(self, sentence: str, why: str = "") -> None:
        super().__init__(sentence)
        self.why = clean_line(why)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every sqlite3 or OS error about `path` into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code: int | None = getattr(error, "sqlite_errorcode", None)
        if code is None:
            if _UNREADABLE in str(error):
                raise damaged(path, _NO_TEXT) from error
            raise  # raised by the sqlite3 module about our use of it, not by SQLite about the file
        raise _from_sqlite(path, error, code) from error
    except UnicodeDecodeError as error:  # in what SQLite says about a damaged file, or in a name that it has
        raise damaged(path, _NO_TEXT) from error
    except OSError as error:
        raise _from_os(path, error) from error


_UNREADABLE = "Could not decode to UTF-8"
_NO_TEXT = "text in it is broken"


def damaged(path: Path, why: str) -> Damaged:
    """The error for a file whose structure is broken."""
    return Damaged(
        f"{path} is damaged ({why}): keep a copy of it as it is, run `warroom verify` to see what is affected, and "
        f"restore a backup.",
        why,
    )


def gone(path: Path) -> Gone:
    """The error for an open file that is no longer at its path, where another one may be, as after a restore."""
    if os.path.lexists(path):
        return Gone(
            f"{path} was replaced while it was open, as by `warroom restore`: nothing more is written to the old file. "
            f"Quit and open warroom again, or put the old file back."
        )
    return Gone(
        f"{path} was deleted or moved while it was open: nothing more is written to it. "
        f"Put the file back, or start again with another file."
    )


def locked(path: Path) -> Busy:
    """The error for a file that another process has locked."""
    return Busy(f"{path} is locked by another process: try again, or close what holds it open.")


def is_unwritable(error: sqlite3.Error) -> bool:
    """Whether SQLite has no permission to write the file, or the temporary file that it needs next to it."""
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)


def _from_sqlite(path: Path, error: sqlite3.Error, code: int) -> StoreError:
    primary = code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(path)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return gone(path)
    if code in (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY):
        return Unwritable(
            f"{path} contains an interrupted write, and undoing it needs write permission on the file and its "
            f"folder: grant it, then try again."
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _only_readable(path) if _is_on_read_only_disk(path) else _unwritable(path)
    if primary == sqlite3.SQLITE_CANTOPEN:
        return _unwritable(path) if os.path.exists(path) else gone(path)  # noqa: PTH110 - Path.exists may raise
    if primary == sqlite3.SQLITE_FULL:
        return disk_full(path)
    if code == sqlite3.SQLITE_IOERR_WRITE:
        return _failed_write(path)
    if primary == sqlite3.SQLITE_NOTADB:
        return not_a_journal(path)
    if primary == sqlite3.SQLITE_CORRUPT:
        return damaged(path, str(error))
    if "no such table" in str(error):
        return not_a_journal(path, "it has been emptied or replaced")
    name = getattr(error, "sqlite_errorname", code)
    if primary == sqlite3.SQLITE_IOERR:
        return StoreError(
            f"The disk failed while {path} was read or written ({name}): check the disk, or use another file."
        )
    return StoreError(f"{path} could not be used ({name}: {error}): run `warroom verify` on it.")


def _failed_write(path: Path) -> StoreError:
    """The error for a write that failed; SQLite doesn't say why, so a small file is written in the same place."""
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=path.parent) as trial:
            trial.write(bytes(_TRIAL_BYTES))
            trial.flush()
            os.fsync(trial.fileno())
        if path.stat().st_size + _TRIAL_BYTES > _largest_file():
            return disk_full(path)
    except OSError as error:
        return _from_os(path, error)
    return _disk_failed(path)


_TRIAL_BYTES = 65_536


def _largest_file() -> float:
    """The largest size of a file, in bytes, that this process may write."""
    try:
        import resource
    except ImportError:
        return float("inf")
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return float("inf") if limit == resource.RLIM_INFINITY else limit


def _disk_failed(path: Path) -> StoreError:
    return StoreError(f"The disk failed while {path} was read or written: check the disk, or use another file.")


def _only_readable(path: Path) -> Unwritable:
    return Unwritable(f"{path} is on a disk that can only be read: use a file on another one.")


def _is_on_read_only_disk(path: Path) -> bool:
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (AttributeError, OSError):
        return False


def _from_os(path: Path, error: OSError) -> StoreError:
    if error.errno in (errno.EACCES, errno.EPERM):
        return _unwritable(path)
    if error.errno == errno.EROFS:
        return _only_readable(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full(path)
    if error.errno == errno.EIO:
        return _disk_failed(path)
    if error.errno == errno.ENAMETOOLONG:
        return StoreError(f"{str(path)[:200]}… is too long for the name of a file: use a shorter one.")
    if error.errno == errno.ELOOP:
        return StoreError(f"{path} is a link that leads nowhere: use another file.")
    return StoreError(f"{path} could not be used ({error.strerror or error}): check the path, or use another file.")


def not_a_journal(path: Path, why: str = "it is not one") -> NotAJournal:
    """The error for a file that is not a journal; `why` follows the colon."""
    return NotAJournal(
        f"{path} cannot be opened as a journal: {why}. It is left untouched; name another file, or move this one away."
    )


def _unwritable(path: Path) -> Unwritable:
    return Unwritable(
        f"{path} cannot be opened or written with your permissions: grant write access to the file and its folder, or "
        f"use another file."
    )


def disk_full(path: Path) -> DiskFull:
    """The error for a full disk, after the write was undone."""
    return DiskFull(f"There is no space left to write {path}: nothing was saved. Free some space, then try again.")
