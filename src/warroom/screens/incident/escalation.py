"""Escalating step by step: the commander first, then the message; or a reason why not."""

from __future__ import annotations

from warroom.model import acts, ids
from warroom.screens.escalate import EscalateScreen
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage


class Feature(Base):
    """Escalating."""

    async def escalate(self) -> None:
        if not self.page.refuse_if_closed():
            await escalate(self.page)


async def escalate(page: IncidentPage, notice: str = "") -> None:
    """Show the triggers and steps, with a notice, and take the chosen step; after logging it, show them again."""
    while (step := await page.show(EscalateScreen(page, notice))) is not None:
        notice = ""
        if step == "message":
            await page.do("update", ids.MESSAGE_ESCALATION)
            return
        if step == "facts":
            await page.do("facts")
            return
        if not await _log_step(page, step) or step == "decline":
            return


async def _log_step(page: IncidentPage, step: str) -> bool:
    """Ask for the reason or answer that goes with a step, and log it; False if the user left."""
    holding = [trigger.id for trigger in page.session.snapshot().active_triggers]
    commander = ", ".join(page.incident.holders(ids.ROLE_COMMANDER))
    reason = "the reason; it is logged"

    def redraw() -> None:
        """Show the step as done, if it had to wait and the steps are on the screen again."""
        if isinstance(top := page.screen.app.screen, EscalateScreen):
            top.show()

    if step == "skip":
        page.hints.about(ids.MISTAKE_EMOTIONAL, "Skipping the commander needs a good reason")
        answer = await page.ask(
            "escalation:skip",
            "Skipping the commander, because",
            placeholder=reason,
            take=lambda because: page.act(acts.escalation.skip_commander(because, holding), after=redraw),
        )
    elif step == "decline":
        answer = await page.ask(
            "escalation:decline",
            "Not escalating, because",
            placeholder=f"{reason} as a decision",
            take=lambda because: page.act(acts.escalation.decline_escalation(because, holding)),
        )
    else:
        answer = await page.ask(
            f"escalation:{step}",
            f"The commander {step}",
            placeholder="in their words",
            hint="enter = without a reason",
            take=lambda reply: page.act(
                acts.escalation.tell_commander(commander, step == "agrees", reply, holding), after=redraw
            ),
        )
    return answer is not None
