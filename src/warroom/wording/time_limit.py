"""A time limit for matching patterns: Python's `re` lets signals interrupt it, and nothing else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(Exception):
    """Raised inside of `time_limit` when the time is over."""


def can_be_interrupted() -> bool:
    """Whether a time limit works here: only in the main thread, and only where there are timers that send signals."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong if the block needs more processor time; without effect where it can't be interrupted.

    Time that other programs take does not count, so that a busy machine makes no pattern slow.
    """
    if not can_be_interrupted():
        yield
        return
    over = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not over:
            raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
