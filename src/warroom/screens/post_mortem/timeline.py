"""The timeline of the post-mortem: lines of the log to pin, reword or leave out, and others to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from warroom.actions import at
from warroom.documents.material import chosen_entries
from warroom.model import acts, times
from warroom.model.kinds.post_mortem import (
    LEFT_OUT,
    PICKED,
    PINNED,
    LineChosen,
    PostMortemState,
    SectionWritten,
    chosen_lines,
)
from warroom.model.post_mortem import MATTERS, Line, lines_of, timeline_lines
from warroom.screens.ask import AskScreen
from warroom.screens.conversation import Conversation
from warroom.screens.search import SearchScreen
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from warroom.model.entries import Entry
    from warroom.model.incident import Incident
    from warroom.screens.incident.page import IncidentPage


class TimelineLines(Choices):
    """The lines that the post-mortem shows, and those that were left out; the keys act on the line under the cursor."""

    BINDINGS = [
        Binding(action.key, action.id, action.label, show=False, id=action.name)
        for action in at("post_mortem_lines")
        if action.id != "back"
    ]

    def __init__(self, page: IncidentPage) -> None:
        super().__init__(empty="Nothing of the log matters yet; / adds a line", id="lines")
        self._page = page
        self._talk = Conversation()
        self._shown: list[Line] = []
        self._find = ""
        """The key of the entry to select once its line is there."""
        self._read_for: tuple[Incident, int] | None = None
        """The state of the incident and the last entry that the lines were made of."""

    def reload(self) -> None:
        """Show the lines as they are now; nothing is read if nothing was added."""
        page, read = self._page, self._read_for
        incident, seq = page.incident, page.session.seq
        if read is not None and read[0] is incident and read[1] == seq:
            return
        journal, playbook = page.session.journal, page.playbook
        left_out = [key for key, choice in chosen_lines(incident).items() if choice.how == LEFT_OUT]
        try:
            lines = timeline_lines(incident, playbook, chosen_entries(journal, incident))
            lines += [line for entry in journal.entries(left_out) for line in lines_of(incident, playbook, entry)[-1:]]
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        self._read_for = incident, seq
        lines.sort(key=lambda line: (line.at, line.entry.order))
        self._shown = lines
        self.show([self._row(line) for line in lines])
        if self._find:
            self._select(self._find)

    def _row(self, line: Line) -> Choice:
        tz = self._page.workspace.tz
        mark = {PINNED: "●", PICKED: "+", LEFT_OUT: "–"}.get(line.how, " ")
        when = times.clock(line.at, tz)
        if times.day(line.at, tz) != times.day(self._page.incident.began, tz):
            when = f"{times.day(line.at, tz)} {when}"
        out = line.how == LEFT_OUT
        right = (
            "left out"
            if out
            else "reworded"
            if line.reworded
            else {PINNED: "key moment", PICKED: "added"}.get(line.how, "")
        )
        text = f"{when}  {line.kind:<9} {line.words}"
        return Choice(line.entry.key, text, right, tag=mark, style="$text-muted" if out else "")

    def _select(self, key: str) -> None:
        self._find = ""
        self.cursor = next((number for number, line in enumerate(self._shown) if line.entry.key == key), self.cursor)
        self.redraw()

    def _current(self) -> tuple[Entry, Line, str] | None:
        """The entry under the cursor, its line, and its own words, if it has any."""
        line = self._shown[self.cursor] if 0 <= self.cursor < len(self._shown) else None
        if line is None:
            return None
        if line.fixed:
            self._page.say("This line always stays: it says when it began", mark="▸")
            return None
        choice = chosen_lines(self._page.incident).get(line.entry.key)
        return self._page.incident.shown(line.entry), line, choice.words if choice else ""

    def _choose(self, entry: Entry, how: str, words: str, done: str) -> bool:
        draft = acts.post_mortem.choose_line(entry, how, words)
        return self._page.act(draft, done=done, after=self._redraw)

    def _redraw(self) -> None:
        if self.is_attached:
            self.reload()

    def action_leave_out(self) -> None:
        """Leave the line out, or put it back."""
        if (found := self._current()) is None:
            return
        entry, line, words = found
        if line.how == LEFT_OUT:
            preselected = isinstance(entry.body, MATTERS) or entry.kind == "action"
            self._choose(entry, "" if preselected else PICKED, words, "Put back")
        else:
            self._choose(entry, LEFT_OUT, words, "Left out; the log stays as it is")

    def action_pin(self) -> None:
        """Mark the line as a key moment, or no longer."""
        if (found := self._current()) is not None:
            entry, line, words = found
            if line.how == PINNED:
                self._choose(entry, PICKED, words, "No longer a key moment")
            else:
                self._choose(entry, PINNED, words, "Marked as a key moment")

    def action_reword(self) -> None:
        if (found := self._current()) is not None:
            self._talk.start(self._reword(*found))

    async def _reword(self, entry: Entry, line: Line, words: str) -> None:
        page = self._page
        answer = await page.show(
            AskScreen(
                page,
                f"reword:{entry.key}",
                "In the post-mortem this line says",
                start=line.words,
                hint="the log stays as it is; an empty line gives its words back",
            )
        )
        if answer is not None and answer.strip() != line.words.strip():
            self._choose(entry, line.how or PICKED, answer, "Reworded" if answer.strip() else "As in the log again")

    def action_add(self) -> None:
        self._talk.start(self._add())

    async def _add(self) -> None:
        page = self._page
        key = await page.show(SearchScreen(page.workspace, page.incident, only=may_be_added))
        try:
            entry = page.session.journal.entry(key) if key else None
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        if entry is not None:
            self._find = entry.key
            self._choose(entry, PICKED, "", "Added to the post-mortem's timeline")


def may_be_added(entry: Entry) -> bool:
    """Whether an entry may be a line of the post-mortem's timeline: not what was written about the incident later."""
    return not isinstance(entry.body, (SectionWritten, LineChosen, PostMortemState)) and entry.body.corrects is None
