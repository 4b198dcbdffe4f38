"""The report of a drill on the screen: what to do differently first, and the log at the moment of each check."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from warroom.actions import Where, footer
from warroom.documents.drill_report import FIRST_RUN, lasted, unfinished
from warroom.drill_reports import Reported
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.screens.read import ReadScreen
from warroom.terminal.screens import CellScreen
from warroom.widgets.choices import Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.report_rows import CheckDetail, CheckRow, ReportHead, ReportRows, rows_of
from warroom.workspace import Workspace


class ReportScreen(CellScreen[None]):
    """A row a check; below it all about the selected one. The workspace may be of any journal: it has the templates."""

    CSS_PATH = "report.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("drill_report")
    PLACES: ClassVar[tuple[Where, ...]] = ("drill_report",)

    def __init__(self, workspace: Workspace, reported: Reported) -> None:
        super().__init__()
        self._workspace = workspace
        self.reported = reported
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._talk = Conversation()

    def compose(self) -> ComposeResult:
        report = self.reported.report
        state = unfinished(report) or f"Played {lasted(report)}"
        compared = FIRST_RUN if not report.earlier else self.reported.compared_words
        rows = ReportRows(rows_of(report), id="report")
        rows.pass_headings()
        yield ReportHead(report, state, compared)
        yield rows
        yield CheckDetail(id="report-detail")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("drill_report", "everywhere"))
        self.query_one(ReportRows).focus()
        self._show_detail()

    @on(Choices.Moved)
    def _show_detail(self) -> None:
        self.query_one(CheckDetail).show(self.query_one(ReportRows).current())

    @on(Choices.Chosen, "#report")
    def _chose(self, event: Choices.Chosen) -> None:
        row = event.choice
        if isinstance(row, CheckRow) and row.check is not None:
            self.app.push_screen(ReadScreen("", self.reported.log_around(row.check), self.page.copy))

    def action_text(self) -> None:
        text = "".join(self._workspace.drill_report("txt", self.reported.report))
        self.app.push_screen(ReadScreen("", text, self.page.copy))

    def action_write(self) -> None:
        self._talk.start(self._write())

    async def _write(self) -> None:
        from warroom.documents.registry import DRILL
        from warroom.screens.writing import write_document

        workspace, report = self._workspace, self.reported.report
        await write_document(self.page, DRILL, self.reported.run, lambda form: workspace.drill_report(form, report))

    def action_back(self) -> None:
        self.dismiss(None)
