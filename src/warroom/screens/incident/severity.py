"""Changing the severity, with the reason, and showing how the clocks changed."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.clocks import clock_changes
from warroom.screens.incident.page import Feature as Base
from warroom.screens.severity import SeverityScreen


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
        await page.ask(
            "severity",
            f"SEV{present} → SEV{level}, because",
            placeholder="the reason",
            take=lambda because: self._change(present, level, because, basis),
        )

    def _change(self, present: int, level: int, because: str, basis: str) -> bool:
        page = self.page
        before, triggers_before = page.incident, {trigger.id for trigger in page.snapshot.active_triggers}

        def done() -> str:
            moved = clock_changes(before, page.incident, page.playbook, page.workspace.now())
            new_triggers = [trigger for trigger in page.snapshot.active_triggers if trigger.id not in triggers_before]
            moved += [f"a reason to escalate (e): {trigger.text}" for trigger in new_triggers]
            return f"SEV{present} → SEV{level}. " + ("; ".join(moved) if moved else "No clock moved")

        return page.act(acts.lifecycle.set_severity(level, because, present, basis=basis), done=done)
