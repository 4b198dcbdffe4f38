"""A time limit for matching patterns: Python's `re` lets signals interrupt it, and nothing else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_AGAIN_S = 0.005
_OURS = {str(file) for file in Path(__file__).parent.glob("*.py")}
"""Where patterns are matched from: the frame that a signal interrupts while `re` works is in one of these files."""


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
        if over:
            return
        if frame is not None and frame.f_code.co_filename not in _OURS:
            # In a callback of Python's own, such as its garbage collector's, an exception would be lost.
            signal.setitimer(signal.ITIMER_VIRTUAL, _AGAIN_S)
            return
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
