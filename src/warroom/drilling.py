"""Drills: each run is played in a file of its own, beside the journal, by that file's clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import tzinfo
from itertools import islice
from pathlib import Path

import msgspec

from warroom import places
from warroom.model import times
from warroom.model.drill_run import (
    USUAL_SPEED,
    Asked,
    Line,
    Run,
    asked,
    begins,
    next_moment,
    ringing,
    unwritten,
    waiting,
)
from warroom.model.entries import Entry
from warroom.model.kinds.lifecycle import Declared
from warroom.model.scenario import Event, Scenario
from warroom.model.times import Ms
from warroom.store.connection import Connection
from warroom.store.daily_copies import SETTING
from warroom.store.drill_clock import CLOCK, RUN, DrillClock, Reading, is_open_here, read, written
from warroom.store.errors import StoreError, translated
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.trouble import Trouble
from warroom.workspace import Workspace

MOST_LOOKED_AT = 50
"""Of how many runs it is looked which of them waits: the others were played long ago."""


class Kept(msgspec.Struct, frozen=True):
    """What a drill's file keeps of its run: the scenario as it was when the run began, and whose journal it is beside.

    `began` is minute 0 by the drill's clock (ms UTC), `made` the time on people's watches then (ms UTC). `author` is
    whoever practises. `beside` says that the journal was there then: if it is not later, it is not made anew.
    """

    scenario: Scenario
    began: Ms
    made: Ms
    journal: str
    author: str
    beside: bool = False


class Found(msgspec.Struct, frozen=True):
    """A run's file: what it is of, and how far it has come."""

    path: Path
    kept: Kept
    clock: Reading

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was when the run began."""
        return self.kept.scenario

    @property
    def minute(self) -> int:
        """How many whole minutes of the scenario are played."""
        return int((self.clock.now - self.kept.began) / times.MINUTE)

    @property
    def finished(self) -> bool:
        """Whether it was ended."""
        return self.clock.ended is not None

    @property
    def how_far(self) -> str:
        """How far it has come, in words: `12 of 45 min`."""
        return f"{min(self.minute, self.scenario.minutes)} of {self.scenario.minutes} min"


# The files


def begin(
    journal: Path,
    scenario: Scenario,
    *,
    now: int,
    author: str,
    tz: tzinfo | None = None,
    speed: float = USUAL_SPEED,
) -> Path:
    """Make the file of a new run beside the journal, and return its path; `now` is in ms UTC.

    Its clock stands until the briefing was read. Raises StoreError, and then there is no file.
    """
    journal = journal.absolute()
    folder = places.drills_of(journal)
    stamp = f"{times.local(now, tz):%Y-%m-%d-%H%M}"
    path, number = folder / f"{scenario.id}-{stamp}.db", 1
    with translated(folder):
        places.make_private_folder(folder)
        while os.path.lexists(path):
            number += 1
            path = folder / f"{scenario.id}-{stamp}-{number}.db"
    at = begins(scenario, now, tz)
    kept = Kept(scenario, at, now, str(journal), author, os.path.lexists(journal))
    try:
        with Journal.open(path, now=lambda: at) as made:
            preferences = Preferences(made.connection)
            preferences.set(RUN, msgspec.json.encode(kept).decode())
            preferences.set(CLOCK, written(Reading(at, speed)))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


class Unreadable(msgspec.Struct, frozen=True):
    """A file among the runs that can't be read as one; `why` is a sentence that names it.

    `of_a_drill` says that it is a drill's file all the same, as far as that can be seen.
    """

    path: Path
    why: str
    of_a_drill: bool = False


def examine(path: Path) -> Found | Unreadable:
    """What a file is a run of, or why it is none that can be shown, judged or gone on with. Never raises."""
    try:
        with Connection.open_to_read(path, busy_s=0.2) as connection:
            return _run_in(path, Preferences(connection))
    except StoreError as error:
        return Unreadable(path, str(error))


def _run_in(path: Path, preferences: Preferences) -> Found | Unreadable:
    """What the preferences of a file are those of a run of. Raises StoreError."""
    text, kept = preferences.get(CLOCK), _kept(preferences)
    clock = read(text) if text else None
    if kept is None or clock is None:
        return Unreadable(path, _NO_RUN.format(path), bool(text) or preferences.get(RUN) is not None)
    last = kept.began + _LONGEST
    is_fine = kept.began <= clock.now <= last and (clock.ended is None or kept.began <= clock.ended <= last)
    return Found(path, kept, clock) if is_fine else Unreadable(path, _WRONG_TIME.format(path), True)


_NO_RUN = "{} is not a drill's file, or was changed by hand or made by another version of warroom."
_WRONG_TIME = "{} can't be used: its clock shows a time that this drill can't have, so it was changed by hand."
_LONGEST = 366 * 24 * times.HOUR
"""No drill goes on for longer by its own clock: at its fastest that takes six days."""


def look(path: Path) -> Found | None:
    """What a file is a run of; None if it is not a drill's file that can be read."""
    found = examine(path)
    return found if isinstance(found, Found) else None


