"""Taking turns at writing, so that of several processes that write without pause none waits in vain."""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep

_ROUND_MS = 10
_SLOW_S = 0.004
_LONGEST_PAUSE_S = 0.01


class WriteLock:
    """One connection's way to the write lock.

    Left alone, SQLite looks for the lock ten times a second once it has waited a while. A process that writes without
    pause on a disk where a commit takes 10 ms leaves it free for a hundredth of the time, and the others fail after
    seconds. So we look every few ms, and one that has just held the lock for long leaves a gap wide enough to be seen.
    """

    def __init__(self, connection: sqlite3.Connection, busy_s: float) -> None:
        self._connection = connection
        self._busy_ms = round(busy_s * 1000)
        self._taken = self._ended = 0.0

    def take(self) -> None:
        """Begin a transaction that may write; raises SQLite's BUSY when the busy time is over."""
        held = self._ended - self._taken
        if held > _SLOW_S and monotonic() - self._ended < held:
            sleep(min(held / 10, _LONGEST_PAUSE_S))
        # SQLite waits 1, 2, 5 ms between looks and then longer: in short rounds it never gets to the longer ones.
        self._connection.execute(f"PRAGMA busy_timeout = {min(_ROUND_MS, self._busy_ms)}").fetchall()
        try:
            for left in range(self._busy_ms // _ROUND_MS, -1, -1):
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    break
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or left == 0:
                        raise
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {self._busy_ms}").fetchall()
        self._taken = monotonic()

    def ended(self) -> None:
        """Note that the transaction was committed, and thus how long the lock was held."""
        self._ended = monotonic()
