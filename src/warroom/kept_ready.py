"""What is kept ready in a journal: read, filled into the playbook, and confirmed by what the program saw itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from time import monotonic
from typing import TYPE_CHECKING

from warroom.model import ids
from warroom.store.errors import StoreError
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.model.entries import Draft, Entry
    from warroom.model.playbook import Playbook
    from warroom.model.readiness import Ready, Seen
    from warroom.store.registers import Register

_HOUR = 3_600_000
"""How long it may take until something that has become stale is marked so where it is used, in ms."""

_PAUSE_S = 1.0
"""How long it is not tried again after it could not be read, as while the file is locked."""


class KeptReady:
    """What a journal's register of readiness holds; it is read anew only if something in it is new."""

    def __init__(
        self, register: Callable[[], Register], now: Callable[[], int], real: Callable[[], Path | None] = lambda: None
    ) -> None:
        """`register` opens the register when it is first used; `now` gives ms UTC.

        `real` is the journal beside which a drill is played, if this is a drill's file: what is ready is read there,
        once, and never changed from here.
        """
        self._register, self._now, self._real = register, now, real
        self._of_real: tuple[Entry, ...] | None = None
        self._thread = get_ident()
        self._again = 0.0
        """Before this moment it is not tried to read it: the playbook is asked for many times a second."""
        self._kept: tuple[Playbook, tuple[Entry, ...], int, Playbook] | None = None
        """The playbook as it was filled in last, behind what it was made of: playbook, entries and hour."""

    def _entries(self) -> tuple[Entry, ...]:
        """The entries of the register, in a drill's file of the real one. Raises StoreError."""
        register = self._register()  # which also says whether this is a drill's file
        if self._of_real is None:
            self._of_real = ()
            if (path := self._real()) is not None:
                with suppress(StoreError), Journal.open(path, now=lambda: 0, create=False, busy_s=0.2) as journal:
                    self._of_real = tuple(journal.state(ids.REGISTER_READINESS))
        return self._of_real or register.read()

    def items(self, book: Playbook, broken_template: str, seen: Mapping[str, Seen]) -> tuple[Ready, ...]:
        """Each item as it stands; for the arguments see `model.readiness`. Raises StoreError."""
        from warroom.model.readiness import readiness

        return readiness(book, self._entries(), broken_template=broken_template, seen=seen)

    def filled(self, book: Playbook) -> Playbook:
        """The playbook with what is kept ready, or was last if that can't be read at present.

        A thread that is not the one of the workspace can't read it: the connection is not for it.
        """
        last = self._kept[3] if self._kept is not None and self._kept[0] is book else book
        if get_ident() != self._thread or monotonic() < self._again:
            return last
        try:
            entries = self._entries()
        except StoreError:
            self._again = monotonic() + _PAUSE_S
            return last
        if not entries:
            return book
        hour = self._now() // _HOUR
        if self._kept is None or self._kept[:3] != (book, entries, hour):
            from warroom.model.filled import filled
            from warroom.model.readiness import readiness

            self._kept = (book, entries, hour, filled(book, readiness(book, entries), self._now()))
        return self._kept[3]

    def reviewed(self, book: Playbook, author: str) -> None:
        """Count the numbers as looked at, because they were written to a file; not if that can't be kept now."""
        from warroom.model.kinds.readiness import check

        rows = [row for group in book.readiness for row in group.rows if row.done_by == "review"]

        def drafts(before: tuple[Entry, ...]) -> list[Draft]:
            return [check(row, seen="the review was written to a file") for row in rows]

        with suppress(StoreError):  # what was asked for, the file, is there
            self._register().append(drafts, author=author)
