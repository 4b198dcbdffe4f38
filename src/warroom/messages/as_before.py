"""What a message tells as before although its news may have overtaken it: it is asked about, and never changed.

Only words that the sender did not type in this message, and that nobody has noted since the last one, are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from warroom.messages.all_clear import is_all_clear
from warroom.messages.answered import seems_answered
from warroom.messages.answers import says_none, says_nothing
from warroom.messages.contradictions import says_it_works
from warroom.messages.customer_hints import short
from warroom.messages.field import Field
from warroom.messages.sources import STATE, state_now
from warroom.messages.templates import Kind
from warroom.messages.unfinished import what_is_left
from warroom.model import ids, times
from warroom.model.entries import Logged
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_unknown
from warroom.text.sentences import same_words


def told_as_before(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> Iterator[str]:
    """A sentence for all fields that may hold no more, and one each for what is noted and perhaps needed no more.

    What customers read as before is asked about with the rest of what is for them.

    `values` are the texts of the fields by id, `typed` the ids of those that the sender typed in this message.
    """
    news = {id: values.get(id, "") for id in _NEWS if id in typed and kind.field(id)}
    if not snapshot.incident.over() and not kind.public:
        yield _may_hold_no_more(kind, values, snapshot, typed, news)
        yield _may_need_no_workaround(kind, snapshot, news)
    yield _may_be_known(kind, values, snapshot, typed)


def _may_hold_no_more(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str], news: Mapping[str, str]
) -> str:
    """If something is better by what is new or by the stage, and what fails is told as it was before that."""
    impact, incident = values.get("impact", ""), snapshot.incident
    state = values.get(STATE, "").strip().lower() or state_now(kind, incident)
    better = any(_BETTER.search(text) or says_it_works(text) for text in news.values())
    if not better and (state != _FIXED or what_is_left(impact)):
        return ""
    last = _last_told(kind, incident)
    as_before = [
        field
        for field in filter(None, map(kind.field, _WHAT_FAILS))
        if field.id not in typed and _stands(field, values.get(field.id, ""), last, incident)
    ]
    if not as_before:
        return ""
    one = len(as_before) == 1
    labels = _joined([field.label for field in as_before])
    it = "it" if one else "them"
    when = f"you sent {it} at {times.clock_zone(last.at, snapshot.tz)}" if last else "noted before"
    holds = "Does it" if one else "Do they"
    return f"{labels} {'is' if one else 'are'} as {when}. {holds} still hold? If not, say how it is now."


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


_NEWS = ("status", "progress")
_WHAT_FAILS = ("impact", "affected", "customers")
_FIXED = "monitoring"
_BETTER = re.compile(
    r"\b(?:again|caught up|complete(?:d|ly)?|down (?:from|to)|fixed|normal(?:ly)?|recover(?:ed|s)|repaired|restored"
    r"|works|now (?:less|fewer|only|under|below|\d+)|(?:all|are|fully|is|now) back|back (?:online|to normal|up))\b",
    re.IGNORECASE,
)
"""What sounds as if something were better than before. It only leads to a question."""


def _stands(field: Field, text: str, last: Logged[MessageSent] | None, incident: Incident) -> bool:
    """Whether a text is what these readers were told last; or noted, if nobody has told them anything."""
    if says_nothing(text) or says_none(text) or says_unknown(text) or is_all_clear(text):
        return False
    names = (source.removeprefix("fact:") for source in field.source if source.startswith("fact:"))
    noted = [facts[-1] for name in names if (facts := incident.facts.get(name))]
    if last is None:
        return any(same_words(text, fact.body.value) for fact in noted)
    since = any(fact.when > last.when for fact in noted)
    return not since and same_words(text, last.body.fields.get(field.id, ""))


def _last_told(kind: Kind, incident: Incident) -> Logged[MessageSent] | None:
    """The last message that colleagues got before one of this kind; None if there is none."""
    return next(reversed(incident.sent([*_TO_COLLEAGUES, kind.id])), None)


_TO_COLLEAGUES = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE, ids.MESSAGE_ESCALATION)


def _may_need_no_workaround(kind: Kind, snapshot: Snapshot, news: Mapping[str, str]) -> str:
    """If colleagues read a workaround of before beside news that it works again."""
    known, last = snapshot.incident.facts.get(_WORKAROUND, ()), _last_told(kind, snapshot.incident)
    if _WORKAROUND not in kind.body or kind.field(_WORKAROUND) or not known:
        return ""
    noted = clean(known[-1].body.value).strip()
    works = next(((id, said) for id, text in news.items() if (said := says_it_works(text))), None)
    if works is None or _says_nothing(noted) or (last and known[-1].when > last.when):
        return ""
    id, said = works
    label = next(field.label for field in kind.fields if field.id == id)
    read = f"Colleagues still read the workaround “{short(noted)}”, and {label} says “{short(said)}”"
    return f"{read}. If nobody needs it any more: {_clears(_WORKAROUND)}."


_WORKAROUND, _UNKNOWN = "workaround", "unknown"


def _may_be_known(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If something is still noted as not known, and what is new seems to answer it, or the incident is over."""
    incident = snapshot.incident
    unknown = clean(incident.fact(_UNKNOWN)).strip()
    if _says_nothing(unknown):
        return ""
    still = f"“{short(unknown)}” is still noted as not known"
    known, asked = incident.facts.get("known", ()), incident.facts[_UNKNOWN][-1]
    said = [values.get(id, "") for id in typed if kind.field(id)]
    said += [clean(known[-1].body.value)] if known and known[-1].when > asked.when else []
    if _UNKNOWN in kind.body and (answer := seems_answered(unknown, said)):
        return f"{still}, and “{short(answer)}” seems to answer it. If it does: {_clears(_UNKNOWN)}."
    ends = kind.public or kind.id == ids.MESSAGE_RESOLUTION
    if not ends or not incident.over() or incident.cancelled:
        return ""
    told = "customers are not told" if kind.public else "colleagues read so here"
    return f"{still}, and {told}. If it is known by now: {_clears(_UNKNOWN)}."


def _clears(fact: str) -> str:
    return f'warroom fact {fact} "" (in the console: f)'


def _says_nothing(text: str) -> bool:
    return says_nothing(text) or says_none(text) or says_unknown(text)
