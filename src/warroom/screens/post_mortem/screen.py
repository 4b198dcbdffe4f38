"""The screen of the post-mortem: its sections at the left, the one being read or written at the right."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where, footer
from warroom.model import ids, times
from warroom.model.action_items import SECTION
from warroom.model.post_mortem import STRUCTURED, PostMortem, SectionState, as_text, changed_sections
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.screens.post_mortem.drafts import SectionDrafts
from warroom.screens.post_mortem.remarks import Remarks
from warroom.screens.post_mortem.section_pane import SectionPane
from warroom.screens.post_mortem.state import set_state
from warroom.screens.post_mortem.writing import SectionWriter
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line
from warroom.terminal.editor import edit_outside
from warroom.terminal.screens import CellScreen
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.headline import Headline
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.section_area import LONGEST, SectionArea

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


class PostMortemScreen(CellScreen[str | None]):
    """Writes the post-mortem; a section is logged when it is left, and what is being typed is kept every second.

    Returns `export` if it is to be written to a file; None to leave.
    """

    CSS_PATH = ["screen.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("post_mortem")
    PLACES: ClassVar[tuple[Where, ...]] = ("post_mortem",)

    def __init__(self, page: IncidentPage, notice: str = "") -> None:
        """`notice` is what to say at first, such as that it was written to a file."""
        super().__init__()
        self._page, self._first_notice = page, notice
        self._talk = Conversation()
        self._now = page.session.snapshot()
        """The incident as it is shown: taken once a second, and after each act."""
        self._view: PostMortem = self._now.post_mortem
        self._section = self._view.sections[0].row.id
        self._drafts = SectionDrafts(page)
        self._remarks = Remarks(page)
        self._writer = SectionWriter(page, self._drafts, self._logged)

    # Layout

    def compose(self) -> ComposeResult:
        yield Headline()
        yield Static(id="state")
        with Horizontal(id="body"):
            sections = Choices(id="sections")
            sections.border_title = Content("Post-mortem")
            yield sections
            yield SectionPane(self._page, self._drafts, self._remarks)
        yield Notice()
        yield KeyBar(all_keys=True)

    def on_mount(self) -> None:
        if self._first_notice:
            self._page.say(self._first_notice)
        self._restore()
        self.show()
        self.set_focus(self.query_one("#sections"))
        self.set_interval(1.0, self.beat)
        self.run_worker(self._remarks.prepare, thread=True, group="remarks")

    def _restore(self) -> None:
        """Take up what was being typed when the console ended."""
        found = self._drafts.restore(self._view)
        if found:
            self._section = found[0]
            names = ", ".join(section.row.title for section in self._view.sections if section.row.id in found)
            self._page.say(f"What you were typing is back: {names}. Enter goes on, and leaving it logs it", mark="▸")

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)  # the rows of a narrow list are shorter

    # Showing

    def beat(self) -> None:
        """Once a second: save what is being typed, and show what others have written."""
        self.save_drafts()
        self.show()

    def show(self) -> None:
        """Show the post-mortem as it is now; the section being edited keeps what was typed."""
        now = self._now = self._page.session.snapshot()
        self._view = now.post_mortem
        self.query_one(Headline).show(now, self._page.console.all_clocks.late_elsewhere(now.incident.id))
        self.query_one("#state", Static).update(self._state_line())
        sections = self.query_one("#sections", Choices)
        row = sections.current()
        if row is not None and self.focused is sections:
            self._section = row.id  # the message that the cursor has moved may still be on its way
        self._show_rows()
        self._select(self._section)
        if not self._pane.editing:
            self._pane.show(self._state, self._now.action_items)
        self._show_keys()

    def _select(self, id: str) -> None:
        sections = self.query_one("#sections", Choices)
        at = next(number for number, section in enumerate(self._view.sections) if section.row.id == id)
        self._section = id
        if sections.cursor != at:
            sections.cursor = at
            sections.redraw()

    @on(SectionPane.Edited)
    def _show_rows(self) -> None:
        sections = self.query_one("#sections", Choices)
        rows = [self._row(section) for section in self._view.sections]
        if rows != sections.rows:
            sections.show(rows)

    def _state_line(self) -> Content:
        state, now, tz = self._view, self._page.workspace.now(), self._page.workspace.tz
        words = state.state.upper() + (f" by {state.by}" if state.by else "")
        words += f": {state.because}" if state.because else ""
        style = "bold"
        if state.owed and state.due is not None:
            clock = self._now.clock(ids.CLOCK_POST_MORTEM)
            left = clock.countdown if clock else ""
            words += f"  ·  due {times.clock_zone_day(state.due, now, tz)}, {'' if left[:4] == 'LATE' else 'in '}{left}"
            style = {"late": "bold $text-error", "soon": "bold $text-warning"}.get(clock.state if clock else "", "bold")
        texts = [section for section in state.sections if section.row.id not in STRUCTURED]
        filled = sum(bool(section.text.strip()) for section in texts)
        return safe_line(f"{words}  ·  {filled} of {len(texts)} texts written", style)

    def _row(self, section: SectionState) -> Choice:
        id, right = section.row.id, ""
        if id in self._drafts:
            right, tag = "draft", "✎"
        elif section.others:
            right, tag = f"{len(section.versions)} texts", "!"
        elif id == "timeline":
            right, tag = "from the log", "▪"
        elif id == "action_items":
            items = self._now.action_items
            right, tag = (f"{len(items)}", "✓") if items else ("none", "·")
        elif not section.text.strip():
            right, tag = "empty", "·"
        else:
            right, tag = ("from the log", "▪") if section.live else ("written", "✓")
        if self.has_class("-narrow") and not section.others:
            right = ""  # the mark says it
        style = {"✓": "$text-success", "!": "bold $text-error", "✎": "bold $text-accent"}.get(tag, "$text-muted")
        return Choice(id, section.row.title, right, tag=tag, tag_style=style)

    @property
    def _state(self) -> SectionState:
        found = self._view.section(self._section)
        return found or self._view.sections[0]

    @property
    def _pane(self) -> SectionPane:
        return self.query_one(SectionPane)

    def _show_keys(self) -> None:
        place: Where = "post_mortem"
        if self._pane.editing:
            place = "section"
        elif self.focused is self._pane.lines:
            place = "post_mortem_lines"
        self.query_one(KeyBar).show(footer(place))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show_keys()

    # Moving

    @on(Choices.Moved)
    def _moved(self) -> None:
        sections = self.query_one("#sections", Choices)
        row = sections.current()
        if row is not None and self.focused is sections:
            self._section = row.id
            self._pane.show(self._state, self._now.action_items)

    @on(Choices.Chosen, "#sections")
    def _chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self._log_section()  # a click leaves the section that was being written
        self._section = event.choice.id
        self._pane.show(self._state, self._now.action_items)
        match self._section:
            case "timeline":
                self.set_focus(self._pane.lines)
            case "action_items":
                self.action_action_items()
            case _:
                self._edit()

    def _edit(self) -> None:
        section = self._state
        if (characters := len(self._pane.text_to_edit(section))) > LONGEST:
            length = f"{characters:,} characters"
            self._page.say(f"With {length} it is too long to edit here: e opens it in your own editor", mark="▸")
            return
        self.set_focus(self._pane.area)

    @on(SectionArea.Done)
    def _next_section(self, event: SectionArea.Done) -> None:
        event.stop()
        self._log_section()
        ids = [section.row.id for section in self._view.sections if section.row.id not in STRUCTURED]
        self._select(ids[(ids.index(self._section) + event.by) % len(ids)])
        self.set_focus(self.query_one("#sections"))
        self.show()
        self._edit()

    @on(SectionArea.TooLong)
    def _refused_paste(self, event: SectionArea.TooLong) -> None:
        event.stop()
        self._page.say(
            f"Not pasted: with {event.length:,} more characters it is too long to edit here; e opens your own editor",
            failed=True,
        )

    def action_back(self) -> None:
        if self._pane.editing:
            self.set_focus(self.query_one("#sections"))
            self._log_section()
            self.show()
        elif self.focused is self._pane.lines:
            self.set_focus(self.query_one("#sections"))
        else:
            self.save_drafts()
            self.dismiss(None)

    # Writing

    def redact_words(self, change: Callable[[str], str]) -> None:
        """Change what was typed into any section."""
        self._drafts.redact(change)
        self.query_one(SectionArea).forget()

    def save_drafts(self) -> None:
        """Save what was typed into sections and not logged, so that it is back after a crash."""
        self._drafts.save()

    def _log_section(self) -> None:
        """Log the section that was edited; if it can't be logged, that is told, and the text stays as a draft."""
        id = self._pane.section
        if id not in self._drafts:
            return
        if self._pane.unchanged:
            self._drafts.forget(id)
        elif self._writer.write({id: self._drafts.text(id, "")}) and id in ("root_cause", "trigger"):
            self._start(self._ask_about_cause())

    async def _ask_about_cause(self) -> None:
        """Ask once where the root cause only names the trigger."""
        if not await self._remarks.confirmed(self._page.session.snapshot().post_mortem):
            self._select("root_cause")
            self.show()
            self._edit()

    def _logged(self) -> None:
        if self.is_attached:
            self.save_drafts()
            self.show()

    # Actions

    def _start(self, talk: Coroutine[Any, Any, None]) -> None:
        self._talk.start(talk)

    def action_from_log(self) -> None:
        section = self._state
        if section.row.id in STRUCTURED:
            self._page.say("This is always made of the log", mark="▸")
        elif section.row.id in self._drafts or not section.live:
            self._writer.fill_in_again(section.row.id)
            self.show()
        else:
            self._page.say("It is filled in from the log already", mark="▸")

    def _redraw(self) -> None:
        if self.is_attached:
            self.show()

    def action_editor(self) -> None:
        """Edit the selected section in the user's own editor."""
        section = self._state
        if section.row.id in STRUCTURED:
            self._page.say("This is no text; enter opens it", mark="▸")
            return
        before = self._pane.text_to_edit(section)
        text, problem = edit_outside(self.app, before, self._page.workspace.env)
        if text is None:
            self._page.say(problem, failed=True)
        elif text != before.rstrip("\n") or section.row.id in self._drafts:
            self._keep_and_write({section.row.id: text})

    def action_editor_all(self) -> None:
        """Edit all sections as one text in the user's own editor, after logging what was typed here."""
        drafts = {id: self._drafts.text(id, "") for id in self._drafts}
        if drafts and not self._writer.write(drafts):
            return
        workspace, sections = self._page.workspace, self._page.session.snapshot().post_mortem.sections
        text, problem = edit_outside(self.app, as_text(sections, workspace.tz), workspace.env)
        if text is None:
            self._page.say(problem, failed=True)
            return
        changed = changed_sections(text, sections, workspace.tz)
        if changed:
            self._keep_and_write(changed)
        else:
            self._page.say("Nothing was changed", mark="▸")

    def _keep_and_write(self, texts: dict[str, str]) -> None:
        for section in self._view.sections:
            if section.row.id in texts:
                self._drafts.set(section.row.id, texts[section.row.id], section.parents)
        self.save_drafts()
        self._writer.write(texts)
        self.show()

    def action_state(self) -> None:
        self._start(set_state(self._page, self._view, self._drafts, self._remarks, self._redraw))

    def action_hide(self) -> None:
        if self._remarks.hide_first():
            self._pane.show_remarks()

    def action_whole(self) -> None:
        """Read the whole document, to copy it from there."""
        from warroom.documents.registry import DOCUMENTS

        page = self._page
        try:
            text = "".join(page.workspace.document(DOCUMENTS["postmortem"], "md", page.session))
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        self._start(self._read(text))

    async def _read(self, text: str) -> None:
        await self._page.show(ReadScreen("Post-mortem in Markdown", text, self._page.copy))

    def action_export(self) -> None:
        self.save_drafts()
        self.dismiss("export")

    def action_add_item(self) -> None:
        """Add an action item that comes from the selected section."""
        self._start(self._page.do("action_items", f"{SECTION}{self._section}"))

    def action_action_items(self) -> None:
        self._start(self._page.do("action_items"))

    def action_undo(self) -> None:
        self._start(self._page.do("undo"))
        self.call_later(self._redraw)
