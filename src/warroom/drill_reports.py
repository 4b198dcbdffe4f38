"""Reports of drills, made from a run's own file, and what the real journal keeps of each run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from warroom.model.kinds.drills import DrillFinished, Tally, drills_played, finish_drill
from warroom.model.kinds.lifecycle import Declared

if TYPE_CHECKING:
    from warroom.model.drill_report import Earlier, Remarked, Report
    from warroom.model.entries import Draft, Entry
    from warroom.model.incident import Incident
    from warroom.model.scenario import Scenario
    from warroom.workspace import Workspace


def judge(
    drill: Workspace,
    scenario: Scenario,
    *,
    began: int,
    now: int,
    finished: bool,
    author: str = "",
    earlier: Iterable[Earlier] = (),
) -> Report:
    """Make the report of the run whose file a workspace is of. Raises StoreError.

    `began` and `now` are in ms UTC of the drill's clock; `earlier` are the earlier runs of the same scenario.
    """
    from warroom.messages.sent_words import remarks_on
    from warroom.model.drill_report import Played, report
    from warroom.model.snapshot import Snapshot

    played = Played(scenario, drill.playbook, _logs(drill), began=began, now=now, finished=finished, tz=drill.tz)

    def remarks(incident: Incident, entry: Entry) -> Sequence[Remarked]:
        snapshot = Snapshot(incident, drill.playbook, entry.at, drill.tz)
        return remarks_on(entry, snapshot, drill.kinds, drill.rules)

    return report(played, remarks, earlier)


def _logs(drill: Workspace) -> list[list[Entry]]:
    """The entries of each incident of the run, in the order in which the incidents were declared."""
    logs: dict[str, list[Entry]] = {}
    for entry in drill.journal.since(0):
        if isinstance(entry.body, Declared) or entry.incident in logs:
            logs.setdefault(entry.incident, []).append(entry)
    return list(logs.values())


def earlier_runs(entries: Iterable[Entry], scenario: str, run: str) -> list[Earlier]:
    """The runs of a scenario before a run, from the entries of the register of readiness; all if it is not kept."""
    from warroom.model.drill_report import Earlier

    played = [body for body in drills_played(entries) if body.scenario == scenario]
    own = next((body.at for body in played if body.run == run), None)
    return [
        Earlier(body.at, {id: (part.held, part.checks) for id, part in body.parts.items()}, body.finished)
        for body in played
        if body.run != run and (own is None or body.at < own)
    ]


def kept(report: Report, run: str, at: int) -> Draft:
    """What the real journal keeps of a run that is over; `at` is when it was ended (ms UTC, real time)."""
    minutes = round((report.ended - report.began) / 60_000)
    parts: dict[str, Tally] = {part.id: Tally(part.held, len(part.checks)) for part in report.parts}
    return finish_drill(
        DrillFinished(run, report.scenario, report.title, minutes, report.minutes, at, report.finished, parts)
    )