def _kept(preferences: Preferences) -> Kept | None:
    text = preferences.get(RUN)
    with suppress(msgspec.DecodeError, msgspec.ValidationError):
        kept = msgspec.json.decode(text, type=Kept) if text else None
        return kept if kept is not None and kept.scenario.events else None
    return None


def files(journal: Path) -> list[Path]:
    """The files in the folder of runs beside a journal, the one that was written last first."""
    folder = places.drills_of(journal.absolute())
    try:
        found = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.db")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)]


def runs(journal: Path) -> Iterator[Found]:
    """The runs beside a journal, the newest first; a file that can't be read is left out."""
    return (found for path in files(journal) if (found := look(path)) is not None)


def unfinished(journal: Path, scenario: str = "") -> Found | None:
    """The run that was played last and not ended, of a scenario if one is given; None if there is none."""
    newest = islice(runs(journal), MOST_LOOKED_AT)
    return next((run for run in newest if not run.finished and scenario in ("", run.scenario.id)), None)


def open_now(journal: Path) -> list[Found]:
    """The runs beside a journal that consoles on this machine have open and that are not ended, the newest first."""
    found = []
    for path in files(journal):
        with suppress(OSError):  # it was deleted just now
            if path.stat().st_mtime < time.time() - _SAVED_LATELY_S:
                break
        run = look(path)
        if run is not None and not run.finished and is_open_here(run.clock):
            found.append(run)
    return found


_SAVED_LATELY_S = 60
"""A console saves the clock of its run each second."""

# A run that is open


