"""Looking after the team: food, coffee, relief."""

from __future__ import annotations

from warroom.model import acts, ids
from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """What was done for the team."""

    async def care(self) -> None:
        placeholder = "pizza ordered; Ana relieves Marcus at 05:00"
        await self.page.ask("care", "For the team", placeholder=placeholder, take=self._take)

    def _take(self, words: str) -> bool:
        done = acts.advice.dismiss(ids.RULE_CARE, "", "look after the team", words)
        return not words.strip() or self.page.act(acts.log.action(f"For the team: {words}"), done)
