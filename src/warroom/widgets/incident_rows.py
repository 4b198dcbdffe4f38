"""The list of all incidents in columns, their headings, and all about the selected one below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.message import Message

from warroom.model.drills import DRILL
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

_LABEL, _LEAST_LABEL = 24, 8
"""The most cells for what is due next; with less than the least, there is no column for it."""
_TITLE, _TITLE_SHARE = 20, 36
"""The cells, and the percentage of a row, that titles should have before another column is worth its room."""
_MOST_TITLE = 80
"""The most cells of the titles: one long one must not push the other columns away from all the others."""
_NARROW = 72
"""Below this width, a column says that an incident is open, not in which stage it is."""
_TITLE_MEASURED = 200
"""The room that a title needs follows from so many characters."""
_COLUMNS = (
    ("began", "began", 10), ("length", "lasted", 11), ("kept", "kept", 7), ("told", "told after", 11),
    ("post_mortem", "post-mortem", 11), ("items", "items", 10),
)  # fmt: skip
"""The columns that there may be no room for, the most needed first: the field, the heading, and the most cells."""
_FIELDS = ("tag", "state", "stage", "due", "countdown", *(field for field, _, _ in _COLUMNS))


class IncidentRow(Choice, frozen=True):
    """One incident in brief; what it shows is worked out once it comes into view."""

    brief: IncidentSummary | None = None


class IncidentRows(Choices):
    """Reference, severity, title, what is due next and in how long, and as many other columns as there is room for.

    A column is as wide as its longest text among the rows that were in view since the list was last shown, so that it
    gets wider while somebody scrolls, and never narrower.
    """

    class Measured(Message):
        """The columns have changed, so their headings have to be drawn again."""

    def __init__(
        self, describe: Callable[[IncidentSummary], Listed], *, empty: str = "", id: str | None = None
    ) -> None:
        """`describe` says what the columns show of an incident now."""
        super().__init__(empty=empty, id=id)
        self._describe = describe
        self._described: dict[str, Listed] = {}
        self._drawn: dict[tuple[str, int, bool], Content] = {}
        self._widest: dict[str, int] = {}
        """The cells of the longest text by field, `short` with what is due in few words; 0 for an empty column."""

    def show(self, rows: list[Choice]) -> None:
        self._widest = {}
        self._described, self._drawn = {}, {}
        super().show(rows)

    def describe_anew(self) -> None:
        """Draw every row again, because time has passed; otherwise only those are drawn that were not before."""
        self._described, self._drawn = {}, {}
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        self._keep_in_view(height)
        before = dict(self._widest)
        for row in self.rows[self._top : self._top + height]:
            if isinstance(row, IncidentRow) and row.brief is not None and row.id not in self._described:
                self._measure(row.brief)
        if self._widest != before:
            self._drawn = {}
            self.post_message(self.Measured())
        return super().draw(width, height)

    def _measure(self, brief: IncidentSummary) -> None:
        """Widen the columns to what they show of an incident."""
        shown = self._shown(brief)
        found = {field: cells(getattr(shown, field)) for field in _FIELDS}
        found["short"] = cells(_briefly(shown))
        found["title"] = cells(clean_line(brief.name[:_TITLE_MEASURED]))
        for field, room in found.items():
            self._widest[field] = max(self._widest.get(field, 0), room)

    def _shown(self, brief: IncidentSummary) -> Listed:
        """What the columns show of an incident, as it was when it last came into view."""
        if brief.id not in self._described:
            self._described[brief.id] = self._describe(brief)
        return self._described[brief.id]

    def columns_at(self, width: int) -> list[tuple[str, str, int]]:
        """The columns there is room for, from left to right: field, heading, cells."""
        widest = self._widest
        state = "state" if width < _NARROW else "stage"
        last = (state, state, max(widest.get(state, 0), len(state)))
        tag = ("tag", "", max(widest.get("tag", 0), 4))
        longest = min(widest.get("title", 0), _MOST_TITLE)
        title = min(longest, max(_TITLE, width * _TITLE_SHARE // 100))
        left = width - 2 - REFERENCE - tag[2] - last[2] - 3 * len(GAP) - title
        count, label = widest.get("countdown", 0), 0
        if count:
            left -= count + len(GAP)
            short = widest["short"]
            label = min(max(short, len("due next")), _LABEL, left - 1)
            label = label if label >= min(short, _LEAST_LABEL) else 0
            left -= label + 1 if label else 0
        more = []
        for field, heading, most in _COLUMNS:
            room = min(max(widest.get(field, 0), len(heading)), most)
            if widest.get(field) and room + len(GAP) <= left:
                more.append((field, heading, room))
                left -= room + len(GAP)
        extra = min(longest - title, left)
        title, left = title + extra, left - extra
        if label and min(widest["due"], _LABEL) <= label + left:
            label = max(label, min(widest["due"], _LABEL))
        return [
            ("id", "", REFERENCE),
            tag,
            ("title", "incident", max(title, len("incident"))),
            *([("due", "due next", label + 1 + count)] if label else [("countdown", "due", count)] if count else []),
            last,
            *more,
        ]

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
        shown = self._shown(brief)
        quiet = "$text-muted" if brief.over else ""
        urgent = STYLE[shown.urgency]
        styles = {"tag": SEVERITY_STYLE.get(brief.severity, ""), "countdown": urgent, "title": quiet}
        parts = []
        for name, _, room in self.columns_at(width):
            if name == "due":
                label = room - 1 - self._widest["countdown"]
                words = shown.due if cells(shown.due) <= label else _briefly(shown)
                left = cell(shown.countdown, room - 1 - label, urgent, right=True)
                parts.append(Content.assemble(cell(words, label, urgent), " ", left))
                continue
            text = brief.id if name == "id" else brief.name if name == "title" else getattr(shown, name)
            style = STYLE["late"] if name in shown.troubled else styles.get(name, "$text-muted")
            if name == "title" and brief.drill:
                mark = Content.styled(DRILL, "bold $text-error")
                parts.append(Content.assemble(mark, cell(text.removeprefix(DRILL), room - len(DRILL), style)))
                continue
            parts.append(cell(text, room, style, right=name == "countdown"))
        return fit(Content.assemble("▸ " if at_cursor else "  ", Content(GAP).join(parts)), width)


def _briefly(shown: Listed) -> str:
    """What is due next, in few words if there are such."""
    return shown.short or shown.due


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
