"""The clock of a drill's file: it runs only while a console has it open, and a jump of the machine's clock is nothing.

The file has the last reading, saved about once a second by the one console that keeps the clock. Other processes go on
from that reading for a second at most.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from typing import Annotated

import msgspec

from warroom.model.times import Ms
from warroom.store.leftovers import begun, is_running, this_machine
from warroom.store.preferences import Preferences

RUN, CLOCK = "drill", "drill-clock"
"""The names of the preferences that a drill's file has: what is practised, and the clock."""
_MOST_S = 2.0
"""The most seconds that count between two looks at the clock: more have passed only if the machine was asleep."""
_SAVED_EVERY_S = 0.9
_OTHERS_S = 1.2
"""The most seconds for which others go on from what was saved."""
_GONE_S = 3.0
"""How long the clock may stand in the file until the console that keeps it counts as gone.

A process of that number is no proof that it is there: after a crash, another program may have got it.
"""
_KEEPER = re.compile(r"([0-9a-f]{8})-([0-9]{1,9})-(?:([0-9]*)-)?[0-9a-f]+")
"""A console that keeps a clock: its machine, its process, when that was begun if the machine tells, and its own part.

Earlier versions leave out when it was begun.
"""

_here: set[str] = set()
"""The names under which this process keeps clocks."""


class Reading(msgspec.Struct, frozen=True):
    """The clock as it is saved: drill time in ms UTC, how many times faster than real time it goes, and if it goes.

    `started` says that the briefing was read, `ended` is when the drill was ended (ms UTC, drill time). `keeper` is the
    console that keeps the clock ("": none), and `seconds` the reading of that machine's monotonic clock. `held` says
    that a clock that goes stands for now, such as while that console shows the drill's menu.
    """

    now: Ms
    speed: Annotated[float, msgspec.Meta(gt=0, le=1_000)]
    going: bool = False
    started: bool = False
    ended: Ms | None = None
    keeper: str = ""
    seconds: float = 0.0
    held: bool = False

    @property
    def moves(self) -> bool:
        """Whether time passes."""
        return self.going and not self.held


def read(text: str) -> Reading | None:
    """The reading that a preference has; None if it can't be read."""
    try:
        return msgspec.json.decode(text, type=Reading)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def is_open_here(reading: Reading) -> bool:
    """Whether a console on this machine keeps the clock, as far as its process tells."""
    found = _KEEPER.fullmatch(reading.keeper)
    return found is not None and found[1] == this_machine() and _runs(found)


def _runs(keeper: re.Match[str]) -> bool:
    """Whether the process of a keeper on this machine runs."""
    process, its_beginning = int(keeper[2]), keeper[3]
    return is_running(process) and not (its_beginning and begun(process) not in ("", its_beginning))


def written(reading: Reading) -> str:
    """A reading as a preference has it."""
    return msgspec.json.encode(reading).decode()


