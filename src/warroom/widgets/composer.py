"""The composer: a message's fields, and beside them the message as it will read, live."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static, TextArea

from warroom.actions import scope
from warroom.messages.templates import TO, Field
from warroom.terminal.content import safe_line
from warroom.text.cleaning import clean
from warroom.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from warroom.messages.compose import Composed

_MOST_FIELDS = 10
_HIGHEST = 4


class FieldArea(TextArea):
    """One field: enter goes on to the next where the field is a single line; words come in as text only."""

    class Done(Message):
        """The field was left forwards (1) or backwards (-1)."""

        def __init__(self, area: FieldArea, by: int) -> None:
            super().__init__()
            self.area, self.by = area, by

    single = True
    field = ""
    _height = 1

    def grow(self) -> None:
        """Be as high as the words need, within reason; the message below needs the room."""
        height = min(max(self.wrapped_document.height, 1), _HIGHEST)
        if height != self._height:
            self._height = height
            self.styles.height = height

    _styled = False

    def render_lines(self, crop: Region) -> list[Strip]:
        # TextArea works its styles out anew at every drawing, which took most of the time to open the composer.
        if self._styled:
            return ScrollView.render_lines(self, crop)
        self._styled = True
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        self._styled = False
        super().notify_style_update()

    def on_resize(self) -> None:
        self.call_after_refresh(self.grow)

    async def _on_key(self, event: events.Key) -> None:
        forward = event.key == "tab" or (event.key in ("enter", "down") and self.single)
        back = event.key == "shift+tab" or (event.key == "up" and self.single)
        if forward or back:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(self, 1 if forward else -1))
            return
        if event.character and event.is_printable and clean(event.character) != event.character:
            event.prevent_default()
            event.stop()
            self.insert(clean(event.character))
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = clean(event.text)
        self.insert(" ".join(text.split("\n")) if self.single else text)


class FieldRow(Horizontal):
    """A label and its field."""

    def __init__(self, number: int) -> None:
        super().__init__(id=f"field-{number}")
        self.number = number

    def compose(self) -> ComposeResult:
        yield Static(Content(""), classes="label")
        yield FieldArea(soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)

    def pose(self, field: Field | None, value: str) -> None:
        """Ask for a field, or none."""
        self.display = field is not None
        if field is None:
            return
        label = Content.assemble(
            safe_line(field.label), Content.styled(" *" if field.required else "", "bold $text-warning")
        )
        self.query_one(".label", Static).update(label)
        area = self.query_one(FieldArea)
        area.field, area.single = field.id, field.lines <= 2
        area.placeholder = safe_line(field.hint)
        with area.prevent(TextArea.Changed):
            area.load_text(clean(value))
            area.move_cursor(area.document.end)
        area.grow()


class Picks(Choices):
    """What was logged since the last update, to pick from; space takes a line into the message or out of it."""

    BINDINGS = [
        Binding("space", "choose", "Pick", show=False),
        Binding("enter", "screen.edit_fields", "Fields", show=False),
    ]


class Preview(VerticalScroll, can_focus=True):
    """The message as it will go out; with the keys here, letters act on it."""

    def compose(self) -> ComposeResult:
        yield Static(Content(""), id="message")

    def show(self, text: str, remarks: Iterable[tuple[int, int]] = ()) -> None:
        """Show the text, with the spans remarked on underlined."""
        content = Content(clean(text))
        for start, end in remarks:
            content = content.stylize("underline bold $text-warning", start, end)
        self.query_one("#message", Static).update(content)


class Composer(Vertical):
    """Fields on top, the message below: typing in a field shows in the message at once.

    It holds words and draws them; what they mean is the screen's affair, which gives a `Composed` back to `show`.
    """

    BINDINGS = [
        Binding(
            ",".join((action.key, *action.keys)),
            f"do('{action.id}')",
            action.label,
            show=False,
            id=f"compose.{action.id}",
        )
        for action in scope("compose")
    ]

    class Edited(Message):
        """The words of a field changed."""

    class Asked(Message):
        """A key asked for something to be done with the message; `action` is the catalogue's id."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.fields: tuple[Field, ...] = ()
        self.kind = ""
        self._last = ""

    def compose(self) -> ComposeResult:
        yield Static(Content(""), id="since")
        yield Picks(id="picks")
        with Vertical(id="fields"):
            for number in range(_MOST_FIELDS):
                yield FieldRow(number)
        yield Preview(id="preview")
        yield Static(Content(""), id="remarks")

    def open(self, kind: str, fields: tuple[Field, ...], values: dict[str, str], to: str) -> None:
        """Offer a kind of message with these words in its fields."""
        to_field = Field(id=TO, label="To", hint="who it goes to", source=(), required=True, lines=1, bullets=False)
        self.kind = kind
        self.fields = (*fields[: _MOST_FIELDS - 1], to_field)
        values = {**values, TO: to}
        for number, row in enumerate(self.query(FieldRow)):
            field = self.fields[number] if number < len(self.fields) else None
            row.pose(field, values.get(field.id, "") if field else "")

    def offer(self, since: str, rows: list[Choice]) -> None:
        """Offer log entries to pick from; none hides the list."""
        heading, picks = self.query_one("#since", Static), self.query_one(Picks)
        heading.display = picks.display = bool(rows)
        heading.update(safe_line(since, "$text-muted"))
        picks.styles.height = min(len(rows), 4)
        picks.cursor = 0
        picks.show(rows)

    def values(self) -> dict[str, str]:
        """What stands in the fields, by id; `to` is whom it goes to."""
        return {
            area.field: area.text
            for row, area in zip(self.query(FieldRow), self.query(FieldArea), strict=True)
            if row.display
        }

    def set_value(self, field: str, text: str) -> None:
        """Put words into a field, as if typed."""
        for area in self.query(FieldArea):
            if area.field == field and area.parent is not None and area.parent.display:
                area.replace(clean(text), (0, 0), area.document.end)

    def show(self, composed: Composed, title: str, remarks: list[tuple[int, int]], notes: list[str]) -> None:
        """Show how the message reads now, and what is remarked on it."""
        self.border_title = Content(title)
        self.query_one(Preview).show(composed.text, remarks)
        below = self.query_one("#remarks", Static)
        below.update(Content("\n").join([safe_line(note, "$text-warning") for note in notes]))
        below.display = bool(notes)

    def start(self) -> None:
        """Take the keys: what to pick from, else the first field that lacks words, else the message."""
        picks = self.query_one(Picks)
        if picks.display:
            picks.focus()
            return
        for row, field in zip(self.query(FieldRow), self.fields, strict=False):
            area = row.query_one(FieldArea)
            if field.required and not area.text.strip():
                area.focus()
                return
        self.query_one(Preview).focus()

    def last_field(self) -> FieldArea | None:
        """The field last worked on, else the first that takes several lines, else the first."""
        areas = [row.query_one(FieldArea) for row in self.query(FieldRow) if row.display]
        return next(
            (area for area in areas if area.field == self._last),
            next((area for area in areas if not area.single), areas[0] if areas else None),
        )

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, FieldArea):
            self._last = event.widget.field
        self._light_border()

    def on_descendant_blur(self) -> None:
        self._light_border()

    def _light_border(self) -> None:
        """Show that the keys are here; `:focus-within` would restyle all that is inside at each step between fields."""
        focused = self.screen.focused
        active = focused is not None and self in focused.ancestors
        if active != self.has_class("-active"):
            self.set_class(active, "-active", update=False)
            self.app.stylesheet.update_nodes([self])

    @property
    def editing(self) -> bool:
        """Whether the keys go into a field."""
        return any(area.has_focus for area in self.query(FieldArea))

    @on(FieldArea.Done)
    def _go_on(self, event: FieldArea.Done) -> None:
        event.stop()
        rows = [row for row in self.query(FieldRow) if row.display]
        at = next((index for index, row in enumerate(rows) if row.query_one(FieldArea) is event.area), 0) + event.by
        if at >= len(rows):
            self.query_one(Preview).focus()
        elif at >= 0:
            rows[at].query_one(FieldArea).focus()

    @on(TextArea.Changed)
    def _edited(self, event: TextArea.Changed) -> None:
        event.stop()
        if isinstance(event.text_area, FieldArea):
            event.text_area.grow()
        self.post_message(self.Edited())

    def action_do(self, action: str) -> None:
        if action == "leave" and self.editing:
            self.query_one(Preview).focus()
        elif action == "edit":
            rows = [row for row in self.query(FieldRow) if row.display]
            if rows:
                rows[0].query_one(FieldArea).focus()
        else:
            self.post_message(self.Asked(action))
