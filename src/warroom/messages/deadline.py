"""A time limit for filling in a template: whatever it does in a loop ends, in the console's thread or any other."""

from __future__ import annotations

import ctypes
import threading
from types import TracebackType


class TookTooLong(Exception):
    """Raised inside of a `Deadline` that has passed."""


class Deadline:
    """Raises TookTooLong in the thread that entered it, at the next step of Python code after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._over = False
        self._timer = threading.Timer(seconds, self._interrupt)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._lock:
            self._over = True
        self._timer.cancel()

    def _interrupt(self) -> None:
        with self._lock:
            if not self._over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(TookTooLong))
