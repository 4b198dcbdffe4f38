"""How every incident stands beside its summary: what is due next in it, and whether anything is owed after its end."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warroom.model import times
from warroom.model.listing import END_OWED, END_OWED_SHORT, Listed, countdown, listed, order_of
from warroom.model.playbook import Playbook
from warroom.model.summary import IncidentSummary
from warroom.screens.watch import Watch
from warroom.workspace import Workspace

_Rank = tuple[int, bool, tuple[bool, int, int, int]]


class Standing:
    """Follows the clocks one incident at a time, so that a second costs the same with one incident and with thousands.

    `ends` are the incidents that are over, which somebody who was told of them does not know; `owing` are all those
    that are over and in which something is owed.
    """

    def __init__(self, workspace: Workspace, watch: Watch) -> None:
        self._workspace, self._watch = workspace, watch
        self.by_id: dict[str, IncidentSummary] = {}
        self.ends: set[str] = set()
        self.owing: set[str] = set()
        self._ranks: dict[str, _Rank] = {}
        """Where those stand in which something is due."""
        self._changes = 0
        self._today = ""
        self._playbook: Playbook | None = None

    def take(self, briefs: Sequence[IncidentSummary]) -> None:
        """Take the summaries of all incidents, and look at each."""
        self._watch.keep_up()
        self._changes, self._playbook = self._watch.changes, self._workspace.playbook
        self._today = self._now_today()
        self.by_id = {brief.id: brief for brief in briefs}
        self.ends = {one.id for one in briefs if one.over and one.state != "closed" and one.end_owed(self._playbook)}
        self._ranks, self.owing = {}, set()
        watches, ends = self._watch.watches, self.ends
        for brief in briefs:
            # Most are over and done with: in a thousand of them nothing has to be looked up.
            if brief.state == "open" or brief.goes_on or brief.items or brief.id in ends or watches(brief.id):
                self._place(brief)

    def keep_up(self) -> bool:
        """Look at the incidents whose clocks have changed; returns whether any stands elsewhere now.

        On another day, and with another playbook, look at all.
        """
        self._watch.keep_up()
        if self._now_today() != self._today or self._workspace.playbook is not self._playbook:
            before = (self._ranks, self.owing)
            self.take(tuple(self.by_id.values()))
            return before != (self._ranks, self.owing)
        moved = False
        for id in self._watch.changed_since(self._changes):
            if id in self.by_id and self._place(self.by_id[id]):
                moved = True
        self._changes = self._watch.changes
        return moved

    def _now_today(self) -> str:
        return times.day(self._workspace.now(), self._workspace.tz)

    def _place(self, brief: IncidentSummary) -> bool:
        """Look at one incident; returns whether it stands elsewhere now."""
        id = brief.id
        before = (self._ranks.pop(id, None), id in self.owing)
        if id in self.ends or self._watch.watches(id):
            due = self._watch.next_due(id)
            place = 0 if not brief.over else 1 if id in self.ends else 2
            unranked = (False, 0, 0 if brief.over else brief.severity, 0)
            self._ranks[id] = (place, due is None, due.rank if due else unranked)
        if self._owes(brief):
            self.owing.add(id)
        else:
            self.owing.discard(id)
        return before != (self._ranks.get(id), id in self.owing)

    def _owes(self, brief: IncidentSummary) -> bool:
        """Whether something is owed in an incident that is over; one that is not read yet may owe what it can."""
        if not brief.over or brief.id in self.ends:
            return brief.over
        if brief.state != "cancelled" and brief.overdue_items(self._today):
            return True
        if not brief.goes_on and brief.state != "cancelled" and not brief.items:
            return False
        known = self._watch.owes(brief.id)
        return brief.goes_on if known is None else known

    def most_urgent_first(self, found: list[IncidentSummary]) -> list[IncidentSummary]:
        """Sort incidents, of which the one that began last is first, by what is due in them; drills come later."""
        first = [brief for brief in found if brief.id in self._ranks]
        first.sort(key=lambda brief: self._ranks[brief.id])
        rest = [brief for brief in found if brief.id not in self._ranks]
        opened = sorted((brief for brief in rest if brief.state == "open"), key=order_of("severity"))
        resolved = [brief for brief in rest if brief.state == "resolved"]
        real, drills = self._workspace.apart((*first, *opened))
        return [*real, *drills, *resolved, *(one for one in rest if one.state not in ("open", "resolved"))]

    def describe(self, brief: IncidentSummary) -> Listed:
        """What the columns show of an incident now."""
        shown = listed(brief, self._workspace.playbook, self._workspace.now(), self._workspace.tz)
        due = self._watch.next_due(brief.id)
        if brief.id in self.ends and not (due and due.clock.state == "late"):
            return msgspec.structs.replace(shown, due=END_OWED, short=END_OWED_SHORT, countdown="now", urgency="soon")
        if due is None:
            return shown
        clock = due.clock
        return msgspec.structs.replace(
            shown, due=clock.label, short=clock.short, countdown=countdown(clock), urgency=clock.state
        )
