"""How many there are, in words that agree."""

from __future__ import annotations


def counted(n: int, what: str, several: str = "") -> str:
    """A number of things: `1 line`, `1,204 lines`; `several` is the word for more than one, if `s` doesn't make it."""
    return f"{n:,} {what if n == 1 else several or f'{what}s'}"
