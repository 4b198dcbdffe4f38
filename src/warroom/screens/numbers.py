"""The screen of numbers over all incidents: is it getting better, which promises were broken, what comes back."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, get_args

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from warroom.actions import Where, footer
from warroom.documents.figure_incidents import Behind, behind
from warroom.documents.figure_page import figure_lines, stats_page
from warroom.documents.trend_words import figure_rows, headlines, of_drills
from warroom.model import times
from warroom.model.cases import Case, real
from warroom.model.figures import Report
from warroom.model.metrics import By, report_of
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.screens.read import ReadScreen
from warroom.store.errors import Busy, StoreError
from warroom.store.journal import Journal
from warroom.terminal.characters import charts
from warroom.terminal.content import shortened
from warroom.terminal.screens import CellScreen
from warroom.text.cleaning import clean_line
from warroom.text.width import shorten, width
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.figure_rows import Figure, FigureDetail, FigureRows, NumbersHead
from warroom.widgets.headline import SEVERITY_STYLE
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.workspace import Workspace

_PERIODS = {"30 days": 30, "90 days": 90, "year": 365, "all": None}
"""The days of each period, back from today."""
_BY: tuple[By, ...] = get_args(By)
_FRESH_MS = times.MINUTE
"""After this long everything is counted again, because time changes what is late."""
_LISTED = 500
"""The most incidents that are listed behind a figure."""
_TITLE = 40
"""The most cells of a figure's name above the list of its incidents."""
_VALUE, _SHORT_VALUE, _WIDE = 32, 12, 100
"""The most cells of what an incident adds to a figure, on a terminal as wide as that, and on others."""
_WORST = 3
"""The most incidents with broken promises that are named beside the figure."""
_PAGE = 80
"""The width of all figures as text, as `warroom stats` prints them."""


