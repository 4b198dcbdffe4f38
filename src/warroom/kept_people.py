"""The people of a journal, read anew only if something is new, and filled into the playbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

import msgspec

from warroom.model import ids
from warroom.store.errors import StoreError
from warroom.store.journal import Journal

if TYPE_CHECKING:
    from warroom.model.entries import Draft, Entry
    from warroom.model.people import Directory
    from warroom.model.playbook import Playbook
    from warroom.store.registers import Register


class KeptPeople:
    """What a journal's register of people says; in a drill's file, what that of the real journal said before it."""

    def __init__(self, register: Callable[[], Register], real: Callable[[], Path | None]) -> None:
        """`register` opens the register when it is first used; `real` is the journal beside which a drill is played.

        What is written in a drill's file stays there.
        """
        self._register, self._real = register, real
        self._thread = get_ident()
        self._before: tuple[Entry, ...] | None = None
        self._read: tuple[tuple[Entry, ...], Directory] | None = None
        self._filled: tuple[Playbook, Directory, Playbook] | None = None

    def directory(self) -> Directory:
        """Everybody, the lists, and who is on call; the same object if nothing is new. Raises StoreError."""
        from warroom.model.people import Directory

        entries = self._register().read()
        if self._read is None or self._read[0] is not entries:
            self._read = entries, Directory((*self._entries_before(), *entries))
        return self._read[1]

    def write(self, made: Callable[[Directory], Iterable[Draft]], *, author: str) -> list[Entry]:
        """Commit what is made of everybody who is known at that moment, all or none; returns the new entries.

        Raises StoreError, and what `made` raises.
        """
        from warroom.model.people import Directory

        before = self._entries_before()
        return self._register().append(lambda entries: made(Directory((*before, *entries))), author=author)

    def _entries_before(self) -> tuple[Entry, ...]:
        """What the real journal has, where this is a drill's file; read once."""
        if self._before is None:
            self._before = ()
            if (path := self._real()) is not None:
                with suppress(StoreError), Journal.open(path, now=lambda: 0, create=False, busy_s=0.2) as journal:
                    self._before = tuple(journal.state(ids.REGISTER_PEOPLE))
        return self._before

    def filled(self, book: Playbook, author: str) -> Playbook:
        """The playbook with the addresses of the lists, and the author's contact; as it was last if that can't be read.

        A thread that is not the one of the workspace can't read it: the connection is not for it.
        """
        last = self._filled[2] if self._filled is not None and self._filled[0] is book else book
        if get_ident() != self._thread:
            return last
        try:
            if not self._register().read() and not self._entries_before():
                return book
            there = self.directory()
        except StoreError:
            return last
        if self._filled is None or self._filled[0] is not book or self._filled[1] is not there:
            self._filled = book, there, _filled(book, there, author)
        return self._filled[2]


def _filled(book: Playbook, there: Directory, author: str) -> Playbook:
    contacts, me = book.contacts, there.called(author)
    wanted = author.strip().casefold()
    if me is not None and me.contact and all(name.strip().casefold() != wanted for name in contacts.people):
        contacts = msgspec.structs.replace(contacts, people={**contacts.people, author: me.contact})
    return msgspec.structs.replace(book, audiences=there.audiences(book.audiences), contacts=contacts)
