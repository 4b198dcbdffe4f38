"""The drafts of messages that are saved on this machine, also by another console that is open on the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


def joined_drafts(known: dict[str, str], own: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """The fields that a draft must take over from another console's, with both texts where both have changed one.

    `known` is the draft that both began with.
    """
    joined = {}
    for field, text in other.items():
        typed, before = own.get(field, ""), known.get(field, "")
        if text in (before, typed) or text in typed:
            continue
        joined[field] = text if typed == before or typed in text else f"{typed}\n{text}"
    return joined


class MessageDrafts:
    """The drafts of one incident by the kind of message: the fields that the user changed, each with its text."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._incident = page.incident.id
        self._known: dict[str, dict[str, str]] = {}
        """The drafts as they were read or saved last."""
        self.unread = ""
        """The kind that was opened, if its saved draft could not be read yet, and so must not be replaced."""

    def _name(self, kind: str) -> str:
        return f"message:{self._incident}:{kind}"

    def _saved(self, kind: str) -> dict[str, str]:
        return self._page.workspace.remembered(self._name(kind), dict[str, str]) or {}

    def of(self, kind: str) -> dict[str, str]:
        """The draft of a kind; if it can't be read, say so, and return none."""
        self.unread = ""
        if kind not in self._known:
            try:
                self._known[kind] = self._saved(kind)
            except StoreError as error:
                self._page.say(str(error), failed=True)
                self.unread = kind
                return {}
        return self._known[kind]

    def read_unread(self) -> dict[str, str] | None:
        """Read the draft that could not be read; None if it still can't be."""
        try:
            saved = self._known[self.unread] = self._saved(self.unread)
        except StoreError:
            return None  # the next beat tries again
        self.unread = ""
        return saved

    def is_saved(self, kind: str, draft: dict[str, str]) -> bool:
        """Whether this is the draft as it was saved last."""
        return draft == self._known.get(kind)

    def save(self, kind: str, draft: dict[str, str]) -> None:
        """Save a draft; an empty one is deleted."""
        self._known[kind] = draft
        self._page.remember(self._name(kind), draft or None)

    def of_others(self, kind: str, draft: dict[str, str]) -> dict[str, str]:
        """The fields that a draft must take over because another console has saved it since."""
        known = self._known.get(kind, {})
        try:
            saved = self._saved(kind)
        except StoreError:
            return {}
        return joined_drafts(known, draft, saved) if saved != known else {}

    def forget(self) -> None:
        """Read the saved drafts again when they are next needed: their words were changed in the file."""
        self._known.clear()
