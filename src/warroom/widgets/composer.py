"""The composer: the fields of a message, and below them a live preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from warroom.actions import at
from warroom.messages.templates import TO, Field
from warroom.terminal.content import safe_line
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.message_form import FieldArea, MessageForm
from warroom.widgets.message_preview import Preview, Remarks

if TYPE_CHECKING:
    from warroom.messages.compose import Composed

_MOST_FIELDS = 10
_MOST_PICKS = 4


class Picks(Choices):
    """What was logged since the last update; space adds an entry to the message or removes it again."""

    BINDINGS = [
        Binding("space", "choose", "Pick", show=False),
        Binding("enter", "screen.edit_fields", "Fields", show=False),
    ]


class Heading(LineWidget):
    """The line above the list to pick from."""

    text = ""

    def show(self, text: str) -> None:
        """Show this text."""
        self.text = text
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        return [safe_line(self.text, "$text-muted")]


class Composer(Vertical):
    """Fields on top, the preview below: what is typed in a field shows in the message at once.

    It only holds and draws text; the screen composes the message from it and passes a `Composed` to `show`.
    """

    BINDINGS = [
        Binding(
            ",".join((action.key, *action.keys)),
            f"do('{action.id}')",
            action.label,
            show=False,
            id=f"compose.{action.id}",
        )
        for action in at("compose")
    ]

    class Edited(Message):
        """The text of a field changed."""

    class ActionRequested(Message):
        """A key was pressed for an action on the message; `action` is its id in the catalogue."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.fields: tuple[Field, ...] = ()
        self.kind = ""
        self._last = ""
        self._title = ""

    def compose(self) -> ComposeResult:
        yield Heading(id="since")
        yield Picks(id="picks")
        yield MessageForm()
        yield Preview(id="preview")
        yield Remarks(id="remarks")

    @property
    def form(self) -> MessageForm:
        """The fields."""
        return self.query_one(MessageForm)

    def open(self, kind: str, fields: tuple[Field, ...], values: dict[str, str], to: str) -> None:
        """Open a kind of message, with these values (by field id) in its fields."""
        to_field = Field(id=TO, label="To", hint="who it goes to", source=(), required=True, lines=1, bullets=False)
        self.kind = kind
        self.fields = (*fields[: _MOST_FIELDS - 1], to_field)
        self.form.open(self.fields, {**values, TO: to})

    def offer(self, since: str, rows: list[Choice]) -> None:
        """Offer log entries to pick from; without any, the list is hidden."""
        heading, picks = self.query_one(Heading), self.query_one(Picks)
        heading.display = picks.display = bool(rows)
        heading.show(since)
        picks.styles.height = min(len(rows), _MOST_PICKS)
        picks.cursor = 0
        picks.show(rows)

    def values(self) -> dict[str, str]:
        """Return the text of the fields by id; `to` is the recipients."""
        return self.form.values()

    def set_value(self, field: str, text: str) -> None:
        """Set the text of a field, as if it was typed."""
        self.form.set_value(field, text)

    def show(self, composed: Composed, title: str, remarks: list[tuple[int, int]], notes: list[str]) -> None:
        """Show the composed message, the spans to underline in it (start, end), and the notes below it."""
        if title != self._title:
            self._title = title
            self.border_title = Content(title)
        self.query_one(Preview).show(composed.text, remarks)
        self.query_one(Remarks).show(notes, self.form.width)

    def take_focus(self) -> None:
        """Take the focus: on the list to pick from, else the first required field that is empty, else the preview."""
        picks = self.query_one(Picks)
        if picks.display:
            picks.focus()
        elif gap := self.form.first_gap():
            self.form.edit(gap)
        else:
            self.query_one(Preview).focus()

    def last_field(self) -> FieldArea | None:
        """Return the text area, moved to the last edited field, else the first with several lines, else the first."""
        ids = [field.id for field in self.fields]
        if not ids:
            return None
        several = next((field.id for field in self.fields if field.lines > 2), ids[0])
        self.form.move_to(self._last if self._last in ids else several)
        return self.form.area

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._keep_last()
        self._light_border()

    def on_descendant_blur(self) -> None:
        self._light_border()

    def _keep_last(self) -> None:
        if self.editing:
            self._last = self.form.area.field

    def _light_border(self) -> None:
        """Highlight the border while the focus is inside; `:focus-within` would restyle all of it at every field."""
        focused = self.screen.focused
        active = focused is not None and self in focused.ancestors
        if active != self.has_class("-active"):
            self.set_class(active, "-active", update=False)
            self.app.stylesheet.update_nodes([self])

    @property
    def editing(self) -> bool:
        """Whether the focus is in a field."""
        return self.form.area.has_focus

    @on(FieldArea.Done)
    def _go_on(self, event: FieldArea.Done) -> None:
        event.stop()
        if self.form.step(event.by):
            self._keep_last()
        else:
            self.query_one(Preview).focus()

    @on(MessageForm.Edited)
    def _edited(self, event: MessageForm.Edited) -> None:
        event.stop()
        self.post_message(self.Edited())

    def action_do(self, action: str) -> None:
        if action == "leave" and self.editing:
            self.query_one(Preview).focus()
        elif action == "edit":
            if self.fields:
                self.form.edit(self.fields[0].id)
        else:
            self.post_message(self.ActionRequested(action))
