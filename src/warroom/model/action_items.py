"""Action items as they stand: of one incident, or of a whole journal at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta, tzinfo
from functools import lru_cache

import msgspec

from warroom.model import times
from warroom.model.drills import marked
from warroom.model.entries import B, Correction, Entry, Logged
from warroom.model.incident import Incident, corrections_in_force
from warroom.model.kinds.action_items import (
    DOING,
    DONE,
    DROPPED,
    OPEN,
    ActionItemAdded,
    ActionItemChanged,
    read_day,
)
from warroom.model.kinds.corrections import Amended, Retracted
from warroom.model.kinds.decisions import decision_list
from warroom.model.kinds.lifecycle import Retitled
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.playbook import Playbook
from warroom.model.recovery import worst_severity
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted
from warroom.text.width import shorten

SECTION = "section:"
"""How the source of an item begins that came from a section of the post-mortem."""
STATE_MARKS = {OPEN: "·", DOING: "→", DONE: "✓", DROPPED: "✗"}
"""A mark for each state, one cell wide."""
_QUARTER = 15 * times.MINUTE
_NAME = 40
"""The most cells of a name in a sentence."""
LISTED = tuple(kind.tag() for kind in (ActionItemAdded, ActionItemChanged, Amended, Retracted, Retitled))
"""The kinds of entry that `fold_items` needs; the store finds exactly these by an index."""


class ActionItem(msgspec.Struct, frozen=True):
    """One action item now. `number` counts those of its incident from 1; `title` is the incident's title.

    `due` is a day or ""; `first_due` the day it was given first. `ended` (ms UTC) is when it was done or dropped.
    `because` is the reason for dropping it, or for the last postponement.
    """

    incident: str
    title: str
    number: int
    logged: Logged[ActionItemAdded]
    text: str
    owner: str = ""
    due: str = ""
    first_due: str = ""
    purpose: str = ""
    priority: str = ""
    state: str = OPEN
    because: str = ""
    source: str = ""
    ended: int | None = None
    key: str = ""
    """The key of the entry that added it."""
    drill: bool = False
    """Whether its incident is a drill."""

    @property
    def name(self) -> str:
        """The incident's title as people see it: of a drill, with the mark in front."""
        return marked(self.title, drill=self.drill)

    @property
    def id(self) -> str:
        """`k7qd-3`: the first four characters of the incident's reference, and the number."""
        return f"{self.incident[:4]}-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state not in (DONE, DROPPED)

    def overdue(self, today: str) -> bool:
        """Whether it is open and its day is over."""
        return self.is_open and bool(self.due) and self.due < today

    def in_time(self, tz: tzinfo | None = None) -> bool | None:
        """Whether it was done by its day, as days are counted in the zone `tz`; None if it is not done, or has none."""
        if self.state != DONE or self.ended is None or not self.due:
            return None
        return _day(self.ended // _QUARTER, tz) <= self.due


@lru_cache(20_000)
def _day(quarter: int, tz: tzinfo | None) -> str:
    """The day of a quarter of an hour: in every zone, a day begins with one. Kept, because lists count it often."""
    return times.day(quarter * _QUARTER, tz)


def items_of(incident: Incident) -> tuple[ActionItem, ...]:
    """The action items of one incident, in the order in which they were added."""
    changes: dict[str, list[Logged[ActionItemChanged]]] = {}
    for change in incident.all(ActionItemChanged):
        changes.setdefault(change.body.target, []).append(change)
    numbers = {key: number for number, key in enumerate(incident.numbered.get(ActionItemAdded, []), 1)}
    return tuple(
        _item(incident.id, incident.title, numbers[logged.key], logged, changes.get(logged.key, []), incident.drill)
        for logged in incident.all(ActionItemAdded)
    )


def fold_items(entries: Iterable[Entry], titles: Mapping[str, str], drills: Collection[str] = ()) -> list[ActionItem]:
    """The action items of many incidents, from their entries of the kinds in LISTED, in the journal's order.

    `titles` are the titles with which the incidents were declared, by id; others are passed over.
    `drills` are the ids of those that are drills.
    """
    entries_of: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.order):
        entries_of.setdefault(entry.incident, []).append(entry)
    return [
        item
        for incident, found in entries_of.items()
        if incident in titles
        for item in _fold_one(incident, titles[incident], found, incident in drills)
    ]


