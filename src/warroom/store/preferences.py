"""What this machine remembers for the next start: unsent drafts, the open pane, the colours.

Unlike the journal, preferences may be overwritten, and they are never shared with other machines.
"""

from __future__ import annotations

from warroom.store.connection import Connection
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
