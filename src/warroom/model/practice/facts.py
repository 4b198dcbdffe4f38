"""Checks of facts: what was told is written down soon, and nobody is asked for what was told already."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from warroom.model import ids, times
from warroom.model.entries import Entry
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Declared, Retitled
from warroom.model.kinds.log import ActionTaken, Noted
from warroom.model.kinds.messages import MessageSent
from warroom.model.practice.agreeing import agreement, says_too
from warroom.model.practice.checks import Check, Where
from warroom.model.practice.played import Played, Practised
from warroom.model.scenario import Event
from warroom.model.times import MINUTE
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten

SOON = 10 * MINUTE
"""What was told is to be written down within this time."""

_ASKS_FOR = {
    ids.FACT_SYSTEM: r"\b(?:which|what) (?:system|service|part)|\bwhat(?: exactly)? is (?:down|broken|affected)",
    "impact": r"\bimpact\b|\bwhat do (?:users|customers|people) see|\bwhat does (?:the|a) (?:user|customer) see",
    "affected": r"\bhow (?:many|much)\b.*\b(?:affected|users|attempts|people|fail\w*)\b|\bwhat (?:share|percentage)\b",
    "segment": r"\bwhich (?:users|regions?|countr\w+|segments?|platforms?)\b|\b(?:mobile|web) only\b",
    ids.FACT_REVENUE: r"\brevenue\b|\bhow much (?:money|do(?:es)? (?:it|this) cost|are we losing)",
    ids.FACT_CUSTOMERS: r"\b(?:which|how many) (?:\w+ )?(?:customers?|accounts?|clients?)\b",
    ids.FACT_ETA: r"\bETA\b|\bestimate\b|\bhow (?:much )?long(?:er)?\b.*\b(?:tak\w+|last|until|till|need)\b"
    r"|\bwhen (?:will|is|do you think|can)\b.*\b(?:back|fixed|up|over|done|resolved|working|normal)\b",
    "workaround": r"\bwork-?around\b|\bway (?:a)?round\b|\bwhat can (?:users|customers|they) do\b",
    "tickets": r"\bhow many tickets\b",
    "channel": r"\b(?:which|what|where is the) (?:channel|bridge|call)\b",
    "runbook": r"\brunbook\b",
    ids.FACT_DATA_LOSS: r"\bdata (?:been |get(?:ting)? )?(?:lost|loss)\b|\blos(?:e|ing|t) (?:any )?data\b",
    ids.FACT_BREACH: r"\bbreach\b|\b(?:did|has|was) (?:any|some)(?:one|body)\b.*\b(?:data|read|access\w*)\b",
}
"""How people ask for a fact, by its id; of others, by the words of its label."""


def facts(played: Played) -> Iterator[Check]:
    """What was told and written down, soon, late or never; and what was asked for twice."""
    for practised in played.incidents:
        yield from _written_down(practised)
        yield from _asked_twice(practised)


def _told(practised: Practised) -> Iterator[tuple[Event, str, str, str]]:
    """What the scenario has told so far: the event, the key of its line in the log, the fact's id, and its value."""
    lines = {id(row): key for key, row in practised.fed.items()}
    for event in practised.played.scenario.events:
        if event.incident == practised.number and practised.played.moment(event.at) <= practised.played.now:
            for name, value in event.tells.items():
                yield event, lines.get(id(event), ""), name, value


class _Told(msgspec.Struct, frozen=True):
    """A fact that was told: when (ms UTC), its value, and when something else was told about it, if it was."""

    at: int
    by: str
    line: str
    name: str
    value: str
    again: int | None


def _tellings(practised: Practised) -> Iterator[_Told]:
    moment, told = practised.played.moment, list(_told(practised))
    for number, (event, line, name, value) in enumerate(told):
        again = next((moment(row.at) for row, _, other, _ in told[number + 1 :] if other == name), None)
        yield _Told(moment(event.at), event.by, line, name, value, again)


def _written_down(practised: Practised) -> Iterator[Check]:
    set_by_name: dict[str, list[tuple[int, str]]] = {}
    for entry in practised.own:
        if isinstance(entry.body, FactSet) and entry.body.value:
            set_by_name.setdefault(entry.body.name, []).append((entry.recorded, entry.body.value))
    for told in _tellings(practised):
        yield from _of_one(practised, told, set_by_name.get(told.name, []))


def _of_one(practised: Practised, told: _Told, found: list[tuple[int, str]]) -> Iterator[Check]:
    """What became of a fact that was told; `found` are the values that were set: when, and which, in order."""
    played, value = practised.played, told.value
    where = Where(f"{practised.number}:fact:{told.name}", practised.id, told.line)
    what = f"{told.by} told it: {_label(played, told.name)}, {value}"
    better = "Set the fact as soon as you read it: from then on it stands in every message."
    before = next((one for at, one in reversed(found) if at <= told.at), "")
    after = next((at - told.at for at, one in found if at > told.at and agreement(value, one) == "agrees"), None)
    others = [(at, one) for at, one in found if told.at < at <= (told.again or played.now)]
    until = min(played.judged_until, practised.incident.ended_at or played.now, told.again or played.now)
    if before and _same(before, value) and not others:
        yield Check("twice", True, told.at, f"{what}. You knew it already.", where=where)
    elif after is not None and after <= SOON:
        words = f"{what}. Written down after {times.span(after)}."
        yield Check("twice", True, told.at, words, where=where)
    elif after is not None and (told.again is None or told.at + after < told.again):
        text = f"{what}. It was written down only {times.span(after)} later."
        yield Check("twice", False, told.at, text, better, 35, where=where)
    elif others:
        at, wrong = others[-1]
        opposite = agreement(value, wrong) == "contradicts"
        text = f"You wrote “{_short(wrong)}” at {times.clock(at, played.tz)}, and {told.by} had told “{value}”"
        text += "." if opposite else ": no word or figure is the same."
        better = f"Write down what was told, in the words you heard: {value}."
        better += " A wrong fact goes into every message." if opposite else " Then everybody knows that it is the same."
        yield Check("twice", False, at, text, better, 78 if opposite else 56, where=where)
    elif (found_in := _elsewhere(practised, told, until)) is not None:
        place, at = found_in
        is_soon = at - told.at <= SOON
        since = "" if at <= told.at else f"{'' if is_soon else ' only'} {times.span(at - told.at)} later"
        text = f"{what}. You wrote it {place}{since}."
        yield Check("twice", is_soon, told.at, text, "" if is_soon else better, 30, where=where)
    elif until - told.at > SOON:
        stood = f"; “{_short(before)}” stood there" if before and before != value else ""
        only_logged = _logged(practised, told, until)
        text = f"{what}. It was never written down{stood}."
        if only_logged is not None:
            when = times.clock(only_logged.at, played.tz)
            text = f"{what}. You logged it at {when}, but not as a fact, so no message has it."
        brief = f"{_label(played, told.name)} ({told.by})"
        yield Check("twice", False, told.at, text, better, 55, where=where, group=_NEVER, brief=brief)


