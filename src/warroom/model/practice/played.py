"""A drill that was played, as the checks of its report read it. Times in ms UTC of the drill's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from functools import cached_property

import msgspec

from warroom.model.drill_run import Asked, Run, asked, next_moment
from warroom.model.entries import Entry
from warroom.model.incident import Incident, fold
from warroom.model.playbook import Playbook
from warroom.model.promises import late_from
from warroom.model.scenario import Event, Question, Scenario
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR, MINUTE


class Remarked(msgspec.Struct, frozen=True):
    """A remark on words that were sent or logged: its kind, the words, the sentence they stand in, and a better one.

    `kind` is a kind of remark, such as `promise`, or the id of another rule. `better` is empty where there is no better
    sentence; `why` says what is wrong.
    """

    kind: str
    label: str
    words: str
    why: str
    sentence: str = ""
    better: str = ""


Remarks = Callable[[Incident, Entry], Sequence[Remarked]]
"""What is to be remarked on in an entry, a message or a line of the log; the incident is as it was then."""


class Seen(msgspec.Struct, frozen=True):
    """An incident as it stood at a moment, from what had been written down by then."""

    at: int
    snapshot: Snapshot


class Played:
    """A drill that was played: its scenario, its clock, and the entries of each incident in the order of declaring."""

    def __init__(
        self,
        scenario: Scenario,
        playbook: Playbook,
        incidents: Iterable[Iterable[Entry]],
        *,
        began: int,
        now: int,
        finished: bool = True,
        author: str = "",
        tz: tzinfo | None = None,
    ) -> None:
        """`author` practises; `began` is minute 0 of the scenario, `now` when the drill ended.

        `now` is how far it has come if it is not `finished`.
        """
        self.scenario = scenario
        self.run = Run(scenario, began, author)
        self.playbook = playbook
        self.began = began
        self.now = now
        self.finished = finished
        self.tz = tz
        self.incidents = tuple(
            Practised(self, number, tuple(sorted(entries, key=lambda entry: entry.order)))
            for number, entries in enumerate(incidents, 1)
        )

    @property
    def judged_until(self) -> int:
        """The end of the scenario, or of the run if that was sooner: nothing that falls due later is held against it.

        In ms UTC of the drill's clock.
        """
        return min(self.now, self.moment(self.scenario.minutes))

    def moment(self, minute: float) -> int:
        """The time (ms UTC) of a minute of the scenario."""
        return self.run.at(minute)

    def practised(self, number: int) -> Practised | None:
        """The incident with that number in the scenario; None if it was not declared."""
        return self.incidents[number - 1] if number <= len(self.incidents) else None

    def is_due(self, minute: float) -> bool:
        """Whether what was to be done by a minute, which counts as a whole, had to be done by the end of the run."""
        end = self.moment(self.scenario.minutes)
        return min(late_from(self.moment(min(minute, self.scenario.minutes))), end) <= self.now

    @property
    def nothing_was_left(self) -> bool:
        """Whether nothing more happens or is asked, and every incident of the scenario was declared and is over."""
        declared = len(self.incidents) >= self.scenario.incidents
        is_over = declared and all(one.incident.over() for one in self.incidents)
        return is_over and next_moment(self.run, self.now, self._logs) is None

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """The questions that were asked, the oldest first, each with what has answered it."""
        return tuple(asked(self.run, self.now, self._logs, self.playbook.audiences))

    @property
    def _logs(self) -> list[tuple[str, Sequence[Entry]]]:
        return [(practised.id, practised.entries) for practised in self.incidents]


class Practised:
    """One incident of a drill that was played."""

    def __init__(self, played: Played, number: int, entries: Sequence[Entry]) -> None:
        self.played = played
        self.number = number
        self.entries = entries
        self.incident: Incident = fold(entries)

    @property
    def id(self) -> str:
        """Its reference."""
        return self.incident.id

    @cached_property
    def fed(self) -> dict[str, Event | Question]:
        """The entries that the scenario wrote, by their keys, each with what it comes from."""
        run, scenario = self.played.run, self.played.scenario
        told: dict[tuple[int, str], list[Event | Question]] = {}
        rows_of_it: list[Event | Question] = [*scenario.events, *scenario.questions]
        for row in rows_of_it:
            if row.incident == self.number:
                told.setdefault((run.at(row.at), run.name_of(row.by)), []).append(row)
        rows: dict[str, Event | Question] = {}
        for entry in self.entries:
            if found := told.get((entry.at, entry.author)):
                rows[entry.key] = found.pop(0) if len(found) > 1 else found[0]
        return rows

    @cached_property
    def own(self) -> tuple[Entry, ...]:
        """What whoever practised has written, as it reads now, without what was taken back."""
        return tuple(
            self.incident.shown(entry)
            for entry in self.entries
            if entry.key not in self.fed
            and entry.body.corrects is None
            and not ((change := self.incident.replaced.get(entry.key)) and change.retracted)
        )

    @cached_property
    def messages(self) -> tuple[Entry, ...]:
        """Every message that was sent, in the order sent, each at the time it went out."""
        sent = (logged for logged in self.incident.messages if not logged.body.is_told_of)
        return tuple(self.incident.shown(logged.entry) for logged in sent)

    @cached_property
    def at_the_end(self) -> Snapshot:
        """How it stands at the end of the drill."""
        return Snapshot(self.incident, self.played.playbook, self.played.now, self.played.tz)

    def before(self, entry: Entry) -> Incident:
        """The incident as it was just before an entry was written."""
        return fold(one for one in self.entries if one.order < entry.order or one.key == self.incident.declared)

    def snapshot_before(self, entry: Entry) -> Snapshot:
        """The incident just before an entry was written, at the time of that entry."""
        return Snapshot(self.before(entry), self.played.playbook, self.incident.shown(entry).at, self.played.tz)

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """How it stood at each minute since it was declared, and after each entry, until the drill ended.

        The minutes are those of the scenario and of a day after it: a drill may have been forgotten at full speed.
        """
        return tuple(self._each())

    def _each(self) -> Iterator[Seen]:
        played = self.played
        declared = self.incident.declared_at
        first = played.began + max(-(-(declared - played.began) // MINUTE), 0) * MINUTE
        last = min(played.now, played.moment(played.scenario.minutes) + 24 * HOUR)
        full = range(first, last + 1, MINUTE)
        waiting = sorted(self.entries, key=lambda entry: (entry.recorded, entry.order))
        moments = sorted({*full, *(entry.recorded for entry in waiting if declared <= entry.recorded <= played.now)})
        known: list[Entry] = []
        incident = self.incident
        for moment in moments:
            new = [entry for entry in waiting[len(known) :] if entry.recorded <= moment]
            known += new
            if any(entry.body.changes_state for entry in new):
                incident = fold(known)
            yield Seen(moment, Snapshot(incident, played.playbook, moment, played.tz))
