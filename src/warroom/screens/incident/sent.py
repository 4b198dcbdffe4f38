"""Reading and copying again what was sent, word for word."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.widgets.choices import Choice


class Feature(Base):
    """What was sent."""

    async def sent(self) -> None:
        page = self.page
        sent = page.incident.messages[::-1]
        rows = [Choice(logged.entry.key, logged.text, page.clock(logged.at)) for logged in sent]
        key = await page.pick("What was sent", rows, empty="Nothing was sent yet")
        logged = next((one for one in sent if one.entry.key == key), None)
        if logged is not None:
            body = logged.body
            text = body.body if body.channel != "plain" else f"{body.subject}\n\n{body.body}".strip()
            await page.show(ReadScreen(logged.text, text, page.copy))
