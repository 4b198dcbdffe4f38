"""What is ready before the next incident: each item with what it holds, who checked it, and for how long it is good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from warroom.model.entries import Draft, Entry
from warroom.model.getting_ready import ReadyField, ReadyItem
from warroom.model.kinds.drills import drills_played
from warroom.model.kinds.people import ListChanged
from warroom.model.kinds.readiness import CLEARED, HOLDS, ReadySet, ReadyUndone
from warroom.model.playbook import Playbook
from warroom.model.reviews import read_by
from warroom.model.times import HOUR
from warroom.text.counts import counted

if TYPE_CHECKING:
    from warroom.model.people import Directory

DAY = 24 * HOUR
State = Literal["open", "ready", "stale"]

_READ = 3
"""How many post-mortems have to be read."""


class Ready(msgspec.Struct, frozen=True):
    """One item: its row, its group ("right now") and number from 1, what it holds, and who checked it when (ms UTC).

    `at` is None as long as nobody has; `said` is when somebody last said anything of it, also that it is not ready.
    `values` are by field id. `by_itself` says by what it is ready without a word of anybody; `because` why it was
    cleared; `wrong` what keeps it from being ready.
    """

    row: ReadyItem
    when: str
    number: int
    values: dict[str, str] = {}
    by: str = ""
    at: int | None = None
    said: int | None = None
    good_for_days: int = 0
    because: str = ""
    by_itself: str = ""
    wrong: str = ""

    @property
    def missing(self) -> list[ReadyField]:
        """The fields that it is not ready without; none if the program has seen for itself that it is ready."""
        if self.by_itself:
            return []
        return [field for field in self.row.fields if not field.optional and not self.values.get(field.id)]

    @property
    def stale_at(self) -> int | None:
        """When it becomes stale (ms UTC); None as long as nobody has checked it."""
        return None if self.at is None else self.at + self.good_for_days * DAY

    def state(self, now: int) -> State:
        """Whether it is open, ready or stale at `now` (ms UTC)."""
        if self.stale_at is None or self.missing or self.wrong:
            return "open"
        return "stale" if now >= self.stale_at else "ready"

    @property
    def not_to_check(self) -> str:
        """Why nobody can say that it is still right, as a sentence; "" if they can."""
        if self.wrong:
            return f"{self.row.text} can't be right yet: {self.wrong}"
        if self.missing:
            lacks = ", ".join(field.label for field in self.missing)
            return f"{self.row.text} holds nothing yet that could be right; first give it: {lacks}"
        return ""

    def told(self, now: int) -> str:
        """How it stands in a few words: `ready, 12 days left`, `stale: checked 40 days ago, good for 30`."""
        if self.wrong:
            return f"open: {self.wrong}"
        if self.at is None or self.missing:
            return f"cleared: {self.because}" if self.because else self._lacks()
        if self.state(now) == "stale":
            return f"stale: checked {ago(now - self.at)}, good for {counted(self.good_for_days, 'day')}"
        left = -((now - self.at) // DAY - self.good_for_days)  # a day that has begun is one
        return f"ready, {counted(left, 'day')} left" if left > 1 else "ready, stale within a day"

    def _lacks(self) -> str:
        lacks = [field.label for field in self.missing]
        return f"open: {', '.join(lacks)} missing" if self.values and lacks else "open"

    @property
    def text(self) -> str:
        """What it holds, on one line; "" if nothing."""
        found = (self.values.get(field.id, "") for field in self.row.fields)
        return " · ".join(", ".join(filter(None, map(str.strip, text.split("\n")))) for text in found if text)


def ago(ms: int) -> str:
    """How long ago something was, in days: `today`, `1 day ago`."""
    return f"{counted(ms // DAY, 'day')} ago" if ms >= DAY else "less than a day ago"


class Seen(NamedTuple):
    """What the program has seen for itself: in words, when (ms UTC), and by whose doing."""

    text: str
    at: int
    by: str


def seen_of_people(there: Directory, entries: Sequence[Entry], now: int) -> dict[str, Seen]:
    """What the register of people says by what an item may be `done_by`; `entries` are all of it, at least one."""
    found: dict[str, Seen] = {}
    if duties := there.on_call(now):
        names = "; ".join(f"{duty.name}, {duty.contact}" if duty.contact else duty.name for duty in duties)
        found["rota"] = Seen(f"on call now: {names}", now, entries[-1].author)
    lists = [row.label for row in there.lists if any(person.email for person in row.members)]
    changed = next((entry for entry in reversed(entries) if isinstance(entry.body, ListChanged)), None)
    if lists and changed is not None:
        found["lists"] = Seen(f"lists of people: {', '.join(lists)}", changed.at, changed.author)
    return found


def readiness(
    playbook: Playbook,
    entries: Iterable[Entry],
    *,
    broken_template: str = "",
    seen: Mapping[str, Seen] = MappingProxyType({}),
) -> tuple[Ready, ...]:
    """Every item of the playbook in its order, with what the entries of the register say of it.

    `broken_template` is the mistake in a company's own message template, if there is one; `seen` what the program has
    seen elsewhere, by what an item may be `done_by`.
    """
    entries = list(entries)
    undone = {entry.body.target for entry in entries if isinstance(entry.body, ReadyUndone)}
    told: dict[str, Ready] = {}
    found: list[Ready] = []
    for group in playbook.readiness:
        for row in group.rows:
            wrong = broken_template if row.done_by == "templates" else ""
            item = Ready(row, group.when, len(found) + 1, good_for_days=row.good_for_days, wrong=wrong)
            told[row.id] = item
            found.append(item)
    for entry in entries:
        body = entry.body
        if isinstance(body, ReadySet) and entry.key not in undone and body.item in told:
            told[body.item] = _after(told[body.item], body, entry)
    return tuple(
        _with(told[item.row.id], seen.get(item.row.done_by) or _by_itself(item.row.done_by, entries)) for item in found
    )


def _after(item: Ready, body: ReadySet, entry: Entry) -> Ready:
    """The item as it is after an entry about it."""
    own = item.good_for_days if body.good_for_days is None else body.good_for_days or item.row.good_for_days
    if body.state == CLEARED:
        kept = msgspec.structs.replace(item, values={}, by=entry.author, at=None, said=entry.at, because=body.because)
        return msgspec.structs.replace(kept, good_for_days=item.row.good_for_days)
    values = body.values if body.state == HOLDS else item.values
    kept = msgspec.structs.replace(item, values=values, by=entry.author, at=entry.at, said=entry.at)
    return msgspec.structs.replace(kept, good_for_days=own, because="")


def _by_itself(done_by: str, entries: Sequence[Entry]) -> Seen | None:
    """What the entries say by which an item is ready without a word of anybody; None if they don't."""
    if done_by == "post-mortems" and len(read := read_by(entries)) >= _READ:
        last = max(read.values(), key=lambda entry: entry.at)
        return Seen(last.text, last.at, last.author)
    if done_by == "drill" and (played := [body for body in drills_played(entries) if body.finished]):
        last = next(entry for entry in reversed(entries) if entry.body == played[-1])
        return Seen(last.text, played[-1].at, last.author)
    return None


