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

_NEW = "SELECT CAST(data AS BLOB) FROM journal WHERE seq > ? AND kind = 'redacted' ORDER BY seq"
_LAST = "SELECT coalesce(max(seq), 0) FROM journal"


class RedactedSince:
    """The words that were redacted since this process began, as far as its drafts tell them."""

    def __init__(self, connection: Callable[[], Connection]) -> None:
        self._connection = connection
        self._seq: int | None = None
        self.drafts: dict[str, str] = {}
        """The drafts as this process last read or wrote them, by name."""
        self.words: list[Words] = []
        """What was found and is not `taken` yet: until then, it is redacted in all that is written."""

    def look(self, saved: Callable[[str], str | None]) -> None:
        """Look for redactions since the last look; `saved` gives a draft as the file has it now. Raises StoreError."""
        connection = self._connection()
        before, self._seq = self._seq, int(connection.rows(_LAST)[0][0])
        if before is None or before == self._seq:
            return
        redactions = [data for (data,) in connection.rows(_NEW, before)]
        if redactions:
            self._compare(redactions, saved)

    def _compare(self, redactions: list[bytes], saved: Callable[[str], str | None]) -> None:
        """Find what the drafts in the file no longer have, by the data of the new redactions."""
        # Imported here because most commands need none of it.
        from warroom.model.redaction import MARK_BEGINS, Words, WrongWords, mark, taken_out
        from warroom.store.redactions import because_of

        marks = {mark(because) for data in redactions if (because := because_of(data))}
        for name, text in self.drafts.items():
            now = saved(name)
            if now is None or now == text:
                continue
            self.drafts[name] = now
            for gap, stands in taken_out(text, now, marks):
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
