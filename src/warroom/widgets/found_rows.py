"""The lines that a search has found, with the words marked, and where each is."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from textual.content import Content

from warroom.model.finding import Span
from warroom.terminal.content import fit, safe_line
from warroom.text.cleaning import clean_line
from warroom.text.width import width as cells
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import GAP, cell

_MARK = "bold underline $text-accent"
"""Words that were found are underlined, so that they stand out without colours too."""
_TITLE, _LEAST_TITLE, _KIND = 30, 14, 10
_TEXT = 24
"""The cells that texts should have, if they need them, before what stands in front has more than a little."""
_CURSOR = 2


class FoundLine(msgspec.Struct, frozen=True):
    """A line that was found: its time, its kind, its text with the marks in it, its incident, and what to add to it."""

    when: str
    kind: str
    text: str
    marks: tuple[Span, ...]
    tag: str = ""
    """The incident's reference and title; "" where only one incident is searched."""
    note: str = ""


class FoundRows(Choices):
    """Time, incident, kind and text; a line is worked out once it comes into view, and columns fit those in view."""

    _when = _tag = _kind = _text = 0

    def __init__(self, describe: Callable[[str], FoundLine], *, empty: str) -> None:
        """`describe` says what a row shows, by its id."""
        super().__init__(empty=empty)
        self._describe = describe
        self._known: dict[str, FoundLine] = {}

    def show(self, rows: list[Choice]) -> None:
        self._known = {}
        super().show(rows)

    def draw(self, width: int, height: int) -> list[Content]:
        self._keep_in_view(height)
        shown = self.rows[self._top : self._top + height]
        found = [self._found(row) for row in shown]
        self._when = max((cells(one.when) for one in found), default=0)
        self._tag = max((cells(clean_line(one.tag)) for one in found), default=0)
        self._kind = min(max((cells(one.kind) for one in found), default=0), _KIND)
        longest = max((cells(clean_line(one.text)) + cells(one.note) for one in found), default=0)
        self._text = min(longest, max(_TEXT, width * 2 // 5))
        return super().draw(width, height)

    def _found(self, row: Choice) -> FoundLine:
        found = self._known.get(row.id)
        if found is None:
            found = self._known[row.id] = self._describe(row.id)
        return found

    def _rooms(self, width: int) -> tuple[int, int]:
        """The cells for the incident and for the kind: what the longest texts in view leave, at least a little."""
        left = width - _CURSOR - self._when - len(GAP) - self._text
        least = min(self._tag, _LEAST_TITLE)
        tag = max(min(self._tag, _TITLE, left - len(GAP)), least)
        left -= tag + len(GAP) if tag else 0
        if self._kind + len(GAP) > left and tag - least >= self._kind + len(GAP) - left:
            tag -= self._kind + len(GAP) - left
            left = self._kind + len(GAP)
        return tag, self._kind if self._kind + len(GAP) <= left else 0

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        found = self._found(row)
        parts: list[Content | str] = ["▸ " if at_cursor else "  ", Content.styled(found.when, "$text-muted"), GAP]
        tag, kind = self._rooms(width)
        if tag:
            parts += [cell(found.tag, tag, "$text-secondary"), GAP]
        if kind:
            parts += [cell(found.kind, kind, "$text-muted"), GAP]
        text = safe_line(found.text)
        for start, end in found.marks:
            text = text.stylize(_MARK, start, end)
        note = safe_line(found.note, "$text-muted")
        front = Content.assemble(*parts)
        room = max(width - front.cell_length - cells(found.note), 1)
        return fit(Content.assemble(front, fit(text, room), note), width)
