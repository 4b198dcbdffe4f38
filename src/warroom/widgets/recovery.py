"""Recovery as lines: in the checklist's place once the incident is resolved, and wider on a screen of its own."""

from __future__ import annotations

import msgspec
from textual.content import Content

from warroom.model import ids, times
from warroom.model.clocks import Clock
from warroom.model.promises import late_from
from warroom.model.recovery import RecoveryState
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import fit, safe_line, shortened, spread

_MARKS = {"done": ("✓", "$text-success"), "skipped": ("–", "$text-muted"), "open": ("·", "")}
_WORDS = {"done": "done", "skipped": "not doing", "open": "open"}
_LATE = "bold $text-error"
_WEEK = 6
"""Up to so many days ahead, a day is named by its weekday."""
_STATE, _OWNER = 27, 14
"""The widths of the columns for the state and the owner on the wide screen; the rest is for the note."""
_FULL = 100
"""From this width on, the columns have all of that."""


class Group(msgspec.Struct, frozen=True):
    """The items of one horizon; `until` says by when they are due, in words, and is empty if nothing is due."""

    number: int
    name: str
    items: tuple[RecoveryState, ...]
    settled: int
    until: str
    late: bool
    current: bool
    """Whether it is the first in which something is owed."""

    @property
    def id(self) -> str:
        """The id of its clock."""
        return f"{ids.CLOCK_RECOVERY}{self.number}"

    @property
    def optional(self) -> bool:
        """Whether none of its items is required."""
        return not any(item.required for item in self.items)


def groups(view: Snapshot) -> tuple[Group, ...]:
    """The horizons with their items, in the playbook's order; none while the incident is open."""
    found: list[Group] = []
    first = next((item.horizon for item in view.recovery.items if item.owed), 0)
    for number in dict.fromkeys(item.horizon for item in view.recovery.items):
        items = tuple(item for item in view.recovery.items if item.horizon == number)
        owed, due = any(item.owed for item in items), items[0].due
        late = owed and due is not None and view.now >= late_from(due)
        until = "" if due is None or not owed else f"{'LATE since' if late else 'by'} {brief_time(due, view)}"
        name = items[0].when[:1].upper() + items[0].when[1:]
        settled = sum(item.state != "open" for item in items)
        found.append(Group(number, name, items, settled, until, late, number == first))
    return tuple(found)


def brief_time(ms: int, view: Snapshot) -> str:
    """A time near the present: `05:17`, `Tue 04:17`, or with its date where a weekday would not be clear."""
    then, now = times.local(ms, view.tz), times.local(view.now, view.tz)
    days = abs((then.date() - now.date()).days)
    clock = times.clock(ms, view.tz)
    return clock if not days else f"{then:%a} {clock}" if days <= _WEEK else f"{then:%Y-%m-%d} {clock}"


def title(view: Snapshot) -> str:
    """`Recovery · 3 of 13`, and which round it is after a recurrence."""
    state = view.recovery
    again = f" · round {state.round}" if state.round > 1 else ""
    return f"Recovery · {state.settled} of {len(state.items)}{again}"


def group_line(group: Group, width: int) -> Content:
    """The heading of a horizon: how much is done, and by when the rest is due."""
    count = f"{group.settled}/{len(group.items)}"
    right = [Content.styled(count, "$text-muted" if group.optional else "")]
    if group.until:
        right.append(safe_line(group.until, _LATE if group.late else ""))
    elif group.optional and group.settled < len(group.items):
        right.append(Content.styled("optional", "$text-muted"))
    return spread(_group_name(group), Content("  ").join(right), width)


def _group_name(group: Group) -> Content:
    mark = "✓" if group.settled == len(group.items) else "▸" if group.current else "·"
    style = "bold" if group.current else "$text-muted" if group.optional else ""
    return safe_line(f"{mark} {group.name}", style)


def item_line(item: RecoveryState, group: Group, view: Snapshot, width: int, *, at_cursor: bool) -> Content:
    """An item in a narrow list, with its owner or its note at the right; at the cursor also who did it, and when."""
    left = _item_name(item)
    told = [item.owner or item.note] if item.state == "open" else [item.note or item.owner]
    if item.at is not None and at_cursor:
        told.append(f"{brief_time(item.at, view)} {item.by}")
    if item.state == "open" and not item.required and not group.optional:
        told.append("optional")
    right, room = "  ".join(filter(None, told)), width - left.cell_length - 2
    if right == "optional" and room < len(right):
        return spread(left, Content.styled(right, "$text-muted"), width)
    if not right or room <= 4:
        return left
    return spread(left, safe_line(shortened(right, room), "$text-muted"), width)


def _item_name(item: RecoveryState) -> Content:
    mark, style = _MARKS[item.state]
    muted = "" if item.required and item.state != "skipped" else "$text-muted"
    return Content.assemble("  ", Content.styled(f"{mark} ", style or muted), safe_line(item.row.text, muted))


def wide_group_line(group: Group, clock: Clock | None, view: Snapshot, width: int) -> Content:
    """The heading of a horizon with its countdown, for the screen of recovery."""
    parts = [f"{group.settled} of {len(group.items)}"]
    style = ""
    if clock is not None:
        parts += [f"by {times.clock_zone_day(clock.due, view.now, view.tz)}", clock.countdown]
        style = _LATE if clock.state == "late" else "bold $text-warning" if clock.state == "soon" else ""
        if clock.snoozed_until is not None:
            parts.append(f"snoozed until {brief_time(clock.snoozed_until, view)}")
    elif group.optional:
        parts.append("optional")
    return fit(Content.assemble(_group_name(group), "  ", safe_line(" · ".join(parts), style or "$text-muted")), width)


def wide_item_line(item: RecoveryState, column: int, view: Snapshot, width: int) -> Content:
    """An item with its state, who did it and when, its owner, and its note; `column` is where the state begins.

    Without room for so many columns, its mark says its state, and the rest follows in one.
    """
    name, late = fit(_item_name(item), column - 2), item.late(view.now)
    words = _WORDS[item.state] if item.required or item.state != "open" else "optional"
    style = "$text-muted" if item.state != "open" or not item.required else ""
    when = f"{brief_time(item.at, view)} {item.by}" if item.at is not None else ""
    cells = [("open, LATE", _STATE, _LATE) if late else (f"{words} {when}".strip(), _STATE, style)]
    cells += [(item.owner, _OWNER, ""), (item.note, width - column - _STATE - _OWNER, "$text-muted")]
    if width < _FULL:
        words = "" if words == "open" else words
        state = "LATE" if late else when if item.state == "done" else words
        rest = " · ".join(filter(None, [item.owner if item.state == "open" else "", item.note]))
        cells = [(state, 0, _LATE if late else style)] if state else []
        cells += [(rest, width - column - sum(len(text) + 2 for text, _, _ in cells), "$text-muted")]
    line = Content.assemble(name, " " * (column - name.cell_length))
    for text, room, cell_style in cells:
        cell = safe_line(shortened(text, max(room - 2, 1)) if room else text, cell_style)
        line = Content.assemble(line, cell, " " * max((room or cell.cell_length + 2) - cell.cell_length, 0))
    return fit(line, width)


def name_width(view: Snapshot) -> int:
    """The cells of the longest item's name with its mark, and the gap after it."""
    return max((_item_name(item).cell_length for item in view.recovery.items), default=0) + 2
