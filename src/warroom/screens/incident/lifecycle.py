"""The incident's course: its stage, its title, its end, and its reopening."""

from __future__ import annotations

from warroom.model import acts, times
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.choices import Choice


class Feature(Base):
    """Stage, title, resolving, closing, reopening."""

    async def stage(self) -> None:
        page = self.page
        rows = [Choice(row.id, row.name, row.what) for row in page.playbook.stages]
        stage = await page.pick("Stage", rows, marked=page.incident.stage)
        if stage is not None and stage != page.incident.stage:
            page.act(acts.lifecycle.set_stage(page.playbook, stage))

    async def rename(self) -> None:
        page, title = self.page, self.page.incident.title
        await page.ask(
            "title",
            "Title",
            placeholder="what users see, in a few words",
            start=title,
            take=lambda text: text.strip() == title or page.act(acts.lifecycle.retitle(text)),
        )

    async def close(self) -> None:
        """Resolve the incident, close a resolved one, reopen a closed one."""
        match self.page.incident.state:
            case "open":
                await self._resolve()
            case "resolved":
                await self._close()
            case "closed":
                await self._reopen()

    async def _resolve(self) -> None:
        page = self.page

        def take(text: str) -> bool:
            dated = page.dated(text)
            return dated is not None and page.act(acts.lifecycle.resolve(dated[1], dated[0]))

        hint = "-5m in front back-dates; esc leaves it open"
        if await page.ask("resolve", "Resolved", placeholder="how it was fixed", hint=hint, take=take) is not None:
            length = times.span(page.incident.elapsed(page.workspace.now()))
            page.say(f"Resolved after {length}. The resolution notice is next: u")

    async def _close(self) -> None:
        page = self.page

        def take(text: str) -> bool:
            dated = page.dated(text)
            return dated is not None and page.act(acts.lifecycle.close(dated[1]))

        hint = "enter closes; esc leaves it"
        await page.ask("close", "Close", placeholder="anything left to say", hint=hint, take=take)

    async def _reopen(self) -> None:
        await self.page.ask(
            "reopen",
            "Reopen, because",
            placeholder="what came back",
            take=lambda reason: self.page.act(acts.lifecycle.reopen(reason)),
        )
