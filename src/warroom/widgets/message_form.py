"""The fields of a message as one drawn form, with a single text area that moves to the field being edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from warroom.messages.field import MOST_IN_FIELD, TO, Field
from warroom.terminal.content import fit, safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget
from warroom.text.cleaning import clean

STATUS = "status"
"""The id of the field that says what is being done now: what readers of a message look for first."""
_LEAST_LABEL, _WIDEST_LABEL = 18, 26
"""The least and the most cells of the column of labels; a label that needs more is shortened."""
_HIGHEST = 4
"""A field is at most this many lines high; the message below needs the room."""


class FieldArea(TextArea):
    """The field being edited: enter leaves it if it is a single line; input is taken as plain text."""

    class Done(Message):
        """The field was left: forwards (1) or backwards (-1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class TooLong(Message):
        """A paste was refused, as the field would have become too long; `length` is the length of the paste."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    single = True
    field = ""
    """The id of the field being edited."""

    def on_key(self, event: events.Key) -> None:
        forward = event.key == "tab" or (event.key in ("enter", "down") and self.single)
        back = event.key == "shift+tab" or (event.key == "up" and self.single)
        if forward or back:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(1 if forward else -1))
        elif event.character and event.is_printable and clean(event.character) != event.character:
            event.stop()
            event.prevent_default()
            self.insert(clean(event.character))

    def scroll_cursor_visible(self, *args: Any, **options: Any) -> Offset:
        # Undo changes the text before it moves the cursor: if the scroll bar goes in between, the cursor is below the
        # last line (Textual issue 6686), and there is nothing to scroll to yet.
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(*args, **options)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > MOST_IN_FIELD:
            self.post_message(self.TooLong(len(event.text)))
            return
        self.insert(" ".join(event.text.split("\n")) if self.single else event.text)


class _FieldState:
    """The state of a field while another one is being edited: its text, undo history and cursor."""

    def __init__(self, field: Field, text: str, history: Any, *, selected: bool = False) -> None:
        self.field, self.text, self.history = field, text, history
        lines = text.split("\n")
        end = len(lines) - 1, len(lines[-1])
        self.selection = Selection((0, 0), end) if selected else Selection.cursor(end)


class FormLines(LineWidget):
    """The drawn labels and texts of all fields; the form handles clicks on them."""

    def draw(self, width: int, height: int) -> list[Content]:
        form = self.parent
        assert isinstance(form, MessageForm)
        return form.lines(width)[form.top : form.top + height]

    def on_click(self, event: events.Click) -> None:
        form = self.parent
        assert isinstance(form, MessageForm)
        form.click(event.get_content_offset_capture(self))


class MessageForm(Vertical):
    """Fields with their labels; each keeps its own text, cursor, selection and undo history."""

    class Edited(Message):
        """The text of a field changed."""

    def __init__(self) -> None:
        super().__init__()
        self.area = FieldArea(soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
        self.top = 0
        """The first line shown, if not all of them fit."""
        self.active = 0
        """The index of the field being edited."""
        self._states: list[_FieldState] = []
        self._hidden: frozenset[str] = frozenset()
        self._offers: dict[str, str] = {}
        self._offered = ""
        """The text that the field being edited was offered to begin from; unchanged, it counts as empty."""
        self._label_width = _WIDEST_LABEL

    def compose(self) -> ComposeResult:
        yield FormLines()
        yield self.area

    def open(self, fields: tuple[Field, ...], values: dict[str, str], typed: Iterable[str] = ()) -> None:
        """Show these fields, filled with these values by id; the user typed those of the fields `typed`.

        What was filled in for the user is selected when the field is reached, so that typing replaces it. Recipients
        are not: whoever types there mostly adds one.
        """
        unselected = {*typed, TO}
        self._states = [
            _FieldState(
                field,
                clean(values.get(field.id, "")),
                replace(self.area.history),
                selected=field.id not in unselected,
            )
            for field in fields
        ]
        self.active, self.top, self._hidden, self._offers = 0, 0, frozenset(), {}
        widest = max(_label(field).cell_length for field in fields) + 1
        self._label_width = min(max(widest, _LEAST_LABEL), _WIDEST_LABEL)
        self.area.styles.margin = (0, 0, 0, self._label_width)
        self._load()
        self.lay_out()

    # Texts

    def values(self) -> dict[str, str]:
        """Return the text of the fields by id."""
        return {state.field.id: self._text(number) for number, state in enumerate(self._states)}

    def set_value(self, field: str, text: str) -> None:
        """Set the text of a field, as if it was typed: it can be undone."""
        number = self._number(field)
        if number is None:
            return
        before = self.active
        self._move_to(number)
        self.area.replace(clean(text), (0, 0), self.area.document.end)
        self._move_to(before)
        self.lay_out()

    def offer(self, field: str, text: str) -> None:
        """Offer a text for editing to whoever goes to a field, by id, that is empty; unchanged, it stays empty."""
        self._offers[field] = text
        if self.area.field == field and self.area.text == self._offered != text and self._offered:
            self._load()
            self.lay_out()

    def hide(self, fields: Iterable[str]) -> None:
        """Hide these fields, by id, until the next call; the one being edited stays, and all keep their texts."""
        hidden = frozenset(fields)
        if hidden != self._hidden:
            self._hidden = hidden
            if self.area.field in hidden and not self.area.has_focus:
                self.move_to(self.worth_changing())
            self.lay_out()

    def is_hidden(self, field: str) -> bool:
        """Whether this field, by id, is hidden, or would be if it was not the one being edited."""
        return field in self._hidden

    def _is_hidden(self, number: int) -> bool:
        return number != self.active and self._states[number].field.id in self._hidden

    def redact(self, change: Callable[[str], str]) -> bool:
        """Change the text of every field, which can't be undone; returns whether any is another one now."""
        changed = False
        for number, state in enumerate(self._states):
            text = self._text(number)
            state.history.clear()
            if (new := change(text)) != text:
                end = new.split("\n")
                state.text, state.selection = new, Selection.cursor((len(end) - 1, len(end[-1])))
                changed = True
                if number == self.active:
                    self._load()
        if changed:
            self.lay_out()
            self.post_message(self.Edited())
        return changed

    def worth_changing(self) -> str:
        """Return the id of the field to begin with: the first required one that is empty, else the current status."""
        ids = [state.field.id for state in self._states]
        gaps = (
            state.field.id
            for number, state in enumerate(self._states)
            if state.field.required and not self._text(number).strip() and not self._is_hidden(number)
        )
        return next(gaps, STATUS if STATUS in ids else ids[0])

    def _text(self, number: int) -> str:
        if number != self.active:
            return self._states[number].text
        return "" if self._offered and self.area.text == self._offered else self.area.text

    def _number(self, field: str) -> int | None:
        return next((number for number, state in enumerate(self._states) if state.field.id == field), None)

    # The field being edited

    def edit(self, field: str) -> None:
        """Move the text area to a field, and give it the focus."""
        number = self._number(field)
        if number is not None:
            self._move_to(number)
            self.lay_out()
            self.area.focus()

    def move_to(self, field: str) -> None:
        """Move the text area to a field, without giving it the focus."""
        number = self._number(field)
        if number is not None:
            self._move_to(number)
            self.lay_out()

    def step(self, by: int) -> bool:
        """Go to the next (1) or previous (-1) field; False at either end of the form."""
        number = self.active + by
        while 0 <= number < len(self._states) and self._is_hidden(number):
            number += by
        if not 0 <= number < len(self._states):
            return False
        self._move_to(number)
        self.lay_out()
        return True

    def click(self, at: Offset) -> None:
        """Edit the field at a position of the form, with the cursor on the character there."""
        y = at.y + self.top
        for number, height in enumerate(self._heights(self.width)):
            if y < height:
                self.edit(self._states[number].field.id)
                hidden = max(self.area.wrapped_document.height - height, 0)
                column = max(at.x - self._label_width, 0)
                self.area.move_cursor(self.area.wrapped_document.offset_to_location(Offset(column, y + hidden)))
                return
            y -= height

    def _move_to(self, number: int) -> None:
        if number == self.active:
            return
        state = self._states[self.active]
        state.text, state.selection = self._text(self.active), self.area.selection
        self.active = number
        self._load()

    def _load(self) -> None:
        """Load the active field into the text area."""
        state, area = self._states[self.active], self.area
        area.field, area.single = state.field.id, state.field.lines <= 2
        area.placeholder = safe_line(state.field.hint)
        self._offered = "" if state.text else self._offers.get(state.field.id, "")
        if self._offered:
            state.history.clear()  # it is about another text, and could not be applied to this one
        with area.prevent(TextArea.Changed):
            area.history = replace(area.history)  # `load_text` clears the area's history, which another field owns
            area.load_text(state.text or self._offered)
            area.history = state.history
            area.selection = Selection((0, 0), area.document.end) if self._offered else state.selection

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.lay_out()
        self.post_message(self.Edited())

    # Layout

    @property
    def width(self) -> int:
        """The width of a line in cells, or what it will be once the form is visible."""
        if self.size.width:
            return self.size.width
        gutters, pane = 0, self.parent
        while isinstance(pane, Widget) and not pane.size.width:
            gutters += pane.gutter.width
            pane = pane.parent
        return max((pane.size.width if isinstance(pane, Widget) else 0) - gutters, self._label_width + 2)

    def lay_out(self) -> None:
        """Make the form as high as its texts need, up to `_HIGHEST` lines a field, and move the area to its field."""
        if not self._states:
            return
        heights = self._heights(self.width)
        first, rows = sum(heights[: self.active]), heights[self.active]
        self._set_height(self, sum(heights) + self.gutter.height)
        room = min(self.size.height or sum(heights), sum(heights))
        self.top = min(max(self.top, first + rows - room), first)
        self.top = min(self.top, sum(heights) - room)
        self._set_height(self.area, rows)
        offset = (0, first - self.top)
        if self._offset != offset:
            self._offset = offset
            self.area.styles.offset = offset
        self.query_one(FormLines).redraw()

    _offset = (0, 0)

    def _set_height(self, widget: Vertical | FieldArea, height: int) -> None:
        now = widget.styles.height
        if now is None or now.value != height or not now.is_cells:
            widget.styles.height = height

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def _heights(self, width: int) -> list[int]:
        return [len(self._wrapped(number, width)) for number in range(len(self._states))]

    def _wrapped(self, number: int, width: int) -> list[str]:
        """Return the lines a field shows: its last ones, where the cursor starts; none if it is hidden."""
        if self._is_hidden(number):
            return []
        text = self.area.text if number == self.active else self._states[number].text
        return wrapped(text, width - self._label_width - 1)[-_HIGHEST:]

    def lines(self, width: int) -> list[Content]:
        """Draw all fields as lines: the label, and the text beside it."""
        lines = []
        for number, state in enumerate(self._states):
            field = state.field
            if self._is_hidden(number):
                continue
            label = _label(field, self._label_width - 1)
            empty = not (self.area.text if number == self.active else state.text)
            shown = [field.hint] if empty else self._wrapped(number, width)
            for row, text in enumerate(shown):
                left = label if row == 0 else Content("")
                room = width - self._label_width
                right = safe_line(shortened(text, room)) if empty else fit(safe_line(text), room)
                right = Content.assemble(right, " " * (room - right.cell_length))
                style = "italic $text-muted on $surface" if empty else "on $surface"
                pad = " " * (self._label_width - left.cell_length)
                lines.append(Content.assemble(left, pad, right.stylize_before(style)))
        return lines


def _label(field: Field, width: int = 1000) -> Content:
    """Return a field's label in at most `width` cells, with a star if the field is required."""
    star = " *" if field.required else ""
    text = safe_line(shortened(field.label, width - len(star)))
    return Content.assemble(text, Content.styled(star, "bold $text-warning")).stylize_before("$text-muted")
