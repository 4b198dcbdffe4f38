"""Which words another process has redacted while this one runs, so that nothing here writes them back.

The file no longer has them. But it had the drafts of this process, and has them with the mark now: the difference tells
the words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.store.connection import Connection

if TYPE_CHECKING:
    from warroom.model.redaction import Words

_VERSION = "PRAGMA data_version"
"""Changes whenever another connection has written to the file."""


class RedactedSince:
    """The words that were redacted since this process began, as far as its drafts tell them."""

    def __init__(self, connection: Callable[[], Connection]) -> None:
        self._connection = connection
        self._seen: tuple[int, int] | None = None
        self.drafts: dict[str, str] = {}
        """The drafts as this process last read or wrote them, by name."""
        self.words: list[Words] = []
        """What was found and is not `taken` yet: until then, it is redacted in all that is written."""

    def look(self, saved: Callable[[str], str | None]) -> None:
        """Look for redactions since the last look; `saved` gives a draft as the file has it now. Raises StoreError."""
        connection = self._connection()
        before, self._seen = self._seen, (id(connection), int(connection.rows(_VERSION)[0][0]))
        if before not in (None, self._seen):  # another process has written
            self._compare(saved)

    def _compare(self, saved: Callable[[str], str | None]) -> None:
        """Find what the drafts in the file no longer have, by the marks that stand there instead.

        The entries that record redactions don't tell: there is none where only drafts had the words.
        """
        # Imported here because most commands need none of it.
        from warroom.model.kinds.redaction import MARK_BEGINS
        from warroom.model.redaction import Words, WrongWords, marks_in, taken_out

        for name, text in self.drafts.items():
            now = saved(name)
            if now is None or now == text:
                continue
            self.drafts[name] = now
            for gap, stands in taken_out(text, now, marks_in(now)):
                try:
                    self.words.append(Words(gap, stands[len(MARK_BEGINS) : -1]))
                except WrongWords:
                    continue  # nobody could have redacted these

    def redact(self, text: str) -> str:
        """A draft, with the mark in place of the words found."""
        for words in self.words:
            text = words.redact_value(text)
        return text

    def taken(self) -> list[Words]:
        """The words found since the last call, longest first; from now on, who asked sees to them."""
        found, self.words = self.words, []
        return sorted({one.words: one for one in found}.values(), key=lambda one: -len(one.words))
