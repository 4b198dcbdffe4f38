"""Reports of drills, made from a run's own file, and what the real journal keeps of each run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from warroom import places
from warroom.drilling import MOST_LOOKED_AT, Found, Unreadable, examine, files, runs
from warroom.model import ids, times
from warroom.model.drill_report import Check, Earlier, Played, Remarked, Report, held_words, report
from warroom.model.drills import marked
from warroom.model.kinds.drills import DrillFinished, Tally, drills_played, finish_drill
from warroom.model.kinds.lifecycle import Declared
from warroom.model.practice.checks import BRIEF
from warroom.model.times import MINUTE
from warroom.store.daily_copies import SETTING
from warroom.store.errors import Missing, StoreError
from warroom.workspace import Workspace

if TYPE_CHECKING:
    from warroom.model.entries import Draft, Entry
    from warroom.model.incident import Incident

AROUND = 3 * MINUTE
"""The lines of the log that are shown with a check: so long before and after its moment."""
_FEWEST = 5
"""Where fewer lines are within that time, the nearest ones are shown."""


class Line(msgspec.Struct, frozen=True):
    """A line of a run's log, as it reads now: its time (ms UTC of the drill's clock), author, kind and text."""

    key: str
    incident: str
    at: int
    author: str
    kind: str
    text: str


class Reported(msgspec.Struct, frozen=True):
    """A report with the lines of the log that it is about; `run` is the name of the run's file without its ending."""

    run: str
    report: Report
    lines: tuple[Line, ...]

    @property
    def compared_words(self) -> str:
        """How it went compared with the last run; empty if there is none, or nothing to compare."""
        compared = self.report.compared
        if not compared:
            return ""
        names = {
            change: [BRIEF[one.part] for one in compared if one.change == change]
            for change in ("better", "worse", "the same", "not comparable")
        }
        words = [f"{change} in {', '.join(found)}" for change, found in names.items() if found]
        shorter = {"this": ", which was longer", "that": ", which was shorter", "": ""}[self.report.shorter]
        return f"Compared with {times.day(compared[0].at, self.report.tz)}{shorter}: {'; '.join(words)}."

    def log_around(self, check: Check) -> str:
        """The lines of the log around the moment of a check, with a mark at its own line."""
        of = [line for line in self.lines if not check.where.incident or line.incident == check.where.incident]
        near = [line for line in of if abs(line.at - check.at) <= AROUND]
        if len(near) < _FEWEST:
            nearest = sorted(of, key=lambda line: abs(line.at - check.at))[:_FEWEST]
            near = [line for line in of if line in nearest]
        head = (
            f"{marked(self.report.title, drill=True)}\nThe log around {self.report.moment(check)}\n\n{check.text}\n\n"
        )
        rows = [
            f"{'▸' if line.key == check.where.entry else ' '} {times.clock(line.at, self.report.tz)}  "
            f"{line.author}: {line.text}"
            for line in near
        ]
        return head + ("\n".join(rows) or "Nothing had been written by then.") + "\n"


class PlayedRun(msgspec.Struct, frozen=True):
    """A run, and how it went as far as the real journal knows; None if it is not over, or was not kept there."""

    run: Found
    kept: DrillFinished | None = None

    @property
    def words(self) -> str:
        """How it stands, in words: `7 of 9 checks held`, or that it waits."""
        if self.kept is not None:
            return held_words(self.kept.tally.held, self.kept.tally.checks)
        return "ended" if self.run.finished else "waits" if self.run.clock.started else "not started"


def real_workspace(workspace: Workspace) -> Workspace:
    """A workspace of the journal beside which the drill is played whose file a workspace is of; itself if it is none.

    Raises StoreError, also if it is a drill's file that can't be read as one.
    """
    if not places.is_of_a_drill(workspace.database):
        return workspace
    run = examine(workspace.database)
    if isinstance(run, Unreadable):
        if run.of_a_drill:
            raise StoreError(run.why)
        return workspace
    return Workspace(Path(run.kept.journal), now=workspace.real_now, tz=workspace.tz, env=workspace.env)


def runs_played(real: Workspace) -> Iterator[PlayedRun | Unreadable]:
    """The runs beside a journal, the last one first, each with how it went; each is read only when it is needed.

    Raises StoreError.
    """
    played = {body.run: body for body in drills_played(_register(real))}
    for path in files(real.database):
        run = examine(path)
        yield run if isinstance(run, Unreadable) else PlayedRun(run, played.get(path.stem))


def last_runs(real: Workspace) -> dict[str, DrillFinished]:
    """How each scenario went last time, by its id, as far as the journal knows. Raises StoreError."""
    return {body.scenario: body for body in drills_played(_register(real))}