def _with(item: Ready, seen: Seen | None) -> Ready:
    """The item, ready by itself if that is newer than what anybody has said of it."""
    if seen is None or (item.said is not None and item.said >= seen.at and (item.because or not item.missing)):
        return item
    return msgspec.structs.replace(item, by=seen.by, at=seen.at, by_itself=seen.text, because="")


def of_item(playbook: Playbook, id: str, make: Callable[[Ready], Draft]) -> Callable[[Iterable[Entry]], list[Draft]]:
    """What to commit to the register, out of its entries in the moment of writing: what `make` makes of the item."""
    return lambda entries: [make(item) for item in readiness(playbook, entries) if item.row.id == id]


class Count(msgspec.Struct, frozen=True):
    """How many items there are, how many of them are ready, and how many are stale."""

    all: int
    ready: int
    stale: int

    @property
    def words(self) -> str:
        """`11 of 14, 2 stale`."""
        return f"{self.ready} of {self.all}" + (f", {self.stale} stale" if self.stale else "")


def count(items: Iterable[Ready], now: int) -> Count:
    """Count the items as they are at `now` (ms UTC)."""
    states = [item.state(now) for item in items]
    return Count(len(states), states.count("ready"), states.count("stale"))


def named(items: Sequence[Ready], words: str) -> list[Ready]:
    """The items that a person means: by id, by number, or by words of which each is in its text; several if unsure."""
    words = " ".join(words.casefold().split())
    exact = [item for item in items if words in (item.row.id.casefold(), str(item.number), item.row.text.casefold())]
    if exact or not words:
        return exact[:1]
    return [
        item for item in items if all(word in f"{item.row.id} {item.row.text}".casefold() for word in words.split())
    ]
