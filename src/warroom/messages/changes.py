"""What changed since the last message to colleagues: the severity and the impact, ahead of what its sender says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.amounts import count
from warroom.messages.answers import NOT_KNOWN, NOTHING_NEW, says_nothing
from warroom.messages.calm import calm
from warroom.messages.dates import time_told
from warroom.messages.extents import grown
from warroom.messages.grammar import clause, listed
from warroom.messages.said import beyond
from warroom.messages.tense import past
from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.kinds.facts import says_unknown
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_not_known
from warroom.text.sentences import same_words, within

IMPACT, AFFECTED, CUSTOMERS = "impact", "affected", "customers"
_LONGEST_TOLD = 120
"""Characters of the last impact that are told again."""
_NOTHING = re.compile(r"(?:still )?(?:nothing|no (?:new|change|news|progress|update))\b", re.IGNORECASE)


def with_changes(progress: str, said: Mapping[str, str], snapshot: Snapshot) -> str:
    """What changed since the last message: first severity, impact and share, then what its sender says.

    `said` are the fields of the message, as it says them.
    """
    changes = [*_severity_changed(progress, snapshot), *_impact_changed(progress, said.get(IMPACT, ""), snapshot)]
    changes += _share_changed(progress, said, snapshot)
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


def _impact_changed(progress: str, impact: str, snapshot: Snapshot) -> list[str]:
    before = calm(_said_last(IMPACT, snapshot), snapshot.playbook.names)  # as colleagues read it
    if not before or impact.strip() in ("", before, NOT_KNOWN) or says_unknown(impact):
        return []
    if not says_unknown(before) and not _differs(impact, before):
        return []
    if progress and not beyond(impact, progress):
        return []
    if says_unknown(before):
        return ["The impact is known now"]
    news, gone = _apart(impact, before)
    if len(news) < len(_sentences(impact)) or len(gone) < len(_sentences(before)):
        now, was = within("\n".join(news)), within("\n".join(gone))
        told = f"New in the impact: {now}" if now else f"No longer in the impact: {was}"
        return [f"{told}; the last message said: {was}" if now and was and len(was) <= _LONGEST_TOLD else told]
    words = within(before)
    return [
        f"The impact has changed; the last message said: {words}"
        if len(words) <= _LONGEST_TOLD
        else "The impact has changed"
    ]


def _apart(impact: str, before: str) -> tuple[list[str], list[str]]:
    """The sentences that only the first of two impacts has, and those that only the second has."""
    now, was = _sentences(impact), _sentences(before)
    return (
        [one for one in now if not any(same_words(one, other) for other in was)],
        [one for one in was if not any(same_words(one, other) for other in now)],
    )


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n", text.strip()) if part.strip()]


def _share_changed(progress: str, said: Mapping[str, str], snapshot: Snapshot) -> list[str]:
    """That more or fewer are affected than the last message said, or others: what is told now, and what was before."""
    shares: list[tuple[str, str, str]] = []
    names = snapshot.playbook.names
    for field, label in ((AFFECTED, "Affected"), (CUSTOMERS, "Customers affected")):
        before, now = (calm(text, names) for text in (_said_last(field, snapshot), said.get(field, "").strip()))
        if says_unknown(now) or says_nothing(before) or now == NOT_KNOWN:
            continue
        change, unknown = grown(before, now), says_not_known(before)
        same = not beyond(now, before) or (field == CUSTOMERS and not unknown)
        if change == 0 or (change is None and same):
            continue
        if not progress or beyond(now, progress):
            shares.append((label, clause(count(now)), "not known" if unknown else clause(count(before))))
    if not shares:
        return []
    (label, now, was), *more = shares
    if more:
        now, was = f"{now} ({more[0][1]})", was if was == more[0][2] else f"{was} ({more[0][2]})"
    return [f"{label} now: {now}" + (f"; before: {was}" if len(was) <= _LONGEST_TOLD else "")]


_EXTENT = re.compile(
    r"\d[\d.,]*|\b(?:all|every\w*|few|half|many|most|nobody|none|no one|only|part|several|some|third)\b", re.IGNORECASE
)


def _differs(impact: str, before: str) -> bool:
    """Whether an impact surely tells something else: of others, or more, or less. Other words may mean the same."""
    extent, extent_before = (set(_EXTENT.findall(text.casefold())) for text in (impact, before))
    if (extent != extent_before or len(_sentences(impact)) > len(_sentences(before))) and beyond(impact, before):
        return True
    gone = beyond(before, impact) and beyond(past(before), impact)  # `members see` may be told as `members saw` by now
    return bool(beyond(impact, before)) != bool(gone)


def _told_last(snapshot: Snapshot) -> Logged[MessageSent] | None:
    """The last numbered message to colleagues until then."""
    told = [sent for sent in snapshot.incident.sent(_COUNTED) if sent.at <= snapshot.now]
    return told[-1] if told else None


def _said_last(field: str, snapshot: Snapshot) -> str:
    """What the last message said in a field; "" if it had no such field."""
    told = _told_last(snapshot)
    return clean(told.body.fields.get(field, "")).strip() if told else ""
