"""The screen in which a timeline is pasted or read from a file; how it is understood is shown on the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.documents.log_json import is_log
from warroom.imports import decoded
from warroom.screens.ask import AskScreen
from warroom.screens.conversation import Conversation
from warroom.screens.incident.page import IncidentPage
from warroom.screens.keys import bindings
from warroom.screens.page import Page, say_on_top
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line, shortened
from warroom.text.counts import counted
from warroom.text.mistakes import Mistake
from warroom.timelines import plain
from warroom.widgets.choices import Choice
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.message_form import FieldArea

LONGEST = 50_000
"""The most characters that are edited here; a longer text is read whole, but not shown as text."""
_HINT = (
    "Paste a timeline: a chat, a list, a table, CSV or JSON. You then see how each line is understood; nothing is "
    "imported before you say so."
)


class PasteArea(FieldArea):
    """The text; the screen takes what is pasted, for it may be too long to be shown."""

    single = False

    class Pasted(Message):
        """A text was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    async def on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(event.text))


class TimelineTextScreen(Screen[None]):
    """Where a timeline comes in; opened from an incident, it is added to that one, else it becomes a new one."""

    CSS_PATH = "text.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline_text")
    PLACES: ClassVar[tuple[Where, ...]] = ("timeline_text",)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = Page(self, page.workspace)  # type: ignore[arg-type]
        incident = page.incident if isinstance(page, IncidentPage) else None
        self._ref, self._called = (incident.id, incident.name) if incident else ("", "")
        self._talk = Conversation()
        self._saved = ""

    def compose(self) -> ComposeResult:
        what = "Import a timeline "
        room = self.app.size.width - len(f"{what}to {self._ref} “”") - 2
        to = f"to {self._ref} “{shortened(self._called, room)}”" if self._ref else "as a new incident"
        yield Static(Content.assemble(Content.styled(what, "bold $text-primary"), safe_line(to)), id="title")
        yield Static(Content(_HINT), id="hint")
        yield PasteArea(soft_wrap=True, show_line_numbers=True, tab_behavior="focus", compact=True)
        yield Static(id="long")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("timeline_text"))  # ? would be typed into the text
        self.draft = TimelineDraft(self.page, self._ref, self._called)
        area = self.query_one(PasteArea)
        if len(self.draft.kept.text) <= LONGEST:
            area.load_text(self.draft.kept.text)
        if self.draft.kept.text:
            self.page.say("This is the timeline that you had here before; it is not imported yet", mark="▸")
        self._show_long()
        area.focus()
        self.set_interval(1.0, self.save_drafts)

    def save_drafts(self) -> None:
        """Save what was typed, so that it is back after a crash."""
        text = self.query_one(PasteArea).text
        if text or not self._is_long:
            self.draft.put(text, "" if text != self.draft.kept.text else self.draft.kept.name)
            self._show_long()
        self.page.save_again()

    def redact_words(self, change: Callable[[str], str]) -> None:
        """Change the text, also one that is too long to be shown."""
        self.draft.redact(change)
        self._show_long()

    @property
    def _is_long(self) -> bool:
        return len(self.draft.kept.text) > LONGEST

    def _show_long(self) -> None:
        """Say which text is there that is too long to show here."""
        kept, long = self.draft.kept, self.query_one("#long", Static)
        long.display = self._is_long
        if self._is_long:
            name = f"{kept.name}: " if kept.name else ""
            count = kept.text.count("\n") + 1
            long.update(
                safe_line(f"{name}{count:,} lines, too long to show here; ctrl+g shows how they are understood")
            )

    @on(PasteArea.Pasted)
    def _pasted(self, event: PasteArea.Pasted) -> None:
        """Take a paste; into the empty area, it is shown at once how it is understood."""
        area, text = self.query_one(PasteArea), plain(event.text)
        whole = not area.text.strip()
        if len(text) + len(area.text) > LONGEST:
            text = text if whole else f"{area.text.rstrip()}\n{text}"
            area.load_text("")
            whole = True
            self.draft.put(text)
            self._show_long()
        else:
            area.insert(text)
        if whole and "\n" in text.strip():
            self.action_read()

    def action_read(self) -> None:
        self._talk.start(self._show_reading())

    async def _show_reading(self) -> None:
        """Show how the text is understood."""
        self.save_drafts()
        text = self.draft.kept.text
        if not text.strip():
            self.page.say("There is nothing to read yet: paste a timeline, or ctrl+o reads a file", failed=True)
            return
        self.page.say("")
        data = text.encode(errors="replace")
        if is_log(data):
            await self._import_log(data)
            return
        from warroom.screens.timeline_import.reading import TimelineReadingScreen

        if await self.page.show(TimelineReadingScreen(self.page, self.draft)) == "file":
            await self._ask_file()

    async def _import_log(self, data: bytes) -> None:
        """Import an incident that a journal exported, exactly as it was, once the user says so."""
        from warroom.documents.log_json import read

        try:
            entries = read(data, self.draft.kept.name or "the text")
            rows = [Choice("import", "Import it, exactly as it was", key="i"), Choice("", "Leave it", key="n")]
            title = f"An incident that warroom exported, with {len(entries):,} entries"
            if await self.page.pick(title, rows) != "import":
                return
            new = self.page.workspace.journal.import_entries(entries)
        except (Mistake, StoreError) as error:
            self.page.say(str(error), failed=True)
            return
        self.draft.forget()
        self.page.console.show_incident(entries[0].incident)
        words = f"Imported: {new:,} of {len(entries):,} entries are new" if new else "Nothing new: it is here already"
        self.app.screen.call_after_refresh(say_on_top, self.app, words)  # its widgets are there by then

    def action_file(self) -> None:
        self._talk.start(self._ask_file())

    async def _ask_file(self) -> None:
        self.save_drafts()
        kept = self.draft.kept
        if kept.text.strip() and (kept.corrections or not kept.name):
            count = len(kept.corrections)
            lines = f" with {counted(count, 'corrected line')}" if count else ""
            rows = [
                Choice("keep", "Keep it", key="k"),
                Choice("file", "Read a file instead of it", "the text is gone then", key="r"),
            ]
            if await self.page.pick(f"There is a text here{lines}", rows) != "file":
                return
        answer = await self.page.show(
            AskScreen(self.page, "timeline file", "Read which file?", placeholder="timeline.md", take=self._take_file)
        )
        if answer is not None:
            await self._show_reading()

    def _take_file(self, typed: str) -> str:
        """Read a file; returns why it can't be read, "" if it can."""
        from warroom.documents.saving import expanded
        from warroom.imports import MAX_BYTES
        from warroom.text.files import read_bytes

        if not typed.strip():
            return "Type the name of a file, such as timeline.md"
        path = expanded(typed.strip())
        try:
            text, remark = decoded(read_bytes(path, MAX_BYTES, "a timeline"), str(path))
        except Mistake as mistake:
            return str(mistake)
        if not text.strip():
            return f"{path}: there is nothing in this file"
        self.draft.kept.corrections.clear()
        self.draft.put(text, path.name, decoded=remark)
        self.query_one(PasteArea).load_text(text if len(text) <= LONGEST else "")
        self._show_long()
        return ""

    def action_empty(self) -> None:
        """Begin with an empty text; what was typed is back with ctrl+z."""
        self.query_one(PasteArea).clear()
        self.draft.forget()
        self._show_long()
        self.page.say("The text is empty; ctrl+z brings back what you typed", mark="▸")

    @on(FieldArea.Done)
    def _stay(self) -> None:
        """Tab is for leaving a field; here is only one."""

    def action_back(self) -> None:
        self.save_drafts()
        self.dismiss(None)
