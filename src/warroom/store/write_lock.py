"""The lock that writers of a file take, shared fairly: of several processes that write without pause, none starves."""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep

_RETRY_MS = 10
_LONG_HOLD_S = 0.004
_LONGEST_PAUSE_S = 0.01


class WriteLock:
    """SQLite's write lock as one connection acquires and releases it; holding it is being in a transaction.

    Left alone, SQLite tries for the lock ten times a second once it has waited a while. A process that writes without
    pause on a disk where a commit takes 10 ms leaves it free for a hundredth of the time, and the others fail after
    seconds. So we try every few ms, and a holder that has just held it for long pauses so that others can acquire it.
    """

    def __init__(self, connection: sqlite3.Connection, busy_s: float) -> None:
        self._connection = connection
        self._busy_ms = round(busy_s * 1000)
        self._acquired_at = self._released_at = 0.0

    def acquire(self) -> None:
        """Begin a transaction that may write; raises SQLite's BUSY when the busy time is over."""
        held = self._released_at - self._acquired_at
        if held > _LONG_HOLD_S and monotonic() - self._released_at < held:
            sleep(min(held / 10, _LONGEST_PAUSE_S))
        # SQLite waits 1, 2, 5 ms between tries and then longer: in short rounds it never gets to the longer waits.
        self._connection.execute(f"PRAGMA busy_timeout = {min(_RETRY_MS, self._busy_ms)}").fetchall()
        try:
            for left in range(self._busy_ms // _RETRY_MS, -1, -1):
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    break
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or left == 0:
                        raise
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {self._busy_ms}").fetchall()
        self._acquired_at = monotonic()

    def release(self) -> None:
        """Commit the transaction, which releases the lock. Where that fails, the lock is held until the rollback."""
        self._connection.execute("COMMIT")
        self._released_at = monotonic()
