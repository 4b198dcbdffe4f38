"""Keeping what is ready: asking for it, writing it to its register, and taking back what was just written."""

from __future__ import annotations

from collections.abc import Callable

from warroom.model import getting_ready, ids
from warroom.model.entries import Draft, Entry
from warroom.model.getting_ready import ReadyField
from warroom.model.kinds import readiness as acts
from warroom.model.readiness import Ready, of_item
from warroom.screens.page import Page
from warroom.store.errors import StoreError


class Keeping:
    """Writes what is ready for one screen, and remembers what was written there, so that it can be taken back."""

    def __init__(self, page: Page, written: Callable[[], object]) -> None:
        """`written` is called once something is on the disk."""
        self._page, self._written = page, written
        self._done: list[Entry] = []

    def write(self, id: str, make: Callable[[Ready], Draft], done: str) -> bool:
        """Commit what `make` makes of the item as it is when it is written; if that fails, say why.

        `done` is the notice once it is on the disk.
        """
        return self._told(self._commit(self._of(id, make)), done)

    def keep(self, item: Ready, field: ReadyField, typed: str) -> bool:
        """Keep what was typed into a field of an item; if it can't be, say why."""
        return self._told(self.kept(item, field, typed), self.words(field, typed))

    def kept(self, item: Ready, field: ReadyField, typed: str) -> str:
        """Keep what was typed into a field of an item; returns why it can't be kept, "" if it is."""
        value = getting_ready.normal(field, typed)
        if reason := getting_ready.refusal(field, value):
            return reason
        return self._commit(self._of(item.row.id, lambda now: acts.hold(item.row, {**now.values, field.id: value})))

    def words(self, field: ReadyField, typed: str) -> str:
        """What is told of a field once it is kept."""
        return f"Kept: {field.label}" if typed.strip() else f"Emptied: {field.label}"

    def _of(self, id: str, make: Callable[[Ready], Draft]) -> Callable[[tuple[Entry, ...]], list[Draft]]:
        return of_item(self._page.workspace.playbook, id, make)

    def _commit(self, drafts: Callable[[tuple[Entry, ...]], list[Draft]], *, undoes: bool = False) -> str:
        """Write the drafts; returns why they can't be written, "" if they are."""
        workspace = self._page.workspace
        try:
            entries = workspace.register(ids.REGISTER_READINESS).append(drafts, author=workspace.author)
        except StoreError as error:
            return f"Not saved: {error}"
        if not undoes:
            self._done += entries
        self._written()
        return ""

    def _told(self, reason: str, done: str) -> bool:
        self._page.say(reason or done, failed=bool(reason))
        return not reason

    def undo(self) -> None:
        """Take back what was written last here, and say in words what that was."""
        if not self._done:
            self._page.say("You have done nothing here yet that can be taken back", mark="▸")
            return
        last = self._done.pop()
        reason = self._commit(lambda before: [acts.undo(last.key, last.text)], undoes=True)
        if not self._told(reason, f"Taken back: {last.text}"):
            self._done.append(last)
