"""What texts became is remembered: a message is composed again at each key, and nearly all of it is the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_SHORT = 400
"""Characters of a text that is remembered; longer ones are rare, and would take much memory."""
_MOST = 1024
"""Texts that are remembered for each function."""


def remembered(function: Callable[Concatenate[str, _P], str]) -> Callable[Concatenate[str, _P], str]:
    """A function of a text that gives the same for the same arguments, with its last results kept."""
    kept = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def of(text: str, /, *more: _P.args, **named: _P.kwargs) -> str:
        if len(text) > _SHORT:
            return function(text, *more, **named)
        return kept(text, *more, **named)  # type: ignore[arg-type]

    return of


class Same(Generic[_T]):
    """A thing as part of what is remembered by: the very same one, whatever equals it."""

    def __init__(self, thing: _T) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)
