"""A list to choose from: incidents, roles, facts, search results; its rows are drawn lines, not widgets."""

from __future__ import annotations

import msgspec
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from warroom.terminal.content import fit, highlighted, safe_line, shortened, spread
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean_line
from warroom.text.width import width as cells

_GAP = 2
_LEAST_RIGHT = 8
"""The least cells in which a text at the right is worth showing."""


class Choice(msgspec.Struct, frozen=True):
    """One row: its id, its text, and what is shown at the right; pressing `key` chooses it at once.

    `about` is shown for the row under the cursor, if the screen has a place for it. `tag` is a word in its own column
    in front of the text, in the style `tag_style`, and `front` is in front of that. A `heading` can't be chosen: it is
    a line between the rows above and those below.
    """

    id: str
    text: str
    right: str = ""
    key: str = ""
    about: str = ""
    tag: str = ""
    tag_style: str = ""
    style: str = ""
    front: str = ""
    heading: bool = False


class Choices(LineWidget, can_focus=True):
    """Rows with a cursor; enter, a click or the row's own key chooses. The cursor may be on no row: -1."""

    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "move(-100000)", "First", show=False),
        Binding("end", "move(100000)", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    class Moved(Message):
        """The cursor went to another row."""

    class Chosen(Message):
        """A row was chosen."""

        def __init__(self, choices: Choices, choice: Choice, *, by_key: bool = False) -> None:
            """`by_key` says that the row's own key was pressed."""
            super().__init__()
            self.choices, self.choice, self.by_key = choices, choice, by_key

        @property
        def control(self) -> Choices:
            """The list it was chosen from."""
            return self.choices

    class NothingChosen(Message):
        """Enter was pressed while the cursor was on no row, or enter is off."""

    class Typed(Message):
        """What was typed is the beginning of no row, so the keys are off."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self, rows: list[Choice] | None = None, *, empty: str = "", columns: bool = False, id: str | None = None
    ) -> None:
        """With `columns`, what is at the right starts in its own column, right beside the longest text."""
        super().__init__(id=id)
        self.rows = rows or []
        self.empty = empty
        self.columns = columns
        self.cursor = 0
        self.marked = ""
        """The id of the row that is the present value, shown with a mark."""
        self.minds_words = False
        """Whether what is typed goes to the row that begins so, and turns all keys off if none does."""
        self.keys_off = False
        """Whether neither enter nor the key of a row chooses anything, until the cursor is moved."""
        self._typed = ""
        self._top = self._column = 0

    def go_to_top(self) -> None:
        """Select the first row of those that are shown next, as in a new order."""
        self.cursor = self._top = 0
        self.rows = []

    def show(self, rows: list[Choice]) -> None:
        """Show these rows instead of the previous ones."""
        self.rows = rows
        self.cursor = min(self.cursor, max(len(rows) - 1, 0))
        self.redraw()

    def current(self) -> Choice | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def action_move(self, by: int) -> None:
        self.keys_off, self._typed = False, ""
        self.cursor = min(max(self.cursor + by, 0), max(len(self.rows) - 1, 0))
        self.pass_headings(1 if by > 0 else -1)
        self.redraw()
        self.post_message(self.Moved())

    def pass_headings(self, step: int = 1) -> None:
        """Move on while the cursor is on a heading, and back if nothing but headings follows."""
        for by in (step, -step):
            while 0 <= self.cursor < len(self.rows) and self.rows[self.cursor].heading:
                self.cursor += by
            if 0 <= self.cursor < len(self.rows):
                return
            self.cursor = min(max(self.cursor, 0), max(len(self.rows) - 1, 0))

    def action_page(self, direction: int) -> None:
        self.action_move(direction * max(self.size.height - 1, 1))

    def follow_key(self, key: str) -> bool:
        """Move as this key would, for a field above the list that has the focus; False if it moves nothing here."""
        if key in ("up", "down"):
            self.action_move(-1 if key == "up" else 1)
        elif key in ("pageup", "pagedown"):
            self.action_page(-1 if key == "pageup" else 1)
        else:
            return False
        return True

    def action_choose(self) -> None:
        choice = None if self.keys_off else self.current()
        self.post_message(self.Chosen(self, choice) if choice else self.NothingChosen())

    def on_key(self, event: events.Key) -> None:
        for index, row in enumerate(self.rows):
            if row.key and row.key == event.character and not self._typed:
                event.stop()
                event.prevent_default()
                self.cursor = index
                self.redraw()
                self.post_message(self.Chosen(self, row, by_key=True))
                return
        if self.minds_words and event.character and event.is_printable and event.character != "?":
            self._type(event.character)

    def _type(self, character: str) -> None:
        """Go to the row that begins with what is typed; without one, it was meant for something else."""
        self._typed += character
        begun = self._typed.casefold()
        at = next((at for at, row in enumerate(self.rows) if row.text.casefold().startswith(begun)), None)
        self.keys_off = at is None or self.rows[at].heading
        if at is not None and not self.keys_off:
            self.cursor = at
            self.redraw()
            self.post_message(self.Moved())
        else:
            self.post_message(self.Typed(self._typed))

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.get_content_offset_capture(self).y
        if at < len(self.rows) and not self.rows[at].heading:
            self.cursor, self.keys_off, self._typed = at, False, ""
            self.redraw()
            self.action_choose()

    def draw(self, width: int, height: int) -> list[Content]:
        if not self.rows:
            return [Content.styled(self.empty, "$text-muted")]
        self._keep_in_view(height)
        if self.columns:
            self._column = self._column_beside(self._lefts(), width)
        lines = []
        for index, row in enumerate(self.rows[self._top : self._top + height], self._top):
            line = self.line(row, width, at_cursor=index == self.cursor)
            if index == self.cursor and self.has_focus:
                line = highlighted(line, width)
            lines.append(line)
        return lines

    def _lefts(self) -> dict[str, int]:
        """The cells that each row takes without what is at the right, by its id."""
        return {row.id: self._left(row, at_cursor=False).cell_length for row in self.rows if not row.heading}

    def _column_beside(self, lefts: dict[str, int], width: int) -> int:
        """Where what is at the right begins: beside the longest text."""
        return min(max(lefts.values(), default=0) + _GAP, width)

    def hidden(self, width: int) -> dict[str, str]:
        """What the rows don't show all of, in columns of this width, by their ids: text, what is at the right, both."""
        lefts = self._lefts()
        column, found = self._column_beside(lefts, width), {}
        for row in self.rows:
            right = cells(clean_line(row.right))
            parts = (
                row.text if lefts.get(row.id, 0) > width else "",
                row.right if column + right > width or (right and width - column < _LEAST_RIGHT) else "",
            )
            if not row.heading and any(parts):
                found[row.id] = " · ".join(filter(None, parts))
        return found

    def _keep_in_view(self, height: int) -> None:
        """Scroll to the cursor, and so far back that no row is above the view while there is room below."""
        top = min(self._top, max(len(self.rows) - height, 0))
        self._top = max(min(max(top, self.cursor - height + 1), self.cursor), 0)
        if 0 < self._top == self.cursor and height > 1 and self.rows[self.cursor - 1].heading:
            self._top -= 1

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        """Return one row as a line, before it is highlighted."""
        left = self._left(row, at_cursor=at_cursor)
        if row.heading:
            return Content.styled(f"  ── {clean_line(row.text)} {'─' * width}", "$text-muted")[: width - 2]
        if self.columns:
            return self._beside(left, row.right, self._column, width)
        return self._apart(left, row, width)

    def _left(self, row: Choice, *, at_cursor: bool) -> Content:
        """Draw all but what is at the right."""
        chosen = bool(self.marked) and row.id == self.marked
        return Content.assemble(
            "▸ " if at_cursor else "  ",
            Content.styled(row.key, "bold $text-accent"),
            Content.styled("● " if chosen else "  " if row.key or self.marked else "", "bold $text-success"),
            safe_line(row.front, "$text-muted"),
            "  " if row.front else "",
            Content.styled(row.tag, f"{row.tag_style} reverse" if chosen else row.tag_style),
            "  " if row.tag else "",
            safe_line(row.text, row.style),
        )

    def _beside(self, left: Content, right: str, column: int, width: int) -> Content:
        """Put the right text into its column; without enough room for it, leave it out rather than cut both."""
        room = width - column
        if room < _LEAST_RIGHT:
            return fit(left, width)
        right = shortened(right, room)
        return Content.assemble(left, " " * (column - left.cell_length), safe_line(right, "$text-muted"))

    def _apart(self, left: Content, row: Choice, width: int) -> Content:
        """Put the right text at the right edge; if there is no room for both, each is shortened."""
        right = safe_line(row.right, "$text-muted")
        if left.cell_length + right.cell_length >= width:
            right = safe_line(shortened(row.right, max(width * 2 // 5, 1)), "$text-muted")
            if (over := left.cell_length + right.cell_length + 1 - width) > 0:
                text = safe_line(row.text)
                short = shortened(row.text, max(text.cell_length - over, 1))
                left = Content.assemble(left[: len(left) - len(text)], safe_line(short, row.style))
        return spread(left, right, width)
