"""Similar incidents: which earlier ones resemble this one, why, and what resolved them."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice


class Feature(Base):
    """Lists similar incidents, and opens one."""

    async def similar(self) -> None:
        page = self.page
        try:
            found = page.workspace.similar(incident=page.incident.id)
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if not found:
            page.say("No earlier incident is similar: none has the same system, or rare words in common", mark="▸")
            return
        rows = []
        for one in found:
            about = f"Similar: {one.similar.why}. {one.in_words(page.workspace.tz)}"
            rows.append(Choice(one.id, f"{one.id}  {one.title}", one.similar.why, about=about))
        chosen = await page.pick("Similar incidents; enter opens one, o comes back", rows)
        if chosen is not None:
            page.screen.call_later(page.console.show_incident, chosen)  # once this conversation is over
