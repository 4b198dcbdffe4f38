"""Handing over the user's own role: everything the next person has to know, to read aloud or copy."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError


class Feature(Base):
    """Showing the hand-over."""

    async def handover(self) -> None:
        from warroom.documents.registry import DOCUMENTS

        page = self.page
        try:
            text = "".join(page.workspace.document(DOCUMENTS["handoff"], "txt", page.session))
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        await page.show(ReadScreen("Hand-over of your role", text, page.copy))
