"""The checklist of the first 30 minutes: phases, their items, and the script; once it is resolved, recovery."""

from __future__ import annotations

from functools import lru_cache

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from warroom.model import times
from warroom.model.checklist import ItemState, PhaseState
from warroom.model.recovery import RecoveryState
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import highlighted, safe_line, shortened, spread, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.widgets import recovery
from warroom.widgets.recovery import Group

_Item = ItemState | RecoveryState
_Row = tuple[PhaseState | Group, _Item | None]
_KEPT_LINES = 200


class ChecklistPane(LineWidget, can_focus=True):
    """Phases with their items; the cursor selects an item, which `space` ticks (a binding of the screen).

    Once the incident is resolved, the horizons of recovery with their items are in their place.
    """

    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "move(-999)", "First", show=False),
        Binding("end", "move(999)", "Last", show=False),
    ]

    view: Snapshot | None = None
    script: str = ""
    """What to say in the current phase, filled in."""
    cursor = ""
    """The id of the item under the cursor."""
    _top = 0

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._drawn: dict[tuple[object, ...], Content] = {}
        """Drawn lines by everything they depend on, so that a tick draws only two of them."""

    class Moved(Message):
        """The cursor went to another item."""

    class Ticked(Message):
        """An item was clicked: tick or untick it."""

    def show(self, view: Snapshot, script: str) -> None:
        """Show a new snapshot; the cursor starts on the first open item."""
        before = self.view
        same = before is not None and before.checklist == view.checklist and self.script == script
        same = same and before is not None and before.incident.state == view.incident.state
        shown, self._groups = self._groups, recovery.groups(view)
        same = same and shown == self._groups
        self.view, self.script = view, script
        self.set_title(self.title())
        if same:
            return  # nothing to draw when only time has passed
        ids = self._ids()
        if self.cursor not in ids:
            self.cursor = self._first(view) or (ids[0] if ids else "")
        self.redraw()

    def _first(self, view: Snapshot) -> str:
        """Return the id of the first item to do."""
        if self._groups:
            return view.recovery.owed[0].row.id if view.recovery.owed else ""
        current = view.checklist.current
        return current.open_item.row.id if current and current.open_item else ""

    def title(self) -> str:
        """Return the pane's title: `First 30 minutes · 7 of 12`, and the minutes passed while a phase is running."""
        assert self.view is not None
        if self._groups:
            return recovery.title(self.view)
        state = self.view.checklist
        title = f"First 30 minutes · {state.done} of {state.total}"
        since = (self.view.now - self.view.incident.learned) // times.MINUTE
        if 0 <= since < self.view.playbook.phases[-1].until_min and not self.view.incident.over():
            title += f" · {since} min"
        return title

    def selected(self) -> _Item | None:
        """The item under the cursor."""
        return next((item for _, item in self._rows() if item and item.row.id == self.cursor), None)

    def select(self, item: str) -> None:
        """Select an item."""
        self.cursor = item
        self.redraw()

    def select_next(self) -> None:
        """Select the next open item, if there is one below."""
        ids = self._ids()
        after = ids[ids.index(self.cursor) + 1 :] if self.cursor in ids else ids
        still_open = {item.row.id for _, item in self._rows() if item and _is_open(item)}
        self.cursor = next((id for id in after if id in still_open), self.cursor)
        self.redraw()

    def action_move(self, by: int) -> None:
        ids = self._ids()
        if ids:
            at = ids.index(self.cursor) if self.cursor in ids else 0
            self.cursor = ids[min(max(at + by, 0), len(ids) - 1)]
            self.redraw()
            self.post_message(self.Moved())

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        script = self._script(width, height)
        room = height - len(script)
        rows = self._rows()
        at = next((index for index, (_, item) in enumerate(rows) if item and item.row.id == self.cursor), 0)
        self._top = max(min(self._top, at - 1 if at else 0), at - room + 1, 0)
        self._top = min(self._top, max(len(rows) - room, 0))
        shown = [self._line(phase, item, width) for phase, item in rows[self._top : self._top + room]]
        if script:
            shown += [Content("")] * (room - len(shown))
        return shown + script

    def _rows(self) -> list[_Row]:
        rows: list[_Row] = []
        phases = self.view.checklist.phases if self.view else ()
        for group in self._groups or phases:
            rows.append((group, None))
            rows.extend((group, item) for item in group.items)
        return rows

    def _ids(self) -> list[str]:
        return [item.row.id for _, item in self._rows() if item]

    def _line(self, phase: PhaseState | Group, item: _Item | None, width: int) -> Content:
        assert self.view is not None
        if isinstance(phase, Group) or isinstance(item, RecoveryState):
            assert isinstance(phase, Group)
            assert not isinstance(item, ItemState)
            return self.recovery_line(phase, item, width)
        if item is None:
            current = None if self.view.incident.over() else self.view.checklist.current
            is_current = current is not None and current.row.id == phase.row.id
            key: tuple[object, ...] = (phase.row.id, phase.row.title, phase.done, phase.required, is_current, width)
        else:
            under_cursor = item.row.id == self.cursor and self.has_focus
            key = (
                item.row.id,
                item.row.text,
                item.done,
                item.value,
                item.at,
                item.by,
                phase.required,
                under_cursor,
                width,
            )
        line = self._drawn.get(key)
        if line is None:
            if len(self._drawn) > _KEPT_LINES:
                self._drawn.clear()
            drawn = (
                self._phase_line(phase, is_current, width)
                if item is None
                else self._item_line(phase, item, under_cursor, width)
            )
            self._drawn[key] = line = drawn
        return line

    def recovery_line(self, group: Group, item: RecoveryState | None, width: int) -> Content:
        """Return the line of a horizon, or of one of its items."""
        assert self.view is not None
        if item is None:
            return recovery.group_line(group, width)
        at_cursor = item.row.id == self.cursor and self.has_focus
        line = recovery.item_line(item, group, self.view, width, at_cursor=at_cursor)
        return highlighted(line, width) if at_cursor else line

    def _phase_line(self, phase: PhaseState, is_current: bool, width: int) -> Content:
        muted = "" if phase.required else "$text-muted"
        mark = "✓" if phase.done == len(phase.items) else "▸" if is_current else "·"
        span = f"{phase.row.from_min}–{phase.row.until_min}"
        left = safe_line(f"{mark} {span:<6}{phase.row.title}", "bold" if is_current else muted)
        count = f"{phase.done}/{len(phase.items)}" if phase.required else "not needed"
        return spread(left, Content.styled(count, muted), width)

    def _item_line(self, phase: PhaseState, item: ItemState, under_cursor: bool, width: int) -> Content:
        muted = "" if phase.required else "$text-muted"
        mark = Content.styled("✓ " if item.done else "· ", "$text-success" if item.done else muted)
        left = Content.assemble("  ", mark, safe_line(item.row.text, muted))
        line = self._with_value(left, item, under_cursor, width)
        return highlighted(line, width) if under_cursor else line

    def _with_value(self, left: Content, item: ItemState, under_cursor: bool, width: int) -> Content:
        """Add the answer at the right; on the line under the cursor also who ticked it, and when."""
        assert self.view is not None
        who = ""
        if item.at is not None and under_cursor:
            who = f"{times.clock(item.at, self.view.tz)} {item.by}"
        room = width - left.cell_length - 2
        right = "  ".join(filter(None, [item.value, who]))
        if not right or room <= 4:
            return left
        return spread(left, safe_line(shortened(right, room), "$text-muted"), width)

    def _script(self, width: int, height: int) -> list[Content]:
        """Return the script's lines, if there is room for them below the list."""
        room = height - len(self._rows()) - 1
        if not self.script or room < 3:
            return []
        lines = _script_lines(self.script, width)
        if len(lines) > room:
            lines = (*lines[: room - 1], Content.styled("… p shows all of it", _SCRIPT_STYLE))
        return [Content(""), *lines]

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.get_content_offset_capture(self).y
        rows = self._rows()
        if 0 <= at < len(rows) and (item := rows[at][1]):
            self.cursor = item.row.id
            self.post_message(self.Ticked())


def _is_open(item: _Item) -> bool:
    return item.state == "open" if isinstance(item, RecoveryState) else not item.done


_SCRIPT_STYLE = "italic $text-muted"


@lru_cache(4)
def _script_lines(script: str, width: int) -> tuple[Content, ...]:
    return tuple(Content.styled(line, _SCRIPT_STYLE) for line in wrapped(f"“{script}”", width))
