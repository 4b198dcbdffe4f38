"""Reading what other processes add to an incident, and saying so if the file can't be read for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.model.kinds.redaction import Redacted
from warroom.store.errors import StoreError
from warroom.store.trouble import Trouble
from warroom.widgets.logline import Notice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class Polling:
    """Whether the file can be read, since when not, and whether the user was told."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._trouble = Trouble(page.workspace.real_now)
        self._told = False

    def begin_anew(self) -> None:
        """Forget what was so with the incident shown before."""
        self._trouble.end()
        self._told = False

    def tell(self, reason: str) -> None:
        """Say at once that the file can't be read, because something can't be shown for that."""
        self.begin_anew()
        self._trouble.begin()
        self._told = True
        self._page.say(reason, failed=True)

    def poll(self) -> bool:
        """Return whether other processes have added entries; if the file can't be read for a while, say so once."""
        page = self._page
        if page.redacting:
            return False
        try:
            found = page.session.poll()
        except StoreError as error:
            self._failed(error)
            return False
        if self._told and page.widget(Notice).failed and not page.waiting:
            page.say("The file can be read again")
        self.begin_anew()
        if any(isinstance(entry.body, Redacted) for entry in found):
            from warroom.screens.incident.redacting import forget_words

            forget_words(page)
        return bool(found)

    def _failed(self, error: StoreError) -> None:
        page, is_worth_telling = self._page, self._trouble.is_worth_telling(error)
        told = self._told and page.widget(Notice).text
        if is_worth_telling and not (told or page.waiting or page.workspace.unsaved_words):
            page.say(str(error), failed=True)
            self._told = True
