"""The live timeline: any number of entries, but only about a screenful is read and wrapped at a time."""

from __future__ import annotations

from typing import Protocol

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from warroom.model import times
from warroom.model.clocks import Promise
from warroom.model.entries import Correction, Entry, Tone
from warroom.model.incident import Incident
from warroom.model.kinds.redaction import Redacted
from warroom.model.lines import clock, label, mark
from warroom.model.snapshot import Snapshot
from warroom.store.errors import StoreError
from warroom.terminal.content import highlighted, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.width import width as width_of
from warroom.widgets.clocks import STYLE as CLOCK_STYLE

_STYLE = {
    Tone.QUIET: "$text-muted",
    Tone.ACTIVE: "$text-accent",
    Tone.STRONG: "bold $text-accent",
    Tone.GOOD: "bold $text-success",
    Tone.ALARM: "bold $text-warning",
}
_KIND_WIDTH = 10
_CLOCK_WIDTH = 7
_LONGEST = 6
"""An entry shows at most this many lines here; enter opens all of it."""

PIN = "●"
"""The mark in front of the text of a line that is pinned."""

_KEPT_BLOCKS = 400
_CELLS = 40
"""The most cells of a decision's text below a line that is linked to it."""


class Source(Protocol):
    """What the timeline reads from: the lines of an incident, by offset, in the order things happened."""

    def count(self, incident: Incident) -> int: ...
    def page(self, incident: Incident, offset: int, limit: int) -> list[Entry]: ...
    def position(self, incident: Incident, entry: Entry) -> int: ...


