"""Logging what was done for the team: food, coffee, relief."""

from __future__ import annotations

from warroom.model import acts, ids
from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Looking after the team."""

    async def care(self) -> None:
        placeholder = "for example: pizza ordered; Ana relieves Marcus at 05:00"
        await self.page.ask("care", "For the team", placeholder=placeholder, take=self._take)

    def _take(self, text: str) -> bool:
        done = acts.advice.dismiss(ids.RULE_CARE, "", "look after the team", text)
        return not text.strip() or self.page.act(acts.log.action(f"For the team: {text}"), done)
