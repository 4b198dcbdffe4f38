"""Waiting for a file that other processes are writing, fairly enough that every writer gets its turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

RETRY_MS = 10
"""How long SQLite itself waits in one go. It pauses 1, 2, 5 ms between tries, then longer, up to 100 ms; a short limit
keeps it from the longer pauses."""

_LONG_HOLD_S = 0.004
_LONGEST_PAUSE_S = 0.01


Result = TypeVar("Result")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection has the file locked."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def retry(run: Callable[[], Result], busy_s: float) -> Result:
    """Run a statement, again while the file is locked; raises SQLite's BUSY error after `busy_s` seconds."""
    deadline = monotonic() + busy_s
    while True:
        try:
            return run()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or monotonic() >= deadline:
                raise
            sleep(0.001)  # SQLite itself doesn't wait if it considers waiting useless


class WriteLock:
    """SQLite's write lock; a connection holds it while it is in a transaction.

    On its own, SQLite tries for the lock only ten times a second after a while. A process that writes without pause, on
    a disk where a commit takes 10 ms, leaves the lock free for 1 % of the time, so that others fail after seconds. So
    we try every few ms, and a connection that has just held the lock for long pauses to let others have it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._acquired_at = self._released_at = 0.0

    def acquire(self, busy_s: float) -> None:
        """Begin a write transaction; raises SQLite's BUSY error after `busy_s` seconds."""
        held = self._released_at - self._acquired_at
        if held > _LONG_HOLD_S and monotonic() - self._released_at < held:
            sleep(min(held / 10, _LONGEST_PAUSE_S))
        retry(lambda: self._connection.execute("BEGIN IMMEDIATE"), busy_s)
        self._acquired_at = monotonic()

    def release(self, busy_s: float) -> None:
        """Commit, which releases the lock; waits until all readers are done. If it fails, the caller rolls back."""
        retry(lambda: self._connection.execute("COMMIT"), busy_s)
        self._released_at = monotonic()