class DrillClock:
    """The clock of one drill's file, as this process sees it; `monotonic` gives seconds."""

    def __init__(
        self, preferences: Callable[[], Preferences], reading: Reading, monotonic: Callable[[], float]
    ) -> None:
        self._preferences, self._monotonic = preferences, monotonic
        self._lock = threading.Lock()
        self.reading = reading
        """The clock as it was saved or set last."""
        self.keeps = False
        """Whether this process keeps the clock."""
        self._name = ""
        self._changed = False
        """Whether it was set since it was saved."""
        self._now, self._mark = float(reading.now), monotonic()
        self._seen, self._seen_at = reading, self._mark

    def now(self) -> int:
        """The drill's time, ms UTC."""
        if not self.keeps:
            return self._by_others()
        with self._lock:
            seconds = self._monotonic()
            passed, self._mark = min(max(seconds - self._mark, 0.0), _MOST_S), seconds
            if self.reading.moves:
                self._now += passed * self.reading.speed * 1000
            return int(self._now)

    def _by_others(self) -> int:
        """The time that the process has now that keeps the clock."""
        reading = self.reading
        passed = self._monotonic() - reading.seconds
        if reading.moves and reading.keeper and passed > 0 and self._is_there(reading):
            return reading.now + int(min(passed, _OTHERS_S) * reading.speed * 1000)
        return reading.now

    def keep(self, *, since: int = 0, anyway: bool = False) -> bool:
        """Save the time if this process keeps the clock, or begin to keep it if no other does; returns whether it does.

        It is saved once a second, however often this is called, unless it was `set`. `since` is a moment (ms UTC)
        before which it is not set, such as that of the last entry. With `anyway`, it is taken from another console,
        which stops keeping it within a second. Raises StoreError.
        """
        if self.keeps and not self._changed and 0 <= self._monotonic() - self.reading.seconds < _SAVED_EVERY_S:
            return True
        self._preferences().set(CLOCK, written(self.reading), lambda _: self._saved(since, anyway))
        self._changed = False
        return self.keeps

    def _saved(self, since: int, anyway: bool) -> str:
        """What is to be saved, called while nobody else writes."""
        text = self._preferences().get(CLOCK)
        there = (read(text) if text else None) or self.reading
        if there.keeper != self._name or not self.keeps:
            if there.keeper and not anyway and self._is_there(there):
                self._stop_keeping()
                self.reading = there
                return written(there)
            _here.discard(self._name)
            self._name = f"{this_machine()}-{os.getpid()}-{begun(os.getpid())}-{os.urandom(4).hex()}"
            _here.add(self._name)
            self.reading = msgspec.structs.replace(there, held=False)
            self._now, self._mark = float(max(there.now, since)), self._monotonic()
            self.keeps = True
        self.reading = msgspec.structs.replace(
            self.reading, now=self.now(), keeper=self._name, seconds=self._monotonic()
        )
        return written(self.reading)

    def _is_there(self, reading: Reading) -> bool:
        """Whether the console that keeps the clock is still there."""
        if (found := _KEEPER.fullmatch(reading.keeper)) and found[1] == this_machine():
            if int(found[2]) == os.getpid():
                return reading.keeper in _here
            if not _runs(found):
                return False
        if reading != self._seen:
            self._seen, self._seen_at = reading, self._monotonic()
        return self._monotonic() - self._seen_at < _GONE_S

    def set(
        self,
        *,
        speed: float | None = None,
        going: bool | None = None,
        to: int | None = None,
        started: bool = False,
        ended: bool = False,
    ) -> None:
        """Change the clock that this process keeps, and save that: its speed, whether it goes, or the time (ms UTC).

        It is changed even if a StoreError is raised; a later `keep` saves it.
        """
        now = self.now() if to is None else max(to, self.now())
        reading = self.reading
        self._now, self._changed = float(now), True
        self.reading = msgspec.structs.replace(
            reading,
            now=now,
            speed=reading.speed if speed is None else speed,
            going=not ended and (reading.going if going is None else going),
            started=reading.started or started,
            ended=now if ended and reading.ended is None else reading.ended,
        )
        self.keep()

    def hold(self, held: bool) -> None:
        """Let the clock stand for now, or no longer, if this process keeps it; the next `keep` saves that."""
        if self.keeps and held != self.reading.held:
            self.reading = msgspec.structs.replace(self.reading, now=self.now(), held=held)
            self._changed = True

    def let_go(self) -> None:
        """Save the time, and let another console keep the clock. Raises StoreError; it is let go all the same."""
        if not self.keeps:
            return
        reading = msgspec.structs.replace(self.reading, now=self.now(), keeper="", held=False)
        name = self._name
        self._stop_keeping()
        self.reading = reading

        def saved(_: str) -> str:
            text = self._preferences().get(CLOCK)
            there = read(text) if text else None
            return written(there if there is not None and there.keeper != name else reading)

        self._preferences().set(CLOCK, written(reading), saved)

    def _stop_keeping(self) -> None:
        self.keeps = False
        _here.discard(self._name)

    def look(self) -> None:
        """Read what the process has saved that keeps the clock. Raises StoreError."""
        if not self.keeps and (text := self._preferences().get(CLOCK)) and (reading := read(text)):
            self.reading = reading