_NEVER = "{} things that you were told were never set as facts"


def _elsewhere(practised: Practised, told: _Told, until: int) -> tuple[str, int] | None:
    """Where what was told stands outside its own fact, so that messages have it, and since when (ms UTC)."""
    label = _label(practised.played, told.name)
    for entry in practised.own:
        if entry.recorded > until:
            break
        match entry.body:
            case Declared() | Retitled():
                place, text = "into the title", entry.body.title
            case FactSet() if entry.body.name != told.name and entry.recorded > told.at:
                place, text = f"into another fact ({_label(practised.played, entry.body.name)})", entry.body.value
            case MessageSent() if not entry.body.is_told_of and entry.recorded > told.at:
                place, text = "into a message", f"{entry.body.subject}\n{entry.body.body}"
            case _:
                continue
        if says_too(told.value, label, text):
            return place, entry.recorded
    return None


def _logged(practised: Practised, told: _Told, until: int) -> Entry | None:
    """The line of the log that says what was told; None if there is none."""
    label = _label(practised.played, told.name)
    lines = (entry for entry in practised.own if isinstance(entry.body, Noted | ActionTaken))
    lines = (entry for entry in lines if told.at < entry.recorded <= until)
    return next((entry for entry in lines if says_too(told.value, label, entry.text)), None)


def _short(value: str) -> str:
    return shorten(clean_line(value), 60)


def _label(played: Played, name: str) -> str:
    row = played.playbook.fact(name)
    label = row.label if row else name
    return label[:1].lower() + label[1:]


def _same(one: str, other: str) -> bool:
    """Whether two values of a fact say the same, as far as their words tell."""
    one, other = (" ".join(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return bool(one) and (one in other or other in one)


def _asked_twice(practised: Practised) -> Iterator[Check]:
    played = practised.played
    known = [(played.moment(event.at), event.by, name, value) for event, _, name, value in _told(practised)]
    asked: list[tuple[Entry, str, frozenset[str]]] = []
    for entry in practised.own:
        for question in _questions(entry):
            names = frozenset(asks_for(question, played))
            where = Where(f"{practised.number}:asked:{','.join(sorted(names))}", practised.id, entry.key)
            before = [one for one in known if one[2] in names and one[0] < entry.at]
            again = next((one for one in asked if _is_again(question, names, one)), None)
            if before:
                at, by, name, value = before[-1]
                text = f"You asked for what {by} had told at {times.clock(at, played.tz)}: {_label(played, name)}."
                better = f"Look at the facts first: {value}. Every question takes somebody away from the repair."
                yield Check("twice", False, entry.at, text, better, 58, question, where)
            elif again is not None:
                text = f"You had asked this at {times.clock(again[0].at, played.tz)} already."
                better = "Ask once, say by when you need it, and set a clock of your own to come back to it."
                yield Check("twice", False, entry.at, text, better, 48, question, where)
            asked.append((entry, question, names))


def _is_again(question: str, names: frozenset[str], before: tuple[Entry, str, frozenset[str]]) -> bool:
    return bool(names & before[2]) or (len(question.split()) >= _TELLING and _same(question, before[1]))


_TELLING = 3
"""A question of fewer words, such as `And now?`, may be about anything."""


def _questions(entry: Entry) -> list[str]:
    """The questions in a line that somebody logged, or in a message to colleagues."""
    if isinstance(entry.body, MessageSent):
        if entry.body.message == ids.MESSAGE_CUSTOMER:
            return []
        text = entry.body.body
    elif isinstance(entry.body, Noted | ActionTaken) and not entry.body.by:
        text = entry.text
    else:
        return []
    return [match.group().strip() for match in _QUESTION.finditer(text) if not _OF_OTHERS.search(text[: match.end()])]


_OF_OTHERS = re.compile(r"\b(?:asks?|asked|asking|wants? to know|wonders?)\b[^.!?\n]*\?$", re.IGNORECASE)
"""What somebody else has asked, told in a line: `Ana asks: how many users are affected?`."""
_QUESTION = re.compile(r"[^.!?\n]+\?")


def asks_for(question: str, played: Played) -> Iterator[str]:
    """The ids of the facts that a question asks for."""
    for row in played.playbook.facts:
        pattern = _ASKS_FOR.get(row.id) or r"\b" + re.escape(row.label) + r"\b"
        if re.search(pattern, question, re.IGNORECASE):
            yield row.id
