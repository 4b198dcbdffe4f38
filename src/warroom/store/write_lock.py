"""Waiting for a file that others are writing, so that nobody starves: the lock that writers take, and reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

RETRY_MS = 10
"""How long SQLite itself waits at a time. It waits 1, 2, 5 ms between tries and then longer, up to 100 ms: in short
rounds it never gets to the longer waits."""

_LONG_HOLD_S = 0.004
_LONGEST_PAUSE_S = 0.01


Result = TypeVar("Result")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection has the file locked."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def retry(run: Callable[[], Result], busy_s: float) -> Result:
    """Run a statement until the file is not locked; raises SQLite's BUSY when the busy time is over."""
    deadline = monotonic() + busy_s
    while True:
        try:
            return run()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or monotonic() >= deadline:
                raise
            sleep(0.001)  # SQLite doesn't wait at all where it sees that waiting can't help


class WriteLock:
    """SQLite's write lock as one connection acquires and releases it; holding it is being in a transaction.

    Left alone, SQLite tries for the lock ten times a second once it has waited a while. A process that writes without
    pause on a disk where a commit takes 10 ms leaves it free for a hundredth of the time, and the others fail after
    seconds. So we try every few ms, and a holder that has just held it for long pauses so that others can acquire it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._acquired_at = self._released_at = 0.0

    def acquire(self, busy_s: float) -> None:
        """Begin a transaction that may write; raises SQLite's BUSY when the busy time is over."""
        held = self._released_at - self._acquired_at
        if held > _LONG_HOLD_S and monotonic() - self._released_at < held:
            sleep(min(held / 10, _LONGEST_PAUSE_S))
        retry(lambda: self._connection.execute("BEGIN IMMEDIATE"), busy_s)
        self._acquired_at = monotonic()

    def release(self, busy_s: float) -> None:
        """Commit the transaction, which releases the lock, once all readers are done. If it fails, roll back."""
        retry(lambda: self._connection.execute("COMMIT"), busy_s)
        self._released_at = monotonic()
