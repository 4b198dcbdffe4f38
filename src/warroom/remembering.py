"""What a machine remembers for the next start, and what is being typed: kept in the journal's file, never shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences, WriteBehind, is_draft
from warroom.store.redacted_since import RedactedSince
from warroom.store.trouble import Trouble

if TYPE_CHECKING:
    from warroom.model.redaction import Words

_Kept = TypeVar("_Kept")


class Remembering:
    """The part of a workspace that remembers; what can't be stored now is stored later, and is known meanwhile."""

    def __init__(self, journal: Callable[[], Journal], now: Callable[[], int]) -> None:
        """`journal` opens the journal when it is first needed; `now` gives the time on people's watches, ms UTC."""
        self._journal_of = journal
        self._write_behind = WriteBehind(lambda: self.preferences, RedactedSince(lambda: journal().connection))
        self.unsaved = Trouble(now)
        """Whether something to keep could not be written."""

    @property
    def preferences(self) -> Preferences:
        """This machine's preferences: drafts, panes, colours. Raises StoreError, also if there is no file yet."""
        return Preferences(self._journal_of().connection)

    def remember(self, name: str, value: object) -> None:
        """Store a value for the next start, as JSON; None removes it. Raises StoreError."""
        self.preferences.set(name, None if value is None else msgspec.json.encode(value).decode())

    def keep(self, name: str, value: object, *, later: bool = False) -> StoreError | None:
        """Store a value for the next start, now or by a later `catch_up`; returns why it has to wait, if it has to.

        With `later`, it is not tried now.
        """
        text = None if value is None else msgspec.json.encode(value).decode()
        return self._waiting(self._write_behind.set(name, text, later=later))

    def newly_redacted(self) -> list[Words]:
        """The words that others have redacted since the last call, as far as drafts tell them. Raises StoreError."""
        return self._write_behind.newly_redacted()

    def catch_up(self) -> StoreError | None:
        """Write what waits to be stored; returns why it still has to, if it has to."""
        return self._waiting(self._write_behind.try_again())

    def _waiting(self, error: StoreError | None) -> StoreError | None:
        if self._write_behind.waiting:
            self.unsaved.begin()
        else:
            self.unsaved.end()
        return error

    @property
    def unsaved_words(self) -> list[str]:
        """The texts typed by the user that are kept, but not stored yet."""
        return [
            words
            for name, text in self._write_behind.waiting.items()
            if is_draft(name) and text is not None
            for words in _typed(name, msgspec.json.decode(text))
            if words.strip()
        ]

    def remembered(self, name: str, kind: type[_Kept]) -> _Kept | None:
        """The value stored under a name; None if there is none, or it is not of type `kind`. Raises StoreError."""
        kept = self._write_behind.get(name)
        if kept is None:
            return None
        try:
            return msgspec.json.decode(kept, type=kind)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None


TIMELINE_DRAFT = "words:timeline:"
"""How the names begin under which unfinished imports are stored."""


def _typed(name: str, kept: object) -> list[str]:
    """The texts in a stored value, whatever its form; of an unfinished import, only the timeline and the title."""
    if not isinstance(kept, dict):
        return []
    if name.startswith(TIMELINE_DRAFT):
        kept = {field: kept[field] for field in ("text", "title") if field in kept}
    return [words for words in kept.values() if isinstance(words, str)]
