"""What is kept between incidents, people and what is ready: read, filled into the playbook, and added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

import msgspec

from warroom.model import ids
from warroom.store.errors import StoreError
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.model.entries import Draft, Entry
    from warroom.model.people import Directory
    from warroom.model.playbook import Playbook
    from warroom.model.readiness import Ready
    from warroom.store.registers import Register

_MINUTE, _HOUR = 60_000, 3_600_000
"""How long it may take until something that was not written is noticed, in ms: who is on call now, what is stale."""

_PAUSE_S = 1.0
"""How long it is not tried again after it could not be read, as while the file is locked."""


class Kept:
    """What a register holds; in a drill's file, what that of the real journal held before it comes first.

    What is written in a drill's file stays there.
    """

    NAME: ClassVar[str]
    """The register: one of `ids.REGISTERS`."""

    def __init__(self, register: Callable[[str], Register], real: Callable[[], Path | None]) -> None:
        """`register` opens a register when it is first used; `real` is the journal beside which a drill is played."""
        self._open, self._real = register, real
        self._thread = get_ident()
        self._before: tuple[Entry, ...] | None = None
        self._all: tuple[tuple[Entry, ...], tuple[Entry, ...]] | None = None
        """The entries of this file, and the same behind those before them."""
        self._again = 0.0
        """Before this moment it is not tried to read it: the playbook is asked for many times a second."""
        self._filled: tuple[Playbook, tuple[Entry, ...], object, Playbook] | None = None
        """The playbook as it was filled in last, behind what it was made of."""

    def entries(self) -> tuple[Entry, ...]:
        """All entries; the same object if nothing is new. Raises StoreError."""
        return self._behind_those_before(self._open(self.NAME).read())

    def _behind_those_before(self, own: tuple[Entry, ...]) -> tuple[Entry, ...]:
        if not (before := self._entries_before()):
            return own
        if self._all is None or self._all[0] is not own:
            self._all = own, (*before, *own)
        return self._all[1]

    def append(self, made: Callable[[tuple[Entry, ...]], Iterable[Draft]], *, author: str) -> list[Entry]:
        """Commit what is made of all entries at that moment, all or none; returns the new ones.

        Raises StoreError, and what `made` raises.
        """
        register = self._open(self.NAME)
        before = self._entries_before()
        return register.append(lambda own: made((*before, *own)), author=author)

    def _entries_before(self) -> tuple[Entry, ...]:
        """What the real journal has, read once; known once this file is open, which says whether it is a drill's."""
        if self._before is None:
            self._before = ()
            if (path := self._real()) is not None:
                with suppress(StoreError), Journal.open(path, now=lambda: 0, create=False, busy_s=0.2) as journal:
                    self._before = tuple(journal.state(self.NAME))
        return self._before

    def fill(self, book: Playbook, given: object, fill: Callable[[tuple[Entry, ...]], Playbook]) -> Playbook:
        """The playbook with what is kept, as `fill` makes it; as it was last, if that can't be read at present.

        It is only made anew for other entries, or if `given` is something else. A thread that is not the one of the
        workspace can't read it: the connection is not for it.
        """
        last = self._filled[3] if self._filled is not None and self._filled[0] is book else book
        if get_ident() != self._thread or monotonic() < self._again:
            return last
        try:
            entries = self._behind_those_before(self._open(self.NAME).known())
        except StoreError:
            self._again = monotonic() + _PAUSE_S
            return last
        if not entries:
            return book
        if self._filled is None or self._filled[:3] != (book, entries, given):
            self._filled = book, entries, given, fill(entries)
        return self._filled[3]


class KeptPeople(Kept):
    """Everybody who is known, with the lists and who is on call."""

    NAME = ids.REGISTER_PEOPLE
    _read: tuple[tuple[Entry, ...], Directory] | None = None

    def directory(self) -> Directory:
        """Everybody; the same object if nothing is new. Raises StoreError."""
        return self._of(self.entries())

    def _of(self, entries: tuple[Entry, ...]) -> Directory:
        if self._read is None or self._read[0] is not entries:
            from warroom.model.people import Directory

            self._read = entries, Directory(entries)
        return self._read[1]

    def filled(self, book: Playbook, author: str) -> Playbook:
        """The playbook with the addresses of the lists, and the author's contact."""

        def fill(entries: tuple[Entry, ...]) -> Playbook:
            there, contacts = self._of(entries), book.contacts
            me, wanted = there.called(author), author.strip().casefold()
            if me is not None and me.contact and all(name.strip().casefold() != wanted for name in contacts.people):
                contacts = msgspec.structs.replace(contacts, people={**contacts.people, author: me.contact})
            return msgspec.structs.replace(book, audiences=there.audiences(book.audiences), contacts=contacts)

        return self.fill(book, author, fill)


class KeptReady(Kept):
    """What to have ready before the next incident."""

    NAME = ids.REGISTER_READINESS
    _items: tuple[tuple[object, ...], tuple[Ready, ...]] | None = None
    """The items as they were last, behind what they were made of."""

    def items(self, book: Playbook, people: KeptPeople, now: int, broken_template: str = "") -> tuple[Ready, ...]:
        """Each item as it stands at `now` (ms UTC); see `model.readiness`. Raises StoreError.

        The same object in the same minute, if nothing is new.
        """
        from warroom.model.readiness import readiness, seen_of_people

        told, entries = people.entries(), self.entries()
        made_of = book, told, entries, broken_template, now // _MINUTE
        if self._items is None or self._items[0] != made_of:
            seen = seen_of_people(people.directory(), told, now) if told else {}
            self._items = made_of, readiness(book, entries, broken_template=broken_template, seen=seen)
        return self._items[1]

    def filled(self, book: Playbook, now: int) -> Playbook:
        """The playbook with what is ready at `now` (ms UTC)."""

        def fill(entries: tuple[Entry, ...]) -> Playbook:
            from warroom.model.filled import filled
            from warroom.model.readiness import readiness

            return filled(book, readiness(book, entries), now)

        return self.fill(book, now // _HOUR, fill)

    def reviewed(self, book: Playbook, author: str) -> None:
        """Count the numbers as looked at, because they were written to a file; not if that can't be kept now."""
        from warroom.model.kinds.readiness import check

        rows = [row for group in book.readiness for row in group.rows if row.done_by == "review"]
        with suppress(StoreError):  # what was asked for, the file, is there
            self.append(lambda _: [check(row, seen="the review was written to a file") for row in rows], author=author)
