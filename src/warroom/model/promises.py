"""What messages promised: the next update, to whom, and whether it came in time. Times in ms UTC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from warroom.model import ids
from warroom.model.entries import Logged
from warroom.model.incident import Incident
from warroom.model.kinds.messages import MessageSent
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE

PROMISE = "promise:"
"""A message kind that no clock of the playbook waits for gets a clock of its own: this prefix and the kind's id."""


def late_from(due: int) -> int:
    """When a deadline counts as missed (ms UTC): people read it in minutes, so only once that minute is over."""
    return due - due % MINUTE + MINUTE


def late_by(at: int, due: int) -> int:
    """How late something came (ms of whole minutes), as people see both times."""
    return (at // MINUTE - due // MINUTE) * MINUTE


class Promise(msgspec.Struct, frozen=True):
    """A next update that a message promised, and whether it came in time.

    `key` is the key of that message's entry, `answered` the time of the message that followed.
    """

    key: str
    made: int
    due: int
    answered: int | None
    state: Literal["running", "kept", "late", "missed"]

    @property
    def is_broken(self) -> bool:
        """Whether it was not kept: the update came late, or not at all."""
        return self.state in ("late", "missed")

    @property
    def late_by(self) -> int | None:
        """How late the update came, in ms of whole minutes, as people see both times; None if it did not come late."""
        if self.state != "late" or self.answered is None:
            return None
        return late_by(self.answered, self.due)


def promises(incident: Incident, playbook: Playbook, now: int) -> tuple[Promise, ...]:
    """Every promised update with its outcome, oldest first; a promise is kept until the end of the minute it names."""
    sent = (
        (logged.body.message, logged.key, logged.at, logged.body.promise)
        for logged in incident.messages
        if not logged.body.is_told_of
    )
    return promises_among(sent, playbook, now)


def promises_among(
    sent: Iterable[tuple[str, str, int, int | None]], playbook: Playbook, now: int
) -> tuple[Promise, ...]:
    """Like `promises`, for messages in the order sent: kind, key of the entry, when it went out, what it promised."""
    by_audience: dict[str, list[tuple[str, int, int | None]]] = {}
    clock_of = _answered(playbook)
    for kind, key, at, promise in sent:
        by_audience.setdefault(clock_of.get(kind) or f"{PROMISE}{kind}", []).append((key, at, promise))
    made: list[Promise] = []
    for found in by_audience.values():
        for (key, at, promise), answer in zip(found, [*found[1:], None], strict=True):
            if promise is None:
                continue
            limit, answered = late_from(promise), answer[1] if answer else None
            if answered is not None:
                state: Literal["running", "kept", "late", "missed"] = "kept" if answered < limit else "late"
            else:
                state = "running" if now < limit else "missed"
            made.append(Promise(key, at, promise, answered, state))
    return tuple(sorted(made, key=lambda promise: promise.made))


def _answered(playbook: Playbook) -> dict[str, str]:
    """The id of the clock that a message answers, by the message's kind; other kinds have a clock of their own."""
    named = dict.fromkeys(playbook.clocks.update.answered_by, ids.CLOCK_UPDATE)
    return named | dict.fromkeys(playbook.clocks.customer.answered_by, ids.CLOCK_CUSTOMER)


def messages_by_audience(incident: Incident, playbook: Playbook) -> dict[str, list[Logged[MessageSent]]]:
    """The messages by audience; the key is the id of the clock that waits for the next message.

    A promise is only kept by a message to the same audience. Each kind that answers no clock of the playbook, such as a
    company's own, counts as a separate audience.
    """
    named = _answered(playbook)
    channels: dict[str, list[Logged[MessageSent]]] = {}
    for logged in incident.messages:
        kind = logged.body.message
        channels.setdefault(named.get(kind, f"{PROMISE}{kind}"), []).append(logged)
    return channels
