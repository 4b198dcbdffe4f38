"""The report of a drill: what went well, what to do differently, and every check, compared with earlier runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import islice
from typing import Literal

import msgspec

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.practice import asked, escalating, facts, messages, now_line
from warroom.model.practice.checks import NOTHING, PARTS, PRAISE, Check, PartId, Where, grouped
from warroom.model.practice.not_due import NotDue, not_due
from warroom.model.practice.played import Played, Remarked, Remarks
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten

__all__ = ["NOT_DUE", "Check", "Compared", "Earlier", "Part", "Played", "Remarked", "Remarks", "Report", "report"]

Change = Literal["better", "worse", "the same", "not comparable"]
Shorter = Literal["", "this", "that"]
"""Which of two runs that are compared was shorter and not played to the end: this one, the earlier one, or neither."""
NOT_DUE = "You ended the drill before this was due, so there was no more chance to do it. It counts neither way."
MOST_NAMED = 3
"""So many things that went well, and so many to do differently, are named first."""


class Part(msgspec.Struct, frozen=True):
    """A part of the report: its checks in order of time."""

    id: PartId
    checks: tuple[Check, ...] = ()
    nothing: str = ""
    """What is said if there was nothing to check, where that needs more words than usual."""

    @property
    def title(self) -> str:
        """Its heading."""
        return PARTS[self.id]

    @property
    def rows(self) -> tuple[Check, ...]:
        """Its checks as they are shown: those that have the same to say as one."""
        return grouped(self.checks)

    @property
    def held(self) -> int:
        """How many of its checks held."""
        return sum(check.held for check in self.checks)

    @property
    def words(self) -> str:
        """How it went: `3 of 4 checks held`, or why there was nothing to check."""
        return held_words(self.held, len(self.checks)) if self.checks else self.nothing or NOTHING[self.id]


def held_words(held: int, checks: int) -> str:
    """`7 of 9 checks held`."""
    return f"{held} of {checks} {'check' if checks == 1 else 'checks'} held"


class Earlier(msgspec.Struct, frozen=True):
    """An earlier run of the same scenario: when it was over (ms UTC, real time), and by part (held, checks).

    `finished` is whether it was played to the end, `minutes` how long it went on by its own clock.
    """

    at: int
    parts: dict[str, tuple[int, int]]
    finished: bool = True
    minutes: int = 0


class Compared(msgspec.Struct, frozen=True):
    """A part compared with the last earlier run; `now` and `then` are (held, checks).

    It is not comparable where the run that was shorter has fewer checks: there was less to do wrong.
    """

    part: PartId
    change: Change
    now: tuple[int, int]
    then: tuple[int, int]
    at: int

    def words(self, tz: tzinfo | None) -> str:
        """`better, 4 of 4 now and 2 of 4 on 2026-11-21`."""
        now, then = (f"{held} of {checks}" for held, checks in (self.now, self.then))
        return f"{self.change}, {now} now and {then} on {times.day(self.at, tz)}"


class Report(msgspec.Struct, frozen=True):
    """The report of one run. `began` and `ended` are in ms UTC of the drill's clock; `tz` is the zone to show them in.

    `incidents` are the incidents that were declared: reference and title. `went_well` and `differently` are among the
    checks of `parts`.
    """

    scenario: str
    title: str
    lesson: str
    minutes: int
    began: int
    ended: int
    finished: bool
    incidents: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    went_well: tuple[Check, ...]
    differently: tuple[Check, ...]
    compared: tuple[Compared, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    tz: tzinfo | None = None
    shorter: Shorter = ""
    nothing_was_left: bool = False
    """Whether nothing more happens, and every incident of the scenario was declared and is over."""
    not_due: tuple[NotDue, ...] = ()
    """What could still have been done when the run was ended: it counts neither way."""

    @property
    def to_the_end(self) -> bool:
        """Whether it was played to the end of the scenario, or until there was nothing more to do, and ended then."""
        is_whole = self.ended - self.began >= self.minutes * times.MINUTE
        return self.finished and (is_whole or (self.nothing_was_left and not self.not_due))

    @property
    def held(self) -> int:
        """How many checks held."""
        return sum(part.held for part in self.parts)

    @property
    def checks(self) -> int:
        """How many checks there were."""
        return sum(len(part.checks) for part in self.parts)

    @property
    def words(self) -> str:
        """`7 of 9 checks held`, or that there was nothing to check."""
        return held_words(self.held, self.checks) if self.checks else "There was nothing to check"

    def moment(self, check: Check) -> str:
        """When it was: `T+12:30 · 03:29`."""
        return f"T+{times.countdown(max(check.at - self.began, 0))} · {times.clock(check.at, self.tz)}"


def report(played: Played, remarks: Remarks, earlier: Iterable[Earlier] = ()) -> Report:
    """Judge a run, finished or not: what can't be known yet is left out.

    `remarks` gives the remarks on the wording of an entry; `earlier` are earlier runs of the same scenario.
    """
    known: dict[str, Sequence[Remarked]] = {}

    def once(incident: Incident, entry: Entry) -> Sequence[Remarked]:
        if entry.key not in known:
            known[entry.key] = remarks(incident, entry)
        return known[entry.key]

    found: dict[PartId, Iterator[Check]] = {
        "promises": messages.promises(played),
        "first": messages.first_communication(played),
        "wording": messages.wording(played, once),
        "twice": facts.facts(played),
        "escalation": escalating.escalating(played),
        "now": now_line.now_line(played),
        "questions": asked.questions(played, once),
        "expected": asked.expected(played),
    }
    told = _told(played)
    checks = {id: tuple(sorted(map(told, found[id]), key=lambda check: check.at)) for id in PARTS}
    parts = tuple(Part(id, checks[id], _nothing(id, played, checks["expected"])) for id in PARTS)
    before = tuple(sorted(earlier, key=lambda run: run.at))
    scenario = played.scenario
    left = not_due(played)
    made = Report(
        scenario.id,
        scenario.title,
        scenario.lesson,
        scenario.minutes,
        played.began,
        played.now,
        played.finished,
        tuple((one.id, one.incident.title) for one in played.incidents),
        parts,
        tuple(_went_well(parts, so_far=played.finished is False or bool(left))),
        tuple(_differently(parts)),
        earlier=before,
        tz=played.tz,
        nothing_was_left=played.nothing_was_left,
        not_due=left,
    )
    if not before:
        return made
    shorter = _shorter(played, before[-1], to_the_end=made.to_the_end)
    return msgspec.structs.replace(made, shorter=shorter, compared=tuple(compare(parts, before[-1], shorter)))


def _nothing(id: PartId, played: Played, expected: Iterable[Check]) -> str:
    """What is said of a part without checks, where there is more to say than that."""
    if id == "questions" and played.asked:
        return "No answer was due yet."
    if id == "escalation" and any(seen.snapshot.escalation.active for one in played.incidents for seen in one.seen):
        return "A rule asked for it, and there was time left to do it."
    if id == "escalation" and any(not one.held and one.where.about.endswith(":escalation") for one in expected):
        return "Nothing that you had written down asked for it; what this scenario teaches says why it was due."
    return ""


_TITLE = 40
"""The most cells of an incident's title in front of what happened in it."""


