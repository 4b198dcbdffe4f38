"""The connection to an open journal file: error translation, locking and transactions for every statement.

The journal and the preferences share one connection and use SQLite only through it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from warroom.store import files
from warroom.store.errors import gone, is_unwritable, translated
from warroom.store.write_lock import RETRY_MS, Patience, WriteLock, is_busy, retry


class Connection:
    """An open journal file: runs SQL on it, one transaction at a time. Raises only StoreErrors.

    `version` is the number of migrations the file has had, `patience` how long to wait while others have it locked,
    `sqlite` SQLite's own connection, for pragmas and measurements. Only one thread may use it at a time; any
    number of processes may have the same file open.
    """

    def __init__(self, path: Path, opened: files.Opened, busy_s: float) -> None:
        self.path = path
        self.sqlite = opened.sqlite
        self.version = opened.version
        self.busy_s = busy_s
        self.patience = Patience(busy_s)
        self.file_id = opened.file_id
        """Which file is open, whatever is at `path` by now."""
        self._lock = WriteLock(opened.sqlite)
        with translated(path):
            self._set_timeout()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, busy_s: float = 5.0) -> Connection:
        """Open the file at `path`; if it does not exist and `create` is set, create it (0600, new folders 0700).

        `busy_s` is how many seconds to wait for other writers. A file without write permission opens for reading.
        Raises Missing, NotAJournal, NewerFile, Unwritable, Busy, DiskFull or Damaged.
        """
        path = path.absolute()
        return cls(path, files.connect(path, create=create, busy_s=busy_s), busy_s)

    @classmethod
    def open_to_read(cls, path: Path, *, busy_s: float = 5.0) -> Connection:
        """Open the file at `path` for reading only, which is quick: nothing beside it is looked at or tidied up.

        Raises StoreError, also if there is no file.
        """
        path = path.absolute()
        with translated(path):
            sqlite = files.connect_to_read(path, busy_s=busy_s)
            try:
                (version,) = sqlite.execute("PRAGMA user_version").fetchone()
                return cls(path, files.Opened(sqlite, files.file_id_of(path) or (0, 0), int(version)), busy_s)
            except BaseException:
                sqlite.close()
                raise

    def wait_briefly(self) -> None:
        """From now on, wait 50 ms at most while others have the file locked, and a fifth of the time in all."""
        self.patience.briefly = True
        with translated(self.path):  # SQLite itself no longer waits: it would do so for each statement
            self._set_timeout()

    def _set_timeout(self) -> None:
        self.sqlite.execute(f"PRAGMA busy_timeout = {0 if self.patience.briefly else RETRY_MS}").fetchall()

    def close(self) -> None:
        """Close the file."""
        self.sqlite.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def check_in_place(self) -> None:
        """Make sure that the file at `path` is still the one that was opened. Raises Gone."""
        with translated(self.path):
            if files.file_id_of(self.path) != self.file_id:
                raise gone(self.path)

    # Reading

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """Run a statement and return all its rows, so that no unfinished read blocks a writer. Raises StoreError."""
        with translated(self.path):
            try:
                return self.sqlite.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if is_busy(error):
                    return retry(lambda: self.sqlite.execute(sql, parameters).fetchall(), self.patience)
                if hasattr(error, "sqlite_errorcode"):
                    raise
            # Text that is not UTF-8: a damaged byte must not hide the rest of the entry, nor the other entries.
            try:
                self.sqlite.text_factory = _as_far_as_readable
                return self.sqlite.execute(sql, parameters).fetchall()
            finally:
                self.sqlite.text_factory = str

    @contextmanager
    def same_moment(self) -> Iterator[None]:
        """Let several reads see the same state of the file, whatever others write in the meantime."""
        if self.sqlite.in_transaction:
            yield
            return
        with translated(self.path):
            self.sqlite.execute("BEGIN")
        try:
            yield
        finally:
            with translated(self.path):
                if self.sqlite.in_transaction:  # an I/O error has ended it already
                    self.sqlite.execute("COMMIT")

    def data_version(self) -> int:
        """Return a number that changes when another connection commits; cheap enough to poll. Raises Gone."""
        self.check_in_place()
        return int(self.rows("PRAGMA data_version")[0][0])

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock for several statements: all of them are committed, or none.

        Raises Busy. Raises Gone, and commits nothing, if the file at `path` is no longer the one that was opened.
        """
        self.check_in_place()
        with translated(self.path):
            try:
                self._lock.acquire(self.patience)
            except sqlite3.OperationalError as error:
                if not (is_unwritable(error) and self._open_for_writing()):
                    raise
                self._lock.acquire(self.patience)
        try:
            yield
            self.check_in_place()
            with translated(self.path):
                self._lock.release(self.patience)
        except BaseException:
            # Some errors (a full disk) have rolled back already; one while rolling back must not hide the first.
            with suppress(sqlite3.Error):
                if self.sqlite.in_transaction:
                    self.sqlite.execute("ROLLBACK")
            raise

    @contextmanager
    def overwriting(self) -> Iterator[None]:
        """Overwrite what is replaced or removed with zeros, for as long as this lasts."""
        self.rows("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            self.rows("PRAGMA secure_delete = OFF")

    def vacuum(self) -> None:
        """Write the whole file anew, so that its unused parts keep nothing of what was there. Raises StoreError."""
        self.check_in_place()
        with translated(self.path):
            retry(lambda: self.sqlite.execute("VACUUM"), self.patience)

    def _open_for_writing(self) -> bool:
        """Open a file again that could only be read when it was opened, if it can be written by now."""
        if not os.access(self.path, os.W_OK):
            return False
        opened = files.connect(self.path, create=False, busy_s=self.busy_s)
        if opened.file_id != self.file_id:
            opened.sqlite.close()
            raise gone(self.path)
        self.sqlite.close()
        self.sqlite, self.version, self._lock = opened.sqlite, opened.version, WriteLock(opened.sqlite)
        self._set_timeout()
        return True

    def write(self, sql: str, *parameters: object) -> int:
        """Run one statement of the transaction and return the rowid it inserted, if any. Raises StoreError."""
        if not self.sqlite.in_transaction:
            raise RuntimeError("writing needs a transaction that has neither ended nor failed")
        with translated(self.path):
            return self.sqlite.execute(sql, parameters).lastrowid or 0


def _as_far_as_readable(raw: bytes) -> str:
    return raw.decode(errors="replace")
