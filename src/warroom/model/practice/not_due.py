"""What was not due yet when a drill was ended: it counts neither as done nor as missed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warroom.model import ids, times
from warroom.model.practice.asked import by_words, first_that_does, is_too_early
from warroom.model.practice.played import Played, Practised
from warroom.model.scenario import LONGEST_MIN, Expected


class NotDue(msgspec.Struct, frozen=True):
    """Something that could still have been done: `text` is a sentence, `due` its deadline (ms UTC, drill's clock)."""

    due: int
    text: str


def not_due(played: Played) -> tuple[NotDue, ...]:
    """What whoever ended the drill early could still have done in time, by deadline; nothing of what comes later."""
    if not played.finished:
        return ()
    return tuple(sorted(_found(played), key=lambda one: one.due))


def _found(played: Played) -> Iterator[NotDue]:
    awaited: set[tuple[int, str]] = set()
    for row in played.scenario.expected:
        practised = played.practised(row.incident)
        if practised is not None and _is_open(row, played, practised):
            awaited.add((row.incident, row.what))
            yield NotDue(played.moment(min(row.by, LONGEST_MIN)), f"{row.text}{by_words(row, played)}.")
    for one in played.asked:
        if one.answer is None and one.due >= played.now:
            yield NotDue(one.due, f"Answer {one.by} (by {times.clock(one.due, played.tz)}).")
    for practised in played.incidents:
        if (practised.number, ids.MESSAGE_UPDATE) in awaited or (practised.number, ids.MESSAGE_RESOLUTION) in awaited:
            continue
        yield from (
            NotDue(promise.due, f"Send the update that was promised (for {times.clock(promise.due, played.tz)}).")
            for promise in practised.at_the_end.promises
            if promise.state == "running"
        )


def _is_open(row: Expected, played: Played, practised: Practised) -> bool:
    """Whether it was time for it, and there was time left, when the drill was ended."""
    if row.never or played.is_due(row.by) or played.moment(row.since) > played.now:
        return False
    return first_that_does(row, practised) is None and not is_too_early(row, practised)
