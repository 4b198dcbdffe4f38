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
        page = self.page
        if not text.strip():
            return True
        drafts = [acts.log.action(f"For the team: {text}")]
        if page.snapshot.advice.rule == ids.RULE_CARE:  # what is done before the reminder doesn't answer it
            drafts.append(acts.advice.dismiss(ids.RULE_CARE, "", "look after the team", text))
        return page.act(*drafts, done=f"Logged: {drafts[0].text}")
