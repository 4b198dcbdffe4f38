"""An incident in brief: what the list of all incidents shows of it, kept so that ten thousand need not be folded."""

from __future__ import annotations

from typing import Literal

import msgspec

from warroom.model import ids
from warroom.model.action_items import items_of
from warroom.model.drills import marked
from warroom.model.entries import IncidentState
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import MISTAKEN_IMPORT, Declared
from warroom.model.kinds.post_mortem import DONE, NOT_STARTED, WAIVED, PostMortemState, heads
from warroom.model.playbook import Playbook
from warroom.model.post_mortem import standing
from warroom.model.prefill import stated_root_cause
from warroom.model.promises import Promise, late_from, promises_among
from warroom.model.recovery import worst_severity
from warroom.model.similar import telling_words
from warroom.model.times import MINUTE
from warroom.text.not_known import says_unknown

FORMAT = 3
"""To be raised with every change of what a summary has or means: those that are stored are made anew then."""

Standing = Literal["", "owed", "late", "draft", "in review", "done", "done late", "waived", "not done"]
"""How a post-mortem stands, in words; "" if none is owed and none was written."""


class SentMessage(msgspec.Struct, frozen=True, array_like=True):
    """A message as a summary keeps it: the key of its entry, the id of its kind, when it went out, what it promised.

    `after_end` says that it went out after the end that the incident has now, so that it can tell people of it,
    `elsewhere` that it belongs to a past incident, and went out before that was written down, `told_of` that it is
    only a line of an imported timeline.
    """

    key: str
    kind: str
    at: int
    promise: int | None
    after_end: bool
    elsewhere: bool
    told_of: bool


class IncidentSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the list of incidents needs of one, independent of the time and of the playbook. Times in ms UTC.

    Stored as an array, because ten thousand are read at once; `FORMAT` says which fields there are.
    """

    id: str
    title: str
    severity: int
    worst: int
    """The most serious severity it had."""
    state: IncidentState
    outcome: str
    """How it stands, in words: its state, or `cancelled: false alarm`."""
    stage: str
    began: int
    learned: int
    ended: int | None
    """When it was resolved, or cancelled."""
    resolved: int | None
    written_down: int
    """When the entry that declares it was written."""
    hlc: int
    """The clock of that entry, by which incidents that began at the same time are told apart."""
    from_the_past: bool
    """Whether nobody worked on it with this log; see `Incident.is_from_the_past`."""
    goes_on: bool
    """Whether what is owed after the fix still has its clocks."""
    announced: bool
    """Whether a resolution notice went out; of a cancelled incident, a status update after that."""
    system: str
    """The affected system; "" if it is not known."""
    messages: msgspec.Raw
    """What `sent` is read from: of most incidents in a long list, nobody looks at the messages."""
    post_mortem: str
    """The state of the post-mortem."""
    post_mortem_done: int | None
    """When it was first marked as done, since it was last marked as something else."""
    items: tuple[str, ...]
    """The day by which each open action item is due, "" for those without one; in order."""
    drill: bool
    """Whether it is only practised."""

    @property
    def name(self) -> str:
        """The title as people see it: of a drill, with the mark in front."""
        return marked(self.title, drill=self.drill)

    @property
    def sent(self) -> tuple[SentMessage, ...]:
        """Every message in the order it went out."""
        return _messages.decode(self.messages)

    @property
    def newest_first(self) -> tuple[int, int]:
        """The sort key by which the incident that began last comes first."""
        return (-self.began, -self.hlc)

    @property
    def over(self) -> bool:
        """Whether it is resolved, cancelled or closed."""
        return self.state != "open"

    @property
    def never_was(self) -> bool:
        """Whether the import that made it was undone: how long it lasted then says nothing."""
        return self.outcome == f"cancelled: {MISTAKEN_IMPORT}"

    def elapsed(self, now: int) -> int:
        """How long it has lasted, in ms; see `Incident.elapsed`."""
        if self.ended is None:
            return max(now - self.began, 0)
        return max(self.ended // MINUTE - self.began // MINUTE, 0) * MINUTE

    def overdue_items(self, today: str) -> int:
        """How many open action items are overdue on a day; of a drill none, because nobody is to be hurried by it."""
        return 0 if self.drill else sum(bool(due) and due < today for due in self.items)

    def told_after(self, playbook: Playbook) -> int | None:
        """How long after it was known stakeholders got their first message, in ms; None if they got none."""
        if self.messages == _NONE:
            return None
        kinds = playbook.clocks.acknowledgement.answered_by
        first = min((message.at for message in self.sent if message.kind in kinds), default=None)
        return None if first is None else max(first - self.learned, 0)

    def promises(self, playbook: Playbook, now: int) -> tuple[Promise, ...]:
        """Every promised update with its outcome, as `promises.promises` has them."""
        if self.messages == _NONE:
            return ()
        made = (
            (message.kind, message.key, message.at, message.promise) for message in self.sent if not message.told_of
        )
        return promises_among(made, playbook, now)

    def end_owed(self, playbook: Playbook) -> bool:
        """Whether it is over, and somebody who was told of it has not been told that; as `advice.end_owed` says."""
        if self.state not in ("resolved", "cancelled"):
            return False
        customers, updates = playbook.clocks.customer.answered_by, playbook.clocks.update.answered_by
        if self.messages == _NONE:
            return False
        told = [message for message in self.sent if not message.elsewhere]
        if any(message.kind in updates for message in told) and not self.announced:
            return True
        to_customers = [message for message in told if message.kind in customers]
        return bool(to_customers) and not to_customers[-1].after_end

    def post_mortem_standing(self, playbook: Playbook, now: int) -> Standing:
        """How the post-mortem stands, in words."""
        if self.resolved is None:
            return ""
        due = self.resolved + playbook.post_mortem.within_min * MINUTE
        owed = self.worst in playbook.post_mortem.owed and not (self.from_the_past and _before(due, self.written_down))
        limit = late_from(due)
        if self.post_mortem == DONE:
            late = owed and self.post_mortem_done is not None and self.post_mortem_done >= limit
            return "done late" if late else "done"
        if self.post_mortem == WAIVED:
            return "waived"
        if owed and not self.goes_on:
            return "not done"
        if owed and now >= limit:
            return "late"
        if self.post_mortem != NOT_STARTED:
            return "in review" if self.post_mortem == "in review" else "draft"
        return "owed" if owed else ""


_NONE = msgspec.Raw(b"[]")
_messages = msgspec.json.Decoder(tuple[SentMessage, ...])


def summary(incident: Incident) -> IncidentSummary:
    """Sum an incident up."""
    end = incident.cancelled if incident.state == "cancelled" else incident.resolution
    system = incident.fact(ids.FACT_SYSTEM)
    sent = [
        SentMessage(
            logged.key,
            logged.body.message,
            logged.at,
            logged.body.promise,
            end is not None and logged.order > end.order and logged.at >= end.at - MINUTE,
            incident.came_too_early(logged.at),
            logged.body.is_told_of,
        )
        for logged in incident.messages
    ]
    return IncidentSummary(
        incident.id,
        incident.title,
        incident.severity,
        worst_severity(incident),
        incident.state,
        incident.outcome,
        incident.stage,
        incident.began,
        incident.learned,
        incident.ended_at,
        incident.resolved_at,
        incident.declared_at,
        declared.order[0] if (declared := incident.last(Declared)) else 0,
        incident.is_from_the_past,
        incident.follow_up_goes_on,
        incident.resolution_announced(),
        "" if says_unknown(system) else " ".join(system.split()),
        msgspec.Raw(msgspec.json.encode(sent)),
        standing(incident)[0],
        _first_done(incident),
        tuple(sorted(item.due for item in items_of(incident) if item.is_open)),
        incident.drill,
    )


def words_of(incident: Incident) -> str:
    """The words that tell an incident from others, separated by spaces: see `similar.telling_words`."""
    texts = [incident.title, *incident.known_facts().values(), stated_root_cause(incident)]
    texts += [logged.text for logged in heads(incident).get("root_cause", ()) if not logged.body.live]
    if incident.resolution is not None:
        texts.append(incident.resolution.text)
    return " ".join(telling_words(texts))


def what_resolved_it(incident: Incident) -> str:
    """What resolved an incident, and its root cause if somebody wrote that down; "" if neither is known."""
    found = [incident.resolution.text if incident.resolution else ""]
    written = [logged.text for logged in heads(incident).get("root_cause", ()) if not logged.body.live]
    found.append(written[-1] if written else stated_root_cause(incident))
    return " – ".join(" ".join(text.split()) for text in found if text.strip() and text != "Resolved")


def _before(due: int, written_down: int) -> bool:
    return due // MINUTE < written_down // MINUTE


def _first_done(incident: Incident) -> int | None:
    """When the post-mortem was marked as done, if it still is: the first time in an unbroken row of times."""
    since = incident.restarted.order if incident.restarted else (0, "", 0)
    states = [logged for logged in incident.all(PostMortemState) if logged.order > since]
    if not states or states[-1].body.state != DONE:
        return None
    first = next((n for n in range(len(states), 0, -1) if states[n - 1].body.state != DONE), 0)
    return states[first].at
