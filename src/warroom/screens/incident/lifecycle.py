"""The incident's lifecycle: stage, title, times, resolving, cancelling, closing and reopening."""

from __future__ import annotations

from collections.abc import Sequence

from warroom.model import acts, ids, times
from warroom.model.kinds import times as times_of
from warroom.model.kinds.stages import goes_back
from warroom.screens.incident.page import Feature as Base
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

_RECENT = 50
"""How many incidents are offered, the latest first."""


_OWED = (ids.MESSAGE_RESOLUTION, ids.MESSAGE_CUSTOMER, ids.MESSAGE_UPDATE)
"""What the NOW line may ask for after the end, if somebody who was told has yet to hear of it."""


_CLOSED = "closed"
"""The row of the stages for the state that is no stage."""
_NAMED = 2
"""So many of the things that are owed are named."""


class Feature(Base):
    """Changing stage, title and state."""

    async def stage(self) -> None:
        page, incident, playbook = self.page, self.page.incident, self.page.playbook
        now = {"closed": _CLOSED, "cancelled": ""}.get(incident.state, incident.stage)
        rows = [Choice(row.id, row.name, row.what) for row in playbook.stages]
        rows.append(Choice(_CLOSED, "Closed", "over; what is still owed after the fix stays owed"))
        title = f"Stage: {incident.outcome}" if incident.cancelled else "Stage"
        stage = await page.pick(title, rows, marked=now)
        if stage is None or stage == now:
            return
        if stage == _CLOSED:
            if incident.state == "resolved":
                await self._close()
            else:
                first = "" if incident.cancelled else "; x resolves it first"
                page.say(f"Only a resolved incident can be closed{first}", mark="▸")
        elif incident.over() and goes_back(playbook, ids.STAGE_RESOLUTION, stage):
            await self._reopen(stage)
        elif incident.over() and incident.state != "resolved":
            page.say(f"This incident is {incident.outcome}; an earlier stage reopens it", mark="▸")
        elif goes_back(playbook, incident.stage, stage):
            await self._go_back(stage)
        else:
            page.act(acts.stages.set_stage(playbook, stage))

    async def _go_back(self, stage: str) -> None:
        """Ask why it goes back to an earlier stage."""
        page, row = self.page, self.page.playbook.stage(stage)
        await page.ask(
            f"stage:{stage}",
            f"Back to {row.name if row else stage}, because",
            placeholder="what happened; people saw it move on",
            take=lambda because: page.act(acts.stages.set_stage(page.playbook, stage, because)),
        )

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
            case "cancelled" | "closed":
                await self._reopen()

    async def cancel(self) -> None:
        """Cancel the incident: a false alarm, or a duplicate of another one."""
        page = self.page
        if page.refuse_if_closed():
            return
        rows = [
            Choice("false alarm", "False alarm", "nothing was broken", key="f"),
            Choice("duplicate", "Duplicate", "another incident is about the same", key="d"),
        ]
        what = await page.pick("Cancel, because it is a", rows)
        other = await self._pick_other() if what == "duplicate" else ""
        if what is None or other is None:
            return
        label = f"Duplicate of {other}, because" if other else "False alarm, because"
        await page.ask(
            f"cancel:{other}",
            label,
            placeholder="how you know",
            take=lambda because: page.act(acts.lifecycle.cancel(because, other), done="Cancelled"),
        )

    async def _pick_other(self) -> str | None:
        """Choose another incident."""
        page = self.page
        try:
            ids = [life.incident for life in page.session.journal.lifecycles()[:_RECENT]]
            found = [page.console.all_clocks.incident(id) for id in ids if id != page.incident.id]
        except StoreError as error:
            page.say(str(error), failed=True)
            return None
        found.sort(key=lambda other: other.over())  # those that are open first
        rows = [Choice(other.id, f"{other.id}  {other.name}", other.outcome) for other in found]
        return await page.pick("A duplicate of", rows, empty="There is no other incident")

    async def times(self) -> None:
        """Correct when it began, when the user learned of it, or when it was resolved."""
        page, incident = self.page, self.page.incident
        known = {"began": incident.began, "learned": incident.learned, "resolved": incident.resolved_at}
        rows = [
            Choice(which, times_of.NAMES[which], page.clock_day(at), key=which[0])
            for which, at in known.items()
            if at is not None
        ]
        which = await page.pick("Which time is wrong", rows)
        if which is None:
            return

        def take(text: str) -> bool:
            workspace = page.workspace
            try:
                to, because = times.split_time_and_reason(text, workspace.now(), workspace.tz, near=known[which])
            except times.TimeError as error:
                page.say(str(error), failed=True)
                return False
            draft = acts.times.correct_time(page.incident, which, to, because, page.workspace.tz)
            return page.act(draft, done=draft.text)

        hint = "the right time, then the reason if there is one"
        label = f"{times_of.NAMES[which]}, not {page.clock_day(known[which] or 0)} but"
        await page.ask(f"time:{which}", label, placeholder="03:41 or -20m", hint=hint, take=take, when_closed=True)

    async def _resolve(self) -> None:
        page = self.page

        def take(text: str) -> bool:
            dated = page.split_time(text)
            return dated is not None and page.act(acts.lifecycle.resolve(dated[1], dated[0]), done=self._resolved)

        hint = "start with -5m to back-date"
        await page.ask("resolve", "Resolved", placeholder="how it was fixed", hint=hint, take=take)

    def _resolved(self) -> str:
        page = self.page
        length = times.span(page.incident.length(page.workspace.now()))
        notice = page.snapshot.advice.target == ids.MESSAGE_RESOLUTION
        return f"Resolved after {length}" + (". The resolution notice is next: u" if notice else "")

    async def _close(self) -> None:
        page, now = self.page, self.page.session.snapshot()
        owed, told = now.still_owed, now.advice.target not in _OWED
        if owed or not told:
            words = ". ".join(filter(None, ["" if told else now.advice.text, _in_words(owed)]))
            title = "Something is still owed" if told else "Not everyone who was told knows that it is over"
            close = "Close it; what is owed stays owed" if owed else "Close it all the same"
            rows = [Choice("back", "Not yet", about=words), Choice("close", close, about=words)]
            if await page.pick(title, rows) != "close":
                return
        if now.post_mortem.owed:
            page.hints.about(ids.MISTAKE_POST_MORTEM, "The post-mortem stays owed")

        def take(text: str) -> bool:
            dated = page.split_time(text)
            # Asked again, because the answer may come much later.
            return dated is not None and page.act(
                acts.lifecycle.close(dated[1], owes=bool(page.session.snapshot().still_owed))
            )

        hint = "enter closes it"
        await page.ask("close", "Close", placeholder="a last note (optional)", hint=hint, take=take)

    async def _reopen(self, stage: str = "") -> None:
        """Ask why it is reopened, and put it into `stage` if that is not the one it is reopened in."""

        def take(reason: str) -> bool:
            if not reason.strip():
                self.page.say("Reopening starts the clocks again: say what is broken, or leave with esc", failed=True)
                return False
            drafts = [acts.lifecycle.reopen(reason)]
            if stage and stage != ids.STAGE_RESPONSE:
                drafts.append(acts.stages.set_stage(self.page.playbook, stage, reason))
            return self.page.act(*drafts)

        label = "Reopen, because"
        await self.page.ask("reopen", label, placeholder="what is broken again", when_closed=True, take=take)


def _in_words(owed: Sequence[str]) -> str:
    """Say what is owed, in one line: the first few, and how many more."""
    more = f" and {len(owed) - _NAMED} more" if len(owed) > _NAMED else ""
    return f"Owed: {', '.join(owed[:_NAMED])}{more}" if owed else ""
