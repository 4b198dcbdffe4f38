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


_BRIEF_S = 0.05
_BRIEF_SHARE = 0.2

Result = TypeVar("Result")


class Patience:
    """How long a statement may wait for a locked file: `busy_s` seconds each time, unless `briefly` is set.

    A process that has keys to answer waits briefly: 50 ms, but never more than a fifth of its time, so that many
    statements in a row don't add up; with none of that left, each statement is tried once.
    """

    def __init__(self, busy_s: float) -> None:
        self.busy_s = busy_s
        self.briefly = False
        self._left, self._left_at = _BRIEF_S, monotonic()

    def seconds(self) -> float:
        """Return how long the next statement may wait."""
        if not self.briefly:
            return self.busy_s
        now = monotonic()
        self._left = min(self._left + _BRIEF_SHARE * (now - self._left_at), _BRIEF_S)
        self._left_at = now
        return self._left

    def spend(self, waited: float) -> None:
        """Take note of how many seconds a statement has waited."""
        if self.briefly:
            self._left = max(self._left - waited, 0.0)
            self._left_at = monotonic()


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection has the file locked."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def retry(run: Callable[[], Result], patience: Patience) -> Result:
    """Run a statement, again while the file is locked; raises SQLite's BUSY error when the patience is at its end."""
    try:
        return run()
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        busy = error
    start = monotonic()
    deadline = start + patience.seconds()
    try:
        while monotonic() < deadline:
            sleep(0.001)  # SQLite itself doesn't wait if it considers waiting useless
            try:
                return run()
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                busy = error
        raise busy
    finally:
        patience.spend(monotonic() - start)


class WriteLock:
    """SQLite's write lock; a connection holds it while it is in a transaction.

    On its own, SQLite tries for the lock only ten times a second after a while. A process that writes without pause, on
    a disk where a commit takes 10 ms, leaves the lock free for 1 % of the time, so that others fail after seconds. So
    we try every few ms, and a connection that has just held the lock for long pauses to let others have it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._acquired_at = self._released_at = 0.0

    def acquire(self, patience: Patience) -> None:
        """Begin a write transaction; raises SQLite's BUSY error when the patience is at its end."""
        held = self._released_at - self._acquired_at
        if held > _LONG_HOLD_S and monotonic() - self._released_at < held:
            sleep(min(held / 10, _LONGEST_PAUSE_S))
        retry(lambda: self._connection.execute("BEGIN IMMEDIATE"), patience)
        self._acquired_at = monotonic()

    def release(self, patience: Patience) -> None:
        """Commit, which releases the lock; waits until all readers are done. If it fails, the caller rolls back."""
        retry(lambda: self._connection.execute("COMMIT"), patience)
        self._released_at = monotonic()
