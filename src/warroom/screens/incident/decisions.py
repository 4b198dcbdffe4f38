"""Logging a decision with its reason; later confirming it, reversing it, or adding details."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.kinds.decisions import Decision
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.choices import Choice


class Feature(Base):
    """Logging a decision, and the list of them."""

    async def decide(self) -> None:
        page = self.page
        what = await page.ask(
            "decide",
            "Decision",
            placeholder="what was decided",
            hint="enter asks for the reason",
            take=lambda text: page.split_time(text) is not None,
            keep=True,  # until the decision is logged, whatever happens while the reason is typed
        )
        dated = page.split_time(what) if what is not None else None
        if dated is None:
            return
        at, text = dated
        if text.strip():
            because = await page.ask(
                "because",
                "Because",
                placeholder="the reason",
                hint="enter logs the decision",
                take=lambda reason: page.act(
                    acts.decisions.decision(text, reason, at=at), words={"decide": page.line.drafts.get("decide", "")}
                ),
            )
            if because is None:
                return
        page.forget("decide")

    async def decisions(self) -> None:
        rows = [self._row(decision) for decision in self.page.session.snapshot().decisions]
        key = await self.page.pick("Decisions", rows, empty="No decision yet; d logs one")
        for decision in self.page.session.snapshot().decisions:
            if decision.logged.entry.key == key:
                await self._change(decision)
                return

    def _row(self, decision: Decision) -> Choice:
        title = f"{decision.number}. {decision.logged.text}"
        return Choice(decision.logged.entry.key, title, self._outcome(decision), about=_summary(decision))

    def _outcome(self, decision: Decision) -> str:
        """Return whether a decision was confirmed or reversed, and when; empty if neither."""
        return f"{decision.outcome} {self.page.clock(decision.outcome_at)}" if decision.outcome_at is not None else ""

    async def _change(self, decision: Decision) -> None:
        page, entry = self.page, decision.logged.entry
        known = {"options": decision.options, "by": decision.by, "asked_by": decision.asked_by}
        rows = [
            Choice("confirmed", "Confirm it", "reviewed and still right", key="c"),
            Choice("reversed", "Reverse it", "with the reason", key="r"),
            Choice("options", "Options considered", known["options"], key="o"),
            Choice("by", "Decided by", known["by"], key="b"),
            Choice("asked_by", "Asked for by", known["asked_by"], key="a"),
        ]
        what = await page.pick(decision.logged.text, rows)
        if what in ("confirmed", "reversed"):
            await page.ask(
                f"ruling:{what}",
                f"{what.capitalize()}, because",
                take=lambda reason: page.act(acts.decisions.review(entry, what, reason)),
            )
        elif what is not None:
            await page.ask(
                f"context:{what}",
                next(row.text for row in rows if row.id == what),
                start=known[what],
                take=lambda text: not text.strip() or page.act(acts.decisions.add_context(entry, **{what: text})),
            )


def _summary(decision: Decision) -> str:
    """Return the reason of a decision and its other details, on one line."""
    parts = {
        "because": decision.because,
        "options:": decision.options,
        "decided by": decision.by,
        "asked for by": decision.asked_by,
    }
    known = [f"{name} {value}" for name, value in parts.items() if value]
    if decision.outcome:
        reason = f": {decision.outcome_because}" if decision.outcome_because else ""
        known.append(f"{decision.outcome}{reason}")
    return "; ".join(known)
