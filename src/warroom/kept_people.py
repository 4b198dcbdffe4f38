"""The people of a journal, read anew only if something is new, and filled into the playbook."""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from typing import TYPE_CHECKING

import msgspec

from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.model.entries import Entry
    from warroom.model.people import Directory
    from warroom.model.playbook import Playbook
    from warroom.store.registers import Register


class KeptPeople:
    """What a journal's register of people says."""

    def __init__(self, register: Callable[[], Register]) -> None:
        """`register` opens the register when it is first used."""
        self._register = register
        self._thread = get_ident()
        self._read: tuple[tuple[Entry, ...], Directory] | None = None
        self._filled: tuple[Playbook, tuple[Entry, ...], Playbook] | None = None

    def directory(self) -> Directory:
        """Everybody, the lists, and who is on call; the same object if nothing is new. Raises StoreError."""
        from warroom.model.people import Directory

        entries = self._register().read()
        if self._read is None or self._read[0] is not entries:
            self._read = entries, Directory(entries)
        return self._read[1]

    def filled(self, book: Playbook, author: str) -> Playbook:
        """The playbook with the addresses of the lists, and the author's contact; as it was last if that can't be read.

        A thread that is not the one of the workspace can't read it: the connection is not for it.
        """
        last = self._filled[2] if self._filled is not None and self._filled[0] is book else book
        if get_ident() != self._thread:
            return last
        try:
            entries = self._register().read()
            if not entries:
                return book
            if self._filled is None or self._filled[:2] != (book, entries):
                self._filled = book, entries, _filled(book, self.directory(), author)
        except StoreError:
            return last
        return self._filled[2]


def _filled(book: Playbook, there: Directory, author: str) -> Playbook:
    contacts, me = book.contacts, there.called(author)
    wanted = author.strip().casefold()
    if me is not None and me.contact and all(name.strip().casefold() != wanted for name in contacts.people):
        contacts = msgspec.structs.replace(contacts, people={**contacts.people, author: me.contact})
    return msgspec.structs.replace(book, audiences=there.audiences(book.audiences), contacts=contacts)
