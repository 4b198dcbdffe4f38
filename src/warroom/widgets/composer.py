"""The composer: a message's fields, and below them the message as it will read, live."""

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
    """What was logged since the last update, to pick from; space takes a line into the message or out of it."""

    BINDINGS = [
        Binding("space", "choose", "Pick", show=False),
        Binding("enter", "screen.edit_fields", "Fields", show=False),
    ]


class Heading(LineWidget):
    """One line of words above the list to pick from."""

    words = ""

    def show(self, words: str) -> None:
        """Show these words."""
        self.words = words
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        return [safe_line(self.words, "$text-muted")]


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
        for action in at("compose")
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
        """Offer a kind of message with these words in its fields."""
        to_field = Field(id=TO, label="To", hint="who it goes to", source=(), required=True, lines=1, bullets=False)
        self.kind = kind
        self.fields = (*fields[: _MOST_FIELDS - 1], to_field)
        self.form.open(self.fields, {**values, TO: to})

    def offer(self, since: str, rows: list[Choice]) -> None:
        """Offer log entries to pick from; none hides the list."""
        heading, picks = self.query_one(Heading), self.query_one(Picks)
        heading.display = picks.display = bool(rows)
        heading.show(since)
        picks.styles.height = min(len(rows), _MOST_PICKS)
        picks.cursor = 0
        picks.show(rows)

    def values(self) -> dict[str, str]:
        """What stands in the fields, by id; `to` is whom it goes to."""
        return self.form.values()

    def set_value(self, field: str, text: str) -> None:
        """Put words into a field, as if typed."""
        self.form.set_value(field, text)

    def show(self, composed: Composed, title: str, remarks: list[tuple[int, int]], notes: list[str]) -> None:
        """Show how the message reads now, and what is remarked on it."""
        if title != self._title:
            self._title = title
            self.border_title = Content(title)
        self.query_one(Preview).show(composed.text, remarks)
        self.query_one(Remarks).show(notes, self.form.width)

    def start(self) -> None:
        """Take the keys: what to pick from, else the first field that lacks words, else the message."""
        picks = self.query_one(Picks)
        if picks.display:
            picks.focus()
        elif gap := self.form.first_gap():
            self.form.edit(gap)
        else:
            self.query_one(Preview).focus()

    def last_field(self) -> FieldArea | None:
        """The live area, on the field last worked on, else the first that takes several lines, else the first."""
        ids = [field.id for field in self.fields]
        if not ids:
            return None
        several = next((field.id for field in self.fields if field.lines > 2), ids[0])
        self.form.turn_to(self._last if self._last in ids else several)
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
        """Show that the keys are here; `:focus-within` would restyle all that is inside at each step between fields."""
        focused = self.screen.focused
        active = focused is not None and self in focused.ancestors
        if active != self.has_class("-active"):
            self.set_class(active, "-active", update=False)
            self.app.stylesheet.update_nodes([self])

    @property
    def editing(self) -> bool:
        """Whether the keys go into a field."""
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
            self.post_message(self.Asked(action))
