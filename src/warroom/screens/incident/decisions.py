"""Decisions as things of their own: logged with their reason, later confirmed, reversed or added to."""

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
            hint="then enter, then the reason",
            take=lambda words: page.dated(words) is not None,
            keep=True,  # until the decision is logged, whatever happens while the reason is typed
        )
        dated = page.dated(what) if what is not None else None
        if dated is None:
            return
        at, words = dated
        if words.strip():
            because = await page.ask(
                "because",
                "Because",
                placeholder="the reason",
                hint="enter logs the decision",
                take=lambda reason: page.act(acts.decisions.decision(words, reason, at=at)),
            )
            if because is None:
                return
        page.forget("decide")

    async def decisions(self) -> None:
        rows = [
            Choice(one.logged.entry.key, f"{one.number}. {one.logged.text}", self._outcome(one), about=_summary(one))
            for one in self.page.session.snapshot().decisions
        ]
        key = await self.page.pick("Decisions", rows, empty="No decision yet; d logs one")
        one = next((one for one in self.page.session.snapshot().decisions if one.logged.entry.key == key), None)
        if one is not None:
            await self._change(one)

    def _outcome(self, one: Decision) -> str:
        """What became of a decision, and when; empty while it simply stands."""
        return f"{one.outcome} {self.page.clock(one.outcome_at)}" if one.outcome_at is not None else ""

    async def _change(self, one: Decision) -> None:
        page, entry = self.page, one.logged.entry
        known = {"options": one.options, "by": one.by, "asked_by": one.asked_by}
        rows = [
            Choice("confirmed", "Confirm it", "it was looked at again and stands", key="c"),
            Choice("reversed", "Reverse it", "with the reason", key="r"),
            Choice("options", "Options considered", known["options"], key="o"),
            Choice("by", "Decided by", known["by"], key="b"),
            Choice("asked_by", "Asked for by", known["asked_by"], key="a"),
        ]
        what = await page.pick(one.logged.text, rows)
        if what in ("confirmed", "reversed"):
            await page.ask(
                f"ruling:{what}",
                f"{what.capitalize()}, because",
                take=lambda why: page.act(acts.decisions.review(entry, what, why)),
            )
        elif what is not None:
            await page.ask(
                f"context:{what}",
                next(row.text for row in rows if row.id == what),
                start=known[what],
                take=lambda words: not words.strip() or page.act(acts.decisions.add_context(entry, **{what: words})),
            )


def _summary(one: Decision) -> str:
    """The reason of a decision, and whatever else is known of it, in a few words."""
    parts = {"because": one.because, "options:": one.options, "decided by": one.by, "asked for by": one.asked_by}
    known = [f"{name} {value}" for name, value in parts.items() if value]
    if one.outcome:
        known.append(f"{one.outcome}: {one.outcome_because}" if one.outcome_because else one.outcome)
    return "; ".join(known)
