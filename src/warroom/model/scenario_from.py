"""A past incident as a scenario to practise on: what others said and did happens again, the rest is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo
from itertools import pairwise
from typing import NamedTuple

import msgspec

from warroom.model import ids, times
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.escalation import EscalationStep, TriggerAnswered
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Declared, Resolved
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.playbook import Playbook
from warroom.model.scenario import LONGEST_MIN, MOST_ROWS, MOST_TITLE, Event, Expected, Scenario
from warroom.model.scenario_names import Names, names_of
from warroom.model.times import MINUTE
from warroom.text.cleaning import clean_line

CHANNEL = "The channel"
"""Who says what the log doesn't say who said."""
_SLACK, _NOTICE_SLACK = 5, 10
"""Minutes that whoever practises has for what was done at a moment then, and for telling people that it is over."""
_RESOLVED = "(It is resolved.)"
_FIRST_MINUTES = 8
"""By when the severity is to be set, in minutes."""
_LONGEST_TEXT = 2_000

_BETTER = {
    "severity": "Change it when you hear what makes it so, with the reason.",
    "fact": "Set it as a fact as soon as you read it: from then on it stands in every message.",
    "role": "Write down the commander when you hear the name: questions go to one person.",
    "decision": "Write the decision down in the same minute, with its reason.",
    "escalate": "Tell the commander first, and ask for agreement.",
    "trigger": "Answer the question in the console when you hear of it: it is a reason to escalate.",
    "resolve": "Resolve it when the commander says so, not before.",
    ids.MESSAGE_INITIAL: "Send it with what users see, and the time of the next update.",
    ids.MESSAGE_UPDATE: "Send it on time, also if there is nothing new.",
    ids.MESSAGE_CUSTOMER: "Tell customers what they may have seen, without a cause and without a promise.",
    ids.MESSAGE_ESCALATION: "Send it to few people, with the reason and what you need.",
    ids.MESSAGE_RESOLUTION: "Send it in the first minutes after it is resolved: people wait for your next update.",
    "declare": "Declare it at once: every clock starts there, and a wrong title can be changed.",
}
_MESSAGES = {
    ids.MESSAGE_INITIAL: "the initial acknowledgement",
    ids.MESSAGE_UPDATE: "the status update",
    ids.MESSAGE_CUSTOMER: "the message for customers",
    ids.MESSAGE_ESCALATION: "the escalation",
    ids.MESSAGE_RESOLUTION: "the resolution notice",
}
_ANY_MESSAGE = "Send it as soon as you know what its readers need."


class NotASubject(ValueError):
    """An incident of which no scenario can be made; the text says why, and what to do."""


class _Row(NamedTuple):
    """What becomes of an entry, at a moment in ms UTC; `limit` is the latest time for what is expected, if any."""

    at: int
    event: Event | None = None
    expected: Expected | None = None
    limit: int | None = None
    again: bool = False
    """Whether it is a message of a kind of which one was sent before."""


