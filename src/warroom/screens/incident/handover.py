"""Handing over the user's own seat: all the next person has to know, to read aloud, copy or send."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError

_LOOK_BACK = 40
"""So many are read for the last ten that a hand-over shows: corrections among them are no lines of their own."""


class Feature(Base):
    """The hand-over."""

    async def handover(self) -> None:
        from warroom.documents import handover

        workspace, journal, incident = self.page.workspace, self.page.session.journal, self.page.incident
        try:
            last = journal.timeline(incident.id, max(journal.count(incident.id) - _LOOK_BACK, 0), _LOOK_BACK)
            values = handover.values(
                incident, self.page.playbook, last, author=workspace.author, now=workspace.now(), tz=workspace.tz
            )
        except StoreError as error:
            self.page.say(str(error), failed=True)
            return
        words = workspace.document("handoff", "txt", values)
        await self.page.show(ReadScreen("Hand-over of your seat", words, self.page.copy))
