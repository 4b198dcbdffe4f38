"""Answers that are suggested above the line for questions while somebody types, to take with a key."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.content import Content

from warroom.terminal.content import fit, highlighted, safe_line, spread
from warroom.terminal.line_widget import LineWidget


class Suggestion(msgspec.Struct, frozen=True):
    """An answer that is offered while one types: what goes into the line, and what is shown beside its first words.

    One that is not `named` by what is typed has to be chosen with an arrow key before any other key takes it.
    """

    answer: str
    shown: str
    about: str = ""
    named: bool = True


_NOBODY = "Nobody who is known has these words; enter takes what you typed"
_NOTHING_TYPED = "Type part of a name, a role, a team or a system to find somebody"
_SUGGESTED, _FEW_SUGGESTED, _HIGH = 5, 3, 30
"""The rows of answers suggested, those on a low terminal, and the rows from which on one is not low."""


class Suggestions(LineWidget):
    """Answers to take with a key, above the line; there while a question that has some is asked, and of one height."""

    DEFAULT_CSS = "Suggestions { display: none; height: 3; padding: 0 1; }"

    rows: Sequence[Suggestion] = ()
    cursor = 0
    _typed = ""
    _untouched = False
    chosen = False
    """Whether an arrow key has chosen the row of the cursor, with which enter answers then."""

    def show(self, rows: Sequence[Suggestion] | None, typed: str, *, untouched: bool = False) -> None:
        """Suggest these answers for what is typed; None for a question that has none.

        `untouched` means that nobody has typed it: the line is empty, or has what it began with.
        """
        if rows is None and not self.rows and not self.display:
            return
        self.rows, self.cursor, self.chosen = rows or (), 0, False
        self._typed, self._untouched = typed, untouched
        if rows is not None and not self.display:
            self.styles.height = _SUGGESTED if self.app.size.height >= _HIGH else _FEW_SUGGESTED
        self.display = rows is not None
        self.redraw()

    @property
    def to_take(self) -> Suggestion | None:
        """The answer that tab takes; None if there is none, or one has to be chosen first."""
        row = self.rows[self.cursor] if self.rows else None
        return row if row is not None and (row.named or self.chosen) else None

    def move(self, by: int) -> None:
        """Choose another answer, or with the key up from the first one none again."""
        if self.chosen and self.cursor + by < 0:
            self.chosen = False
        else:
            self.cursor = min(max(self.cursor + by, 0), len(self.rows) - 1) if self.chosen else 0
            self.chosen = by > 0 or self.chosen
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self.rows:
            return [Content.styled(_NOTHING_TYPED if self._untouched else _NOBODY, "$text-muted")]
        lines = []
        top = max(self.cursor - height + 1, 0)
        for at, row in enumerate(self.rows[top : top + height], top):
            here = at == self.cursor
            mark = "▸ " if here and self.to_take is not None else "  "
            line = Content.assemble(
                mark, safe_line(row.shown, "bold" if here else ""), "  ", safe_line(row.about, "$text-muted")
            )
            if here and row.answer != self._typed:
                key = "enter takes" if self.chosen else "tab takes" if row.named else "↓ chooses"
                line = spread(line, Content.styled(key, "$text-muted"), width)
            lines.append(highlighted(line, width) if here and self.chosen else fit(line, width))
        return lines
