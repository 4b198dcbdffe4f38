"""What this machine remembers for the next start: unsent drafts, the pane that was open, the colours.

Unlike the journal it may be overwritten, and it is never shared with other machines.
"""

from __future__ import annotations

from warroom.store.connection import Connection
from warroom.text.cleaning import clean, clean_json

_RENAMED_IN = 5
"""The migration that named the table; a file that is behind and may not be written still has the old name."""


class Preferences:
    """Texts by name, JSON as a rule, in the same file as the journal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._table = "preferences" if connection.version >= _RENAMED_IN else "desk"

    def get(self, name: str) -> str | None:
        """Give the text kept under a name, None if there is none. Raises StoreError.

        Whatever was done to the file, the text is safe to show, and so is what it holds once it is decoded as JSON.
        """
        rows = self._connection.rows(f"SELECT value FROM {self._table} WHERE name = ?", clean(name))
        return clean_json(rows[0][0]) if rows else None

    def set(self, name: str, text: str | None) -> None:
        """Keep a text under a name in place of what was there; None clears it. Raises StoreError."""
        with self._connection.transaction():
            if text is None:
                self._connection.write(f"DELETE FROM {self._table} WHERE name = ?", clean(name))
            else:
                self._connection.write(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", clean(name), clean(text))
