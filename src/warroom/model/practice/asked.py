"""Checks of what the scenario asks for: questions that people put, and what a good run does."""

from __future__ import annotations

from collections.abc import Iterator

from warroom.model import ids, times
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised, Remarks
from warroom.model.promises import late_from
from warroom.model.scenario import LONGEST_MIN, Expected
from warroom.model.scenario_acts import does
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten


def questions(played: Played, remarks: Remarks) -> Iterator[Check]:
    """Each question that somebody put: what went out or was logged after it, in time or not, and with what words.

    Nothing here reads whether that says what was asked, so it is not called an answer.
    """
    for one in played.asked:
        question, answer = one.question, one.answer
        practised = played.incidents[question.incident - 1]
        line = next((key for key, row in practised.fed.items() if row is question), "")
        where = Where(f"question:{question.id}:{question.at}", practised.id, line)
        better, said = question.better, question.asks
        if answer is None:
            if one.late(played.judged_until):
                text = f"{one.by} asked, and nothing was sent or logged that could answer it."
                if one.beside is not None:
                    after = times.span(one.beside.at - one.at)
                    text = f"{one.by} asked; {what_answered(one.beside)} after {after}, but says nothing of that."
                    where = where.on(one.beside.key)
                yield Check("questions", False, one.at, text, better, 82, said, where)
            continue
        where = where.on(answer.key)
        what, after = what_answered(answer), times.span(answer.at - one.at)
        forbidden = next(
            (found for found in remarks(practised.before(answer), answer) if found.kind in question.never), None
        )
        if forbidden is not None:
            text = f"{one.by} asked; {what} after {after}, with “{forbidden.words}”."
            yield Check("questions", False, answer.at, text, better, 90, said, where, forbidden.why)
        elif one.late(played.now):
            if one.due > played.judged_until:
                continue
            where = where.of_message(question.incident, "", answer.key)
            text = f"{one.by} asked; {what} only after {after}."
            yield Check("questions", False, one.at, text, better, 58, said, where)
        else:
            text = f"{one.by} asked; {what} after {after}."
            yield Check("questions", True, answer.at, text, said=said, where=where)


def what_answered(entry: Entry) -> str:
    """What may have answered a question, in words that promise no more than is known."""
    if isinstance(entry.body, MessageSent):
        to = shorten(clean_line(entry.body.to), 50)
        return f"a message to {to} went out" if to else "a message went out"
    return "a decision was logged" if entry.kind == "decision" else "a line was logged"


def expected(played: Played) -> Iterator[Check]:
    """What the scenario expects: done in time, late or not at all; and what must not be done."""
    for row in played.scenario.expected:
        practised = played.practised(row.incident)
        done = first_that_does(row, practised) if practised is not None else None
        yield from _never(row, played, done) if row.never else _wanted(row, played, practised, done)


def first_that_does(row: Expected, practised: Practised) -> Entry | None:
    """The first entry that does what is expected, and counts."""
    since = practised.played.moment(row.since)
    for entry in practised.own:
        if does(entry, row.act, row.what, row.who) and _when(entry) >= since:
            return entry
    return None


def is_too_early(row: Expected, practised: Practised) -> bool:
    """Whether it was done only before it counts, and can't be done once more."""
    return _too_early(row, practised) is not None


def _too_early(row: Expected, practised: Practised) -> Entry | None:
    """The last entry that ended an incident, or told people so, before it was over; None if it was not too early."""
    ends = row.act in ("resolve", "cancel") or (row.act == "message" and row.what == ids.MESSAGE_RESOLUTION)
    if row.never or not row.since or not ends or not practised.incident.over():
        return None
    if first_that_does(row, practised) is not None:
        return None
    return next((entry for entry in reversed(practised.own) if does(entry, row.act, row.what)), None)


def by_words(row: Expected, played: Played) -> str:
    """` (by 03:47)`; empty if it has no deadline."""
    return f" (by {times.clock(played.moment(row.by), played.tz)})" if row.by < LONGEST_MIN else ""


def _when(entry: Entry) -> int:
    """When something was done: a message when it went out, anything else when it was written down."""
    return entry.at if isinstance(entry.body, MessageSent) else entry.recorded


def _about(row: Expected) -> str:
    match row.act:
        case "message" if row.what == ids.MESSAGE_ESCALATION:
            return f"{row.incident}:escalation"
        case "message" if row.what in (ids.MESSAGE_INITIAL, ids.MESSAGE_CUSTOMER, ids.MESSAGE_RESOLUTION):
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
    if row.act == "message":
        where = where.of_message(row.incident, row.what, done.key if done else "")
    by = by_words(row, played)
    early = _too_early(row, practised) if practised is not None else None
    if done is not None:
        where = where.on(done.key)
        late = _when(done) - deadline
        if _when(done) < late_from(deadline):
            yield Check("expected", True, _when(done), f"Done: {row.text}{by}.", where=where)
        else:
            text = f"Late by {times.span(late)}: {row.text}{by}.{_wrong_name(row, practised)}"
            yield Check("expected", False, deadline, text, row.better, 46, where=where)
    elif early is not None and (played.finished or played.is_due(row.by)):
        since, when = (times.clock(moment, played.tz) for moment in (played.moment(row.since), _when(early)))
        text = f"Too early: {row.text}. You did it at {when}; here, the time for it comes at {since}."
        yield Check("expected", False, _when(early), text, row.better, 71, where=where.on(early.key))
    elif played.is_due(row.by):
        at = min(deadline, played.now)
        text = f"Not done: {row.text}{by}.{_wrong_name(row, practised)}"
        yield Check("expected", False, at, text, row.better, 70, where=where)


def _wrong_name(row: Expected, practised: Practised | None) -> str:
    """A sentence on the wrong name that was written down for a role; empty if there was none."""
    if not row.who or practised is None:
        return ""
    named = [entry for entry in practised.own if does(entry, row.act, row.what)]
    wrong = [entry for entry in named if not does(entry, row.act, row.what, row.who)]
    if not wrong:
        return ""
    name, at = getattr(wrong[-1].body, "name", ""), times.clock(_when(wrong[-1]), practised.played.tz)
    return f" You wrote “{shorten(clean_line(name), 40)}” at {at}, and it is {row.who}."


def _never(row: Expected, played: Played, done: Entry | None) -> Iterator[Check]:
    where = Where(_about(row))
    practised = played.practised(row.incident)
    if (row.act == "escalate" or row.what == ids.MESSAGE_ESCALATION) and practised is not None:
        until = played.moment(row.by) if done is None else done.recorded
        if any(seen.snapshot.escalation.active for seen in practised.seen if seen.at <= until):
            return  # the rules did ask for it, by the severity or the facts that were chosen
    if done is not None and _when(done) < played.moment(row.by):
        where = Where(where.about, done.incident, done.key)
        yield Check("expected", False, _when(done), f"Done, and better left: {row.text}.", row.better, 90, where=where)
    elif played.is_due(row.by) or (played.finished and played.nothing_was_left):
        at = min(played.moment(row.by), played.now)
        yield Check("expected", True, at, f"Rightly not done: {row.text}.", where=where)
