"""The live timeline: any number of entries, but only about a screenful is read and wrapped at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.timer import Timer

from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.kinds.redaction import Redacted
from warroom.model.snapshot import Snapshot
from warroom.store.errors import StoreError
from warroom.store.filtered import Filter, FilteredTimeline
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.timeline_blocks import Blocks, Zones, promises
from warroom.widgets.timeline_layout import TimelineLayout
from warroom.widgets.timeline_lines import Source, TimelineLines

LOCAL, IN_UTC, BOTH = "local", "utc", "both"
"""The zones to choose from, besides any IANA name."""
_NEXT_SLICE_S = 0.005
"""How long to leave to keys before more lines are looked through for a filter."""


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
        self._reader = TimelineLines(source, filtered)
        self._looking: Timer | None = None
        self.newest_first = False
        self.zone = LOCAL
        self._drawn = Blocks()
        self.view: Snapshot | None = None
        self.cursor = 0
        self._new = 0
        """How many entries were added below the last one shown, since it was the last of all."""
        self._asked_about = False
        """Whether a question is being asked about the selected line, which then stays in view without the focus."""
        self._failed = False
        """Whether the last reading failed."""
        self._in_view = TimelineLayout(self._entry, self._rows_of)
        self._screenful = 20
        """How many lines are read in front of one that is needed, and behind it."""

    @property
    def only(self) -> Filter:
        """What is shown; without a filter, everything."""
        return self._reader.only

    @property
    def total(self) -> int:
        """How many lines are shown."""
        return self._reader.total

    def show(self, view: Snapshot, *, changed: bool) -> None:
        """Show a new snapshot; `changed` if entries may have been added."""
        before, self.view, reader = self.view, view, self._reader
        self._drawn.view, self._drawn.zones = view, self._zones(view)
        if not changed:
            return
        if before is not None and before.incident.id != view.incident.id:
            reader.clear()
            reader.use(Filter())
            self._drawn.clear()
            reader.total = self.cursor = self._in_view.bottom = self._new = 0
        following, end_in_view = self.cursor >= self.total - 1, self._in_view.bottom >= self.total - 1
        selected = reader.loaded(self.cursor)
        try:
            moved = before is None or before.incident.replaced != view.incident.replaced
            if before is not None and len(before.incident.all(Redacted)) != len(view.incident.all(Redacted)):
                self._drawn.clear()
                moved = True
            total = reader.count(view.incident, anew=moved)
            at = reader.position(view.incident, selected) if selected and not following else self.cursor
        except StoreError as error:
            self._report(error)
            if not self.total:
                self.redraw()  # what another incident's timeline showed must not stay
            return
        added, reader.total = total - self.total, total
        if following:
            self.cursor = self._in_view.bottom = max(self.total - 1, 0)
        elif end_in_view:
            self.cursor, self._in_view.bottom = at, self.total - 1
        else:
            self.cursor, self._in_view.bottom = at, self._in_view.bottom + at - self.cursor
        self.redraw()
        self._keep_selected_in_view()
        self._new += max(added, 0) if not self.only else 0
        self._look_further()
        self._update_title(view)  # which counts none as new where the last one is shown

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
        if self._in_view.bottom >= self.total - 1:
            self._new = 0
        arrow = "↑" if self.newest_first else "↓"
        new = f" · {self._new} new {arrow}" if self._new else ""
        order = " · newest first" if self.newest_first else ""
        if day := self._day_in_view(view):
            now = f" · {day}"
        else:
            now = "" if self.only else f" · {self._drawn.zones.now(view.now)}"
        self.set_title(f"Timeline · {self._reader.counted(view, self._drawn.zones.first)}{order}{now}{new}")

    def _day_in_view(self, view: Snapshot) -> str:
        """The day and the zone of what is shown, if that isn't today; "" if it is, or if there is nothing."""
        entry = self._reader.loaded(self.cursor if self._shows_cursor else self._in_view.bottom)
        if entry is None or (day := self._drawn.day(entry)) == times.day(view.now, self._drawn.zones.first):
            return ""
        return f"{day} {times.zone_name(view.incident.shown(entry).at, self._drawn.zones.first)}"

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
                from zoneinfo import ZoneInfo  # few choose another zone

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
        self._reader.use(only)
        self._reader.clear()
        self._reader.total = self._in_view.bottom = 0
        self._in_view.shown = []
        if self.view is not None:
            self.show(self.view, changed=True)
            if selected is not None and self.total:
                self.go_to(selected)

    def _look_further(self) -> None:
        """Let a filter look through more lines soon, while there are any."""
        if not self._reader.is_complete and self._looking is None:
            self._looking = self.set_timer(_NEXT_SLICE_S, self._look_on)

    def _look_on(self) -> None:
        self._looking = None
        if self.view is None or not self.only:
            return
        try:
            self._reader.advance(self.view.incident)
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
            self.cursor = self._reader.position_at(self.view.incident, at)
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
        try:
            return self._reader.beside(self.view.incident, at)
        except StoreError as error:
            self._report(error)
            return None, None

    def labels(self) -> set[str]:
        """The kinds of the lines that were read last, as the timeline calls them."""
        return self._reader.labels(self.view.incident) if self.view is not None else set()

    def ask_about(self, asked: bool) -> None:
        """Keep the selected line in view, and marked, while a question about it is asked elsewhere."""
        self._asked_about = asked
        self.redraw()
        self._keep_selected_in_view()

    @property
    def _shows_cursor(self) -> bool:
        return self.has_focus or self._asked_about

    def in_view(self) -> list[Entry]:
        """The entries that can be seen now; none where another pane covers this one."""
        if not self.region.area:
            return []
        found = (self._reader.loaded(index) for index, rows in self._in_view.shown if rows)
        return [entry for entry in found if entry is not None]

    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entry(self.cursor)

    def go_to(self, entry: Entry) -> None:
        """Select an entry."""
        if self.view is None:
            return
        try:
            self.cursor = self._reader.position(self.view.incident, entry)
        except StoreError as error:
            self._report(error)
            return
        self._scroll_to_cursor()

    def reveal(self, entry: Entry) -> None:
        """Make sure that an entry the user just wrote can be seen, unless a line of the timeline is being read."""
        shown = [
            self._reader.loaded(index)
            for index, _ in (self._in_view.shown[:1] if self.newest_first else self._in_view.shown[-1:])
        ]
        if not self._shows_cursor and not (shown and shown[0] is not None and shown[0].key == entry.key):
            self.go_to(entry)

    def action_move(self, by: int) -> None:
        by = -by if self.newest_first else by
        self.cursor = min(max(self.cursor + by, 0), max(self.total - 1, 0))
        self._scroll_to_cursor()

    def action_page(self, direction: int) -> None:
        self.action_move(direction * max(len(self._in_view.shown) - 1, 1))

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

    def _keep_selected_in_view(self) -> None:
        """Scroll to the selected line if the keys act on it, but it is above what is shown, or below."""
        view = self._in_view
        if self._shows_cursor and view.shown and not view.first <= self.cursor <= view.bottom:
            self._scroll_to_cursor()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.action_move(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.action_move(3)

    def on_click(self, event: events.Click) -> None:
        y = event.get_content_offset_capture(self).y
        for index, height in self._in_view.shown:
            if y < height:
                self.cursor = index
                self._scroll_to_cursor()
                if event.chain == 2:
                    self.post_message(self.Opened())
                return
            y -= height

    def _scroll_to_cursor(self) -> None:
        if self.cursor > self._in_view.bottom:
            self._in_view.bottom = self.cursor
        elif self._in_view.shown and self.cursor < self._in_view.first:
            if self.newest_first:
                self._in_view.bottom = self._in_view.last_whole(self.cursor, self.total, *self.size)
            else:
                self._in_view.from_entry(self.cursor, self.total, *self.size)
        self.redraw()
        if self.view is not None:
            self._update_title(self.view)

    def _entry(self, index: int) -> Entry | None:
        """Return an entry by its index in the timeline; reads two screenfuls at a time."""
        if self.view is None:
            return self._reader.loaded(index)
        try:
            return self._reader.read(self.view.incident, index, self._screenful)
        except StoreError as error:
            self._report(error)
            return None

    def _report(self, error: StoreError) -> None:
        self._failed = True
        self.post_message(self.Unreadable(str(error)))

    def draw(self, width: int, height: int) -> list[Content]:
        self._screenful = max(height, self._screenful)
        if self.view is None:
            return []
        if not self.total:
            words = "No line is like that; esc shows all" if self.only else "Nothing logged yet"
            return [] if self._failed else [Content.styled(words, "$text-muted")]
        draw = self._in_view.latest_first if self.newest_first else self._in_view.earliest_first
        return draw(self.total, self.cursor, width, height)

    def _rows_of(self, index: int, entry: Entry, width: int) -> list[Content]:
        assert self.view is not None
        day = self._drawn.day(entry)
        beside = self._entry(index + 1 if self.newest_first else index - 1)
        above = self._drawn.day(beside) if beside else times.day(self.view.now, self._drawn.zones.first)
        selected = index == self.cursor and self._shows_cursor
        return self._drawn.lines(entry, width, new_day="" if above == day else day, selected=selected)