class Drill:
    """A run that is open in a console: writes what happens, keeps the time, and knows what waits."""

    def __init__(self, workspace: Workspace) -> None:
        """`workspace` is that of a drill's file. Raises StoreError, also if the file is not of a drill."""
        journal = workspace.journal
        run = _run_in(workspace.database, workspace.preferences)
        if isinstance(run, Unreadable):
            raise StoreError(run.why)
        if workspace.drill is None:
            raise StoreError(_NO_RUN.format(workspace.database))
        self.workspace, self.kept = workspace, run.kept
        self.clock: DrillClock = workspace.drill
        self.run = Run(run.kept.scenario, run.kept.began, run.kept.author)
        self._file = journal.connection.file_id
        self.writer: Journal | None = None
        """A connection of its own, so that screens notice what is written as they notice what others write."""
        self._writes_at = 0
        """When what is being written was recorded (ms UTC): at the moment at which it happens, not at the next beat."""
        self._seq, self._last = 0, 0
        """The last entry that was read: its number, and when one was recorded last (ms UTC)."""
        self._logs: dict[str, list[Entry]] = {}
        """All entries of each incident, in the order in which the incidents were declared."""
        self.trouble = ""
        """Why the run can't be saved or written at present; "" if it can."""
        self._trouble = Trouble(workspace.real_now)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was when the run began."""
        return self.kept.scenario

    @property
    def name(self) -> str:
        """The name of the run: that of its file without the ending."""
        return self.workspace.database.stem

    @property
    def logs(self) -> list[tuple[str, list[Entry]]]:
        """The run's incidents in the order in which they were declared, each with its id and its entries."""
        return list(self._logs.items())

    def beat(self) -> list[Line]:
        """Save the time, and write what has happened meanwhile; returns that. Never raises: see `trouble`.

        Only one console does: any other reads what that one has saved.
        """
        self.clock.now()  # time passes, whatever can be read
        try:
            journal = self._open()
            self._read(journal)
            self.clock.keep(since=self._last)
            self.clock.look()
            found = self._write(journal) if self.clock.keeps else []
        except StoreError as error:
            if self._trouble.is_worth_telling(error):
                self.trouble = str(error)
            return []
        self._trouble.end()
        self.trouble = ""
        return found

    def take_over(self) -> None:
        """Keep the time from now on, also if another console does. Raises StoreError."""
        self._read(self._open())
        self.clock.keep(since=self._last, anyway=True)

    def _open(self) -> Journal:
        if self.writer is None:
            self.writer = Journal.open(
                self.workspace.database, now=lambda: self._writes_at, create=False, busy_s=0.2, only=self._file
            )
            self.writer.connection.wait_briefly()
        return self.writer

    def _read(self, journal: Journal) -> None:
        """Read what is new in the file."""
        for entry in journal.since(self._seq):
            self._seq, self._last = max(self._seq, entry.seq), max(self._last, entry.recorded)
            if isinstance(entry.body, Declared):
                self._logs.setdefault(entry.incident, [])
            if entry.incident in self._logs:
                self._logs[entry.incident].append(entry)

    def _write(self, journal: Journal) -> list[Line]:
        if self.clock.reading.ended is not None or not unwritten(self.run, self.clock.now(), self.logs):
            return []
        with journal.writing() as writer:
            self._read(journal)
            found = unwritten(self.run, self.clock.now(), self.logs)
            for id, line in found:
                self._writes_at = line.at
                writer.append(id, line.draft, author=line.by)
        self._read(journal)
        return [line for _, line in found]

    def close(self) -> None:
        """Let go of the clock, so that another console can go on, and close the file."""
        with suppress(StoreError):
            self.clock.let_go()
        if self.writer is not None:
            self.writer.close()
            self.writer = None
        self.workspace.close()

    # How it stands

    @property
    def rings(self) -> Event | None:
        """What rings until an incident is declared for it."""
        if not self.clock.reading.started or self.clock.reading.ended is not None:
            return None
        return ringing(self.run, self.clock.now(), len(self._logs))

    def asked(self) -> list[Asked]:
        """The questions that were asked so far, with what has answered them."""
        return asked(self.run, self.clock.now(), self.logs, self.workspace.playbook.audiences)

    @property
    def waiting(self) -> list[Asked]:
        """The questions that nobody has answered, the one that waits longest first."""
        return waiting(self.asked())

    @property
    def next_moment(self) -> int | None:
        """When the next thing happens (ms UTC); None if nothing more does."""
        return next_moment(self.run, self.clock.now(), self.logs)

    @property
    def time_is_up(self) -> bool:
        """Whether the planned minutes and the allowance after them are over."""
        return self.clock.now() >= self.run.time_is_up

    @property
    def is_done(self) -> bool:
        """Whether everything has happened, and every incident is over and its end was told."""
        if self.next_moment is not None or self.rings is not None or not self._logs:
            return False
        playbook = self.workspace.playbook
        with suppress(StoreError):
            return all(brief.over and not brief.end_owed(playbook) for brief in self.workspace.summaries())
        return False


def open_drill(
    path: Path,
    *,
    now: Callable[[], int],
    author: str | None = None,
    env: Mapping[str, str] | None = None,
    config: Path | None = None,
    tz: tzinfo | None = None,
    monotonic: Callable[[], float] | None = None,
) -> Drill:
    """Open a run's file; no daily copies of it are made. `now` gives ms UTC. Raises StoreError."""
    workspace = Workspace(
        path,
        now=now,
        author=author,
        tz=tz,
        env={**(os.environ if env is None else env), SETTING: "off"},
        config=config,
        monotonic=monotonic or time.monotonic,
    )
    try:
        return Drill(workspace)
    except BaseException:
        workspace.close()
        raise
