"""What this machine remembers for the next start: unsent drafts, the open pane, the colours.

Unlike the journal, preferences may be overwritten, and they are never shared with other machines.
"""

from __future__ import annotations

from collections.abc import Callable

from warroom.store.connection import Connection
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean, clean_json

_RENAMED_IN = 5
"""The migration that renamed the table; an older file without write permission still has the old name."""


class Preferences:
    """Values by name, usually JSON, in the same file as the journal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._table = "preferences" if connection.version >= _RENAMED_IN else "desk"

    def get(self, name: str) -> str | None:
        """The text stored under a name, None if there is none. Raises StoreError.

        The text is safe to show, also after decoding it as JSON, even if the file was tampered with.
        """
        rows = self._connection.rows(f"SELECT value FROM {self._table} WHERE name = ?", clean(name))
        return clean_json(rows[0][0]) if rows else None

    def set(self, name: str, text: str | None) -> None:
        """Store a text under a name; None removes it. Raises StoreError."""
        with self._connection.transaction():
            if text is None:
                self._connection.write(f"DELETE FROM {self._table} WHERE name = ?", clean(name))
            else:
                self._connection.write(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", clean(name), clean(text))


class WriteBehind:
    """Preferences that are written as soon as the file lets them be; until then the newest text of each name waits."""

    def __init__(self, preferences: Callable[[], Preferences]) -> None:
        self._preferences = preferences
        self.waiting: dict[str, str | None] = {}
        """The texts that are not in the file yet, by name."""

    def get(self, name: str) -> str | None:
        """The newest text stored under a name, written or not. Raises StoreError."""
        return self.waiting[name] if name in self.waiting else self._preferences().get(name)

    def set(self, name: str, text: str | None, *, later: bool = False) -> StoreError | None:
        """Store a text under a name, None to remove it; returns why it has to wait, if it has to.

        With `later`, it is not tried before the next `try_again`.
        """
        self.waiting[name] = text
        return None if later else self._write(name)

    def try_again(self) -> StoreError | None:
        """Write the texts that wait; returns why they still have to, if they have to."""
        for name in list(self.waiting):
            if (error := self._write(name)) is not None:
                return error
        return None

    def _write(self, name: str) -> StoreError | None:
        try:
            self._preferences().set(name, self.waiting[name])
        except StoreError as error:
            return error
        del self.waiting[name]
        return None
