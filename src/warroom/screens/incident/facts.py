"""Setting and correcting facts; each fact keeps its history."""

from __future__ import annotations

from warroom.model import acts, times
from warroom.screens.incident.offers import Offer, kept_ready, offer
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.choices import Choice


class Feature(Base):
    """Setting facts."""

    async def facts(self, id: str = "") -> None:
        """Ask for a fact, or first which one."""
        page = self.page
        fact = page.playbook.fact(id or await page.pick("What is known", self._rows()) or "")
        if fact is None:
            return
        usual = Offer() if page.incident.facts.get(fact.id) else offer(page, fact)
        await page.ask(
            f"fact:{fact.id}",
            fact.label,
            placeholder=fact.hint,
            hint=usual.hint or "enter sets it",
            start=page.incident.fact(fact.id) or usual.text,
            offered=bool(usual.text),
            take=lambda value: (
                value.strip() == page.incident.fact(fact.id) or page.act(acts.facts.fact(page.playbook, fact.id, value))
            ),
        )

    def _rows(self) -> list[Choice]:
        incident, tz = self.page.incident, self.page.workspace.tz
        rows = []
        for fact in self.page.playbook.facts:
            history = [
                f"{times.clock(logged.at, tz)} {logged.body.value or 'no longer known'}"
                for logged in incident.facts.get(fact.id, ())
            ]
            changes = f"  ({len(history)})" if len(history) > 1 else ""
            about = " → ".join(history) or fact.hint
            value = incident.fact(fact.id) + changes if history else kept_ready(self.page.playbook, fact)
            rows.append(Choice(fact.id, fact.label, value, about=about))
        return rows
