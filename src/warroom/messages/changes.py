"""What changed since the last message to colleagues: the severity and the impact, ahead of what its sender says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from warroom.messages.amounts import count
from warroom.messages.answers import NOT_KNOWN, NOTHING_NEW, says_nothing
from warroom.messages.calm import calm
from warroom.messages.dates import time_told
from warroom.messages.extents import extent, grown
from warroom.messages.grammar import listed
from warroom.messages.said import beyond
from warroom.messages.tense import past
from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.kinds.facts import says_unknown
from warroom.model.kinds.severity import SeveritySet
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
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
    """The severity that colleagues were told last and the present one, if they differ."""
    told = [sent for sent in snapshot.incident.sent(_COUNTED) if sent.at <= snapshot.now]
    levels = _set_by(snapshot)
    if not told or not levels:
        return None
    before = [level.body.severity for level in levels if level.when < told[-1].when]
    was, now = (before or [snapshot.incident.severities[0][1]])[-1], levels[-1].body.severity
    return (was, now) if was != now == snapshot.incident.severity else None  # the title has the present one


def _set_by(snapshot: Snapshot) -> list[Logged[SeveritySet]]:
    """The severities that were set by the time of a message, which may be one of the past."""
    levels = snapshot.incident.all(SeveritySet)
    return [level for level in levels if not snapshot.past or level.at <= snapshot.now]


_COUNTED = (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE)


def _severity_changed(progress: str, snapshot: Snapshot) -> list[str]:
    change = severity_change(snapshot)
    if change is None or re.search(rf"\bSEV[ -]?{change[1]}\b", progress, re.IGNORECASE):
        return []
    (was, now), last = change, _set_by(snapshot)[-1]
    why = within(clean(last.body.because))
    when = time_told(last.at, snapshot.now, snapshot.tz)
    return [f"{'Raised' if now < was else 'Lowered'} from SEV{was} to SEV{now} at {when}" + (f": {why}" if why else "")]


def _impact_changed(progress: str, impact: str, snapshot: Snapshot) -> list[str]:
    before = calm(_told_last(IMPACT, snapshot), snapshot.playbook.names)  # as colleagues read it
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
    """That more or fewer are affected than the last message said, or others."""
    found: dict[str, list[str]] = {}
    names = snapshot.playbook.names
    for field in (AFFECTED, CUSTOMERS):
        before, now = (calm(text, names) for text in (_told_last(field, snapshot), said.get(field, "").strip()))
        if says_unknown(before) or says_unknown(now) or says_nothing(before) or now == NOT_KNOWN:
            continue
        change = grown(before, now)
        if change == 0 or (change is None and (field == CUSTOMERS or not beyond(now, before))):
            continue
        if not progress or beyond(now, progress):
            how_many = change is not None or (_has_figure(before) and _has_figure(now))
            found.setdefault(_CHANGED[how_many], []).append(within(count(before)))
    told = {change: "; ".join(rows) for change, rows in found.items()}
    return [
        f"{change}; the last message said: {words}" if len(words) <= _LONGEST_TOLD else change
        for change, words in told.items()
    ]


def _has_figure(share: str) -> bool:
    told = extent(share)
    return told.part is not None or told.number is not None


_CHANGED = {
    True: "How many are affected has changed",
    False: "Who is affected has changed",
}
_EXTENT = re.compile(
    r"\d[\d.,]*|\b(?:all|every\w*|few|half|many|most|nobody|none|no one|only|part|several|some|third)\b", re.IGNORECASE
)


def _differs(impact: str, before: str) -> bool:
    """Whether an impact surely tells something else: of others, or more, or less. Other words may mean the same."""
    extent, extent_before = (set(_EXTENT.findall(text.casefold())) for text in (impact, before))
    if extent != extent_before and beyond(impact, before):
        return True
    gone = beyond(before, impact) and beyond(past(before), impact)  # `members see` may be told as `members saw` by now
    return bool(beyond(impact, before)) != bool(gone)


def _told_last(field: str, snapshot: Snapshot) -> str:
    """What the last numbered message to colleagues said in a field until then; "" if it had no such field."""
    told = [sent for sent in snapshot.incident.sent(_COUNTED) if sent.at <= snapshot.now]
    return clean(told[-1].body.fields.get(field, "")).strip() if told else ""
