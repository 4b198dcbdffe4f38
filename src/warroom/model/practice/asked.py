"""Checks of what the scenario asks for: questions that people put, and what a good run does."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised, Remarks
from warroom.model.promises import late_from
from warroom.model.scenario import LONGEST_MIN, Answer, Expected, Question
from warroom.model.scenario_acts import does
from warroom.model.times import MINUTE


def questions(played: Played, remarks: Remarks) -> Iterator[Check]:
    """Each question that somebody put: answered in time, by what, and with words that should not be in the answer."""
    for question in played.scenario.questions:
        asked = played.moment(question.at)
        practised = played.practised(question.incident)
        if asked > played.now or practised is None:
            continue
        answer = answered(question, practised)
        limit = asked + round(question.within_min * MINUTE)
        where = Where(f"question:{question.id or question.at}", practised.id)
        better = question.better
        if answer is None:
            line = next((key for key, row in practised.fed.items() if row is question), "")
            if played.now > limit or (played.finished and practised.incident.over()):
                text = f"{question.by} asked, and got no answer."
                yield Check("questions", False, asked, text, better, 82, question.asks, where.on(line))
            continue
        where = where.on(answer.key)
        by, after = _kind_of(answer), times.span(answer.at - asked)
        forbidden = [one for one in remarks(practised.before(answer), answer) if one.kind in question.never]
        if forbidden:
            text = f"{question.by} asked, and your {by} answered with “{forbidden[0].words}”: {forbidden[0].why}"
            yield Check("questions", False, answer.at, text, better, 90, question.asks, where)
        elif answer.at >= late_from(limit):
            text = f"{question.by} asked, and waited {after} for your {by}."
            yield Check("questions", False, asked, text, better, 58, question.asks, where)
        else:
            text = f"{question.by} asked; your {by} answered after {after}."
            yield Check("questions", True, answer.at, text, said=question.asks, where=where)


def answered(question: Question, practised: Practised) -> Entry | None:
    """What answers a question, by the scenario's rule; None as long as nothing does."""
    asked = practised.played.moment(question.at)
    for entry in practised.own:
        if max(entry.at, entry.recorded) >= asked and _answers(entry, question, practised.played.playbook):
            return entry
    return None


_ANSWERS: dict[str, Answer] = {"message": "message", "decision": "decision", "note": "log", "action": "log"}


def _answers(entry: Entry, question: Question, playbook: Playbook) -> bool:
    if _ANSWERS.get(entry.kind) not in question.answer:
        return False
    if not isinstance(entry.body, MessageSent) or not question.to:
        return True
    labels = {row.label for row in playbook.audiences if row.id == question.to} | {question.to}
    return any(label.casefold() in entry.body.to.casefold() for label in labels)


def _kind_of(entry: Entry) -> str:
    return entry.kind if entry.kind in ("message", "decision") else "line in the log"


def expected(played: Played) -> Iterator[Check]:
    """What the scenario expects: done in time, late or not at all; and what must not be done."""
    for row in played.scenario.expected:
        practised = played.practised(row.incident)
        done = _first(row, practised) if practised is not None else None
        yield from _never(row, played, done) if row.never else _wanted(row, played, practised, done)


def _first(row: Expected, practised: Practised) -> Entry | None:
    """The first entry that does what is expected, and counts."""
    since = practised.played.moment(row.since)
    for entry in practised.own:
        if does(entry, row.act, row.what) and _when(entry) >= since:
            return entry
    return None


def _when(entry: Entry) -> int:
    """When something was done: a message when it went out, anything else when it was written down."""
    return entry.at if isinstance(entry.body, MessageSent) else entry.recorded


def _about(row: Expected) -> str:
    match row.act:
        case "message" if row.what in ("initial", "customer", "resolution"):
            return f"{row.incident}:{row.what}"
        case "fact":
            return f"{row.incident}:fact:{row.what}"
        case "escalate" | "trigger":
            return f"{row.incident}:escalation"
        case _:
            return f"expected:{row.incident}:{row.act}:{row.what}:{row.since}"


def _wanted(row: Expected, played: Played, practised: Practised | None, done: Entry | None) -> Iterator[Check]:
    deadline = played.moment(row.by)
    where = Where(_about(row), practised.id if practised else "")
    by = f" (by {times.clock(deadline, played.tz)})" if row.by < LONGEST_MIN else ""
    if done is not None:
        where = where.on(done.key)
        late = _when(done) - deadline
        if _when(done) < late_from(deadline):
            yield Check("expected", True, _when(done), f"Done: {row.text}{by}.", where=where)
        else:
            text = f"Late by {times.span(late)}: {row.text}{by}."
            yield Check("expected", False, deadline, text, row.better, 46, where=where)
    elif played.may_be_judged(row.by, practised):
        at = min(deadline, played.now)
        yield Check("expected", False, at, f"Not done: {row.text}{by}.", row.better, 70, where=where)


def _never(row: Expected, played: Played, done: Entry | None) -> Iterator[Check]:
    where = Where(_about(row))
    if done is not None and _when(done) < played.moment(row.by):
        where = Where(where.about, done.incident, done.key)
        yield Check("expected", False, _when(done), f"Done, and better left: {row.text}.", row.better, 90, where=where)
    elif played.may_be_judged(row.by, played.practised(row.incident)):
        at = min(played.moment(row.by), played.now)
        yield Check("expected", True, at, f"Rightly not done: {row.text}.", where=where)
