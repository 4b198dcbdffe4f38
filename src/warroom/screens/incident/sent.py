"""Reading or copying a message that was sent, word for word."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.widgets.choices import Choice


class Feature(Base):
    """Reading sent messages."""

    async def sent(self) -> None:
        page = self.page
        sent = page.incident.messages[::-1]
        rows = [Choice(logged.entry.key, logged.text, page.clock(logged.at)) for logged in sent]
        key = await page.pick("Sent messages", rows, empty="Nothing was sent yet")
        logged = next((logged for logged in sent if logged.entry.key == key), None)
        if logged is not None:
            body = logged.body
            headed = body.channel != "plain" or body.body.startswith(body.subject)
            text = body.body if headed else f"{body.subject}\n\n{body.body}"
            await page.show(ReadScreen(logged.text, text, page.copy))
