"""What is kept between incidents, such as people and what is ready: entries of the journal that belong to none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warroom.model.entries import Draft, Entry
from warroom.store.journal import Journal


class Register:
    """The entries of one register (one of `ids.REGISTERS`): read once, and from then on only what is new."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal = journal
        self._name = name
        self._seq: int | None = None
        self._entries: tuple[Entry, ...] = ()

    def read(self) -> tuple[Entry, ...]:
        """All its entries, ordered by (hlc, origin, n); the same object if nothing is new. Raises StoreError."""
        journal = self._journal
        with journal.connection.same_moment():
            seq = journal.last_seq()
            if seq == self._seq:
                return self._entries
            if self._seq is None or journal.has_redacted_since(self._seq):
                self._entries = tuple(journal.state(self._name))
            elif new := journal.since(self._seq, self._name):
                self._entries = tuple(sorted((*self._entries, *new), key=lambda entry: entry.order))
            self._seq = seq
        return self._entries

    def known(self) -> tuple[Entry, ...]:
        """The same as `read`, unless others have written something that nobody here has noticed yet: costs nothing.

        Raises StoreError.
        """
        return self._entries if self._seq is not None and self._seq == self._journal.seen else self.read()

    def append(self, drafts: Callable[[tuple[Entry, ...]], Iterable[Draft]], *, author: str) -> list[Entry]:
        """Commit what `drafts` makes of all entries so far, all or none; returns the new ones.

        Nobody else writes between reading and writing. Raises StoreError, and what `drafts` raises; nothing is written
        then.
        """
        with self._journal.writing() as writer:
            return [writer.append(self._name, draft, author=author) for draft in drafts(self.read())]
