"""Logging what happened and what was done."""

from __future__ import annotations

from warroom.model import acts
from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Logging notes and actions."""

    def log(self) -> None:
        if not self.page.refuse_if_closed():
            self.page.say("")
            self.page.line.ask()

    def write(self, text: str) -> bool:
        """Log a note, back-dated if it starts with a time; False if it could not be logged."""
        dated = self.page.split_time(text)
        return dated is not None and (not dated[1].strip() or self.page.act(acts.log.note(dated[1], dated[0])))

    async def did(self) -> None:
        def take(text: str) -> bool:
            dated = self.page.split_time(text)
            return dated is not None and (not dated[1].strip() or self.page.act(acts.log.action(dated[1], at=dated[0])))

        await self.page.ask(
            "did", "Action", placeholder="what was done, and by whom", hint="start with -5m to back-date", take=take
        )
