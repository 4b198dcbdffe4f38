"""The clocks of every incident that still owes something: one that runs out is noticed whatever screen is open."""

from __future__ import annotations

from contextlib import suppress
from heapq import heappop, heappush
from itertools import count, islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from warroom.model import clocks as clock_rules
from warroom.model import ids, times
from warroom.model.clocks import Clock
from warroom.model.drills import marked
from warroom.model.incident import Incident, fold
from warroom.model.listing import owes
from warroom.model.playbook import Playbook
from warroom.model.promises import late_from
from warroom.model.snapshot import Snapshot
from warroom.text.width import shorten
from warroom.workspace import Workspace

_MOST_AT_ONCE = 20
"""The most incidents folded in one second, so that a file with hundreds of them doesn't hold up a key."""
_TITLE = 40
"""The most cells of a title in a notice."""
_REFERENCE = 4
"""As many first characters of an incident's id as are unique in a file."""


class Due(Struct, frozen=True):
    """A running clock, and the incident it belongs to."""

    incident: Incident
    clock: Clock

    @property
    def _owed(self) -> bool:
        """Whether somebody waits for it, unlike for a phase or a target."""
        return clock_rules.is_owed(self.clock)

    @property
    def is_follow_up(self) -> bool:
        """Whether it is for the time after the fix: hours and days, for which nobody is woken."""
        return clock_rules.is_follow_up(self.clock.id)

    @property
    def is_owed_late(self) -> bool:
        """Whether somebody waits for it, and it is late."""
        return self._owed and self.clock.awake and self.clock.state == "late"

    @property
    def urgency(self) -> tuple[bool, bool, int]:
        """The sort key among the clocks of one incident, the most urgent first: what is owed and late, as in NOW."""
        clock = self.clock
        return (not clock.awake, not (self._owed and clock.state == "late"), clock.due)

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The sort key among incidents; see `clocks.rank`."""
        return clock_rules.rank(self.clock, self.incident.severity)

    def title(self, playbook: Playbook) -> str:
        """Return the terminal's title: `SEV2 Stakeholder update 6 min · Checkout errors`."""
        clock = self.clock
        left = "LATE" if clock.state == "late" else f"{max(clock.left // times.MINUTE, 0)} min"
        words = f"{playbook.severity(self.incident.severity).tag} {clock.label} {left} · {self.incident.title}"
        return marked(words, drill=self.incident.drill)


def late_notice(late: list[Due]) -> str:
    """Say which clocks of one incident have run out: `LATE in “Checkout errors” (k7m2): Stakeholder update`."""
    incident = late[0].incident
    labels = ", ".join(due.clock.label for due in late)
    return f"LATE in “{shorten(incident.name, _TITLE)}” ({incident.id[:_REFERENCE]}): {labels}"


