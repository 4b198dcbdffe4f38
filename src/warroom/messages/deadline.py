"""A time limit for filling in a template: whatever it does in a loop ends, in the console's thread or any other."""

from __future__ import annotations

import ctypes
import threading
from time import monotonic
from types import TracebackType


class TookTooLong(Exception):
    """Raised inside of a `Deadline` that has passed."""


class Deadline:
    """Raises TookTooLong in the thread that entered it, at the next step of Python code after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = 0
        self.at = 0.0
        """When it passes, in monotonic seconds."""

    def __enter__(self) -> None:
        self._thread = threading.get_ident()
        self.at = monotonic() + self._seconds
        _watch.add(self)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        _watch.discard(self)

    def interrupt(self) -> None:
        """Raise TookTooLong in the thread that entered it."""
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(TookTooLong))


class _Watch:
    """One thread for all deadlines, because a message has several at each key, and a thread for each costs more.

    It ends when it wakes up and there is no deadline left.
    """

    def __init__(self) -> None:
        # A plain lock: in one written in Python, TookTooLong could be raised once it is taken, and nothing release it.
        self._lock = threading.Lock()
        self._deadlines: set[Deadline] = set()
        self._wakes_at = 0.0
        self._sooner = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, deadline: Deadline) -> None:
        with self._lock:
            self._deadlines.add(deadline)
            if self._thread is None or not self._thread.is_alive():
                self._wakes_at = deadline.at
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif deadline.at < self._wakes_at:
                self._wakes_at = deadline.at
                self._sooner.set()

    def discard(self, deadline: Deadline) -> None:
        with self._lock:
            self._deadlines.discard(deadline)

    def _run(self) -> None:
        while True:
            self._sooner.wait(max(0.0, self._wakes_at - monotonic()))
            with self._lock:
                self._sooner.clear()
                now = monotonic()
                for deadline in [deadline for deadline in self._deadlines if deadline.at <= now]:
                    self._deadlines.discard(deadline)
                    deadline.interrupt()
                if not self._deadlines:
                    self._thread = None
                    return
                self._wakes_at = min(deadline.at for deadline in self._deadlines)


_watch = _Watch()
