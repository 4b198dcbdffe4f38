"""Snoozed clocks, and the user's own clocks."""

from __future__ import annotations

from datetime import tzinfo

from warroom.model import ids, times
from warroom.model.entries import SHORT_TEXT, BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook
from warroom.model.times import Ms
from warroom.text.cleaning import clean_line


def is_follow_up(clock: str) -> bool:
    """Whether the clock with that id is for what is owed after the fix: recovery, or the post-mortem."""
    return clock == ids.CLOCK_POST_MORTEM or clock.startswith(ids.CLOCK_RECOVERY)


class ClockSnoozed(Body, frozen=True, tag="snooze"):
    """A clock snoozed `until` a time, and why; `due` is the deadline it was snoozed for (both in ms UTC)."""

    timeline_name = "snoozed"
    allowed_when_closed = True

    clock: str
    until: Ms
    because: str
    due: Ms = 0

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if incident.closed_for_now and not is_follow_up(self.clock):
            return incident.closed_for_now
        if self.until <= now:
            return "a clock can only be snoozed until a time in the future"
        if not self.because.strip():
            return "a snooze needs a reason, so that silence is a choice and not an oversight"
        return None


def snooze(label: str, clock: str, due: int, until: int, because: str, tz: tzinfo | None = None) -> Draft:
    """Snooze a clock until a time (ms UTC); its deadline does not change."""
    text = f"{label} snoozed until {times.clock_zone(until, tz)}: {because.strip()}"
    return Draft(ClockSnoozed(clock, until, because.strip(), due), text)


def last_snoozes(incident: BaseIncident) -> dict[str, Logged[ClockSnoozed]]:
    """The last snooze of each clock, by the clock's id."""
    return {logged.body.clock: logged for logged in incident.all(ClockSnoozed)}


class TimerStarted(Body, frozen=True, tag="timer"):
    """One of the user's own clocks, `due` at a time (ms UTC); if it repeats, it is due again `every` ms after done."""

    timeline_name = "clock"
    most_characters = SHORT_TEXT

    label: str
    due: Ms
    every: int = 0

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if not self.label.strip():
            return "a clock of your own needs a label, such as: check with the commander"
        return "that time has passed; give a time in the future" if self.due <= now else None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.timeline_name, text.removeprefix("Clock: ")


def start_timer(label: str, due: int, every: int = 0, tz: tzinfo | None = None) -> Draft:
    """Start one of the user's own clocks; with `every` (ms) it runs again each time it is marked as done."""
    label = clean_line(label).strip()
    again = f", then every {times.span(every)}" if every else ""
    return Draft(TimerStarted(label, due, every), f"Clock: {label} at {times.clock_zone(due, tz)}{again}")


class TimerFinished(Body, frozen=True, tag="timer-done"):
    """A user's own clock marked as done or stopped; a repeating clock is due again at `due` (ms UTC)."""

    timeline_name = "clock"

    target: str
    due: Ms = 0

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if self.target in running_timers(incident) else "that clock is no longer running"


def finish_timer(incident: BaseIncident, key: str, now: int, *, stop: bool = False) -> Draft:
    """Mark a user's own clock as done; a repeating clock starts again from now, unless `stop` is set."""
    found = running_timers(incident).get(key)
    label, every = (found[0].body.label, found[0].body.every) if found else ("clock", 0)
    again = now + every if every and not stop else 0
    return Draft(TimerFinished(key, again), f"{'Stopped' if stop else 'Done'}: {label}")


def running_timers(incident: BaseIncident) -> dict[str, tuple[Logged[TimerStarted], int]]:
    """The user's own running clocks by entry key, each with when it is due (ms UTC)."""
    found = {logged.key: (logged, logged.body.due) for logged in incident.all(TimerStarted)}
    for done in incident.all(TimerFinished):
        started = found.get(done.body.target)
        if started is None or done.order < started[0].order:
            continue
        del found[done.body.target]
        if done.body.due:
            found[done.body.target] = (started[0], done.body.due)
    return found
