"""The action items of all incidents, folded again only where something was added."""

from __future__ import annotations

from warroom.model.action_items import ActionItem, fold_items
from warroom.model.entries import Entry
from warroom.store.journal import Journal


class ActionItemList:
    """Reads the action items of a whole journal once, and from then on only what is new."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._seq: int | None = None
        self._titles: dict[str, str] = {}
        self._drills: set[str] = set()
        self._entries: dict[str, dict[str, Entry]] = {}
        """What the items are folded from, by incident and key."""
        self._of: dict[str, list[ActionItem]] = {}
        self._items: tuple[ActionItem, ...] = ()

    def read(self) -> tuple[ActionItem, ...]:
        """Every action item in the order in which they were added; the same object again if nothing is new.

        Raises StoreError; the next call reads the same again.
        """
        journal = self._journal
        with journal.connection.same_moment():
            seq = journal.last_seq()
            if seq == self._seq:
                return self._items
            if self._seq is None or journal.has_redacted_since(self._seq):
                self._entries.clear()
                self._titles.clear()
                new = journal.of_action_items()
            else:
                new = journal.of_action_items_since(self._seq)
            if any(entry.incident not in self._titles for entry in new):
                lives = journal.lifecycles()
                self._titles = {life.incident: life.declaration.title for life in lives}
                self._drills = {life.incident for life in lives if life.declaration.drill}
        for entry in new:
            self._entries.setdefault(entry.incident, {})[entry.key] = entry
        changed = dict.fromkeys(entry.incident for entry in new)
        for incident in changed:
            self._of[incident] = fold_items(self._entries[incident].values(), self._titles, self._drills)
        if changed:
            found = [item for items in self._of.values() for item in items]
            self._items = tuple(sorted(found, key=lambda item: item.logged.order))
        self._seq = seq
        return self._items
