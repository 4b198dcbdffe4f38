"""Patterns that are compiled when they are first used: a command needs few of all that the modules it loads have."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that `re.compile` makes of this, made at its first use; a mistake in it raises re.error only then.

    For patterns of modules that are loaded at every start. It is used by its methods, such as `search`: functions of
    `re` that take a pattern do not take this one.
    """
    return cast("re.Pattern[str]", _Late(source, flags))


class _Late:
    """Has what the pattern has, once that is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        """What is not here yet, which is kept: from then on it costs no more than with a pattern."""
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value
