"""The incident's lifecycle: stage, title, resolving, closing and reopening."""

from __future__ import annotations

from warroom.model import acts, ids, times
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.choices import Choice


class Feature(Base):
    """Changing stage, title and state."""

    async def stage(self) -> None:
        page = self.page
        if page.refuse_if_closed():
            return
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
            dated = page.split_time(text)
            return dated is not None and page.act(acts.lifecycle.resolve(dated[1], dated[0]), done=self._resolved)

        hint = "start with -5m to back-date; esc cancels"
        await page.ask("resolve", "Resolved", placeholder="how it was fixed", hint=hint, take=take)

    def _resolved(self) -> str:
        page = self.page
        length = times.span(page.incident.elapsed(page.workspace.now()))
        notice = page.snapshot.advice.target == ids.MESSAGE_RESOLUTION
        return f"Resolved after {length}" + (". The resolution notice is next: u" if notice else "")

    async def _close(self) -> None:
        page = self.page

        def take(text: str) -> bool:
            dated = page.split_time(text)
            return dated is not None and page.act(acts.lifecycle.close(dated[1]))

        if any(page.playbook.severity(level).acknowledge_within_min for _, level in page.incident.severities):
            page.hints.about(ids.MISTAKE_POST_MORTEM, "The post-mortem is still to come")
        hint = "enter closes it; esc cancels"
        await page.ask("close", "Close", placeholder="a last note (optional)", hint=hint, take=take)

    async def _reopen(self) -> None:
        await self.page.ask(
            "reopen",
            "Reopen, because",
            placeholder="what is broken again",
            when_closed=True,
            take=lambda reason: self.page.act(acts.lifecycle.reopen(reason)),
        )