def _told(played: Played) -> Callable[[Check], Check]:
    """What adds to each check of which incident it is, if there are several; what a scenario expects says so itself."""
    titles = {one.id: shorten(clean_line(one.incident.title), _TITLE) for one in played.incidents}

    def told(check: Check) -> Check:
        title = titles.get(check.where.incident, "")
        if len(titles) < 2 or not title or check.part == "expected":
            return check
        group = f"{title.replace('{', '(').replace('}', ')')}: {check.group}" if check.group else ""
        return msgspec.structs.replace(check, text=f"{title}: {check.text}", group=group)

    return told


def _differently(parts: Sequence[Part]) -> Iterator[Check]:
    """The worst, each about something else and of another part, as far as there are so many parts."""
    failed = [check for part in parts for check in part.rows if not check.held]
    more = {part.id: min((len(part.checks) - part.held - 1) * _EACH_MORE, _MOST_MORE) for part in parts}
    worst = sorted(failed, key=lambda check: (-check.weight - more[check.part], check.at))
    found = list(islice(_each_about_something_else(worst, one_of_each_part=True), MOST_NAMED))
    others = (check for check in _each_about_something_else([*found, *worst]) if check not in found)
    yield from islice([*found, *others], MOST_NAMED)


_EACH_MORE, _MOST_MORE = 3, 20
"""Each further check of a part that did not hold adds so much to the weight of its worst, and all at most so much."""


def _went_well(parts: Sequence[Part], *, so_far: bool) -> Iterator[Check]:
    """What held: first the parts in which everything did, then single checks of the others.

    `so_far` says that not all was due yet.
    """
    whole = [part for part in parts if part.checks and part.held == len(part.checks)]
    praised = [
        msgspec.structs.replace(part.checks[-1], text=f"{PRAISE[part.id]}{_SO_FAR * so_far}", where=Where())
        if len(part.checks) > 1
        else part.checks[0]
        for part in whole
    ]
    rest = [check for part in parts if part not in whole for check in part.checks if check.held]
    yield from islice(_each_about_something_else([*praised, *rest]), MOST_NAMED)


_SO_FAR = " That is, as far as it was due by then."


def _each_about_something_else(checks: Iterable[Check], *, one_of_each_part: bool = False) -> Iterator[Check]:
    """Each check that is about something that none before it was about: a message that came late counts once."""
    seen: set[str] = set()
    for check in checks:
        abouts = {check.where.about or check.text} | ({check.where.message} - {""})
        if one_of_each_part:
            abouts.add(check.part)
        if not abouts & seen:
            seen |= abouts
            yield check


def _shorter(played: Played, before: Earlier, *, to_the_end: bool) -> Shorter:
    minutes = (played.now - played.began) // times.MINUTE
    if not to_the_end and (before.finished or minutes < before.minutes):
        return "this"
    return "that" if not before.finished and (to_the_end or before.minutes < minutes) else ""


def compare(parts: Iterable[Part], before: Earlier, shorter: Shorter = "") -> Iterator[Compared]:
    """Compare each part with an earlier run, by the share of checks that held; not where one had nothing to check."""
    for part in parts:
        held, checks = before.parts.get(part.id, (0, 0))
        if not checks or not part.checks:
            continue
        now, then = part.held * checks, held * len(part.checks)
        fewer = {"this": len(part.checks) < checks, "that": checks < len(part.checks), "": False}[shorter]
        change: Change = (
            "not comparable" if fewer else "better" if now > then else "worse" if now < then else "the same"
        )
        yield Compared(part.id, change, (part.held, len(part.checks)), (held, checks), before.at)
