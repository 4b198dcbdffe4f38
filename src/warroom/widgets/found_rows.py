"""The lines that a search has found, with the words marked, and where each is."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from textual.content import Content

from warroom.model.finding import Span
from warroom.terminal.content import fit, safe_line, shortened
from warroom.text.width import width as cells
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import GAP

_MARK = "bold underline $text-accent"
"""Words that were found are underlined, so that they stand out without colours too."""
_TITLE, _LEAST_TITLE, _WITH_KIND = 30, 12, 90


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
    """Time, incident, kind and text; a line is worked out once it comes into view."""

    def __init__(self, describe: Callable[[str], FoundLine], *, empty: str) -> None:
        """`describe` says what a row shows, by its id."""
        super().__init__(empty=empty)
        self._describe = describe
        self._known: dict[str, FoundLine] = {}

    def show(self, rows: list[Choice]) -> None:
        self._known = {}
        super().show(rows)

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        found = self._known.get(row.id)
        if found is None:
            found = self._known[row.id] = self._describe(row.id)
        parts: list[Content | str] = ["▸ " if at_cursor else "  ", Content.styled(found.when, "$text-muted"), GAP]
        if found.tag:
            room = min(max(width // 4, _LEAST_TITLE), _TITLE)
            tag = safe_line(shortened(found.tag, room), "$text-secondary")
            parts += [tag, " " * (room - tag.cell_length), GAP]
        if width >= _WITH_KIND:
            kind = safe_line(shortened(found.kind, 10), "$text-muted")
            parts += [kind, " " * (10 - kind.cell_length), GAP]
        text = safe_line(found.text)
        for start, end in found.marks:
            text = text.stylize(_MARK, start, end)
        note = safe_line(found.note, "$text-muted")
        front = Content.assemble(*parts)
        room = max(width - front.cell_length - cells(found.note), 1)
        return fit(Content.assemble(front, fit(text, room), note), width)
