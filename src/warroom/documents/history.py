"""What a picture of the incident shows: which time it covers, and what happened when. Times in ms UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import Reopened, Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.promises import PROMISE, messages_by_audience
from warroom.model.snapshot import Snapshot
from warroom.model.times import MAX_MS, MIN_MS, MINUTE
from warroom.text.cleaning import clean_line

_LEAST = 5 * MINUTE
_AFTER, _SHARE = 20 * MINUTE, 3
"""So much time after the end is shown at most, or this fraction of the incident, whichever is longer."""
_MARGIN = 50
"""The margin on each side is this fraction of the time shown."""


class Stretch(msgspec.Struct, frozen=True):
    """A severity or a stage, from `since` until `until`."""

    since: int
    until: int
    what: str


class Moment(msgspec.Struct, frozen=True):
    """A turning point: it began, was learned of, resolved, …"""

    at: int
    what: str


class History(msgspec.Struct, frozen=True):
    """The time from `start` to `end` that a picture covers, and what happened in it.

    `now` is the latest time that is known: now, or when it was over. `audiences` are the messages by the name of their
    audience; `escalation` the steps, each with its time. `later` and `earlier` are the numbers of messages, decisions
    and escalation steps outside of that time.
    """

    start: int
    end: int
    now: int
    moments: list[Moment]
    severities: list[Stretch]
    stages: list[Stretch]
    audiences: list[tuple[str, Sequence[Logged[MessageSent]]]]
    escalation: list[tuple[int, str]]
    start_of_cost: int
    end_of_cost: int
    earlier: int
    later: int


def history(snapshot: Snapshot) -> History:
    """The history of an incident, cut some time after its end: what comes days later must not squeeze the rest."""
    incident, began = snapshot.incident, snapshot.incident.began
    over = incident.ended_at
    until = max(snapshot.now if over is None else over, began)
    most = until + max(_AFTER, (until - began) // _SHARE)
    after = [sent.at for sent in incident.messages if until < sent.at <= most]
    if over is None:
        after += [promise.due for promise in snapshot.promises if promise.state == "running" and promise.due <= most]
    last = max([until, began + _LEAST, *after])
    margin = max((last - began) // _MARGIN, MINUTE // 2)
    start, end = max(began - margin, MIN_MS), min(last + margin, MAX_MS)
    escalation = _escalation(incident)
    moments = [*(one.at for one in incident.messages), *(one.at for one in incident.decisions)]
    moments += [at for at, _ in _steps(incident)]
    return History(
        start=start,
        end=end,
        now=snapshot.now if over is None else max(over, min(snapshot.now, last)),
        moments=[one for one in _moments(snapshot) if start <= one.at <= end],
        severities=_stretches([(at, str(level)) for at, level in incident.severities], until),
        stages=_stretches(incident.stages, until if over is None else last),
        audiences=_audiences(snapshot),
        escalation=escalation,
        start_of_cost=began,
        end_of_cost=until,
        earlier=sum(at < start for at in moments),
        later=sum(at > end for at in moments),
    )


def _stretches(changes: Iterable[tuple[int, str]], until: int) -> list[Stretch]:
    """What applied from when to when; a change that was logged later but happened earlier takes over from there."""
    kept: list[tuple[int, str]] = []
    for since, what in changes:
        while kept and kept[-1][0] >= since:
            kept.pop()
        if not kept or kept[-1][1] != what:
            kept.append((since, what))
    ends = [since for since, _ in kept[1:]] + [until]
    return [
        Stretch(since, min(end, until), what)
        for (since, what), end in zip(kept, ends, strict=True)
        if since < min(end, until)
    ]


def _moments(snapshot: Snapshot) -> list[Moment]:
    """When it began, was learned of, ended and began again, in order; not an end that was a mistake."""
    incident = snapshot.incident
    found = [Moment(incident.began, "Began")]
    if incident.learned > incident.began:
        found.append(Moment(incident.learned, "Learned of"))
    again = incident.all(Reopened)
    for resolved in incident.all(Resolved):
        undone = next((one for one in again if one.order > resolved.order), None)
        if undone is None or not undone.body.undoes:
            found.append(Moment(max(resolved.at, incident.began), "Resolved"))
    found += [Moment(one.at, "Reopened") for one in again if not one.body.undoes]
    if incident.cancelled:
        found.append(Moment(incident.cancelled.at, "Cancelled"))
    if incident.ended_at is None:
        found.append(Moment(snapshot.now, "Now"))
    return sorted(found, key=lambda moment: moment.at)


def _audiences(snapshot: Snapshot) -> list[tuple[str, Sequence[Logged[MessageSent]]]]:
    """The messages by audience; escalation messages without a promise are among the steps of escalating."""
    names = {ids.CLOCK_UPDATE: "Stakeholders", ids.CLOCK_CUSTOMER: "Customers"}
    found = messages_by_audience(snapshot.incident, snapshot.playbook)
    escalation = f"{PROMISE}{ids.MESSAGE_ESCALATION}"
    if not any(sent.body.promise for sent in found.get(escalation, [])):
        found.pop(escalation, None)
    order = sorted(found, key=lambda id: list(names).index(id) if id in names else len(names))
    return [(names.get(id) or clean_line(id.removeprefix(PROMISE)).capitalize(), found[id]) for id in order]


def _steps(incident: Incident) -> list[tuple[int, str]]:
    words = {"skipped": "commander skipped", "declined": "not escalated"}
    return [
        (
            step.at,
            ("told, agrees" if step.body.agrees else "told, objects")
            if step.body.step == "told"
            else words.get(step.body.step, step.body.step),
        )
        for step in incident.escalations
    ]


def _escalation(incident: Incident) -> list[tuple[int, str]]:
    sent = [(message.at, "message sent") for message in incident.sent([ids.MESSAGE_ESCALATION])]
    return sorted([*_steps(incident), *sent])