class TimelinePane(LineWidget, can_focus=True):
    """A scrolling list of entries with a cursor, which follows the newest entry until the user moves away from it."""

    BINDINGS = [
        Binding("up", "move(-1)", "Earlier", show=False),
        Binding("down", "move(1)", "Later", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Newest", show=False),
    ]

    class Opened(Message):
        """An entry was double-clicked, to open it."""

    class Unreadable(Message):
        """The file could not be read; the timeline tries again every second. `reason` is for the user."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, source: Source, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source = source
        self.view: Snapshot | None = None
        self.total = 0
        self.cursor = 0
        self._bottom = 0
        """The index of the last entry shown."""
        self._new = 0
        """How many entries were added below the last one shown, since it was the last of all."""
        self._failed = False
        """Whether the last reading failed."""
        self._loaded: dict[int, Entry] = {}
        self._blocks: dict[tuple[object, ...], list[Content]] = {}
        """The drawn lines of an entry by everything they depend on: wrapping them again took most of a key's time."""
        self._shown: list[tuple[int, int]] = []
        """(entry index, number of lines) from top to bottom, as last drawn."""

    def show(self, view: Snapshot, *, changed: bool) -> None:
        """Show a new snapshot; `changed` if entries may have been added."""
        before, self.view = self.view, view
        if not changed:
            return
        if before is not None and before.incident.id != view.incident.id:
            self._loaded.clear()
            self._blocks.clear()
            self.total = self.cursor = self._bottom = self._new = 0
        following, end_in_view = self.cursor >= self.total - 1, self._bottom >= self.total - 1
        selected = self._loaded.get(self.cursor)
        try:
            total = self._source.count(view.incident)
            moved = before is None or before.incident.replaced != view.incident.replaced
            if before is not None and len(before.incident.all(Redacted)) != len(view.incident.all(Redacted)):
                self._blocks.clear()
                moved = True
            if moved or not self._load_new(view.incident, total):
                self._loaded.clear()
            at = self._source.position(view.incident, selected) if selected and not following else self.cursor
        except StoreError as error:
            self._report(error)
            if not self.total:
                self.redraw()  # what another incident's timeline showed must not stay
            return
        added, self.total = total - self.total, total
        if following:
            self.cursor = self._bottom = max(self.total - 1, 0)
        elif end_in_view:
            self.cursor, self._bottom = at, self.total - 1
        else:
            self.cursor, self._bottom = at, self._bottom + at - self.cursor
        self.redraw()
        self._keep_selected_in_view()
        self._new += max(added, 0)
        self._update_title(view)  # which counts none as new where the last one is shown

    def _load_new(self, incident: Incident, total: int) -> bool:
        """Load entries added at the end; False if one was added further up, or another incident is shown."""
        last = self._loaded.get(self.total - 1)
        if last is None or last.incident != incident.id or total < self.total:
            return False
        found = self._source.page(incident, self.total - 1, total - self.total + 1)
        if not found or found[0].key != last.key:
            return False
        self._loaded.update(enumerate(found, self.total - 1))
        return True

    def tick(self, view: Snapshot) -> None:
        """Update the time in the title and the state of promises; if the last reading failed, read again."""
        before, self.view = self.view, view
        if self._failed:
            self._failed = False
            self.show(view, changed=True)
            return
        self._update_title(view)
        if before is not None and _promises(before) != _promises(view):
            self.redraw()

    def _update_title(self, view: Snapshot) -> None:
        zone = times.zone_name(view.now, view.tz)
        if self._bottom >= self.total - 1:
            self._new = 0
        new = f" · {self._new} new ↓" if self._new else ""
        self.set_title(f"Timeline · {self.total} · {times.clock(view.now, view.tz)} {zone}{new}")

    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entry(self.cursor)

    def go_to(self, entry: Entry) -> None:
        """Select an entry."""
        if self.view is None:
            return
        try:
            self.cursor = self._source.position(self.view.incident, entry)
        except StoreError as error:
            self._report(error)
            return
        self._scroll_to_cursor()

    def reveal(self, entry: Entry) -> None:
        """Make sure that an entry the user just wrote can be seen, unless the timeline itself is being read."""
        shown = [self._loaded.get(index) for index, _ in self._shown[-1:]]
        if not self.has_focus and not (shown and shown[0] is not None and shown[0].key == entry.key):
            self.go_to(entry)

    def action_move(self, by: int) -> None:
        self.cursor = min(max(self.cursor + by, 0), max(self.total - 1, 0))
        self._scroll_to_cursor()

    def action_page(self, direction: int) -> None:
        self.action_move(direction * max(len(self._shown) - 1, 1))

    def action_first(self) -> None:
        self.action_move(-self.total)

    def action_last(self) -> None:
        self.action_move(self.total)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._keep_selected_in_view()
        if self.view is not None:
            self._update_title(self.view)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._keep_selected_in_view()

    def _keep_selected_in_view(self) -> None:
        """Scroll to the selected line if the keys act on it, but it is above what is shown, or below."""
        if self.has_focus and self._shown and not self._shown[0][0] <= self.cursor <= self._bottom:
            self._scroll_to_cursor()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.action_move(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.action_move(3)

    def on_click(self, event: events.Click) -> None:
        y = event.get_content_offset_capture(self).y
        for index, height in self._shown:
            if y < height:
                self.cursor = index
                self._scroll_to_cursor()
                if event.chain == 2:
                    self.post_message(self.Opened())
                return
            y -= height

    def _scroll_to_cursor(self) -> None:
        if self.cursor > self._bottom:
            self._bottom = self.cursor
        elif self._shown and self.cursor < self._shown[0][0]:
            self._draw_from(self.cursor, self.size.width, self.size.height)
        self.redraw()
        if self.view is not None:
            self._update_title(self.view)

    def _entry(self, index: int) -> Entry | None:
        """Return an entry by its index in the timeline; reads two screenfuls at a time."""
        if index not in self._loaded and self.view is not None and 0 <= index < self.total:
            size = max(self.size.height, 20)
            start = max(index - size, 0)
            if len(self._loaded) > 20 * size:
                self._loaded.clear()
            try:
                found = self._source.page(self.view.incident, start, 2 * size)
            except StoreError as error:
                self._report(error)
                return None
            self._loaded.update(enumerate(found, start))
        return self._loaded.get(index)

    def _report(self, error: StoreError) -> None:
        self._failed = True
        self.post_message(self.Unreadable(str(error)))

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        if not self.total:
            return [] if self._failed else [Content.styled("Nothing logged yet", "$text-muted")]
        lines: list[Content] = []
        self._shown = []
        index = min(self._bottom, self.total - 1)
        while index >= 0 and len(lines) < height:
            entry = self._entry(index)
            if entry is None:
                break
            block = self._lines_of(index, entry, width)
            lines[:0] = block
            self._shown.insert(0, (index, len(block)))
            index -= 1
        cut = len(lines) - height
        # If not all lines fit, the top entry is cut, but never the selected one; no row stays empty for want of earlier
        # entries.
        if (cut > 0 and self._shown[0][0] == self.cursor) or (cut < 0 and index < 0):
            return self._draw_from(self._shown[0][0], width, height)
        if cut > 0:
            first, rows = self._shown[0]
            self._shown[0] = (first, rows - cut)
        return lines[max(cut, 0) :]

    def _draw_from(self, index: int, width: int, height: int) -> list[Content]:
        """Return the lines from an entry on, as far down as there is room; the last whole one is then the bottom."""
        lines: list[Content] = []
        self._shown, self._bottom = [], index
        while index < self.total and len(lines) < height and (entry := self._entry(index)) is not None:
            lines += self._lines_of(index, entry, width)
            if len(lines) <= height:
                self._bottom = index
            self._shown.append((index, min(len(lines), height) - sum(rows for _, rows in self._shown)))
            index += 1
        return lines[:height]

    def _lines_of(self, index: int, entry: Entry, width: int) -> list[Content]:
        assert self.view is not None
        incident, before = self.view.incident, self._entry(index - 1) if index else None
        day = times.day(incident.shown(entry).at, self.view.tz)
        new_day = "" if before is None or times.day(incident.shown(before).at, self.view.tz) == day else day
        change = incident.replaced.get(entry.key)
        promise = self.view.promise_by_message.get(entry.key)
        selected = index == self.cursor and self.has_focus
        promised = promise and (promise.due, promise.state, _promise_style(promise, self.view))
        pinned = entry.key in incident.pinned
        decision = incident.links.get(entry.key)
        of = decision and (decision.number, decision.logged.text)
        key = (entry.key, change and change.key, pinned, of, promised, new_day, width, selected)
        block = self._blocks.get(key)
        if block is None:
            if len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.clear()
            block = self._block(entry, change, new_day, width)
            if selected:
                block = [highlighted(line, width) for line in block]
            self._blocks[key] = block
        return block

    def _block(self, entry: Entry, change: Correction | None, new_day: str, width: int) -> list[Content]:
        assert self.view is not None
        lines = []
        if new_day:
            lines.append(Content.styled(f"── {new_day} ".ljust(min(width, 30), "─"), "$text-muted"))
        entry = entry.corrected(change)
        style = "strike $text-muted" if change is not None and change.retracted else ""
        kind = label(entry)[:_KIND_WIDTH]
        when = clock(entry, self.view.tz)
        front = Content.assemble(
            Content.styled(when, "$text-muted"),
            " " * (_CLOCK_WIDTH - len(when)),
            Content.styled(kind.ljust(_KIND_WIDTH), _STYLE[entry.body.tone]),
            " ",
        )
        indent = front.cell_length
        room, most = width - indent, _LONGEST + 1
        pinned = f"{PIN} " if entry.key in self.view.incident.pinned else ""
        body = [safe_line(line, style) for line in wrapped(pinned + entry.text, room, most)]
        extras, remark = self._extras(entry), mark(change)
        if remark and body and body[-1].cell_length + width_of(remark) <= room:
            body[-1] = Content.assemble(body[-1], safe_line(remark, "$text-muted"))
        elif remark:
            extras.insert(0, (remark.removeprefix(" · "), "$text-muted"))
        body += [safe_line(line, style) for extra, style in extras for line in wrapped(extra, room, most)]
        if len(body) > _LONGEST:
            body = [*body[: _LONGEST - 1], Content.styled("… enter shows all of it", "$text-muted")]
        for number, line in enumerate(body):
            lines.append(Content.assemble(front if number == 0 else " " * indent, line))
        return lines

    def _extras(self, entry: Entry) -> list[tuple[str, str]]:
        """Return the lines below an entry's text, styled: reason, author, promise, and late addition."""
        extras = [(detail, "$text-muted") for detail in entry.body.details()]
        if self.view is not None and (promise := self.view.promise_by_message.get(entry.key)):
            state = {"running": "promised", "missed": "MISSED"}.get(promise.state, promise.state)
            text = f"next update {times.clock_zone(promise.due, self.view.tz)}: {state}"
            extras.append((text, _promise_style(promise, self.view)))
        if self.view is not None and (decision := self.view.incident.links.get(entry.key)):
            extras.append((f"for decision {decision.number}: {shortened(decision.logged.text, _CELLS)}", "$text-muted"))
        late = self.view.incident.added_late(entry) if self.view is not None else 0
        if late:
            extras.append((f"added {times.span(late)} later", "$text-muted"))
        return extras


def _promises(view: Snapshot) -> list[tuple[Promise, str]]:
    return [(promise, _promise_style(promise, view)) for promise in view.promises]


def _promise_style(promise: Promise, view: Snapshot) -> str:
    """Return the color of a promise: that of its clock while it runs, and afterwards of how it was kept."""
    if promise.state == "running":
        soon = promise.due - view.now <= view.playbook.clocks.soon_min * times.MINUTE
        return CLOCK_STYLE["soon" if soon else "ok"]
    return {"kept": "$text-muted", "late": CLOCK_STYLE["soon"], "missed": CLOCK_STYLE["late"]}[promise.state]
