"""What changed since the last message to colleagues: the severity and the impact, ahead of what its sender says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from warroom.messages.amounts import count
from warroom.messages.answers import NOT_KNOWN, NOTHING_NEW, says_nothing
from warroom.messages.calm import calm
from warroom.messages.customer_data import DATA_LOSS
from warroom.messages.dates import time_told
from warroom.messages.grammar import clause, listed
from warroom.messages.worst import same_harm
from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.harm import standing
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_not_known, says_unknown
from warroom.text.sentences import same_words, unstopped, within

_SENTENCES = re.compile(r"[.!?]\s")
_LONGEST_TOLD = 120
"""Characters of what was told before that are told again."""
_NOTHING = re.compile(r"(?:still )?(?:nothing|no (?:new|change|news|progress|update))\b", re.IGNORECASE)


def with_changes(progress: str, said: Mapping[str, str], snapshot: Snapshot) -> str:
    """What changed since the last message: first severity, impact, shares and data, then what its sender says.

    `said` are the fields of the message, as it says them.
    """
    changes = [*_severity_changed(progress, snapshot), *_fields_changed(progress, said, snapshot)]
    changes += _facts_changed(progress, snapshot)
    if not changes:
        return progress
    lead, items = listed(progress)
    if lead:
        items = [f"{lead} {'; '.join(items)}"]
    elif progress == NOTHING_NEW or (len(items) == 1 and _NOTHING.match(items[0])):
        items = []
    return "\n".join([*changes, *items])


def severity_change(snapshot: Snapshot) -> tuple[int, int] | None:
    """The severity that colleagues were told last and that of now, or of when the message went out, if they differ."""
    told, incident = _told_last(snapshot), snapshot.incident
    if told is None:
        return None
    # one that is dated before the last message and was noted after it, is news
    before = [level for level in _levels(snapshot) if level.when < told.when and level.order < told.order]
    was, now = before[-1].body.severity if before else incident.severities[0][1], snapshot.severity
    return (was, now) if was != now else None


_COUNTED = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE)


def _levels(snapshot: Snapshot) -> list[Logged[SeveritySet]]:
    """The changes of severity until now, by when they were made."""
    found = [level for level in snapshot.incident.all(SeveritySet) if level.at <= snapshot.now]
    return sorted(found, key=lambda level: level.when)


def _severity_changed(progress: str, snapshot: Snapshot) -> list[str]:
    change, levels = severity_change(snapshot), _levels(snapshot)
    if change is None or not levels or re.search(rf"\bSEV[ -]?{change[1]}\b", progress, re.IGNORECASE):
        return []
    was, now = change
    why = within(clean(levels[-1].body.because))
    when = time_told(levels[-1].at, snapshot.now, snapshot.tz)
    return [f"{'Raised' if now < was else 'Lowered'} from SEV{was} to SEV{now} at {when}" + (f": {why}" if why else "")]


def _fields_changed(progress: str, said: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """What is told of the harm now, and what the last message told, where that is not the same."""
    names = snapshot.playbook.names
    for field, label in _HARM.items():
        before, now = (calm(text, names) for text in (_said_last(field, snapshot), said.get(field, "").strip()))
        if says_nothing(before) or says_nothing(now) or says_unknown(now) or now == NOT_KNOWN:
            continue
        if same_harm(before, now) or _says(progress, now):
            continue
        yield _changed(label, count(now), "not known" if says_not_known(before) else count(before))


def _says(progress: str, text: str) -> bool:
    """Whether a line of the progress, a sentence or a clause of it says all of a text, and nothing else.

    `12 of 37 residents called` has the words of `37 residents`, and does not say that there are 37.
    """
    return any(same_harm(part, text) for marks in _BETWEEN for part in marks.split(progress))


_BETWEEN = tuple(re.compile(rf"\n|[{marks}](?:\s|$)") for marks in (".!?", ".!?;,", ".!?;,:"))


_HARM = {"impact": "Impact", "affected": "Affected", "customers": "Customers affected"}


def _facts_changed(progress: str, snapshot: Snapshot) -> Iterator[str]:
    """What was noted of harm to data when the last message went out, and what is noted now, if it differs."""
    told, names = _told_last(snapshot), snapshot.playbook.names
    for row in filter(None, map(snapshot.playbook.fact, _OF_DATA)):
        noted = [fact for fact in snapshot.incident.facts.get(row.id, ()) if fact.at <= snapshot.now]
        before = [fact for fact in noted if told and fact.when < told.when]
        if not before or not (was := clean(before[-1].body.value).strip()):
            continue
        now = clean(noted[-1].body.value).strip() or "not known"
        if not same_words(was, now) and not _says(progress, f"{row.label} {now}"):
            (then, _), (by_now, _), found = standing(was), standing(now), _ONE_WORD_FIRST.fullmatch(now)
            if by_now and by_now != then:
                now = by_now  # the rest of it stands below, in its own line
            elif found and _says(progress, found["rest"]):
                now = found["word"]
            yield _changed(
                row.label, calm(_in_brackets(now), names), calm(was if then == by_now else then or was, names)
            )


_OF_DATA = (DATA_LOSS, ids.FACT_BREACH)


def _in_brackets(noted: str) -> str:
    """`no (nobody opened the file)` for `no: nobody opened the file`, which stands behind a label."""
    found = _ONE_WORD_FIRST.fullmatch(noted)
    return f"{found['word']} ({unstopped(found['rest'])})" if found and "(" not in noted else noted


_ONE_WORD_FIRST = re.compile(r"(?P<word>[^\W\d_]+)[:;,] (?P<rest>.+)", re.DOTALL)


def _changed(label: str, now: str, before: str) -> str:
    """`Affected now: 60 of 800 meters. Before: all 800 meters`, only the one before if that of now is long.

    So it is if that has several sentences, as it stands in its own line too.
    """
    now, before = clause(within(now)), clause(within(before))
    if len(now) > _LONGEST_TOLD or _SENTENCES.search(now):
        return f"{label} before: {before}" if len(before) <= _LONGEST_TOLD else f"{label}: not as told before"
    return f"{label} now: {now}" + (f". Before: {before}" if len(before) <= _LONGEST_TOLD else "")


def _told_last(snapshot: Snapshot) -> Logged[MessageSent] | None:
    """The last numbered message to colleagues until then."""
    told = [sent for sent in snapshot.incident.sent(_COUNTED) if sent.at <= snapshot.now]
    return told[-1] if told else None


def _said_last(field: str, snapshot: Snapshot) -> str:
    """What the last message said in a field; "" if it had no such field."""
    told = _told_last(snapshot)
    return clean(told.body.fields.get(field, "")).strip() if told else ""
