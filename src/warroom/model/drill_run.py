"""A run of a drill's scenario: what has happened at a moment, what rings, and which questions wait for an answer.

Everything here is worked out from the scenario, the moment at which the run began, and the entries of the run's
incidents, so that a run that was killed goes on exactly where it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta, tzinfo

import msgspec

from warroom.model import times
from warroom.model.contacts import Audience
from warroom.model.entries import Draft, Entry
from warroom.model.kinds.corrections import Retracted
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.log import ActionTaken, Noted, action, note
from warroom.model.kinds.messages import MessageSent
from warroom.model.scenario import Event, Question, Scenario
from warroom.text.cleaning import clean, clean_line

SLOWEST, FASTEST = 1, 60
"""The limits for how many times faster than real time a drill runs."""
USUAL_SPEED = 5.0
"""45 minutes of an incident take nine, and every clock can still be met by somebody who types."""
SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
"""The speeds that the menu goes through."""
ALLOWANCE_MIN = 10
"""So many minutes after the planned end, a drill asks whether to end it."""
QUESTION = "question"
"""What the line of a question is called in the timeline."""


class Run(msgspec.Struct, frozen=True):
    """A run of a scenario that began at `began` (ms UTC, by the drill's clock), for whoever logs as `author`."""

    scenario: Scenario
    began: int
    author: str = ""

    def at(self, minute: float) -> int:
        """The moment of a minute of the scenario (ms UTC)."""
        return self.began + round(minute * times.MINUTE)

    def minute(self, now: int) -> float:
        """How many minutes the run has lasted."""
        return (now - self.began) / times.MINUTE

    @property
    def time_is_up(self) -> int:
        """When the planned minutes are over, and the allowance after them (ms UTC)."""
        return self.at(self.scenario.minutes + ALLOWANCE_MIN)

    def name_of(self, by: str) -> str:
        """Under which name the scenario's people write: never under that of whoever practises."""
        by = clean_line(by)
        return f"{by} (drill)" if by.casefold() == self.author.casefold() else by


class Line(msgspec.Struct, frozen=True):
    """A line that the scenario writes into the log of its incident number `incident` at `at` (ms UTC).

    `event` is what it tells of; None for a question.
    """

    at: int
    incident: int
    by: str
    draft: Draft
    event: Event | None = None


class Asked(msgspec.Struct, frozen=True):
    """A question that was asked: since when it waits and until when it has to be answered (ms UTC), and the answer.

    `beside` is the first entry that would have answered it, but has none of the words that it asks for.
    """

    question: Question
    by: str
    at: int
    due: int
    answer: Entry | None = None
    beside: Entry | None = None

    def late(self, now: int) -> bool:
        """Whether it was answered too late, or should have been by now."""
        return (self.answer.at if self.answer else now) > self.due


# What happens


def lines(run: Run) -> list[Line]:
    """Every line that the scenario writes, in order: what happens, and what people ask."""
    return sorted((*_events(run), *_questions(run)), key=lambda line: line.at)


def _events(run: Run) -> Iterator[Line]:
    for event in run.scenario.events:
        by, at = run.name_of(event.by), run.at(event.at)
        draft = action(event.says, by, at) if event.kind == "action" else note(event.says, at, by)
        yield Line(at, event.incident, by, draft, event)


def happens(event: Event, at: int, entries: Iterable[Entry]) -> bool:
    """Whether an event happens at its moment `at` (ms UTC), by what had gone out in its incident until then."""
    if not event.if_sent and not event.unless_sent:
        return True
    sent = {
        entry.body.message
        for entry in entries
        if isinstance(entry.body, MessageSent) and entry.at <= at and not entry.body.is_told_of
    }
    return (not event.if_sent or event.if_sent in sent) and event.unless_sent not in sent


def _questions(run: Run) -> Iterator[Line]:
    for question in run.scenario.questions:
        at, by = run.at(question.at), run.name_of(question.by)
        yield Line(at, question.incident, by, note(question.asks, at, by, called=QUESTION))


def unwritten(run: Run, now: int, logs: Sequence[tuple[str, Collection[Entry]]]) -> list[tuple[str, Line]]:
    """The lines that have happened by `now` (ms UTC) and are not in the logs, each with its incident's id.

    `logs` are the run's incidents in the order in which they were declared, each with its id and all of its entries. A
    line is there if its author has written one for that very moment: what was redacted or corrected later still is. A
    line of an incident that is not declared yet waits, and one that depends on a message is left out unless it happens.
    """
    there = Counter((id, entry.at, entry.author) for id, entries in logs for entry in entries)
    found = []
    for line in lines(run):
        if line.at > now:
            break
        if line.incident > len(logs):
            continue
        id, entries = logs[line.incident - 1]
        if line.event is not None and not happens(line.event, line.at, entries):
            continue
        place = (id, line.at, line.by)
        if there[place]:
            there[place] -= 1
        else:
            found.append((id, line))
    return found


def moments(run: Run) -> set[tuple[int, str]]:
    """When the scenario writes a line, and under which name."""
    return {(line.at, line.by) for line in lines(run)}


def ringing(run: Run, now: int, declared: int) -> Event | None:
    """What rings at `now` (ms UTC), until an incident is declared for it; `declared` is how many there are."""
    return next(
        (
            event
            for event in run.scenario.events
            if event.rings and run.at(event.at) <= now and event.incident > declared
        ),
        None,
    )


def next_moment(run: Run, now: int, logs: Sequence[tuple[str, Collection[Entry]]] = ()) -> int | None:
    """When the next thing happens or is asked after `now` (ms UTC), as it stands now; None if nothing more does."""

    def comes(line: Line) -> bool:
        entries = logs[line.incident - 1][1] if line.incident <= len(logs) else ()
        return line.event is None or happens(line.event, line.at, entries)

    return next((line.at for line in lines(run) if line.at > now and comes(line)), None)


# Questions


def asked(
    run: Run, now: int, logs: Sequence[tuple[str, Iterable[Entry]]], audiences: Iterable[Audience] = ()
) -> list[Asked]:
    """The questions that were asked by `now` (ms UTC), the oldest first, each with what has answered it.

    A message answers every question that it may answer, because it goes to many people at once. A decision, or a line
    of the log, answers one: that of the person whom it names, otherwise the oldest. What was taken back answers
    nothing, nor does what has none of the words that a question is about. `logs` is as for `unwritten`.
    """
    found: dict[int, list[Asked]] = {}
    for question in run.scenario.questions:
        at = run.at(question.at)
        if at <= now and question.incident <= len(logs):
            due = at + round(question.within_min * times.MINUTE)
            found.setdefault(question.incident, []).append(Asked(question, run.name_of(question.by), at, due))
    known, labels = moments(run), _labels(audiences)
    own = {number: _own(entries, known) for number, (_, entries) in enumerate(logs, 1)}
    answered = [one for number, questions in found.items() for one in _answered(questions, own[number], labels)]
    return sorted((_anywhere(one, own, labels) for one in answered), key=lambda one: one.at)


def _anywhere(one: Asked, own: dict[int, list[Entry]], labels: dict[str, str]) -> Asked:
    """The question with an answer in another incident, if that counts and there is none in its own before it."""
    if not one.question.anywhere:
        return one
    others = (entry for number, entries in own.items() if number != one.question.incident for entry in entries)
    may = (entry for entry in others if entry.at >= one.at and _answers(entry, one.question, labels))
    found = [*([one.answer] if one.answer else []), *may]
    return msgspec.structs.replace(one, answer=min(found, key=lambda entry: entry.at, default=None))


def waiting(questions: Iterable[Asked]) -> list[Asked]:
    """Those that nobody has answered, the one that waits longest first."""
    return [one for one in questions if one.answer is None]


def _own(entries: Iterable[Entry], known: Collection[tuple[int, str]]) -> list[Entry]:
    """The entries of whoever practises that may be an answer, in order."""
    found = list(entries)
    taken_back = {entry.body.target for entry in found if isinstance(entry.body, Retracted)}
    return sorted(
        (
            entry
            for entry in found
            if isinstance(entry.body, (MessageSent, DecisionMade, Noted, ActionTaken))
            and (entry.at, entry.author) not in known
            and entry.key not in taken_back
        ),
        key=lambda entry: (entry.at, entry.order),
    )


def _answered(questions: list[Asked], entries: list[Entry], labels: dict[str, str]) -> list[Asked]:
    answers: dict[int, Entry] = {}
    beside: dict[int, Entry] = {}
    for entry in entries:
        may = [
            number
            for number, one in enumerate(questions)
            if number not in answers and one.at <= entry.at and _may_answer(entry, one.question, labels)
        ]
        for number in may:
            beside.setdefault(number, entry)
        may = [number for number in may if _is_about(entry, questions[number].question)]
        if not isinstance(entry.body, MessageSent):
            words = f"{entry.text} {getattr(entry.body, 'because', '')}".casefold()
            named = [number for number in may if questions[number].by.casefold() in words]
            may = (named or may)[:1]
        answers |= dict.fromkeys(may, entry)
    return [
        msgspec.structs.replace(one, answer=answers.get(number), beside=beside.get(number))
        for number, one in enumerate(questions)
    ]


def _answers(entry: Entry, question: Question, labels: dict[str, str]) -> bool:
    return _may_answer(entry, question, labels) and _is_about(entry, question)


def _is_about(entry: Entry, question: Question) -> bool:
    """Whether a message, or a line of the log, has a word that the question is about."""
    if not question.about:
        return True
    body = entry.body
    words = [body.subject, body.body] if isinstance(body, MessageSent) else [entry.text, getattr(body, "because", "")]
    beginnings = "|".join(re.escape(word.strip().casefold()) for word in question.about)
    return re.search(rf"(?<!\w)(?:{beginnings})", "\n".join(words).casefold()) is not None


def _may_answer(entry: Entry, question: Question, labels: dict[str, str]) -> bool:
    match entry.body:
        case MessageSent(to=to):
            return "message" in question.answer and (
                not question.to or bool(_names(question.to, labels) & _names(to, labels))
            )
        case DecisionMade():
            return "decision" in question.answer or "log" in question.answer
        case _:
            return "log" in question.answer


def _labels(audiences: Iterable[Audience]) -> dict[str, str]:
    """The id of each audience by its label."""
    return {row.label.casefold(): row.id.casefold() for row in audiences}


def _name(name: str, labels: dict[str, str]) -> str:
    name = name.strip().casefold()
    return labels.get(name, name).replace(" ", "-")


def _names(to: str, labels: dict[str, str]) -> set[str]:
    return {_name(name, labels) for name in to.split(",")}


# The clock


def begins(scenario: Scenario, now: int, tz: tzinfo | None) -> int:
    """The moment (ms UTC) at which a run's clock begins that is started at `now`: the scenario's time of that day.

    If the clocks go forward past that time on that day, it begins as much later as they do.
    """
    today = times.local(now, tz).date()
    if found := times.at_clock(scenario.starts, tz, [today]):
        return found[0]
    # No clock shows it on this day: it is as long after the day before's as on any day.
    before = times.at_clock(scenario.starts, tz, [today - timedelta(days=1)])
    return before[0] + 24 * times.HOUR if before else now


def answered_by(question: Question, labels: Mapping[str, str]) -> str:
    """What answers a question, in words: `a message to support or customers, or a line of the log`.

    `labels` are the labels of the audiences, by their ids.
    """
    ids = [id.strip() for id in question.to.split(",")] if question.to else []
    to = " or ".join(labels.get(id, id) for id in ids)
    kinds = {
        "message": f"a message to {to}" if to else "a message",
        "decision": "a decision",
        "log": "a line of the log",
    }
    words = " or ".join(kinds[kind] for kind in dict.fromkeys(question.answer))
    return f"{words}, with words about it" if question.about else words


def asks(one: Asked) -> str:
    """A question as it is told: `Dana asks: When will it be back?`."""
    return f"{one.by} asks: {clean(one.question.asks)}"