def _fold_one(incident: str, title: str, ordered: Sequence[Entry], drill: bool) -> Iterable[ActionItem]:
    added: list[Entry] = []
    changes: dict[str, list[Entry]] = {}
    retitled: list[Entry] = []
    corrections: dict[str, list[Correction]] = {}
    for entry in ordered:
        match entry.body:
            case ActionItemAdded():
                added.append(entry)
            case ActionItemChanged(target=target):
                changes.setdefault(target, []).append(entry)
            case Retitled():
                retitled.append(entry)
            case body if (correction := body.as_correction(entry)) is not None:
                corrections.setdefault(correction.target, []).append(correction)
    if not added:
        return
    replaced = corrections_in_force(corrections) if corrections else {}
    for entry in retitled:
        if (named := _standing(entry, replaced, Retitled)) is not None:
            title = named.body.title
    for number, entry in enumerate(sorted(added, key=lambda entry: entry.seq), 1):
        if (logged := _standing(entry, replaced, ActionItemAdded)) is not None:
            made = (_standing(change, replaced, ActionItemChanged) for change in changes.get(entry.key, ()))
            yield _item(incident, title, number, logged, [*filter(None, made)], drill)


def _standing(entry: Entry, replaced: Mapping[str, Correction], kind: type[B]) -> Logged[B] | None:
    """The entry with its correction applied; None if it was taken back."""
    change = replaced.get(entry.key) if replaced else None  # thousands of entries, and hardly any was corrected
    if change is not None and change.retracted:
        return None
    now = entry.corrected(change) if change is not None else entry
    return Logged(entry, now.at, now.text, now.body) if isinstance(now.body, kind) else None


def _item(
    incident: str,
    title: str,
    number: int,
    logged: Logged[ActionItemAdded],
    changes: Sequence[Logged[ActionItemChanged]],
    drill: bool,
) -> ActionItem:
    body = logged.body
    owner, due, purpose, priority, state = body.owner, body.due, body.purpose, body.priority, OPEN
    first_due, because, ended = body.due, "", None
    for change in changes:
        made = change.body
        owner = owner if made.owner is None else made.owner
        due = due if made.due is None else made.due
        purpose, priority = made.purpose or purpose, made.priority or priority
        first_due = first_due or due
        if made.state is not None and made.state != state:  # done again is still done when it was done first
            because = "" if state == DROPPED else because
            state = made.state
            ended = change.at if state in (DONE, DROPPED) else None
        because = made.because or because
    return ActionItem(
        incident, title, number, logged, logged.text, owner, due, first_due, purpose, priority, state, because,
        body.source, ended, logged.key, drill,
    )  # fmt: skip


def due_in_words(item: ActionItem, today: str) -> str:
    """When it is due, in words: `LATE 3 days`, `today`, `tomorrow`, `in 5 days`; "" if it is over or has no day."""
    if not item.is_open or not item.due:
        return ""
    days = days_until(item.due, today)
    if days < 0:
        return f"LATE {counted(-days, 'day')}"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def summary(items: Iterable[ActionItem], today: str) -> str:
    """What is open, in a few words: `3 overdue, the oldest since 2026-11-02`, `5 open, next due 2026-12-01`; or ""."""
    opened = [item for item in items if item.is_open]
    if late := [item.due for item in opened if item.overdue(today)]:
        return f"{len(late)} overdue{', the oldest' if len(late) > 1 else ''} since {min(late)}"
    dues = [item.due for item in opened if item.due]
    return f"{len(opened)} open" + (f", next due {min(dues)}" if dues else "") if opened else ""


def counts(found: Tally) -> str:
    """The counts in words: `12 open · 3 overdue · 80 % done in time (of 20 with a day)`."""
    share = f"{found.share_in_time} % done in time (of {found.done_with_day} with a day)"
    overdue = f"{found.overdue or 'none'} overdue" if found.open else ""
    parts = [f"{found.open or 'nothing'} open", overdue, share if found.done_with_day else ""]
    return " · ".join(filter(None, parts))


def people(incident: Incident) -> list[str]:
    """The names of those who have or had a role in the incident, in the order in which they took it."""
    return list(dict.fromkeys(logged.body.name for logged in incident.all(RoleAssigned) if logged.body.name))