class NumbersScreen(CellScreen[None]):
    """Every figure is a row; below it, or beside it, what it is made of. The file is read in a thread of its own."""

    CSS_PATH = "numbers.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("numbers")
    PLACES: ClassVar[tuple[Where, ...]] = ("numbers",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._talk = Conversation()
        self._period, self._by = "90 days", _BY[0]
        self._measured: tuple[Case, ...] = ()
        """What is measured of every incident, drills among them."""
        self._cases: tuple[Case, ...] | None = None
        self._now = 0
        self._seq = -1
        self._reading = self._unreadable = False
        self._report: Report | None = None
        self._chosen: tuple[Case, ...] = ()
        self._charts = charts(workspace.env)

    def compose(self) -> ComposeResult:
        rows = FigureRows(id="figures")
        rows.charts = self._charts
        yield NumbersHead(rows)
        with Vertical(id="body"):
            yield rows
            yield FigureDetail(id="detail")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("numbers", "everywhere"))
        self.query_one(FigureRows).focus()
        self._show()
        self.beat()
        self.set_interval(1.0, self.beat)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show)

    # Reading

    def beat(self) -> None:
        """Once a second: count again if anything was written, or if that was a while ago."""
        self.page.save_again()
        if self._reading or not self.is_current:
            return
        now = self._workspace.now()
        try:
            self._workspace.journal.version()  # tells if the file was moved or replaced
            seq = self._workspace.journal.last_seq()
        except StoreError as error:
            self._failed(error)
            return
        if self._unreadable or seq != self._seq or not 0 <= now - self._now < _FRESH_MS:
            self._reading = True
            self.run_worker(lambda: self._read(seq, now), thread=True, group="numbers")

    def _read(self, seq: int, now: int) -> None:
        """Measure all incidents, in a thread, through a connection of its own."""
        workspace, app = self._workspace, self.app
        try:
            with Journal.open(workspace.database, now=workspace.now, create=False) as journal:
                found = workspace.cases(now, journal)
        except StoreError as error:
            app.call_from_thread(self._failed, error)
        else:
            app.call_from_thread(self._counted, found, seq, now)

    def _failed(self, error: StoreError) -> None:
        """Say that the file can't be read, unless that may be over in a moment; the next beat tries again."""
        self._reading = False
        if not isinstance(error, Busy) and not self._unreadable:
            self.page.say(str(error), failed=True)
            self._unreadable = True

    def _counted(self, found: tuple[Case, ...], seq: int, now: int) -> None:
        self._reading = False
        if self._unreadable:
            self._unreadable = False
            self.page.say("")
        self._measured, self._seq, self._now = found, seq, now
        self._cases = real(found)
        self._count()

    # What is shown

    @property
    def _since(self) -> int | None:
        """When the period begins (ms UTC): at the beginning of a day; None if everything counts."""
        days = _PERIODS[self._period]
        return None if days is None else times.parse_since(f"{days}d", self._now, self._workspace.tz)

    def _count(self) -> None:
        """Make the figures of the period."""
        if self._cases is not None:
            since = self._since
            self._chosen = tuple(case for case in self._cases if since is None or case.incident.began >= since)
            self._report = report_of(self._measured, self._now, self._workspace.tz, since=since, by=self._by)
        self._show()

    def _show(self) -> None:
        """Draw the figures; the cursor stays on its row."""
        if not self.is_mounted:
            return
        rows, tz = self.query_one(FigureRows), self._workspace.tz
        current = rows.current()
        if self._report is None:
            rows.empty = "Counting…"
        elif not self._cases:
            rows.empty = "No incident yet, so there are no numbers"
        elif not self._chosen:
            rows.empty = "No incident began in this period; p shows another"
        found: list[Choice] = []
        if self._report is not None and self._chosen:
            since = self._since
            if since is None:
                since = self._chosen[0].incident.began
            cells = max(rows.cells_of_course(rows.size.width), 1)
            figures = figure_rows(self._report, self._chosen, since, self._now, tz, cells)
            found = [Figure(row.id, row.name, row=row) for row in figures]
        if current is not None:
            rows.cursor = next((at for at, row in enumerate(found) if row.id == current.id), rows.cursor)
        rows.show(found)
        lines = [] if self._report is None else headlines(self._report) if self._chosen else of_drills(self._report)
        self.set_class(self._report is not None and self._report.drills is not None, "-drills")
        self.query_one(NumbersHead).show(self._heading(), self._scope(), lines)
        self._show_detail()

    def _heading(self) -> Content:
        narrow = self.size.width < 96
        parts = [Content.styled("Numbers", "bold $text-primary")]
        for key, names, chosen in (("p", tuple(_PERIODS), self._period), ("b", _BY, self._by)):
            shown = (chosen,) if narrow else names
            words = Content("  ").join(
                Content.styled(f" {name} ", "bold reverse" if name == chosen else "$text-muted") for name in shown
            )
            parts.append(
                Content.assemble(Content.styled(key, "bold $text-accent"), " by " if key == "b" else " ", words)
            )
        return Content("   ").join(parts)

    def _scope(self) -> str:
        """Since when incidents are counted, with what they are compared, and as of when."""
        if self._report is None or not self._cases:
            return ""
        tz, since = self._workspace.tz, self._since
        first = self._cases[0].incident.began
        if since is None:
            words = f"all incidents, the first of {times.day(first, tz)}"
        else:
            words = f"since {times.day(since, tz)}"
            words += ", compared with as many days before" if self._report.before else ", with none before to compare"
            if self._report.before and first > 2 * since - self._now:
                words += f" (on record since {times.day(first, tz)})"
        return f"as of {times.clock_zone(self._now, tz)} · {words}"

    @on(Choices.Moved)
    def _show_detail(self) -> None:
        detail, row = self.query_one(FigureDetail), self.query_one(FigureRows).current()
        if self._report is None or not isinstance(row, Figure) or row.row is None:
            detail.show([])
            return
        rows, series = self.query_one(FigureRows), row.row.series
        note = f"each bar at the right is {series.each}" if series and rows.cells_of_course(rows.size.width) else ""
        columns = max(detail.size.width, 20)
        lines = figure_lines(self._report, row.id, self._by, columns, self._charts.full, note)
        if row.id == "promises":
            lines[1:1] = [f"  {line}" for line in self._broken_promises()]
        detail.show(lines)

    def _broken_promises(self) -> list[str]:
        """The incidents in which the most promises were broken, the worst first."""
        found = behind(self._chosen, "promises", self._now, self._workspace.tz)
        broken = [one for one in found if any(promise.is_broken for promise in one.case.promises)]
        return [f"{clean_line(one.case.incident.title)}: {one.words}" for one in broken[:_WORST]]

    # What can be done

    def action_period(self) -> None:
        names = list(_PERIODS)
        self._period = names[(names.index(self._period) + 1) % len(names)]
        self._count()

    def action_group(self) -> None:
        self._by = _BY[(_BY.index(self._by) + 1) % len(_BY)]
        self._count()

    def action_text(self) -> None:
        if self._report is None or not self._chosen:
            self.page.say("There is nothing to read yet", mark="▸")
            return
        since = self._since
        day = "" if since is None else times.day(since, self._workspace.tz)
        text = stats_page(self._report, day, self._by, _PAGE, self._charts.full)
        self.app.push_screen(ReadScreen("", text, self.page.copy))

    def action_write(self) -> None:
        if self._report is None or not self._chosen:
            self.page.say("There is nothing to write yet", mark="▸")
            return
        from warroom.screens.writing import write_review

        self._talk.start(write_review(self.page, since=self._since, by=self._by))

    @on(Choices.Chosen, "#figures")
    def _chose(self, event: Choices.Chosen) -> None:
        self._talk.start(self._open_one(event.choice))

    async def _open_one(self, figure: Choice) -> None:
        """List the incidents behind a figure, and open the chosen one."""
        found = behind(self._chosen, figure.id, self._now, self._workspace.tz)
        more = f", the first {_LISTED} of {len(found)}" if len(found) > _LISTED else ""
        rows = self._rows_behind(found[:_LISTED])
        chosen = await self.page.pick(
            f"{shortened(figure.text, _TITLE)}{more}", rows, empty="No incident is behind this figure"
        )
        if chosen is not None:
            self.page.console.show_incident(chosen)

    def _rows_behind(self, found: list[Behind]) -> list[Choice]:
        """The incidents with value, day and reference; those left out below a line that says why."""
        most = _VALUE if self.size.width >= _WIDE else _SHORT_VALUE
        room = min(max((width(one.words) for one in found if not one.left_out), default=0), most)
        rows: list[Choice] = []
        reasons = Counter(one.words for one in found if one.left_out)
        told: set[str] = set()
        for one in found:
            if one.left_out and one.words not in told:
                told.add(one.words)
                rows.append(
                    Choice(f"left out: {one.words}", f"Left out: {one.words} ({reasons[one.words]:,})", heading=True)
                )
            incident = one.case.incident
            value = "" if one.left_out else shorten(one.words, room)
            day = times.day(incident.began, self._workspace.tz)
            front = f"{value}{' ' * (room - width(value))}  {day}  {incident.id}" if room else f"{day}  {incident.id}"
            about = f"{incident.id} · {day} · {'left out: ' if one.left_out else ''}{one.words}"
            tag = self._workspace.playbook.severity(incident.severity).tag
            style = SEVERITY_STYLE.get(incident.severity, "")
            rows.append(Choice(incident.id, incident.title, about=about, tag=tag, tag_style=style, front=front))
        return rows

    def action_back(self) -> None:
        self.dismiss(None)