def from_incident(
    incident: Incident,
    entries: Iterable[Entry],
    playbook: Playbook,
    *,
    names: bool = True,
    at_most: int | None = None,
    tz: tzinfo | None = None,
) -> Scenario:
    """Make a scenario of an incident that is over; `entries` are all of its entries, in the order they happened.

    Minute 0 is when the user learned of it. Without `names`, people are called by their roles. With `at_most`, the
    longest gaps are shortened until the drill takes so many minutes at most, with the time to tell everybody that it is
    over. Raises NotASubject.
    """
    if incident.cancelled is not None:
        raise NotASubject(f"incident {incident.id} was cancelled; a drill is made of one that was resolved")
    if incident.resolved_at is None:
        raise NotASubject(f"incident {incident.id} is still open; a drill is made of one that is over")
    shown = [incident.shown(entry) for entry in entries if not _is_gone(incident, entry)]
    rows = list(_rows(incident, shown, playbook))
    # Neither what rings nor the line that resolves it tells what happened.
    if not any(row.event and (row.expected is None or row.expected.act == "role") for row in rows):
        raise NotASubject(
            f"nobody wrote down what happened in incident {incident.id}, so nothing would happen in a drill"
        )
    if len(rows) > MOST_ROWS:
        raise NotASubject(f"its log has more than {MOST_ROWS} lines that would come into it; write a scenario by hand")
    notice = _NOTICE_SLACK if at_most is None else min(_NOTICE_SLACK, at_most // 3)
    to_minute = _clock([incident.learned, *(row.at for row in rows)], at_most and at_most - notice - 1)
    minutes = int(to_minute(max(row.at for row in rows))) + notice + 1
    if minutes > LONGEST_MIN:
        span = times.span(incident.resolved_at - incident.learned)
        raise NotASubject(f"it took {span}, which is too long for a drill; shorten its gaps with --at-most 60")
    said = names_of(incident, shown, playbook) if not names else Names({})
    events = [msgspec.structs.replace(row.event, at=to_minute(row.at)) for row in rows if row.event]
    first = incident.severities[0][1]
    expected = [_timed(row.expected, to_minute(row.at), row, incident, minutes) for row in rows if row.expected]
    set_at_first = Expected(
        act="severity",
        what=str(first),
        by=min(_FIRST_MINUTES, minutes),
        text=f"Set SEV{first}",
        better=_BETTER["severity"],
    )
    expected.insert(1, set_at_first)
    day = times.day(incident.began, tz)
    scenario = Scenario(
        title=_short(incident.title, MOST_TITLE),
        lesson=f"It happened on {day}. What would you do this time, and when?",
        briefing="You are the product manager on call. This is an incident of ours, as its log has it.",
        minutes=minutes,
        events=events,
        starts=times.clock(incident.learned, tz),
        severity=first,
        expected=expected,
        own=True,
    )
    return said.replaced_in(scenario)


def _is_gone(incident: Incident, entry: Entry) -> bool:
    change = incident.replaced.get(entry.key)
    return entry.body.corrects is not None or (change is not None and change.retracted)


def _rows(incident: Incident, entries: list[Entry], playbook: Playbook) -> Iterable[_Row]:
    """What becomes of each entry, and the facts on the line before them, in order of time."""
    mine = _whose(incident, entries)
    end = incident.resolved_at or incident.learned
    rows: list[_Row] = []
    for entry in entries:
        at = max(entry.at, incident.learned)
        if entry.at > end and not isinstance(entry.body, MessageSent):
            continue
        if isinstance(entry.body, FactSet):
            _tell(rows, at, entry.body, playbook)
        elif (row := _row(entry, at, mine, incident, playbook)) is not None:
            rows.append(row)
    rows += _owed(incident, playbook, end)
    rows.sort(key=lambda row: (row.at, row.event is None or not row.event.rings))
    return _told_apart(rows)


def _told_apart(rows: list[_Row]) -> Iterable[_Row]:
    """The rows, of which a limit counts only for the first message of its kind, and an end is told only once."""
    seen: set[str] = set()
    for at, row in enumerate(rows):
        expected = row.expected
        if expected is not None and expected.act == "message":
            again = expected.what in seen
            seen.add(expected.what)
            yield row._replace(limit=None if again else row.limit, again=again)
        elif expected is not None and expected.act == "resolve" and row.event is not None:
            told = any(other.at == row.at and other.event is not None for other in rows[:at])
            yield row._replace(event=None) if told and row.event.says == _RESOLVED else row
        else:
            yield row


def _row(entry: Entry, at: int, mine: set[str], incident: Incident, playbook: Playbook) -> _Row | None:
    body = entry.body
    match body:
        case Declared():
            by = clean_line(body.detected_by).strip() or "Monitoring"
            ringing = Event(at=0, says=_text(body.title), by=by, rings=True)
            return _Row(incident.learned, ringing, _expect(at, "declare", "Declare the incident").expected)
        case Noted() | ActionTaken():
            by = body.by or ("" if entry.author in mine else entry.author)
            event = Event(at=0, says=_text(entry.text), by=_line(by) or CHANNEL)
            is_action = isinstance(body, ActionTaken)
            return _Row(at, msgspec.structs.replace(event, kind="action") if is_action else event)
        case DecisionMade() if body.by and body.by not in mine:
            because = f", because {body.because}" if body.because else ""
            return _Row(
                at, event=Event(at=0, says=_text(f"Decided: {entry.text}{because}"), by=_line(body.by) or CHANNEL)
            )
        case DecisionMade():
            return _expect(at, "decision", f"Decide and write down, as then: {entry.text}")
        case RoleAssigned() if body.name and body.name not in mine and (role := playbook.role(body.role)):
            says = f"I am {role.name[:1].lower()}{role.name[1:]} for this one."
            event = Event(at=0, says=says, by=_line(body.name) or CHANNEL)
            row = _expect(at, "role", "Write down who commands", what=body.role, who=_line(body.name))
            return _Row(at, event, row.expected if body.role == ids.ROLE_COMMANDER else None)
        case SeveritySet():
            return _expect(at, "severity", f"Change the severity to SEV{body.severity}", what=str(body.severity))
        case EscalationStep(step="told"):
            return _expect(at, "escalate", "Tell the commander that you are going to escalate")
        case TriggerAnswered(holds=True):
            row_of = next((row for row in playbook.triggers if row.id == body.trigger), None)
            return _expect(at, "trigger", f"Answer with yes: {row_of.text}", what=row_of.id) if row_of else None
        case MessageSent():
            return _message(at, body, incident, playbook)
        case Resolved():
            says = entry.text if entry.text != "Resolved" else ""
            by = ", ".join(incident.holders(ids.ROLE_COMMANDER)) or CHANNEL
            event = Event(at=0, says=_text(" ".join(filter(None, (says, _RESOLVED)))), by=_line(by) or CHANNEL)
            return _Row(at, event, _expect(at, "resolve", "Resolve it in the log").expected)
    return None


def _message(at: int, body: MessageSent, incident: Incident, playbook: Playbook) -> _Row:
    """A message that went out; the first ones by the limit of the severity, if it was late then."""
    severity = playbook.severity(incident.severities[0][1])
    limits = {
        ids.MESSAGE_INITIAL: severity.acknowledge_within_min,
        ids.MESSAGE_CUSTOMER: severity.customer_within_min,
    }
    within = limits.get(body.message)
    limit = None if within is None else incident.learned + within * MINUTE
    name = _MESSAGES.get(body.message, f"the message “{body.message}”")
    return _expect(at, "message", f"Send {name}", what=body.message)._replace(limit=limit)


def _owed(incident: Incident, playbook: Playbook, end: int) -> Iterable[_Row]:
    """What a severity asks for, and was not done then: messages by their limits, and the resolution notice."""
    severity = playbook.severity(incident.severities[0][1])
    sent = {logged.body.message for logged in incident.messages}
    for kind, within in (
        (ids.MESSAGE_INITIAL, severity.acknowledge_within_min),
        (ids.MESSAGE_CUSTOMER, severity.customer_within_min),
    ):
        limit = incident.learned + (within or 0) * MINUTE
        if within is not None and kind not in sent and limit <= end:
            text = f"Send {_MESSAGES[kind]}, which was not sent then"
            yield _expect(limit, "message", text, what=kind)._replace(limit=limit)
    if severity.update_every_min is not None and ids.MESSAGE_RESOLUTION not in sent:
        yield _expect(end, "message", f"Send {_MESSAGES[ids.MESSAGE_RESOLUTION]}", what=ids.MESSAGE_RESOLUTION)


def _expect(at: int, act: str, text: str, what: str = "", who: str = "") -> _Row:
    better = _BETTER.get(what if act == "message" else act, _ANY_MESSAGE)
    expected = Expected(act=act, text=_line(text), better=better, what=what, who=who)  # type: ignore[arg-type]
    return _Row(at, expected=expected)


def _timed(row: Expected, minute: float, of: _Row, incident: Incident, minutes: int) -> Expected:
    """The row with the minutes between which it is to be done: not before it could be known, and a little later."""
    slack = _NOTICE_SLACK if row.what == ids.MESSAGE_RESOLUTION else _SLACK
    by = minute + slack
    if of.limit is not None:
        by = min(by, (of.limit - incident.learned) / MINUTE)
    since = minute if row.act in ("resolve", "severity", "escalate", "trigger") else 0
    if of.again or row.what in (ids.MESSAGE_UPDATE, ids.MESSAGE_RESOLUTION):
        since = max(minute - _SLACK, 0)
    return msgspec.structs.replace(row, by=round(min(by, minutes), 1), since=round(min(since, by), 1))


def _tell(rows: list[_Row], at: int, body: FactSet, playbook: Playbook) -> None:
    """Let the line before a fact tell it, if it has its words; else it is a line of its own."""
    value, row = _line(body.value), playbook.fact(body.name)
    if not value or row is None:
        return
    last = next((number for number in range(len(rows) - 1, -1, -1) if rows[number].event is not None), None)
    event = rows[last].event if last is not None else None
    if last is not None and event is not None and value.casefold() in event.says.casefold():
        told = msgspec.structs.replace(event, tells={**event.tells, body.name: value})
        rows[last] = rows[last]._replace(event=told)
    else:
        rows.append(_Row(at, Event(at=0, says=_text(f"{row.label}: {value}"), by=CHANNEL, tells={body.name: value})))


def _whose(incident: Incident, entries: list[Entry]) -> set[str]:
    """Whose work is practised: those who sent the messages, else whoever declared it."""
    sent = {entry.author for entry in entries if isinstance(entry.body, MessageSent) and not entry.body.is_told_of}
    return sent or {entry.author for entry in entries if entry.key == incident.declared}


def _clock(moments: list[int], at_most: int | None) -> Callable[[int], float]:
    """How a moment (ms UTC) becomes a minute: the true one, or with the longest gaps cut until the last fits."""
    ordered = sorted(set(moments))
    gaps = [(later - earlier) / MINUTE for earlier, later in pairwise(ordered)]
    longest = max(gaps, default=0.0)
    if at_most is not None and sum(gaps) > at_most:
        longest = _longest_gap(gaps, at_most)
    minutes, total = {ordered[0]: 0.0}, 0.0
    for moment, gap in zip(ordered[1:], gaps, strict=True):
        total += min(gap, longest)
        minutes[moment] = round(total, 1)
    return minutes.__getitem__


def _longest_gap(gaps: list[float], at_most: int) -> float:
    """The longest that a gap may be so that all together take at most so many minutes."""
    left = float(at_most)
    ordered = sorted(gaps)
    for number, gap in enumerate(ordered):
        share = left / (len(ordered) - number)
        if gap > share:
            return share
        left -= gap
    return ordered[-1]


def _line(text: str) -> str:
    return clean_line(text).strip()


def _text(text: str) -> str:
    return _short(text.strip() or "…", _LONGEST_TEXT)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