class Watch:
    """Knows the state and the clocks of every incident that still owes something, and which deadlines have rung.

    Those are the open and the resolved ones, and those that were closed while recovery or the post-mortem was owed.

    An incident is folded again only after new entries, and its clocks are computed again only at the next moment at
    which one of them changes its state. Those moments are kept in order, so that a second costs the same with one
    incident and with thousands.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._watched: dict[str, _Watched] = {}
        self._closed: dict[str, Incident] = {}
        self._unread: dict[str, None] = {}
        """The ids of the incidents to read, in the order they are read."""
        self._seq: int | None = None
        self._next: list[tuple[int, str]] = []
        """A heap: when (ms UTC) the clocks of an incident have to be computed again; it may have been done before."""
        self._stale: set[str] = set()
        """The incidents whose clocks have to be computed now."""
        self._unheard: set[str] = set()
        """Those whose clocks were computed since the last ringing."""
        self._late: set[str] = set()
        """Those in which something is late that somebody waits for; no drill, because nobody waits for that."""
        self._changed: dict[str, int] = {}
        """The number of the last change by id, the last one changed at the end."""
        self._changes = 0
        self._most_urgent: tuple[int, str | None] = (0, None)
        """The number of changes when it was looked for last, and the id of the incident it was found in."""
        self._numbers = count()
        self._now, self._playbook = 0, workspace.playbook

    # Keeping up with the file

    def read(self, *shown: str) -> None:
        """Fold the incidents that have new entries; nothing is read if there are none. Raises StoreError.

        Those that are `shown` are left to their session, which passes them to `show`. After an error, the next call
        reads the same again.
        """
        journal = self._workspace.journal
        seq = journal.last_seq()
        if seq != self._seq:
            changed = self._unfinished() if self._seq is None else journal.changed_since(self._seq)
            self._unread |= dict.fromkeys(changed)
            self._seq = seq
        for id in list(islice((id for id in self._unread if id not in shown), _MOST_AT_ONCE)):
            state = journal.state(id)
            del self._unread[id]
            with suppress(ValueError):  # nothing readable declares it, which `warroom verify` tells
                self._take(fold(state))

    def _unfinished(self) -> list[str]:
        """The incidents that are open, or in which something is owed after the end; open ones and the newest first."""
        playbook = self._workspace.playbook
        found = [one for one in self._workspace.summaries() if not one.over or one.goes_on or one.end_owed(playbook)]
        return [brief.id for brief in sorted(found, key=lambda brief: (brief.over, brief.newest_first))]

    def show(self, view: Snapshot) -> None:
        """Take over the state and the clocks of an incident that a session has folded already."""
        incident = view.incident
        self._unread.pop(incident.id, None)
        watched = self._watched.get(incident.id)
        if watched is None or watched.given is not incident:
            self._take(incident)
        if watched := self._watched.get(incident.id):
            watched.given = incident
            self._update(watched, view)

    def incident(self, id: str) -> Incident:
        """Return the state of any incident, also of a closed one. Raises StoreError."""
        found = self._watched[id].incident if id in self._watched else self._closed.get(id)
        if found is None:
            found = fold(self._workspace.journal.state(id))
            self._take(found)
        return found

    def _take(self, incident: Incident) -> None:
        id = incident.id
        watched = self._watched.get(id)
        if incident.state == "closed" and not incident.follow_up_goes_on:
            self._closed[id] = incident
            if watched is not None:
                del self._watched[id]
                for marked in (self._stale, self._unheard, self._late):
                    marked.discard(id)
            self._note_change(id)
            return
        self._closed.pop(id, None)
        if watched is None:
            watched = self._watched[id] = _Watched(incident, next(self._numbers))
            self._update(watched)
            watched.newly_late()  # what was late before it was known here doesn't ring
            self._unheard.discard(id)
            self._note_change(id)
        else:
            watched.incident, watched.until = incident, None
            self._stale.add(id)

    # Keeping up with the time

    def keep_up(self) -> None:
        """Compute the clocks again that may have changed by now."""
        now, playbook = self._workspace.now(), self._workspace.playbook
        if playbook is not self._playbook or now < self._now:  # or this machine's clock was set back
            self._stale.update(self._watched)
        self._now, self._playbook = now, playbook
        while self._next and self._next[0][0] <= now:
            at, id = heappop(self._next)
            watched = self._watched.get(id)
            if watched is not None and watched.until == at:
                self._stale.add(id)
        for id in list(self._stale):
            self._update(self._watched[id])

    def _update(self, watched: _Watched, view: Snapshot | None = None) -> None:
        """Compute the clocks of an incident if they may have changed, or take them from a view of it."""
        id, before = watched.incident.id, watched.standing
        self._stale.discard(id)
        if not watched.update(self._workspace, view):
            return
        if watched.until is not None:
            heappush(self._next, (watched.until, id))
        self._unheard.add(id)
        late = watched.first is not None and watched.first.is_owed_late
        if late and not self._workspace.is_practice(watched.incident):
            self._late.add(id)
        else:
            self._late.discard(id)
        if watched.standing != before:
            self._note_change(id)

    def _note_change(self, id: str) -> None:
        self._changes += 1
        self._changed.pop(id, None)
        self._changed[id] = self._changes

    # What is due

    @property
    def changes(self) -> int:
        """The number of changes so far, for `changed_since`."""
        return self._changes

    def changed_since(self, changes: int) -> list[str]:
        """The ids of the incidents of which something has changed since then: what `next_due` ranks, or `owes`."""
        return [id for id, _ in takewhile(lambda one: one[1] > changes, reversed(self._changed.items()))]

    def watches(self, id: str) -> bool:
        """Whether an incident has been read, and is open, or something is owed in it after the fix."""
        return id in self._watched

    def ring(self) -> list[Due]:
        """Return the clocks that have run out since the last call: once for each deadline, again after a snooze."""
        self.keep_up()
        found = sorted((self._watched[id] for id in self._unheard), key=lambda watched: watched.number)
        self._unheard.clear()
        return [Due(watched.incident, clock) for watched in found for clock in watched.newly_late()]

    def next_due(self, id: str) -> Due | None:
        """Return the most urgent clock of an incident as it is now; None if it has none, or owes nothing."""
        watched = self._watched.get(id)
        if watched is None:
            return None
        self._update(watched)
        first = watched.first
        if first is None:
            return None
        return Due(
            first.incident, replace(first.clock, left=clock_rules.time_left(first.clock.due, self._workspace.now()))
        )

    def owes(self, id: str) -> bool | None:
        """Whether something is owed in an incident that is over; None if it has not been read."""
        watched = self._watched.get(id)
        if watched is None:
            return False if id in self._closed else None
        self._update(watched)
        return watched.owes

    def late_elsewhere(self, id: str) -> int:
        """Return how many other incidents owe somebody something that is late."""
        self.keep_up()
        return len(self._late) - (id in self._late)

    def most_urgent(self) -> Due | None:
        """Return the most urgent clock of all incidents as it is now; that of a drill only if no other has any."""
        self.keep_up()
        changes, id = self._most_urgent
        if changes != self._changes:
            found = [watched.first for watched in self._watched.values() if watched.first is not None]
            is_practice = self._workspace.is_practice
            first = min(found, key=lambda due: (is_practice(due.incident), due.rank), default=None)
            id = first.incident.id if first is not None else None
            self._most_urgent = (self._changes, id)
        return self.next_due(id) if id is not None else None


class _Watched:
    """An incident with its clocks, which stay as they are until `until` (ms UTC); None: they have to be computed."""

    def __init__(self, incident: Incident, number: int) -> None:
        """`number` is higher than that of any that is watched longer."""
        self.incident, self.number = incident, number
        self.given: Incident | None = None
        self.first: Due | None = None
        self.until: int | None = None
        self.owes = False
        self._clocks: tuple[Clock, ...] = ()
        self._computed_at = 0
        self._playbook: Playbook | None = None
        self._rung: set[tuple[str, int]] = set()

    @property
    def standing(self) -> object:
        """What a list of incidents is sorted by, and whether something is owed."""
        return (self.first.rank if self.first is not None else None, self.owes)

    def update(self, workspace: Workspace, view: Snapshot | None = None) -> bool:
        """Compute the clocks if they may have changed, or take them from a view; returns whether that was so."""
        now, playbook = (view.now, view.playbook) if view else (workspace.now(), workspace.playbook)
        fresh = self.until is not None and self._computed_at <= now < self.until
        if fresh and playbook is self._playbook:
            return False
        self._clocks = view.clocks if view else clock_rules.clocks(self.incident, playbook, now, workspace.tz)
        self._computed_at, self._playbook = now, playbook
        self.owes = owes(self.incident, self._clocks, playbook)
        due = (Due(self.incident, clock) for clock in self._clocks)
        self.first = min(due, key=lambda due: due.urgency, default=None)
        soon = playbook.clocks.soon_min * times.MINUTE
        changes = [now + times.HOUR]
        for clock in self._clocks:
            over = clock.due + clock_rules.PHASE_GRACE if clock.id == ids.CLOCK_PHASE else None
            moments = (over, clock.due - soon, clock.due, late_from(clock.due), clock.snoozed_until)
            changes += [at for at in moments if at is not None and at > now]
        self.until = min(changes)
        return True

    def newly_late(self) -> list[Clock]:
        """Return the clocks that have run out since the last call."""
        found: list[Clock] = []
        for clock in self._clocks:
            deadline = (clock.id, clock.due)
            if not clock.awake:
                self._rung.discard(deadline)
            elif clock.state == "late" and deadline not in self._rung:
                self._rung.add(deadline)
                found.append(clock)
        return found
