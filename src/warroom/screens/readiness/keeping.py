"""Keeping what is ready: asking for it, writing it to its register, and taking back what was just written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.model import getting_ready, ids
from warroom.model.entries import Draft, Entry
from warroom.model.getting_ready import ReadyField
from warroom.model.kinds import readiness as acts
from warroom.model.readiness import Ready, readiness
from warroom.screens.page import Page
from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.workspace import Workspace


class Keeping:
    """Writes what is ready for one screen, and remembers what was written there, so that it can be taken back."""

    def __init__(self, page: Page, written: Callable[[], object]) -> None:
        """`written` is called once something is on the disk."""
        self._page, self._written = page, written
        self._done: list[Entry] = []

    @property
    def _workspace(self) -> Workspace:
        return self._page.workspace

    def write(self, id: str, make: Callable[[Ready], Draft], done: str) -> bool:
        """Commit what `make` makes of the item as it is when it is written; if that fails, say why.

        `done` is the notice once it is on the disk.
        """
        workspace = self._workspace

        def drafts(entries: tuple[Entry, ...]) -> list[Draft]:
            found = readiness(workspace.playbook, entries)
            return [make(item) for item in found if item.row.id == id]

        return self._commit(drafts, done)

    def _commit(self, drafts: Callable[[tuple[Entry, ...]], list[Draft]], done: str, *, undoes: bool = False) -> bool:
        workspace = self._workspace
        try:
            entries = workspace.register(ids.REGISTER_READINESS).append(drafts, author=workspace.author)
        except StoreError as error:
            self._page.say(f"Not saved: {error}", failed=True)
            return False
        if not undoes:
            self._done += entries
        self._written()
        self._page.say(done)
        return True

    def keep(self, item: Ready, field: ReadyField, typed: str) -> bool:
        """Keep what was typed into a field of an item; if it can't be, say why."""
        value = getting_ready.normal(field, typed)
        if reason := getting_ready.refusal(field, value):
            self._page.say(reason, failed=True)
            return False
        done = f"Kept: {field.label}" if value else f"Emptied: {field.label}"
        return self.write(item.row.id, lambda now: acts.hold(item.row, {**now.values, field.id: value}), done)

    def undo(self) -> None:
        """Take back what was written last here, and say in words what that was."""
        if not self._done:
            self._page.say("You have done nothing here yet that can be taken back", mark="▸")
            return
        last = self._done.pop()
        if not self._commit(lambda before: [acts.undo(last.key, last.text)], f"Taken back: {last.text}", undoes=True):
            self._done.append(last)
