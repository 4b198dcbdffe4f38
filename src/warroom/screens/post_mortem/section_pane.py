"""The right side of the post-mortem's screen: one section, with its questions, its text and what to reconsider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from warroom.model import times
from warroom.model.action_items import ActionItem
from warroom.model.post_mortem import STRUCTURED, SectionState
from warroom.screens.post_mortem.drafts import SectionDrafts
from warroom.screens.post_mortem.remarks import Remarks
from warroom.screens.post_mortem.timeline import TimelineLines
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line
from warroom.widgets.section_area import LONGEST, SectionArea

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_CHECK_S = 0.2
"""So long after the last key the text is checked."""
_LESSONS = "lessons"
"""The section that asks whether there is a pattern."""
_SIMILAR = 3
"""The most similar incidents that are shown beside that question."""
_SHOWN = 4_000
"""As many first characters are shown of a section that is too long to be edited here."""


class SectionPane(Vertical):
    """Shows a section; while its text is edited, what was typed stays, whatever others write."""

    class Edited(Message):
        """A text was typed into the section; its draft is kept already."""

    def __init__(self, page: IncidentPage, drafts: SectionDrafts, remarks: Remarks) -> None:
        super().__init__(id="section")
        self._page, self._drafts, self.remarks = page, drafts, remarks
        self._shown: SectionState | None = None
        """The section as it was when its text was loaded: what is typed follows its versions."""
        self._check_later: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="section-asks")
        yield SectionArea()
        yield TimelineLines(self._page)
        yield Static(id="section-items")
        yield Static(id="section-remarks")

    @property
    def area(self) -> SectionArea:
        """Where a section is written."""
        return self.query_one(SectionArea)

    @property
    def lines(self) -> TimelineLines:
        """The lines of the timeline."""
        return self.query_one(TimelineLines)

    @property
    def section(self) -> str:
        """The id of the section that is shown."""
        return self._shown.row.id if self._shown else ""

    @property
    def editing(self) -> bool:
        """Whether a text is being edited."""
        return self.screen.focused is self.area  # `has_focus` only changes a moment later

    @property
    def unchanged(self) -> bool:
        """Whether the text is what it was before it was edited, and there is nothing to join."""
        shown = self._shown
        return shown is not None and not shown.others and self.area.text.strip("\n") == shown.text.strip("\n")

    def show(self, section: SectionState, items: Sequence[ActionItem]) -> None:
        """Show a section: its questions, and its text, its lines or the incident's action items."""
        self._shown = section
        self._show_title()
        asks = [f"{section.row.hint[:1].upper()}{section.row.hint[1:]}", *section.row.questions]
        if section.row.id == _LESSONS:
            asks += self._similar()
        self.query_one("#section-asks", Static).update(Content("\n").join(safe_line(ask) for ask in asks if ask))
        self.query_one("#section-asks").display = any(asks)
        listed = self.query_one("#section-items", Static)
        self.area.display = section.row.id not in STRUCTURED
        self.lines.display = section.row.id == "timeline"
        listed.display = section.row.id == "action_items"
        if self.lines.display:
            self.lines.reload()
        elif listed.display:
            listed.update(_items(items))
        else:
            text = self.text_to_edit(section)
            self.area.load(section.row.id, f"{text[:_SHOWN]}…" if len(text) > LONGEST else text)
        self.show_remarks()

    def _similar(self) -> list[str]:
        """The incidents that resemble this one, for whoever is asked whether there is a pattern."""
        page = self._page
        try:
            found = page.workspace.similar(incident=page.incident.id, most=_SIMILAR)
        except StoreError:
            return []  # the questions are there without it, and the screen tells that the file can't be read
        tz = page.workspace.tz
        return [f"▸ {one.id[:4]} {one.title} – {one.similar.why} – {one.in_words(tz)}" for one in found]

    def text_to_edit(self, section: SectionState) -> str:
        """What is edited: the draft, else the text; where people wrote side by side, all of it, and who wrote what."""
        return self._drafts.text(section.row.id, section.whole(self._page.workspace.tz))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        shown = self._shown
        if shown is None or not (self.editing or shown.row.id in self._drafts):
            return
        self._drafts.set(shown.row.id, self.area.text, shown.parents)
        self._show_title()
        if self._check_later is not None:
            self._check_later.stop()
        self._check_later = self.set_timer(_CHECK_S, self.show_remarks)
        self.post_message(self.Edited())

    def _show_title(self) -> None:
        section = self._shown
        if section is not None:
            how = "" if section.row.id in STRUCTURED else f" · {self._how_written(section)}"
            self.border_title = safe_line(f"{section.row.title}{how}")

    def _how_written(self, section: SectionState) -> str:
        if section.row.id in self._drafts:
            return "being written"
        if section.others:
            return f"{len(section.versions)} texts side by side: join them"
        if section.live:
            return "from the log, until you edit it" if section.text else "empty"
        last, workspace = section.versions[-1], self._page.workspace
        return f"by {last.author}, {times.clock_zone_day(last.at, workspace.now(), workspace.tz)}"

    def show_remarks(self) -> None:
        """Show what to reconsider in the text."""
        section = self._shown
        if section is not None:
            text = self.area.text if section.row.blameless and self.area.display else ""
            shown, remarks = self.remarks.shown(text, section.row.id), self.query_one("#section-remarks", Static)
            remarks.display = bool(shown)
            remarks.update(shown)


def _items(items: Sequence[ActionItem]) -> Content:
    if not items:
        return Content.styled("None yet; a adds one", "$text-muted")
    rows = []
    for item in items:
        who = item.owner or "nobody yet"
        when = f"due {item.due}" if item.due else "no day"
        rows.append(f"{'·' if item.is_open else '✓'} {item.text}  ({item.state}, {who}, {when})")
    return Content("\n").join(safe_line(row) for row in rows)
