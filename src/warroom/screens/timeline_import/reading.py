"""The screen that shows how each line of a timeline is understood, to correct it, and then to import all of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from warroom.actions import Where, footer, key_of
from warroom.imports import MOST_ENTRIES, Added, add
from warroom.model.incident import Refused, fold
from warroom.redacted_before import RedactedBefore
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.screens.page import Page, say_on_top
from warroom.screens.timeline_import.correcting import Correcting
from warroom.screens.timeline_import.draft import TimelineDraft
from warroom.screens.timeline_import.head import ReadingHead, asks, zone_names
from warroom.screens.timeline_import.importing import ask_to_import
from warroom.screens.timeline_import.questions import ask_day, ask_end, ask_title, ask_what_is_missing, ask_zone
from warroom.store.errors import StoreError
from warroom.terminal.screens import CellScreen
from warroom.text.counts import counted
from warroom.there_already import NOTHING, known
from warroom.timelines.corrections import Line
from warroom.timelines.drafts import Key, key, not_exactly_over, placed, too_early
from warroom.widgets.choices import Choices
from warroom.widgets.item_rows import ItemDetails
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.reading_rows import ReadingRow, ReadingRows, when

_EARLY = (
    "This is from before the incident began, so it counts only as a note, and does not set when it was detected or "
    "over: if it is about this incident, correct when that began first (B)"
)
_FEW = 2_000
"""In so many lines, words that were redacted are looked for after each correction; in more, only when they are read."""
_AT_ONCE = 50_000
"""A text of up to so many characters is read without a thread."""


class TimelineReadingScreen(CellScreen[str | None]):
    """Each line beside what was understood; nothing is written before the user imports it.

    Returns "file" to read a file instead, else None.
    """

    CSS_PATH = "reading.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline_reading")
    PLACES: ClassVar[tuple[Where, ...]] = ("timeline_reading",)

    def __init__(self, page: Page, draft: TimelineDraft) -> None:
        super().__init__()
        self.page = Page(self, page.workspace)  # type: ignore[arg-type]
        self._draft = draft
        self._talk = Conversation()
        self._correct = Correcting(self.page, draft, self.show)
        self._there = NOTHING
        """What the incident has to which it goes."""
        self._began = 0
        """When that incident began, ms UTC."""
        self._redacted = RedactedBefore(None)
        self._told: dict[int, str] | None = None
        """What to tell of lines with words that were redacted in this file; None if it is not known yet."""
        self._new: list[Key] = []
        """What tells the lines that would be imported and are not there yet."""
        self._busy = ""
        """What a thread does; keys that change something wait for it to end."""

    def compose(self) -> ComposeResult:
        rows = ReadingRows(id="rows")
        rows.tz = self.page.workspace.tz
        yield ReadingHead(rows)
        yield rows
        yield ItemDetails(id="details")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("timeline_reading", "everywhere"))
        self.query_one(ReadingRows).focus()
        self._look()
        self._read()
        self.set_interval(1.0, self.page.save_again)

    def _look(self) -> None:
        """Look at what is there already, and what was redacted."""
        try:
            journal = self.page.workspace.journal
            if self._draft.incident:
                self._there = known(journal, self._draft.incident, self.page.workspace.playbook)
                self._began = fold(journal.state(self._draft.incident)).began
            self._redacted = RedactedBefore(journal)
        except StoreError as error:
            self.page.say(str(error), failed=True)

    def redact_words(self, change: Callable[[str], str]) -> None:
        """Change the text, and read it anew."""
        self._draft.redact(change)
        self._look()
        self._read()

    def save_drafts(self) -> None:
        """Save what was corrected."""
        self._draft.save()

    # Reading

    def _read(self) -> None:
        """Read the text with what is known beside it, in a thread if it is long, and show the result."""
        self._told = None
        if len(self._draft.kept.text) <= _AT_ONCE:
            self._draft.read()
            self.show()
            return

        def work() -> None:
            self._draft.read()
            self.app.call_from_thread(self._was_read)

        self._busy = "Reading…"
        self.page.say(self._busy, mark="▸")
        self.run_worker(work, thread=True, exclusive=True, group="read")

    def _was_read(self) -> None:
        self._busy = ""
        self.page.say("")
        self.show()

    def show(self) -> None:
        """Show every line as it is understood and corrected; the cursor stays on its line."""
        rows, timeline = self.query_one(ReadingRows), self._draft.timeline
        if timeline is None:
            return
        remarks: dict[int, list[str]] = {0: [self._draft.kept.decoded]} if self._draft.kept.decoded else {}
        for remark in timeline.remarks:
            remarks.setdefault(remark.line, []).append(remark.text)
        if not self._draft.incident and (end := not_exactly_over(self._draft.entries)) is not None:
            told = "It says that it was over, but not exactly when: t gives it a time, else importing asks"
            remarks.setdefault(end.line, []).append(told)
        current = rows.current()
        found: list[ReadingRow] = []
        self._new = []
        if self._told is None or len(self._draft.entries) <= _FEW:
            self._told = self._redacted.marked(self._draft.entries, known=self._there.all()).by_line
        for number, said_of_it in self._told.items():
            remarks.setdefault(number, []).append(said_of_it)
        for entry in too_early(self._draft.entries, self._began, self._there.known):
            remarks.setdefault(entry.line, []).append(_EARLY)
        stands = {id(entry): at for entry, at in placed(self._draft.entries)} if self._there.known else {}
        for line in self._draft.lines:
            said = remarks.pop(line.number, [])
            at = stands.get(id(line.entry))
            here = line.entry is not None and at is not None and key(at, line.entry.text) in self._there.known
            if line.entry is not None and not line.left_out and not here:
                self._new.append(key(at, line.entry.text))
            found.append(ReadingRow(id=line.key, line=line, here=here, remark=" ".join(said)))
        at = next((at for at, row in enumerate(found) if current is not None and row.id == current.id), None)
        if at is not None:
            rows.cursor = at
        rows.empty = "There is no line in this text; esc goes back to it"
        rows.show([*found])
        others = [text for number in sorted(remarks) for text in remarks[number]]
        incident = self._draft.incident
        where = f"into {incident}" if incident else "as a new incident"
        others.append(f"ctrl+g imports it {where}; u goes to the next line to look at")
        self.query_one(ReadingHead).show(self._count(found), asks(self._draft), " ".join(others))
        self._show_details()

    def _count(self, rows: list[ReadingRow]) -> str:
        taken = [row for row in rows if row.line.entry is not None and not row.line.left_out]
        unread = sum(row.line.entry is None for row in rows)
        out = sum(row.line.left_out for row in rows)
        back = len(self._there.undone.keys() & {*self._new})
        parts = [
            counted(len(taken), "entry", "entries"),
            *([f"{sum(not row.here for row in taken) - back:,} of them new"] if self._there.known else []),
            *([f"{back:,} undone before"] if back else []),
            *([f"{unread:,} not understood"] if unread else []),
            *([f"{out:,} left out"] if out else []),
            zone_names(self._draft, self.page.workspace.tz),
        ]
        return " · ".join(parts)

    @on(Choices.Moved)
    def _show_details(self) -> None:
        details, row = self.query_one(ItemDetails), self.query_one(ReadingRows).current()
        if not isinstance(row, ReadingRow):
            details.show("", "")
            return
        line = row.line
        if line.entry is None:
            details.show(
                line.unread, f"line {line.number} · not understood: t gives it a time, space takes it in without"
            )
        else:
            entry = line.entry
            parts = (
                f"line {line.number}",
                " ".join(when(entry, self.page.workspace.tz).split()).replace("?", ""),
                f"{entry.lacking} not known yet" if entry.lacking else "",
                {"approximate": "about right", "day": "only the day is known"}.get(entry.precision, ""),
                entry.kind if entry.sure or entry.kind == "note" else f"{entry.kind}, guessed from its words",
                entry.who,
                "left out" if line.left_out else "here already" if row.here else "",
                "corrected" if line.corrected else "",
            )
            text = f"{entry.text}\n▸ {row.remark}" if row.remark else entry.text
            details.show(text, " · ".join(part for part in parts if part))

    # One line

    def _line(self) -> Line | None:
        row = self.query_one(ReadingRows).current()
        return row.line if isinstance(row, ReadingRow) and not self._is_busy() else None

    def _is_busy(self) -> bool:
        if self._busy:
            self.page.say(self._busy, mark="▸")
        return bool(self._busy)

    @on(Choices.Chosen, "#rows")
    def _chosen(self) -> None:
        if line := self._line():
            self._talk.start(self._correct.any_part(line))

    def action_time(self) -> None:
        if line := self._line():
            self._talk.start(self._correct.time(line))

    def action_kind(self) -> None:
        if line := self._line():
            self._talk.start(self._correct.kind(line))

    def action_words(self) -> None:
        if line := self._line():
            self._talk.start(self._correct.words(line))

    def action_who(self) -> None:
        if line := self._line():
            self._talk.start(self._correct.who(line))

    def action_leave_out(self) -> None:
        if line := self._line():
            self._correct.leave_out(line)
            self.query_one(ReadingRows).action_move(1)

    def action_as_read(self) -> None:
        if line := self._line():
            self._correct.as_read(line)

    def action_unsure(self) -> None:
        """Go to the next line that a person should look at."""
        rows = self.query_one(ReadingRows)
        count = len(rows.rows)
        if asked := asks(self._draft):  # which settles most lines at once
            self.page.say(asked, mark="▸")
        for step in range(1, count + 1):
            row = rows.rows[(rows.cursor + step) % count]
            if isinstance(row, ReadingRow) and row.is_unsure:
                rows.action_move((rows.cursor + step) % count - rows.cursor)
                return
        self.page.say(asks(self._draft) or "No line is left to look at", mark="▸")

    # The whole

    def action_zone(self) -> None:
        self._start(ask_zone)

    def action_day(self) -> None:
        self._start(ask_day)

    def _start(self, ask: Callable[[Page, TimelineDraft], Coroutine[Any, Any, bool]]) -> None:
        if not self._is_busy():
            self._talk.start(self._ask(ask))

    async def _ask(self, ask: Callable[[Page, TimelineDraft], Coroutine[Any, Any, bool]]) -> None:
        if await ask(self.page, self._draft):
            self._read()

    def action_import(self) -> None:
        if not self._is_busy():
            self._talk.start(self._import())

    async def _import(self) -> None:
        is_missing = bool(self._draft.missing)
        if not await ask_what_is_missing(self.page, self._draft):
            self.show()
            self.page.say("Nothing is imported yet", mark="▸")
            return
        self.show()
        if is_missing:
            self.page.say("Look at the times now; ctrl+g imports them", mark="▸")
            return
        count = len(self._draft.entries)
        if not count or count > MOST_ENTRIES:
            most = f"There are more than {MOST_ENTRIES:,} entries: import it in parts"
            self.page.say(
                most if count else "There is nothing to import: no line has a time that could be read", failed=True
            )
            return
        title = ""
        if self._draft.incident and self._new:
            sure = await ask_to_import(self.page, self._draft, self._new, self._there)
            if not sure:
                self.page.say("Nothing is imported yet", mark="▸")
                return
        if not self._draft.incident:
            typed = await ask_title(self.page, self._draft)
            if typed is None:
                return
            title = typed
            if not await ask_end(self.page, self._draft):
                return
        self._write(title)

    def _write(self, title: str) -> None:
        """Add the entries in a thread, with a connection of its own; all of them, or none."""
        workspace, draft = self.page.workspace.another(), self._draft
        entries, ref, checked = draft.entries, draft.incident, draft.checked

        def work() -> None:
            done: Added | Exception
            try:
                done = add(workspace, entries, ref=ref, title=title, checked=checked, ended=draft.ended)
            except (Refused, StoreError) as error:
                done = error
            finally:
                workspace.close()
            self.app.call_from_thread(self._written, done)

        self._busy = "Importing…"
        self.page.say(self._busy, mark="▸")
        self.run_worker(work, thread=True, exclusive=True, group="write")

    def _written(self, done: Added | Exception) -> None:
        self._busy = ""
        if isinstance(done, Exception):
            self.page.say(f"Nothing was imported: {done}", failed=True)
            return
        total = len(self._draft.entries)
        self._draft.remember_given(done.incident.id)
        self._draft.forget()
        self.page.console.show_incident(done.incident.id)
        here = f"Nothing is new: all {counted(total, 'entry', 'entries')} are here already"
        words = done.said(total) if done.added else here
        if done.assumed:
            words += f". How severe it was isn't said, so it is SEV{done.incident.severity}; S changes that"
        if done.reopened:
            words += f"; the incident is {done.incident.state}, no longer cancelled"
        elif done.incident.state == "cancelled":
            words += f". The incident is cancelled; {key_of('close')} opens it again"
        for remark in done.remarks:
            words += f". But {remark}"
        self.app.screen.call_after_refresh(say_on_top, self.app, words)  # its widgets are there by then

    def action_file(self) -> None:
        """Go back to read a file instead."""
        if not self._is_busy():
            self._draft.save()
            self.dismiss("file")

    def action_back(self) -> None:
        if not self._is_busy():
            self._draft.save()
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Say it where a key does nothing, as when words are typed into no field."""
        if event.key not in self.active_bindings:
            self.page.say(f"{event.character or event.key} does nothing here; ? shows the keys", failed=True)