def report_of(run: Found, real: Workspace) -> Reported:
    """Make the report of a run, compared with earlier ones that the real journal knows. Raises StoreError."""
    return reported(run, real, entries=_register(real))


def _register(real: Workspace) -> tuple[Entry, ...]:
    """What the real journal keeps of drills; nothing if there is no journal yet."""
    try:
        return real.register(ids.REGISTER_READINESS).read()
    except Missing:
        return ()


def reported(run: Found, real: Workspace, *, entries: Iterable[Entry] = ()) -> Reported:
    """Make the report of a run, finished or not, by what its file has. Raises StoreError.

    `real` is the workspace of the journal beside which it was played: its company's files and zone are used. `entries`
    are those of its register of readiness, for comparing.
    """
    drill = Workspace(
        run.path,
        now=real.real_now,
        author=run.kept.author,
        tz=real.tz,
        env={**real.env, SETTING: "off"},
        config=real.config,
    )
    try:
        return judge(drill, run, earlier_runs(entries, run))
    finally:
        drill.close()


def judge(drill: Workspace, run: Found, earlier: Iterable[Earlier] = ()) -> Reported:
    """Make the report of the run whose file `drill` is the workspace of. Raises StoreError.

    `earlier` are the earlier runs of the same scenario.
    """
    from warroom.messages.sent_words import remarks_on
    from warroom.model.snapshot import Snapshot

    kept, clock, logs = run.kept, run.clock, _logs(drill)
    last = max((entry.recorded for log in logs for entry in log), default=0)
    played = Played(
        kept.scenario,
        drill.playbook,
        logs,
        began=kept.began,
        now=max(clock.now, last) if clock.ended is None else clock.ended,  # while it runs, it is saved now and then
        finished=run.finished,
        author=kept.author,
        tz=drill.tz,
    )

    def remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
        snapshot = Snapshot(incident, drill.playbook, entry.at, drill.tz)
        return remarks_on(entry, snapshot, drill.kinds, drill.rules)

    return Reported(run.path.stem, report(played, remarks, earlier), tuple(_lines(played)))


def _lines(played: Played) -> Iterator[Line]:
    """The lines of all logs, in order of time."""
    shown = (
        (practised.incident.shown(entry), entry.kind)
        for practised in played.incidents
        for entry in practised.entries
        if entry.body.corrects is None and entry.body.marks is None
    )
    for entry, kind in sorted(shown, key=lambda pair: (pair[0].at, pair[0].order)):
        yield Line(entry.key, entry.incident, entry.at, entry.author, kind, entry.text)


def _logs(drill: Workspace) -> list[list[Entry]]:
    """The entries of each incident of the run, in the order in which the incidents were declared."""
    logs: dict[str, list[Entry]] = {}
    for entry in drill.journal.since(0):
        if isinstance(entry.body, Declared) or entry.incident in logs:
            logs.setdefault(entry.incident, []).append(entry)
    return list(logs.values())


def earlier_runs(entries: Iterable[Entry], run: Found) -> list[Earlier]:
    """The runs of the same scenario that were finished before a run, from the entries of the register of readiness."""
    played = [body for body in drills_played(entries) if body.scenario == run.scenario.id]
    own = next((body.at for body in played if body.run == run.path.stem), None)
    return [
        Earlier(body.at, {id: (part.held, part.checks) for id, part in body.parts.items()}, body.finished, body.minutes)
        for body in played
        if body.run != run.path.stem and (own is None or body.at < own)
    ]


def finish(run: Found, real: Workspace) -> Reported:
    """Make the report of a run that was ended, and keep in the real journal how it went, once. Raises StoreError."""
    register = real.register(ids.REGISTER_READINESS)
    found = reported(run, real, entries=register.read())

    def drafts(before: tuple[Entry, ...]) -> Iterator[Draft]:
        if all(body.run != found.run for body in drills_played(before)):
            yield finish_drill(_kept(found.report, found.run, real.real_now()))

    register.append(drafts, author=run.kept.author)
    return found


def keep_finished(real: Workspace) -> None:
    """Keep in the real journal how those runs went that were ended while it could not be written. Raises StoreError."""
    kept = {body.run for body in drills_played(real.register(ids.REGISTER_READINESS).read())}
    for run in islice(runs(real.database), MOST_LOOKED_AT):
        if run.finished and run.path.stem not in kept:
            finish(run, real)


def _kept(report: Report, run: str, at: int) -> DrillFinished:
    minutes = round((report.ended - report.began) / MINUTE)
    parts: dict[str, Tally] = {part.id: Tally(part.held, len(part.checks)) for part in report.parts}
    return DrillFinished(run, report.scenario, report.title, minutes, report.minutes, at, report.to_the_end, parts)
