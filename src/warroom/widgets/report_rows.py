"""The report of a drill as a list: what went well, what to do differently, and every check of each part."""

from __future__ import annotations

from textual.content import Content

from warroom.model.drill_report import NOT_DUE, Check, Report
from warroom.model.drills import DRILL
from warroom.terminal.content import fit, safe_line, shortened, spread, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice, Choices

_WIDE = 100
"""From this width on, the time on the clock is shown too."""
HELD, FAILED = "✓", "✗"


class CheckRow(Choice, frozen=True):
    """A check as a row of the list, and when it was."""

    check: Check | None = None
    moment: str = ""


def rows_of(report: Report) -> list[Choice]:
    """The rows of a report: the summary first, then each part below its heading."""
    rows: list[Choice] = []

    def add(name: str, checks: tuple[Check, ...]) -> None:
        for number, check in enumerate(checks):
            rows.append(CheckRow(f"{name}:{number}", check.text, check=check, moment=report.moment(check)))

    def head(name: str, text: str) -> None:
        rows.append(Choice(f"heading:{name}", text, heading=True))

    if report.went_well:
        head("well", "What went well")
        add("well", report.went_well)
    if report.differently:
        head("differently", "What to do differently")
        add("differently", report.differently)
    if report.not_due:
        head("not_due", "Not due yet when you ended the drill: counts neither way")
        rows += [Choice(f"not_due:{number}", one.text, about=NOT_DUE) for number, one in enumerate(report.not_due)]
    for part in report.parts:
        head(part.id, f"{part.title}: {part.words[:1].lower()}{part.words[1:].removesuffix('.')}")
        add(part.id, part.rows)
    return rows


class ReportRows(Choices):
    """Mark, moment and what happened, a line a check."""

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, CheckRow) or row.check is None:
            return super().line(row, width, at_cursor=at_cursor)
        held, wide = row.check.held, width >= _WIDE
        moments = [self._moment(one, wide=wide) for one in self.rows if isinstance(one, CheckRow)]
        room = max(map(len, moments), default=0)
        line = Content.assemble(
            "▸ " if at_cursor else "  ",
            Content.styled(f"{HELD if held else FAILED} ", "bold $text-success" if held else "bold $text-error"),
            Content.styled(self._moment(row, wide=wide).ljust(room), "$text-muted"),
            "  ",
            safe_line(row.text),
        )
        return fit(line, width)

    @staticmethod
    def _moment(row: CheckRow, *, wide: bool) -> str:
        """When it was; where there is little room, only since when the drill had gone on."""
        return row.moment if wide else row.moment.partition(" · ")[0]


class ReportHead(LineWidget):
    """What was practised, how it went in short, and the lesson."""

    def __init__(self, report: Report, state: str, compared: str) -> None:
        """`state` says how long it went on, `compared` how it went compared with the last run."""
        super().__init__(id="report-head")
        self._report, self._state, self._compared = report, state, compared

    def draw(self, width: int, height: int) -> list[Content]:
        report = self._report
        title = Content.assemble(
            Content.styled(f" {DRILL} ", "bold $text-error reverse"),
            Content.styled("  Report: ", "bold $text-primary"),
            safe_line(report.title, "bold"),
        )
        lines = [
            spread(title, Content.styled(report.words, "bold"), width),
            safe_line(self._state, "$text-muted"),
            *(safe_line(line) for line in wrapped(self._compared, width, 2)),
        ]
        lesson = f"Lesson: {clean_line(report.lesson)}"
        told = wrapped(lesson, width, 3) if height - len(lines) > 2 else [shortened(lesson, width)]
        return [*lines, *(safe_line(line, "italic") for line in told)][:height]


class CheckDetail(LineWidget):
    """All about the selected check: what happened, the words it is about, and what would have been better."""

    _row: Choice | None = None

    def show(self, row: Choice | None) -> None:
        """Show a check, or what there is to say about another row; None if the cursor is on none."""
        self._row = row
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not isinstance(self._row, CheckRow) or self._row.check is None:
            return [safe_line(line) for line in wrapped(self._row.about, width, height)] if self._row else []
        check = self._row.check
        lines = [safe_line(line) for line in wrapped(f"{self._row.moment}  {check.text}", width, 4)]
        if check.said:
            lines += [safe_line(line, "$text-muted") for line in wrapped(f"“{clean_line(check.said)}”", width, 3)]
        if check.why:
            lines += [safe_line(line) for line in wrapped(clean_line(check.why), width, 3)]
        if check.better:
            better = [safe_line(line, "bold") for line in wrapped(f"Better: {clean_line(check.better)}", width, 4)]
            lines = [*lines[: max(height - len(better), 1)], *better]
        return lines[:height]
