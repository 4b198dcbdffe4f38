"""The NOW line: doing what it advises, or setting the advice aside with a reason."""

from __future__ import annotations

from warroom.model import acts, ids
from warroom.model.kinds.advice import AFTER_THE_FIX
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.timeline import open_entry
from warroom.screens.incident.timers import ask_snooze


class Feature(Base):
    """Following or setting aside the advice of the NOW line."""

    async def now(self) -> None:
        """Open the selected entry if the timeline has the focus; else do what the NOW line says."""
        if self.page.pane == "timeline":
            await open_entry(self.page)
        else:
            await self.follow()

    async def follow(self) -> None:
        """Do what the NOW line says."""
        advice = self.page.snapshot.advice
        await self.page.do(advice.action, advice.target)

    async def set_aside(self) -> None:
        page, advice = self.page, self.page.snapshot.advice
        if advice.rule == ids.RULE_STAND_BY:
            page.say("There is no advice to set aside")
        elif advice.clock:
            page.say("What has a clock can't be set aside, only snoozed", mark="▸")
            await ask_snooze(page, advice.clock)
        else:
            await page.ask(
                "dismiss",
                "Set aside, because",
                placeholder="the reason",
                hint="logged; it is not advised again",
                take=lambda reason: page.act(acts.advice.dismiss(advice.rule, advice.target, advice.text, reason)),
                when_closed=advice.rule in AFTER_THE_FIX,
            )
