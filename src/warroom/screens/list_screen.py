"""What the screens with a list of everything share: a line for questions below it, which also finds as one types."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult

from warroom.actions import Where, footer
from warroom.screens.conversation import Conversation
from warroom.screens.item_page import ItemPage
from warroom.terminal.screens import CellScreen
from warroom.widgets.choices import Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LogLine, Notice
from warroom.workspace import Workspace


class ListScreen(CellScreen[None]):
    """The base class; a screen has one list, `rows`, and shows it anew when somebody types what to find."""

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (30, "-high")]
    PLACES: ClassVar[tuple[Where, ...]] = ()
    FIND: ClassVar[str] = ""
    """The id of the question that finds."""

    def __init__(self, workspace: Workspace, drafts: str) -> None:
        """`drafts` is the name under which answers are saved that were typed and not submitted."""
        super().__init__()
        self.workspace = workspace
        self.page = ItemPage(self, drafts)
        self.conversation = Conversation(self._withdraw, self.page.step_begins)
        self._words = ""
        """What somebody looks for in the list; "" shows all."""

    def foot(self) -> ComposeResult:
        """What is at the bottom of all these screens: the notice, the line for questions, the keys."""
        yield Notice()
        yield LogLine(lambda text: False, self.workspace.now, self.workspace.tz)
        yield KeyBar()

    def on_mount(self) -> None:
        self.show_line(False)
        self.page.restore()
        self.rows.focus()
        self.reload()
        self.opened()
        self.set_interval(1.0, self.beat)

    def opened(self) -> None:
        """Go on after the list was shown for the first time."""

    def beat(self) -> None:
        """Once a second: show what others have written, and what time has changed; save what is being typed."""
        self.page.save_drafts()
        self.page.save_again()
        if self.is_current:
            self.keep_up()

    def keep_up(self) -> None:
        """Show what has changed within the last second."""
        self.reload()

    @property
    def rows(self) -> Choices:
        """The list."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read what the journal has now, and show it."""
        if self.page.reading(self.read):
            self.show_found()

    def read(self) -> bool:
        """Read what the journal has now, and return whether there is anything new to show. Raises StoreError."""
        raise NotImplementedError

    def show_found(self) -> None:
        """List what has the words; the cursor stays where it is, if that is still there."""
        raise NotImplementedError

    def show_details(self) -> None:
        """Show all of what the cursor is on."""
        raise NotImplementedError

    def save_drafts(self) -> None:
        """Save what was typed and not submitted."""
        self.page.save_drafts()

    def undo(self) -> None:
        """Take back what was done last here."""
        self.page.undo()

    def action_undo(self) -> None:
        if self.page.line.input.has_focus:
            self.page.say("Leave the line with esc first; then ctrl+z takes back the last thing you did", mark="▸")
        else:
            self.undo()

    # The line for questions

    def show_line(self, on: bool) -> None:
        """Show or hide the line for questions, and the keys that work where the user is then."""
        self.set_class(on, "-asking")
        self.query_one(KeyBar).show(footer("line") if on else footer(*self.PLACES, "everywhere"))

    def offer_words(self, incident: str) -> None:
        """Begin with what was looked for last, selected, so that typing replaces it; `incident` has the drafts."""
        line = self.page.line
        line.drafts = self.page.drafts_of(incident)
        line.drafts.pop(self.FIND, None)
        line.offer(self.FIND, self._words)

    def _withdraw(self) -> None:
        """Put the question away that nobody waits for any more; what was typed stays a draft."""
        self.page.line.withdraw()
        self._line_left()

    @on(LogLine.Left)
    def _line_left(self) -> None:
        self.show_line(False)
        self.show_details()
        self.rows.focus()

    @on(LogLine.Typed)
    def _typed(self, event: LogLine.Typed) -> None:
        if self.page.line.question.id == self.FIND and event.text.strip() != self._words:
            self._words = event.text.strip()
            self.rows.go_to_top()
            self.show_found()

    @on(Choices.Moved)
    def _moved(self) -> None:
        self.show_details()

    def on_key(self, event: events.Key) -> None:
        if self.page.line.input.has_focus and self.rows.follow_key(event.key):
            event.stop()
