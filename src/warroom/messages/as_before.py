"""What a message tells as before although its news may have overtaken it: it is asked about, and never changed.

Only words that the sender did not type in this message, and that nobody has noted since the last one, are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from warroom.messages.all_clear import is_all_clear
from warroom.messages.answered import seems_answered
from warroom.messages.answers import says_none, says_nothing
from warroom.messages.contradictions import says_it_works
from warroom.messages.customer_hints import AFFECTED, short
from warroom.messages.field import Field
from warroom.messages.grammar import joined
from warroom.messages.length import SHORT_FORMS
from warroom.messages.plans import CLOCK, moment_of
from warroom.messages.said import beyond
from warroom.messages.sources import STATE, state_now
from warroom.messages.templates import Kind
from warroom.messages.tense import may_be_past, speaks_of_now
from warroom.messages.unfinished import what_is_left
from warroom.messages.worst import tells_the_end
from warroom.model import ids, times
from warroom.model.entries import Logged
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_unknown
from warroom.text.sentences import same_words, unstopped


def told_as_before(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> Iterator[str]:
    """A sentence for all fields that may hold no more, and one each for what is noted and perhaps needed no more.

    What customers read as before is asked about with the rest of what is for them until a fix is in place; from then on
    here, unless they read it in the past.

    `values` are the texts of the fields by id, `typed` the ids of those that the sender typed in this message.
    """
    news = {id: values.get(id, "") for id in _NEWS if id in typed and kind.field(id)}
    if not snapshot.incident.over():
        yield _may_hold_no_more(kind, values, snapshot, typed, news)
        yield "" if kind.public else _may_need_no_workaround(kind, snapshot, news)
    yield _may_be_known(kind, values, snapshot, typed)
    yield _who_is_affected(kind, values, snapshot, typed)


def _may_hold_no_more(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str], news: Mapping[str, str]
) -> str:
    """If something is better by what is new or by the stage, and what fails is told as it was before that."""
    impact, incident = values.get("impact", ""), snapshot.incident
    state = values.get(STATE, "").strip().lower() or state_now(kind, incident)
    last = _last_told(kind, incident)
    noted = [fact.at for id in _WHAT_FAILS for fact in incident.facts.get(id, ())[-1:]]
    since = max([incident.began, *noted]) if last is None else last.at
    better = any(_BETTER.search(text) or says_it_works(text) or _since(text, since, snapshot) for text in news.values())
    if kind.public and (state != _FIXED or (may_be_past(impact) and not speaks_of_now(impact))):
        return ""
    if not better and (state != _FIXED or what_is_left(impact)):
        return ""
    as_before = [
        field
        for field in filter(None, map(kind.field, _WHAT_FAILS))
        if field.id not in typed and _stands(field, values.get(field.id, ""), last, incident)
    ]
    if not as_before:
        return ""
    one = len(as_before) == 1
    labels = joined([field.label for field in as_before])
    it = "it" if one else "them"
    shown = next((sent for sent in reversed(_told(kind, incident)) if _shows(sent, as_before, values)), None)
    when = f"you sent {it} at {times.clock_zone(shown.at, snapshot.tz)}" if shown else "noted before"
    holds = "Does it" if one else "Do they"
    return f"{labels} {'is' if one else 'are'} as {when}. {holds} still hold? If not, say how it is now."


def _shows(sent: Logged[MessageSent], fields: Collection[Field], values: Mapping[str, str]) -> bool:
    """Whether a message told its readers these fields as they are; a short text may have had no room for them."""
    if not all(same_words(values.get(field.id, ""), sent.body.fields.get(field.id, "")) for field in fields):
        return False
    body = sent.body.body.casefold()
    return sent.body.channel not in SHORT_FORMS or all(
        unstopped(values[field.id].strip()).casefold() in body for field in fields
    )


def _since(text: str, last: int, snapshot: Snapshot) -> bool:
    """Whether something has been so since a time after what was told last (ms UTC): `have recorded all since 16:31`."""
    found = _HAS_SINCE.search(text)
    if found is None or not found["time"]:
        return found is not None
    at = moment_of(found, snapshot.now, snapshot.tz)
    return at is not None and at > last


_HAS_SINCE = re.compile(rf"(?:\b(?:has|have)\b[^.;\n]*)?\bsince (?:then\b|(?:about )?{CLOCK})", re.IGNORECASE)


_NEWS = ("status", "progress")
_WHAT_FAILS = ("impact", "affected", "customers")
_FIXED = "monitoring"
_BETTER = re.compile(
    r"\b(?:again|caught up|complete(?:d|ly)?|down (?:from|to)|fixed|normal(?:ly)?|recover(?:ed|s)|repaired|restored"
    r"|works|now (?:less|fewer|only|under|below|\d+)|(?:all|are|fully|is|now) back|back (?:online|to normal|up)"
    r"|(?:fix|workaround) (?:is )?in place|no (?:more |further |new )?errors?|without (?:an |any )?errors?"
    r"|out of rotation"
    r"|(?:has|have) been (?:accepted|answered|cleared|completed|delivered|paid|printed|processed|received|recorded"
    r"|served|shown|unloaded|weighed))\b",
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
    """The last message that the readers of this kind got before it; None if there is none."""
    return next(reversed(_told(kind, incident)), None)


def _told(kind: Kind, incident: Incident) -> Sequence[Logged[MessageSent]]:
    return incident.sent([kind.id] if kind.public else [*_TO_COLLEAGUES, kind.id])


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
    return f"warroom fact {fact} --clear (in the console: f)"


def _who_is_affected(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If who is affected is told as it was said before the impact or the share became others."""
    incident, field = snapshot.incident, kind.field(AFFECTED) if kind.public else None
    known = incident.facts.get(_SEGMENT, ())
    if kind.public and (field is None or AFFECTED in typed or tells_the_end(kind, snapshot, values.get(STATE, ""))):
        return ""
    noted = values.get(AFFECTED, "") if kind.public else clean(known[-1].body.value) if known else ""
    others = " ".join(values.get(id, "") for id in _WHAT_FAILS)
    if _says_nothing(noted) or not (kind.public or (_SEGMENT in kind.body and beyond(noted, others))):
        return ""
    told = _told(kind, incident)
    said: list[Logged[Any]] = [fact for fact in known if same_words(clean(fact.body.value), noted)]
    said = said or [sent for sent in told if same_words(sent.body.fields.get(AFFECTED, ""), noted)][:1]
    if not said or not _changed_since(said[-1], kind, values, snapshot, typed):
        return ""
    label, still = ("Who was affected", "Was it so?") if incident.over() else ("Who is affected", "Does it still hold?")
    is_as = f"{label} is as noted at {times.clock_zone(said[-1].at, snapshot.tz)}: “{short(noted)}”"
    anew = ", say how it is" if field else f': warroom fact {_SEGMENT} "…" (in the console: f)'
    return f"{is_as}. {still} If not{anew}."


def _changed_since(
    said: Logged[Any], kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]
) -> bool:
    """Whether another impact or share was noted after something was said, or is typed after it was told.

    That is asked about once, and once more at the end.
    """
    incident, last = snapshot.incident, _last_told(kind, snapshot.incident)
    end = incident.resolution if incident.over() else None
    if end is not None and last is not None and last.order > end.order:
        return False
    for name in _WHAT_FAILS:
        facts = incident.facts.get(name, ())
        before = [fact for fact in facts if fact.when < said.when]
        asked = last is not None and facts and facts[-1].when < last.when and end is None
        if before and before[-1] != facts[-1] and not asked and not _same(before[-1].body.value, facts[-1].body.value):
            return True
    if last is None or last.when < said.when or end is not None:
        return False
    told = last.body.fields
    return any(told.get(id, "").strip() and not _same(values[id], told[id]) for id in _WHAT_FAILS if id in typed)


def _same(one: str, other: str) -> bool:
    return same_words(clean(one), clean(other))


_SEGMENT = "segment"
"""The fact of who is affected, which colleagues read although no field of theirs has it."""


def _says_nothing(text: str) -> bool:
    return says_nothing(text) or says_none(text) or says_unknown(text)
