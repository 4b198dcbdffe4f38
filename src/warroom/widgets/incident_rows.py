"""The list of all incidents in columns, their headings, and all about the selected one below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from textual.content import Content

from warroom.model.listing import REFERENCE, Listed
from warroom.model.summary import IncidentSummary
from warroom.terminal.content import fit, safe_line, shortened
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.text.width import width as cells
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.clocks import STYLE
from warroom.widgets.columns import GAP, cell
from warroom.widgets.headline import SEVERITY_STYLE

_LABEL, _LEAST_LABEL = 24, 10
"""The most cells for what is due next; with less than the least, there is no column for it."""
_TITLE = 22
"""The cells that titles should have before another column is worth its room."""
_NARROW = 72
"""Below this width, a column says that an incident is open, not in which stage it is."""
_LONGEST = "23 h 59 min"
_MEASURED, _TITLE_MEASURED = 100, 200
"""Column widths follow from so many of the rows, and from so many characters of a title."""
_COLUMNS = (
    ("began", "began", 10), ("length", "lasted", 11), ("kept", "kept", 7), ("told", "told after", 11),
    ("post_mortem", "post-mortem", 11), ("items", "items", 10),
)  # fmt: skip
"""The columns that there may be no room for, the most needed first: the field, the heading, and the most cells."""
_FIELDS = ("state", "stage", *(field for field, _, _ in _COLUMNS))


class IncidentRow(Choice, frozen=True):
    """One incident in brief; what it shows is worked out once it comes into view."""

    brief: IncidentSummary | None = None


class IncidentRows(Choices):
    """Reference, severity, title, what is due next and in how long, and as many other columns as there is room for."""

    _due = _count = _tag = _longest = 0
    _widest: dict[str, int]
    """The cells of the longest text in each column; none for a column that is empty in every row."""
    _drawn: dict[tuple[str, int, bool], Content]

    def __init__(
        self, describe: Callable[[IncidentSummary], Listed], *, empty: str = "", id: str | None = None
    ) -> None:
        """`describe` says what the columns show of an incident now."""
        super().__init__(empty=empty, id=id)
        self._describe = describe
        self._drawn = {}
        self._widest = {}
        self._measured: dict[str, tuple[IncidentSummary, tuple[int, ...]]] = {}

    def measure(self, due: list[tuple[str, str]], tags: int) -> None:
        """Make room for what is due: pairs of a label and a countdown; `tags` are the cells of the longest severity."""
        self._due = max((cells(label) for label, _ in due), default=0)
        self._count = max((cells(countdown) for _, countdown in due), default=0)
        self._tag = tags

    def show(self, rows: list[Choice]) -> None:
        briefs = [row.brief for row in rows[:_MEASURED] if isinstance(row, IncidentRow) and row.brief]
        self._longest = max((cells(clean_line(brief.title[:_TITLE_MEASURED])) for brief in briefs), default=0)
        found = [self._measure(brief) for brief in briefs]
        self._widest = dict(zip(_FIELDS, map(max, zip(*found, strict=True)), strict=True)) if found else {}
        self._drawn = {}
        super().show(rows)

    def _measure(self, brief: IncidentSummary) -> tuple[int, ...]:
        known = self._measured.get(brief.id)
        if known is None or known[0] is not brief:
            shown = self._describe(brief)
            if not brief.over and " d" not in shown.length:  # it will need more room, before it is measured again
                shown = msgspec.structs.replace(shown, length=_LONGEST)
            known = self._measured[brief.id] = (brief, tuple(cells(getattr(shown, field)) for field in _FIELDS))
        return known[1]

    def describe_anew(self) -> None:
        """Draw every row again, because time has passed; otherwise only those are drawn that were not before."""
        self._drawn = {}
        self.redraw()

    def columns_at(self, width: int) -> list[tuple[str, str, int]]:
        """The columns there is room for, from left to right: field, heading, cells."""
        state = "state" if width < _NARROW else "stage"
        last = (state, state, max(self._widest.get(state, 0), len(state)))
        columns = [("id", "", REFERENCE), ("tag", "", max(self._tag, 4)), ("title", "incident", 0)]
        wanted = min(self._longest, _TITLE)
        left = width - 2 - REFERENCE - columns[1][2] - last[2] - 3 * len(GAP) - wanted
        if self._count:
            left -= self._count + len(GAP)
            label = min(max(self._due, len("due next")), _LABEL, left - len(GAP))
            if label >= min(self._due, _LEAST_LABEL):
                columns.append(("due", "due next", label))
                left -= label + len(GAP)
            columns.append(("countdown", "" if columns[-1][0] == "due" else "due", self._count))
        columns.append(last)
        for field, heading, most in _COLUMNS:
            room = min(max(self._widest.get(field, 0), len(heading)), most)
            if self._widest.get(field) and room + len(GAP) <= left:
                columns.append((field, heading, room))
                left -= room + len(GAP)
        title = max(min(self._longest, wanted + left), 1)
        columns[2] = ("title", "incident", max(title, len("incident")))
        return columns

    def heads(self, width: int) -> Content:
        """The line of headings."""
        names = [name.ljust(room)[:room] for _, name, room in self.columns_at(width)]
        return fit(Content.styled("  " + GAP.join(names).rstrip(), "$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, IncidentRow) or row.brief is None:
            return super().line(row, width, at_cursor=at_cursor)
        drawn = (row.id, width, at_cursor)
        if drawn not in self._drawn:
            self._drawn[drawn] = self._draw_incident(row.brief, width, at_cursor=at_cursor)
        return self._drawn[drawn]

    def _draw_incident(self, brief: IncidentSummary, width: int, *, at_cursor: bool) -> Content:
        shown = self._describe(brief)
        quiet = "$text-muted" if brief.over else ""
        urgent = STYLE[shown.urgency]
        styles = {"tag": SEVERITY_STYLE.get(brief.severity, ""), "due": urgent, "countdown": urgent, "title": quiet}
        parts = []
        for name, _, room in self.columns_at(width):
            text = brief.id if name == "id" else brief.title if name == "title" else getattr(shown, name)
            style = STYLE["late"] if name in shown.troubled else styles.get(name, "$text-muted")
            parts.append(cell(text, room, style, right=name == "countdown"))
        return fit(Content.assemble("▸ " if at_cursor else "  ", Content(GAP).join(parts)), width)


class IncidentDetails(LineWidget):
    """The selected incident: its title as far as there is room, and everything that the columns may leave out."""

    _text = ""
    _more: Sequence[str] = ()

    def show(self, text: str, more: Sequence[str]) -> None:
        """Show an incident's title, and the rest below it, of which the last parts are left out if they don't fit."""
        self._text, self._more = text, more
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self._text:
            return []
        lines = [""]
        for part in map(clean_line, self._more):
            joined = f"{lines[-1]} · {part}" if lines[-1] else part
            if cells(joined) <= width or not lines[-1]:
                lines[-1] = joined
            elif len(lines) < height - 1:
                lines.append(part)
            else:
                break
        rest = (safe_line(shortened(line, width), "$text-muted") for line in lines)
        return [safe_line(shortened(self._text, width)), *rest]
