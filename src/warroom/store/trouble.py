"""How long a file can't be read or written: a lock is worth telling only once it lasts, anything else at once."""

from __future__ import annotations

from collections.abc import Callable

from warroom.store.errors import Busy, StoreError

LASTING_MS = 3000
"""How long another process may have the file locked before that is told, where nothing that the user did waits."""


class Trouble:
    """Since when something fails that is tried again and again."""

    def __init__(self, now: Callable[[], int]) -> None:
        """`now` gives the time on people's watches, ms UTC."""
        self._now = now
        self._since: int | None = None

    @property
    def is_there(self) -> bool:
        """Whether it failed the last time."""
        return self._since is not None

    def begin(self) -> None:
        """Note that it failed, if it is not noted yet."""
        if self._since is None:
            self._since = self._now()

    def is_worth_telling(self, error: StoreError) -> bool:
        """Note that it failed, and return whether that is worth telling."""
        since = self._since = self._now() if self._since is None else self._since
        return not isinstance(error, Busy) or self._now() - since >= LASTING_MS

    def end(self) -> bool:
        """Note that it works, and return whether it failed before."""
        was_there, self._since = self.is_there, None
        return was_there
