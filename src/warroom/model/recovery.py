"""Recovery: what is owed in the hours and days after the fix, what is done, and until when the rest is due."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from warroom.model import clocks, ids
from warroom.model.after_the_fix import RecoveryItem
from warroom.model.entries import Body, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.action_items import DROPPED, ActionItemAdded, ActionItemChanged
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.post_mortem import DONE as WRITTEN
from warroom.model.kinds.post_mortem import WAIVED, PostMortemState
from warroom.model.kinds.recovery import DONE, OPEN, SKIPPED, RecoverySet
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE

PREVENT = "prevent"
"""The kind of action item that answers "action items to prevent it"."""
State = Literal["open", "done", "skipped"]


class RecoveryState(msgspec.Struct, frozen=True):
    """One recovery item now. `due` is in ms UTC, None without a clock; `at` and `by` are from the entry that counts.

    `note` is the reason for skipping it, or what was said with the tick.
    """

    row: RecoveryItem
    when: str
    horizon: int
    state: State
    required: bool
    due: int | None
    owner: str = ""
    note: str = ""
    at: int | None = None
    by: str = ""
    let_go: bool = False
    """Whether nobody waits for it: the incident was closed without owing anything, or is of the past."""

    @property
    def owed(self) -> bool:
        """Whether it is required, and neither done nor skipped."""
        return self.required and self.state == OPEN and not self.let_go

    def left(self, now: int) -> int | None:
        """The ms until it is due, as for a clock; None if nothing is due."""
        return None if self.due is None or self.state != OPEN else clocks.time_left(self.due, now)

    def late(self, now: int) -> bool:
        """Whether it is owed, and late."""
        left = self.left(now)
        return self.owed and left is not None and left < 0


class Recovery(msgspec.Struct, frozen=True, dict=True):
    """Every recovery item, in the playbook's order; none while the incident is open, or if it was cancelled.

    `round` counts the resolutions: after a recurrence everything is to be done again.
    """

    items: tuple[RecoveryState, ...]
    round: int = 1

    @cached_property
    def owed(self) -> tuple[RecoveryState, ...]:
        """The items that are owed, the first due first."""
        owed = [item for item in self.items if item.owed]
        return tuple(sorted(owed, key=lambda item: (item.due is None, item.due or 0)))

    def item(self, id: str) -> RecoveryState | None:
        """The item with that id, if there is one."""
        return next((item for item in self.items if item.row.id == id), None)

    @property
    def settled(self) -> int:
        """How many items are done or skipped."""
        return sum(item.state != OPEN for item in self.items)


def worst_severity(incident: Incident) -> int:
    """The most serious severity the incident had: what is owed after the fix follows from it."""
    return min(level for _, level in incident.severities)


def recovery(incident: Incident, playbook: Playbook) -> Recovery:
    """Work out every recovery item. Only what was logged since the last recurrence counts."""
    if incident.state not in ("resolved", "closed") or incident.resolved_at is None:
        return Recovery(())
    since = incident.restarted.order if incident.restarted else (0, "", 0)
    logged: dict[str, list[Logged[RecoverySet]]] = {}
    for entry in incident.all(RecoverySet):
        if entry.order > since:
            logged.setdefault(entry.body.item, []).append(entry)
    level, goes_on = worst_severity(incident), incident.follow_up_goes_on
    items = []
    for number, horizon in enumerate(playbook.recovery, 1):
        timed = goes_on and horizon.within_min is not None
        due = incident.resolved_at + (horizon.within_min or 0) * MINUTE if timed else None
        # Of a past incident, what was due before it was written down is owed no more than what has no time.
        past = incident.was_history and (due is None or incident.came_too_early(due))
        due = None if past else due
        for row in horizon.rows:
            required = level in row.required
            state = RecoveryState(row, horizon.when, number, "open", required, due, let_go=past or not goes_on)
            items.append(_with_entries(state, logged.get(row.id, []), _answer(incident, row, since)))
    rounds = 1 + sum(not entry.body.undoes for entry in incident.reopenings)
    return Recovery(tuple(items), rounds)


def _with_entries(
    state: RecoveryState, entries: list[Logged[RecoverySet]], answer: Logged[Body] | None
) -> RecoveryState:
    """The item with what was logged about it; whatever came last counts, also what ticks it by itself."""
    last = next((entry for entry in reversed(entries) if entry.body.state), None)
    owner = next((entry.body.owner for entry in reversed(entries) if entry.body.owner is not None), "")
    state = msgspec.structs.replace(state, owner=owner)
    if answer is not None and (last is None or answer.order > last.order):
        return msgspec.structs.replace(state, state="done", at=answer.at, by=answer.author)
    if last is None:
        return state
    now: State = {DONE: "done", SKIPPED: "skipped"}.get(last.body.state, "open")  # type: ignore[assignment]
    return msgspec.structs.replace(state, state=now, note=last.body.because, at=last.at, by=last.author)


def _answer(incident: Incident, row: RecoveryItem, since: tuple[int, str, int]) -> Logged[Body] | None:
    """The entry that ticks an item by itself, if there is one."""
    resolved = incident.resolution.order if incident.resolution else since
    found: list[Logged[Body]] = [
        sent for sent in incident.sent(row.done_by_message) if sent.order > resolved and not sent.body.is_told_of
    ]
    match row.done_by:
        case "post-mortem":
            state = incident.last(PostMortemState)
            if state is not None and state.order > since and state.body.state in (WRITTEN, WAIVED):
                found.append(state)
        case "action-item":
            items = (item for item in incident.all(ActionItemAdded) if item.order > since)
            found += [item for item in items if _prevents(incident, item)]
        case "verified":
            sets = [logged for logged in incident.all(MilestoneSet) if logged.body.milestone == "verified"]
            if sets and sets[-1].order > since and sets[-1].body.to is not None:
                found.append(sets[-1])
        case _:
            pass
    return max(found, key=lambda logged: logged.order, default=None)


def _prevents(incident: Incident, item: Logged[ActionItemAdded]) -> bool:
    """Whether an action item is there to prevent the incident, and was not dropped."""
    changes = [logged.body for logged in incident.all(ActionItemChanged) if logged.body.target == item.key]
    purposes = [change.purpose for change in changes if change.purpose is not None]
    states = [change.state for change in changes if change.state is not None]
    return [item.body.purpose, *purposes][-1] == PREVENT and states[-1:] != [DROPPED]


def recovery_clocks(incident: Incident, playbook: Playbook, state: Recovery) -> list[clocks.Clock]:
    """One clock for each horizon in which something is owed; the post-mortem has its own, so it is not counted here."""
    found = []
    for number in dict.fromkeys(item.horizon for item in state.owed):
        owed = [item for item in state.owed if item.horizon == number and item.row.done_by != "post-mortem"]
        if not owed or owed[0].due is None or incident.resolved_at is None:
            continue
        when = f"{owed[0].when[:1].upper()}{owed[0].when[1:]}"
        label = f"{when}: {len(owed)} open"
        id = f"{ids.CLOCK_RECOVERY}{number}"
        found.append(clocks.Clock(id, label, incident.resolved_at, owed[0].due, "ok", 0, short=when))
    return found
