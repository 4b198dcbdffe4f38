"""The live timeline: any number of entries, but only about a screenful is read and wrapped at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Protocol
from zoneinfo import ZoneInfo

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.timer import Timer

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.incident import Incident
from warroom.model.kinds.redaction import Redacted
from warroom.model.snapshot import Snapshot
from warroom.store.errors import StoreError
from warroom.store.filtered import Filter, FilteredTimeline
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten
from warroom.widgets.timeline_blocks import Blocks, Zones, promises

LOCAL, IN_UTC, BOTH = "local", "utc", "both"
"""The zones to choose from, besides any IANA name."""
_NEXT_SLICE_S = 0.005
"""How long to leave to keys before more lines are looked through for a filter."""
_WORDS = 24
"""The most cells of a filter's words in the title."""


class Source(Protocol):
    """What the timeline reads from: the lines of an incident, by offset, in the order things happened."""

    def count(self, incident: Incident) -> int: ...
    def page(self, incident: Incident, offset: int, limit: int) -> list[Entry]: ...
    def position(self, incident: Incident, entry: Entry) -> int: ...
    def position_at(self, incident: Incident, at: int) -> int: ...


class TimelinePane(LineWidget, can_focus=True):
    """A scrolling list of entries with a cursor, which follows the newest entry until the user moves away from it."""

    BINDINGS = [
        Binding("up", "move(-1)", "Earlier", show=False),
        Binding("down", "move(1)", "Later", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Newest", show=False),
        Binding("escape", "show_all", "Show all", show=False),
    ]

    class Opened(Message):
        """An entry was double-clicked, to open it."""

    class Unreadable(Message):
        """The file could not be read; the timeline tries again every second. `reason` is for the user."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(
        self, source: Source, filtered: Callable[[Filter], FilteredTimeline], *, id: str | None = None
    ) -> None:
        """Show what `source` has; `filtered` gives what a filter lets through of it."""
        super().__init__(id=id)
        self._all = self._source = source
        self._filtered = filtered
        self._looking: Timer | None = None
        self.only = Filter()
        """What is shown; without a filter, everything."""
        self.newest_first = False
        self.zone = LOCAL
        self._drawn = Blocks()
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
        self._shown: list[tuple[int, int]] = []
        """(entry index, number of lines) from top to bottom, as last drawn."""

    def show(self, view: Snapshot, *, changed: bool) -> None:
        """Show a new snapshot; `changed` if entries may have been added."""
        before, self.view = self.view, view
        self._drawn.view, self._drawn.zones = view, self._zones(view)
        if not changed:
            return
        if before is not None and before.incident.id != view.incident.id:
            self._loaded.clear()
            self._drawn.clear()
            self._use(Filter())
            self.total = self.cursor = self._bottom = self._new = 0
        following, end_in_view = self.cursor >= self.total - 1, self._bottom >= self.total - 1
        selected = self._loaded.get(self.cursor)
        try:
            total = self._source.count(view.incident)
            moved = before is None or before.incident.replaced != view.incident.replaced
            if before is not None and len(before.incident.all(Redacted)) != len(view.incident.all(Redacted)):
                self._drawn.clear()
                moved = True
            if moved or self.only or not self._load_new(view.incident, total):
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
        self._new += max(added, 0) if not self.only else 0
        self._look_further()
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
        self._drawn.view = view
        if self._failed:
            self._failed = False
            self.show(view, changed=True)
            return
        self._update_title(view)
        if before is not None and promises(before) != promises(view):
            self.redraw()

    def _update_title(self, view: Snapshot) -> None:
        if self._bottom >= self.total - 1:
            self._new = 0
        arrow = "↑" if self.newest_first else "↓"
        new = f" · {self._new} new {arrow}" if self._new else ""
        order = " · newest first" if self.newest_first else ""
        if day := self._day_in_view(view):
            now = f" · {day}"
        else:
            now = "" if self.only else f" · {self._drawn.zones.now(view.now)}"
        self.set_title(f"Timeline · {self._counted(view)}{order}{now}{new}")

    def _day_in_view(self, view: Snapshot) -> str:
        """The day and the zone of what is shown, if that isn't today; "" if it is, or if there is nothing."""
        entry = self._loaded.get(self.cursor if self.has_focus else self._bottom)
        if entry is None or (day := self._drawn.day(entry)) == times.day(view.now, self._drawn.zones.first):
            return ""
        return f"{day} {times.zone_name(view.incident.shown(entry).at, self._drawn.zones.first)}"

    def _counted(self, view: Snapshot) -> str:
        """How many lines are shown; of how many, why not all of them, and how to see all."""
        if not isinstance(self._source, FilteredTimeline):
            return str(self.total)
        only, more = self.only, "" if self._source.is_complete and not self._source.is_cut else "+"
        try:
            count = f" of {self._all.count(view.incident)}"
        except StoreError:
            count = ""
        since = times.clock_zone_day(only.since, view.now, self._drawn.zones.first) if only.since is not None else ""
        parts = [
            only.kind,
            f"by {clean_line(only.author)}" if only.author else "",
            "pinned" if only.pinned else "",
            f"since {since}" if since else "",
            f"“{shorten(clean_line(only.words), _WORDS)}”" if only.words else "",
        ]
        return f"{self.total}{more}{count} · {', '.join(filter(None, parts))} · esc shows all"

    # What is shown, and how

    def _zones(self, view: Snapshot) -> Zones:
        match self.zone:
            case "local":
                return Zones(view.tz)
            case "utc":
                return Zones(UTC)
            case "both":
                return Zones(view.tz, UTC, is_both=True)
            case name:
                return Zones(ZoneInfo(name))

    @property
    def zones(self) -> Zones:
        """The zones that times are shown in."""
        return self._drawn.zones

    def choose(self, *, zone: str | None = None, newest_first: bool | None = None) -> None:
        """Show times in another zone (LOCAL, IN_UTC, BOTH or an IANA name that exists), or the other end first."""
        self.zone = self.zone if zone is None else zone
        self.newest_first = self.newest_first if newest_first is None else newest_first
        if self.view is not None:
            self._drawn.zones = self._zones(self.view)
            self._scroll_to_cursor()

    def filter(self, only: Filter) -> None:
        """Show only some lines; the selected one stays selected if it is among them, else one near it."""
        if only == self.only:
            return
        selected = self.selected()
        self._use(only)
        self._loaded.clear()
        self.total = self._bottom = 0
        self._shown = []
        if self.view is not None:
            self.show(self.view, changed=True)
            if selected is not None and self.total:
                self.go_to(selected)

    def _use(self, only: Filter) -> None:
        self.only = only
        self._source = self._filtered(only) if only else self._all

    def _look_further(self) -> None:
        """Let a filter look through more lines soon, while there are any."""
        source = self._source
        if isinstance(source, FilteredTimeline) and not source.is_complete and self._looking is None:
            self._looking = self.set_timer(_NEXT_SLICE_S, self._look_on)

    def _look_on(self) -> None:
        self._looking = None
        if self.view is None or not isinstance(self._source, FilteredTimeline):
            return
        try:
            self._source.advance(self.view.incident)
        except StoreError as error:
            self._report(error)
            return
        self.show(self.view, changed=True)

    def action_show_all(self) -> None:
        self.filter(Filter())

    def go_to_time(self, at: int) -> None:
        """Select the first line at a time (ms UTC) or later."""
        if self.view is None:
            return
        try:
            self.cursor = self._source.position_at(self.view.incident, at)
        except StoreError as error:
            self._report(error)
            return
        self._scroll_to_cursor()

    def first_from(self, at: int) -> int | None:
        """When the first line at a time (ms UTC) or later is; None if there is none."""
        return self._beside(at)[1]

    def last_before(self, at: int) -> int | None:
        """When the last line before a time (ms UTC) is; None if there is none."""
        return self._beside(at)[0]

    def _beside(self, at: int) -> tuple[int | None, int | None]:
        if self.view is None:
            return None, None
        incident = self.view.incident
        try:
            index = self._source.position_at(incident, at)
            found = [self._source.page(incident, offset, 1) if offset >= 0 else [] for offset in (index - 1, index)]
        except StoreError as error:
            self._report(error)
            return None, None
        before, there = [incident.shown(lines[0]).at if lines else None for lines in found]
        return (before, there) if there is None or there >= at else (there, None)  # the last one, if none is later

    def labels(self) -> set[str]:
        """The kinds of the lines that were read last, as the timeline calls them."""
        incident = self.view.incident if self.view is not None else None
        return {incident.shown(entry).body.kind_label for entry in self._loaded.values()} if incident else set()

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
        shown = [self._loaded.get(index) for index, _ in (self._shown[:1] if self.newest_first else self._shown[-1:])]
        if not self.has_focus and not (shown and shown[0] is not None and shown[0].key == entry.key):
            self.go_to(entry)

    def action_move(self, by: int) -> None:
        by = -by if self.newest_first else by
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
        if self.view is not None:
            self._update_title(self.view)

    @property
    def _first_shown(self) -> int:
        """The index of the earliest entry that is shown."""
        return min(self._shown[0][0], self._shown[-1][0])

    def _keep_selected_in_view(self) -> None:
        """Scroll to the selected line if the keys act on it, but it is above what is shown, or below."""
        if self.has_focus and self._shown and not self._first_shown <= self.cursor <= self._bottom:
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
        elif self._shown and self.cursor < self._first_shown:
            if self.newest_first:
                self._bottom = self._last_whole(self.cursor, self.size.width, self.size.height)
            else:
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
            words = "No line is like that; esc shows all" if self.only else "Nothing logged yet"
            return [] if self._failed else [Content.styled(words, "$text-muted")]
        if self.newest_first:
            return self._draw_latest_first(width, height)
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

    def _draw_latest_first(self, width: int, height: int) -> list[Content]:
        """Return the lines from the last entry shown on, downwards to earlier ones."""
        lines, index = self._downwards(min(self._bottom, self.total - 1), width, height)
        cut_cursor = bool(self._shown) and self._shown[-1][0] == self.cursor and len(lines) > height
        if cut_cursor or (index < 0 and len(lines) < height and self._bottom < self.total - 1):
            self._bottom = self._last_whole(max(index + 1, 0), width, height)
            lines, _ = self._downwards(self._bottom, width, height)
        return lines[:height]

    def _downwards(self, index: int, width: int, height: int) -> tuple[list[Content], int]:
        """The lines from an entry on to earlier ones until there is no more room, and the index of the next one."""
        lines: list[Content] = []
        self._shown = []
        while index >= 0 and len(lines) < height and (entry := self._entry(index)) is not None:
            before = len(lines)
            lines += self._lines_of(index, entry, width)
            self._shown.append((index, min(len(lines), height) - before))
            index -= 1
        return lines, index

    def _last_whole(self, index: int, width: int, height: int) -> int:
        """The index of the last entry that can be shown whole above this one, with the latest on top."""
        room, last = height, index
        while index < self.total and (entry := self._entry(index)) is not None:
            room -= len(self._lines_of(index, entry, width))
            if room < 0:
                break
            last = index
            index += 1
        return last

    def _lines_of(self, index: int, entry: Entry, width: int) -> list[Content]:
        assert self.view is not None
        day = self._drawn.day(entry)
        beside = self._entry(index + 1 if self.newest_first else index - 1)
        above = self._drawn.day(beside) if beside else times.day(self.view.now, self._drawn.zones.first)
        selected = index == self.cursor and self.has_focus
        return self._drawn.lines(entry, width, new_day="" if above == day else day, selected=selected)
