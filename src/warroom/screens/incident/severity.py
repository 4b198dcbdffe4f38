"""Changing the severity, with the reason, and showing how the clocks changed."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.clocks import clock_changes
from warroom.screens.incident.page import Feature as Base
from warroom.screens.severity import SeverityScreen
from warroom.widgets.choices import Choice


class Feature(Base):
    """Changing the severity."""

    async def severity(self) -> None:
        page, present = self.page, self.page.incident.severity
        if page.refuse_if_closed():
            return
        chosen = await page.show(SeverityScreen(page.playbook, present))
        if chosen is None:
            return
        level, basis = chosen
        if level == present:
            page.say(f"It is SEV{level} already")
            return
        if level > present and not await self._may_lower(present, level):
            page.say(f"It stays SEV{present}")
            return
        await page.ask(
            "severity",
            f"SEV{present} → SEV{level}, because",
            placeholder="the reason",
            take=lambda because: self._change(present, level, because, basis),
        )

    async def _may_lower(self, present: int, level: int) -> bool:
        """Ask before less is required: one key too many should not stop the clocks of an outage."""
        rows = [
            Choice("stay", f"No, it stays SEV{present}", key="n"),
            Choice("lower", f"Yes, lower it to SEV{level}", self.page.playbook.severity(level).definition, key="y"),
        ]
        return (
            await self.page.pick(f"Lower it from SEV{present} to SEV{level}? Fewer deadlines apply then", rows)
            == "lower"
        )

    def _change(self, present: int, level: int, because: str, basis: str) -> bool:
        page = self.page
        before, triggers_before = page.incident, {trigger.id for trigger in page.snapshot.active_triggers}

        def done() -> str:
            moved = clock_changes(before, page.incident, page.playbook, page.workspace.now())
            new_triggers = [trigger for trigger in page.snapshot.active_triggers if trigger.id not in triggers_before]
            moved += [f"a reason to escalate (e): {trigger.text}" for trigger in new_triggers]
            return f"SEV{present} → SEV{level}. " + ("; ".join(moved) if moved else "No clock moved")

        return page.act(acts.severity.set_severity(level, because, present, basis=basis), done=done)
