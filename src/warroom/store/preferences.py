"""What this machine remembers for the next start: unsent drafts, the open pane, the colours.

Unlike the journal, preferences may be overwritten, and they are never shared with other machines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.store.connection import Connection
from warroom.store.errors import StoreError
from warroom.store.redacted_since import RedactedSince
from warroom.text.cleaning import clean, clean_json

if TYPE_CHECKING:
    from warroom.model.redaction import Words

_RENAMED_IN = 5
"""The migration that renamed the table; an older file without write permission still has the old name."""


_DRAFTS = ("words:", "message:")
"""How the names begin under which unsent texts are stored."""


def is_draft(name: str) -> bool:
    """Whether what is stored under this name was typed by the user."""
    return name.startswith(_DRAFTS)


def _as_it_is(text: str) -> str:
    return text


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

    def set(self, name: str, text: str | None, check: Callable[[str], str] = _as_it_is) -> str | None:
        """Store a text under a name, None removes it; returns what was stored. Raises StoreError.

        `check` is called in the transaction that writes the text, and says what to write instead.
        """
        with self._connection.transaction():
            text = None if text is None else check(text)
            if text is None:
                self._connection.write(f"DELETE FROM {self._table} WHERE name = ?", clean(name))
            else:
                self._connection.write(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)", clean(name), clean(text))
        return text


class WriteBehind:
    """Preferences that are written as soon as the file lets them be; until then the newest text of each name waits."""

    def __init__(self, preferences: Callable[[], Preferences], redacted: RedactedSince) -> None:
        self._preferences = preferences
        self._redacted = redacted
        self.waiting: dict[str, str | None] = {}
        """The texts that are not in the file yet, by name."""

    def get(self, name: str) -> str | None:
        """The newest text stored under a name, written or not. Raises StoreError."""
        if name in self.waiting:
            return self.waiting[name]
        text = self._preferences().get(name)
        if text is not None and is_draft(name):
            self._redacted.drafts[name] = text
        return text

    def newly_redacted(self) -> list[Words]:
        """The words that others have redacted since the last call; what waits no longer has them. Raises StoreError."""
        self._redacted.look(self._preferences().get)
        for name, text in self.waiting.items():
            self.waiting[name] = None if text is None else self._redacted.redact(text)
        return self._redacted.taken()

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
            stored = self._preferences().set(
                name, self.waiting[name], self._check if is_draft(name) else lambda text: text
            )
        except StoreError as error:
            return error
        del self.waiting[name]
        if stored is None:
            self._redacted.drafts.pop(name, None)
        elif is_draft(name):
            self._redacted.drafts[name] = stored
        return None

    def _check(self, text: str) -> str:
        """A draft without the words that were redacted a moment ago, which a screen may still have."""
        self._redacted.look(self._preferences().get)
        return self._redacted.redact(text)
