"""The composer: the fields of a message, and below them a live preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets.text_area import Selection

from warroom.actions import at, key_of
from warroom.messages.field import TO, Field
from warroom.terminal.content import safe_line
from warroom.terminal.line_widget import LineWidget
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.message_form import FieldArea, MessageForm
from warroom.widgets.message_preview import Note, Preview, Remarks

if TYPE_CHECKING:
    from warroom.messages.compose import Composed

_MOST_FIELDS = 15
_MOST_PICKS = 4


class Picks(Choices):
    """What was logged since the last update; space adds an entry to the message or removes it again."""

    BINDINGS = [
        Binding("space", "choose", "Pick", show=False),
        Binding("enter,tab", "screen.edit_fields", "Fields", show=False),
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

    It only holds and draws text; the screen composes the message from it and passes a `Composed` to `show`. The keys
    that act on the message only do so while the preview has the focus, so that nothing typed elsewhere can act on it.
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
        self._title = ("", "")
        self._just_opened = self._in_fields = False

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

    def open(
        self, kind: str, fields: tuple[Field, ...], values: dict[str, str], to: str, typed: Iterable[str] = ()
    ) -> None:
        """Open a kind of message, with these values (by field id) in its fields; the user typed those of `typed`."""
        to_field = Field(id=TO, label="To", hint="who it goes to", source=(), required=True, lines=1, bullets=False)
        self.kind, self._last, self._just_opened = kind, "", True
        self.fields = (*fields[: _MOST_FIELDS - 1], to_field)
        self.form.open(self.fields, {**values, TO: to}, typed)

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

    def show(self, composed: Composed, title: str, remarks: list[tuple[int, int]], notes: list[Note]) -> None:
        """Show the composed message, the spans to underline in it (start, end), and the notes below it."""
        self._retitle(title)
        self._say_keys()
        self.query_one(Preview).show(composed.text, remarks)
        self.query_one(Remarks).show(notes, self.form.width)

    def _retitle(self, title: str) -> None:
        """Show the title, and after it what the keys do now."""
        named = (title, self._mode())
        if named != self._title:
            self._title = named
            self.border_title = Content(" · ".join(filter(None, named)))

    def _say_keys(self) -> None:
        """Say in the remarks which key leads to theirs from where the focus is, or will be again."""
        first = key_of("leave", "field") if self.editing or self.picking or self._in_fields else ""
        self.query_one(Remarks).say_keys(first)

    def _mode(self) -> str:
        if self.editing:
            field = next((field for field in self.fields if field.id == self.form.area.field), None)
            return f"typing in {field.label}" if field else ""
        if self.picking:
            return "picking from the log"
        return "keys act on the message" if self.query_one(Preview).has_focus else ""

    def take_focus(self) -> None:
        """Take the focus: a message just opened in its first field worth changing, else where the focus was before.

        What was filled in is selected, so that typing replaces it; what the user typed is not.
        """
        if self._just_opened:
            self._just_opened = False
            self.form.edit(self.form.worth_changing())
        elif self._in_fields:
            self.edit()
        else:
            self.query_one(Preview).focus()

    def pick(self) -> bool:
        """Give the focus to the list of log entries to pick from; False if there is none."""
        picks = self.query_one(Picks)
        if picks.display:
            picks.focus()
        return bool(picks.display)

    def edit(self) -> None:
        """Go to the fields: to the one edited last, else the first one worth changing."""
        self.form.edit(self._last if self._last and not self.form.is_hidden(self._last) else self.form.worth_changing())

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
        self._retitle(self._title[0])
        self._say_keys()
        self._light_border()

    def on_descendant_blur(self) -> None:
        self._light_border()

    def _keep_last(self) -> None:
        self._in_fields = self.editing
        if self.editing:
            self._last = self.form.area.field
        else:  # text that stays selected would be replaced by the first key after coming back
            self.form.area.selection = Selection.cursor(self.form.area.selection.end)

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

    @property
    def picking(self) -> bool:
        """Whether the focus is in the list of log entries to pick from."""
        return self.query_one(Picks).has_focus

    @on(FieldArea.Done)
    def _go_on(self, event: FieldArea.Done) -> None:
        event.stop()
        if self.form.step(event.by):
            self._keep_last()
            self._retitle(self._title[0])
        elif event.by > 0:
            self.query_one(Preview).focus()
        else:
            self.pick()

    @on(MessageForm.Edited)
    def _edited(self, event: MessageForm.Edited) -> None:
        event.stop()
        self.post_message(self.Edited())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "do" or parameters == ("leave",) or self.query_one(Preview).has_focus

    def action_do(self, action: str) -> None:
        if action == "leave" and (self.editing or self.picking):
            self.query_one(Preview).focus()
        elif action == "edit":
            self.edit()
        else:
            self.post_message(self.ActionRequested(action))
