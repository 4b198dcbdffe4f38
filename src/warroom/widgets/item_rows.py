"""The list of action items in columns, their headings, and all about the selected one below them."""

from __future__ import annotations

from textual.content import Content

from warroom.model.action_items import STATE_MARKS, ActionItem, days_until, due_in_words
from warroom.model.kinds.action_items import DONE, DROPPED
from warroom.terminal.content import fit, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.width import width as cells
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.clocks import STYLE
from warroom.widgets.columns import GAP, cell

_LONG_OWNER, _OWNER, _SHORT_OWNER = 24, 16, 10
"""The most cells of an owner, on a wide, an ordinary and a narrow terminal."""
_WITH_DATE, _WITH_ID, _WITH_TITLE, _WITH_LONG_OWNER = 96, 76, 112, 150
"""From this width on there is a column for it."""
_SOON_DAYS = 3
_NO_OWNER = "no owner"
_MEASURED = 200
"""Column widths follow from so many of the rows."""


class ItemRow(Choice, frozen=True):
    """One action item; `text` and `right` are its text and its incident's title, `own` marks the open incident's."""

    item: ActionItem | None = None
    own: bool = False


class ItemRows(Choices):
    """State, due, owner, text, id and incident; columns that there is no room for are left out."""

    today = ""
    """The present day, from which it follows what is late."""
    _when = _owner = _number = _text = _incident = 0
    _drawn: dict[tuple[str, int, bool], Content]

    def show(self, rows: list[Choice]) -> None:
        self._drawn = {}  # lines that were drawn, so that moving the cursor draws two lines only
        found = [row.item for row in rows[:_MEASURED] if isinstance(row, ItemRow) and row.item]
        self._when = max([3, *(cells(self._in_words(item)) for item in found)])
        self._owner = max([5, *(min(safe_line(item.owner or _NO_OWNER).cell_length, _LONG_OWNER) for item in found)])
        self._text = max([11, *(safe_line(item.text).cell_length for item in found)])
        self._incident = max([8, *(safe_line(item.name).cell_length for item in found)])
        self._number = max([2, *(cells(item.id) for item in found)])
        super().show(rows)

    def _in_words(self, item: ActionItem) -> str:
        return due_in_words(item, self.today) or ("no day" if item.is_open else item.state)

    def _due_style(self, item: ActionItem) -> str:
        if not (item.is_open and item.due):
            return "$text-muted"
        days = days_until(item.due, self.today)
        return STYLE["late"] if days < 0 else STYLE["soon"] if days <= _SOON_DAYS else ""

    def columns_at(self, width: int) -> tuple[int, int, int, int, int, int]:
        """The cells of each column: due in words, date, owner, text, id, title; 0 for those left out."""
        most = _LONG_OWNER if width >= _WITH_LONG_OWNER else _OWNER if width >= _WITH_ID else _SHORT_OWNER
        owner = min(self._owner, most)
        date = 10 if width >= _WITH_DATE else 0
        number = self._number if width >= _WITH_ID else 0
        taken = 4 + sum(room + len(GAP) for room in (self._when, date, owner, number) if room)
        left = width - taken
        title = min(max(left // 3, left - self._text - len(GAP)), self._incident) if width >= _WITH_TITLE else 0
        text = max(left - (title + len(GAP) if title else 0), 1)
        return (self._when, date, owner, text, number, title)

    def heads(self, width: int) -> Content:
        """The line of headings."""
        names = ("due", "", "owner", "action item", "id", "incident")
        parts = [
            name.ljust(room)[:room] + GAP for name, room in zip(names, self.columns_at(width), strict=True) if room
        ]
        return fit(Content.styled(" " * 4 + "".join(parts).rstrip(), "$text-muted"), width)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, ItemRow) or row.item is None:
            return super().line(row, width, at_cursor=at_cursor)
        drawn = (row.id, width, at_cursor)
        if drawn not in self._drawn:
            self._drawn[drawn] = self._draw_item(row, row.item, width, at_cursor=at_cursor)
        return self._drawn[drawn]

    def _draw_item(self, row: ItemRow, item: ActionItem, width: int, *, at_cursor: bool) -> Content:
        due = self._due_style(item)
        quiet = "" if item.is_open else "$text-muted"
        mark = "$text-success" if item.state == DONE else quiet or "$text-accent"
        cut = "strike" if item.state == DROPPED else ""
        texts = (
            (self._in_words(item), due),
            (item.due or "–", due),
            (item.owner or _NO_OWNER, quiet if item.owner else "$text-muted italic"),
            (item.text, f"{quiet} {cut}".strip()),
            (item.id, "$text-accent" if row.own else "$text-muted"),
            (item.name, "$text-muted"),
        )
        columns = zip(texts, self.columns_at(width), strict=True)
        parts = [cell(text, room, style) for (text, style), room in columns if room]
        front = Content.assemble("▸ " if at_cursor else "  ", Content.styled(f"{STATE_MARKS[item.state]} ", mark))
        return fit(Content.assemble(front, Content(GAP).join(parts)), width)


class ItemDetails(LineWidget):
    """The selected item: its text as far as there is room, and what the columns leave out."""

    _text = _more = ""

    def show(self, text: str, more: str) -> None:
        """Show an item's text, and the rest on one line."""
        self._text, self._more = text, more
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        lines = wrapped(self._text, width, height)
        if len(lines) > height - 1:
            lines = [*lines[: height - 2], shortened(" ".join(lines[height - 2 :]) + "…", width)]
        return [*map(safe_line, lines), safe_line(shortened(self._more, width), "$text-muted")]