def spelt(owner: str, known: Iterable[str]) -> str:
    """A name as it is spelt among the known ones, if it differs in nothing but capitals; else as it was typed."""
    owner = clean_line(owner).strip()
    return next((name for name in known if name.casefold() == owner.casefold()), owner)


def unknown_owner(owner: str, incident: Incident) -> str:
    """The sentence about an owner who has no role in the incident; "" if they have one, or nobody owns the item."""
    if not owner or owner in people(incident):
        return ""
    return f"Nobody called {shorten(owner, _NAME)} has or had a role in this incident; the name is kept as it is"


def source_name(incident: Incident, source: str) -> str:
    """What an item came from as people name it: `decision:2`, `section:root_cause`; "" if that is not known."""
    numbers = {found.logged.key: found.number for found in decision_list(incident)}
    return f"decision:{numbers[source]}" if source in numbers else source if source.startswith(SECTION) else ""


def sorted_by_due(items: Iterable[ActionItem]) -> list[ActionItem]:
    """The items that are due first come first; those without a day after them, what is done or dropped last."""
    return sorted(items, key=lambda item: (not item.is_open, not item.due, item.due, item.logged.order))


class Tally(msgspec.Struct, frozen=True):
    """How many items there are, are open and overdue, and how many of those done with a day were done by that day."""

    total: int
    open: int
    overdue: int
    done: int
    dropped: int
    done_in_time: int
    done_with_day: int

    @property
    def share_in_time(self) -> int | None:
        """The share done in time, in percent; None while none with a day is done."""
        return round(100 * self.done_in_time / self.done_with_day) if self.done_with_day else None


def tally(items: Iterable[ActionItem], today: str, tz: tzinfo | None = None) -> Tally:
    """Count action items; `today` is the present day in the zone `tz`, as `times.day` gives it."""
    found = list(items)
    judged = [in_time for item in found if (in_time := item.in_time(tz)) is not None]
    return Tally(
        total=len(found),
        open=sum(item.is_open for item in found),
        overdue=sum(item.overdue(today) for item in found),
        done=sum(item.state == DONE for item in found),
        dropped=sum(item.state == DROPPED for item in found),
        done_in_time=sum(judged),
        done_with_day=len(judged),
    )


def usual_fields(incident: Incident, playbook: Playbook, now: int) -> tuple[str, str]:
    """The priority and the day that the playbook gives a new item of this incident; each "" if it gives none.

    The days count from the resolution, or from now while the incident is open; a day that has passed is not given.
    """
    priority = playbook.action_items.usual(worst_severity(incident))
    return (priority.id if priority else ""), limit(incident, playbook, priority.id if priority else "", now)


def limit(incident: Incident, playbook: Playbook, priority: str, now: int) -> str:
    """The last day that the playbook gives an item of a priority; "" if it has no limit, or that day has passed."""
    row = playbook.action_items.priority(priority)
    if row is None or row.within_days is None:
        return ""
    start = now if incident.resolved_at is None else incident.resolved_at
    day = (times.local(start, UTC).date() + timedelta(days=row.within_days)).isoformat()
    return day if day >= times.day(now, UTC) else ""


def reminder(owner: str, items: Sequence[ActionItem], today: str) -> str:
    """A text to copy and send to an owner: their open items in any of these, the overdue ones first."""
    mine = [item for item in sorted_by_due(items) if item.is_open and item.owner == owner]
    late = sum(item.overdue(today) for item in mine)
    count = counted(len(mine), "action item")
    lines = [
        f"Hi {owner}, {count} from our incidents {'are' if len(mine) != 1 else 'is'} open with you"
        + (f", {late} of them past the agreed day:" if late else ":")
    ]
    for item in mine:
        when = (
            f"was due {item.due}, {_days_over(item.due, today)}"
            if item.overdue(today)
            else (f"due {item.due}" if item.due else "no day agreed")
        )
        lines.append(f"- {clean_line(item.text)} ({when}; {item.id}, {clean_line(item.name)})")
    lines.append("Please tell me for each whether it is done, or which day is realistic and why.")
    return "\n".join(lines)


def days_until(due: str, today: str) -> int:
    """The days from today until an item is due; negative if its day has passed."""
    return ((read_day(due) or date.min) - (read_day(today) or date.min)).days


def _days_over(due: str, today: str) -> str:
    return f"{counted(-days_until(due, today), 'day')} ago"
