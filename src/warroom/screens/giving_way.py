"""Threads that load for long give way to keys sooner than is usual."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_USUAL_S = sys.getswitchinterval()
_TURN_S = _USUAL_S / 10
"""How long a thread works on while the screen waits; a key has to wait many times."""
_LOCK = Lock()
_loading = 0
"""How many threads load now."""


@contextmanager
def giving_way() -> Iterator[None]:
    """Let the screen in sooner while this thread loads; of several at once, the last to end sets it back for all."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(by: int) -> None:
    global _loading
    with _LOCK:
        _loading += by
        sys.setswitchinterval(_TURN_S if _loading else _USUAL_S)
