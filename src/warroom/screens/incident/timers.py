"""The user's own clocks, and snoozing any clock."""

from __future__ import annotations

from warroom.model import acts, ids, times
from warroom.model.clocks import TIMER, is_follow_up
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.text.width import shorten
from warroom.widgets.choices import Choice

_LABEL = 20
"""The most cells of a clock's label in a question, which must leave room for the answer."""


class Feature(Base):
    """Starting, finishing and snoozing clocks."""

    async def snooze(self) -> None:
        clock = self.page.snapshot.clock_to_snooze
        await ask_snooze(self.page, clock.id if clock else "")

    async def timers(self, id: str = "") -> None:
        """Change a clock of the user's own, or first choose which; the NOW line names one that has run out."""
        running = {clock.id: clock for clock in self.page.snapshot.clocks if clock.id.startswith(TIMER)}
        if not running:
            await self._start()
            return
        if id in running:
            await self._change(id)
            return
        rows = [Choice("new", "Start another clock", key="n")]
        rows += [Choice(id, clock.label, clock.countdown) for id, clock in running.items()]
        chosen = await self.page.pick("Your own clocks", rows)
        if chosen == "new":
            await self._start()
        elif chosen is not None:
            await self._change(chosen)

    async def _start(self) -> None:
        """Ask for the label and the time of a new clock, in one line."""
        await self.page.ask(
            "timer",
            "Clock",
            placeholder="for example: ask the IC 10m",
            hint="end with 10m, at 10:00 or every 15m",
            take=self._take,
        )

    def _take(self, text: str) -> bool:
        page, tz = self.page, self.page.workspace.tz
        if not text.strip():
            return True
        try:
            label, due, every = times.split_timer(text, page.workspace.now(), tz)
        except times.TimeError as error:
            page.say(str(error), failed=True)
            return False
        return page.act(acts.timers.start_timer(label, due, every, tz))

    async def _change(self, id: str) -> None:
        page, key = self.page, id.removeprefix(TIMER)
        logged, _ = page.incident.timers.get(key, (None, 0))
        if logged is None:
            return
        body = logged.body
        after = f"due again in {times.span(body.every)}" if body.every else "ends the clock"
        rows = [
            Choice("done", "Done", after, key="d"),
            Choice("stop", "Stop it for good", key="s"),
            Choice("snooze", "Snooze", "with a reason", key="z"),
        ]
        what = await page.pick(body.label, rows)
        if what in ("done", "stop"):
            page.act(acts.timers.finish_timer(page.incident, key, page.workspace.now(), stop=what == "stop"))
        elif what == "snooze":
            await ask_snooze(page, id)


async def ask_snooze(page: IncidentPage, id: str) -> None:
    """Ask for the reason to snooze a clock, and snooze it."""
    clock = page.snapshot.clock(id)
    if clock is None or clock.id == ids.CLOCK_EVENT:
        page.say("No clock to snooze")
        return
    length, tz = page.playbook.clocks.snooze_min * times.MINUTE, page.workspace.tz

    def until() -> int:
        """The whole minute until which it is silent: from now, or from when it is due if that is later."""
        since = max(page.workspace.now(), clock.due)
        return -(-(since + length) // times.MINUTE) * times.MINUTE

    said = until()

    def take(reason: str) -> bool:
        silent = said if said > page.workspace.now() else until()
        return page.act(acts.timers.snooze(clock.label, clock.id, clock.due, silent, reason, tz))

    label = f"Snooze {shorten(clock.label, _LABEL)} until {times.clock(said, tz)}, because"
    closed = is_follow_up(id)
    await page.ask("snooze", label, placeholder="the reason; it is logged", take=take, when_closed=closed)
